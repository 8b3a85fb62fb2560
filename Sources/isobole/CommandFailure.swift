/// Why a command cannot go on: a sentence for the user, empty where there is nothing to say, and the status to end with.
struct CommandFailure: Error {
  var message: String
  var status: ExitStatus
}
