import Foundation

/// An sRGB colour, components 0 … 255.
struct Colour: Sendable, Hashable {
  var red: Int
  var green: Int
  var blue: Int

  /// From the number whose hexadecimal digits are the colour's: `0xf5f5f3`.
  init(_ hexadecimal: Int) {
    red = hexadecimal >> 16 & 255
    green = hexadecimal >> 8 & 255
    blue = hexadecimal & 255
  }

  /// `#f5f5f3`.
  var css: String {
    let digits = Array("0123456789abcdef")
    return "#" + String([red, green, blue].flatMap { [digits[$0 >> 4], digits[$0 & 15]] })
  }

  /// Relative luminance, 0 (black) … 1 (white): WCAG 2.2, "relative luminance".
  var luminance: Double {
    let linear = self.linear
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  /// Contrast ratio with another colour, 1 … 21: WCAG 2.2, "contrast ratio".
  func contrast(with other: Colour) -> Double {
    let (light, dark) = (max(luminance, other.luminance), min(luminance, other.luminance))
    return (light + 0.05) / (dark + 0.05)
  }

  /// Black or white, whichever is easier to read on this colour.
  var ink: Colour {
    let (black, white) = (Colour(0x000000), Colour(0xffffff))
    return contrast(with: black) >= contrast(with: white) ? black : white
  }

  /// The colour a fraction of the way to another, evenly to the eye: a straight line in OKLab (Ottosson 2020).
  func mixed(with other: Colour, fraction: Double) -> Colour {
    let (here, there) = (oklab, other.oklab)
    return Colour(oklab: (0..<3).map { here[$0] + (there[$0] - here[$0]) * fraction })
  }

  private var linear: [Double] {
    [red, green, blue].map { component in
      let value = Double(component) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
  }

  private var oklab: [Double] {
    let rgb = linear
    let l = cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2])
    let m = cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2])
    let s = cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2])
    return [
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    ]
  }

  private init(oklab lab: [Double]) {
    let l = pow(lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2], 3)
    let m = pow(lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2], 3)
    let s = pow(lab[0] - 0.0894841775 * lab[1] - 1.2914855480 * lab[2], 3)
    let rgb = [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    ].map { component -> Int in
      let value = component <= 0.0031308 ? 12.92 * component : 1.055 * pow(component, 1 / 2.4) - 0.055
      return Int((min(1, max(0, value)) * 255).rounded())
    }
    (red, green, blue) = (rgb[0], rgb[1], rgb[2])
  }

  /// The colours from 0 to so many even steps along colours that stand at even distances.
  static func steps(_ count: Int, _ stops: [Int]) -> [Colour] {
    let stops = stops.map { Colour($0) }
    return (0...count).map { along(stops, fraction: Double($0) / Double(count)) }
  }

  /// The colour at a fraction 0 … 1 of the way along colours that stand at even distances.
  static func along(_ stops: [Colour], fraction: Double) -> Colour {
    let position = min(1, max(0, fraction)) * Double(stops.count - 1)
    let lower = min(stops.count - 2, Int(position))
    return stops[lower].mixed(with: stops[lower + 1], fraction: position - Double(lower))
  }
}
