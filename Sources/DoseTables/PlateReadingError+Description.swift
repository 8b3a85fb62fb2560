import Assay
import Foundation
import Spreadsheets

extension PlateReadingError: CustomStringConvertible, QuotesFiles {
  package var description: String {
    switch self {
    case .emptyFile:
      "the file is empty, or holds only blank lines and comments; expected a table of doses and responses"
    case .onlyHeader(let columns):
      "the file holds only the header \(Self.list(columns)); expected one row for each well below it"
    case .notText(let kind):
      "this is \(kind), not a text table; save the table as CSV and give that file"
    case .workbook(let error): error.description
    case .notADoseMatrix(let line, let columns, let missing):
      "line \(line): not a dose matrix: found the columns \(Self.list(columns)); missing: \(missing.joined(separator: "; ")). "
        + "Expected a long table (block_id, drug1, drug2, conc1, conc2, response, conc_unit) or a matrix with the doses in its first row "
        + "and column; say which column is which with --columns, as in --columns response=NAME,conc1=NAME, or rename the columns"
    case .exportWithoutLayout(let reader, let plates, let wells):
      "this is an export of \(plates.isEmpty ? "a plate" : "plate\(plates.count == 1 ? "" : "s") \(Self.list(plates))"), "
        + "\(reader), with \(wells) wells, and says nothing of drugs and doses; give the layout with --layout. "
        + "`isobole read` shows what was measured"
    case .layoutWithoutExport:
      "this is a layout: it says what is in the wells, not what was measured; give it with --layout, and the plate reader's exports as "
        + "the files to analyze"
    case .wellsAndSignal(let line):
      "line \(line): this table holds wells, their drugs and a raw signal, and is layout and reading in one; the signal has to be "
        + "normalised by the plate's controls. Analyze it without tables of another kind, or name it with --layout"
    case .ownTable(let line, let name):
      "line \(line): this is the \(name) of a run of Isobole: results, not measurements, so it is not analysed again; "
        + "name the file with the plates or dose matrices"
    case .thousandsSeparator(let line, let text):
      "line \(line): \"\(Self.short(text))\" may be a decimal \(text.contains(".") ? "point" : "comma") or a thousands separator, and the other "
        + "numbers of the file do not tell which; write numbers with a decimal point and without thousands separators"
    case .endsWithinRow(let line, let value):
      "line \(line): the file ends here without a line end, and its last block has more wells in some cells than in others: it may be cut "
        + "off, and its last response, \(Self.number(value)), be a part of a number. Save it again, or end the line if the file is whole"
    case .openQuote(let line):
      "line \(line): a quote is opened here and never closed, so that everything after it is one field; close or remove the quote"
    case .rowTooLarge(let line):
      "line \(line): this row has more than \(CSVRows.mostFields) fields or \(CSVRows.largestRow >> 20) MiB, expected one well or one row of doses; "
        + "it and everything after it was excluded. In a text file, check the separator and the quotes"
    case .tooManyColumns(let line, let found, let most):
      "line \(line): the header has \(found) columns, at most \(most) are read; keep the columns that say what each well is (drugs, doses, "
        + "response, sample) and remove the others"
    case .undecidableResponse(let seen):
      "cannot tell what the responses mean: \(seen). Specify --response inhibition, viability, inhibition-fraction, viability-fraction or signal"
    case .noUnitOf(let drugs):
      "no concentration unit is stated for \(Self.list(drugs)); its doses are used as they stand. State it as for the others"
    case .noUnit:
      "no concentration unit is stated; doses are used as they stand. Add a conc_unit column or row to have units in the results"
    case .noDrugNames:
      "the table has no drug names; they are called \"drug 1\", \"drug 2\", … Add the columns drug1, drug2 to name them, "
        + "or say which columns do: --columns drug1=NAME,drug2=NAME"
    case .noBlockColumn:
      "the table has no block_id column; the rows of one combination and sample were taken for one block, numbered as they come"
    case .rowsAbove(let count, let first):
      "the table begins below \(count == 1 ? "a row" : "\(count) rows") of other text (\(Self.quoted(first))), which \(count == 1 ? "is" : "are") not read"
    case .rowsAround(let count, let first):
      "\(count == 1 ? "a row of other text" : "\(count) rows of other text") around the matrices (\(Self.quoted(first))) \(count == 1 ? "was" : "were") not read"
    case .columnNotFound(let line, let wanted, let columns):
      "line \(line): no column is called \(Self.quoted(wanted)); the table has \(Self.list(columns)). Correct the name in --columns"
    case .timeNotFound(let wanted, let times):
      "the table has "
        + (times.isEmpty
          ? "no row of values"
          : "the times \(Self.list(times)) and none that is \(wanted.map(Self.number) ?? "?") hours")
        + (times.isEmpty ? "; expected one row for each time below the treatments" : "; correct --time")
    case .timeMissing(let line, let column, let rows):
      "line \(line): \(rows == 1 ? "a row states" : "\(rows) rows state") no time in \(Self.quoted(column)); \(rows == 1 ? "it was" : "they were") "
        + "taken for rows of the time that was asked for too. Write the time into every row"
    case .samplesWithoutTime(let time, let samples):
      "\(Self.list(samples)) \(samples.count == 1 ? "has" : "have") no rows of the time \(Self.quoted(time)), and \(samples.count == 1 ? "is" : "are") not in "
        + "the results. For another time give --time, in a run of its own"
    case .timeUnused(let wanted):
      "the time \(Self.number(wanted)) h was asked for, and this file has no column called time and no times in its rows; all of it was used "
        + "(a time in a title or in the name of a sheet chooses nothing)"
    case .timeChosen(let time, let times, let wasAsked):
      "the table holds \(times.count) time\(times.count == 1 ? "" : "s") (\(Self.list(times))); \(Self.quoted(time)) was used"
        + (wasAsked ? ", as was asked" : ", the last. Say another with --time")
    case .solventUsed(let columns):
      "\(columns == 1 ? "a column" : "\(columns) columns") of untreated cells without solvent \(columns == 1 ? "was" : "were") not used, since the "
        + "table has cells in the solvent"
    case .sheetNotFound(let wanted, let sheets):
      "the workbook has no sheet \(Self.quoted(wanted)); it has \(Self.list(sheets)). Correct the name in --sheet"
    case .hiddenSheets(let names, let canChoose):
      "the \(names.count == 1 ? "sheet" : "sheets") \(Self.list(names)) \(names.count == 1 ? "is" : "are") hidden in the workbook and "
        + "\(names.count == 1 ? "was" : "were") not read. To have \(names.count == 1 ? "it" : "them") read unhide "
        + "\(names.count == 1 ? "it" : "them") in the spreadsheet program and save the workbook"
        + (canChoose ? ", or name one with --sheet" : "")
    case .hiddenRows(let sheet, let count, let first):
      "sheet \(Self.quoted(sheet)): \(count == 1 ? "1 row is" : "\(count) rows are") hidden, as by a filter (the first is row \(first)); "
        + "\(count == 1 ? "it was" : "they were") read as the others were. Delete rows that are not to be used"
    case .signalDivided(let wells, let blocks, let isByPlate):
      "the responses are a raw signal: each \(isByPlate ? "plate" : "block")'s are in percent of the median of its untreated wells (\(wells) in \(blocks) "
        + "\(blocks == 1 ? "block" : "blocks")); no background was subtracted"
    case .noUntreatedForSignal(let level, let isOfPlate):
      "a raw signal has a meaning only beside untreated wells, and "
        + (level.map { "\(isOfPlate ? "a plate of this block's" : "this block's") read \(Self.number($0))" }
          ?? "\(isOfPlate ? "a plate of this block" : "this block") has none (every drug at 0)")
        + "; the block was excluded. Add its untreated wells, or give responses in percent"
    case .axesNamed(let line, let rows, let columns):
      "line \(line): a matrix without labels: \(Self.short(rows)) goes down, \(Self.short(columns)) across. If it is the other way round, "
        + "write Drug1: (down) and Drug2: (across) above it"
    case .anotherTable(let line):
      "line \(line): another table begins here, and nothing from here on was read; put it into a file or sheet of its own"
    case .conditionTooLarge(let column):
      "column \(Self.quoted(column)) has too many values to tell blocks apart by, so wells that differ in it alone are pooled; keep "
        + "the rows of the values that you want, or give \(Self.columnsOption([("ignore", column)])) if that is what you mean"
    case .columnUnread(let name, let read):
      "column \"\(Self.short(name))\" was not read, since \"\(Self.short(read))\" was taken for what both may hold; if that is the wrong one, "
        + "choose with --columns"
    case .logarithms(let line, let column):
      "line \(line): by its name the column \"\(Self.short(column))\" holds logarithms of doses, of which 0 may be no drug or a dose of 1; "
        + "write the doses themselves, 0 where the drug is absent"
    case .replicateColumns(let names):
      "the columns \(Self.list(names)) were read as replicates of one well each"
    case .columnsPassedOver(let names):
      "columns that were not needed: \(Self.list(names))"
    case .condition(let column, let values, let alone, let blocks):
      "column \"\(Self.short(column))\" tells wells of one dose pair apart (\(Self.list(values))): each value is a block of its own, "
        + "\(blocks) in all\(alone.isEmpty ? "" : "; the wells of \(Self.list(alone)), where drugs are alone, are the reference of each"). If it names a drug, say so as drug1 or drug2 in --columns; if its values are replicates, "
        + "give \(Self.columnsOption([("replicate", column)]))"
    case .pooled(let column, let values):
      "wells of one dose pair that differ in \"\(Self.short(column))\" (\(values) values) are replicates"
    case .responseContradicted(let read, let seen, let instead):
      "the responses were read as \(read), as was asked, but \(seen), as with \(instead); if that is what they are, give --response \(instead)"
    case .tooManyFields(let line, let found, let expected):
      "line \(line) has \(found) fields where the header has \(expected); the row was excluded. "
        + "Put a name that holds a separator in quotes"
    case .tooFewFields(let line, let found, let expected):
      "line \(line) has only \(found) fields, expected at least \(expected); the row was excluded. "
        + "Complete it; at the end of a file it means that the file was cut off"
    case .unreadableResponse(let line, let text):
      "line \(line): response \(Self.quoted(text)) is not a number; the well was excluded. Correct the value or remove the row"
    case .unreadableDose(let line, let drug, let text):
      "line \(line): dose \(Self.quoted(text)) of \(Self.short(drug)) is not a number of 0 or more; the well was excluded. "
        + "Write the dose as a number in the block's unit, 0 where the drug is absent"
    case .negativeDose(let line, let drug, let text):
      "line \(line): dose \(Self.short(text)) of \(Self.short(drug)) is negative, expected 0 or more; the well was excluded. "
        + "Write the dose itself, not its logarithm"
    case .drugNameMissing(let line, let column):
      "line \(line): no drug name in column \"\(Self.short(column))\", expected two or more drugs; the row was excluded. "
        + "Name every drug of the block in every row, also where its dose is 0"
    case .more(let count, let kind, let first, let last):
      "\(count) more \(kind.rawValue)" + (first.map { first in " (lines \(first) to \(last ?? first))" } ?? "")
        + ", not listed"
    case .unknownLabel(let line, let text):
      "line \(line): \(Self.quoted(text)) was not recognised; expected Drug1:, Drug2:, Cell:, ConcUnit: or a dose; the row was excluded"
    case .matrixIncomplete(let line, let missing):
      "line \(line): the block that begins here has no \(missing); expected the rows Drug1:, Drug2:, ConcUnit:, then the doses of drug 2, "
        + "then one row for each dose of drug 1"
    default: blockDescription
    }
  }

