import Foundation
import Screening
import Testing

@testable import WebApp

@Suite("What of the ranked table is shown")
struct RankingQueryTests {
  private func blocks() async throws -> [RankedBlock] {
    let samples = try await SharedSamples.samples()
    return samples.source.outlines.enumerated().map { place, summary in
      RankedBlock(
        summary: summary, rank: place + 1,
        review: Review(isStarred: place == 2, status: place == 4 ? .drop : .none, comments: place == 6 ? 3 : 0))
    }
  }

  private func chosen(_ query: RankingQuery) async throws -> RankedBlocks {
    let source = try await SharedSamples.samples().source
    return RankedBlocks(
      query, of: try await blocks(), compounds: source.compounds, models: source.options.synergy.models)
  }

  private func query(_ parameters: [(String, String)]) -> RankingQuery {
    RankingQuery(parameters.map { (name: $0.0, value: $0.1) })
  }

  @Test("an address is read, and written so that it reads back the same")
  func roundTrip() {
    let read = query([
      ("q", "selinexor & <b>"), ("call", "synergistic"), ("status", "follow_up"), ("sample", "A/B"),
      ("starred", "true"),
      ("sort", "bliss"), ("order", "asc"), ("page", "3"),
    ])
    #expect(read.sort == .model(.bliss) && !read.isDescending && read.page == 3 && read.isStarred)
    #expect(
      read.text
        == "?q=selinexor%20%26%20%3Cb%3E&call=synergistic&status=follow_up&sample=A%2FB&starred=true&sort=bliss&order=asc&page=3"
    )
    let items = URLComponents(string: read.text)?.queryItems ?? []
    #expect(query(items.map { ($0.name, $0.value ?? "") }) == read)
    #expect(RankingQuery().text.isEmpty)
  }

  @Test("what is unknown is passed over", arguments: ["call", "status", "sort", "page", "nonsense"])
  func unknown(name: String) { #expect(query([(name, "<x>")]) == RankingQuery()) }

  @Test("numbers begin with the largest and texts with the first; a second click turns round")
  func directions() {
    let first = RankingQuery().sorted(by: .css)
    #expect(first.isDescending && !first.sorted(by: .css).isDescending)
    #expect(!RankingQuery().sorted(by: .combination).isDescending)
    #expect(RankingQuery().sorted(by: .rank).isDescending)
  }

  @Test("every word must be somewhere: drugs, sample, class, call")
  func words() async throws {
    let all = try await chosen(query([("q", "SELINEXOR glucocorticoid")]))
    #expect(all.matching > 0 && all.matching < all.total)
    #expect(all.rows.allSatisfy { $0.summary.drugs.contains("selinexor") })
    #expect(try await chosen(query([("q", "no such drug")])).rows.isEmpty)
  }

  @Test("call, decision and star are filters that hold together")
  func filters() async throws {
    #expect(try await chosen(query([("starred", "true")])).rows.map(\.rank) == [3])
    #expect(try await chosen(query([("status", "drop")])).rows.map(\.rank) == [5])
    #expect(try await chosen(query([("status", "drop"), ("starred", "true")])).rows.isEmpty)
    let called = try await chosen(query([("call", "synergistic")]))
    #expect(called.rows.allSatisfy { $0.summary.verdict?.call == .synergistic } && !called.rows.isEmpty)
  }

  @Test("rows without a value come last in both directions, and ties stay by rank")
  func missingValues() async throws {
    for order in ["asc", "desc"] {
      var blocks = try await blocks()
      blocks[0].summary.css = nil
      let source = try await SharedSamples.samples().source
      let rows = RankedBlocks(
        query([("sort", "css"), ("order", order)]), of: blocks, compounds: source.compounds, models: [.zip]
      ).rows
      #expect(rows.last?.rank == 1)
    }
    let starred = try await chosen(query([("sort", "starred")])).rows.map(\.rank)
    #expect(starred.prefix(3) == [3, 1, 2])
  }

  @Test("a page has a hundred rows and a page beyond the last is the last")
  func pages() async throws {
    let one = try await blocks()
    let many = (0..<9).flatMap { _ in one }
    let source = try await SharedSamples.samples().source
    let chosen = RankedBlocks(query([("page", "99")]), of: many, compounds: source.compounds, models: [.zip])
    #expect(chosen.pages == 3 && chosen.page == 3 && chosen.rows.count == many.count - 200)
  }
}
