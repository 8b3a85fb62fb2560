import Assay
import DoseTables
import Foundation
import Plates
import Testing

/// What a second pair of fresh eyes found after the fourth look.
@Suite("Files that were read wrongly, fifth look")
struct FifthReviewTests {
  private func read(_ text: String, _ change: (inout ReadingOptions) -> Void = { _ in }) -> ScreenFile {
    var options = ReadingOptions()
    change(&options)
    return ScreenFile.read(Array(text.utf8), name: "test.csv", options: options, otherKinds: .plates)
  }

  private func messages(_ file: ScreenFile, _ severity: InputProblem.Severity = .warning) -> [String] {
    file.problems.filter { $0.severity == severity }.map(\.message)
  }

  /// Wells of three doses of each drug and none: 100 untreated, less by `step` for each step of a dose.
  private static func wells(step: Double = 10) -> [(one: Double, two: Double, value: Double)] {
    [0, 1, 10, 100].enumerated().flatMap { row, one in
      [0, 2, 20, 200].enumerated().map { column, two in (one, two, 100 - step * Double(row + column)) }
    }
  }

  private func table(
    _ response: String, _ column: String, step: Double = 10, of value: (Double, Double) -> String = { _, _ in "" },
    scale: Double = 1, more: [String] = []
  ) -> String {
    var text = "drug1,drug2,conc1,conc2,\(response)" + (column.isEmpty ? "\n" : ",\(column)\n")
    for (one, two, number) in Self.wells(step: step) {
      text += "a,b,\(one),\(two),\(number * scale)" + (column.isEmpty ? "\n" : ",\(value(one, two))\n")
    }
    for row in more { text += row + "\n" }
    return text
  }

