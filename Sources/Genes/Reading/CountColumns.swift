import Spreadsheets

/// Which columns of a table of counts hold guides, genes and samples.
package struct CountColumns {
  /// The header's names.
  let names: [String]
  let guide: Int
  /// `nil` where the gene stands in the guide's name, or in another table.
  let gene: Int?
  /// The samples that are read.
  let samples: [Int]
  /// Columns that are neither, of which the header does not say that they are counts.
  let others: [Int]

  /// Words for a guide in the headers of MAGeCK, drugZ, BAGEL, JACKS, nf-core/crisprseq and vendors' libraries, best first.
  private static let guideWords = [
    "sgrna", "sgrnaid", "guide", "guideid", "grna", "grnaid", "sgrnaname", "guidename", "reagentid", "construct",
    "constructid",
    "constructbarcode", "barcode", "uid", "id", "name", "sequence", "sgrnasequence", "guidesequence", "grnasequence",
    "seq",
    "spacer", "oligo", "probe",
  ]
  /// Whether a column's name says that it holds guides.
  static func isGuideWord(_ name: String) -> Bool { guideWords.contains(fold(name)) }

  /// Whether the first row's name is a number of a row.
  static func isRowNumber(_ name: String) -> Bool { name == "0" || name == "1" }

  private static let geneWords = [
    "gene", "genes", "genesymbol", "symbol", "genename", "hgncsymbol", "targetgene", "targetgenesymbol", "target",
    "geneid",
    "ensemblid",
  ]
  /// Columns of annotation that have numbers.
  private static let annotationWords: Set<String> = [
    "entrezid", "entrez", "geneentrezid", "hgncid", "chromosome", "chr", "start", "end", "position", "strand", "pam",
    "exon",
    "library", "sublibrary", "score", "length", "gccontent", "gc",
  ]

  /// Recognises columns.
  ///
  /// - Parameters:
  ///   - names: The header.
  ///   - wanted: The samples to read; `nil` for every column that is nothing else; none for a table of guides and genes.
  ///   - hasGenes: Whether genes come from somewhere else.
  /// - Throws: `columnNotFound`, `equalColumns`, `noSamples`.
  init(
    names: [String], place: CountError.Place, wanted: [String]?, options: CountReadingOptions, firstRow: [String] = []
  ) throws(CountError) {
    func find(_ name: String) throws(CountError) -> Int {
      let equal = names.indices.filter { names[$0] == name }
      guard equal.count < 2 else { throw .equalColumns(place, name: name, places: equal) }
      if let found = equal.first { return found }
      throw .columnNotFound(place, wanted: name, columns: names)
    }
    let folded = names.map(Self.fold)
    func recognised(_ words: [String], not other: Int?) -> Int? {
      for word in words {
        if let found = folded.indices.first(where: { folded[$0] == word && $0 != other }) { return found }
      }
      return nil
    }
    let chosen = Set(wanted ?? [])
    let namedGene = try options.geneColumn.map(find)
    let namedGuide = try options.guideColumn.map(find)
    let gene = namedGene ?? recognised(Self.geneWords.filter { !chosen.contains($0) }, not: namedGuide)
    // A table of R's begins with a column that has no name: the guides, or the numbers of rows, as pandas writes them.
    let unnamed = names.first == "" ? 0 : nil
    let isNumbered = unnamed != nil && firstRow.first.map(Self.isRowNumber) ?? false
    let word = recognised(Self.guideWords, not: gene)
    let next = names.indices.first { $0 != gene && !(isNumbered && $0 == 0) } ?? 0
    guide = namedGuide ?? (isNumbered ? nil : unnamed) ?? word ?? (isNumbered || gene == 0 ? next : 0)
    self.gene = gene == guide ? nil : gene
    self.names = names
    let (guideColumn, geneColumn) = (guide, self.gene)
    let rest = names.indices.filter { $0 != guideColumn && $0 != geneColumn }
    if let wanted {
      var columns: [Int] = []
      for name in wanted { columns.append(try find(name)) }
      samples = columns
      others = []
    } else {
      samples = rest.filter {
        !Self.annotationWords.contains(folded[$0]) && !Self.geneWords.contains(folded[$0]) && !names[$0].isEmpty
      }
      others = rest.filter { [samples] in !samples.contains($0) }
      for column in samples { _ = try find(names[column]) }
    }
    guard !samples.isEmpty || wanted == [] else { throw .noSamples(place, columns: names) }
  }

  /// Letters and digits in lower case.
  package static func fold(_ name: String) -> String {
    String(name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) })
  }
}
