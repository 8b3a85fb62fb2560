import Statistics

/// The rank correlation of genes' evidence with the matrix's scores over partners, and its p by permuting target sets.
///
/// Partners with the same targets have the same evidence, and drugs of one class interact alike: they are moved together, so that three inhibitors of one target are not three witnesses.
public struct TargetPermutation: Sendable, Hashable {
  /// A partner with both.
  struct Partner {
    /// The genes' evidence for synergy.
    var genes: Double
    /// The matrix's score.
    var matrix: Double
    /// Its measured targets, as a name of the set.
    var targets: String
  }

  /// The partners that have both.
  public let partners: Int
  /// How many different sets of targets they have.
  public let sets: Int
  /// Spearman's ρ; NaN for fewer than three partners, or where one side is constant.
  public let rho: Double
  /// Two-sided p; NaN for fewer than four sets.
  public let p: Double
  /// How many arrangements it is over.
  public let arrangements: Int
  /// Whether these are all that there are.
  public let isExact: Bool

  /// At random: the most arrangements. Up to 7 sets all are made.
  static let most = 9999
  static let leastSets = 4
  static let exactSets = 7

  init(_ own: [Partner], seed: UInt64) {
    // The order of partners changes nothing.
    let own = own.sorted { ($0.targets, $0.matrix, $0.genes) < ($1.targets, $1.matrix, $1.genes) }
    partners = own.count
    var (values, setOf): ([Double], [Int]) = ([], [])
    for (place, partner) in own.enumerated() {
      if place == 0 || own[place - 1].targets != partner.targets { values.append(partner.genes) }
      setOf.append(values.count - 1)
    }
    sets = values.count
    let matrix = own.map(\.matrix)
    func correlation(_ values: [Double]) -> Double {
      RankCorrelation.spearman(setOf.map { values[$0] }, matrix)
    }
    let observed = correlation(values)
    rho = observed
    guard sets >= Self.leastSets, !observed.isNaN else {
      (p, arrangements, isExact) = (.nan, 0, false)
      return
    }
    let least = abs(observed) - 1e-12
    if sets <= Self.exactSets {
      var (reached, all) = (0, 0)
      Self.permute(values) { arrangement in
        all += 1
        if abs(correlation(arrangement)) >= least { reached += 1 }
      }
      (p, arrangements, isExact) = (Double(reached) / Double(all), all, true)
      return
    }
    let random = CounterRandom(seed: seed, block: 0x6765_6E65)
    var reached = 0
    for number in 0..<Self.most {
      var drawn = values
      for place in stride(from: drawn.count - 1, to: 0, by: -1) {
        let word = random.word(stream: UInt64(number), index: UInt64(place)).0
        drawn.swapAt(place, Int(word.multipliedFullWidth(by: UInt64(place + 1)).high))
      }
      if abs(correlation(drawn)) >= least { reached += 1 }
    }
    // Phipson & Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9, 39.
    (p, arrangements, isExact) = (Double(reached + 1) / Double(Self.most + 1), Self.most, false)
  }

  /// Calls with every order (Heap 1963).
  private static func permute(_ values: [Double], _ body: ([Double]) -> Void) {
    var values = values
    func visit(_ count: Int) {
      guard count > 1 else { return body(values) }
      for place in 0..<count - 1 {
        visit(count - 1)
        values.swapAt(count % 2 == 0 ? place : 0, count - 1)
      }
      visit(count - 1)
    }
    visit(values.count)
  }
}
