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
    for gene in table.genes.indices {
      var prefix = name
      prefix.comma()
      prefix.csv(table.genes[gene])
      prefix.comma()
      for guide in table.guides(of: gene) {
        out.raw(prefix.bytes)
        out.csv(table.guides[guide])
        for arm in arms {
          out.comma()
          for (place, sample) in arm.enumerated() {
            if place > 0 { out.byte(UInt8(ascii: "/")) }
            out.shortest(table.counts[sample][guide])
          }
        }
        for value in [guides.foldChange[guide], guides.spread[guide], guides.z[guide]] {
          out.comma()
          out.csv(value)
        }
        for values in [guides.control, guides.treatment, guides.rankScore, guides.pLow, guides.pHigh] {
          out.comma()
          if hasRanks { out.csv(values[guide]) }
        }
        out.endRow()
      }
    }
    return out
  }
}
