import Genes
import Spreadsheets

/// A gene as `genes.csv` has it.
public struct ScreenedGene: Sendable, Hashable, Codable {
  /// Its name.
  public var gene: String
  /// What its loss does.
  public var call: String
  /// log2 fold change under the drug.
  public var effect: Double
  /// Lower end of its interval.
  public var low: Double
  /// Upper end of its interval.
  public var high: Double
  /// p of depletion that targets are combined by: of method z where there is one, else of ranks.
  public var pSensitises: Double
  /// The same of enrichment.
  public var pProtects: Double
  /// q of enrichment that the call rests on.
  public var qProtects: Double
}

/// A contrast of a directory that `isobole genes` wrote: all its genes, or those that a join needs.
public struct ScreenedGenes: Sendable, Hashable, Codable {
  /// The contrast.
  public var contrast: String
  /// The drug; empty where it was not said.
  public var drug: String
  /// How many genes were scored.
  public var count: Int
  /// The genes.
  public var genes: [ScreenedGene]

  /// Genes of which a join says something: some by name, and all whose loss protects.
  public func kept(_ names: Set<String>) -> ScreenedGenes {
    var kept = self
    kept.genes = genes.filter { names.contains($0.gene) || $0.call == GeneCall.protects.rawValue }
    return kept
  }

  /// Reads `genes.csv`.
  ///
  /// - Returns: Its contrasts in their order.
  /// - Throws: `CountError`.
  public static func read(_ bytes: [UInt8], file: String) throws(CountError) -> [ScreenedGenes] {
    let text = try CountText(bytes, file: file, content: .results)
    let place = CountError.Place(file, line: text.headerLine, content: .results)
    func column(_ name: String) throws(CountError) -> Int {
      guard let found = text.header.firstIndex(of: name) else {
        throw .columnNotFound(place, wanted: name, columns: text.header)
      }
      return found
    }
    let names = [
      "contrast", "drug", "gene", "call", "effect", "effect_low", "effect_high", "z_p_sensitises", "z_p_protects",
      "p_sensitises", "p_protects", "q_protects",
    ]
    var columns: [Int] = []
    for name in names { columns.append(try column(name)) }
    var contrasts: [ScreenedGenes] = []
    var places: [String: Int] = [:]
    for (line, fields) in try text.rows() {
      let own = columns.map { fields[$0] }
      func number(_ place: Int) throws(CountError) -> Double {
        if own[place].isEmpty { return .nan }
        guard let value = Double(own[place]) else {
          throw .notACount(
            CountError.Place(file, line: line, column: names[place], content: .results), guide: own[2], read: own[place]
          )
        }
        return value
      }
      guard !own[2].isEmpty else {
        throw .noName(CountError.Place(file, line: line, column: "gene", content: .results))
      }
      let hasZ = !own[7].isEmpty
      let gene = ScreenedGene(
        gene: own[2], call: own[3], effect: try number(4), low: try number(5), high: try number(6),
        pSensitises: try number(hasZ ? 7 : 9), pProtects: try number(hasZ ? 8 : 10), qProtects: try number(11))
      let number = places[own[0]] ?? contrasts.count
      if number == contrasts.count {
        places[own[0]] = number
        contrasts.append(ScreenedGenes(contrast: own[0], drug: own[1], count: 0, genes: []))
      }
      contrasts[number].genes.append(gene)
      contrasts[number].count += 1
    }
    guard !contrasts.isEmpty else { throw .noRows(place) }
    return contrasts
  }
}
