/// A table that runs over pages, its header repeated on each.
struct PDFTable {
  /// A column.
  struct Column {
    var title: String
    var width: Double
    var side = TextLayout.Side.left
  }

  /// What stands in one place of a row.
  struct Cell {
    var runs: [TextRun]
    /// Runs of a second line below; empty for none.
    var below: [TextRun] = []
    /// What lies behind it.
    var fill: Colour?
    /// The most lines of each part; what is longer ends with an ellipsis.
    var lines = 2
    /// Where it leads.
    var place: String?

    init(_ runs: [TextRun], below: [TextRun] = [], fill: Colour? = nil, lines: Int = 2, place: String? = nil) {
      self.runs = runs
      self.below = below
      self.fill = fill
      self.lines = lines
      self.place = place
    }

    init(_ text: String, _ style: TextStyle = .cell, lines: Int = 2) {
      self.init([TextRun(text, style)], lines: lines)
    }
  }

  let columns: [Column]
  private static let padding = 3.0
  private static let gutter = 6.0

  /// Sets the header and the rows; returns where each row begins and how high it is.
  @discardableResult func draw(_ rows: some Sequence<[Cell]>, on paper: PDFPaper) -> [(y: Double, height: Double)] {
    header(on: paper)
    let places = rows.map { row in
      let height = draw(row, on: paper)
      return (paper.y - height, height)
    }
    paper.y += 4
    return places
  }

  private func header(on paper: PDFPaper) {
    let layouts = columns.map {
      paper.layout([TextRun($0.title, .columnHead)], width: $0.width - Self.gutter, lines: 2, side: $0.side)
    }
    let height = layouts.map(\.height).max() ?? 0
    paper.need(height + 40)
    var x = PDFPaper.left
    for (column, layout) in zip(columns, layouts) {
      paper.draw(layout, x: x + Self.gutter / 2, y: paper.y + height - layout.height)
      x += column.width
    }
    paper.y += height + 3
    paper.rule(at: paper.y, to: x)
  }

  /// Sets a row; returns its height.
  private func draw(_ row: [Cell], on paper: PDFPaper) -> Double {
    let parts = zip(columns, row).map { column, cell in
      [cell.runs, cell.below].filter { $0.contains { !$0.text.isEmpty } }.map {
        paper.layout($0, width: column.width - Self.gutter, lines: cell.lines, side: column.side)
      }
    }
    let height = (parts.map { $0.reduce(0) { $0 + $1.height } }.max() ?? 0) + 2 * Self.padding
    if paper.need(height) { header(on: paper) }
    var x = PDFPaper.left
    for ((column, cell), layouts) in zip(zip(columns, row), parts) {
      if let fill = cell.fill {
        paper.fill(x: x + 0.5, y: paper.y + 0.5, width: column.width - 1, height: height - 1, fill)
      }
      var y = paper.y + Self.padding
      for (number, layout) in layouts.enumerated() {
        paper.draw(layout, x: x + Self.gutter / 2, y: y, linkTo: number == 0 ? cell.place : nil)
        y += layout.height
      }
      x += column.width
    }
    paper.y += height
    paper.rule(at: paper.y, to: x)
    return height
  }
}
