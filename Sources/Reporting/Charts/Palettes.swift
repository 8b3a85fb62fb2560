/// The colours of synergy: blue below 0 (antagonism), neutral at 0, orange above (synergy). Blue and orange stay apart
/// for every common kind of colour-blindness, and lightness alone tells how far from 0 a value is.
///
/// The scale is the same for every map of every report: ±50 percentage points in steps of 5. A value beyond takes the
/// end colour; its number is printed.
enum DivergingPalette {
  /// Where the scale ends on either side, percentage points.
  static let limit = 50.0
  /// Levels on either side of 0.
  static let steps = 10

  /// The level of a value, −10 … 10; 0 holds what rounds to 0, and is symmetric: level(−x) = −level(x).
  static func level(of value: Double) -> Int {
    let scaled = min(1, max(-1, value / limit)) * Double(steps)
    return Int(scaled.rounded())  // halves away from zero: symmetric
  }

  /// A level's colour on a light page and on paper.
  static func light(_ level: Int) -> Colour { lights[level + steps] }
  /// A level's colour on a dark page.
  static func dark(_ level: Int) -> Colour { darks[level + steps] }

  private static let lights = Colour.steps(2 * steps, [0x0a4a90, 0x6aaed6, 0xf5f5f5, 0xf4a259, 0x9c2f00])
  private static let darks = Colour.steps(2 * steps, [0x8accff, 0x2a6fa8, 0x2c2c2c, 0xa95a14, 0xffb469])
}

/// The colours of response: 0 % inhibition is pale (dark on a dark page), 100 % is deep green (pale). Values outside
/// take the end colour; their number is printed.
enum SequentialPalette {
  /// Levels above 0.
  static let steps = 20

  /// The level of a response, 0 … 20.
  static func level(of response: Double) -> Int {
    Int((min(1, max(0, response / 100)) * Double(steps)).rounded())
  }

  /// A level's colour on a light page and on paper.
  static func light(_ level: Int) -> Colour { lights[level] }
  /// A level's colour on a dark page.
  static func dark(_ level: Int) -> Colour { darks[level] }

  private static let lights = Colour.steps(steps, [0xf6f8f5, 0x66b7a2, 0x053b36])
  private static let darks = Colour.steps(steps, [0x24292a, 0x2f8373, 0xaef0dc])
}

/// The colours of a reader's raw signal: the plate's lowest is pale (dark on a dark page), its highest deep violet
/// (pale). Another hue than response, since high is the other way round.
enum SignalPalette {
  /// Levels above the lowest.
  static let steps = 20

  /// The level of a signal between the plate's ends.
  static func level(of signal: Double, in range: ClosedRange<Double>) -> Int {
    let span = range.upperBound - range.lowerBound
    guard span > 0 else { return 0 }
    return Int((min(1, max(0, (signal - range.lowerBound) / span)) * Double(steps)).rounded())
  }

  /// A level's colour on a light page and on paper.
  static func light(_ level: Int) -> Colour { lights[level] }
  /// A level's colour on a dark page.
  static func dark(_ level: Int) -> Colour { darks[level] }

  private static let lights = Colour.steps(steps, [0xf3effa, 0x9d8ec7, 0x35206b])
  private static let darks = Colour.steps(steps, [0x26242c, 0x6d5ba6, 0xd9cdfa])
}
