import Foundation
import LeastSquares
import ReferenceData
import Testing

/// The 27 nonlinear problems of NIST's Statistical Reference Datasets, from both starts, with analytic Jacobians and by
/// differences.
@Suite("NIST StRD", .enabled(if: ReferenceData.isPresent, Comment(rawValue: ReferenceData.absence)))
struct NISTTests {
  /// How a run had its Jacobian.
  enum Mode: String, CaseIterable {
    case analytic, central, ridders

    func solve(_ nist: NISTProblem, start: Int) throws -> Solution {
      var options = LevenbergMarquardt.Options()
      options.differences = self == .ridders ? .ridders : .central
      if nist.name == "Lanczos1" { (options.stepTolerance, options.gradientTolerance) = (1e-17, 1e-17) }
      return try LevenbergMarquardt.minimize(
        nist.problem(analytic: self == .analytic), from: nist.starts[start], options: options)
    }
  }

  /// Every run, made once: by problem, mode and start.
  private static let runs = Result {
    try Dictionary(
      uniqueKeysWithValues: NISTModels.names.map { name in
        let nist = try NISTProblem(named: name)
        let solutions = try Mode.allCases.map { mode in try (0..<2).map { try mode.solve(nist, start: $0) } }
        return (name, Dictionary(uniqueKeysWithValues: zip(Mode.allCases, solutions)))
      })
  }

  private func solutions(_ name: String, _ mode: Mode) throws -> [Solution] {
    try #require(Self.runs.get()[name]?[mode])
  }

  /// Digits asked of parameters, standard deviations and RSS; the table in the module's README says what is reached.
  private struct Asked {
    var parameters = 9.0
    var deviations = 9.0
    var rss = 9.0

    init(_ name: String, _ mode: Mode) {
      // Lanczos1: the residuals are 1e-13 of data given to 13 digits, so 3 digits of them, and of what is made of them,
      // are in a Double at all.
      if name == "Lanczos1" { (deviations, rss) = (6, 5.5) }
      if mode == .central { (parameters, deviations) = (6, name == "Lanczos1" ? 2 : 6) }
    }
  }

  @Test("Certified values are reached from both starts", arguments: NISTModels.names, Mode.allCases)
  func certified(name: String, mode: Mode) throws {
    let nist = try NISTProblem(named: name)
    let asked = Asked(name, mode)
    for (start, solution) in try solutions(name, mode).enumerated() {
      #expect(solution.isConverged, "start \(start + 1): \(solution.reason)")
      #expect(digits(solution.parameters, certified: nist.certified) >= asked.parameters)
      let deviations = try #require(solution.standardDeviations)
      #expect(digits(deviations, certified: nist.certifiedDeviations) >= asked.deviations)
      #expect(digits(solution.rss, certified: nist.certifiedRSS) >= asked.rss)
      #expect(solution.rank == nist.certified.count)
      let s = try #require(solution.residualStandardDeviation)
      #expect(digits(s, certified: nist.certifiedResidualDeviation) >= asked.rss)
    }
  }

  @Test("The analytic derivatives of the 27 models agree with Ridders'", arguments: NISTModels.names)
  func derivatives(name: String) throws {
    let nist = try NISTProblem(named: name)
    var options = LevenbergMarquardt.Options()
    options.maxIterations = 0
    options.differences = .ridders
    let exact = try LevenbergMarquardt.minimize(nist.problem(analytic: true), from: nist.certified, options: options)
    let taken = try LevenbergMarquardt.minimize(nist.problem(analytic: false), from: nist.certified, options: options)
    let (a, b) = try (#require(exact.unscaledCovariance), #require(taken.unscaledCovariance))
    #expect(digits(b.diagonal, certified: a.diagonal) >= 8)
  }

  @Test("The first damping may be anything from 30 to 10,000", arguments: [30, 1e4])
  func initialDamping(value: Double) throws {
    var options = LevenbergMarquardt.Options()
    options.initialDamping = value
    for name in NISTModels.names {
      let nist = try NISTProblem(named: name)
      for start in nist.starts {
        let solution = try LevenbergMarquardt.minimize(nist.problem(analytic: true), from: start, options: options)
        #expect(digits(solution.parameters, certified: nist.certified) >= 8, "\(name) from \(start)")
      }
    }
  }

  /// Prints the table of Sources/LeastSquares/README.md.
  @Test("The table of digits prints") func table() throws {
    print("| problem | parameters | std. deviations | RSS | trial steps | parameters, central | parameters, Ridders |")
    print("|---|---|---|---|---|---|---|")
    for name in NISTModels.names {
      let nist = try NISTProblem(named: name)
      let runs = try Mode.allCases.map { try solutions(name, $0) }
      func cell(_ mode: Int, _ value: (Solution) -> Double) -> String {
        runs[mode].map { String(format: "%.1f", value($0)) }.joined(separator: " / ")
      }
      let parameters: (Solution) -> Double = { digits($0.parameters, certified: nist.certified) }
      let cells = [
        name, cell(0, parameters),
        cell(0) { digits($0.standardDeviations ?? [], certified: nist.certifiedDeviations) },
        cell(0) { digits($0.rss, certified: nist.certifiedRSS) },
        runs[0].map { String($0.iterations) }.joined(separator: " / "), cell(1, parameters), cell(2, parameters),
      ]
      print("| " + cells.joined(separator: " | ") + " |")
    }
  }
}
