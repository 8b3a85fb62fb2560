import Foundation
import ReferenceData
import Testing

@testable import Spreadsheets

private func number(_ text: String, decimal: String = ".") -> Double? {
  let bytes = Array(text.utf8)
  return NumberReading(decimal: Array(decimal.utf8)[0]).number(in: bytes, 0..<bytes.count)
}

@Suite struct NumberReadingTests {
  @Test(arguments: [
    "0", "-0", "1", "+1", "-1.5", ".5", "5.", "6.26E-04", "1e3", "1E+05", "0.1", "123456789012345678",
    "1234567890123456789012",
    "9007199254740993", "0.30000000000000004", "1e-400", "1e22", "1e23", "9.999999999999999e99", "1e-100",
    "0.000000000000000000000000000001", "00012.5000",
  ])
  func `a number is the Double that the standard library reads`(text: String) throws {
    let read = try #require(number(text))
    let expected = try #require(Double(text) ?? Double(text.hasPrefix(".") ? "0" + text : text + "0"))
    #expect(read.bitPattern == expected.bitPattern)
  }

  @Test(arguments: [
    // Half way between two Doubles, and next to it.
    "4503599627370496.5", "4503599627370497.5", "4503599627370496.500", "4503599627370496.501", "4503599627370497.499",
    "9007199254740993.0", "9007199254740993.00", "9007199254740993.01", "9007199254740992.99", "9007199254740995.0",
    "900719925474099.35", "90071992547409.9301", "2251799813685248.25", "2251799813685248.750", "1125899906842624.125",
    // As long as the short way goes.
    "9999999999999999999e-19", "0.9999999999999999999", "1.000000000000000000", "9.999999999999999999",
    "9223372036854775807e-1", "9223372036854775809e-18", "1844674407370955161.5", "9007199254740993e-19",
    "-9007199254740993e-19", "9007199254740993e0", "9999999999999999999", "9223372036854775808", "9007199254740995",
    // As spreadsheets and Python write sums.
    "14.470000000000001", "99.999999999999986", "0.30000000000000004", "100.00000000000001", "0.1000000000000000055",
    "33.333333333333336", "0.022250738585072014", "1.7976931348623157", "57.899999999999999", "-0.000000000000000001",
  ])
  func `seventeen to nineteen digits are rounded once, as strtod rounds them`(text: String) {
    #expect(number(text)?.bitPattern == strtod(text, nil).bitPattern)
  }

  @Test func `random numbers of up to nineteen digits are those of strtod`() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<40_000 {
      let digits = Int.random(in: 14...19, using: &random)
      let whole = "\(random.next())".prefix(digits)
      let point = whole.index(whole.startIndex, offsetBy: Int.random(in: 0...whole.count, using: &random))
      let plain = (random.next() % 2 == 0 ? "-" : "") + whole[..<point] + "." + whole[point...]
      #expect(number(plain)?.bitPattern == strtod(plain, nil).bitPattern)
      let scaled = "\(whole)e\(Int.random(in: -25...25, using: &random))"
      #expect(number(scaled)?.bitPattern == strtod(scaled, nil).bitPattern)
      // Next to the middle of two neighbours.
      let value = Double(Int.random(in: 1 << 52..<1 << 53, using: &random))
      let middle = String(format: "%.2f", value / 4) + "\(random.next() % 3)"
      #expect(number(middle)?.bitPattern == strtod(middle, nil).bitPattern)
    }
  }

  @Test func `thirty thousand random numbers read back bit for bit`() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<30_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite, (1e-99...1e99).contains(abs(value)) else { continue }
      #expect(number("\(value)")?.bitPattern == value.bitPattern)
      let common = Double(Int.random(in: -9_999_999...9_999_999, using: &random)) / 1e4
      #expect(number("\(common)") == common)
      #expect(number(String(format: "%.12g", value)) == Double(String(format: "%.12g", value)))
    }
  }

  @Test(arguments: [
    "", "NA", "N/A", "nan", "NaN", "inf", "-Inf", "1e999", "1e101", "-1.7976931348623157e308", "2e-101", "OVRFLW",
    "*****", ">9999", "<1", "1,5", "1.5.2", "1e",
    "1e+", "e5", "-", ".",
    "+-1", "0x10", "1 000", "12%", "1.5µ",
  ])
  func `what is no finite number of a plausible size is refused`(text: String) {
    #expect(number(text) == nil)
  }

  @Test(arguments: ["\u{A0}5", "5\u{A0}", " 5 ", "\u{A0}\u{A0} 5"])
  func `spaces and no-break spaces around a number do not matter`(text: String) {
    #expect(number(text) == 5)
  }

  @Test func `with a decimal comma the point is no decimal mark`() {
    #expect(number("0,5", decimal: ",") == 0.5)
    #expect(number("-1,25E-3", decimal: ",") == -1.25e-3)
    #expect(number("3,14159265358979312", decimal: ",") == 3.14159265358979312)
    #expect(number("0.5", decimal: ",") == nil)
    #expect(number("1.234,5", decimal: ",") == nil)
  }
}
