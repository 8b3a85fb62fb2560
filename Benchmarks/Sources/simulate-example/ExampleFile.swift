import Simulation

/// Writes blocks in the formats that Isobole reads.
enum ExampleFile {
  static let seed: UInt64 = 20_211_118

  /// SynergyFinder's Table format: a well a line.
  static func table(_ blocks: [SimulatedBlock], title: String, seed: UInt64 = seed) -> String {
    var random = SplitMix64(seed: seed)
    var text = "# \(title)\n"
    text += "block_id,drug1,drug2,cell_line,conc1,conc2,conc_unit1,conc_unit2,response\n"
    for (number, block) in blocks.enumerated() {
      for well in block.wells(&random) {
        text += "\(number + 1),\(block.one.name),\(block.two.name),\(block.sample),\(short(well.first)),"
        text += "\(short(well.second)),\(block.one.unit),\(block.two.unit),\(short(well.inhibition))\n"
      }
    }
    return text
  }

  /// SynergyFinder's Matrix format: a table of drug 1 (rows) × drug 2 (columns) a block.
  static func matrix(_ blocks: [SimulatedBlock], title: String, seed: UInt64 = seed) -> String {
    var random = SplitMix64(seed: seed)
    var text = "# \(title)\n"
    for block in blocks {
      let wells = block.wells(&random)
      text += "Drug1:,\(block.one.name)\nDrug2:,\(block.two.name)\nCell:,\(block.sample)\n"
      text += "ConcUnit1:,\(block.one.unit)\nConcUnit2:,\(block.two.unit)\n"
      text += "," + block.two.doses.map(short).joined(separator: ",") + "\n"
      for dose in block.one.doses {
        let row = wells.filter { $0.first == dose }.map { short($0.inhibition) }
        text += ([short(dose)] + row).joined(separator: ",") + "\n"
      }
    }
    return text
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
      text += "| \(short(block.noise)) | \(missing.joined(separator: ", ")) |\n"
    }
    return text
  }

  /// A number without a needless `.0`.
  private static func short(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : "\(value)"
  }

  private static func tenth(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return (tenths > 0 ? "+" : tenths < 0 ? "−" : "") + "\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
