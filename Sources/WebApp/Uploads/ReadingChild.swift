import DoseTables
import Foundation
import Screening

/// The process that reads one upload for the server: `isobole read-upload`. It takes no more memory and time than its
/// request says, and ends when its standard input does, because nobody waits for its answer then.
public enum ReadingChild {
  /// Reads the request from standard input, answers on standard output.
  ///
  /// - Throws: what the file system says; the request is not what the server sends.
  public static func run() async throws {
    // Ctrl-C in the server's terminal is for the server.
    signal(SIGINT, SIG_IGN)
    let request: ReadingRequest = try ReadingRequest.value(line())
    bound(RLIMIT_CORE, 0)
    bound(RLIMIT_AS, request.memory)
    bound(RLIMIT_CPU, request.seconds)
    Thread.detachNewThread {
      var buffer = [UInt8](repeating: 0, count: 64)
      while true {
        let count = read(STDIN_FILENO, &buffer, buffer.count)
        if count == 0 || (count < 0 && errno != EINTR) { _exit(1) }
      }
    }
    var answer = Data()
    if let file = request.file { answer = try ReadingRequest.json(try content(file)) }
    if let survey = request.survey { answer = try ReadingRequest.json(await PlateSurvey(survey)) }
    try FileHandle.standardOutput.write(contentsOf: answer)
  }

  private static func content(_ file: ReadingRequest.File) throws -> FileReader.Content {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.path)))
    let corrections = FileCorrections(file.corrections.map { $0.stated(of: file.name) })
    return FileReader().read(bytes, name: file.name, role: file.role, corrections: corrections)
      .drawing(first: file.mostDrawn)
  }

  /// Standard input to the end of its first line; what follows is left to whoever waits for its end.
  private static func line() -> Data {
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while data.last != UInt8(ascii: "\n") {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      data.append(contentsOf: buffer[..<count])
    }
    return data
  }

  private static func bound(_ resource: __rlimit_resource, _ value: Int) {
    var limit = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(value))
    setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
  }
}
