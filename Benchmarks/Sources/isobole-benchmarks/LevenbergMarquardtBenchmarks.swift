import DoseResponse
import Foundation
import LeastSquares

/// The general solver on the same curves, from one start each, beside SciPy.
struct LevenbergMarquardtBenchmarks {
  static let group = "Levenberg–Marquardt, one start, analytic Jacobian"
  static let task = "10 doses, 4 parameters"
  var settings: Settings

  private let curves = NoisyCurves(points: 10, count: 200)

  func run() -> [Result] {
    let least = globalRSS()
    let starts = curves.responses.map(start)
    return [
      own(starts, least, name: "defaults", options: .init()),
      own(starts, least, name: "SciPy's tolerances", options: quick),
    ]
      + SciPy.run(curves, starts: starts, least: least)
  }

  /// SciPy's default tolerances, and light damping from a fair start.
  private var quick: LevenbergMarquardt.Options {
    var options = LevenbergMarquardt.Options()
    options.initialDamping = 1e-3
    options.stepTolerance = 1e-8
    options.gradientTolerance = 1e-8
    options.rssTolerance = 1e-8
    return options
  }

  private func own(
    _ starts: [[Double]], _ least: [Double], name: String, options: LevenbergMarquardt.Options
  ) -> Result {
    var rss: [Double] = []
    let problems = curves.responses.map(problem)
    let time = Stopwatch.time(repeats: settings.repeats, scale: Double(starts.count)) {
      rss = zip(problems, starts).map { problem, start in
        (try? LevenbergMarquardt.minimize(problem, from: start, options: options))?.rss ?? .nan
      }
    }
    return Result(
      Self.group, "\(Self.task), \(name)", time: time, in: .microseconds, floor: 11.4,
      check: Self.check(rss, least))
  }

  /// A local search may end above the global minimum, and, as it knows no bounds, below it; where it ends at a
  /// minimum it shares with the global search, both must be the same.
  static func check(_ rss: [Double], _ least: [Double]) -> Check {
    let same = zip(rss, least).count { abs($0 / $1 - 1) < 1e-6 }
    let lower = zip(rss, least).count { $0 < $1 * (1 - 1e-6) }
    return Check(
      same * 2 > rss.count, "\(same) of \(rss.count) at the global minimum, \(lower) outside its bounds")
  }

  private func globalRSS() -> [Double] {
    let fitter = HillFitter()
    return curves.responses.map { fitter.fit(doses: curves.doses, responses: $0).rss }
  }

  /// E0, Emax, ln h, ln EC50 as one would guess them: first and last response, 1, the middle dose.
  private func start(_ responses: [Double]) -> [Double] {
    [responses[0], responses[responses.count - 1], 0, log(curves.doses[curves.doses.count / 2])]
  }

  private func problem(_ responses: [Double]) -> NonlinearProblem {
    let logDoses = curves.doses.map { $0 > 0 ? log($0) : -1e6 }
    return NonlinearProblem(
      residualCount: logDoses.count, parameterCount: 4,
      jacobian: { x, jacobian in
        let hill = exp(x[2])
        for i in logDoses.indices {
          let g = 1 / (1 + exp(-hill * (logDoses[i] - x[3])))
          let slope = logDoses[i] > -1e6 ? (x[1] - x[0]) * g * (1 - g) * hill : 0
          jacobian[i, 0] = 1 - g
          jacobian[i, 1] = g
          jacobian[i, 2] = slope * (logDoses[i] - x[3])
          jacobian[i, 3] = -slope
        }
      },
      residuals: { x, residuals in
        let hill = exp(x[2])
        for i in logDoses.indices {
          residuals[i] = x[0] + (x[1] - x[0]) / (1 + exp(-hill * (logDoses[i] - x[3]))) - responses[i]
        }
      })
  }
}
