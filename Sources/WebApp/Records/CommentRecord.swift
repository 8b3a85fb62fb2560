/// Something that a person wrote about a combination.
struct CommentRecord: Sendable, Encodable {
  var id: Int64
  var by: String
  var at: String
  var text: String
}
