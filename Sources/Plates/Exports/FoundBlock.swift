import Assay

/// One place in a sheet where wells stand, before their numbers are read.
struct FoundBlock {
  /// One well's cell.
  struct Cell {
    var position: WellPosition
    var text: String
    var line: Int
  }

  /// The cells of one plate, channel and repeat.
  struct Series {
    /// What names it within the block: a label at the row's end, a column's name; empty when nothing does.
    var label = ""
    /// The plate that a column of the list names.
    var plate: String?
    /// The repeat or cycle that the table states.
    var repeatNumber: Int?
    /// The time that the table states.
    var time: String?
    /// Where it begins.
    var line: Int
    var cells: [Cell] = []
    /// Whether the table itself says that these are calculated.
    var isCalculated = false
  }

  /// How the wells are laid out.
  enum Shape {
    case grid
    case list
  }

  var shape: Shape
  /// The sheet's rows that it takes up.
  var rows: Range<Int>
  var series: [Series]
  /// What stands in the corner of a grid or above the wells of a list.
  var corner = ""
  /// The plate's size where the block's own header states it.
  var format: PlateFormat?
  /// What was found while finding it.
  var findings: [PlateExportError] = []
  /// Whether the section it stands in holds nothing that was measured (a plate map).
  var isLayout = false
}

extension FoundBlock.Series {
  /// Rows in small print beside rows in capitals are the rows past Z.
  mutating func add(_ position: WellPosition, _ text: String, line: Int) {
    cells.append(.init(position: position, text: text, line: line))
  }

  /// Takes the values of a line away, whose wells can not be told.
  mutating func refuse(line: Int) {
    for cell in cells.indices where cells[cell].line == line && !cells[cell].text.isEmpty {
      cells[cell].text = CutOff.mark
    }
  }
}
