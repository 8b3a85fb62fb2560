import Foundation

/// The three streams that every program begins with.
package enum StandardStreams {
  /// Opens `/dev/null` in the place of each stream that the program was started without.
  ///
  /// Otherwise the next file or pipe that is opened gets the number of the missing stream, and what is meant for the
  /// stream is written into that file.
  package static func openMissing() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is taken, which is this one: those below are open.
      _ = open("/dev/null", O_RDWR)
    }
  }

  /// Lets a write to a pipe without a reader fail, instead of ending the program in the middle of its work.
  package static func surviveReaders() { signal(SIGPIPE, SIG_IGN) }
}

/// Standard output. Every write is checked: what a script keeps of it is whole, or the command fails.
package enum StandardOutput {
  /// Prints a text.
  package static func print(_ text: some StringProtocol, terminator: String = "\n") throws(CommandFailure) {
    try write(Array(text.utf8) + Array(terminator.utf8))
  }

  /// Writes bytes at once, past any buffer.
  ///
  /// - Throws: `CommandFailure` with the system's reason. It has no message when the reader went away, as after
  ///   `isobole … | head`: then there is nothing to complain of.
  package static func write(_ bytes: [UInt8]) throws(CommandFailure) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        Foundation.write(STDOUT_FILENO, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count >= 0 {
        done += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        var wait = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        poll(&wait, 1, -1)
      case EPIPE: throw CommandFailure(message: "", status: .readerGone)
      default:
        throw CommandFailure(
          message: "cannot write to standard output (\(String(cString: strerror(errno)))): what was printed is not "
            + "whole. Files that the command wrote are complete",
          status: .outputFailed)
      }
    }
  }
}

/// Standard error, whose failures (a full disk, a closed pipe) are no reason to stop.
package enum StandardError {
  package static func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
