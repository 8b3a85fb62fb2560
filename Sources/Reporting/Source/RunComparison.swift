import Assay
import Results
import Screening
import Synergy

/// What is different between two runs, and why: options, version, files, wells.
public struct RunComparison: Sendable {
  /// Something of the whole run that differs; `nil` on a side that does not have it.
  public struct Difference: Sendable, Hashable {
    /// What it is: an option's name, `isobole`, a file.
    public var name: String
    /// The older run's.
    public var old: String?
    /// The newer run's.
    public var new: String?
  }

  /// The older run's title and where its results are.
  public var old: (title: String, directory: String)
  /// Blocks that both runs have, as the newer ranks them.
  public var paired: [ComparedBlock]
  /// Blocks that only the newer has, with their ranks.
  public var added: [(rank: Int, block: BlockSummary)]
  /// Blocks that only the older has, with their ranks.
  public var removed: [(rank: Int, block: BlockSummary)]
  /// The version and the options that differ.
  public var settings: [Difference]
  /// Files that differ by content (SHA-256) or are in one run only.
  public var files: [Difference]

  /// Blocks of which something changed: call, rank, a score or its interval, or the data.
  public var changed: [ComparedBlock] { paired.filter(\.isChanged) }

  /// Compares runs. Blocks are paired by their drugs (in any order) and sample; where these are not unique by their
  /// names besides.
  ///
  /// - Parameters:
  ///   - new: The newer run.
  ///   - old: The older one.
  ///   - threads: Worker threads; they never change anything.
  public static func compare(
    _ new: ResultsFile, with old: ResultsFile, threads: Int
  ) async throws(ResultsError) -> RunComparison {
    let ranked = (new: try await new.store.ranked(threads: threads), old: try await old.store.ranked(threads: threads))
    let (pairs, added, removed) = pairs(ranked.new, ranked.old)
    let settings = settings(new.head, old.head)
    let compared = await Parallel.map(pairs.count, chunk: 4, threads: threads) { range in
      range.map { place in
        Result { () throws(ResultsError) in
          let pair = pairs[place]
          let (one, other) = (ranked.new[pair.new], ranked.old[pair.old])
          return ComparedBlock(
            one, rank: pair.new + 1, try new.store.analysis(of: one.index), old: other, oldRank: pair.old + 1,
            try old.store.analysis(of: other.index), settings: settings)
        }
      }
    }
    var paired: [ComparedBlock] = []
    for result in compared { paired.append(try result.get()) }
    return RunComparison(
      old: (old.head.title, old.directory), paired: paired, added: added.map { ($0 + 1, ranked.new[$0]) },
      removed: removed.map { ($0 + 1, ranked.old[$0]) }, settings: settings, files: files(new.inputs, old.inputs)
    )
  }

  private struct Key: Hashable {
    var drugs: [String]
    var sample: String?
    init(_ block: BlockSummary) {
      drugs = block.drugs.sorted()
      sample = block.sample
    }
  }

  /// Places of blocks that belong together, and of those that are alone, all in rank order.
  private static func pairs(
    _ new: [BlockSummary], _ old: [BlockSummary]
  ) -> (pairs: [(new: Int, old: Int)], added: [Int], removed: [Int]) {
    let groups = Dictionary(grouping: old.indices) { Key(old[$0]) }
    let sizes = Dictionary(grouping: new.indices) { Key(new[$0]) }.mapValues(\.count)
    var left = Set(old.indices)
    var pairs: [(new: Int, old: Int)] = []
    var added: [Int] = []
    for place in new.indices {
      let key = Key(new[place])
      let group = groups[key, default: []]
      let isUnique = group.count == 1 && sizes[key] == 1
      if let partner = isUnique ? group.first : group.first(where: { old[$0].id == new[place].id && left.contains($0) })
      {
        left.remove(partner)
        pairs.append((place, partner))
      } else {
        added.append(place)
      }
    }
    return (pairs, added, left.sorted())
  }

  private static func settings(_ new: ReportSource, _ old: ReportSource) -> [Difference] {
    var differences: [Difference] = []
    if new.version != old.version {
      differences.append(Difference(name: "isobole version", old: old.version, new: new.version))
    }
    let (now, before) = (OptionTree(results: new.options).leaves, OptionTree(results: old.options).leaves)
    let older = Dictionary(before.map { ($0.name, $0.summary) }) { first, _ in first }
    let newer = Dictionary(now.map { ($0.name, $0.summary) }) { first, _ in first }
    for leaf in now where older[leaf.name] != leaf.summary {
      differences.append(Difference(name: leaf.name, old: older[leaf.name], new: leaf.summary))
    }
    for leaf in before where newer[leaf.name] == nil {
      differences.append(Difference(name: leaf.name, old: leaf.summary, new: nil))
    }
    return differences
  }

  /// Files by their path: other content, or in one run only. A file that only has another path is the same file.
  private static func files(_ new: [ScreenInput], _ old: [ScreenInput]) -> [Difference] {
    func hash(_ input: ScreenInput) -> String { input.sha256 ?? "could not be read" }
    let older = Dictionary(old.map { ($0.path, hash($0)) }) { first, _ in first }
    let newer = Dictionary(new.map { ($0.path, hash($0)) }) { first, _ in first }
    let known = Set(old.compactMap(\.sha256)), present = Set(new.compactMap(\.sha256))
    var differences: [Difference] = []
    for input in new {
      if let before = older[input.path] {
        if before != hash(input) { differences.append(Difference(name: input.path, old: before, new: hash(input))) }
      } else if !(input.sha256.map(known.contains) ?? false) {
        differences.append(Difference(name: input.path, old: nil, new: hash(input)))
      }
    }
    for input in old where newer[input.path] == nil && !(input.sha256.map(present.contains) ?? false) {
      differences.append(Difference(name: input.path, old: hash(input), new: nil))
    }
    return differences
  }
}
