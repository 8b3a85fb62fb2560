import Foundation
import Testing

@testable import Reporting

@Suite("Numbers as text")
struct ByteWriterTests {
  private func shortest(_ value: Double) -> String {
    var out = ByteWriter()
    out.shortest(value)
    return out.string
  }

  @Test("a number reads back to the same Double")
  func shortestRoundTrips() throws {
    var generator = SystemRandomNumberGenerator()
    var values = [
      0.1, 1 / 3, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e15, 1e15 + 2, 123_456_789.25, -0.0, 1e22, 2.5e-7,
    ]
    for _ in 0..<20_000 {
      let value = Double(bitPattern: generator.next())
      if value.isFinite { values.append(value) }
    }
    for value in values {
      #expect(try #require(Double(shortest(value))).bitPattern == value.bitPattern, "\(value)")
    }
  }

  @Test("a number is written as Swift prints it, a whole one without .0")
  func shortestIsSwifts() {
    for digits in [10_000.0, 100, 1e4 * 3, 1e5, 7e9] {
      for numerator in stride(from: -2_000_000, through: 2_000_000, by: 1237) {
        let value = Double(numerator) / digits
        let text = value.description
        let isWhole = text.hasSuffix(".0") && value != 0
        if value != 0 { #expect(shortest(value) == (isWhole ? String(text.dropLast(2)) : text)) }
      }
    }
    for value in [9_999_999_999.9999, 1e10 + 0.5, 0.0001, 0.00012, 0.00005, -0.0001, .infinity] {
      #expect(shortest(value) == value.description)
    }
    #expect(shortest(.nan) == "nan")
  }

  @Test(
    "a number is written as short as can be",
    arguments: [
      (42.0, "42"), (-7, "-7"), (0.1, "0.1"), (1e-12, "1e-12"), (999_999_999_999_999, "999999999999999"), (-0.0, "-0"),
    ])
  func shortestIsShort(_ value: Double, _ text: String) { #expect(shortest(value) == text) }

  @Test(
    "a fixed number is rounded half away from zero, and what rounds to zero has no sign",
    arguments: [
      (12.34, 1, false, "12.3"), (0.05, 1, false, "0.1"), (-0.05, 1, false, "-0.1"), (-0.04, 1, false, "0"),
      (3, 1, false, "3"),
      (3, 1, true, "3.0"), (99.96, 1, true, "100.0"), (0.0501, 3, false, "0.05"), (1234.5, 0, false, "1235"),
    ] as [(Double, Int, Bool, String)])
  func fixed(_ value: Double, _ decimals: Int, _ padded: Bool, _ text: String) {
    var out = ByteWriter()
    out.fixed(value, decimals: decimals, padded: padded)
    #expect(out.string == text)
  }

  @Test("a plus sign is written where it is asked for, never before zero")
  func plus() {
    var out = ByteWriter()
    out.fixed(4.25, decimals: 1, padded: true, plus: true)
    out.byte(32)
    out.fixed(0.01, decimals: 1, padded: true, plus: true)
    out.byte(32)
    out.fixed(-4, decimals: 1, padded: true, plus: true, minus: "−")
    #expect(out.string == "+4.3 0.0 −4.0")
  }

  @Test(
    "a dose on an axis has at most six characters and keeps its size",
    arguments: [
      (0.0457247, "0.046"), (123.4567, "123"), (15625, "15625"), (0.00152416, "0.0015"), (4.57e-5, "4.6e−5"),
      (1_000_000, "1e6"),
      (0.5, "0.5"), (0, "0"), (999.9, "1000"), (33.3333, "33.3"),
    ])
  func doses(_ dose: Double, _ text: String) {
    #expect(AxisText.dose(dose) == text)
    #expect(AxisText.dose(dose).count <= 6)
  }
}
