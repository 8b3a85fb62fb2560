import Foundation

/// What a reading process is asked; one line of JSON on its standard input. What it answers is JSON on its standard
/// output.
struct ReadingRequest: Codable {
  /// One file, to be read as a `FileReader.Content`.
  struct File: Codable {
    var path: String
    var name: String
    var role: FileRole?
    var corrections: [Correction]
    /// How many of its blocks and plates are drawn.
    var mostDrawn: Int
  }

  /// A screen's exports and layouts in one folder, to be joined to a `PlateSurvey`.
  struct Survey: Codable {
    var folder: String
    var inputs: RunInputs
  }

  var file: File?
  var survey: Survey?
  /// Bytes of address space that it may take.
  var memory: Int
  /// Seconds of processor time that it may take.
  var seconds: Int

  /// The request or an answer as JSON; numbers that JSON does not have are written as words.
  static func json(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try encoder.encode(value)
  }

  /// Reads what `json` writes.
  static func value<Value: Decodable>(_ data: Data) throws -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(Value.self, from: data)
  }
}
