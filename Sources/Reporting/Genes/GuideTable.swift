import Genes

/// The rows of `guides.csv`: one guide in a contrast each, by gene and name.
enum GuideTable {
  static let columns: [TableColumn] = [
    GeneTable.contrast, .text("gene", "the gene"), .text("guide", "the guide"),
    .text("control_reads", "reads in the controls as counted, samples by name, separated by /"),
    .text("treatment_reads", "reads in the treatments"),
    GeneTable.log2("fold_change", "under the drug, centred; empty for a guide without reads"),
    GeneTable.log2("spread", "how far guides with as many reads scatter that do nothing"),
    .number("z", "", "fold change over spread"),
    .number("rra_control", "reads", "median of the scaled controls, never below the smallest above 0"),
    .number("rra_treatment", "reads", "median of the scaled treatments"),
    .number("rra_score", "", "what method rra ranks it by: low for depletion"),
    .number("rra_p_low", "", "p of so few reads"), .number("rra_p_high", "", "p of so many reads"),
  ]

  /// The guides of a contrast.
  static func rows(of analysis: GeneAnalysis) -> ByteWriter {
    let (table, guides) = (analysis.table, analysis.guides)
    var out = ByteWriter(capacity: table.guides.count * 180)
    var name = ByteWriter()
    name.csv(analysis.contrast.name)
    let arms = [analysis.contrast.controls, analysis.contrast.treatments].map { $0.compactMap { table.index(of: $0) } }
    let hasRanks = !guides.rankScore.isEmpty
    // Row by row: no array is touched for each number.
    let columns = arms.flatMap { $0 }.map { table.counts[$0] }
    let (width, left) = (columns.count, arms[0].count)
    var reads = [Double](repeating: 0, count: width * table.guides.count)
    for (place, column) in columns.enumerated() {
      for guide in column.indices { reads[guide * width + place] = column[guide] }
    }
    let figures =
      [guides.foldChange, guides.spread, guides.z]
      + (hasRanks ? [guides.control, guides.treatment, guides.rankScore, guides.pLow, guides.pHigh] : [])
    let many = figures.count
    var numbers = [Double](repeating: .nan, count: many * table.guides.count)
    for (place, column) in figures.enumerated() {
      for guide in column.indices { numbers[guide * many + place] = column[guide] }
    }
    for gene in table.genes.indices {
      var prefix = name
      prefix.comma()
      prefix.csv(table.genes[gene])
      prefix.comma()
      for guide in table.guides(of: gene) {
        out.raw(prefix.bytes)
        out.csv(table.guides[guide])
        for place in 0..<width {
          out.byte(place == 0 || place == left ? UInt8(ascii: ",") : UInt8(ascii: "/"))
          out.shortest(reads[guide * width + place])
        }
        for place in 0..<many {
          out.comma()
          out.csv(numbers[guide * many + place])
        }
        if !hasRanks { for _ in 0..<5 { out.comma() } }
        out.endRow()
      }
    }
    return out
  }
}
