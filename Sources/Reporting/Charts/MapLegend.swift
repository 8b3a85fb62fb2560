/// The scale of a map's colours, and how maps are read: the same in every format.
struct MapLegend {
  let title: String
  /// The classes of the colours in a page, from low to high.
  let classes: [String]
  /// The colours on paper.
  let colours: [Colour]
  let ticks: [String]
  /// What the ends mean; `nil` where the numbers say enough.
  var ends: (low: String, high: String)?

  static let synergy = MapLegend(
    title: "Synergy, percentage points", classes: (0...2 * DivergingPalette.steps).map { "s\($0)" },
    colours: (-DivergingPalette.steps...DivergingPalette.steps).map(DivergingPalette.light),
    ticks: ["≤ −50", "−25", "0", "+25", "≥ +50"], ends: ("antagonism", "synergy"))

  static let response = MapLegend(
    title: "Response, % inhibition", classes: (0...SequentialPalette.steps).map { "r\($0)" },
    colours: (0...SequentialPalette.steps).map(SequentialPalette.light), ticks: ["≤ 0", "25", "50", "75", "≥ 100"],
    ends: ("untreated", "full kill"))

  static let heading = "How to read the maps"

  static let note =
    "The scales are the same in the whole report; a value beyond an end has the colour of that end and its own number. "
    + "Rows are drug 1, columns drug 2. Synergy maps omit single drugs, where synergy is 0 by definition; the frame is the "
    + "peak, the most synergistic window of doses. – not measured, × not scored."
}

extension ByteWriter {
  /// Appends a legend; `id` names its title in the page.
  mutating func legend(_ legend: MapLegend, id: String) {
    text("<p id=\"\(id)\">\(legend.title)</p>")
    ramp(legend.classes, ticks: legend.ticks, label: id)
    if let ends = legend.ends { text("<p class=\"k ends\"><span>\(ends.low)</span><span>\(ends.high)</span></p>") }
  }
}
