import Foundation
import PlateDesign
import PlateSimulation
import Plates
import ReferenceData
import Testing

@Suite("isobole export --table")
struct ExportCommandTests {
  /// Two drugs, then three; a name that a spreadsheet would run, a comma, a quote and two samples.
  private static func screen() -> String {
    var text = "block_id,drug1,drug2,drug3,conc1,conc2,conc3,conc_unit,cell_line,inhibition\n"
    for (block, names) in [
      "\"=1+1\",\"b, \"\"two\"\"\",", "'=2,bortezomib,", "selinexor,bortezomib,dexamethasone",
    ]
    .enumerated() {
      let isTriple = block == 2
      for a in [0.0, 10, 100] {
        for b in [0.0, 1, 5] {
          for c in isTriple ? [0.0, 20] : [0.0] {
            let alone = [a / (a + 40), b / (b + 3), c / (c + 30)]
            let value = 100 * (1 - alone.reduce(1) { $0 * (1 - $1) })
            text += "\(block),\(names),\(a),\(b),\(isTriple ? "\(c)" : ""),nM,\(block == 1 ? "S2" : "S1"),\(value)\n"
          }
        }
      }
    }
    return text
  }

  /// Whether a spreadsheet would run a text, or take it for one that was guarded.
  private func guarded(_ text: String) -> Bool { text.hasPrefix("=") || text.hasPrefix("'=") }

  private func export(_ arguments: String..., in directory: TemporaryDirectory) async throws -> String {
    let outcome = try await Tool.run(["export"] + arguments, in: directory)
    #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    return outcome.output
  }

  @Test("every table comes out of the store as the run left it, to the byte, and as JSON lines with the same fields")
  func tables() async throws {
    let directory = try TemporaryDirectory()
    try directory.write("screen.csv", Self.screen())
    let run = try await Tool.run(
      ["analyze", "screen.csv", "--out", "run", "--resamples", "100", "--formats", "md"], in: directory)
    #expect(run.status == 0, "\(run.errors)")
    for table in ["ranking", "scores", "cells", "wells", "fits", "problems", "columns"] {
      let written = try directory.text("run/\(table).csv")
      #expect(written.split(separator: "\n").count > 3 || table == "problems", "\(table)")
      let exported = try await export("run", "--table", table, in: directory)
      #expect(exported == written, "\(table)")
      let rows = try directory.rows("run/\(table).csv")
      let lines = try await export("run", "--table", table, "--format", "jsonl", in: directory).split(separator: "\n")
      #expect(lines.count == rows.count)
      for (line, row) in zip(lines, rows) {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(Set(object.keys) == Set(row.keys))
        for (key, value) in object {
          switch value {
          // JSON lines are for no spreadsheet: a text has no apostrophe before it.
          case let text as String: #expect(text == row[key] || (guarded(text) && "'" + text == row[key]), "\(text)")
          case is NSNumber: #expect(line.contains("\"\(key)\":\(row[key] ?? "?")"), "\(table) \(key)")
          default: #expect(value is NSNull && row[key] == "", "\(table) \(key)")
          }
        }
      }
    }
    // What other programs made of the JSON has the same tables.
    try directory.write("run.json", try await export("run", in: directory))
    let cells = try await export("run.json", "--table", "cells", in: directory)
    #expect(try cells == directory.text("run/cells.csv"))
    let lines = try await export("run", "--table", "fits", "--line-fits", in: directory)
    let fits = try directory.text("run/fits.csv").split(separator: "\n")
    #expect(lines.contains(",line,") && fits.allSatisfy { lines.contains($0) })
  }

