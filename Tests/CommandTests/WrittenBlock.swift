import Foundation

/// A block as it stands in a file: every field is text, so that a test can write anything into it.
struct WrittenBlock: Sendable {
  struct Well: Sendable {
    var drugs: [String]
    var doses: [String]
    var response: String
  }

  var id: String
  var wells: [Well]

  static let doses = ["0", "0.1", "0.3", "1", "3", "10"]

  /// A grid of two rising drugs under independent action; `seed` moves their potencies.
  init(
    _ id: String, seed: Int = 1, drugs: [String] = ["selinexor", "olaparib"], first: [String] = doses,
    second: [String] = doses
  ) {
    self.id = id
    wells = first.flatMap { one in
      second.map { other in
        let effects = [one, other].map { dose in
          let dose = Double(dose) ?? 0
          return dose == 0 ? 0 : 80 / (1 + Double(seed) / dose)
        }
        let cell = effects[0] + effects[1] - effects[0] * effects[1] / 100
        let ripple = Double((Int(cell * 1000) &* 7919) % 400) / 100  // so that no two wells are alike
        return Well(drugs: drugs, doses: [one, other], response: String(format: "%.3f", cell + ripple))
      }
    }
  }

  /// Changes a block in place.
  func with(_ change: (inout WrittenBlock) -> Void) -> WrittenBlock {
    var block = self
    change(&block)
    return block
  }

  /// The well at two doses; its number among the wells.
  func well(_ first: String, _ second: String) -> Int { wells.firstIndex { $0.doses == [first, second] } ?? 0 }

  /// Applies a function to every response.
  mutating func mapResponses(_ transform: (Double) -> Double) {
    for well in wells.indices {
      wells[well].response = String(format: "%.5f", transform(Double(wells[well].response) ?? .nan))
    }
  }

  /// The blocks as a table.
  static func table(_ blocks: [WrittenBlock], response: String = "inhibition") -> String {
    "block_id,drug1,drug2,conc1,conc2,\(response),conc_unit\n"
      + blocks.flatMap { block in
        block.wells.map { well in
          ([block.id] + well.drugs + well.doses + [well.response, "uM"]).map(quoted).joined(separator: ",") + "\n"
        }
      }.joined()
  }

  private static func quoted(_ field: String) -> String {
    field.contains { "\",\n".contains($0) } ? "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : field
  }
}
