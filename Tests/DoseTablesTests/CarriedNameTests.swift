import DoseTables
import ReadingSamples
import Testing

/// What is said of one matrix is not said of the next.
@Suite("Names above one matrix of several")
struct CarriedNameTests {
  private let rows = "0,100,80,60\n10,70,50,30\n100,40,20,10\n"
  private var board: String { ",0,5,50\n" + rows }
  private let first = "Selinexor (nM) x Venetoclax (uM) - MM.1S, 72 h\n"
  private func drugs(_ file: ScreenFile) -> [[String]] { file.blocks.map { $0.axes.map(\.drug) } }

  @Test(
    "a title with a comma and without quotes begins a matrix, whatever parts it from the one before",
    arguments: ["\n", ",,,\n", "", "\n\n"],
    [
      "Selinexor (nM) x Dexamethasone (uM) - U266, 72 h\n", "Selinexor (nM) x Dexamethasone (uM), U266, 72 h\n",
      "\"Selinexor (nM) x Dexamethasone (uM) - U266, 72 h\"\n", "U266: Selinexor (nM) + Dexamethasone (uM),72 h,,\n",
      "Selinexor (nM) x Dexamethasone (uM),U266,72 h,rep 1,percent viability\n",
    ])
  func titles(between: String, title: String) {
    let file = read(first + board + between + title + ",0,2,20\n" + rows)
    #expect(drugs(file) == [["Selinexor", "Venetoclax"], ["Selinexor", "Dexamethasone"]], "\(file.problems)")
    #expect(file.blocks.map(\.sample) == ["MM.1S", "U266"] && file.blocks.map(\.wellCount) == [9, 9])
    #expect(file.blocks.last?.axes[1].doses == [0, 2, 20])
    #expect(!file.problems.contains { $0.message.contains("the well was excluded") })
  }

  @Test("fields apart by semicolons are such a title too")
  func semicolons() {
    let text = first + board + "\nSelinexor (nM) x Dexamethasone (uM),U266,72 h\n" + board
    let file = read(text.replacing(",", with: ";"))
    #expect(file.blocks.map(\.sample) == ["MM.1S", "U266"] && drugs(file).last == ["Selinexor", "Dexamethasone"])
  }

  @Test(
    "a title that is not understood takes no drug and no sample from the matrix before, and this is said",
    arguments: [
      "Panobinostat plate 7, second day\n", "Panobinostat plate 7\n", "\"Panobinostat plate 7, second day\"\n",
      "Operator,Anna\n", "Panobinostat plate 2,24,48\n",
    ], ["\n", ",,,\n", ""])
  func unread(title: String, between: String) {
    let file = read(first + board + between + title + ",0,2,20\n" + rows)
    #expect(drugs(file) == [["Selinexor", "Venetoclax"], ["drug 1", "drug 2"]], "\(file.problems)")
    #expect(file.blocks.map(\.sample) == ["MM.1S", nil])
    let doubts = file.problems(.warning).filter { $0.message.contains("was not taken for it") }
    #expect(doubts.count == 1 && doubts.first?.message.contains("Selinexor × Venetoclax in MM.1S") == true)
    #expect(doubts.first?.message.contains("Write Drug1: (down), Drug2: (across) and Cell: above it") == true)
  }

