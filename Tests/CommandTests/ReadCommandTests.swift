import Assay
import Foundation
import Plates
import ReferenceData
import Testing

@Suite struct ReadCommandTests {
  private struct Answer: Decodable {
    struct Plate: Decodable {
      struct Well: Decodable {
        var well: String
        var row: Int
        var column: Int
        var value: Double?
        var note: String?
      }
      var barcode: String?
      var format: Int
      var reader: String
      var channel: String?
      var `repeat`: Int
      var time: String?
      var wells: [Well]
    }
    var plates: [Plate]
    var problems: [[String: JSONText]]
  }

  /// A text, a number or null.
  private enum JSONText: Decodable {
    case text(String)
    case other
    init(from decoder: any Decoder) throws {
      self = (try? decoder.singleValueContainer().decode(String.self)).map { .text($0) } ?? .other
    }
  }

  private let export = "Barcode: P7\nLuminescence\n,1,2,3\nA,1.5,>9999,\nB,4,5,6\n"

  @Test func `JSON holds every well with its place, value and note`() async throws {
    let directory = try TemporaryDirectory()
    try directory.write("plate.csv", export)
    let outcome = try await Tool.run(["read", "plate.csv", "--json"], in: directory)
    #expect(outcome.status == 0)
    let answer = try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
    let plate = try #require(answer.plates.first)
    #expect(answer.plates.count == 1 && plate.barcode == "P7" && plate.format == 6 && plate.channel == "Luminescence")
    #expect(plate.time == nil && plate.`repeat` == 1 && plate.reader == "plate table")
    #expect(plate.wells.map(\.well) == ["A1", "A2", "A3", "B1", "B2", "B3"])
    #expect(plate.wells.map(\.value) == [1.5, nil, nil, 4, 5, 6])
    #expect(plate.wells.map(\.note) == [nil, "overflow", "empty", nil, nil, nil])
    #expect(plate.wells.map { [$0.row, $0.column] } == [[1, 1], [1, 2], [1, 3], [2, 1], [2, 2], [2, 3]])
    #expect(outcome.output.contains("\"time\":null"))
  }

  @Test(arguments: [6, 96, 384, 1536])
  func `the picture fits 80 columns and shows every row`(wells: Int) async throws {
    let directory = try TemporaryDirectory()
    let format = try #require(PlateFormat(wells: wells))
    let places = (0..<wells).map { WellPosition(row: $0 / format.columns, column: $0 % format.columns) }
    let plate = PlateRead(
      barcode: "P7", format: format, reader: "", channel: "Luminescence",
      wells: places.enumerated().map { .init(position: $1, value: Double($0) * 1234.5) })
    try Data(PlateExportWriter(.gen5).bytes([plate])).write(to: URL(fileURLWithPath: directory.path + "/plate.txt"))
    let outcome = try await Tool.run(["read", "plate.txt"], in: directory)
    let lines = outcome.output.split(separator: "\n")
    #expect(outcome.status == 0 && lines.allSatisfy { $0.count <= 80 } && !outcome.output.contains("\u{1B}"))
    #expect(lines.count { $0.hasPrefix(" A ") || $0.hasPrefix(" B ") } == 2)
    #expect(lines.count == 3 + 1 + format.rows + 1)
  }

  @Test func `statuses: all read, some refused, nothing read, command wrong`() async throws {
    let directory = try TemporaryDirectory()
    try directory.write("in/plate.csv", export)
    #expect(try await Tool.run(["read", "in"], in: directory).status == 0)
    try directory.write("in/notes.txt", "hello\n")
    let some = try await Tool.run(["read", "in"], in: directory)
    #expect(some.status == 3 && some.errors.contains("error: in/notes.txt: no plate") && some.output.contains("P7"))
    #expect(try await Tool.run(["read", "in/notes.txt"], in: directory).status == 4)
    #expect(try await Tool.run(["read", "absent.csv"], in: directory).status == 4)
    #expect(try await Tool.run(["read"], in: directory).status == 2)
    #expect(try await Tool.run(["read", "x", "--decimal", "dot"], in: directory).status == 2)
  }

  @Test func `formats shows a sample of each, or of those that are named`() async throws {
    let directory = try TemporaryDirectory()
    let all = try await Tool.run(["formats"], in: directory)
    #expect(all.status == 0)
    for format in FormatCatalogue.all { #expect(all.output.contains("\n\(format.name): ")) }
    let one = try await Tool.run(["formats", "gen5"], in: directory)
    #expect(one.output.contains("Reader Type:") && !one.output.contains("EnVision"))
    #expect(try await Tool.run(["formats", "gen5", "--out", "samples"], in: directory).status == 0)
    #expect(try await Tool.run(["read", "samples/gen5.txt"], in: directory).status == 0)
    #expect(try await Tool.run(["formats", "nonsense"], in: directory).status == 2)
  }

  @Test func `docs/formats.md is what formats --markdown prints`() async throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("docs/formats.md")
    let printed = try await Tool.run(["formats", "--markdown"], in: TemporaryDirectory())
    #expect(try String(contentsOf: page, encoding: .utf8) == printed.output)
  }
}
