/// A well that a person left out of a block, and whether that was undone.
struct LeftOutRecord: Sendable, Encodable {
  var id: Int64
  var block: String
  var doses: [Double]
  /// % inhibition; `nil`: every well of the dose pair.
  var response: Double?
  var reason: String
  var by: String
  var at: String
  var undoneBy: String?
  var undoneAt: String?

  /// Whether it is in force.
  var isActive: Bool { undoneAt == nil }

  enum CodingKeys: String, CodingKey {
    case id, block, doses, response, reason, by, at
    case undoneBy = "undone_by"
    case undoneAt = "undone_at"
  }
}
