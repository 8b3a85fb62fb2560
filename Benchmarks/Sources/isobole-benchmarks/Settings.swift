import Foundation

/// What the command line asked for.
struct Settings {
  var repeats = 7
  /// Curves of each batch that are also fitted by brute force.
  var checked = 12
  var json = false
  /// Only the groups whose name holds this.
  var only: String?
  /// The folder of real screens.
  var reference: URL
  /// The tool to time as a user runs it.
  var tool: String?

  static let usage = """
    Measures Isobole's speed, one core unless said, and checks the results it timed.

    USAGE: isobole-benchmarks [--json] [--only TEXT] [--repeats N] [--checked N] [--reference DIR] [--tool PATH]
      --json            results as JSON
      --only TEXT       the groups whose name holds TEXT (hill, levenberg, block, reading, reanalysis, screen, output)
      --repeats N       repeats of each measurement, of which minimum and median are shown (default: 7)
      --checked N       curves of each batch that are fitted by brute force beside (default: 12)
      --reference DIR   the folder of real screens (default: $ISOBOLE_REFERENCE, then ../shared/reference)
      --tool PATH       an isobole to run on a real screen as a user does
    """

  /// Reads the command line; `nil` when it was wrong or asks for help.
  init?(_ arguments: some Sequence<String>) {
    reference = URL(
      fileURLWithPath: ProcessInfo.processInfo.environment["ISOBOLE_REFERENCE"] ?? "../shared/reference")
    var rest = arguments.makeIterator()
    while let argument = rest.next() {
      switch argument {
      case "--json": json = true
      case "--only":
        guard let text = rest.next() else { return nil }
        only = text.lowercased()
      case "--repeats":
        guard let number = rest.next().flatMap({ Int($0) }), number > 0 else { return nil }
        repeats = number
      case "--checked":
        guard let number = rest.next().flatMap({ Int($0) }), number >= 0 else { return nil }
        checked = number
      case "--reference":
        guard let path = rest.next() else { return nil }
        reference = URL(fileURLWithPath: path)
      case "--tool":
        guard let path = rest.next() else { return nil }
        tool = path
      default: return nil
      }
    }
  }

  /// The NCATS screen: 466 blocks of 6 × 6.
  var screen: URL { reference.appendingPathComponent("screens/mathews_griner_ibrutinib_tmd8.csv") }
  var hasScreen: Bool { FileManager.default.fileExists(atPath: screen.path) }
  var absence: String { "no \(screen.lastPathComponent) below the reference folder; set ISOBOLE_REFERENCE" }
}
