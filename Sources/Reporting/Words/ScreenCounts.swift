import Compounds
import Screening

/// What a ranking holds, counted once for everything that says it.
struct ScreenCounts: Sendable {
  let blocks: Int
  /// Sets of drugs; one may have several blocks, as in several samples.
  let combinations: Int
  let drugs: Set<String>
  let samples: Set<String>
  /// How many blocks have each call; `nil` counts those without. Empty where nothing was tested.
  let calls: [(call: Call?, count: Int)]

  init(_ ranked: [BlockOutline]) {
    var combinations = Set<[String]>()
    var drugs = Set<String>()
    var samples = Set<String>()
    var counts: [Call: Int] = [:]
    for summary in ranked {
      if combinations.insert(summary.drugs.sorted()).inserted { drugs.formUnion(summary.drugs) }
      if let sample = summary.sample { samples.insert(sample) }
      if let call = summary.verdict?.call { counts[call, default: 0] += 1 }
    }
    (blocks, self.combinations, self.drugs, self.samples) = (ranked.count, combinations.count, drugs, samples)
    let without = ranked.count - counts.values.reduce(0, +)
    calls =
      counts.isEmpty
      ? [] : Call.allCases.map { ($0, counts[$0] ?? 0) } + (without > 0 ? [(nil, without)] : [])
  }
}
