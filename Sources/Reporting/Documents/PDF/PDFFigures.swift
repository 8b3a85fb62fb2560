/// A chart with its caption, as it stands among others.
struct PDFFigure {
  /// What stands above it.
  var caption: [TextRun]
  /// The chart.
  var chart: any Chart
}

extension PDFPaper {
  private static let gutter = 12.0
  private static let rowGap = 8.0
  /// The room of a caption of one line.
  private static let captionHeight = 12.0

  /// Sets figures of one kind in rows, left to right, all at one scale: as many beside each other as stay legible.
  ///
  /// - Parameters:
  ///   - largest: The largest scale.
  ///   - legible: The smallest scale at which the charts' numbers can be read.
  ///   - most: The most figures in a row.
  ///   - together: Whether they are made smaller, as far as they stay legible, where they would not fit the page else.
  func figures(
    _ figures: [PDFFigure], largest: Double = 0.8, legible: Double = 0.56, most: Int = 4, together: Bool = false
  ) {
    guard !figures.isEmpty else { return }
    let sizes = figures.map { $0.chart.size }
    var scale = Self.scale(sizes.map(\.width), largest: largest, legible: legible)
    let rows = Self.rows(sizes.map(\.width), scale: scale, most: most)
    if together {
      let room = room - Double(rows.count) * (Self.rowGap + Self.captionHeight)
      let height = rows.reduce(0) { sum, row in sum + (sizes[row].map(\.height).max() ?? 0) }
      if height * legible <= room { scale = min(scale, room / height) }
    }
    for row in rows { set(Array(figures[row]), Array(sizes[row]), scale: scale) }
  }

  /// What stands in each row.
  private static func rows(_ widths: [Double], scale: Double, most: Int) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    var (start, used) = (0, 0.0)
    for (place, width) in widths.enumerated() {
      if place - start == most || place > start && used + gutter + width * scale > Self.width + 0.01 {
        rows.append(start..<place)
        (start, used) = (place, 0)
      }
      used += width * scale + (place > start ? gutter : 0)
    }
    return rows + [start..<widths.count]
  }

  /// The scale at which the most figures stand beside each other and are legible.
  private static func scale(_ widths: [Double], largest: Double, legible: Double) -> Double {
    guard let widest = widths.max() else { return largest }
    for count in (1...max(1, min(4, widths.count))).reversed() {
      // The widest together with the next ones, as many as are to stand in a row.
      let sum = widths.sorted(by: >).prefix(count).reduce(0, +)
      let scale = (width - gutter * Double(count - 1)) / sum
      if scale >= legible { return min(largest, scale) }
    }
    return min(largest, width / widest)
  }

  private func set(_ figures: [PDFFigure], _ sizes: [(width: Double, height: Double)], scale: Double) {
    // A figure taller than a page is made smaller still.
    let tallest = sizes.map(\.height).max() ?? 0
    let scale = min(scale, (Self.bottom - Self.top - 40) / max(1, tallest))
    let captions = zip(figures, sizes).map { figure, size in
      layout(figure.caption, width: max(90, size.width * scale), lines: 3)
    }
    let head = (captions.map(\.height).max() ?? 0) + 2
    need(head + tallest * scale)
    var x = Self.left
    for ((figure, size), caption) in zip(zip(figures, sizes), captions) {
      draw(caption, x: x, y: y + head - 2 - caption.height)
      draw(figure.chart, x: x, y: y + head, scale: scale)
      x += max(90, size.width * scale) + Self.gutter
    }
    y += head + tallest * scale + Self.rowGap
  }
}
