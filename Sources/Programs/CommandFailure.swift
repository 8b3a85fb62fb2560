/// Why a command cannot go on: a sentence for the user, empty where there is nothing to say, and the status to end with.
package struct CommandFailure: Error {
  package var message: String
  package var status: ExitStatus

  /// Makes a failure.
  package init(message: String, status: ExitStatus) {
    self.message = message
    self.status = status
  }
}

/// What a program's exit status says.
package enum ExitStatus: Int32 {
  case outputFailed = 1
  case wrongCommand = 2
  case someRefused = 3
  case nothingAnalysed = 4
  /// 128 and SIGPIPE, as of a program that the signal ended.
  case readerGone = 141
}
