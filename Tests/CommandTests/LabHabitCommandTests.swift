import Foundation
import ReferenceData
import Testing

@Suite("Tables as labs write them by habit, given to the command")
struct LabHabitCommandTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func analyze(_ file: String, _ more: String...) async throws -> Tool.Outcome {
    try await Tool.run(
      ["analyze", file, "--out", "out", "--baseline", "as-read", "--resamples", "0", "--formats", "md"] + more,
      in: directory)
  }

  @Test("NCI-ALMANAC's file gives Bliss of the growth in percent of the untreated")
  func almanac() async throws {
    var text =
      "COMBODRUGSEQ,TESTDATE,PLATE,NSC1,CONCINDEX1,CONC1,CONCUNIT1,NSC2,CONCINDEX2,CONC2,CONCUNIT2,PERCENTGROWTH,PERCENTGROWTHNOTZ,"
      + "CONTROLVALUE,EXPECTEDGROWTH,SCORE,VALID,PANEL,CELLNAME\n"
    var number = 0
    func row(_ one: String, _ other: String, _ growth: Int, _ rest: String) {
      number += 1
      text += "\(number),05/13/2012,P1,\(one),\(other),\(2 * growth - 100),\(growth),1000,\(rest),Y,Renal Cancer,A498\n"
    }
    row("740,1,1E-06,M", ",0,,", 60, ",")
    row("740,2,2E-06,M", ",0,,", 40, ",")
    row("3088,1,1E-08,M", ",0,,", 70, ",")
    row("740,1,1E-06,M", "3088,1,1E-08,M", 30, "8,48")
    row("740,2,2E-06,M", "3088,1,1E-08,M", 20, "-8,52")
    try directory.write("almanac.csv", text)
    let outcome = try await analyze("almanac.csv")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let ranking = try directory.rows("out/ranking.csv")
    #expect(ranking.map { $0["drug1"] } == ["NSC 740"] && ranking.map { $0["drug2"] } == ["NSC 3088"])
    // 70 − (40 + 30 − 12) = 12 and 80 − (60 + 30 − 18) = 8.
    #expect(ranking.first.flatMap { $0["bliss"] }.flatMap(Double.init).map { abs($0 - 10) < 1e-9 } == true)
  }

  @Test("the corrections' own field is named where they rename a drug")
  func correctedName() async throws {
    try directory.write(
      "a.csv",
      "drug1,drug2,conc1,conc2,viability\nSelinexer,b,0,0,100\nSelinexer,b,0,1,80\nSelinexer,b,1,0,70\nSelinexer,b,1,1,50\n"
    )
    try directory.write("corrections.csv", "file,drug,name\na.csv,Selinexer,selinexor\n")
    let outcome = try await analyze("a.csv", "--corrections", "corrections.csv")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let notes = try directory.rows("out/problems.csv").compactMap { $0["message"] }.filter {
      $0.contains("“Selinexer” is called")
    }
    #expect(notes.count == 1 && notes.first?.contains("as the field name of its corrections says") == true, "\(notes)")
  }

  @Test("isobole profile takes no profile, and says so")
  func profileOfProfile() async throws {
    try directory.write("a.csv", "conc1,conc2,viability\n0,0,100\n0,1,80\n1,0,70\n1,1,50\n")
    try directory.write("lab.yaml", "response: viability\n")
    let outcome = try await Tool.run(["profile", "a.csv", "--profile", "lab.yaml"], in: directory)
    #expect(outcome.status == 2 && outcome.errors.contains("isobole profile writes a profile and takes none"))
  }

  @Test("the option that a wide table is told about reads it, and so does a profile written of it")
  func wide() async throws {
    var text = "drug1,dose1,drug2,dose2,MM1S,RPMI8226\n"
    for (a, b, value) in [(0, 0, 100), (0, 1, 80), (1, 0, 70), (1, 1, 50)] {
      text += "selinexor,\(a),bortezomib,\(b),\(value),\(value == 100 ? 100 : value - 7)\n"
    }
    try directory.write("wide.csv", text)
    let refused = try await analyze("wide.csv")
    #expect(refused.status == 4)
    let option = "samples=MM1S,samples=RPMI8226"
    #expect(refused.errors.contains(option) || refused.output.contains(option), "\(refused.errors)\(refused.output)")
    let profile = try await Tool.run(["profile", "wide.csv", "--columns", option], in: directory)
    try directory.write("lab.yaml", profile.output)
    let outcome = try await analyze("wide.csv", "--profile", "lab.yaml")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let ranking = try directory.rows("out/ranking.csv")
    // 50 − (20 + 30 − 6) = 6 and 57 − (27 + 37 − 9.99) = 2.99.
    let bliss = Dictionary(ranking.map { ($0["sample"] ?? "", Double($0["bliss"] ?? "") ?? .nan) }) { first, _ in first
    }
    #expect(abs((bliss["MM1S"] ?? 0) - 6) < 1e-9 && abs((bliss["RPMI8226"] ?? 0) - 2.99) < 1e-9, "\(bliss)")
  }
}
