import DoseResponse
import Foundation
import LeastSquares

/// The two curves whose null surface is nearest to all wells of a block: what the block would look like if its drugs
/// did not interact in the sense of a model.
///
/// Scores are tested on copies drawn around these curves and not around those fitted to each drug alone: at four or
/// five doses a curve of four parameters goes through the noise, is steeper than the drug, and copies of it are surer
/// than they should be. The whole block pins the same parameters down with all its wells.
struct NullSurface {
  /// The curves; they share E0.
  let curves: [HillCurve]
  /// The surface, % inhibition, one value a cell; NaN where nothing was measured.
  let response: [Double]
  /// Σ n (ȳ − surface)² over the cells.
  let rss: Double
  /// Cells less parameters.
  let degrees: Double

  /// Emax is sought within this range or that of the responses, whichever is wider, % inhibition.
  private static let responses = -20.0...120.0
  /// EC50 is sought so far beyond the tested doses, as a factor.
  private static let margin = 10.0
  private static let hills = 0.3...6.0
  private static let parameters = 7

  /// Fits the surface of `model` through all cells; `nil` when the block is not two drugs, has no more cells than
  /// parameters, or the search fails.
  init?(_ grid: CellGrid, model: NullModel) {
    let matrix = grid.matrix
    let cells = (0..<matrix.cellCount).filter { matrix.count[$0] > 0 }
    guard grid.drugs == 2, cells.count > Self.parameters + 1, grid.doses.allSatisfy({ ($0.last ?? 0) > 0 }) else {
      return nil
    }
    // Relative to the lowest dose of each drug: steps and tolerances would otherwise depend on the unit of the doses.
    let scales = grid.doses.map { $0.first { $0 > 0 } ?? 1 }
    let box = Box(grid, cells)
    let means = cells.map { grid.mean[$0] }
    let surface = Surface(grid, cells: cells, scales: scales, model: model)
    let problem = NonlinearProblem(
      residualCount: cells.count, parameterCount: Self.parameters, weights: cells.map { Double(matrix.count[$0]) },
      bounds: Bounds(lower: box.lower, upper: box.upper),
      jacobian: { parameters, jacobian in
        // Forward differences, all seven in one evaluation; a step turns round at an upper bound.
        let steps = parameters.indices.map { place -> Double in
          let size = place == 0 || place == 1 || place == 4 ? 1e-4 : 1e-5
          return parameters[place] + size > box.upper[place] ? -size : size
        }
        surface.evaluate(parameters, steps: steps) { index, values in
          for place in steps.indices { jacobian[index, place] = (values[place + 1] - values[0]) / steps[place] }
        }
      },
      residuals: { parameters, residuals in
        surface.evaluate(parameters) { index, values in residuals[index] = values[0] - means[index] }
      })
    var options = LevenbergMarquardt.Options()
    options.gradientTolerance = 1e-6
    options.stepTolerance = 1e-4
    options.rssTolerance = 1e-5
    options.maxIterations = 40
    options.acceleration = false
    guard let solution = try? LevenbergMarquardt.minimize(problem, from: box.start, options: options),
      solution.parameters.allSatisfy(\.isFinite), solution.rss.isFinite
    else { return nil }
    let x = solution.parameters
    curves = [
      HillCurve(e0: x[0], emax: x[1], hill: exp(x[2]), ec50: exp(x[3]) * scales[0]),
      HillCurve(e0: x[0], emax: x[4], hill: exp(x[5]), ec50: exp(x[6]) * scales[1]),
    ]
    var response = [Double](repeating: .nan, count: matrix.cellCount)
    surface.evaluate(x) { index, values in response[cells[index]] = values[0] }
    self.response = response
    rss = solution.rss
    degrees = Double(cells.count - Self.parameters)
  }

  /// Where the parameters may lie, and where the search starts: E0, then Emax, ln h and ln (EC50 / scale) of each drug.
  private struct Box {
    var lower: [Double]
    var upper: [Double]
    var start: [Double]

    init(_ grid: CellGrid, _ cells: [Int]) {
      let least = cells.reduce(Double.infinity) { min($0, grid.mean[$1]) }
      let most = cells.reduce(-Double.infinity) { max($0, grid.mean[$1]) }
      let ends = min(least, NullSurface.responses.lowerBound)...max(most, NullSurface.responses.upperBound)
      lower = [least - (most - least) - 1]
      upper = [most + (most - least) + 1]
      let absent = cells.first { grid.present[$0] == 0 }
      start = [absent.map { grid.mean[$0] } ?? least]
      for drug in 0..<2 {
        let doses = grid.doses[drug].filter { $0 > 0 }
        let low = doses.first ?? 1
        let high = doses.last ?? 1
        // What the highest dose does with the least of the other drug.
        let end = cells.last { grid.dose($0, drug) == high && grid.present[$0] == 1 } ?? cells[cells.count - 1]
        let span = log(high / low)
        let margin = log(NullSurface.margin)
        lower += [ends.lowerBound, log(NullSurface.hills.lowerBound), -margin]
        upper += [ends.upperBound, log(NullSurface.hills.upperBound), span + margin]
        start += [grid.mean[end], log(1.3), span / 2]
      }
      for place in start.indices { start[place] = min(max(start[place], lower[place]), upper[place]) }
    }
  }

  /// The model's surface over the cells, at one set of parameters or at eight. Doses are relative to each drug's scale.
  private struct Surface {
    let model: NullModel
    let doses: [(Double, Double)]
    let highest: (Double, Double)

    init(_ grid: CellGrid, cells: [Int], scales: [Double], model: NullModel) {
      self.model = model
      doses = cells.map { (grid.dose($0, 0) / scales[0], grid.dose($0, 1) / scales[1]) }
      highest = ((grid.doses[0].last ?? 0) / scales[0], (grid.doses[1].last ?? 0) / scales[1])
    }

    /// Calls `store` with each cell's number and its values: lane 0 at `parameters`, lane k at those with step k − 1
    /// added to number k − 1.
    func evaluate(_ parameters: [Double], steps: [Double]? = nil, _ store: (Int, Lanes) -> Void) {
      var x = parameters.map { Lanes(repeating: $0) }
      if let steps { for place in steps.indices { x[place][place + 1] += steps[place] } }
      let hill = (exponential(x[2]), exponential(x[5]))
      if model == .loewe {
        let reference = LoeweLanes(
          e0: (x[0], x[0]), emax: (x[1], x[4]), hill: hill, ec50: (exponential(x[3]), exponential(x[6])),
          highestDoses: highest)
        for (index, dose) in doses.enumerated() {
          store(index, dose.0 == 0 && dose.1 == 0 ? x[0] : reference.response(at: dose))
        }
        return
      }
      @inline(__always) func alone(_ dose: Double, _ emax: Lanes, _ hill: Lanes, _ logEC50: Lanes) -> Lanes {
        guard dose > 0 else { return x[0] }
        let u = (hill * (log(dose) - logEC50)).kept(Lanes(repeating: -700), Lanes(repeating: 700))
        return x[0] + (emax - x[0]) / (1 + exponential(Lanes() - u))
      }
      for (index, dose) in doses.enumerated() {
        let one = alone(dose.0, x[1], hill.0, x[3])
        let two = alone(dose.1, x[4], hill.1, x[6])
        guard dose.0 > 0, dose.1 > 0 else {
          store(index, dose.0 > 0 ? one : two)
          continue
        }
        store(index, model == .hsa ? larger(one, two) : 100 - (100 - one) * (100 - two) * 0.01)
      }
    }
  }
}
