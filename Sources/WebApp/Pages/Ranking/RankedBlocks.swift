import Compounds
import Reporting
import Screening
import Synergy

/// A block with its rank and what people decided of it.
struct RankedBlock: Sendable {
  /// What is known of it without a look at its row.
  var summary: BlockOutline
  /// Its rank among all blocks of the run.
  var rank: Int
  /// What people decided.
  var review: Review
}

/// The blocks of a run that a query asks for.
struct RankedBlocks: Sendable {
  /// The rows of the page.
  var rows: [RankedBlock]
  /// How many rows all pages have.
  var matching: Int
  /// How many blocks the run has.
  var total: Int
  /// The page that is shown, and how many there are.
  var page: Int
  var pages: Int

  /// Chooses, orders and cuts. What has no value comes last in both directions; ties stay by rank.
  init(_ query: RankingQuery, of blocks: [RankedBlock], compounds: CompoundRegistry, models: [NullModel]) {
    let words = query.words.lowercased().split(whereSeparator: \.isWhitespace)
    let chosen = blocks.filter { block in
      if let call = query.call, block.summary.verdict?.call != call { return false }
      if let status = query.status, block.review.status != status { return false }
      if let sample = query.sample, block.summary.sample != sample { return false }
      if query.isStarred, !block.review.isStarred { return false }
      guard !words.isEmpty else { return true }
      let text = Self.text(of: block.summary, compounds)
      return words.allSatisfy { text.contains($0) }
    }
    let sorted = Self.sorted(chosen, by: query, models: models)
    total = blocks.count
    matching = sorted.count
    pages = max(1, (sorted.count + RankingQuery.rowsPerPage - 1) / RankingQuery.rowsPerPage)
    page = min(query.page, pages)
    rows = Array(sorted.dropFirst((page - 1) * RankingQuery.rowsPerPage).prefix(RankingQuery.rowsPerPage))
  }

  /// What words are looked for in.
  private static func text(of summary: BlockOutline, _ compounds: CompoundRegistry) -> String {
    let classes = compounds.knowledge(of: summary.drugs).partnerClasses.compactMap(\.self)
    return
      ([summary.id, summary.sample ?? "", summary.verdict?.words ?? ""] + summary.drugs + summary.writtenNames
      + summary.flags + classes).joined(separator: " ").lowercased()
  }

  private static func sorted(_ blocks: [RankedBlock], by query: RankingQuery, models: [NullModel]) -> [RankedBlock] {
    func ordered<Key: Comparable>(_ key: (RankedBlock) -> Key?) -> [RankedBlock] {
      let keyed = blocks.map { (key: key($0), block: $0) }
      return keyed.sorted { one, other in
        guard let first = one.key, let second = other.key, first != second else {
          if (one.key == nil) != (other.key == nil) { return other.key == nil }
          return one.block.rank < other.block.rank
        }
        return query.isDescending ? first > second : first < second
      }.map(\.block)
    }
    switch query.sort {
    case .rank: return ordered(\.rank)
    case .combination: return ordered { $0.summary.drugs.joined(separator: " × ").lowercased() }
    case .sample: return ordered { $0.summary.sample?.lowercased() }
    case .call: return ordered { block in block.summary.verdict.flatMap { Call.allCases.firstIndex(of: $0.call) } }
    case .consensus: return ordered(\.summary.consensus)
    case .peak: return ordered { block in models.first.flatMap { block.summary.score(of: $0)?.peak } }
    case .css: return ordered(\.summary.css)
    case .starred: return ordered { $0.review.isStarred ? 1 : 0 }
    case .status: return ordered { [.followUp: 0, .none: 1, .drop: 2][$0.review.status] }
    case .comments: return ordered(\.review.comments)
    case .model(let model): return ordered { $0.summary.score(of: model)?.mean }
    }
  }
}
