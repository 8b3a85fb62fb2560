import Spreadsheets

/// A table of guides and their genes, for tables of counts that have no genes.
public enum GuideLibrary {
  /// The gene of each guide.
  ///
  /// - Throws: `CountError`.
  public static func read(_ bytes: [UInt8], file: String) throws(CountError) -> [String: String] {
    let text = try CountText(bytes, file: file, content: .library)
    let place = CountError.Place(file, line: text.headerLine, content: .library)
    let columns = try CountColumns(names: text.header, place: place, wanted: [], options: .init())
    guard let geneColumn = columns.gene else {
      throw .noGenes(place, columns: text.header, example: text.header.first ?? "")
    }
    var genes: [String: String] = [:]
    var error: CountError?
    CSVRows.forEach(in: text.bytes, from: text.start, firstLine: text.firstLine, separator: text.separator) { row in
      let (guide, gene) = (row.text(columns.guide), row.text(geneColumn))
      if guide.isEmpty || gene.isEmpty {
        error = .noName(CountError.Place(file, line: row.line, content: .library))
      } else if let first = genes.updateValue(gene, forKey: guide), first != gene {
        error = .guideOfTwoGenes(
          CountError.Place(file, line: row.line), guide: guide, gene: gene, firstGene: first, firstLine: text.firstLine)
      }
      return error == nil
    }
    if let error { throw error }
    guard !genes.isEmpty else { throw .noRows(place) }
    return genes
  }
}
