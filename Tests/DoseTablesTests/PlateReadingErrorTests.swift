import Assay
import Testing

@testable import DoseTables

@Suite struct PlateReadingErrorTests {
  /// Each case with what its message must hold: place, what was read, what was expected, what to do.
  static let messages: [(PlateReadingError, [String])] = [
    (.emptyFile, ["is empty", "expected a table"]),
    (.onlyHeader(columns: ["a", "b"]), ["only the header \"a\", \"b\"", "one row for each well"]),
    (.notText(kind: "a PDF"), ["this is a PDF", "save the table as CSV"]),
    (
      .notADoseMatrix(line: 3, columns: ["x"], missing: ["the dose"]),
      ["line 3", "\"x\"", "missing: the dose", "conc1", "rename"]
    ),
    (
      .ownTable(line: 2, name: "cells.csv"),
      ["line 2", "the cells.csv of a run", "results, not measurements", "name the file"]
    ),
    (.thousandsSeparator(line: 4, text: "1,000"), ["line 4", "\"1,000\"", "decimal point"]),
    (.openQuote(line: 5), ["line 5", "never closed", "close or remove"]),
    (
      .endsWithinRow(line: 9, value: 12),
      ["line 9", "ends here without a line end", "its last response, 12", "end the line"]
    ),
    (.rowTooLarge(line: 6), ["line 6", "100000 fields", "excluded", "check the separator"]),
    (
      .tooManyColumns(line: 2, found: 60_008, most: 5_000),
      ["line 2", "60008 columns", "at most 5000", "remove the others"]
    ),
    (
      .tooManyCopies(wells: 20_000, blocks: 30_000, copies: 600_000_000),
      [
        "20000 single-drug and untreated wells", "30000 combinations", "600000000 wells", "at most 20000000",
        "block_id",
      ]
    ),
    (.undecidableResponse(seen: "it is odd"), ["it is odd", "--response"]),
    (.noUnit, ["no concentration unit", "conc_unit"]),
    (.noUnitOf(drugs: ["a"]), ["no concentration unit", "\"a\"", "State it"]),
    (
      .exclusionsUnread(column: "QC", values: ["ok", "fail"]),
      ["\"QC\"", "\"fail\"", "every well counts", "--exclude-wells"]
    ),
    (
      .doseRepeated(line: 3, drug: "a", doses: ["0.1"], isAcross: false),
      ["line 3", "0.1 of a", "several rows", "Correct the dose"]
    ),
    (.groupedRows(line: 3, rows: 6, doses: 3), ["line 3", "6 rows of 3 doses", "replicates"]),
    (.computedMatrix(line: 4, title: "p-value"), ["line 4", "\"p-value\"", "was not read", "call it otherwise"]),
    (
      .otherControls(column: "role", values: ["pos"], wells: 3),
      ["3 wells without a drug", "\"pos\"", "\"role\"", "not used", "DMSO"]
    ),
    (
      .unlikeControls(column: "role", values: ["C1", "C2"], levels: [100, 3]),
      ["\"role\"", "\"C1\" (median 100)", "\"C2\" (3)", "Exclude the others"]
    ),
    (
      .computedRows(column: "replicate", values: ["SD"], rows: 16),
      ["16 rows", "\"SD\"", "\"replicate\"", "computed of other rows", "not used"]
    ),
    (
      .untreatedBesideVehicle(column: "role", values: ["untreated"], wells: 3),
      ["3 wells", "\"untreated\"", "beside wells with the vehicle", "not used"]
    ),
    (
      .untreatedOfOthers(column: "donor", values: ["D2"], wells: 4),
      ["4 untreated wells", "\"D2\"", "nothing was treated", "--columns ignore=donor"]
    ),
    (
      .untreatedTorn(low: 0.5, high: 96.5, lowWells: 2, highWells: 2),
      ["2 near 0.5 % inhibition", "2 near 96.5", "Exclude the others"]
    ),
    (.untreatedLow(control: 0, low: -60), ["-60 % inhibition", "untreated wells (0)", "Look at the untreated wells"]),
    (.correctedUnread(name: "RLU_bg", read: "RLU"), ["\"RLU_bg\"", "\"RLU\" was taken", "--columns response=RLU_bg"]),
    (.summaryRow(line: 9, text: "Mean"), ["line 9", "\"Mean\"", "no drugs and no doses", "not used"]),
    (.groupsUnlike(line: 1, levels: [60, 3]), ["line 1", "60, 3", "no replicates", "Give the replicates"]),
    (.signalRises(top: 412), ["412 %", "dead cells", "inhibition", "--response signal"]),
    (.scoresOnly(wells: 7), ["all 7 wells", "exactly 0", "Give the responses", "--response"]),
    (
      .dosesInDrugColumns(line: 1, columns: ["drugA", "drugB"]),
      ["line 1", "\"drugA\", \"drugB\"", "read as the doses"]
    ),
    (
      .condition(column: "arm", values: ["x"], alone: ["S"], blocks: 2),
      ["\"arm\"", "\"x\"", "\"S\"", "reference of each", "--columns"]
    ),
    (.noDrugNames, ["no drug names", "\"drug 1\"", "Add the columns"]),
    (.noBlockColumn, ["no block_id column", "numbered"]),
    (
      .columnUnread(name: "response", read: "inhibition"), ["\"response\" was not read", "\"inhibition\"", "--columns"]
    ),
    (
      .responseContradicted(read: "viability, %", seen: "controls read 1", instead: "inhibition"),
      ["viability, %", "controls read 1", "--response inhibition"]
    ),
    (.countedAxes(line: 2, count: 5), ["line 2", "0, 1, … 4", "row and column numbers", "write the doses"]),
    (
      .secondMatrix(line: 9, doses: ["0", "10"], block: "1"),
      ["line 9", "(0, 10)", "block 1", "nothing below it was read", "Write Drug1:"]
    ),
    (
      .replicatesPooled(what: "a × b in C", places: ["\"Rep 1\" (line 1)", "\"Rep 2\" (line 9)"], isCertain: true),
      ["a × b in C", "2 blocks", "\"Rep 1\" (line 1), \"Rep 2\" (line 9)", "--replicates separate keeps"]
    ),
    (
      .replicatesUnlike(what: "a × b", places: ["block 1 (line 1)", "block 2 (line 9)"], names: ["MM.1S", "U266"]),
      [
        "a × b: block 1 (line 1), block 2 (line 9)", "were not pooled", "MM.1S", "U266", "Rep 1, Rep 2",
        "--corrections",
      ]
    ),
    (
      .replicatesPooled(what: "a × b", places: ["\"R1\" (line 1)", "\"R2\" (line 9)"], isCertain: false),
      ["Their names differ", "give --replicates separate"]
    ),
    (
      .replicatesDiffer(what: "a × b", places: ["\"Rep 1\" (line 1)", "\"Rep 2\" (line 9)"]),
      ["\"Rep 2\" (line 9)", "different doses", "kept apart", "Correct the doses"]
    ),
    (
      .blocksRepeated(what: "a × b", places: ["block 1 (line 1)", "block 2 (line 9)"], isSampleNamed: false),
      [
        "a × b was measured 2 times", "no sample is named", "block 2 (line 9)", "--replicates pool",
        "Cell:",
      ]
    ),
    (
      .blocksRepeated(what: "a × b in C", places: ["block 1 (line 1)", "block 2 (line 9)"], isSampleNamed: true),
      ["a × b in C was measured 2 times", "correct their names"]
    ),
    (
      .titleRead(
        line: 1, title: "a (nM) x b - C", rows: "a (nM)", columns: "b", sample: "C", isOrderGuessed: true),
      [
        "line 1", "\"a (nM) x b - C\"", "a (nM) was taken for the rows", "b for the columns", "C for the sample",
        "write Drug1:",
      ]
    ),
    (.titleSample(line: 1, title: "Cell line C", sample: "C"), ["line 1", "C was taken", "\"Cell line C\"", "Cell:"]),
    (
      .timeRepeated(time: "72", lines: [4, 9]),
      ["the time \"72\" stands in 2 rows", "4, 9", "as replicates", "a file of its own"]
    ),
    (.dosesBare(columns: ["RH4", "RH5"]), ["\"RH4\", \"RH5\"", "taken for the doses", "RH4 (nM)", "--columns"]),
    (
      .unitSaidTwice(line: 3, drug: "a", used: "nM", other: "uM"),
      ["line 3", "the doses of a", "in nM and in uM", "Take the wrong one away"]
    ),
    (
      .partsCombined(drugs: ["a", "b", "c"], combined: [["a", "b"], ["b", "c"]]),
      ["no well holds a, b, c together", "a × b", "b × c"]
    ),
    (
      .titleDecided(title: "\"A\" in line 1 says inhibition", read: "inhibition, %"),
      ["no untreated wells tell", "read as inhibition, %", "--response"]
    ),
    (
      .titleNamesOthers(line: 2, title: "a + b", drugs: ["x", "y"]),
      ["line 2", "\"a + b\" names other drugs", "x × y", "Correct whichever is wrong", "Cell:"]
    ),
    (
      .titleContradicted(
        title: "\"A\" in line 1 says inhibition", says: "inhibition", read: "viability, %", seen: "controls read 99"),
      ["\"A\" in line 1 says inhibition, and", "read as viability, %, since controls read 99", "--response inhibition"]
    ),
    (.titleUnread(title: "a b"), ["\"a b\" is the name of the block", "Write them", "Drug1:", "Cell:"]),
    (
      .titleUnclear(line: 1, title: "a x b - C - D", parts: ["C", "D"]),
      ["line 1", "\"a x b - C - D\"", "any of \"C\", \"D\"", "write Cell:"]
    ),
    (.unmeasured(count: 3, text: "n.d."), ["3 cells say \"n.d.\"", "nothing was measured"]),
    (
      .looksLikeFraction(read: "viability, %", seen: "the values lie between 0.1 and 1"),
      ["viability, %", "between 0.1 and 1", "--response viability-fraction", "add the untreated wells"]
    ),
    (.groupedColumns(line: 2, columns: 6, doses: 3), ["line 2", "6 columns", "3 doses", "replicates"]),
    (.sheetFacts(facts: ["Unit: nM"]), ["\"Unit: nM\"", "other sheets"]),
    (.sheetUnread(texts: ["a", "b"], isNeeded: true), ["was not read", "\"a\", \"b\"", "Drug 1 | selinexor"]),
    (.thousandsRead(line: 4, text: "1.000"), ["points between thousands", "decimal commas"]),
    (.thousandsSeparator(line: 4, text: "1.000"), ["\"1.000\" may be a decimal point or a thousands separator"]),
    (
      .notCarried(line: 9, title: "Plate 2", from: 2, drugs: ["a", "b"], sample: "C"),
      ["line 9", "\"Plate 2\"", "matrix of line 2", "a × b in C", "Write Drug1: (down), Drug2: (across) and Cell:"]
    ),
    (
      .notCarried(line: 9, title: nil, from: 2, drugs: [], sample: "C"),
      ["this matrix does not say the sample", "(C)", "Write Cell: above it"]
    ),
    (
      .strayRow(line: 9, text: "100", matrix: 2),
      ["line 9", "(\"100\", …)", "matrix of line 2", "was not read", "take away what stands between"]
    ),
    (
      .titleCarried(line: 9, from: 2, drugs: ["a", "b"], sample: "C"),
      ["line 9", "nothing above this matrix names its drugs", "a × b in C", "matrix of line 2", "write Drug1:"]
    ),
    (
      .sheetSample(said: "C", called: ["D", "E"], isCalled: true),
      ["the sample is C", "\"D\", \"E\"", "names were taken", "write Cell:"]
    ),
    (
      .sheetSample(said: "C", called: ["D"], isCalled: false),
      ["another is called \"D\"", "C was taken for the sample of all", "write Cell:"]
    ),
    (.timeUnused(wanted: 72), ["72 h was asked for", "no column called time", "all of it was used", "in a title"]),
    (
      .timeMissing(line: 4, column: "time", rows: 2),
      ["line 4", "2 rows state no time in \"time\"", "Write the time into every row"]
    ),
    (
      .samplesWithoutTime(time: "48", samples: ["RPMI 8226"]),
      ["\"RPMI 8226\" has no rows of the time \"48\"", "not in the results", "--time"]
    ),
    (.thousandsRead(line: 4, text: "1,000"), ["line 4", "\"1,000\"", "commas between thousands", "decimal points"]),
    (
      .secondDose(line: 1, known: "a (nM)", columns: ["b"]),
      ["line 1", "\"a (nM)\"", "b (nM)", "--columns \"conc1=a (nM),conc2=b\""]
    ),
    (
      .looksLikeSignal(read: "viability, %", seen: "the untreated controls read 78000 (median)"),
      ["viability, %", "78000", "cannot be", "--response signal"]
    ),
    (.tooManyFields(line: 7, found: 9, expected: 8), ["line 7", "9 fields", "header has 8", "excluded", "in quotes"]),
    (.tooFewFields(line: 7, found: 3, expected: 6), ["line 7", "only 3 fields", "at least 6", "cut off"]),
    (.unreadableResponse(line: 8, text: "OVRFLW"), ["line 8", "\"OVRFLW\"", "not a number", "Correct"]),
    (
      .unreadableDose(line: 8, drug: "a", text: ""),
      ["line 8", "(empty)", "of a", "number of 0 or more", "Write the dose"]
    ),
    (.negativeDose(line: 8, drug: "a", text: "-1"), ["line 8", "-1", "negative", "0 or more", "logarithm"]),
    (.drugNameMissing(line: 9, column: "drug2"), ["line 9", "\"drug2\"", "two or more", "Name every drug"]),
    (
      .more(count: 12, kind: .response, firstLine: 3, lastLine: 30),
      ["12 more wells without a readable response", "lines 3 to 30"]
    ),
    (.unknownLabel(line: 2, text: "Foo"), ["line 2", "\"Foo\"", "expected Drug1:", "excluded"]),
    (.matrixIncomplete(line: 2, missing: "Drug2"), ["line 2", "no Drug2", "expected the rows"]),
    (.unitsDiffer(line: 3, drug: "a", first: "nM", other: "mg/mL"), ["line 3", "\"nM\"", "\"mg/mL\"", "in one unit"]),
    (
      .synonymJoined(line: 3, name: "KPT-330", first: "selinexor"),
      ["line 3", "KPT-330", "another name of", "selinexor", "--keep-names"]
    ),
    (.unitsConverted(line: 3, drug: "a", first: "nM", other: "uM"), ["line 3", "in uM were converted to nM"]),
    (
      .unitContradicted(line: 3, drug: "a", column: "conc1_uM", header: "uM", stated: "nM"),
      ["line 3", "\"conc1_uM\"", "uM", "nM", "Correct one"]
    ),
    (
      .treatmentUnread(line: 3, column: "treatment", text: "a-b"),
      ["line 3", "\"treatment\"", "\"a-b\"", "drug1 + drug2", "--columns ignore=treatment"]
    ),
    (
      .confounded(column: "time", alone: ["24"], together: ["48"]),
      ["\"time\"", "\"24\"", "\"48\"", "measured apart", "interaction"]
    ),
    (.hiddenSheets(names: ["old"], canChoose: true), ["\"old\" is hidden", "not read", "unhide", "--sheet"]),
    (.hiddenRows(sheet: "Data", count: 3, first: 7), ["sheet \"Data\"", "3 rows are hidden", "row 7", "were read"]),
    (.computedSheet, ["computed", "not read"]),
    (.blankRow(line: 3), ["line 3", "\"blank\"", "without cells", "untreated", "remove the row"]),
    (.dashes(count: 2, line: 3), ["2 doses", "dash", "line 3", "read as 0"]),
    (.treatmentText(line: 3, text: "x"), ["line 3", "\"x\"", "not recognised", "selinexor 10 nM", "drug1"]),
    (
      .treatmentsRead(line: 3, column: "t", text: "a 1 nM + b 2 nM", drugs: ["a 1 nM", "b 2 nM"]),
      ["\"t\"", "\"a 1 nM + b 2 nM\"", "\"b 2 nM\""]
    ),
    (.computedAxis(labels: ["Mean"]), ["\"Mean\"", "computed of the others", "not read"]),
    (.axisUnits(line: 3, drug: "a", unit: "uM"), ["line 3", "uM", "some have none", "a (uM)"]),
    (.mixlowRead(trays: 9), ["9 trays", "concentration times its share", "median of its tray's untreated"]),
    (
      .mixlowTray(line: 3, tray: "t1", what: "no blank"), ["line 3", "tray \"t1\"", "no blank", "Correct it", "conc1"]
    ),
    (
      .raysRead(line: 3, dose: "dose", share: "pct", whole: 100),
      ["line 3", "\"dose\"", "\"pct\" as drug 1's share", "100: drug 1 alone", "write the doses"]
    ),
    (.unitPartlyStated(line: 3, drug: "a", unit: "nM"), ["line 3", "no unit", "\"nM\"", "every row"]),
    (.mostWellsUnreadable(leftOut: 20, wells: 36), ["20 of 36", "at least half", "Correct"]),
    (.noWells, ["no well", "correct the rows"]),
    (.notAGrid(.noWells), ["no measured well"]),
    (.noCombination(shape: [1, 6], drugs: ["a", "b"]), ["1 × 6", "a and b", "no combination", "at least 2 × 2"]),
    (.monotherapyMissing(drugs: ["a"]), ["no well holds a alone", "add the single-drug wells"]),
    (.noControl, ["no untreated control", "used without it", "add the control"]),
    (
      .blockSplit(label: "1", by: .drugs, into: ["1/a", "1/b"]),
      ["block \"1\"", "several drug pairs", "\"1/a\", \"1/b\"", "own block_id"]
    ),
    (.sameDrugTwice(name: "a"), ["a is combined with itself", "correct the name"]),
    (
      .offGridDose(drug: "a", dose: 1.1, unit: "nM", wells: 1, nearest: 1),
      ["dose 1.1 nM of a", "1 well", "typing error for 1?"]
    ),
    (
      .copies(cells: 3, ofCells: 36, value: 1.5, lines: [2, 9]), ["3 of 36", "1.5 on lines 2, 9", "remove the copies"]
    ),
    (
      .extraWells(doses: "a 1, b 2", values: [1, 7], usual: 1, lines: [3, 8]),
      ["2 wells at a 1, b 2", "elsewhere 1", "1, 7 on lines 3, 8", "Remove"]
    ),
    (.missingCells(missing: 2, cells: 36), ["2 of 36", "nothing is filled in"]),
    (.constant(value: 0), ["every response is 0", "kept"]),
    (
      .implausibleResponses(count: 2, worst: 300, low: -150, high: 150),
      ["2 responses", "-150…150", "300", "not clamped", "Look"]
    ),
    (.controlFar(control: 98.07, tolerance: 40), ["98.1 %", "within 40 of 0", "Look at the control"]),
    (
      .blockReversed(control: 99, top: 3, read: "inhibition, %", instead: "viability"),
      ["99", "3", "inhibition, %", "--response viability"]
    ),
    (
      .blockScaleDiffers(low: 0, high: 1, read: "inhibition, %", instead: "inhibition-fraction"),
      ["0 and 1", "inhibition, %", "--response inhibition-fraction"]
    ),
  ]

