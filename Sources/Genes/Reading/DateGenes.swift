/// Genes that a spreadsheet made dates of: `2-Sep` was SEPT2 (Ziemann et al. 2016, Genome Biol. 17, 177; new names: Bruford et al. 2020, Nat. Genet. 52, 754).
enum DateGenes {
  /// What stood where now a month and a number stand.
  private static let months: [String: @Sendable (Int) -> String] = [
    "sep": { "SEPT\($0), now SEPTIN\($0)" },
    "mar": { "MARCH\($0), now MARCHF\($0)\($0 <= 2 ? ", or MARC\($0), now MTARC\($0)" : "")" },
    "dec": { "DEC\($0)\($0 == 1 ? ", now DELEC1" : "")" },
    "oct": { "OCT\($0)" }, "feb": { "FEB\($0)" }, "apr": { "APR\($0)" }, "nov": { "NOV\($0)" },
    "jan": { "JAN\($0)" }, "jun": { "JUN\($0)" }, "jul": { "JUL\($0)" }, "aug": { "AUG\($0)" }, "may": { "MAY\($0)" },
  ]

  /// What a date probably was; `nil` for a name that is no date.
  ///
  /// Dates as Excel shows them: `2-Sep`, `02-Sep`, `Sep-02`, `2-Sep-23`, and `2023-09-02` (also with a time).
  static func probableName(of gene: String) -> String? {
    guard let first = gene.utf8.first, gene.utf8.contains(UInt8(ascii: "-")) || gene.utf8.contains(UInt8(ascii: "/")),
      (48...57).contains(first) || gene.utf8.count == 6
    else { return nil }
    let parts = gene.split(whereSeparator: { "-/ ".contains($0) }).map { $0.lowercased() }
    guard parts.count >= 2 else { return nil }
    if let day = Int(parts[0]), let name = months[parts[1]], (1...31).contains(day), parts.count <= 3 {
      return name(day)
    }
    if parts.count == 2, let day = Int(parts[1]), parts[1].count == 2, let name = months[parts[0]] { return name(day) }
    let order = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    if parts.count >= 3, parts[0].count == 4, Int(parts[0]).map({ (1900...2100).contains($0) }) == true,
      let month = Int(parts[1]), (1...12).contains(month), let day = Int(parts[2]), (1...31).contains(day)
    {
      return months[order[month - 1]]?(day)
    }
    return nil
  }

  /// The warning; `nil` where no gene is a date.
  static func note(_ genes: [String], file: String) -> CountTable.Note? {
    let found = genes.compactMap { gene in probableName(of: gene).map { "\(gene) (probably \($0))" } }
    guard !found.isEmpty else { return nil }
    let more = found.count > 5 ? " and \(found.count - 5) more" : ""
    return .init(
      file: file,
      message:
        "\(found.count) gene\(found.count == 1 ? " is a date" : "s are dates"), as a spreadsheet makes of names: \(found.prefix(5).joined(separator: "; "))\(more). "
        + "They are scored under these names; restore them in the table, or give guides and genes with --library",
      isWarning: true)
  }
}
