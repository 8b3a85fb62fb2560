/// One block: one combination of two or more drugs tested in one sample over a grid of doses.
///
/// The grid is the product of the drugs' doses. A **cell** is one point of it; it holds the responses of the wells that
/// were treated so: none (missing), one, or several (replicates). Cells are numbered row-major, the last drug's dose
/// fastest. Responses are % inhibition and are kept as they were measured.
public struct DoseMatrix: Sendable {
  /// One measured well: a dose of each drug and the response in % inhibition.
  public struct Well: Sendable, Hashable, Codable {
    /// One dose for each drug, in the unit of that drug's axis.
    public var doses: [Double]
    /// % inhibition.
    public var response: Double

    /// Makes a well.
    public init(doses: [Double], response: Double) {
      self.doses = doses
      self.response = response
    }
  }

  /// A well that was measured and has no part in the block.
  public struct ExcludedWell: Sendable, Hashable, Codable {
    /// The well: its doses in the order and the units of the block, and its response.
    public var well: Well
    /// Why, in the person's words; may be empty.
    public var reason: String

    /// Makes an excluded well.
    public init(well: Well, reason: String) {
      self.well = well
      self.reason = reason
    }
  }

  /// The block's name, unique within a screen.
  public let id: String
  /// The cell line or patient sample; `nil` when the file names none.
  public let sample: String?
  /// The drugs and their doses.
  public let axes: [DoseAxis]
  /// Number of doses of each drug.
  public let shape: [Int]
  /// The step in cell number for one step in each drug's dose.
  public let strides: [Int]
  /// Number of replicate wells in each cell; 0 = missing.
  public let count: [Int]
  /// Mean response of each cell, % inhibition; NaN where the cell is missing.
  public let mean: [Double]

  /// Wells that the block was read with and that a person has excluded since; no other number knows them.
  public internal(set) var excluded: [ExcludedWell] = []

  let offsets: [Int]
  let values: [Double]

  /// Takes a block's parts as they are; the caller answers for their agreement.
  init(
    id: String, sample: String?, axes: [DoseAxis], count: [Int], mean: [Double], offsets: [Int], values: [Double]
  ) {
    self.id = id
    self.sample = sample
    self.axes = axes
    shape = axes.map { $0.doses.count }
    strides = Self.strides(of: shape)
    self.count = count
    self.mean = mean
    self.offsets = offsets
    self.values = values
  }

  /// Makes a block from its wells. The order of the wells does not matter: replicates are kept sorted by value.
  ///
  /// - Throws: `DoseMatrixError` when the wells do not make a grid of two or more drugs.
  public init(
    id: String, sample: String?, drugs: [(name: String, unit: ConcentrationUnit)], wells: [Well]
  ) throws(DoseMatrixError) {
    for well in wells where well.doses.count != drugs.count {
      throw .doseCount(expected: drugs.count, found: well.doses.count)
    }
    try self.init(
      id: id, sample: sample, drugs: drugs, doses: wells.flatMap(\.doses), responses: wells.map(\.response))
  }

  /// Makes a block from its wells, their doses one after the other.
  ///
  /// - Parameters:
  ///   - doses: One for each drug, well after well, in the drugs' units.
  ///   - responses: One for each well, % inhibition.
  /// - Throws: `DoseMatrixError` when the wells do not make a grid of two or more drugs.
  public init(
    id: String, sample: String?, drugs: [(name: String, unit: ConcentrationUnit)], doses: [Double], responses: [Double]
  ) throws(DoseMatrixError) {
    let drugCount = drugs.count
    guard drugCount >= 2 else { throw .tooFewDrugs(drugCount) }
    guard !responses.isEmpty else { throw .noWells }
    guard doses.count == responses.count * drugCount else {
      throw .doseCount(expected: drugCount, found: doses.count / responses.count)
    }
    let plausible = Self.plausible
    for place in doses.indices where !(doses[place] == 0 || plausible.contains(doses[place])) {
      throw .invalidDose(drug: drugs[place % drugCount].name, dose: doses[place])
    }
    for response in responses where !(response == 0 || plausible.contains(abs(response))) {
      throw .invalidResponse(response)
    }
    var axes: [DoseAxis] = []
    for drug in drugs.indices {
      let distinct = Self.distinct(doses, from: drug, by: drugCount)
      axes.append(
        DoseAxis(drug: drugs[drug].name, writtenPosition: drug, unit: drugs[drug].unit, doses: distinct))
    }
    let shape = axes.map { $0.doses.count }
    var cells = 1
    for extent in shape {
      let (product, overflow) = cells.multipliedReportingOverflow(by: extent)
      guard !overflow, product <= Self.largestGrid else { throw .gridTooLarge(shape: shape, wells: responses.count) }
      cells = product
    }
    let strides = Self.strides(of: shape)
    var cellOfWell = [Int](repeating: 0, count: responses.count)
    for drug in 0..<drugCount {
      let (axis, step) = (axes[drug].doses, strides[drug])
      // Neighbouring wells often have the same dose.
      var (last, place) = (axis[0], 0)
      for well in cellOfWell.indices {
        let dose = doses[well * drugCount + drug]
        if dose != last { (last, place) = (dose, Self.place(of: dose, in: axis)) }
        cellOfWell[well] += place * step
      }
    }
    var count = [Int](repeating: 0, count: cells)
    for cell in cellOfWell { count[cell] += 1 }
    var offsets = [Int](repeating: 0, count: cells + 1)
    for cell in 0..<cells { offsets[cell + 1] = offsets[cell] + count[cell] }
    var next = offsets
    var values = [Double](repeating: 0, count: responses.count)
    for (well, cell) in cellOfWell.enumerated() {
      values[next[cell]] = responses[well]
      next[cell] += 1
    }
    var mean = [Double](repeating: .nan, count: cells)
    for cell in 0..<cells where count[cell] > 0 {
      let own = offsets[cell]..<offsets[cell + 1]
      if count[cell] > 1 { values[own].sort() }
      var sum = 0.0
      for well in own { sum += values[well] }
      mean[cell] = sum / Double(count[cell])
    }
    self.init(id: id, sample: sample, axes: axes, count: count, mean: mean, offsets: offsets, values: values)
  }

