import Assay
import DoseTables
import ReferenceData
import Screening
import Testing

@Suite("Corrections of input files")
struct FileCorrectionsTests {
  private typealias Correction = FileCorrections.Correction
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static func read(_ rows: String...) throws(InputProblem) -> FileCorrections {
    try FileCorrections(
      Array((["file,drug,response,unit,sample,plate,columns,name"] + rows).joined(separator: "\n").utf8), file: "c.csv")
  }

  private func run(_ paths: [String], _ corrections: [Correction] = []) async throws -> RecordingSink {
    let sink = RecordingSink()
    var run = ScreenRun(options: ScreenOptions(synergy: .scoresOnly, threads: 2))
    run.corrections = FileCorrections(corrections)
    _ = try await run.run(FileDiscovery(paths: paths), into: sink)
    return sink
  }

  @Test("A table of rows reads back to them")
  func roundTrip() throws {
    let rows = [
      Correction(file: "a b.csv", drug: "=x, y", response: nil, unit: ConcentrationUnit("µM")),
      Correction(file: "dir/b.csv", response: .viabilityFraction, sample: "MM.1S"),
      Correction(file: "dir/c.csv", plate: "P1=1;P2=2"),
      Correction(file: "d.csv", columns: ColumnChoices(rawValue: "response=a, b,drug1=x")),
      Correction(file: "d.csv", drug: "Selinexer", name: "selinexor"),
    ]
    var read = try FileCorrections(Array(FileCorrections.csv(rows).utf8), file: "c.csv").corrections
    #expect(read.map(\.line) == [2, 3, 4, 5, 6])
    for place in read.indices { read[place].line = nil }
    #expect(read == rows)
  }

