import Reporting
import Screening
import Synergy

/// `/screens/{s}/runs/{r}` of a finished run: the ranked table to decide from, with what people decided.
struct ReviewPage: Sendable {
  /// A file of the run that may be downloaded.
  struct Output: Sendable {
    /// Its name: `ranking.csv`.
    var name: String
    /// Its size.
    var bytes: Int

    /// Makes an output.
    init(name: String, bytes: Int) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// Who reads.
  var frame: PageFrame
  /// The screen.
  var screen: ScreenHeading
  /// The run.
  var run: RunRow
  /// What is said of all of its blocks.
  var overview: RunOverview
  /// What people decided, by block id.
  var reviews: [String: Review]
  /// What is asked of the table.
  var query: RankingQuery
  /// The run's files.
  var outputs: [Output]
  /// The numbers of the screen's other finished runs, newest first.
  var otherRuns: [Int]
  private let blocks: [RankedBlock]
  private let chosen: RankedBlocks
  private let rows: [BlockSummary]

  /// Makes the page.
  ///
  /// - Parameter summaries: Reads the rows of the ranking at places from 0: those that the page shows.
  init(
    frame: PageFrame, screen: ScreenHeading, run: RunRow, overview: RunOverview, reviews: [String: Review],
    query: RankingQuery, outputs: [Output], otherRuns: [Int], summaries: ([Int]) throws -> [BlockSummary]
  ) rethrows {
    self.frame = frame
    self.screen = screen
    self.run = run
    self.overview = overview
    self.reviews = reviews
    self.query = query
    self.outputs = outputs
    self.otherRuns = otherRuns
    let source = overview.source
    blocks = zip(source.outlines, source.ranks).map { block, rank in
      RankedBlock(summary: block, rank: rank, review: reviews[block.id] ?? Review())
    }
    chosen = RankedBlocks(query, of: blocks, compounds: source.compounds, models: source.options.synergy.models)
    rows = try summaries(chosen.rows.map { $0.rank - 1 })
  }

  private var source: ReportSource { overview.source }

  private var models: [NullModel] { source.options.synergy.models }
  private var address: String { Links.run(run.number, of: screen.id) }

  /// The page.
  var html: String {
    var fields: Fields = [
      "screen": screen.fields, "run": run.fields(of: screen.id), "address": address,
      "headline": part(overview.headline), "distrust": part(overview.warnings),
      "charts": part(overview.charts), "problems": part(overview.problems),
      "isTested": source.options.synergy.inference.resamples > 0, "hasPlates": source.plates != nil,
      "platesLink": address + "/plates", "csv": Links.api(address) + "/ranking.csv",
      "decisions": Links.api(address) + "/decisions.csv",
      "documents": outputs.filter { Self.documents[$0.name] != nil && $0.name != "report.html" }.map(output),
      "tables": outputs.filter { Self.documents[$0.name] == nil }.map(output), "hasOutputs": !outputs.isEmpty,
      "hasReport": outputs.contains { $0.name == "report.html" },
      "otherRuns": otherRuns.map {
        ["other": $0, "otherLink": Links.comparison(run.number, against: $0, of: screen.id)] as Fields
      }, "hasOtherRuns": !otherRuns.isEmpty,
    ]
    fields.merge(callFields) { $1 }
    fields.merge(tableFields) { $1 }
    fields.merge(filterFields) { $1 }
    return Templates.page(
      "review", title: "Run \(run.number) · \(screen.name)", frame: frame,
      path: [("Screens", "/"), (screen.name, Links.screen(screen.id))], fields)
  }

  /// A part of the report; none where only the table is wanted.
  private func part(_ part: String) -> Markup { Markup(query.isTableOnly ? "" : part) }

  private static let documents = [
    "report.html": "report", "report.pdf": "report for paper", "report.xlsx": "workbook", "report.md": "summary",
  ]

  private func output(_ output: Output) -> Fields {
    [
      "outputName": output.name, "words": optional(Self.documents[output.name]), "size": Words.bytes(output.bytes),
      "outputLink": Links.output(output.name, run: run.number, of: screen.id),
    ]
  }

