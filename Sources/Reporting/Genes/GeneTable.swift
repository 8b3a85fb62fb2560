import Genes

/// The rows of `genes.csv`: one gene in a contrast each.
enum GeneTable {
  /// The columns; level, rate and threshold stand in their meanings.
  static func columns(_ options: GeneOptions = .init()) -> [TableColumn] {
    let (level, rate) = (plain(100 * options.confidence), plain(options.falseDiscoveryRate))
    return [
      contrast, .text("drug", "the drug"),
      .integer(
        "rank", "place by the score of z (rra alone: of depletion); sensitising genes stand first, protecting ones last"
      ),
      .text("gene", "the gene"),
      .text(
        "call",
        "no effect: the interval lies within ± \(plain(options.threshold)) log2; else sensitises: q_sensitises <= \(rate) (of both methods where both are used), "
          + "protects: q_protects <= \(rate); else inconclusive"),
      .text("call_reason", "what the call rests on"),
      log2(
        "effect",
        "fold change under the drug, centred on genes that do nothing; below 0: cells without the gene are fewer"),
      log2("effect_low", "lower end of its \(level) % interval"),
      log2("effect_high", "upper end of its \(level) % interval"),
      log2("effect_error", "its standard error"),
      .number("p_sensitises", "", "p of such depletion by chance; of both methods twice the smaller"),
      .number("p_protects", "", "p of such enrichment by chance"),
      .number(
        "q_sensitises", "",
        "false discovery rate at which it is called sensitising (Benjamini-Hochberg over the genes of this contrast, this direction by itself: over both directions together "
          + "the rate may be twice as high)"),
      .number("q_protects", "", "the same of enrichment, by itself"),
      .number("norm_z", "", "score of method z; normal with mean 0 and standard deviation 1 where nothing happens"),
      .number("sum_z", "", "sum of z over guides and pairs"), .integer("z_count", "guides and pairs in it"),
      .number("z_p_sensitises", "", "p of method z"), .number("z_p_protects", "", "p of method z"),
      .number("z_q_sensitises", "", "q of method z, each direction by itself"),
      .number("z_q_protects", "", "q of method z, each direction by itself"),
      .number("rra_depleted", "", "score of method rra for depletion: smaller is stronger"),
      .number("rra_p_sensitises", "", "exact p of method rra"),
      .number("rra_q_sensitises", "", "q of method rra, each direction by itself"),
      .integer("rra_good_depleted", "guides within its share of best ranks"),
      .number("rra_enriched", "", "score of method rra for enrichment"),
      .number("rra_p_protects", "", "exact p of method rra"),
      .number("rra_q_protects", "", "q of method rra, each direction by itself"),
      .integer("rra_good_enriched", "guides within its share of best ranks"),
      log2("rra_lfc", "median fold change of its guides as MAGeCK scales them"),
      .integer("guides", "its guides in the table"), .integer("used_guides", "those with reads"),
    ]
  }

  /// A number as a person would write it: `95`, `0.1`.
  private static func plain(_ value: Double) -> String {
    let rounded = (value * 1e9).rounded() / 1e9
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }

  static let contrast = TableColumn.text("contrast", "the contrast")
  static func log2(_ name: String, _ meaning: String) -> TableColumn { .number(name, "log2", meaning) }

  /// The genes of a contrast, in their order.
  static func rows(of analysis: GeneAnalysis) -> ByteWriter {
    var out = ByteWriter(capacity: analysis.genes.count * 400)
    for (place, gene) in analysis.genes.enumerated() {
      out.csv([
        .text(analysis.contrast.name), .text(analysis.contrast.drug), .integer(place + 1), .text(gene.gene),
        .text(gene.call.rawValue), .text(gene.reason), .number(gene.effect), .number(gene.interval.low),
        .number(gene.interval.high), .number(gene.error), .number(gene.evidence.pSensitises),
        .number(gene.evidence.pProtects), .number(gene.evidence.qSensitises), .number(gene.evidence.qProtects),
        .number(gene.normZ), .number(gene.sumZ), integer(gene.observations), .number(gene.z?.pSensitises),
        .number(gene.z?.pProtects), .number(gene.z?.qSensitises), .number(gene.z?.qProtects),
        .number(gene.rra?.depleted), .number(gene.rra?.evidence.pSensitises), .number(gene.rra?.evidence.qSensitises),
        integer(gene.rra?.goodDepleted), .number(gene.rra?.enriched), .number(gene.rra?.evidence.pProtects),
        .number(gene.rra?.evidence.qProtects), integer(gene.rra?.goodEnriched), .number(gene.rra?.logFoldChange),
        .integer(gene.guides), .integer(gene.usedGuides),
      ])
    }
    return out
  }

  private static func integer(_ value: Int?) -> Field { value.map(Field.integer) ?? .text(nil) }
}