  @Test("Columns are chosen and a misspelt drug is joined with what it stands for, in one file")
  func columnsAndName() async throws {
    var rows = ["agent,other,a,b,rel"]
    for drug in ["selinexor", "Selinexer"] {
      for (a, b) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        rows.append("\(drug),bortezomib,\(a),\(b),\(100 - 20 * a - 10 * b)")
      }
    }
    let file = try directory.write("a.csv", rows.joined(separator: "\n") + "\n")
    let columns = ColumnChoices(rawValue: "drug1=agent,drug2=other,conc1=a,conc2=b,response=rel")
    let chosen = Correction(file: file, response: .viability, columns: columns)
    let apart = try await run([file], [chosen])
    #expect(apart.fragments.count == 2)
    #expect(apart.problems.contains { $0.message.contains("“Selinexer” (1 block) may be selinexor") })
    let joined = try await run([file], [chosen, Correction(file: file, drug: "Selinexer", name: "selinexor")])
    #expect(joined.fragments.count == 1)
    #expect(joined.problems.contains { $0.message.contains("Selinexer is called selinexor") })
    #expect(!joined.problems.contains { $0.message.contains("may be") })
  }

  @Test("All columns but file may be missing")
  func fewColumns() throws {
    let corrections = try FileCorrections(Array("Sample,File\nS,a.csv\n".utf8), file: "c.csv")
    #expect(corrections.corrections == [Correction(file: "a.csv", sample: "S", line: 2)])
  }

  @Test(
    "A faulty row is refused with its line, what was read and what was expected; the others count",
    arguments: [
      (",,viability,,,", "file is empty"),
      ("a.csv,,mortality,,,", "response is “mortality”, expected one of auto, inhibition, viability"),
      ("a.csv,olaparib,,,,", "drug is “olaparib” and unit and name are empty"),
      ("a.csv,,,,,,drug=x,", "columns is “drug=x”, expected role=column pairs"),
      ("a.csv,,,,,,,selinexor", "name is “selinexor” and drug is empty"),
      ("a.csv,,,,,P1=", "plate is “P1=”, expected a barcode, or pairs as OLD=NEW"),
      ("a.csv,,,,,P1;P2", "plate is “P1;P2”"),
      ("a.csv,,,,,P1=1;P1=2", "plate is “P1=1;P1=2”"),
    ])
  func faulty(row: String, message: String) throws {
    let corrections = try Self.read(row, "b.csv,,,,S,")
    #expect(corrections.corrections.map(\.file) == ["b.csv"])
    #expect(corrections.problems.map(\.severity) == [.error])
    #expect(corrections.problems.map(\.line) == [2])
    #expect(corrections.problems.first?.message.contains(message) == true, "\(corrections.problems)")
  }

  @Test(
    "Of two rows that contradict each other the later is refused and names both",
    arguments: [
      ("a.csv,,viability,,,", "./a.csv,,inhibition,,,", "response is inhibition, and response is viability on line 2"),
      ("a.csv,x,,nM,,", "a.csv,X,,uM,,", "the unit of X is µM, and the unit of X is nM on line 2"),
      ("a.csv,,,,S,", "a.csv,,,,T,", "the sample is T, and the sample is S on line 2"),
      ("a.csv,,,,,P1=1", "a.csv,,,,,P1=2", "plate P1 is 2, and plate P1 is 1 on line 2"),
      ("a.csv,,,,,Q", "a.csv,,,,,P1=2", "it is P1=2, and the plate is Q on line 2"),
    ])
  func contradiction(first: String, second: String, message: String) throws {
    let corrections = try Self.read(first, second)
    #expect(corrections.corrections.count == 1)
    #expect(corrections.problems.map(\.line) == [3])
    #expect(corrections.problems.first?.message.contains(message) == true, "\(corrections.problems)")
  }

  @Test("Rows that agree, and rows about other drugs and files, stand side by side")
  func noContradiction() throws {
    let corrections = try Self.read(
      "a.csv,,viability,nM,,", "a.csv,x,,uM,,", "a.csv,y,,mM,,", "a.csv,,viability,,,", "b.csv,,inhibition,uM,,",
      "a.csv,,,,,P1=1", "a.csv,,,,,P2=1")
    #expect(corrections.problems.isEmpty)
    #expect(corrections.corrections.count == 7)
  }

  @Test("Response, unit and sample are as if the file said them, to the bit")
  func asIfWritten() async throws {
    var block = MadeBlock("b", seed: 3)
    block.sample = "OPM-2"
    let wanted = try await run([try directory.write("1/a.csv", MadeBlock.file([block]))])
    block.sample = "MM.1S"
    for well in block.wells.indices { block.wells[well].response = 100 - block.wells[well].response }
    // The column still says inhibition, which the controls contradict.
    let read = try directory.write("2/a.csv", MadeBlock.file([block]).replacing("uM", with: "nM"))
    #expect(try await run([read]).fragments.isEmpty)
    let corrected = try await run(
      [read],
      [
        .init(file: read, response: .viability, sample: "OPM-2"), .init(file: read, drug: "KPT-330", unit: .init("uM")),
        .init(file: read, drug: "olaparib", unit: .init("µM")),
      ])
    #expect(corrected.fragments == wanted.fragments)
    let one = try #require(corrected.fragments.first).analysis.matrix
    let other = try #require(wanted.fragments.first).analysis.matrix
    #expect(one.axes == other.axes)
    #expect(one.sample == "OPM-2")
    #expect(corrected.inputs.first?.response == "viability, %")
    let notes = corrected.problems.filter { $0.message.contains("corrected") }
    #expect(notes.map(\.severity) == [.info, .info, .info])
    #expect(notes.first?.message.contains("read as viability, the sample is OPM-2") == true)
  }

  @Test("A row for one drug stands above one for all")
  func oneAndAll() async throws {
    let path = try directory.write("a.csv", MadeBlock.file([MadeBlock("b", seed: 3)]))
    let sink = try await run(
      [path], [.init(file: path, unit: .init("mM")), .init(file: path, drug: "Xpovio", unit: .init("nM"))])
    #expect(sink.fragments.first?.analysis.matrix.axes.map(\.unit.symbol) == ["nM", "mM"])
  }

  @Test("Other files are read as they are")
  func otherFile() async throws {
    let paths = try ["a.csv", "b.csv"].map { try directory.write($0, MadeBlock.file([MadeBlock("b", seed: 3)])) }
    let sink = try await run(paths, [.init(file: paths[1], sample: "X")])
    #expect(sink.fragments.map(\.analysis.matrix.sample) == ["MM.1S", "X"])
  }

  @Test("Several samples are not made one; the row is refused and the file read as it is")
  func severalSamples() async throws {
    var other = MadeBlock("c", seed: 4)
    other.sample = "OPM-2"
    let path = try directory.write("a.csv", MadeBlock.file([MadeBlock("b", seed: 3), other]))
    let sink = try await run([path], [.init(file: path, sample: "X", line: 7)])
    #expect(sink.fragments.map(\.analysis.matrix.sample) == ["MM.1S", "OPM-2"])
    let refused = sink.problems.filter { $0.severity == .error }
    #expect(refused.map(\.line) == [7])
    #expect(refused.first?.message.contains("sample is X but the file holds the samples MM.1S, OPM-2") == true)
  }

  @Test("Rows of no use are doubted: an unknown file, an unknown drug, plates where there are none")
  func useless() async throws {
    let path = try directory.write("a.csv", MadeBlock.file([MadeBlock("b", seed: 3)]))
    let sink = try await run(
      [path],
      [
        .init(file: "other.csv", sample: "X"), .init(file: path, drug: "nothing", unit: .init("nM")),
        .init(file: path, plate: "P1"),
      ])
    let doubted = sink.problems.filter { $0.severity == .warning }.map(\.message)
    #expect(doubted.count == 3)
    #expect(doubted.contains { $0.contains("no input file is other.csv") && $0.contains(path) })
    #expect(doubted.contains { $0.contains("no drug is called nothing") && $0.contains("selinexor, olaparib") })
    #expect(doubted.contains { $0.contains("no plates whose barcodes") })
    #expect(sink.fragments.first?.analysis.matrix.axes.map(\.unit.symbol) == ["uM", "uM"])
  }

  @Test("A corrections table that is none is refused as a whole")
  func noTable() throws {
    #expect(throws: InputProblem.self) { try FileCorrections(Array("path\na.csv\n".utf8), file: "c.csv") }
    #expect(throws: InputProblem.self) { try FileCorrections(path: "/nowhere/c.csv") }
  }
}
