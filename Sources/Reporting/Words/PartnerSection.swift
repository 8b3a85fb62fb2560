import GeneTargets
import Synergy

/// What gene screen and matrix say together, as a chapter that every format draws.
struct PartnerSection {
  let joined: JoinedScreens

  /// The most partners in the table, and the most genes that are named.
  static let mostRows = 60
  static let mostGenes = 10

  /// A chapter for each contrast.
  var sections: [ReportSection] {
    let joins = joined.joins
    var sections = joins.map { section(of: $0, isOnly: joins.count == 1) }
    if sections.isEmpty {
      sections = [ReportSection(title: "Gene screen and matrix", sentences: joined.unjoined + joined.notes)]
    }
    return sections
  }

  static func correlation(_ join: PartnerJoin, digits: Int) -> String {
    let own = join.correlation
    let p = own.p.isNaN ? "" : ", p \(FigureText.probability(own.p))"
    return "rank correlation \(AxisText.significant(own.rho, digits: digits))\(p)"
  }

  private func section(of join: PartnerJoin, isOnly: Bool) -> ReportSection {
    var section = ReportSection(title: "Gene screen and matrix" + (isOnly ? "" : ": \(join.contrast.contrast)"))
    section.sentences += joined.unjoined
    let own = join.correlation
    section.sentences.append(
      "Each partner of \(join.drug): what the loss of its targets does under the drug (\(join.screenWords)) beside what the matrix screen says. "
        + PartnerVerdict.allCases.map { "\($0.rawValue): \(join.count($0))" }.joined(separator: " · ") + ".")
    let pairs = "\(FigureText.count(own.partners, "partner")) with both"
    section.sentences.append(
      own.rho.isNaN
        ? "Rank correlation: too few partners have both (\(own.partners))."
        : "Over \(pairs), \(Self.correlation(join, digits: 2))"
          + (own.p.isNaN
            ? " (too few different sets of targets for a p: \(own.sets))."
            : " by permuting the \(own.sets) sets of targets (\(own.isExact ? "all" : "random") \(FigureText.grouped(own.arrangements)) arrangements). "
              + "Partners with the same targets are moved together."))
    let genes = join.biomarkers.prefix(Self.mostGenes).map(\.gene)
    section.sentences.append(
      genes.isEmpty
        ? "No gene’s loss protects: the gene screen offers no candidate biomarker of resistance."
        : "Candidate biomarkers of resistance (genes whose loss protects): \(genes.joined(separator: ", "))"
          + (join.biomarkers.count > genes.count
            ? " and \(join.biomarkers.count - genes.count) more in biomarkers.csv" : "")
          + ". Give their mutation, loss or expression as columns of the table of samples (--samples) and they are tested."
    )
    section.sentences += joined.notes
    section.terms = [
      (
        "Evidence of targets",
        "Stouffer’s z of the targets’ one-sided p, and Simes’ p; twice the smaller, with q over partners, each direction by itself. Genes of one group "
          + "(complex, paralogs) are combined first and count as one target. A drug is taken to act as the loss of its targets, an agonist as the opposite."
      ),
      (
        "Verdict",
        "both agree; gene only: targets expect an interaction that the matrix does not show, because it was not tested, the dose was not reached or it is "
          + "too noisy; matrix only: an interaction that the known targets do not explain; contradiction: opposite directions; neither."
      ),
    ]
    section.columns = [
      .init(title: "Partner", kind: .name, share: 0.14), .init(title: "Sample", kind: .name, share: 0.09),
      .init(title: "Verdict", share: 0.1), .init(title: "Targets", share: 0.2),
      .init(title: "Stouffer z", kind: .number, share: 0.07), .init(title: "q synergy", kind: .number, share: 0.08),
      .init(title: "q antagonism", kind: .number, share: 0.08), .init(title: "Matrix", share: 0.1),
      .init(title: "Consensus", kind: .number, share: 0.08), .init(title: "Why", share: 0.06),
    ]
    section.columns[9] = .init(title: "Why", share: 0.16)
    section.columns[3] = .init(title: "Targets", share: 0.16)
    section.columns[0] = .init(title: "Partner", kind: .name, share: 0.1)
    section.columns[1] = .init(title: "Sample", kind: .name, share: 0.07)
    let rows = Self.ordered(join.rows)
    section.rows = rows.prefix(Self.mostRows).map(Self.cells)
    if rows.count > Self.mostRows {
      section.cut = "The first \(Self.mostRows) of \(FigureText.grouped(rows.count)) rows; partners.csv has all."
    }
    return section
  }

  /// Findings first, those of partners that were tested in the matrix before the others: a table of targets may hold hundreds of drugs that were not.
  static func ordered(_ rows: [PartnerJoin.Row]) -> [PartnerJoin.Row] {
    let verdicts: [PartnerVerdict] = [.bothAgree, .contradiction, .geneOnly, .matrixOnly]
    let tested = rows.filter { $0.outcome != nil }
    return verdicts.flatMap { verdict in tested.filter { $0.verdict == verdict } }
      + rows.filter { $0.outcome == nil && $0.verdict == .geneOnly } + tested.filter { $0.verdict == .neither }
      + rows.filter { $0.outcome == nil && $0.verdict != .geneOnly }
  }

  private static func cells(_ row: PartnerJoin.Row) -> [String] {
    let evidence = row.evidence.flatMap { $0.units > 0 ? $0 : nil }
    let measured = row.evidence?.measured ?? []
    let targets = measured.prefix(3).map { $0.target.words($0.gene) }.joined(separator: "; ")
    return [
      row.partner, row.outcome?.sample ?? "", row.verdict.rawValue,
      targets + (measured.count > 3 ? "; … \(measured.count) in all" : ""),
      evidence.map { AxisText.significant($0.stouffer, digits: 2) } ?? "",
      evidence.map { FigureText.probability($0.qSynergy) } ?? "",
      evidence.map { FigureText.probability($0.qAntagonism) } ?? "", row.outcome?.call?.rawValue ?? "not tested",
      row.outcome.map { FigureText.points($0.consensus) } ?? "", row.reason,
    ]
  }
}

extension PartnerJoin {
  fileprivate var screenWords: String {
    "contrast \(contrast.contrast), \(FigureText.count(contrast.count, "gene"))"
  }
}
