import Statistics

/// Reads of guides in samples.
///
/// Genes stand in the order of their names, and each gene's guides one after another in the order of theirs, however the file
/// had them: nothing that is computed depends on the order of a file's rows.
public struct CountTable: Sendable {
  /// Something about the input that a person should know.
  public struct Note: Hashable, Sendable {
    /// The file.
    public var file: String
    /// What was read, what it means, what to do.
    public var message: String
    /// Whether numbers may be wrong for it.
    public var isWarning: Bool

    /// A note.
    public init(file: String, message: String, isWarning: Bool = false) {
      (self.file, self.message, self.isWarning) = (file, message, isWarning)
    }
  }

  /// The genes, in the order of their names.
  public let genes: [String]
  /// The guides, gene by gene.
  public let guides: [String]
  /// Where each gene's guides begin, and the number of guides: `genes.count + 1` numbers.
  public let starts: [Int]
  /// The gene of each guide.
  public let geneOfGuide: [Int]
  /// The samples.
  public let samples: [String]
  /// Reads: `counts[sample][guide]`, whole numbers ≥ 0.
  public let counts: [[Double]]
  /// What a person should know of how it was read.
  public internal(set) var notes: [Note]

  /// The guides of a gene.
  public func guides(of gene: Int) -> Range<Int> { starts[gene]..<starts[gene + 1] }

  /// Puts rows into order.
  ///
  /// - Parameters:
  ///   - guides: Names, each once.
  ///   - genes: The gene of each guide.
  ///   - samples: Names, each once.
  ///   - counts: `counts[sample][row]`.
  public init(guides: [String], genes: [String], samples: [String], counts: [[Double]], notes: [Note] = []) {
    var numbers: [String: Int] = [:]
    var names: [String] = []
    var geneOfRow = [Int](repeating: 0, count: guides.count)
    var last = -1
    for (row, gene) in genes.enumerated() {
      // Most tables have a gene's guides together.
      if last < 0 || names[last] != gene {
        if let number = numbers[gene] {
          last = number
        } else {
          last = names.count
          numbers[gene] = last
          names.append(gene)
        }
      }
      geneOfRow[row] = last
    }
    let order = names.indices.sorted { names[$0] < names[$1] }
    var place = [Int](repeating: 0, count: names.count)
    for (sorted, number) in order.enumerated() { place[number] = sorted }
    var starts = [Int](repeating: 0, count: names.count + 1)
    for number in geneOfRow { starts[place[number] + 1] += 1 }
    for gene in names.indices { starts[gene + 1] += starts[gene] }
    var next = starts
    var rows = [Int](repeating: 0, count: guides.count)
    for (row, number) in geneOfRow.enumerated() {
      rows[next[place[number]]] = row
      next[place[number]] += 1
    }
    for gene in names.indices where starts[gene + 1] - starts[gene] > 1 {
      rows[starts[gene]..<starts[gene + 1]].sort { guides[$0] < guides[$1] }
    }
    self.genes = order.map { names[$0] }
    self.guides = rows.map { guides[$0] }
    self.starts = starts
    self.geneOfGuide = rows.map { place[geneOfRow[$0]] }
    self.samples = samples
    self.counts = counts.map { column in rows.map { column[$0] } }
    self.notes = notes
  }

  /// Where a sample stands; `nil` where there is none of the name.
  public func index(of sample: String) -> Int? { samples.firstIndex(of: sample) }
}
