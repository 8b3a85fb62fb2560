/// The texts of the PDF: few sizes, so that a page is calm.
extension TextStyle {
  static let body = TextStyle(size: 9)
  static let strong = TextStyle(size: 9, weight: .semibold)
  static let quiet = TextStyle(size: 8, colour: PaperInk.muted)
  static let cell = TextStyle(size: 7.5)
  static let strongCell = TextStyle(size: 7.5, weight: .semibold)
  static let small = TextStyle(size: 6.2, colour: PaperInk.muted)
  static let columnHead = TextStyle(size: 7, weight: .semibold, colour: PaperInk.muted)

  /// A heading; figures as wide as they are, as in running text.
  static func title(_ size: Double) -> TextStyle { TextStyle(size: size, weight: .bold, isTabular: false) }

  /// The same in another colour.
  func coloured(_ colour: Colour) -> TextStyle {
    var style = self
    style.colour = colour
    return style
  }
}
