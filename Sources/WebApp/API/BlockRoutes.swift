import Screening
import Foundation
import Hummingbird
import Reporting
import Synergy

/// Combinations of a finished run: their numbers, the review, wells left out.
struct BlockRoutes {
  let services: Services

  struct ReviewAnswer: Encodable {
    var starred: Bool
    var status: Review.Status
    var comments: Int
    /// Who decided last, and when.
    var by: String?
    var at: String?

    init(_ review: Review) {
      by = review.by
      at = review.at.map { $0.formatted(.iso8601) }
      starred = review.isStarred
      status = review.status
      comments = review.comments
    }
  }

  struct ReviewChange: Decodable {
    var starred: Bool?
    var status: String?
    /// The decision that the sender saw; another one since then is not overwritten.
    var was: String?
  }

  struct NewComment: Decodable {
    var text: String
  }

  func add(to group: RouterGroup<WebContext>) {
    let blocks = "screens/:screen/runs/:run/blocks"
    group.get(RouterPath(blocks)) { _, context in
      let open = try await services.runs.open(services.run(context).run)
      let listed = try await open.overview.source.outlines.map {
        Listed(index: $0.index, id: $0.id, drugs: $0.drugs, sample: $0.sample)
      }
      return try JSONBody.response(["blocks": listed])
    }
    group.get(RouterPath(blocks + "/:block")) { _, context in try await block(context) }
    group.put(RouterPath(blocks + "/:block/review")) { request, context in
      let person = try await services.openScreen(context).person
      let (screen, _, _, id) = try await services.block(context)
      let change = try await JSONBody.decode(ReviewChange.self, from: request)
      func status(_ word: String, _ key: String) throws -> Review.Status {
        guard let status = Review.Status(rawValue: word) else {
          throw APIError.bad("\(key): “\(word.prefix(40))” was read, expected none, follow_up or drop.")
        }
        return status
      }
      try await services.store.changeReview(
        of: id, in: screen.id, isStarred: change.starred, status: change.status.map { try status($0, "status") },
        was: change.was.map { try status($0, "was") }, by: person)
      return try JSONBody.response(ReviewAnswer(try await services.store.review(of: id, in: screen.id)))
    }
    group.get(RouterPath(blocks + "/:block/comments")) { _, context in
      let (screen, _, _, id) = try await services.block(context)
      return try JSONBody.response(["comments": try await services.store.comments(on: id, in: screen.id)])
    }
    group.post(RouterPath(blocks + "/:block/comments")) { request, context in
      let person = try await services.openScreen(context).person
      let (screen, _, _, id) = try await services.block(context)
      let text = try await JSONBody.decode(NewComment.self, from: request).text
        .trimmingCharacters(in: .whitespacesAndNewlines)
      let isPrintable = !text.unicodeScalars.contains {
        $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t" && $0 != "\r"
      }
      guard (1...4000).contains(text.count), text.utf8.count <= 16_000, isPrintable else {
        throw APIError.bad("A comment needs 1 to 4000 printable characters.")
      }
      let comment = try await services.store.addComment(text, on: id, in: screen.id, by: person)
      return try JSONBody.response(comment, status: .created)
    }
    LeftOutRoutes(services: services).add(to: group)
  }

  struct Listed: Encodable {
    var index: Int
    var id: String
    var drugs: [String]
    var sample: String?
  }

  /// The block's rows of the store, with the review and the wells left out.
  private func block(_ context: WebContext) async throws -> Response {
    let (screen, open, index, id) = try await services.block(context)
    var object = try open.file.blockJSON(of: index)
    guard object.last == UInt8(ascii: "}") else { throw APIError.internalError }
    object.removeLast()
    let review = try JSONBody.encode(ReviewAnswer(try await services.store.review(of: id, in: screen.id)))
    let leftOut = try JSONBody.encode(try await services.store.leftOut(of: screen.id, block: id))
    return JSONBody.response(
      raw: object + Array(",\"review\":".utf8) + review + Array(",\"left_out\":".utf8) + leftOut + Array("}".utf8))
  }
}
