import Assay
import Compounds
import ReferenceData
import Screening
import Synergy
import Testing

@Suite("Drugs of a screen are named by the registry")
struct DrugNamingTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func run(_ paths: [String], keepsNames: Bool = false) async throws -> RecordingSink {
    let sink = RecordingSink()
    let options = ScreenOptions(
      synergy: .scoresOnly, compounds: CompoundOptions(keepsNames: keepsNames), threads: 2)
    _ = try await ScreenRun(options: options).run(FileDiscovery(paths: paths), into: sink)
    return sink
  }

  /// A block whose drugs have these names; with `turned` its columns stand the other way round.
  private static func block(_ id: String, _ drugs: [String], turned: Bool = false, seed: UInt64 = 5) -> MadeBlock {
    var block = MadeBlock(id, seed: seed)
    block.drugs = turned ? drugs.reversed() : drugs
    if turned { for well in block.wells.indices { block.wells[well].doses.reverse() } }
    return block
  }

  @Test("A synonym changes the name and no bit of a number")
  func renamed() async throws {
    let plain = try await run([
      directory.write("a.csv", MadeBlock.file([Self.block("b", ["selinexor", "olaparib"])]))
    ])
    let synonym = try await run([
      directory.write("b.csv", MadeBlock.file([Self.block("b", ["kpt 330", "olaparib"])]))
    ])
    #expect(synonym.fragments == plain.fragments)
    let axes = try #require(synonym.fragments.first).analysis.matrix.axes
    #expect(axes.map(\.drug) == ["selinexor", "olaparib"])
    #expect(axes.map(\.writtenName) == ["kpt 330", "olaparib"])
    #expect(synonym.ranked?.first?.writtenNames == ["kpt 330", "olaparib"])
    let notes = synonym.problems.filter { $0.message.contains("“kpt 330” is called selinexor") }
    #expect(notes.map(\.severity) == [.info])
  }

  @Test("A block with the XPO1 inhibitor second is turned; its scores are the same numbers, its columns change places")
  func turned() async throws {
    let drugs = ["selinexor", "olaparib"]
    let first = try await run([directory.write("a.csv", MadeBlock.file([Self.block("b", drugs)]))])
    let second = try await run([directory.write("b.csv", MadeBlock.file([Self.block("b", drugs, turned: true)]))])
    #expect(first.fragments == second.fragments)  // every cell, reference, synergy and mean, by its bits
    #expect(second.fragments.first?.analysis.matrix.isTurned == true)

    let kept = try await run([directory.path + "/b.csv"], keepsNames: true)
    let before = try #require(kept.ranked?.first)
    let after = try #require(second.ranked?.first)
    #expect(before.drugs == ["olaparib", "selinexor"])
    #expect(after.drugs == ["selinexor", "olaparib"])
    for model in NullModel.allCases {
      // The same cells in another order: sums may differ in their last bits, fits in what their search leaves.
      let (one, other) = (before.score(of: model)?.mean, after.score(of: model)?.mean)
      #expect(abs((one ?? .nan) - (other ?? .nan)) < 1e-6, "\(model)")
    }
    #expect(zip(before.relativeIC50.reversed(), after.relativeIC50).allSatisfy { abs(($0 ?? 0) - ($1 ?? 1)) < 1e-6 })
    #expect(second.problems.contains { $0.message.contains("selinexor, the XPO1 inhibitor, is made drug 1") })
    #expect(!kept.problems.contains { $0.message.contains("--keep-names") })
  }

  @Test("Synonyms are one drug across files, and each is told once")
  func merged() async throws {
    var paths: [String] = []
    for (file, name) in ["KPT-330", "selinexor", "kpt330", "KPT-330"].enumerated() {
      let blocks = (1...3).map { Self.block("f\(file)b\($0)", [name, "olaparib"], seed: UInt64(file * 10 + $0)) }
      paths.append(try directory.write("\(file).csv", MadeBlock.file(blocks)))
    }
    let sink = try await run(paths)
    #expect(Set(sink.ranked?.map(\.drugs) ?? []) == [["selinexor", "olaparib"]])
    let notes = sink.problems.filter { $0.message.contains("is called selinexor") }
    #expect(notes.map(\.file) == [paths[0], paths[2]])
    #expect(notes.first?.message.contains("first in block 0:f0b1") == true)
  }

  @Test("Two anchors, and unknown drugs, stay where they are")
  func leftAlone() async throws {
    let text = MadeBlock.file([
      Self.block("two", ["olaparib", "selinexor"]), Self.block("both", ["eltanexor", "selinexor"], seed: 6),
      Self.block("none", ["zebra", "aardvark"], seed: 7),
    ])
    let sink = try await run([directory.write("a.csv", text)])
    #expect(
      sink.fragments.map { $0.analysis.matrix.axes.map(\.drug) } == [
        ["selinexor", "olaparib"], ["eltanexor", "selinexor"], ["zebra", "aardvark"],
      ])
  }

  @Test("Three drugs: the anchor first, the others in their order")
  func threeDrugs() async throws {
    var text = "block_id,drug1,drug2,drug3,conc1,conc2,conc3,inhibition,conc_unit\n"
    for a in [0, 1, 3.0] {
      for b in [0, 2, 5.0] {
        for c in [0, 10, 20.0] {
          let alone = [60 * a / (a + 2), 50 * b / (b + 3), 70 * c / (c + 15)]
          let bliss = 100 * (1 - alone.reduce(1) { $0 * (1 - $1 / 100) })
          text += "1,venetoclax,dexamethasone,KPT330,\(a),\(b),\(c),\(bliss + a * b * c / 60),uM\n"
        }
      }
    }
    let sink = try await run([directory.write("a.csv", text)])
    let kept = try await run([directory.path + "/a.csv"], keepsNames: true)
    let matrix = try #require(sink.fragments.first).analysis.matrix
    #expect(matrix.axes.map(\.drug) == ["selinexor", "venetoclax", "dexamethasone"])
    #expect(matrix.axes.map(\.writtenPosition) == [2, 0, 1])
    for model in NullModel.allCases {
      let means = try [kept, sink].map { try #require($0.ranked?.first?.score(of: model)).mean }
      #expect((means[0] == nil) == (means[1] == nil), "\(model)")
      #expect(abs((means[0] ?? 0) - (means[1] ?? 0)) < 1e-6, "\(model)")
    }
  }

  @Test("Rows of one block that name a drug in two ways make one block, and it is said")
  func joinedRows() async throws {
    let block = Self.block("b", ["selinexor", "olaparib"])
    var lines = MadeBlock.file([block]).split(separator: "\n")
    for line in lines.indices where line > 20 {
      lines[line] = Substring(lines[line].replacing("selinexor", with: "KPT-330"))
    }
    let path = try directory.write("a.csv", lines.joined(separator: "\n") + "\n")
    let joined = try await run([path])
    #expect(joined.fragments.map(\.id) == ["b"])
    #expect(joined.fragments.first?.analysis.matrix.wellCount == block.wells.count)
    #expect(joined.problems.contains { $0.message.contains("KPT-330 is another name of selinexor") })
    let kept = try await run([path], keepsNames: true)
    #expect(!kept.fragments.contains { $0.analysis.matrix.wellCount == block.wells.count })
  }

  @Test("A compound against itself keeps its names, and it is said")
  func itself() async throws {
    let sink = try await run([directory.write("a.csv", MadeBlock.file([Self.block("b", ["KPT-330", "selinexor"])]))])
    #expect(sink.ranked?.first?.drugs == ["KPT-330", "selinexor"])
    #expect(sink.problems.contains { $0.message.contains("hold selinexor twice") })
  }
}
