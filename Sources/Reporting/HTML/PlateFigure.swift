import Plates

extension ByteWriter {
  /// Appends a plate's map with its caption; a live one tells its boxes to the page's script.
  mutating func plateFigure(_ plate: ScreenPlate, _ value: PlateMap.Value, isLive: Bool = true) {
    let map = PlateMap(plate: plate, value: value)
    text("<figure class=\"\(PlateMap.style(plate.format))\"")
    if isLive { map.cells().write(to: &self) }
    switch value {
    case .raw:
      text("><figcaption><b>Raw signal</b> ")
      if let range = PlateMap.range(of: plate) {
        text("\(AxisText.significant(range.lowerBound, digits: 3)) (low) to ")
        text("\(AxisText.significant(range.upperBound, digits: 3)) (high)")
      }
    case .response: text("><figcaption><b>Normalised</b> % inhibition")
    }
    text("</figcaption>")
    chart { map.draw(on: &$0) }
    text("</figure>")
  }
}