  /// Calls and decisions, each with its count and the table of these alone.
  private var callFields: Fields {
    let counts = Call.allCases.map { call in (call: call, count: blocks.count { $0.summary.verdict?.call == call }) }
    let isTested = counts.contains { $0.count > 0 }
    return [
      "callBar": Markup(isTested ? ScreenParts.callBar(counts) : ""), "hasCalls": isTested,
      "calls": counts.map { call, count -> Fields in
        var query = RankingQuery()
        query.call = call
        return ["call": call.rawValue, "count": count, "callLink": address + query.text]
      },
      "starredCount": blocks.count { $0.review.isStarred },
      "followUpCount": blocks.count { $0.review.status == .followUp },
      "dropCount": blocks.count { $0.review.status == .drop },
    ]
  }

  private var tableFields: Fields {
    let first = (chosen.page - 1) * RankingQuery.rowsPerPage + 1
    return [
      "columns": columns, "rows": zip(chosen.rows, rows).map(row), "hasRows": !chosen.rows.isEmpty,
      "shown": chosen.matching == chosen.total
        ? Words.count(chosen.total, "combination")
        : "\(Words.number(chosen.matching)) of \(Words.number(chosen.total))",
      "pageWords":
        "\(Words.number(first))–\(Words.number(first + chosen.rows.count - 1)) of \(Words.number(chosen.matching))",
      "hasPages": chosen.pages > 1,
      "previousPage": chosen.page > 1 ? address + query.at(page: chosen.page - 1).text as Any : false,
      "nextPage": chosen.page < chosen.pages ? address + query.at(page: chosen.page + 1).text as Any : false,
    ]
  }

  private var columns: [Fields] {
    var columns: [(RankingQuery.Sort, String)] = [
      (.starred, "★"), (.rank, "Rank"), (.combination, "Combination"), (.sample, "Sample"), (.call, "Call"),
      (.status, "Decision"), (.consensus, "Consensus"),
    ]
    columns += models.map { (.model($0), $0.name) }
    if let model = models.first { columns.append((.peak, "\(model.name) peak")) }
    columns.append((.css, "CSS, %"))
    return columns.map { sort, name in
      [
        "columnName": name, "sortLink": address + query.sorted(by: sort).text,
        "ariaSort": query.sort == sort ? (query.isDescending ? "descending" : "ascending") as Any : false,
        "label": sort == .starred ? "Starred" as Any : false, "key": sort.name,
      ]
    } + [["columnName": "Flags", "sortLink": false, "ariaSort": false, "label": false, "key": "flags"]]
  }

  private func row(_ block: RankedBlock, _ summary: BlockSummary) -> Fields {
    let link = Links.block(summary.index, run: run.number, of: screen.id)
    let cells = ScreenParts.cells(
      of: summary, rank: block.rank, models: models, compounds: source.compounds, link: link)
    return [
      "index": summary.index, "name": summary.drugs.joined(separator: " × "),
      "reviewApi": Links.api(link) + "/review", "isStarred": block.review.isStarred,
      "isDropped": block.review.status == .drop, "status": block.review.status.rawValue,
      "statusWords": block.review.status == .none ? "–" : block.review.status.words,
      "statuses": Review.Status.allCases.map {
        ["value": $0.rawValue, "words": $0 == .none ? "–" : $0.words, "isChosen": $0 == block.review.status] as Fields
      },
      "comments": block.review.comments > 0 ? Words.count(block.review.comments, "comment") as Any : false,
      "blockLink": link, "identity": Markup(cells.identity), "numbers": Markup(cells.numbers),
    ]
  }

  private var filterFields: Fields {
    var samples: [String: Int] = [:]
    for block in blocks { if let sample = block.summary.sample { samples[sample, default: 0] += 1 } }
    func option(_ value: String, _ words: String, _ isChosen: Bool) -> Fields {
      ["value": value, "words": words, "isChosen": isChosen]
    }
    return [
      "q": query.words, "isStarredOnly": query.isStarred, "isFiltered": query.isFiltered,
      "sortName": query.sort.name, "orderName": query.isDescending ? "desc" : "asc",
      "isSorted": query.sort != .rank || query.isDescending,
      "callOptions": Call.allCases.map { option($0.rawValue, $0.rawValue, $0 == query.call) },
      "statusOptions": Review.Status.allCases.map { option($0.rawValue, $0.words, $0 == query.status) },
      "sampleOptions": samples.keys.sorted().map {
        option($0, "\($0) (\(samples[$0, default: 0]))", $0 == query.sample)
      },
      "hasSamples": samples.count > 1,
    ]
  }
}
