import Assay
import DoseResponse
import LeastSquares
import Statistics

/// The combination cells of a two-drug block, as the tests take them.
struct BIGLCells {
  /// Their numbers in the block.
  var cells: [Int]
  /// Both doses, > 0.
  var doses: [(Double, Double)]
  /// Their numbers of wells.
  var replicates: [Int]
  /// Their mean responses.
  var means: [Double]

  init(_ matrix: DoseMatrix) {
    cells = matrix.combinationCells
    doses = cells.map { (matrix.dose(of: 0, in: $0), matrix.dose(of: 1, in: $0)) }
    replicates = cells.map { matrix.count[$0] }
    means = cells.map { matrix.mean[$0] }
  }

  /// The highest dose of each drug.
  var highest: [Double] { [doses.map(\.0).max() ?? 0, doses.map(\.1).max() ?? 0] }
}

/// BIGL's tests of one block: marginals, their refits, and a test for each null.
public struct BIGLAnalysis: Sendable {
  /// The marginals; `nil` where they could not be fitted.
  public private(set) var marginals: BIGLMarginals?
  /// One for each null that could be tested, in the order asked for.
  public private(set) var tests: [BIGLTest] = []
  /// Why a null was not tested, and what to know of those that were.
  public private(set) var notes: [BlockNote] = []

  /// The flag of a block of which a null was not tested.
  public static let untested = "bigl_untested"
  /// The flag of a block whose drugs move the response opposite ways.
  public static let opposite = "bigl_opposite"

  /// Tests a block. Never throws: what cannot be tested is left out and told in `notes`.
  ///
  /// - Parameters:
  ///   - bounds: Of the marginals; BIGL has none, the defaults are wide.
  ///   - seed: Of the resamples.
  public init(_ matrix: DoseMatrix, options: BIGLOptions, bounds: HillBounds, seed: UInt64) {
    guard !options.nulls.isEmpty else { return }
    run(matrix, options: options, bounds: bounds, seed: seed)
  }

  /// Takes tests that were made before.
  public init(marginals: BIGLMarginals?, tests: [BIGLTest]) {
    self.marginals = marginals
    self.tests = tests
  }

  private mutating func run(_ matrix: DoseMatrix, options: BIGLOptions, bounds: HillBounds, seed: UInt64) {
    guard matrix.drugCount == 2 else {
      return refuse(options.nulls, "the block has \(matrix.drugCount) drugs; the test is one of two drugs")
    }
    let wells = Self.wells(of: matrix)
    guard let fit = BIGLMarginalFit(wells: wells, bounds: bounds) else {
      return refuse(options.nulls, "a drug was never tested alone at a dose above 0")
    }
    let least = BIGLMarginalFit.parameters + 1
    guard wells.count >= least else {
      return refuse(
        options.nulls,
        "both curves together take \(BIGLMarginalFit.parameters) parameters from \(wells.count) wells without or with one "
          + "drug, which leaves no degree of freedom; give at least \(least) such wells")
    }
    let cells = BIGLCells(matrix)
    guard !cells.cells.isEmpty, cells.cells.count <= options.mostCells else {
      return refuse(
        options.nulls, "the block has \(cells.cells.count) combination cells; expected 1 to \(options.mostCells)")
    }
    var errors: [Double]?
    if options.errors == .replicates {
      let deviations = Self.deviations(of: matrix)
      guard deviations.contains(where: { $0 != 0 }) else {
        return refuse(
          options.nulls,
          "its errors were to be drawn from replicates, and no replicates of the block differ; draw them from "
            + "the residuals")
      }
      errors = deviations
    }
    // Resamples of other inferences have other keys.
    let random = CounterRandom(seed: seed, block: matrix.digest ^ 0x4249_474C)
    do throws(LeastSquaresError) {
      try test(cells, fit: fit, errors: errors, random: random, options: options)
    } catch {
      refuse(options.nulls, "the marginals could not be fitted: \(error)")
    }
  }

  /// The wells with at most one drug; a control counts once.
  private static func wells(of matrix: DoseMatrix) -> [BIGLWell] {
    (0..<matrix.cellCount).filter { matrix.drugsPresent(in: $0) < 2 }.flatMap { cell in
      let drug = matrix.dose(of: 1, in: cell) > 0 ? 1 : 0
      let dose = matrix.dose(of: drug, in: cell)
      return matrix.replicates(of: cell).map { BIGLWell(drug: drug, dose: dose, response: $0) }
    }
  }

  /// Every well's deviation from the mean of its cell.
  private static func deviations(of matrix: DoseMatrix) -> [Double] {
    (0..<matrix.cellCount).flatMap { cell in matrix.replicates(of: cell).map { $0 - matrix.mean[cell] } }
  }

  private mutating func test(
    _ cells: BIGLCells, fit: BIGLMarginalFit, errors: [Double]?, random: CounterRandom, options: BIGLOptions
  ) throws(LeastSquaresError) {
    let marginals = try fit.fit()
    self.marginals = marginals
    let scale = fit.wells.map { abs($0.response) }.max() ?? 0
    guard marginals.sigma > 1e-12 * scale else {
      return refuse(options.nulls, "the curves pass through every well: there is no noise to test against")
    }
    var nulls = options.nulls
    if !marginals.runsOneWay {
      nulls.removeAll { $0 == .bliss }
      if nulls.count < options.nulls.count {
        refuse([.bliss], "one drug's curve rises and the other's falls, where shares of an effect have no meaning")
      }
      if !nulls.isEmpty {
        notes.append(
          BlockNote(
            flag: Self.opposite,
            message:
              "BIGL: one drug's curve rises and the other's falls; F tells that the null does not hold, not whether it "
              + "is synergy."))
      }
    }
    let refits = BIGLRefits(fit, marginals: marginals, errors: errors, random: random)
    let covariances = try refits.covariances(nulls, at: cells.doses, count: max(2, options.refits))
    for (null, covariance) in zip(nulls, covariances) {
      tests.append(try BIGLTest(null, cells: cells, refits: refits, covariance: covariance, options: options))
    }
  }

  private mutating func refuse(_ nulls: [BIGLNull], _ reason: String) {
    tests.removeAll { nulls.contains($0.null) }
    let names = nulls.map(\.name).joined(separator: ", ")
    notes.append(BlockNote(flag: Self.untested, message: "BIGL's test of \(names) was excluded: \(reason)."))
  }
}
