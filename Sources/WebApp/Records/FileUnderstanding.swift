import Assay
import DoseTables
import Screening

/// What a file was understood as, before anything is analysed; kept with the file in the store.
struct FileUnderstanding: Codable, Sendable {
  /// A block of doses and responses.
  struct Block: Codable, Sendable {
    var id: String
    var drugs: [Drug]
    var sample: String?
    var wells: Int
    var shape: [Int]
  }

  /// One drug of a block.
  struct Drug: Codable, Sendable {
    var name: String
    var unit: String
    var doses: [Double]
  }

  /// A plate that was read.
  struct Plate: Codable, Sendable {
    var barcode: String?
    var reader: String
    var channel: String?
    var wells: Int
    var format: Int
    var repeatNumber: Int

    enum CodingKeys: String, CodingKey {
      case barcode, reader, channel, wells, format
      case repeatNumber = "repeat"
    }
  }

  /// Something that was refused, doubted or noted.
  struct Problem: Codable, Sendable, Hashable {
    var severity: String
    var blockID: String?
    var line: Int?
    var message: String

    enum CodingKeys: String, CodingKey {
      case severity, line, message
      case blockID = "block_id"
    }

    init(_ problem: InputProblem) {
      severity = problem.severity.rawValue
      blockID = problem.blockID
      line = problem.line
      message = problem.message
    }
  }

  /// What it is by its content.
  var kind: FileRole
  /// The format, in words.
  var format: String?
  /// How its responses are stated, in words.
  var response: String?
  var blocks: [Block] = []
  var plates: [Plate] = []
  var problems: [Problem] = []
  /// True when its reading did not come to an end: too slow, too large, or a fault of the reader; else not there.
  var unread: Bool?

  /// How many problems are kept, the gravest first; the rest is counted.
  static let mostProblems = 1000

  init(
    kind: FileRole, format: String? = nil, response: String? = nil, blocks: [Block] = [], plates: [Plate] = [],
    problems: [InputProblem] = []
  ) {
    self.kind = kind
    self.format = format
    self.response = response
    self.blocks = blocks
    self.plates = plates
    for severity in InputProblem.Severity.allCases {
      let own = problems.filter { $0.severity == severity }
      counts[severity.rawValue] = own.count
      self.problems += own.prefix(max(0, Self.mostProblems - self.problems.count)).map(Problem.init)
    }
  }

  /// How many problems there are of each severity.
  var counts: [String: Int] = [:]

  /// How many problems there are of a severity.
  func count(_ severity: InputProblem.Severity) -> Int { counts[severity.rawValue] ?? 0 }

  /// The file in a line: `SynergyFinder table · 12 blocks · viability, %`.
  var summary: String {
    var parts = [format ?? Self.words(kind)]
    if !blocks.isEmpty { parts.append(blocks.count == 1 ? "1 block" : "\(blocks.count) blocks") }
    if !plates.isEmpty { parts.append(plates.count == 1 ? "1 plate" : "\(plates.count) plates") }
    if let response { parts.append(response) }
    return parts.joined(separator: " · ")
  }

  static func words(_ role: FileRole) -> String {
    switch role {
    case .matrix: "dose matrix"
    case .export: "plate reader's export"
    case .layout: "layout"
    case .mask: "wells to exclude"
    case .wells: "wells with their drugs and signal"
    case .manifest: "layouts and samples of plates"
    case .samples: "annotations of samples"
    case .unknown: "not recognised"
    case .ignored: "ignored"
    }
  }
}
