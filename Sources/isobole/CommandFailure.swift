/// Why a command cannot go on: a sentence for the user and the status to end with.
struct CommandFailure: Error {
  var message: String
  var status: ExitStatus
}
