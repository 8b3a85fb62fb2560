import Simulation

/// Writes blocks in the formats that Isobole reads.
enum ExampleFile {
  static let seed: UInt64 = 20_211_118

  /// SynergyFinder's Table format: a well a line.
  static func table(_ blocks: [SimulatedBlock], title: String, seed: UInt64 = seed) -> String {
    ScreenText.table(blocks, title: title, seed: seed)
  }

  /// SynergyFinder's Matrix format: a table of drug 1 (rows) × drug 2 (columns) a block.
  static func matrix(_ blocks: [SimulatedBlock], title: String, seed: UInt64 = seed) -> String {
    ScreenText.matrix(blocks, title: title, seed: seed)
  }

  /// What was planted, as a Markdown table.
  static func truth(_ blocks: [SimulatedBlock]) -> String {
    var text = "| block | drugs | sample | planted | true mean: Bliss | Loewe | HSA | noise sd | missing |\n"
    text += "|---|---|---|---|---|---|---|---|---|\n"
    for (number, block) in blocks.enumerated() {
      let truth = block.truth
      let missing = block.missing.map { "\(short(block.one.doses[$0.0])) × \(short(block.two.doses[$0.1]))" }
      text += "| \(number + 1) | \(block.one.name) × \(block.two.name) | \(block.sample) | \(block.interaction.name) "
      text += "| \(tenth(truth.bliss)) | \(tenth(truth.loewe)) | \(tenth(truth.hsa)) "
      text += "| \(short(block.noise.sdAt0)) | \(missing.joined(separator: ", ")) |\n"
    }
    return text
  }

  private static func short(_ value: Double) -> String { ScreenText.short(value) }

  private static func tenth(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return (tenths > 0 ? "+" : tenths < 0 ? "−" : "") + "\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
