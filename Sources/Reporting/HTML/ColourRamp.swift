extension ByteWriter {
  /// Appends a legend of colours: a box for each class, the numbers below. `label` is the id of the text that names it.
  mutating func ramp(_ classes: [String], ticks: [String], label: String) {
    text("<div class=\"ramp\" role=\"img\" aria-labelledby=\"\(label)\">")
    for name in classes { text("<i class=\"\(name)\"></i>") }
    text("</div><p class=\"ticks\">")
    for tick in ticks { text("<span>\(tick)</span>") }
    text("</p>")
  }
}
