/// Something that can be drawn on any canvas.
protocol Chart {
  /// Draws it.
  func draw(on canvas: inout some ChartCanvas)
}

extension Heatmap: Chart {}
extension DoseCurve: Chart {}
extension PlateMap: Chart {}
extension ScoreForest: Chart {}
extension ContourMap: Chart {}
extension CurveFamily: Chart {}
extension Isobologram: Chart {}
extension ReplicateScatter: Chart {}
extension ScreenScatter: Chart {}

extension Chart {
  /// How large it is, in pixels.
  var size: (width: Double, height: Double) {
    var canvas = ChartSize()
    draw(on: &canvas)
    return (canvas.width, canvas.height)
  }
}
