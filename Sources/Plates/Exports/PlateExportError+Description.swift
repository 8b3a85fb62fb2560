import Assay
import DoseTables

extension PlateExportError: CustomStringConvertible {
  var description: String {
    switch self {
    case .notAnExport(let rows):
      "no plate in \(rows == 1 ? "this row" : "these \(rows) rows"): found neither a grid (rows A, B, …, columns 1, 2, …), nor a list of wells "
        + "(A1, A2, …), nor numbers in the shape of a plate. Export the plate as grid or list; `isobole formats` shows samples"
    case .layoutOnly(let line):
      "line \(line): this table says what is in the wells, not what was measured; give it with --layout"
    case .foreignTable(let line, let names):
      "line \(line): the table with the columns \(PlateReadingError.list(names)) says what was put into wells, not what a reader measured; give "
        + "a layout or a transfer log with --layout, and a table of doses and responses to `isobole analyze`"
    case .tooLarge(let bytes, let most):
      "the file has \(bytes) bytes, expected at most \(most); a plate has some kilobytes. Export fewer plates a file"
    case .tooManyCells(let line, let most):
      "line \(line): the table has more than \(most) cells, or more text than they may have; this line and everything after it was not read. Export fewer plates a file"
    case .openQuote(let line):
      "line \(line): a quote is opened here and never closed, so that everything after it is one field; close or remove the quote"
    case .ambiguousDecimal(let line, let well, let text):
      "line \(line), well \(well): \(PlateReadingError.quoted(text)) may have a decimal mark or a mark of thousands, and no other well tells "
        + "which; say it: --decimal point or --decimal comma"
    case .calculatedLeftOut(let line, let channel):
      "line \(line): \(PlateReadingError.quoted(channel)) was calculated by the reader's software or is its background, and was excluded beside "
        + "what was measured; --calculated takes it too"
    case .calculatedOnly(let line, let channel):
      "line \(line): the file holds no measured block, only what the reader's software calculated (\(PlateReadingError.quoted(channel))); used "
        + "as it stands. Export the raw results"
    case .sameAgain(let line, let first):
      "line \(line): the wells that begin here have the names and values of those from line \(first) on; taken once"
    case .nothingMeasured(let line):
      "line \(line): the grid that begins here has no value; excluded"
    case .cutOff(let line, let missing):
      "line \(line): the file ends here, \(missing == 1 ? "1 well" : "\(missing) wells") before the row's end: it was cut off. The row's last "
        + "number may be a part of one, and is not used; export the plate again"
    case .passWithoutValue(let line, let plate):
      "line \(line): \(plate) names its wells again here without a value; this reading was excluded"
    case .rowsMissing(let line, let rows, let expected):
      "line \(line): \(rows) rows of numbers, where the section says that \(expected) rows of the plate were read; which of them are "
        + "missing can not be told, so none was taken. Export the plate again, or put the blank lines back"
    case .shortGrid(let line, let rows, let columns, let expected):
      "line \(line): \(rows) rows of \(columns) numbers, expected \(expected) for each plate; which rows and columns of a plate "
        + "they are can not be told, so none was taken. Name the rows (A, B, …) and the columns (1, 2, …)"
    case .columnsUntold(let line, let rows, let values):
      "line \(line): \(rows) lettered rows of \(values) values, and no line numbers the columns: which columns of a plate they are can not be "
        + "told, expected a whole plate's rows (3, 4, 6, 8, 12, 24 or 48 values), so none was taken. Write the columns' numbers above them"
    case .rowShifted(let line, let row, let values, let expected):
      "line \(line): row \(PlateReadingError.quoted(row)) has \(values) values, expected \(expected) as the other rows; which wells they are of can "
        + "not be told, so none was taken. Put the missing value, or an empty cell, in its place, or take the additional one out"
    case .columnsNotRead(let line, let names, let read):
      "line \(line): of the columns \(PlateReadingError.list(names)) \(names.count == 1 ? "was" : "were") not read beside "
        + PlateReadingError.list(read)
    case .logarithms(let line, let channel):
      "line \(line): \(PlateReadingError.quoted(channel)) are logarithms, of which no % inhibition can be made; they were excluded. Export the "
        + "signals themselves"
    case .sectionCutOff(let line):
      "line \(line): the section that begins here has no end: the file was cut off, its last wells may be missing or wrong. Export it again"
    case .sizeContradicted(let line, let stated, let well):
      "line \(line): the file says that the plate has \(stated) wells, but well \(well) has a value; the size was told from the wells"
    case .numbered(let line, let format):
      "line \(line): the wells are numbered; taken row by row on a plate of \(format.wells) wells: 1 is A1, 2 is A2, "
        + "\(format.columns + 1) is B1"
    case .numberedWithoutSize(let line, let last):
      "line \(line): the wells are numbered up to \(last), which tells no plate's size, expected every number up to 24, 48, 96, 384 or 1536; "
        + "name the wells (A1, A2, …) or put a line \"Plate type,96\" before the list"
    case .notAWell(let line, let text):
      "line \(line): \(PlateReadingError.quoted(text)) is no well, expected A1 to AF48; the row was excluded. Correct the name"
    case .pastThePlate(let line, let plate, let well, let format):
      "line \(line): \(plate) has well \(well), past the end of a plate of \(format.wells) wells (rows A to "
        + "\(WellPosition(row: format.rows - 1, column: 0).rowName), columns 1 to \(format.columns)); the well was excluded. Correct the name"
    case .wellTwice(let line, let plate, let well, let first, let firstLine, let second):
      "line \(line): \(plate) has well \(well) twice, \(PlateReadingError.quoted(first)) on line \(firstLine) and "
        + "\(PlateReadingError.quoted(second)) here; neither is used. Remove the wrong one"
    case .wellRepeated(let line, let plate, let well, let firstLine):
      "line \(line): \(plate) has well \(well) again, with the value of line \(firstLine); taken once"
    case .unreadableWell(let line, let plate, let well, let text):
      "line \(line): \(plate), well \(well): \(PlateReadingError.quoted(text)) is no number; the well has no value. Correct it or leave it empty"
    case .noted(let line, let plate, let note, let wells):
      "line \(line): \(plate) has \(wells.count == 1 ? "1 well" : "\(wells.count) wells") \(note.inWords): "
        + wells.prefix(8).joined(separator: ", ") + (wells.count > 8 ? ", …" : "")
    case .more(let count, let kind, let first):
      "\(count) more \(kind)" + (first.map { ", from line \($0) on" } ?? "") + ", not listed"
    }
  }
}

extension PlateRead.Note {
  /// How a sentence goes on after "a plate has wells".
  fileprivate var inWords: String {
    switch self {
    case .overflow: "above what the reader can measure"
    case .underflow: "below what the reader can measure"
    case .empty: "with nothing in it"
    case .masked: "excluded in the reader's software"
    case .unreadable: "without a readable value"
    }
  }
}