  @Test(arguments: messages)
  func `a message says what was read, what was expected and what to do`(error: PlateReadingError, parts: [String]) {
    for part in parts { #expect(error.description.contains(part), "\(error.description)") }
  }

  @Test(arguments: messages.filter { $0.0.description.hasPrefix("line ") })
  func `a message that names a line belongs to that line`(error: PlateReadingError, parts: [String]) throws {
    let line = try #require(error.line)
    #expect(error.description.hasPrefix("line \(line)"))
  }

  @Test func `text from a file is shortened and kept on one line`() {
    let message = PlateReadingError.unreadableResponse(line: 1, text: String(repeating: "x\n", count: 5_000))
      .description
    #expect(message.count < 200 && !message.contains("\n"))
  }

  @Test func `of each kind five are told and the rest counted`() {
    var list = FindingList()
    for line in 1...1000 { list.add(.warning(.unreadableResponse(line: line, text: "NA"))) }
    list.add(.info(.noUnit))
    #expect(list.all.count == FindingList.limit + 2)
    #expect(list.all[FindingList.limit].error == .more(count: 995, kind: .response, firstLine: 6, lastLine: 1000))
    #expect(list.all[FindingList.limit].severity == .warning)
  }

  @Test("one finding beyond those that are told is told too, and not counted")
  func oneMore() {
    var list = FindingList()
    for line in 1...FindingList.limit + 1 { list.add(.warning(.unreadableResponse(line: line, text: "NA"))) }
    #expect(list.all.map(\.line) == [1, 2, 3, 4, 5, 6])
    #expect(list.all.last?.error == .unreadableResponse(line: 6, text: "NA"))
  }

  @Test("one problem beyond those of the blocks that are told is told too")
  func oneMoreBlock() {
    var text = "block_id,drug1,drug2,conc1,conc2,viability\n"
    for block in 1...4 { text += "\(block),a,b,0,0,100\n\(block),a,b,1,0,80\n\(block),a,b,1,2,40\n" }
    let file = ScreenFile.read(Array(text.utf8), name: "test.csv", options: ReadingOptions(), mostProblems: 4)
    let refused = file.problems.filter { $0.severity == .error }
    #expect(refused.count == 4 && refused.last?.blockID == "4", "\(file.problems)")
  }
}
