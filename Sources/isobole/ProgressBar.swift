import Foundation
import Programs
import Screening
import Synchronization

/// How far a run is, on standard error: a bar on a terminal, a line for every tenth elsewhere.
final class ProgressBar: Sendable {
  private let isQuiet: Bool
  private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
  private let files: Int
  private let lastTenth = Mutex(0)

  init(isQuiet: Bool, files: Int) {
    self.isQuiet = isQuiet
    self.files = files
  }

  func show(_ progress: ScreenRun.Progress) {
    guard !isQuiet else { return }
    let counts = "\(progress.files) of \(files) files, \(progress.blocks) blocks"
    let percent = Int((progress.fraction * 100).rounded(.down))
    if isTerminal {
      let width = 30
      let filled = min(width, Int(progress.fraction * Double(width)))
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      write("\r\(bar) \(percent) %  \(counts)\u{1B}[K")
      return
    }
    let tenth = percent / 10
    let isNew = lastTenth.withLock { last in
      defer { last = max(last, tenth) }
      return tenth > last
    }
    if isNew { write("\(tenth * 10) %  \(counts)\n") }
  }

  /// Clears the bar.
  func finish() {
    if isTerminal, !isQuiet { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) { StandardError.write(text) }
}

/// The terminal on standard output.
enum Terminal {
  /// Its width in columns; 160 where there is no terminal.
  static var width: Int {
    var size = winsize()
    guard ioctl(FileHandle.standardOutput.fileDescriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 160
    }
    return Int(size.ws_col)
  }
}
