import Assay
import Spreadsheets

/// What can be wrong with a file, a row, a well or a block. Every message says what was read, what was expected and
/// what to do.
package enum PlateReadingError: Error, Equatable {
  // The file.
  case emptyFile
  case onlyHeader(columns: [String])
  case notText(kind: String)
  case workbook(WorkbookError)
  case notADoseMatrix(line: Int, columns: [String], missing: [String])
  case ownTable(line: Int, name: String)
  case exportWithoutLayout(reader: String, plates: [String], wells: Int)
  case layoutWithoutExport
  case wellsAndSignal(line: Int)
  case thousandsSeparator(line: Int, text: String)
  case openQuote(line: Int)
  /// The last row has no line end, and its block has fewer wells in some cells than in others.
  case endsWithinRow(line: Int, value: Double)
  case rowTooLarge(line: Int)
  /// The header of a table has more columns than are looked at.
  case tooManyColumns(line: Int, found: Int, most: Int)
  case undecidableResponse(seen: String)
  case noUnit
  /// Some drugs' units are stated, and others' are not.
  case noUnitOf(drugs: [String])
  /// A column whose name and values say that some wells are not to be used.
  case exclusionsUnread(column: String, values: [String])
  /// Wells without a drug that are called another control than untreated cells.
  case otherControls(column: String, values: [String], wells: Int)
  /// Wells without a drug in two groups, by a column, that are no one control.
  case unlikeControls(column: String, values: [String], levels: [Double])
  /// Rows that were computed of others, by a column.
  case computedRows(column: String, values: [String], rows: Int)
  /// Untreated wells beside wells with the vehicle.
  case untreatedBesideVehicle(column: String, values: [String], wells: Int)
  /// Untreated wells of values of which nothing was treated.
  case untreatedOfOthers(column: String, values: [String], wells: Int)
  /// Untreated wells in two groups; a few that are far from the others; and untreated wells that are far below low doses.
  case untreatedTorn(low: Double, high: Double, lowWells: Int, highWells: Int)
  case untreatedLow(control: Double, low: Double)
  /// A signal beside the one that is read, which by its name was corrected.
  case correctedUnread(name: String, read: String)
  /// A row without names and doses that was computed of others.
  case summaryRow(line: Int, text: String)
  /// The columns below each title differ as no replicates do.
  case groupsUnlike(line: Int, levels: [Double])
  /// A raw signal that is higher where both drugs have high doses.
  case signalRises(top: Double)
  /// One dose stands several times along an axis, and others do not.
  case doseRepeated(line: Int, drug: String, doses: [String], isAcross: Bool)
  /// Every dose down stands in several rows.
  case groupedRows(line: Int, rows: Int, doses: Int)
  /// A matrix that is called after what was computed of responses.
  case computedMatrix(line: Int, title: String)
  /// A matrix of scores: each drug alone reads exactly 0.
  case scoresOnly(wells: Int)
  /// Columns called after drugs that hold numbers.
  case dosesInDrugColumns(line: Int, columns: [String])
  case noDrugNames
  case noBlockColumn
  /// Text above the table.
  case rowsAbove(count: Int, first: String)
  /// Text around matrices without labels.
  case rowsAround(count: Int, first: String)
  /// A column that was chosen is not there.
  case columnNotFound(line: Int, wanted: String, columns: [String])
  case timeNotFound(wanted: Double?, times: [String])
  /// A time was asked for in a file that states none.
  case timeUnused(wanted: Double)
  /// Rows state no time where one was asked for.
  case timeMissing(line: Int, column: String, rows: Int)
  case samplesWithoutTime(time: String, samples: [String])
  case timeChosen(time: String, times: [String], wasAsked: Bool)
  /// Untreated cells without the drugs' solvent were not used beside cells with it.
  case solventUsed(columns: Int)
  case sheetNotFound(wanted: String, sheets: [String])
  /// Sheets of a workbook that its readers do not see.
  case hiddenSheets(names: [String], canChoose: Bool)
  /// Rows of a sheet that its readers do not see.
  case hiddenRows(sheet: String, count: Int, first: Int)
  /// A raw signal was divided by the untreated wells' median.
  case signalDivided(wells: Int, blocks: Int, isByPlate: Bool)
  case noUntreatedForSignal(level: Double?, isOfPlate: Bool)
  /// Which drug stands down and which across in a matrix without labels.
  case axesNamed(line: Int, rows: String, columns: String)
  /// Rows or columns of a matrix were computed of the others.
  case computedAxis(labels: [String])
  /// Some doses of an axis have a unit, and the others cannot be in it.
  case axisUnits(line: Int, drug: String, unit: String)
  /// A header that is not the table's stands below it.
  case anotherTable(line: Int)
  /// A column has too many values to be told apart by.
  case conditionTooLarge(column: String)
  case columnUnread(name: String, read: String)
  /// A dose column whose name says that it holds logarithms.
  case logarithms(line: Int, column: String)
  case replicateColumns(names: [String])
  /// A treatment may be several drugs and cannot be taken apart.
  case treatmentUnclear(line: Int, text: String, doses: Int)
  /// The dose columns of a treatment cannot be told apart.
  case treatmentDoses(line: Int, text: String)
  /// A treatment is not understood where others, with doses and units, are.
  case treatmentText(line: Int, text: String)
  case treatmentsRead(line: Int, column: String, text: String, drugs: [String])
  /// A column of treatments was taken apart into drugs.
  case treatmentsSplit(line: Int, column: String, text: String, drugs: [String])
  /// Tables stand beside one another in a sheet, and what stands there and is none.
  case tablesBeside(columns: [String])
  case columnsBeside(column: String)
  case tablesDiffer(kinds: [String])
  /// A matrix whose numbers across or down are times, and one whose doses look like times.
  case timesAcross(line: Int, times: [String])
  case dosesLikeTimes(line: Int, times: [String])
  /// Doses that may be the numbers of rows and columns.
  case countedAxes(line: Int, count: Int)
  /// A second row of doses below a matrix with labels; what it stands for is not said.
  case secondMatrix(line: Int, doses: [String], block: String)
  /// Blocks that are replicates were pooled; words of replicates with other doses; blocks that are there several times.
  case replicatesPooled(what: String, places: [String], isCertain: Bool)
  /// Blocks that were to be pooled and that may be of different samples.
  case replicatesUnlike(what: String, places: [String], names: [String])
  case replicatesDiffer(what: String, places: [String])
  case blocksRepeated(what: String, places: [String], isSampleNamed: Bool)
  /// Each dose across a matrix has several columns.
  case groupedColumns(line: Int, columns: Int, doses: Int)
  /// A sheet names drugs, units or the sample of the tables of others; a sheet that holds no table.
  case sheetFacts(facts: [String])
  case sheetUnread(texts: [String], isNeeded: Bool)
  /// A sheet is called after another sample than such a sheet names.
  case sheetSample(said: String, called: [String], isCalled: Bool)
  /// Commas between thousands, in a file with decimal points.
  case thousandsRead(line: Int, text: String)
  /// A drug alone has a unit in its column's name, and which other column holds doses is not said.
  case secondDose(line: Int, known: String, columns: [String])
  /// Cells of matrices that say that nothing was measured.
  case unmeasured(count: Int, text: String)
  /// What was taken from the title of a matrix.
  case titleRead(line: Int, title: String, rows: String, columns: String, sample: String?, isOrderGuessed: Bool)
  case titleSample(line: Int, title: String, sample: String)
  /// Columns that are called after drugs and were taken for their doses.
  case dosesBare(columns: [String])
  /// A time that stands in several rows of a table of treatments and times.
  case timeRepeated(time: String, lines: [Int])
  /// A label's unit and the one behind a drug's name.
  case unitSaidTwice(line: Int, drug: String, used: String, other: String)
  /// A block of several drugs that were combined in part.
  case partsCombined(drugs: [String], combined: [[String]])
  /// A title that told what the responses are, where no untreated wells do.
  case titleDecided(title: String, read: String)
  /// A title that names other drugs than the matrix below it.
  case titleNamesOthers(line: Int, title: String, drugs: [String])
  /// A title, or a name, that says another kind of response than was read.
  case titleContradicted(title: String, says: String, read: String, seen: String)
  /// A title of which nothing was taken.
  case titleUnread(title: String)
  /// What was said of the matrix before is not said of this one; or is taken for it.
  case notCarried(line: Int, title: String?, from: Int, drugs: [String], sample: String?)
  /// A row of a dose and responses without a row of doses above it.
  case strayRow(line: Int, text: String, matrix: Int)
  case titleCarried(line: Int, from: Int, drugs: [String], sample: String?)
  /// Parts of a title of which each may be the sample.
  case titleUnclear(line: Int, title: String, parts: [String])
  /// Responses that are far from any percent.
  case looksLikeSignal(read: String, seen: String)
  case looksLikeFraction(read: String, seen: String)
  /// Mixtures in a fixed ratio.
  /// Trays of the R package mixlow were read, or one cannot be.
  case mixlowRead(trays: Int)
  case mixlowTray(line: Int, tray: String, what: String)
  /// A total dose and a share were read as the doses of two drugs.
  case raysRead(line: Int, dose: String, share: String, whole: Double)
  case rays(line: Int, dose: String, share: String)
  /// GDSC's raw files.
  case oneRowADrug(line: Int)
  case fixedRatios(pairs: Int, ratios: Int, missing: Int)
  /// Columns of numbers that may be the responses of samples.
  case wideResponses(line: Int, columns: [String])
  /// Columns say what each drug does alone.
  case aloneColumns(names: [String])
  /// NCI-ALMANAC's growth since time zero is not read.
  case growthUnread(column: String, read: String)
  /// Names were taken from the rows above, or are missing.
  case sampleAbove(line: Int, name: String)
  case namesFilled(line: Int, columns: [String])
  case sampleMissing(line: Int, column: String, wells: Int)
  /// Responses were written with an error, or only some with a percent sign.
  case errorsNotUsed(count: Int, lines: [Int])
  case percentPartly(line: Int, percents: Int, others: Int)
  /// Columns without a role.
  case columnsPassedOver(names: [String])
  /// A column without a role tells wells of one dose pair apart.
  case condition(column: String, values: [String], alone: [String], blocks: Int)
  /// Wells of a condition under which nothing was combined.
  case conditionWithoutPair(columns: [String], wells: Int)
  /// A column that says *replicate* does.
  case pooled(column: String, values: Int)
  case pairTurned(line: Int, drugs: [String])
  case singleShared(drugs: [String], wells: Int, blocks: Int)
  /// A row that calls its well blank.
  case blankRow(line: Int)
  /// Doses that are written as a dash.
  case dashes(count: Int, line: Int)
  case singleWithoutPair(line: Int, drugs: [String])
  /// Single-drug and untreated wells belong to so many combinations that their copies are too many to be held.
  case tooManyCopies(wells: Int, blocks: Int, copies: Int)
  case dosesMerged(drug: String, doses: [Double], unit: String, number: Int, tolerance: Double)
  case responseContradicted(read: String, seen: String, instead: String)

  // A row or a well.
  case tooManyFields(line: Int, found: Int, expected: Int)
  case tooFewFields(line: Int, found: Int, expected: Int)
  case unreadableResponse(line: Int, text: String)
  case unreadableDose(line: Int, drug: String, text: String)
  case negativeDose(line: Int, drug: String, text: String)
  case drugNameMissing(line: Int, column: String)
  case more(count: Int, kind: Kind, firstLine: Int?, lastLine: Int?)

  // A label row or a table of the Matrix format.
  case unknownLabel(line: Int, text: String)
  case matrixIncomplete(line: Int, missing: String)

  // A block.
  case unitsDiffer(line: Int, drug: String, first: String, other: String)
  case unitsConverted(line: Int, drug: String, first: String, other: String)
  case unitPartlyStated(line: Int, drug: String, unit: String)
  /// A dose column's name has another unit than the column of units.
  case unitContradicted(line: Int, drug: String, column: String, header: String, stated: String)
  /// A column of treatments whose drugs were not told apart.
  case treatmentUnread(line: Int, column: String, text: String)
  /// Combinations and drugs alone differ in a column.
  case confounded(column: String, alone: [String], together: [String])
  /// A worksheet that by its name holds what was computed.
  case computedSheet
  case synonymJoined(line: Int, name: String, first: String)
  case mostWellsUnreadable(leftOut: Int, wells: Int)
  case noWells
  case notAGrid(DoseMatrixError)
  case noCombination(shape: [Int], drugs: [String])
  case monotherapyMissing(drugs: [String])
  case noControl
  case blockSplit(label: String, by: SplitReason, into: [String])
  case sameDrugTwice(name: String)
  case offGridDose(drug: String, dose: Double, unit: String, wells: Int, nearest: Double)
  case copies(cells: Int, ofCells: Int, value: Double, lines: [Int])
  case extraWells(doses: String, values: [Double], usual: Int, lines: [Int])
  case missingCells(missing: Int, cells: Int)
  case constant(value: Double)
  case implausibleResponses(count: Int, worst: Double, low: Double, high: Double)
  case controlFar(control: Double, tolerance: Double)
  case blockReversed(control: Double, top: Double, read: String, instead: String)
  case blockScaleDiffers(low: Double, high: Double, read: String, instead: String)

  /// Why rows of one block id became several blocks.
  package enum SplitReason: String, Equatable {
    case drugs = "drug pairs"
    case sample = "samples"
  }

  /// The line the case itself knows.
  package var line: Int? {
    switch self {
    case .notADoseMatrix(let line, _, _), .columnNotFound(let line, _, _), .axesNamed(let line, _, _),
      .axisUnits(let line, _, _),
      .anotherTable(let line), .treatmentUnclear(let line, _, _), .treatmentDoses(let line, _),
      .treatmentsSplit(let line, _, _, _), .treatmentText(let line, _), .timesAcross(let line, _),
      .dosesLikeTimes(let line, _), .countedAxes(let line, _), .secondMatrix(let line, _, _),
      .titleRead(let line, _, _, _, _, _), .titleNamesOthers(let line, _, _), .unitSaidTwice(let line, _, _, _),
      .titleSample(let line, _, _),
      .titleUnclear(let line, _, _),
      .strayRow(let line, _, _),
      .timeMissing(let line, _, _),
      .notCarried(let line, _, _, _, _), .titleCarried(let line, _, _, _),
      .groupedColumns(let line, _, _), .groupedRows(let line, _, _), .computedMatrix(let line, _),
      .doseRepeated(let line, _, _, _),
      .dosesInDrugColumns(let line, _), .thousandsRead(let line, _), .secondDose(let line, _, _),
      .summaryRow(let line, _), .groupsUnlike(let line, _),
      .rays(let line, _, _), .raysRead(let line, _, _, _), .mixlowTray(let line, _, _), .oneRowADrug(let line),
      .wideResponses(let line, _), .namesFilled(let line, _),
      .sampleMissing(let line, _, _),
      .percentPartly(let line, _, _),
      .logarithms(let line, _), .pairTurned(let line, _),
      .singleWithoutPair(let line, _), .blankRow(let line), .ownTable(let line, _), .wellsAndSignal(let line),
      .thousandsSeparator(let line, _),
      .openQuote(let line), .endsWithinRow(let line, _),
      .rowTooLarge(let line), .tooManyColumns(let line, _, _),
      .tooManyFields(let line, _, _),
      .tooFewFields(let line, _, _), .unreadableResponse(let line, _), .unreadableDose(let line, _, _),
      .negativeDose(let line, _, _), .drugNameMissing(let line, _), .unknownLabel(let line, _),
      .matrixIncomplete(let line, _),
      .unitsDiffer(let line, _, _, _), .unitsConverted(let line, _, _, _),
      .unitPartlyStated(let line, _, _), .unitContradicted(let line, _, _, _, _), .treatmentUnread(let line, _, _),
      .synonymJoined(let line, _, _):
      line
    case .copies(_, _, _, let lines), .extraWells(_, _, _, let lines), .errorsNotUsed(_, let lines): lines.first
    default: nil
    }
  }

  /// The kinds of which a file may hold very many, and their names in a sentence that counts them.
  package enum Kind: String {
    case single = "problems"
    case fieldCount = "rows with another number of fields than the header"
    case response = "wells without a readable response"
    case dose = "wells without a readable dose"
    case drugName = "rows without a drug name"
    case label = "label rows that were not recognised"
    case units = "changes of unit"
    case names = "changes of a drug's name"
    case offGrid = "doses off the grid"
    case extraWells = "cells with more wells than the rest"
    case blanks = "rows that are called blank"
    case columns = "columns that were not read"
    case singles = "single-drug wells without a combination"
    case carried = "matrices without names of their own"
    case stray = "rows of numbers below a matrix"
  }

  /// The kind under which further findings like this one are counted.
  package var kind: Kind {
    switch self {
    case .tooManyFields, .tooFewFields: .fieldCount
    case .unreadableResponse: .response
    case .unreadableDose, .negativeDose: .dose
    case .drugNameMissing: .drugName
    case .unknownLabel: .label
    case .unitsConverted, .unitPartlyStated: .units
    case .synonymJoined: .names
    case .offGridDose: .offGrid
    case .extraWells: .extraWells
    case .columnUnread: .columns
    case .blankRow: .blanks
    case .pairTurned: .names
    case .singleWithoutPair: .singles
    case .notCarried, .titleCarried: .carried
    case .strayRow: .stray
    case .more(_, let kind, _, _): kind
    default: .single
    }
  }
}