  @Test("a second title without a sample has none, and labels of its own end what was said before")
  func sample() {
    let file = read(first + board + "\nSelinexor (nM) x Dexamethasone (uM)\n" + board)
    #expect(file.blocks.map(\.sample) == ["MM.1S", nil])
    #expect(file.problems(.warning).contains { $0.message.contains("does not say the sample") })
    let labelled = read(
      "Cell: MM.1S\nRows: Selinexor (nM)\nColumns: Venetoclax (uM)\n" + board
        + "\nRows: Selinexor (nM)\nColumns: Dexamethasone (uM)\n" + board)
    #expect(labelled.blocks.map(\.sample) == ["MM.1S", nil], "\(labelled.problems)")
    #expect(labelled.problems(.warning).contains { $0.message.contains("does not say the sample") })
    let corner = read(first + board + "\nSelinexor (nM) \\ Dexamethasone (uM)" + board)
    #expect(corner.blocks.map(\.sample) == ["MM.1S", nil], "\(corner.problems)")
    let cell = read(first + board + "\nCell: U266\n" + board)
    #expect(cell.blocks.map(\.sample) == ["MM.1S", "U266"] && drugs(cell).last == ["Selinexor", "Venetoclax"])
    #expect(
      cell.problems(.warning).contains { $0.message.contains("names its drugs; Selinexor × Venetoclax, as said") })
  }

  @Test("where nothing stands above the second matrix, it is as the first, and this is doubted")
  func nothing() {
    let file = read(first + board + "\n,0,2,20\n" + rows)
    #expect(drugs(file).last == ["Selinexor", "Venetoclax"] && file.blocks.last?.sample == "MM.1S")
    let doubts = file.problems(.warning).filter { $0.message.contains("nothing above this matrix names its drugs") }
    #expect(doubts.count == 1 && doubts.first?.line == 7, "\(file.problems)")
  }

  @Test(
    "a row with an unreadable dose is no title", arguments: ["1O,40,20,10\n", "high,40,20,10\n", "high,40,n.d.,10\n"])
  func row(text: String) {
    let file = read(first + ",0,5,50\n0,100,80,60\n10,70,50,30\n" + text + "100,40,20,10\n")
    #expect(file.blocks.map(\.wellCount) == [9], "\(file.problems)")
    #expect(file.problems(.warning).contains { $0.message.contains("is not a number of 0 or more") })
  }

  @Test(
    "a short title without quotes is one too, below deviations as below a matrix; a remark that cuts a matrix is told")
  func short() {
    let corner = "Selinexor \\ Venetoclax (nM)"
    let file = read("MM.1S, 72 h\n" + corner + board + "\nU266, 72 h\n" + corner + board)
    #expect(
      file.blocks.map(\.wellCount) == [9, 9] && !file.problems.contains { $0.message.contains("is not a number") })
    let deviations = read(
      first + "\nMean" + board + "\nSD" + board + "\nU266, 72 h, Selinexor (nM) x Dexamethasone (uM)\n\nMean" + board)
    #expect(deviations.blocks.map(\.sample) == ["MM.1S", "U266"], "\(deviations.problems)")
    #expect(drugs(deviations).last == ["Selinexor", "Dexamethasone"])
    let cut = read(first + ",0,5,50\n0,100,80,60\n10,70,50,30\nNote, see above\n100,40,20,10\n")
    #expect(
      cut.problems(.warning).contains { $0.message.contains("looks like one of the matrix of line 2") && $0.line == 6 })
  }

  // MARK: Replicates

  private let labels = "Drug1:,Selinexor\nDrug2:,Venetoclax\nCell:,MM.1S\nConcUnit:,nM\n"

  @Test(
    "a word for a replicate is one in a corner below a title, below labels, above and beside a matrix",
    arguments: [("Rep 1", "Rep 2"), ("Replicate 1", "Replicate 2"), ("Run 1", "Run 2"), ("run#1", "Run #2")])
  func replicates(one: String, other: String) {
    let own = rows
    let others = rows.replacing("100,40", with: "200,40")
    let way = "Rows: Selinexor (nM)\nColumns: Venetoclax (nM)\nCell: MM.1S\n"
    for text in [
      first + one + ",0,5,50\n" + own + "\n" + other + ",0,5,50\n" + others,
      first + one + ",0,5,50\n" + own + "\n" + first + other + ",0,5,50\n" + others,
      labels + one + ",0,5,50\n" + own + "\n" + labels + other + ",0,5,50\n" + others,
      labels + one + "\n,0,5,50\n" + own + "\n" + labels + other + "\n,0,5,50\n" + others,
      one + "\n" + labels + ",0,5,50\n" + own + "\n" + other + "\n" + labels + ",0,5,50\n" + others,
      way + one + ",0,5,50\n" + own + "\n" + other + ",0,5,50\n" + others,
      first + "," + one + "\n,0,5,50\n" + own + "\n," + other + "\n,0,5,50\n" + others,
      labels.replacing("MM.1S", with: "MM.1S \(one)") + board
        + labels.replacing("MM.1S", with: "MM.1S \(other)") + ",0,5,50\n" + others,
    ] {
      let told = read(text)
      #expect(told.blocks.count == 2 && Set(drugs(told)) == [["Selinexor", "Venetoclax"]], "\(text)\(told.problems)")
      #expect(
        told.problems(.warning).contains { $0.message.contains("are called replicates of one another") },
        "\(text)\(told.problems)")
      let same = read(text.replacing("200,40", with: "100,40"))
      #expect(
        same.problems(.warning).contains { $0.message.contains("was measured 2 times at the same doses") },
        "\(text)\(same.problems)")
    }
  }

  @Test("a row of doses with something in its corner, below a matrix with labels, is no row of responses")
  func second() {
    for corner in ["Rep 2", "DMSO2 \\ x", "Selinexor \\ Dexamethasone", "U266"] {
      let file = read(labels + board + "\n" + corner + ",0,5,50\n" + rows)
      #expect(file.blocks.map(\.wellCount) == [9], "\(file.problems)")
      #expect(file.problems(.error).contains { $0.message.contains("looks like a new row of doses") })
    }
    let deviations = read(labels + board + "\nSD,0,5,50\n" + rows)
    #expect(deviations.blocks.map(\.wellCount) == [9] && deviations.problems(.error).isEmpty, "\(deviations.problems)")
  }

  // MARK: Samples

  @Test(
    "a cell line with a space or four digits, and a numbered patient, is the sample of a title",
    arguments: [
      ("RPMI 8226", "RPMI 8226"), ("RPMI-8226 cells, 72 h", "RPMI-8226"), ("HCC1937", "HCC1937"),
      ("Patient 7", "Patient 7"), ("patient: 12", "patient 12"), ("Cell line: RPMI 8226", "RPMI 8226"),
      ("HCC 1143, 3 May", "HCC 1143"), ("U 266 - May 2024", "U 266"), ("OCI-LY10, 2024-05-03", "OCI-LY10"),
      ("Sample 12", "Sample 12"), ("MDA-MB-4355 – 24 h", "MDA-MB-4355"), ("Donor 3", "Donor 3"),
    ])
  func samples(text: String, sample: String) {
    let file = read("\"Selinexor (nM) x Venetoclax (uM) - \(text)\"\n" + board)
    #expect(file.blocks.map(\.sample) == [sample], "\(file.problems)")
  }

  @Test(
    "a date is no sample",
    arguments: ["May 2024", "3rd May", "2024-05-03", "Batch 20240503", "12. Mai 2024", "03/05/24"])
  func dates(text: String) {
    #expect(read("Selinexor x Venetoclax - \(text)\n" + board).blocks.map(\.sample) == [nil])
  }

  // MARK: Names and values among the labels

  @Test("a number beside a name is no row of doses")
  func numbers() {
    let file = read(
      "Drug1:,Selinexor\nDrug2:,Venetoclax\nPassage:,7\nDate,2026-11-30\nSeeding,5000,cells\nCell:,MM.1S\nConcUnit:,nM\n"
        + board)
    #expect(drugs(file) == [["Selinexor", "Venetoclax"]] && file.blocks.first?.wellCount == 9, "\(file.problems)")
    #expect(file.blocks.first?.sample == "MM.1S" && file.problems(.error).isEmpty)
    #expect(file.problems(.warning).contains { $0.message.contains("\"Passage:\" was not recognised") })
  }

  // MARK: Numbers

  @Test("points that separate thousands are never read as decimal points in silence")
  func thousands() {
    let table = "drug1;drug2;conc1;conc2;inhibition\na;b;0;0;0\na;b;1.000;0;20\na;b;0;1.000;10\na;b;1.000;1.000;50\n"
    let matrix = "a (nM) \\ b (nM);0;1.000;2.000\n0;0;10;20\n1.000;10;20;30\n2.000;40;50;60\n"
    let labelled = "Drug1:;a\nDrug2:;b\n;0;1.000;2.000\n0;0;10;20\n1.000;10;20;30\n2.000;40;50;60\n"
    for text in [table, matrix, labelled] {
      for text in [text, text.replacing(";20\n", with: ";20,5\n"), text.replacing(";", with: "\t")] {
        let file = read(text)
        #expect(file.blocks.isEmpty, "\(text)")
        #expect(
          file.problems(.error).first?.message.contains("\"1.000\" may be a decimal point or a thousands separator")
            == true,
          "\(file.problems)")
      }
      // One number with both marks tells.
      let told = read(text.replacing("2.000", with: "2.000,5").replacing("b;1.000", with: "b;1.000,5"))
      #expect(told.blocks.first?.axes.allSatisfy { $0.doses.contains(1000) || $0.doses.contains(1000.5) } == true)
      #expect(told.problems.contains { $0.message.contains("points between thousands") }, "\(told.problems)")
    }
  }

  // MARK: Times

  @Test(
    "a time that is asked for chooses the rows of a long table",
    arguments: [
      ("time", "24", "72"), ("Time (h)", "24", "72"), ("time_h", "24.0", "72.0"), ("day", "1", "3"),
      ("timepoint", "24 h", "72h"), ("Hours", "24", "72"), ("time", "day 1", "day 3"),
    ])
  func times(column: String, one: String, other: String) {
    let wells = [("0", "0"), ("10", "0"), ("0", "10"), ("10", "10")]
    var text = "drug1,drug2,conc1,conc2,inhibition,\(column)\n"
    for (time, shift) in [(one, 0), (other, 40)] {
      for (place, well) in wells.enumerated() {
        text += "a,b,\(well.0),\(well.1),\(place == 0 ? 0 : place * 10 + shift),\(time)\n"
      }
    }
    var options = ReadingOptions()
    options.time = 72
    let file = ScreenFile.read(Array(text.utf8), name: "test.csv", options: options)
    #expect(file.blocks.map(\.wellCount) == [4] && file.blocks.first?.mean.last == 70, "\(file.problems)")
    #expect(file.problems(.warning).isEmpty && file.uses.contains(.time))
    #expect(file.problems.contains { $0.message.contains("\"\(other)\" was used, as was asked") })
    options.time = 48
    let none = ScreenFile.read(Array(text.utf8), name: "test.csv", options: options)
    #expect(none.blocks.isEmpty && none.problems(.error).contains { $0.message.contains("correct --time") })
    let partly = text.replacing("a,b,10,10,30,\(one)\n", with: "a,b,10,10,30,\n")
    options.time = 72
    #expect(
      ScreenFile.read(Array(partly.utf8), name: "test.csv", options: options).problems(.warning).contains {
        $0.message.contains("a row states no time") && $0.line == 5
      })
  }

  @Test("names that stand once are those of the rows of the time too")
  func filled() {
    var text = "drug1,drug2,conc1,conc2,inhibition,time\n"
    for (drug, shift) in [("a", 0), ("c", 5)] {
      for (place, well) in [("0", "0"), ("10", "0"), ("0", "10"), ("10", "10")].enumerated() {
        for time in ["24", "72"] {
          let isFirst = place == 0 && time == "24"
          text +=
            "\(isFirst ? drug : ""),\(isFirst ? "b" : ""),\(well.0),\(well.1),\(place == 0 ? 0 : place * 10 + shift),\(time)\n"
        }
      }
    }
    var options = ReadingOptions()
    options.time = 72
    let file = ScreenFile.read(Array(text.utf8), name: "test.csv", options: options)
    #expect(drugs(file) == [["a", "b"], ["c", "b"]], "\(file.problems)")
  }

  @Test("a sample without rows of the time is named, one that stands once is that of the rows below it")
  func samplesWithoutTime() {
    func read(_ rows: [(sample: String, day: String, time: String)]) -> ScreenFile {
      var text = "drug1,drug2,conc1,conc2,inhibition,cell_line,day,time\n"
      for row in rows {
        for (place, well) in [("0", "0"), ("10", "0"), ("0", "10"), ("10", "10")].enumerated() {
          text += "a,b,\(well.0),\(well.1),\(place * 10),\(row.sample),\(row.day),\(row.time)\n"
        }
      }
      var options = ReadingOptions()
      options.time = 48
      return ScreenFile.read(Array(text.utf8), name: "test.csv", options: options)
    }
    // Hours are chosen where a column of days stands before them.
    let lost = read([("X", "1", "24"), ("X", "2", "48"), ("Y", "2", "72")])
    #expect(lost.problems(.warning).contains { $0.message.contains("\"Y\" has no rows of the time \"48\"") })
    #expect(!lost.blocks.isEmpty && lost.blocks.allSatisfy { $0.sample == "X" }, "\(lost.problems)")
    let once = read([("X", "1", "24"), ("", "1", "48")])
    #expect(!once.problems(.warning).contains { $0.message.contains("has no rows of the time") })
  }

  @Test("a time that a file cannot use is told")
  func unused() {
    var options = ReadingOptions()
    options.time = 72
    let file = ScreenFile.read(Array((first + board).utf8), name: "test.csv", options: options)
    #expect(
      !file.uses.contains(.time)
        && file.problems.contains { $0.message.contains("this file has no column called time") })
  }
}