  private var blockDescription: String {
    switch self {
    case .unitsDiffer(let line, let drug, let first, let other):
      "line \(line): \(Self.short(drug)) is given in \(Self.quoted(first)) and in \(Self.quoted(other)), which cannot be converted; "
        + "state the doses of one drug in one unit"
    case .unitsConverted(let line, let drug, let first, let other):
      "line \(line): doses of \(Self.short(drug)) in \(other) were converted to \(first), the block's first unit"
    case .unitPartlyStated(let line, let drug, let unit):
      "line \(line): some rows of \(Self.short(drug)) state no unit; they were taken to be in \(Self.quoted(unit)) like the others. "
        + "State the unit in every row"
    case .synonymJoined(let line, let name, let first):
      "line \(line): \(Self.short(name)) is another name of \(Self.short(first)); its rows belong to the same block. "
        + "Use one name, or read with --keep-names to keep them apart"
    case .pairTurned(let line, let drugs):
      "line \(line): \(drugs.map(Self.short).joined(separator: " × ")) is the pair of the rows before, named the other way round; "
        + "its rows belong to the same block"
    case .singleShared(let drugs, let wells, let blocks):
      drugs.isEmpty
        ? "\(wells) untreated \(wells == 1 ? "well" : "wells") without a partner \(wells == 1 ? "was" : "were") used in \(blocks) blocks"
        : "\(wells) \(wells == 1 ? "well" : "wells") of \(drugs.map(Self.short).joined(separator: " and ")) alone, without a partner's name, \(wells == 1 ? "was" : "were") used in \(blocks) blocks"
    case .tooManyCopies(let wells, let blocks, let copies):
      "\(wells) single-drug and untreated wells belong to \(blocks) combinations, which makes \(copies) wells in all; at most "
        + "\(SingleWell.mostCopies) are read. Give each combination the wells of its own plates by a block_id column, name the samples, "
        + "or make several files"
    case .singleWithoutPair(let line, let drugs):
      "line \(line): no combination of this sample holds "
        + (drugs.isEmpty ? "these untreated wells" : drugs.map(Self.short).joined(separator: " and "))
        + "; the wells were excluded. Name the partner, with dose 0"
    case .dosesMerged(let drug, let doses, let unit, let number, let tolerance):
      "doses of \(Self.short(drug)) that differ by no more than \(Self.number(tolerance * 100)) % are one dose: "
        + doses.map { Self.number($0) }.joined(separator: ", ") + (unit.isEmpty ? "" : " \(unit)")
        + (number > 1 ? ", and \(number - 1) more" : "")
    case .mostWellsUnreadable(let leftOut, let wells):
      "\(leftOut) of \(wells) wells could not be read; a block needs at least half of them. Correct the wells named before"
    case .noWells: "the block has no well that could be read; correct the rows named before or remove the block"
    case .notAGrid(let error): error.description
    case .noCombination(let shape, let drugs):
      "a \(shape.map(String.init).joined(separator: " × ")) grid of \(drugs.map(Self.short).joined(separator: " and ")): no well holds all "
        + "drugs together, so there is no combination to score; expected at least 2 × 2, the doses 0 included"
    case .monotherapyMissing(let drugs):
      "no well holds \(drugs.map(Self.short).joined(separator: " alone, and none ")) alone (every other drug at 0), so there is no reference; "
        + "add the single-drug wells with dose 0 of the other drugs"
    case .noControl:
      "no untreated control: no well has every drug at 0. The block is used without it; add the control wells"
    case .blockSplit(let label, let reason, let ids):
      "the rows of block \"\(Self.short(label))\" hold several \(reason.rawValue); they became the blocks \(Self.list(ids)). "
        + "Give each its own block_id if that is not what was meant"
    case .sameDrugTwice(let name):
      "\(Self.short(name)) is combined with itself; used as it stands. If this is not a sham combination, correct the name"
    case .offGridDose(let drug, let dose, let unit, let wells, let nearest):
      "dose \(Self.number(dose))\(unit.isEmpty ? "" : " " + unit) of \(Self.short(drug)) has \(wells == 1 ? "1 well" : "\(wells) wells") "
        + "in a grid that has many more at its other doses; is it a typing error for \(Self.number(nearest))? Used as it stands"
    case .copies(let cells, let ofCells, let value, let lines):
      "\(cells) of \(ofCells) cells hold the same value more than once (\(Self.number(value)) on \(Self.lines(lines))): copies rather than "
        + "replicates? They count as replicates; remove the copies, they make the results look surer than they are"
    case .extraWells(let doses, let values, let usual, let lines):
      "\(values.count) wells at \(doses), elsewhere \(usual) (\(values.map(Self.number).joined(separator: ", ")) on \(Self.lines(lines))); all "
        + "count as replicates. Remove the wrong one if they were not meant so"
    case .missingCells(let missing, let cells):
      "\(missing) of \(cells) cells of the grid have no well; they stay empty, nothing is filled in"
    case .constant(let value): "every response is \(Self.number(value)); the block is kept, but there is nothing to fit"
    case .implausibleResponses(let count, let worst, let low, let high):
      "\(count == 1 ? "1 response is" : "\(count) responses are") outside \(Self.number(low))…\(Self.number(high)) % inhibition "
        + "(the farthest: \(Self.number(worst))); used as they stand, not clamped. Look for artefacts or another scale"
    case .controlFar(let control, let tolerance):
      "the untreated control reads \(Self.tenths(control)) % inhibition, expected within \(Self.number(tolerance)) of 0; "
        + "used as it stands. Look at the control wells, and at the scores that rest on them"
    case .blockReversed(let control, let top, let read, let instead):
      "the untreated control reads \(Self.tenths(control)) and the highest doses \(Self.tenths(top)), the other way round than "
        + "\(read), as which the file was read. If this block is \(instead), put it in a file of its own with --response \(instead)"
    case .blockScaleDiffers(let low, let high, let read, let instead):
      "the responses lie between \(Self.number(low)) and \(Self.number(high)), which does not look like \(read), as which the file was read; "
        + "used as they stand. If this block is on another scale, put it in a file of its own with --response \(instead)"
    case .otherControls(let column, let values, let wells):
      "\(wells == 1 ? "1 well without a drug is" : "\(wells) wells without a drug are") called \(Self.list(values)) in the column "
        + "\(Self.quoted(column)): no untreated cells; not used. If they are, call them untreated or DMSO"
    case .unlikeControls(let column, let values, let levels):
      "by the column \(Self.quoted(column)) the wells without a drug are of two kinds, \(Self.quoted(values[0])) (median "
        + "\(Self.number(levels[0]))) and \(Self.quoted(values[1])) (\(Self.number(levels[1]))), and which are the untreated cells is not "
        + "said. Exclude the others, or call them positive control or blank"
    case .computedRows(let column, let values, let rows):
      "\(rows == 1 ? "1 row is" : "\(rows) rows are") called \(Self.list(values)) in the column \(Self.quoted(column)): computed of other rows; "
        + "not used"
    case .untreatedBesideVehicle(let column, let values, let wells):
      "\(wells == 1 ? "1 well is" : "\(wells) wells are") called \(Self.list(values)) in the column \(Self.quoted(column)), beside wells with the "
        + "vehicle, which the drugs have too: the wells with the vehicle are the untreated ones; the others are not used"
    case .untreatedOfOthers(let column, let values, let wells):
      "\(wells == 1 ? "1 untreated well is" : "\(wells) untreated wells are") of \(Self.list(values)) in the column \(Self.quoted(column)), where "
        + "nothing was treated, and the treated wells have untreated ones of their own: not used. If the column tells no conditions, give "
        + Self.columnsOption([("ignore", column)])
    case .untreatedTorn(let low, let high, let lowWells, let highWells):
      "the untreated wells are of two kinds: \(lowWells) near \(Self.tenths(low)) % inhibition and \(highWells) near \(Self.tenths(high)): "
        + (min(lowWells, highWells) > 1
          ? "nothing says which are untreated cells. Exclude the others, or call them positive control or blank in a column of roles"
          : "look at \(lowWells == highWells ? "both" : "the one"), since every inhibition is stated from them")
    case .untreatedLow(let control, let low):
      "the wells at low doses read \(Self.tenths(low)) % inhibition, far below the untreated wells (\(Self.tenths(control))): either these are too low "
        + "or low doses make cells grow; scores rest on them. Look at the untreated wells"
    case .correctedUnread(let name, let read):
      "the column \(Self.quoted(name)) was not read, since \(Self.quoted(read)) was taken; by its name it is the corrected signal. To read it, give "
        + Self.columnsOption([("response", name)])
    case .summaryRow(let line, let text):
      "line \(line): \(Self.quoted(text)) beside no drugs and no doses says that the row was computed of others; not used"
    case .groupsUnlike(let line, let levels):
      "line \(line): the columns below each title are no replicates: their medians are "
        + "\(levels.map(Self.number).joined(separator: ", ")), as those of means, deviations and numbers of wells are. Give the replicates "
        + "themselves, or the means alone"
    case .signalRises(let top):
      "the signal at the highest doses is \(Self.tenths(top)) % of that of the untreated wells: it rises as one of dead cells does, and would "
        + "be read as cells that grow. If it counts dead cells, give the percentage of dead cells, in a column called inhibition; if it "
        + "counts living cells, give --response signal"
    default: tableDescription
    }
  }
}
