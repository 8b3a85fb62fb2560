import Assay
import Foundation
import Synergy
import ReferenceData
import Testing

@testable import Reporting

@Suite("Comma-separated tables")
struct TableTests {
  private func field(_ text: String) -> String {
    var out = ByteWriter()
    out.csv(text)
    return out.string
  }

  @Test(
    "a text that a spreadsheet would run is written with an apostrophe before it",
    arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0"])
  func inert(_ text: String) { #expect(field(text).first == "'") }

  @Test("a formula with a comma is both quoted and inert")
  func inertAndQuoted() { #expect(field("=SUM(A1,\"b\")") == "\"'=SUM(A1,\"\"b\"\")\"") }

  @Test("a plain text is written as it is", arguments: ["selinexor", "(+)-JQ1", "5-FU", "", "µM ж 药"])
  func plain(_ text: String) { #expect(field(text) == text) }

  @Test("commas, quotes and line breaks survive", arguments: ["a,b", "say \"x\"", "two\nlines", "\"", ",", "a\r\nb"])
  func quoting(_ text: String) { #expect(CSVText.fields(field(text) + "\n") == [[text]]) }

  @Test("a negative number is not touched")
  func negativeNumber() {
    var out = ByteWriter()
    out.csv(-12.5)
    #expect(out.string == "-12.5")
  }

  @Test("no number is an empty field")
  func empty() {
    var out = ByteWriter()
    out.csv([.number(.nan), .number(nil), .text(nil), .integer(3)])
    #expect(out.string == ",,,3\n")
  }

  @Test("the headers are those of the contract")
  func headers() async throws {
    let screen = try await WrittenScreen().write([SampleScreen.analysis(.init())])
    func header(_ name: String) throws -> String { try String(screen.text(name).prefix { $0 != "\n" }) }
    #expect(
      try header("ranking.csv")
        == "rank,block_id,drug1,drug2,sample,call,consensus,consensus_upper,"
        + "zip,zip_low,zip_high,zip_p,zip_q,zip_peak,zip_trough,"
        + "bliss,bliss_low,bliss_high,bliss_p,bliss_q,bliss_peak,bliss_trough,loewe,loewe_low,loewe_high,loewe_p,loewe_q,loewe_peak,loewe_trough,"
        + "hsa,hsa_low,hsa_high,hsa_p,hsa_q,hsa_peak,hsa_trough,"
        + "baseline,baseline_error,css,ri1,ri2,ic50_1,ic50_2,conc_unit,replicates,flags,"
        + "zip_peak_doses,bliss_peak_doses,loewe_peak_doses,hsa_peak_doses,"
        + "zip_trough_doses,bliss_trough_doses,loewe_trough_doses,hsa_trough_doses,"
        + "call_reason,call_models_agreeing,call_models_scored,noise_source,noise_sd_0,noise_sd_100,noise_df,css_low,css_high,block_key,"
        + ["zip", "bliss", "loewe", "hsa"].map { model in
          ["call", "bias", "peak_low", "peak_high", "trough_low", "trough_high"].map { "\(model)_\($0)" }
            .joined(separator: ",")
        }.joined(separator: ","))
    #expect(
      try header("cells.csv")
        == "block_id,sample,drug1,conc1,unit1,drug2,conc2,unit2,response,response_as_read,zip_fit,zip_reference,zip_synergy,bliss_reference,bliss_synergy,"
        + "loewe_reference,loewe_synergy,hsa_reference,hsa_synergy,replicates,"
        + "zip_low,zip_high,zip_p,bliss_low,bliss_high,bliss_p,loewe_low,loewe_high,loewe_p,hsa_low,hsa_high,hsa_p")
    #expect(
      try header("fits.csv").hasPrefix("block_id,sample,combination,drug,role,e0,emax,hill,ec50,rss,r2,n,status,"))
    #expect(try header("problems.csv") == "file,block_id,severity,line,message")
    #expect(
      try header("wells.csv")
        == "block_id,sample,plate,well,role,drug1,conc1,unit1,drug2,conc2,unit2,raw,response,excluded")
    #expect(try header("scores.csv").hasPrefix("rank,block_id,sample,drug1,drug2,model,mean,low,high,p,q,call,"))
  }

  @Test("every cell's numbers read back to the same Double")
  func cellsRoundTrip() async throws {
    let analysis = try SampleScreen.analysis(.init(replicates: 3))
    let rows = try await WrittenScreen().write([analysis]).rows("cells.csv")
    try #require(rows.count == analysis.matrix.cellCount)
    let columns: [(String, [Double])] = [
      ("response", analysis.matrix.mean), ("zip_fit", try #require(analysis.score(of: .zip)?.fit)),
      ("zip_reference", try #require(analysis.score(of: .zip)?.reference)),
      ("bliss_synergy", try #require(analysis.score(of: .bliss)?.synergy)),
      ("loewe_reference", try #require(analysis.score(of: .loewe)?.reference)),
      ("hsa_synergy", try #require(analysis.score(of: .hsa)?.synergy)),
    ]
    for (cell, row) in rows.enumerated() {
      for (name, values) in columns {
        #expect(row[name].flatMap(Double.init)?.bitPattern == values[cell].bitPattern, "\(name) in cell \(cell)")
      }
      #expect(row["conc1"].flatMap(Double.init) == analysis.matrix.dose(of: 0, in: cell))
      #expect(row["conc2"].flatMap(Double.init) == analysis.matrix.dose(of: 1, in: cell))
      #expect(row["replicates"] == "3")
    }
  }

  @Test("a missing cell has no row, and a cell without a score has empty fields")
  func missingCells() async throws {
    let analysis = try SampleScreen.analysis(.init(missing: [[2, 2]], unscored: [[3, 3]]))
    let rows = try await WrittenScreen().write([analysis]).rows("cells.csv")
    #expect(rows.count == 35)
    let unscored = rows.filter { $0["loewe_synergy"] == "" }
    #expect(unscored.count == 1)
    #expect(unscored.first?["loewe_reference"] == "")
    #expect(unscored.first?["hsa_synergy"] != "")
  }

  @Test("a three-drug block among others adds its drug, dose and unit after those of the second, empty for the others")
  func mixedDrugCounts() async throws {
    let two = try SampleScreen.analysis(.init(id: "a,\"1\"", drugs: ["x, y", "z"]))
    let three = try SampleScreen.analysis(
      .init(id: "t", drugs: ["A", "B", "C"], units: ["nM", "nM", "uM"], shape: [3, 3, 3]))
    let screen = try await WrittenScreen().write([two, three, SampleScreen.analysis(.init(id: "c"))])
    let rows = CSVText.fields(try screen.text("cells.csv"))
    #expect(
      rows[0][..<12] == [
        "block_id", "sample", "drug1", "conc1", "unit1", "drug2", "conc2", "unit2", "drug3", "conc3", "unit3",
        "response",
      ])
    #expect(Set(rows.map(\.count)) == [35])
    let named = try screen.rows("cells.csv")
    #expect(named.count == 36 + 27 + 36)
    for row in named where row["block_id"] != "t" {
      #expect(row["conc3"] == "")
      #expect(row["response"].flatMap(Double.init) != nil)
    }
    #expect(Set(named.filter { $0["block_id"] == "t" }.map { $0["conc3"] }) == ["0", "100", "300"])
    #expect(named.first { $0["block_id"] == "a,\"1\"" }?["drug1"] == "x, y")
    let wells = try screen.rows("wells.csv")
    #expect(wells.count == named.count)
    #expect(Set(CSVText.fields(try screen.text("wells.csv")).map(\.count)) == [17])
    #expect(wells.filter { $0["block_id"] == "t" }.allSatisfy { $0["unit3"] == "uM" && $0["drug3"] == "C" })
    let ranking = try screen.rows("ranking.csv")
    #expect(ranking.first { $0["block_id"] == "t" }?["drug3"] == "C")
    #expect(ranking.first { $0["block_id"] == "t" }?["ri3"] == "42.25")
    #expect(ranking.first { $0["block_id"] == "c" }?["drug3"] == "")
  }

  @Test("the ranking holds the blocks in their order, numbered from 1")
  func ranking() async throws {
    let analyses = try [-20.0, 30, 5].enumerated().map {
      try SampleScreen.analysis(.init(id: "block \($0.offset)", effect: $0.element))
    }
    let rows = try await WrittenScreen().write(analyses).rows("ranking.csv")
    #expect(rows.map { $0["rank"] } == ["1", "2", "3"])
    #expect(rows.map { $0["block_id"] } == ["block 1", "block 2", "block 0"])
    let best = try #require(rows.first)
    #expect(best["consensus"].flatMap(Double.init) == analyses[1].consensus)
    #expect(best["hsa"].flatMap(Double.init) == analyses[1].score(of: .hsa)?.mean)
    #expect(best["zip_peak"].flatMap(Double.init) == analyses[1].score(of: .zip)?.peak?.mean)
    #expect(best["css"] == "61.5")
    #expect(best["ic50_2"] == "6")
    for name in ["call", "zip_low", "bliss_high", "loewe_p", "hsa_q"] { #expect(best[name] == "") }
  }

  @Test("the unit is one symbol, or one for each drug where they differ; flags and windows are joined")
  func rankingTexts() async throws {
    let notes = [BlockNote(flag: "no_control", message: "m"), BlockNote(flag: "loewe_unscored", message: "n")]
    let analyses = try [
      SampleScreen.analysis(.init(id: "1", units: ["uM", "uM"])),
      SampleScreen.analysis(.init(id: "2", units: ["uM", "nM"], effect: -10, notes: notes)),
    ]
    let rows = try await WrittenScreen().write(analyses).rows("ranking.csv")
    #expect(rows.map { $0["conc_unit"] } == ["uM", "uM;nM"])
    #expect(rows.map { $0["flags"] } == ["", "no_control;loewe_unscored"])
    let doses = [SampleScreen.doses(0, 6), SampleScreen.doses(1, 6)].map { "\($0[2])-\($0[4])" }
    #expect(rows[0]["zip_peak_doses"] == doses.joined(separator: ";"))
  }

  @Test("scores.csv has the ranking's scores, a model a row, and wells.csv every replicate")
  func scoresAndWells() async throws {
    let analyses = try SampleScreen.varied()
    let screen = try await WrittenScreen().write(analyses)
    let ranking = try screen.rows("ranking.csv")
    let scores = try screen.rows("scores.csv")
    #expect(scores.count == analyses.reduce(0) { $0 + $1.models.count })
    for row in scores {
      let block = try #require(ranking.first { $0["block_id"] == row["block_id"] })
      let model = try #require(row["model"])
      #expect(row["mean"] == block[model] && row["rank"] == block["rank"] && row["sample"] == block["sample"])
      #expect(row["peak"] == block["\(model)_peak"] && row["peak_doses"] == block["\(model)_peak_doses"])
    }
    let wells = try screen.rows("wells.csv")
    #expect(wells.count == analyses.reduce(0) { $0 + $1.matrix.wellCount })
    let own = wells.filter { $0["block_id"] == "1" }.compactMap { $0["response"].flatMap(Double.init) }
    let matrix = analyses[0].asRead
    #expect(own == (0..<matrix.cellCount).flatMap(matrix.replicates))
    #expect(wells.allSatisfy { $0["excluded"] == "" && $0["drug1"] != "" && $0["plate"] == "" })
  }

  @Test("columns.csv says what every column of every table is")
  func dictionary() async throws {
    let screen = try await WrittenScreen().write(SampleScreen.varied())
    let dictionary = try screen.rows("columns.csv")
    let tables = screen.names.filter { $0.hasSuffix(".csv") }
    #expect(Set(dictionary.compactMap { $0["table"] }) == Set(tables))
    for table in tables {
      let own = dictionary.filter { $0["table"] == table }
      #expect(own.map { $0["column"] } == CSVText.fields(try screen.text(table))[0], "\(table)")
      #expect(own.allSatisfy { $0["meaning"] != "" })
      let rows = try screen.rows(table)
      for column in own {
        let (name, kind) = (try #require(column["column"]), try #require(column["type"]))
        let fields = rows.compactMap { $0[name] }.filter { !$0.isEmpty }
        #expect(["text", "number", "integer"].contains(kind))
        #expect(kind == "text" || fields.allSatisfy { Double($0) != nil }, "\(table) \(name)")
        #expect(kind != "integer" || fields.allSatisfy { Int($0) != nil }, "\(table) \(name)")
        #expect(kind == "number" || column["unit"] == "", "\(table) \(name)")
      }
    }
  }

  @Test("a model that was not asked for is empty")
  func modelsNotAskedFor() async throws {
    let screen = try await WrittenScreen().write([SampleScreen.analysis(.init(models: [.hsa]))])
    let row = try #require(try screen.rows("ranking.csv").first)
    #expect(row["zip"] == "")
    #expect(row["zip_peak_doses"] == "")
    #expect(row["hsa"] != "")
    #expect(try screen.rows("cells.csv").allSatisfy { $0["bliss_synergy"] == "" && $0["hsa_synergy"] != "" })
  }

  @Test("fits.csv holds the monotherapies, and the lines only when asked")
  func fits() async throws {
    let analysis = try SampleScreen.analysis(.init())
    let plain = try await WrittenScreen().write([analysis]).rows("fits.csv")
    #expect(plain.map { $0["role"] } == ["monotherapy", "monotherapy"])
    #expect(plain.map { $0["drug"] } == ["selinexor", "bortezomib"])
    #expect(plain.map { $0["ec50"] } == ["90", "6"])
    #expect(plain.map { $0["status"] } == ["converged", "converged"])
    #expect(plain.map { $0["ri"] } == ["40.25", "41.25"])
    let withLines = try await WrittenScreen().write([analysis], lineFits: true).rows("fits.csv")
    let lines = withLines.filter { $0["role"] == "line" }
    #expect(lines.count == analysis.lines.count)
    #expect(lines.last?["fixed_doses"] == "50")
  }

  @Test("problems.csv says file, block, severity, line and message")
  func problems() async throws {
    let rows = try await WrittenScreen().write([SampleScreen.analysis(.init())]).rows("problems.csv")
    #expect(rows.map { $0["severity"] } == ["error", "warning"])
    #expect(rows.map { $0["line"] } == ["7", ""])
    #expect(rows.map { $0["block_id"] } == ["", "3"])
    #expect(rows.map { $0["message"] } == WrittenScreen.problems.map(\.message))
  }
}
