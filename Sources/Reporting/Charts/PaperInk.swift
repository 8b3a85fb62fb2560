/// The colours of text, lines and marks on paper and in figures. Those of values are in `Palettes.swift`.
enum PaperInk {
  static let text = Colour(0x1b1f24)
  /// Captions, ticks and axes.
  static let muted = Colour(0x5a636e)
  static let rule = Colour(0xd5dae0)
  static let grid = Colour(0xdfe3e8)
  /// Behind figures and key numbers.
  static let card = Colour(0xf6f7f9)
  static let white = Colour(0xffffff)
  /// Links and fitted curves.
  static let accent = Colour(0x0b5cad)
  static let replicate = Colour(0x8a949f)
  /// A box without a value, and the sign in it.
  static let absent = Colour(0xe8eaed)
  static let absentSign = Colour(0x4a525b)
  static let synergistic = Colour(0xb34700)
  static let additive = Colour(0x4d6b57)
  static let mixed = Colour(0x7a3e9d)
  static let inconclusive = Colour(0x68717c)
  static let good = Colour(0x1b6e3c)
  static let doubtful = Colour(0x8a5a00)
  static let bad = Colour(0xb3261e)

  /// A curve of a series, from pale to dark.
  static func series(_ step: Int) -> Colour {
    Colour(0xb9c4cf).mixed(with: Colour(0x3b1f6b), fraction: Double(step) / Double(ChartStroke.seriesSteps))
  }
}
