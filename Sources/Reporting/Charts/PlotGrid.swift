/// The ticks and grid lines of a chart with two linear axes.
struct PlotGrid {
  let x: LinearScale
  let y: LinearScale
  /// Significant digits of the ticks.
  var digits = 3

  /// Draws lines and numbers.
  func draw(on canvas: inout some ChartCanvas) {
    let (left, right) = (x.place(x.range.lowerBound), x.place(x.range.upperBound))
    let (bottom, top) = (y.place(y.range.lowerBound), y.place(y.range.upperBound))
    canvas.line(
      y.ticks.flatMap { tick -> [ChartPoint?] in
        [ChartPoint(x: left, y: y.place(tick)), ChartPoint(x: right, y: y.place(tick)), nil]
      }
        + x.ticks.flatMap { tick -> [ChartPoint?] in
          [ChartPoint(x: x.place(tick), y: bottom), ChartPoint(x: x.place(tick), y: top), nil]
        }, stroke: .grid)
    for tick in y.ticks {
      canvas.label(AxisText.significant(tick, digits: digits), x: left - 4, y: y.place(tick) + 4, style: .rowTick)
    }
    for tick in x.ticks {
      canvas.label(AxisText.significant(tick, digits: digits), x: x.place(tick), y: bottom + 13, style: .columnTick)
    }
  }
}
