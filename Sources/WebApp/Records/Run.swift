/// A run as the store has it.
struct Run: Sendable {
  var screen: Int64
  var number: Int
  var state: RunState
  var attempt: Int
  var options: RunOptions
  var inputs: RunInputs
  var by: String
  var created: String
  var started: String?
  var finished: String?
  var filesRead: Int
  var blocks: Int
  var errors: Int
  var warnings: Int
  var infos: Int
  var message: String?
}
