import Genes
import Spreadsheets

/// A table of drugs and their targets, `--targets`: drug, gene, and where they are known action, source, group.
public struct TargetTable: Sendable {
  /// The targets in the order of the table, each gene of a drug once.
  public let targets: [DrugTarget]
  /// What a person should know of how it was read.
  public let notes: [CountTable.Note]

  private static let words: [(name: String, words: Set<String>)] = [
    ("drug", ["drug", "drugname", "compound", "partner", "name"]),
    ("gene", ["gene", "genes", "target", "targets", "genesymbol", "symbol", "targetgene", "putativetarget"]),
    ("action", ["action", "mechanism", "effect", "mode", "actiontype"]),
    ("source", ["source", "reference", "citation", "evidence"]),
    ("group", ["group", "complex", "family", "paralogs"]),
  ]

  /// Reads a table. A cell may hold several genes, separated by commas, semicolons or bars.
  ///
  /// - Throws: `CountError`.
  public init(_ bytes: [UInt8], file: String) throws(CountError) {
    let text = try CountText(bytes, file: file, content: .targets)
    let place = CountError.Place(file, line: text.headerLine, content: .targets)
    let header = text.header.map(CountColumns.fold)
    var columns: [String: Int] = [:]
    for (name, words) in Self.words {
      let found = header.indices.filter { words.contains(header[$0]) && !columns.values.contains($0) }
      let exact = found.filter { header[$0] == name }
      if exact.count > 1 { throw .equalColumns(place, name: name, places: exact) }
      columns[name] = exact.first ?? found.first
    }
    guard let drugColumn = columns["drug"] else {
      throw .columnNotFound(place, wanted: "drug", columns: text.header)
    }
    guard let geneColumn = columns["gene"] else {
      throw .columnNotFound(place, wanted: "gene", columns: text.header)
    }
    let rows = try text.rows()
    guard !rows.isEmpty else { throw .noRows(place) }
    var targets: [DrugTarget] = []
    var lineOf: [String: Int] = [:]
    var notes: [CountTable.Note] = []
    var (repeated, unsaid) = (0, 0)
    var untargeted: [String] = []
    for (line, fields) in rows {
      func field(_ name: String) -> String { columns[name].map { fields[$0] } ?? "" }
      let drug = fields[drugColumn]
      guard !drug.isEmpty else {
        throw .noName(CountError.Place(file, line: line, column: text.header[drugColumn], content: .targets))
      }
      // Also as Python writes a list: ['AKT1', 'AKT2'].
      let genes = fields[geneColumn].split(whereSeparator: { ",;|".contains($0) })
        .map { String($0.filter { !"[]'\"".contains($0) }).trimmingSpaces }.filter { !$0.isEmpty }
      if genes.isEmpty {
        untargeted.append(drug)
        continue
      }
      let written = field("action")
      guard let action = DrugTarget.action(written) else {
        notes.append(
          .init(
            file: file,
            message:
              "line \(line): the action of \(drug) on \(genes.joined(separator: ", ")) is \(CountError.quoted(written)); expected a word such as inhibitor, degrader, "
              + "agonist or activator. The row is not used, as it does not say whether the drug acts as the loss of the gene does",
            isWarning: true))
        continue
      }
      for gene in genes {
        let key = drug.lowercased() + "\u{0}" + gene
        if let first = lineOf[key] {
          repeated += 1
          if let other = targets.first(where: { $0.drug.lowercased() + "\u{0}" + $0.gene == key }),
            other.action != action
          {
            throw .twoActions(
              CountError.Place(file, line: line, content: .targets), drug: drug, gene: gene, firstLine: first)
          }
          continue
        }
        lineOf[key] = line
        if written.isEmpty { unsaid += 1 }
        targets.append(
          DrugTarget(
            drug: drug, gene: gene, action: action, writtenAction: written, source: field("source"),
            group: field("group")))
      }
    }
    if repeated > 0 {
      notes.append(.init(file: file, message: "\(repeated) targets stand in several rows; each counts once"))
    }
    if !untargeted.isEmpty {
      notes.append(
        .init(
          file: file, message: "\(untargeted.count) rows name no gene: \(CountError.list(untargeted))", isWarning: true)
      )
    }
    if unsaid > 0 {
      notes.append(
        .init(file: file, message: "\(unsaid) targets have no action; the drugs are taken to inhibit them"))
    }
    let used = Set(columns.values)
    let others = text.header.indices.filter { !used.contains($0) && !text.header[$0].isEmpty }.map { text.header[$0] }
    if !others.isEmpty {
      notes.append(.init(file: file, message: "columns without a use here: \(CountError.list(others))"))
    }
    (self.targets, self.notes) = (targets, notes)
  }
}
