import Assay

extension JSONWriter {
  /// A member that is a text, or `null`.
  mutating func member(_ name: String, _ text: String?) {
    key(name)
    value(text)
  }

  /// A member that is a whole number, or `null`.
  mutating func member(_ name: String, _ number: Int?) {
    key(name)
    value(number)
  }

  /// A problem's object.
  mutating func value(_ problem: InputProblem) {
    object { json in
      json.member("file", problem.file)
      json.member("block_id", problem.blockID)
      json.member("severity", problem.severity.rawValue)
      json.member("line", problem.line)
      json.member("message", problem.message)
    }
  }
}
