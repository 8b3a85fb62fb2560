/// Simulated blocks in the formats that Isobole reads.
public enum ScreenText {
  /// How a block's wells are laid out in a file.
  public enum Format: String, Sendable, CaseIterable {
    /// SynergyFinder's Table format, % inhibition: a well a line.
    case table
    /// The same with % viability, semicolons and decimal commas, as European spreadsheets save it.
    case viability
    /// SynergyFinder's Matrix format: a grid a block; replicates as blocks one after the other.
    case matrix
  }

  /// The blocks as a file. The wells are drawn from `seed`, block after block.
  public static func text(_ blocks: [SimulatedBlock], as format: Format, title: String, seed: UInt64) -> String {
    switch format {
    case .table: table(blocks, title: title, seed: seed)
    case .viability: viability(blocks, seed: seed)
    case .matrix: matrix(blocks, title: title, seed: seed)
    }
  }

  /// SynergyFinder's Table format.
  public static func table(_ blocks: [SimulatedBlock], title: String, seed: UInt64) -> String {
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

  private static func viability(_ blocks: [SimulatedBlock], seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    func comma(_ value: Double) -> String { String(short(value).map { $0 == "." ? "," : $0 }) }
    var text = "block_id;drug1;drug2;cell_line;conc1;conc2;conc_unit1;conc_unit2;viability\n"
    for (number, block) in blocks.enumerated() {
      for well in block.wells(&random) {
        text += "\(number + 1);\(block.one.name);\(block.two.name);\(block.sample);\(comma(well.first));"
        text += "\(comma(well.second));\(block.one.unit);\(block.two.unit);"
        text += comma(((100 - well.inhibition) * 100).rounded() / 100) + "\n"
      }
    }
    return text
  }

  /// SynergyFinder's Matrix format.
  public static func matrix(_ blocks: [SimulatedBlock], title: String, seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    var text = "# \(title)\n"
    for block in blocks {
      let wells = block.wells(&random)
      let size = wells.count / max(1, block.replicates)
      for replicate in 0..<max(1, block.replicates) {
        let own = wells[(replicate * size)..<((replicate + 1) * size)]
        text += "Drug1:,\(block.one.name)\nDrug2:,\(block.two.name)\nCell:,\(block.sample)\n"
        text += "ConcUnit1:,\(block.one.unit)\nConcUnit2:,\(block.two.unit)\n"
        text += "," + block.two.doses.map(short).joined(separator: ",") + "\n"
        for dose in block.one.doses {
          let row = own.filter { $0.first == dose }.map { short($0.inhibition) }
          text += ([short(dose)] + row).joined(separator: ",") + "\n"
        }
      }
    }
    return text
  }

  /// What was planted, as a table: one row a block.
  public static func truth(_ blocks: [SimulatedBlock]) -> String {
    var text = "block_id,drug1,drug2,sample,planted,true_bliss,true_loewe,true_hsa,sd_0,sd_100,outliers\n"
    for (number, block) in blocks.enumerated() {
      let truth = block.truth
      text += "\(number + 1),\(block.one.name),\(block.two.name),\(block.sample),\(block.interaction.word),"
      text +=
        "\(truth.bliss),\(truth.loewe),\(truth.hsa),\(block.noise.sdAt0),\(block.noise.sdAt100),\(block.outliers)\n"
    }
    return text
  }

  /// A number without a needless `.0`.
  public static func short(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : "\(value)"
  }
}
