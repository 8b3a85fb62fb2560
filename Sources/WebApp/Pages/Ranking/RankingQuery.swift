import Foundation
import Screening
import Synergy

/// What of a ranked table is shown and in which order: the query parameters of a run's page. Unknown values are
/// ignored, so that an old link still shows a table.
struct RankingQuery: Sendable, Hashable {
  /// What rows are ordered by.
  enum Sort: Sendable, Hashable {
    case rank, combination, sample, call, consensus, peak, css, starred, status, comments
    /// A model's mean.
    case model(NullModel)

    /// As it stands in addresses.
    var name: String {
      switch self {
      case .rank: "rank"
      case .combination: "combination"
      case .sample: "sample"
      case .call: "call"
      case .consensus: "consensus"
      case .peak: "peak"
      case .css: "css"
      case .starred: "starred"
      case .status: "status"
      case .comments: "comments"
      case .model(let model): model.rawValue
      }
    }

    /// Whether the first click shows the largest first.
    var isLargestFirst: Bool {
      switch self {
      case .rank, .combination, .sample, .call, .status: false
      case .consensus, .peak, .css, .starred, .comments, .model: true
      }
    }

    private static let plain: [Sort] = [
      .rank, .combination, .sample, .call, .consensus, .peak, .css, .starred, .status, .comments,
    ]

    /// The order of that name; `nil` when there is none.
    init?(_ name: String) {
      guard let found = (Self.plain + NullModel.allCases.map { .model($0) }).first(where: { $0.name == name }) else {
        return nil
      }
      self = found
    }
  }

  /// Words that a row must all hold: drugs, class, sample, block, flags, call.
  var words = ""
  /// Rows of this call; `nil` for all.
  var call: Call?
  /// Rows of this decision; `nil` for all.
  var status: Review.Status?
  /// Rows of this sample; `nil` for all.
  var sample: String?
  /// Whether only starred rows are shown.
  var isStarred = false
  /// What they are ordered by.
  var sort = Sort.rank
  /// Whether the largest comes first.
  var isDescending = false
  /// The page, from 1.
  var page = 1

  /// Whether only the table is wanted, for a script that puts it in the place of another: `part=table`.
  var isTableOnly = false

  /// Rows a page.
  static let rowsPerPage = 100

  /// The whole table by rank.
  init() {}

  /// Reads the parameters of an address: decoded names and values.
  init(_ parameters: some Sequence<(name: String, value: String)>) {
    var order: String?
    for (name, value) in parameters {
      switch name {
      case "q": words = String(value.prefix(200))
      case "call": call = Call(rawValue: value)
      case "status": status = Review.Status(rawValue: value)
      case "sample": sample = value.isEmpty ? nil : value
      case "starred": isStarred = ["true", "1", "on"].contains(value)
      case "sort": sort = Sort(value) ?? .rank
      case "order": order = value
      case "page": page = max(1, Int(value) ?? 1)
      case "part": isTableOnly = value == "table"
      default: break
      }
    }
    isDescending = order == "desc" || (order != "asc" && sort.isLargestFirst)
  }

  /// Whether some rows may be hidden.
  var isFiltered: Bool { !words.isEmpty || call != nil || status != nil || sample != nil || isStarred }

  /// The address's part from `?` on; empty for the whole table by rank. Never with `part`.
  var text: String {
    var parts: [(String, String)] = []
    if !words.isEmpty { parts.append(("q", words)) }
    if let call { parts.append(("call", call.rawValue)) }
    if let status { parts.append(("status", status.rawValue)) }
    if let sample { parts.append(("sample", sample)) }
    if isStarred { parts.append(("starred", "true")) }
    if sort != .rank || isDescending {
      parts.append(("sort", sort.name))
      parts.append(("order", isDescending ? "desc" : "asc"))
    }
    if page > 1 { parts.append(("page", String(page))) }
    return parts.isEmpty ? "" : "?" + parts.map { "\($0.0)=\(Links.segment($0.1))" }.joined(separator: "&")
  }

  /// The same rows by a column: the other way round when they are already.
  func sorted(by column: Sort) -> RankingQuery {
    var query = self
    query.isDescending = sort == column ? !isDescending : column.isLargestFirst
    query.sort = column
    query.page = 1
    return query
  }

  /// Another page of the same rows.
  func at(page: Int) -> RankingQuery {
    var query = self
    query.page = page
    return query
  }
}
