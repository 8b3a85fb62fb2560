import Assay
import Foundation
import DoseTables
import Plates
import ReferenceData
import Testing

/// Designs that labs have, and how they write which wells hold which drugs: libraries, rays, treatments in one column, names once.
@Suite("Designs and treatments as labs write them")
struct LabDesignTests {
  private func read(_ text: String, _ columns: String = "") -> ScreenFile {
    var options = ReadingOptions()
    options.columns = ColumnChoices(rawValue: columns) ?? ColumnChoices()
    return ScreenFile.read(Array(text.utf8), name: "test.csv", options: options)
  }

  private func drugs(_ file: ScreenFile) -> [[String]] { file.blocks.map { $0.axes.map(\.drug) } }

  /// Four wells of viability 100, 80, 70 and 50, less a shift where there is a drug.
  private let wells = [("0", "0", 100), ("0", "1", 80), ("1", "0", 70), ("1", "1", 50)]

  @Test("an anchor and a library are two drugs")
  func anchorAndLibrary() {
    var text =
      "COSMIC_ID,CELL_LINE_NAME,ANCHOR_ID,ANCHOR_NAME,ANCHOR_CONC,LIBRARY_ID,LIBRARY_NAME,LIBRARY_CONC,VIABILITY\n"
    for anchor in [0, 0.25, 1] {
      for library in [0, 0.1, 0.3, 1, 3, 10, 30] {
        text += "905933,HCC1395,1,selinexor,\(anchor),2,venetoclax,\(library),\(100 - 20 * anchor - library)\n"
      }
    }
    let file = read(text)
    #expect(drugs(file) == [["selinexor", "venetoclax"]] && file.blocks.first?.shape == [3, 7])
    #expect(file.blocks.first?.sample == "HCC1395" && file.blocks.first?.response(at: 1, 30) == 50)
  }

  @Test("what each drug does alone is read from its own column, once a dose")
  func aloneBeside() {
    var text =
      "CELL_LINE_NAME,ANCHOR_NAME,ANCHOR_CONC,LIBRARY_NAME,LIBRARY_CONC,ANCHOR_VIABILITY,LIBRARY_VIABILITY,COMBO_VIABILITY\n"
    for (library, alone) in [(1, 80), (2, 60), (4, 30)] {
      for (anchor, own) in [(0.5, 90), (1, 70)] {
        text += "X,s,\(anchor),v,\(library),\(own),\(alone),\(alone * own / 100 - 5)\n"
      }
    }
    let file = read(text)
    #expect(drugs(file) == [["s", "v"]] && file.blocks.map(\.wellCount) == [11], "\(file.problems)")
    #expect(file.blocks.first?.response(at: 1, 0) == 30 && file.blocks.first?.response(at: 0, 4) == 70)
    // 100 − (30 × 70 / 100 − 5)
    #expect(file.blocks.first?.response(at: 1, 4) == 84)
  }