  /// One drug's doses, each once and ascending.
  private static func distinct(_ doses: [Double], from drug: Int, by drugCount: Int) -> [Double] {
    var distinct: [Double] = []
    for place in stride(from: drug, to: doses.count, by: drugCount) {
      // + 0 makes one zero of 0 and -0
      let dose = doses[place] + 0
      if distinct.last == dose { continue }
      // Few doses in many wells, as a grid has, are put in order one by one; many are sorted.
      guard distinct.count < 64 else {
        let sorted = stride(from: drug, to: doses.count, by: drugCount).map { doses[$0] + 0 }.sorted()
        distinct = []
        for dose in sorted where dose != distinct.last { distinct.append(dose) }
        return distinct
      }
      let next = distinct.firstIndex { $0 >= dose } ?? distinct.count
      if next == distinct.count || distinct[next] != dose { distinct.insert(dose, at: next) }
    }
    return distinct
  }

  /// Where a dose stands among an axis's, by halving.
  private static func place(of dose: Double, in doses: [Double]) -> Int {
    var (low, high) = (0, doses.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if doses[middle] <= dose { low = middle } else { high = middle }
    }
    return low
  }

  /// The step in cell number for one step on each axis: the last drug's dose is fastest.
  static func strides(of shape: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    for drug in shape.indices.dropLast().reversed() { strides[drug] = strides[drug + 1] * shape[drug + 1] }
    return strides
  }

  /// Magnitudes of doses and responses other than 0 that can be calculated with; no real one is near the ends.
  public static let plausible = 1e-100...1e100

  /// The largest number of cells a grid may have. A screen's matrix has some hundreds; more than this means that the
  /// doses are not a grid (every well at its own dose).
  public static let largestGrid = 1_000_000

  /// Number of drugs.
  public var drugCount: Int { axes.count }
  /// Number of cells, missing ones included.
  public var cellCount: Int { mean.count }
  /// Number of wells.
  public var wellCount: Int { values.count }

  /// The cell's replicate responses, % inhibition, ascending.
  public func replicates(of cell: Int) -> ArraySlice<Double> { values[offsets[cell]..<offsets[cell + 1]] }

  /// The number of the cell at the given position on each axis.
  public func cell(at position: [Int]) -> Int {
    var cell = 0
    for drug in position.indices { cell += position[drug] * strides[drug] }
    return cell
  }

  /// The cell's position on a drug's axis.
  public func position(of cell: Int, on drug: Int) -> Int { cell / strides[drug] % shape[drug] }

  /// The cell's dose of a drug.
  public func dose(of drug: Int, in cell: Int) -> Double { axes[drug].doses[position(of: cell, on: drug)] }

  /// The cell's dose of every drug.
  public func doses(of cell: Int) -> [Double] { axes.indices.map { dose(of: $0, in: cell) } }

  /// How many drugs are present (dose > 0) in the cell.
  public func drugsPresent(in cell: Int) -> Int {
    var present = 0
    for drug in axes.indices where dose(of: drug, in: cell) > 0 { present += 1 }
    return present
  }

  /// The cells of a drug's monotherapy: every other drug at 0, doses ascending, the untreated control included where
  /// the grid has it. Missing cells are among them. `nil` when another drug was never left out.
  public func monotherapy(of drug: Int) -> [Int]? {
    guard axes.indices.allSatisfy({ $0 == drug || axes[$0].hasZero }) else { return nil }
    return (0..<shape[drug]).map { $0 * strides[drug] }
  }

  /// The untreated control's cell: every drug at 0. `nil` when the grid has no such cell or it is missing.
  public var control: Int? { axes.allSatisfy({ $0.hasZero }) && count[0] > 0 ? 0 : nil }

  /// The cells in which **all** drugs are present and measured.
  public var combinationCells: [Int] {
    (0..<cellCount).filter { count[$0] > 0 && drugsPresent(in: $0) == drugCount }
  }
}