  @Test(
    "untreated wells of a donor of which nothing was treated are not another's",
    arguments: ["donor", "batch", "medium"])
  func untreatedOfOthers(column: String) {
    let file = read(table("viability", column, of: { _, _ in "D1" }, more: (0..<4).map { _ in "a,b,0,0,60,D2" }))
    #expect(file.blocks.map { $0.count[0] } == [1] && file.blocks.first?.mean[0] == 0)
    #expect(
      messages(file).contains { $0.contains("4 untreated wells are of \"D2\"") && $0.contains("ignore=\(column)") })
    // Controls that have a word of their own, and a time 0, are of all.
    for (word, level) in [("DMSO", 99.0), ("neg ctrl", 98)] {
      let shared = read(table("viability", column, of: { _, _ in "D1" }, more: ["a,b,0,0,\(level),\(word)"]))
      #expect(shared.blocks.map { $0.count[0] } == [2], "\(word)")
    }
  }

  @Test("a word that combinations have too is no role: the status of a receptor")
  func annotations() {
    let file = read(table("viability", "ER_status", of: { _, _ in "positive" }))
    #expect(file.blocks.map { $0.count[0] } == [1])
    // A well's place is none either.
    var place = 0
    let wells = read(
      table(
        "viability", "well",
        of: { _, _ in
          place += 1; return "\(["A", "B", "C", "D"][place % 4])\(place)"
        },
        more: ["a,b,0,0,97,E1", "a,b,0,0,96,E2"]))
    #expect(wells.blocks.map { $0.count[0] } == [3])
  }

  @Test("one well that is called killed is no untreated well", arguments: ["Triton", "100% kill", "lysis"])
  func oneKilled(word: String) {
    let file = read(table("RLU", "well_role", of: { _, _ in "sample" }, scale: 1000, more: ["a,b,0,0,900,\(word)"]))
    #expect(file.blocks.map { $0.count[0] } == [1] && file.blocks.first?.mean[0] == 0)
    // Another word for it, far from the others, is refused.
    let unknown = read(
      table(
        "RLU", "well_role", of: { one, two in one + two > 0 ? "sample" : "DMSO" }, scale: 1000,
        more: ["a,b,0,0,900,bortezomib kill"]))
    #expect(unknown.blocks.isEmpty && messages(unknown, .error).contains { $0.contains("\"bortezomib kill\"") })
  }

  @Test(
    "rows of means and deviations are no replicates and no samples",
    arguments: ["Mean", "SD", "SEM", "CV", "Mittelwert"])
  func computedRows(word: String) {
    var rows: [String] = []
    for (one, two, _) in Self.wells() { rows.append("a,b,\(one),\(two),3,\(word)") }
    for column in ["replicate", "plate"] {
      let file = read(table("viability", column, of: { _, _ in "1" }, more: rows))
      #expect(file.blocks.map { Set($0.count) } == [[1]], "\(column)")
      #expect(messages(file).contains { $0.contains("16 rows are called \"\(word)\"") })
    }
    guard word != "SEM" else { return }  // a cell line
    let file = read(table("viability", "cell_line", of: { _, _ in "MM1S" }, more: rows))
    #expect(file.blocks.map(\.sample) == ["MM1S"])
  }

  @Test(
    "replicates are divided each by their own untreated wells, whatever their column is called",
    arguments: ["replicate", "biological_replicate", "bio_rep", "technical_replicate"])
  func replicateLevels(column: String) {
    let second = Self.wells().map { "a,b,\($0.one),\($0.two),\($0.value * 300),2" }
    let file = read(table("RLU", column, of: { _, _ in "1" }, scale: 1000, more: second))
    let means = file.blocks.first?.mean.map { ($0 * 1e6).rounded() / 1e6 }
    #expect(means == Self.wells().map { 100 - $0.value })
  }

  @Test("drugs alone and combinations of different cells were measured apart")
  func apart() {
    let file = read(
      table("viability", "cells", of: { one, two in one * two > 0 ? "TMD8" : "HBL1" }, more: []))
    #expect(messages(file).contains { $0.contains("\"HBL1\"") && $0.contains("measured apart") })
    let named = read(table("viability", "arm", of: { one, two in one * two > 0 ? "combination" : "single agents" }))
    #expect(!messages(named).contains { $0.contains("measured apart") })
  }

  @Test("a corrected signal beside a raw one is told", arguments: ["RLU_bgsub", "RLU corrected", "norm_luminescence"])
  func corrected(name: String) {
    let file = read(table("RLU", name, of: { one, two in "\(100 * (one + two))" }, scale: 1000))
    #expect(messages(file).contains { $0.contains("\"\(name)\"") && $0.contains("response=") })
  }

  @Test("two signals are told, and a confidence interval is no condition")
  func signals() {
    let file = read(table("cell.count", "rate,rate.95ci", of: { one, _ in "\(0.1 * one),0.01" }, scale: 10))
    #expect(messages(file).contains { $0.contains("\"rate\"") && $0.contains("\"cell.count\"") })
    #expect(file.blocks.count == 1)
  }

  @Test("untreated wells of two kinds are refused; one that is far from the others is told")
  func torn() {
    let torn = read(table("viability", "", more: ["a,b,0,0,99", "a,b,0,0,3", "a,b,0,0,4"]))
    #expect(torn.blocks.isEmpty)
    #expect(messages(torn, .error).contains { $0.contains("2 near 0.5 % inhibition and 2 near 96.5") })
    let one = read(table("viability", "", more: ["a,b,0,0,99", "a,b,0,0,101", "a,b,0,0,20"]))
    #expect(one.blocks.count == 1 && messages(one).contains { $0.contains("look at the one") })
    let noisy = read(table("viability", "", more: ["a,b,0,0,85", "a,b,0,0,110", "a,b,0,0,118"]))
    #expect(noisy.blocks.count == 1 && !messages(noisy).contains { $0.contains("two kinds") })
  }

  @Test(
    "a signal that rises a little with each drug alone and with both is asked about, and untreated wells far below low doses are told"
  )
  func rising() {
    // 100, 110 … 160 % of the untreated: 125 with each drug alone at its high doses, 150 with both.
    let file = read(table("RFU", "", step: -10, scale: 10))
    #expect(file.blocks.isEmpty && messages(file, .error).contains { $0.contains("it rises") })
    // 900, 900 and 800 at the low doses over 550: 164 % of the untreated wells.
    let low = read(table("RLU", "", scale: 10).replacing("a,b,0.0,0.0,1000.0", with: "a,b,0,0,550"))
    #expect(low.blocks.count == 1)
    #expect(
      messages(low).contains { $0.contains("low doses read -63.6 % inhibition, far below the untreated wells (0)") })
  }

  @Test("of findings that differ none is cut")
  func uncut() {
    var text = "drug1,drug2,conc1,conc2,viability," + (1...8).map { "flag\($0)" }.joined(separator: ",") + "\n"
    for (one, two, value) in Self.wells() {
      text += "a,b,\(one),\(two),\(value)" + (1...8).map { ",\(one > Double($0) ? "x" : "y")" }.joined() + "\n"
    }
    #expect(!read(text).problems.contains { $0.message.contains("not listed") })
  }
}
