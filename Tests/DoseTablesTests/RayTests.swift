import Assay
import DoseTables
import ReadingSamples
import Testing

/// Mixtures in fixed ratios whose tables state a total dose.
@Suite("Rays")
struct RayTests {
  /// Three doses of either drug alone and of their mixture with 25 % of drug 1.
  private func table(whole: Double, mark: String = ".", separator: String = ",") -> String {
    var rows = [["dose", "pct", "viability"], ["0", "999", "100"]]
    for (dose, values) in [(1.0, [90.0, 80, 70]), (2, [85, 71, 63.5]), (4, [60, 50, 40])] {
      for (share, value) in zip([1, 0.25, 0], values) { rows.append(["\(dose)", "\(share * whole)", "\(value)"]) }
    }
    return rows.map { row in
      row.map { $0.replacing(".", with: mark) }.joined(separator: separator) + "\n"
    }.joined()
  }

  @Test("a total dose and a share of it are the doses of two drugs", arguments: [1.0, 100])
  func shares(whole: Double) throws {
    let file = read(table(whole: whole))
    let block = try #require(file.blocks.first)
    #expect(block.axes.map(\.drug) == ["drug 1", "drug 2"] && block.wellCount == 10, "\(file.problems)")
    #expect(block.response(at: 0, 0) == 0 && block.response(at: 2, 0) == 15 && block.response(at: 0, 4) == 60)
    // 25 % of 2 and the rest.
    #expect(block.response(at: 0.5, 1.5) == 29)
    #expect(
      file.problems(.warning).contains { $0.line == 1 && $0.message.contains("\"pct\" as drug 1's share") },
      "\(file.problems)")
  }

  @Test("decimal commas stay decimal commas")
  func commas() {
    let file = read(table(whole: 100, mark: ",", separator: ";"))
    #expect(file.blocks.first?.response(at: 0.5, 1.5) == 29, "\(file.problems)")
  }

  @Test(
    "values that are no shares are not taken for them",
    arguments: [
      // Without a drug alone, with too few doses, and with something else than a number.
      "dose,pct,viability\n1,100,90\n2,100,80\n4,100,70\n1,50,60\n2,50,50\n4,50,40\n",
      "dose,pct,viability\n1,100,90\n2,100,80\n1,50,60\n2,50,50\n1,0,60\n2,0,50\n",
      "dose,pct,viability\n1,100,90\n2,100,80\n4,100,70\n1,50,60\n2,50,50\n4,50,40\n1,0,9\n2,0,8\n4,x,7\n",
    ])
  func noShares(text: String) {
    let file = read(text)
    #expect(file.blocks.isEmpty)
    #expect(file.problems(.error).contains { $0.message.contains("rays") && $0.message.contains("conc1") })
  }

  private func tray(_ name: String, _ composition: String, _ responses: [Double], blank: String = "bbt\t600") -> String
  {
    let (label, value) = (blank.split(separator: "\t")[0], blank.split(separator: "\t")[1])
    return """
      tray_label\t\(name)
      cell_line\tA549
      composition\t\(composition)
      conc\t0\t0\t2\t8
      conc\t0\t0\t0\t0
      label\trx\trx\trx\trx
      label\t\(label)\t\(label)\tbbt\tbbt
      resp\t\(responses.map { "\($0)" }.joined(separator: "\t"))
      resp\t\(value)\t\(value)\t.\t.
      space

      """
  }

  @Test("trays of mixlow: shares of the concentration, blanks off, in percent of the tray's untreated wells")
  func mixlow() throws {
    let file = read(
      "global_notes\tnotes\nconc_units\tug/ml\nrows\t2\ncols\t4\nspace\n"
        + tray("topo_tr1", "topo=1", [1600, 1600, 1100, 700]) + tray("vin_tr1", "vin=1", [2600, 2600, 1600, 1100])
        + tray("mix_tr1", "topo=.25\tvin=.75", [1100, 1100, 900, 650]))
    let block = try #require(file.blocks.first)
    #expect(block.axes.map(\.drug) == ["topo", "vin"] && block.sample == "A549", "\(file.problems)")
    #expect(block.axes.allSatisfy { $0.unit.symbol == "ug/ml" })
    #expect(block.wellCount == 12 && block.response(at: 0, 0) == 0)
    // 100 × (1 − (1100 − 600) / (1600 − 600)), and so on
    #expect(block.response(at: 2, 0) == 50 && block.response(at: 0, 8) == 75)
    #expect(block.response(at: 0.5, 1.5) == 40 && block.response(at: 2, 6) == 90)
    #expect(file.problems(.error).isEmpty && file.problems(.info).contains { $0.message.contains("3 trays") })
  }

  @Test(
    "a tray that cannot be read is refused and named",
    arguments: [
      ("topo=1\tvin=1", "bbt\t600", "sum to 2"), ("topo=1", "bbc\t600", "bbc"), ("topo=1", "bbt\t9000", "no untreated"),
      ("", "bbt\t600", "names no drug"),
    ])
  func badTray(composition: String, blank: String, says: String) {
    let file = read("conc_units\tnM\n" + tray("first", composition, [1600, 1600, 1100, 700], blank: blank))
    #expect(file.blocks.isEmpty)
    #expect(
      file.problems(.error).contains { $0.message.contains("tray \"first\"") && $0.message.contains(says) },
      "\(file.problems)")
  }

  @Test("both are recognised as tables")
  func recognised() {
    #expect(ScreenFile.recognises(Array(table(whole: 100).utf8)))
    #expect(ScreenFile.recognises(Array(tray("first", "topo=1", [1600, 1600, 1100, 700]).utf8)))
  }
}
