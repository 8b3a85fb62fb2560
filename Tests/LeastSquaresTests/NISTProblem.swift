import Foundation
import LeastSquares
import ReferenceData

/// One nonlinear problem of NIST's Statistical Reference Datasets, as its .dat file gives it.
///
/// Source: https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml; eleven certified digits.
struct NISTProblem {
  enum ParsingError: Error { case missing(String, file: String) }

  let name: String
  /// The two starting points.
  let starts: [[Double]]
  let certified: [Double]
  let certifiedDeviations: [Double]
  let certifiedRSS: Double
  let certifiedResidualDeviation: Double
  let y: [Double]
  /// Predictors of each observation: one, or two for Nelson.
  let x: [[Double]]
  #if arch(x86_64)
    /// The data in 64 bits of mantissa, response first.
    private let extended: [[Float80]]
  #endif

  init(named name: String) throws {
    self.name = name
    let lines = try ReferenceData.text("nist/\(name).dat").split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.replacingOccurrences(of: "\r", with: "") }
    var rows: [[Double]] = []
    for line in lines {
      let sides = line.split(separator: "=", maxSplits: 1)
      guard sides.count == 2, sides[0].trimmingCharacters(in: .whitespaces).wholeMatch(of: /b\d/) != nil else {
        continue
      }
      let numbers = Self.numbers(sides[1])
      if numbers.count == 4 { rows.append(numbers) }
    }
    starts = [rows.map { $0[0] }, rows.map { $0[1] }]
    certified = rows.map { $0[2] }
    certifiedDeviations = rows.map { $0[3] }
    certifiedRSS = try Self.value(after: "Residual Sum of Squares:", in: lines, file: name)
    certifiedResidualDeviation = try Self.value(after: "Residual Standard Deviation:", in: lines, file: name)
    let observations = Int(try Self.value(after: "Number of Observations:", in: lines, file: name))
    guard let header = lines.lastIndex(where: { $0.hasPrefix("Data:") }) else {
      throw ParsingError.missing("Data:", file: name)
    }
    let data = lines[(header + 1)...].map { Self.numbers($0[...]) }.filter { $0.count >= 2 }
    guard data.count == observations, !rows.isEmpty else { throw ParsingError.missing("observations", file: name) }
    y = name == "Nelson" ? data.map { log($0[0]) } : data.map { $0[0] }
    x = data.map { Array($0.dropFirst()) }
    #if arch(x86_64)
      extended = lines[(header + 1)...].map { $0.split(whereSeparator: \.isWhitespace).compactMap { Float80($0) } }
        .filter { $0.count >= 2 }
    #endif
  }

  private static func numbers(_ text: Substring) -> [Double] {
    text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
  }

  private static func value(after label: String, in lines: [String], file: String) throws -> Double {
    guard let line = lines.first(where: { $0.hasPrefix(label) }),
      let value = Double(line.dropFirst(label.count).trimmingCharacters(in: .whitespaces))
    else { throw ParsingError.missing(label, file: file) }
    return value
  }

  /// The problem for the solver, with the analytic Jacobian or without one.
  func problem(analytic: Bool) throws -> NonlinearProblem {
    guard let model = NISTModels.all[name] else { throw ParsingError.missing("model", file: name) }
    let (n, x, y) = (certified.count, x, y)
    let jacobian: NonlinearProblem.Jacobian = { b, jacobian in
      var gradient = [Double](repeating: 0, count: n)
      for i in x.indices {
        _ = model(b, x[i], &gradient)
        for j in 0..<n { jacobian[i, j] = gradient[j] }
      }
    }
    #if arch(x86_64)
      // The residuals of Lanczos1 are 1e-13 of its data: a Double has three digits of them unless the difference is
      // taken in more digits, which is the residual function's business and not the solver's.
      if name == "Lanczos1" {
        let (x, y) = (extended.map { $0[1] }, extended.map { $0[0] })
        return NonlinearProblem(residualCount: y.count, parameterCount: n, jacobian: analytic ? jacobian : nil) {
          b, r in
          for i in x.indices {
            r[i] = Double([0, 2, 4].reduce(-y[i]) { $0 + Float80(b[$1]) * exp(-Float80(b[$1 + 1]) * x[i]) })
          }
        }
      }
    #endif
    return NonlinearProblem(residualCount: y.count, parameterCount: n, jacobian: analytic ? jacobian : nil) { b, r in
      var unused = [Double](repeating: 0, count: n)
      for i in x.indices { r[i] = model(b, x[i], &unused) - y[i] }
    }
  }
}

/// The number of leading digits in which `value` agrees with the certified one: −log₁₀ |value − certified| /
/// |certified|, at most 11, which is as many as are certified.
func digits(_ value: Double, certified: Double) -> Double {
  guard value.isFinite else { return 0 }
  guard value != certified else { return 11 }
  return min(11, max(0.0, 0 - log10(abs(value - certified) / abs(certified))))
}

func digits(_ values: [Double], certified: [Double]) -> Double {
  guard values.count == certified.count else { return 0 }
  return zip(values, certified).reduce(11) { min($0, digits($1.0, certified: $1.1)) }
}