  @Test("a plate screen has its wells and its quality; a table that a run has not is named with those it has")
  func plates() async throws {
    let directory = try TemporaryDirectory()
    let example = try SimulatedScreen.example()
    try directory.write("layout.csv", LayoutWriter.table(example.design.layouts))
    for read in example.reads {
      let path = try directory.write("plates/\(read.barcode ?? "").csv")
      try Data(PlateExportWriter(.envision).bytes([read])).write(to: URL(fileURLWithPath: path))
    }
    let run = try await Tool.run(
      ["analyze", "plates", "--layout", "layout.csv", "--out", "run", "--formats", "md"], in: directory)
    #expect(run.status == 0, "\(run.errors)")
    for table in ["wells", "qc", "columns", "across_samples"] {
      #expect(
        try await export("run", "--table", table, in: directory) == directory.text("run/\(table).csv"), "\(table)")
    }
    let missing = try await Tool.run(["export", "run", "--table", "associations"], in: directory)
    #expect(missing.status == 2)
    #expect(missing.errors.contains("the run has no table associations; it has ranking, scores, cells"))
  }

  @Test("a store that is not as its run left it is named, and nothing of it is handed on")
  func damage() async throws {
    let directory = try TemporaryDirectory()
    try directory.write("screen.csv", Self.screen())
    _ = try await Tool.run(["analyze", "screen.csv", "--out", "run", "--formats", "md"], in: directory)
    let whole = try directory.bytes("run/results.sqlite")
    let manifest = try directory.bytes("run/isobole-manifest.json")
    var flipped = whole
    flipped[whole.count - 40] ^= 16
    let store = URL(fileURLWithPath: directory.path + "/run/results.sqlite")
    let list = URL(fileURLWithPath: directory.path + "/run/isobole-manifest.json")
    for (bytes, hasManifest, reason) in [
      (whole.prefix(whole.count - 100), true, "it has \(whole.count - 100) of \(whole.count) bytes"),
      (flipped, true, "its SHA-256 is not"),
      (whole.prefix(whole.count - 100), false, "it has \(whole.count - 100) of \(whole.count) bytes"),
    ] {
      try bytes.write(to: store)
      if hasManifest { try manifest.write(to: list) } else { try FileManager.default.removeItem(at: list) }
      for command in [["export", "run"], ["export", "run", "--table", "scores"], ["report", "run"]] {
        let outcome = try await Tool.run(command, in: directory)
        #expect(outcome.status == 4 && outcome.output.isEmpty, "\(command)")
        #expect(outcome.errors.contains("is not as its run left it"), "\(outcome.errors)")
        #expect(outcome.errors.contains(reason), "\(outcome.errors)")
      }
    }
    try whole.write(to: store)
    // JSON of which a column went missing on the way.
    var json = try await export("run", in: directory)
    json = json.replacingOccurrences(of: #""mean":[-0-9.e]+,"#, with: "", options: .regularExpression)
    try directory.write("cut.json", json)
    let cut = try await Tool.run(["report", "cut.json", "--out", "again"], in: directory)
    #expect(cut.status == 4 && cut.errors.contains("a row of scores has no mean"), "\(cut.errors)")
  }

  @Test("a new file is written whole, and one that is there is not replaced")
  func files() async throws {
    let directory = try TemporaryDirectory()
    try directory.write("screen.csv", Self.screen())
    _ = try await Tool.run(["analyze", "screen.csv", "--out", "run", "--formats", "md"], in: directory)
    try directory.write("taken.csv", "mine")
    let taken = try await Tool.run(["export", "run", "--table", "cells", "--out", "taken.csv"], in: directory)
    #expect(taken.status == 2 && taken.errors.contains("taken.csv already"), "\(taken.errors)")
    #expect(try directory.text("taken.csv") == "mine")
    for _ in 0..<2 {
      // The second time it is there with the same bytes.
      let new = try await Tool.run(["export", "run", "--table", "cells", "--out", "new/cells.csv"], in: directory)
      #expect(new.status == 0, "\(new.errors)")
    }
    #expect(try directory.text("new/cells.csv") == directory.text("run/cells.csv"))
    #expect(directory.names(in: "new") == ["cells.csv"])
    for wrong in [["--format", "jsonl"], ["--table", "cells", "--line-fits"], ["--table", "well"]] {
      let outcome = try await Tool.run(["export", "run"] + wrong, in: directory)
      #expect(outcome.status == 2, "\(wrong)")
    }
  }
}