  @Test("mixtures in a fixed ratio are told by name, with what to do")
  func rays() {
    let rays = read("dose,pct,rgr\n0,999,1.6\n1,100,1.5\n1,50,1.4\n1,0,1.3\n")
    #expect(
      rays.problems(.error).contains { $0.message.contains("rays") && $0.message.contains("conc1 (total × share)") })
    let gdsc = read(
      "BARCODE,CELL_LINE_NAME,POSITION,TAG,DRUG_ID,CONC,INTENSITY\n1,X,1,NC-0,,,1000\n1,X,2,A1-S,1,0.1,900\n")
    #expect(gdsc.problems(.error).contains { $0.message.contains("raw file of GDSC") })
    let mixlow = read("assay\tblue\ntray_label\tt1\ncomposition\ttopo=0.5,vin=0.5\nconc\t0\t1\t2\nresp\t10\t9\t8\n")
    #expect(mixlow.problems(.error).contains { $0.message.contains("mixlow") && $0.message.contains("conc1") })
  }

  @Test("dose pairs along fixed ratios are said to be rays, and how many have no dose alone", arguments: [1.0, 0.5])
  func raysOfDoses(share: Double) {
    var text = "conc1,conc2,inhibition\n0,0,0\n"
    for dose in [1.0, 3, 9, 27, 81] {
      text += "\(dose),0,\(dose / 2)\n0,\(10 * dose),\(dose / 3)\n\(share * dose),\(share * 10 * dose),\(dose)\n"
    }
    let file = read(text)
    #expect(file.blocks.map(\.wellCount) == [16])
    let said = file.problems(.warning).filter { $0.message.contains("5 dose pairs lie along one fixed ratio") }
    #expect(said.count == 1)
    #expect(said.first?.message.contains("5 of them have a dose that was not measured alone") == (share == 0.5))
    let grid = (0...4).flatMap { a in (0...4).map { b in "\(a),\(b),\(a * b)\n" } }.joined()
    #expect(!read("conc1,conc2,inhibition\n" + grid).problems.contains { $0.message.contains("rays") })
  }

  @Test("boards beside one another with units behind the doses and their sample above are what they are said to be")
  func boardsWithUnits() {
    let file = read(
      """
      ,,GBM8,,,,,,GSC11,,,

      ,,A-770041,,,,,,A-770041,,,
      ,,0,0.5,1,µM,,,0,2,4,nM
      Bleomycin,0,100,90,80,,Bleomycin,0,100,91,81,
      ,1,70,60,50,,,3,71,61,41,
      ,nM,,,,,,µM,,,,
      ,,Obatoclax,,,,,,Obatoclax,,,
      ,,0,0.5,1,µM,,,0,2,4,nM
      Bleomycin,0,100,90,80,,Bleomycin,0,100,91,81,
      ,1,70,60,40,,,3,71,61,31,

      """)
    #expect(
      drugs(file) == [
        ["Bleomycin", "A-770041"], ["Bleomycin", "Obatoclax"], ["Bleomycin", "A-770041"], ["Bleomycin", "Obatoclax"],
      ])
    #expect(file.blocks.map(\.sample) == ["GBM8", "GBM8", "GSC11", "GSC11"], "\(file.problems)")
    #expect(file.blocks.map { $0.mean.last } == [50, 60, 59, 69])
    #expect(
      file.blocks.prefix(3).map { $0.axes.map(\.unit.description) } == [["nM", "µM"], ["", "µM"], ["µM", "nM"]])
  }

  @Test(
    "columns of which only the second drug's are numbered",
    arguments: [("agent", "concentration", ""), ("Gnumber", "Concentration", "_")])
  func unnumberedFirst(name: String, dose: String, mark: String) {
    var text = "cell_line,\(name),\(dose),\(name)\(mark)2,\(dose)\(mark)2,viability\n"
    for (a, b, value) in wells { text += "X,\(a == "0" ? "-" : "s"),\(a),\(b == "0" ? "-" : "b"),\(b),\(value)\n" }
    let file = read(text)
    #expect(drugs(file) == [["s", "b"]], "\(file.problems)")
    #expect(file.blocks.first?.mean == [0, 20, 30, 50])
  }

  @Test("German and French names of columns")
  func languages() {
    for header in [
      "Zelllinie;Wirkstoff 1;Konz. 1 (µM);Wirkstoff 2;Konz. 2 (µM);Viabilität [%]",
      "Lignée;Traitement 1;Concentration 1 (µM);Traitement 2;Concentration 2 (µM);Viabilité",
    ] {
      let file = read(header + "\n" + wells.map { "X;s;\($0),0;b;\($1),0;\($2),5\n" }.joined())
      #expect(drugs(file) == [["s", "b"]], "\(file.problems)")
      #expect(file.blocks.first?.sample == "X" && file.blocks.first?.mean == [-0.5, 19.5, 29.5, 49.5])
      #expect(file.blocks.first?.axes.map(\.unit.description) == ["µM", "µM"])
    }
  }

  // MARK: Two drugs in a column

  @Test("a treatment of two drugs is taken apart where its doses are", arguments: [" + ", "+", " / ", "/", ";", " & "])
  func treatments(separator: String) {
    var text = "cell_line,treatment,Concentration (uM),viability\n"
    for (a, b, value) in wells {
      let both = a != "0" && b != "0"
      let name = both ? "selinexor\(separator)bortezomib" : a != "0" ? "selinexor" : b != "0" ? "bortezomib" : "DMSO"
      text += "MM1S,\(name),\(both ? "1\(separator)2" : b != "0" ? "2" : a),\(value)\n"
    }
    let file = read(text)
    #expect(drugs(file) == [["selinexor", "bortezomib"]], "\(file.problems)")
    #expect(file.blocks.first?.axes.map(\.doses) == [[0, 1], [0, 2]] && file.blocks.first?.mean == [0, 20, 30, 50])
    #expect(file.blocks.first?.axes.map(\.unit.symbol) == ["uM", "uM"] && file.blocks.first?.sample == "MM1S")
    #expect(file.problems(.info).contains { $0.message.contains("names several drugs at once") })
  }

  @Test("a treatment's drugs have their doses in columns beside one another, and pairs are not pooled")
  func treatmentsWithDoses() {
    var text = "treatment,dose1,dose2,viability\nDMSO,0,0,100\n"
    for (partner, shift) in [("bortezomib", 0), ("carfilzomib", 5)] {
      for (a, b, value) in wells.dropFirst() {
        let name = a == "0" ? partner : b == "0" ? "selinexor" : "selinexor + \(partner)"
        text += "\(name),\(a),\(b),\(value - (name == "selinexor" ? 0 : shift))\n"
      }
    }
    let file = read(text)
    #expect(drugs(file) == [["selinexor", "bortezomib"], ["selinexor", "carfilzomib"]], "\(file.problems)")
    #expect(file.blocks.map(\.mean) == [[0, 20, 30, 50], [0, 25, 30, 55]])
    // Alone, bortezomib has its dose where selinexor has it in the pair.
    let turned = read(
      "treatment,dose1,dose2,viability\nDMSO,0,0,100\nb,1,0,80\ns,0,1,70\ns + b,5,7,50\nx,0,1,60\n")
    #expect(drugs(turned) == [["b", "s"]] && turned.blocks.first?.response(at: 5, 7) == 50)
  }

  @Test("a treatment that may be two drugs and has one dose is asked about")
  func unclearTreatments() {
    let file = read("treatment,dose,viability\nDMSO,0,100\nb,1,80\ns,1,70\ns + b,1,50\n")
    #expect(file.blocks.isEmpty)
    #expect(
      file.problems(.error).contains { $0.line == 5 && $0.message.contains("write the doses as the drugs are") })
    let place = read(
      "treatment,dose1,dose2,viability\nDMSO,0,0,100\nb,1,0,80\ns + b,1,2,50\ns,0,1,70\nb,0,1,60\ns,0,2,1\n")
    #expect(place.blocks.isEmpty || place.blocks.first?.axes.count == 2)
  }

  // MARK: Responses beside one another

  @Test("columns of numbers beside doses are named with the option that reads them, and it does")
  func wide() throws {
    var text = "drug1,dose1,drug2,dose2,MM1S,RPMI8226\n"
    for (a, b, value) in wells { text += "s,\(a),b,\(b),\(value),\(value == 100 ? 100 : value - 7)\n" }
    let refused = try #require(read(text).problems(.error).first?.message)
    #expect(refused.contains("--columns samples=MM1S,samples=RPMI8226"))
    let file = read(text, "samples=MM1S,samples=RPMI8226")
    #expect(file.blocks.map(\.sample) == ["MM1S", "RPMI8226"])
    #expect(file.blocks.map(\.mean) == [[0, 20, 30, 50], [0, 27, 37, 57]])
    #expect(!file.problems.contains { $0.message.contains("read as replicates") })
    // As it is written into a profile.
    #expect(file.columns.filter { $0.role == "samples" }.map(\.column) == ["MM1S", "RPMI8226"])
    #expect(ColumnChoices(rawValue: "samples=a,response=b") == nil)
  }

  @Test("columns called after a response and its sample, with single-drug rows and a hole")
  func wideNamed() throws {
    let text =
      "drug1,dose1,drug2,dose2,viability_MM1S,viability_RPMI8226\n,0,,0,100,100\ns,1,,0,70,63\n,0,b,1,80,\ns,1,b,1,50,43\n"
      + "s,2,b,1,40,33\ns,2,,0,60,53\ns,2,b,2,30,23\ns,1,b,2,35,28\n,0,b,2,75,68\n"
    let refused = try #require(read(text).problems(.error).first?.message)
    #expect(refused.contains("samples=viability_MM1S,samples=viability_RPMI8226"))
    let file = read(text, "samples=viability_MM1S,samples=viability_RPMI8226")
    #expect(file.blocks.map(\.sample) == ["MM1S", "RPMI8226"] && file.response == "viability, %")
    #expect(file.blocks.map { $0.response(at: 1, 1) } == [50, 57])
    #expect(file.blocks.map { $0.response(at: 0, 1) } == [20, nil])
    #expect(file.blocks.map(\.wellCount) == [9, 8])
  }

  // MARK: Names once

  @Test("a name in the first row of its own is that of the rows below, and this is said")
  func namesOnce() {
    var text = "cell_line,drug1,drug2,conc1,conc2,viability\n"
    for (cell, shift) in [("MM1S", 0), ("K562", 7)] {
      for (place, (a, b, value)) in wells.enumerated() {
        let names = place == 0 ? "\(cell),s,b" : ",,"
        text += "\(names),\(a),\(b),\(value == 100 ? 100 : value - shift)\n"
      }
    }
    let file = read(text)
    #expect(file.blocks.map(\.sample) == ["MM1S", "K562"], "\(file.problems)")
    #expect(file.blocks.map(\.mean) == [[0, 20, 30, 50], [0, 27, 37, 57]])
    #expect(
      file.problems(.warning).contains { $0.line == 3 && $0.message.contains("\"cell_line\", \"drug1\", \"drug2\"") })
  }

  @Test("wells without a sample among others with one are of no block")
  func nameless() {
    var text = "cell_line,drug1,drug2,conc1,conc2,viability\n"
    for cell in ["MM1S", "K562"] {
      for (a, b, value) in wells { text += "\(a + b == "11" && cell == "K562" ? "" : cell),s,b,\(a),\(b),\(value)\n" }
      text += "\(cell),s,b,2,2,20\n\(cell),s,b,2,0,40\n\(cell),s,b,0,2,50\n"
    }
    let file = read(text)
    #expect(file.blocks.map(\.sample) == ["MM1S", "K562"] && file.blocks.map(\.wellCount) == [7, 6])
    #expect(file.problems(.error).contains { $0.line == 12 && $0.message.contains("no name in \"cell_line\"") })
  }

  // MARK: Notes

  @Test("a change of unit in every second row of many blocks is one note")
  func notes() {
    var text = "drug1,drug2,conc1,conc2,viability,conc1_unit,conc2_unit\n"
    for block in 0..<4 {
      for (place, (a, b, value)) in wells.enumerated() {
        text +=
          place % 2 == 0
          ? "s,b\(block),\(a),\(b),\(value),uM,uM\n" : "s,b\(block),\(a)000,\(b),\(value),nM,uM\n"
      }
    }
    let file = read(text)
    #expect(file.blocks.count == 4)
    let notes = file.problems(.info).filter { $0.message.contains("nM") }
    #expect(
      notes.count == 1 && notes.first?.message.contains("4 changes of unit in all, in 4 blocks") == true,
      "\(file.problems)")
  }

  // MARK: Layouts

  @Test("a workbook with a sheet for each drug, called after it, is a layout where the unit shows doses")
  func sheetsOfDrugs() throws {
    func sheet(_ rows: [[String]]) -> String {
      "<worksheet><sheetData>"
        + rows.enumerated().map { row, cells in
          "<row r=\"\(row + 1)\">"
            + cells.enumerated().map { column, cell in
              let place = "\(["A", "B", "C", "D"][column])\(row + 1)"
              return cell.isEmpty
                ? ""
                : Double(cell) == nil
                  ? "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(cell)</t></is></c>"
                  : "<c r=\"\(place)\"><v>\(cell)</v></c>"
            }.joined() + "</row>"
        }.joined() + "</sheetData></worksheet>"
    }
    func workbook(_ one: String, _ two: String) -> [UInt8] {
      let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
      return SmallWorkbook.archive(
        [
          ("_rels/.rels", SmallWorkbook.parts[.roots] ?? ""),
          (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"\(office)\"><sheets><sheet name=\"\(one)\" sheetId=\"1\" r:id=\"s\"/>"
              + "<sheet name=\"\(two)\" sheetId=\"2\" r:id=\"t\"/></sheets></workbook>"
          ),
          (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"s\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
              + "<Relationship Id=\"t\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>"
          ),
          ("xl/worksheets/sheet1.xml", sheet([["", "1", "2"], ["A", "0", "1"], ["B", "0", "1"]])),
          ("xl/worksheets/sheet2.xml", sheet([["", "1", "2"], ["A", "0", "0"], ["B", "20", "20"]])),
        ].map { ($0.0, Array($0.1.utf8)) })
    }
    let bytes = workbook("selinexor (uM)", "bortezomib (nM)")
    let set = LayoutSet(files: [("l.xlsx", bytes)])
    #expect(set.formats == ["layout in sheets"] && LayoutSet.recognises(bytes), "\(set.problems)")
    let wells = try #require(set.layouts.first?.wells)
    #expect(wells.map(\.role) == [.negative, .sample, .sample, .sample])
    #expect(
      wells.last?.treatments == [
        .init(drug: "selinexor", dose: 1, unit: .init("uM")), .init(drug: "bortezomib", dose: 20, unit: .init("nM")),
      ])
    // Sheets of numbers alone may be readings.
    #expect(!LayoutSet.recognises(workbook("Plate one", "Plate two")))
  }

  @Test(
    "roles in German and French",
    arguments: [
      ("Leerwert", PlateLayout.Role.blank), ("Kontrolle", .negative), ("unbehandelt", .negative),
      ("Positivkontrolle", .positive),
      ("Negativkontrolle", .negative), ("témoin", .negative), ("Témoin positif", .positive), ("blanc", .blank),
      ("leer", .empty),
    ])
  func roles(word: String, role: PlateLayout.Role) {
    let set = LayoutSet(files: [("l.csv", Array("plate,well,role\nP,A1,\(word)\nP,A2,negative\n".utf8))])
    #expect(set.layouts.first?.wells.first?.role == role, "\(set.problems)")
  }
}
