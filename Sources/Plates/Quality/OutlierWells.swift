import Assay
import DoseTables
import Statistics

/// Finds wells that do not fit their replicates and their neighbours.
///
/// A well is an outlier when it is more than `outlierDeviation` robust standard deviations (MAD × 1.4826; Iglewicz &
/// Hoaglin 1993, *How to Detect and Handle Outliers*) and `outlierPoints` from
/// - the median of its two or more replicates, the worst of a treatment first, and the rest without it;
/// - or, with one replicate, from that replicate **and** from its neighbours, and farther from these than the other;
/// - or, without replicates, from its neighbours by half as much again.
///
/// The standard deviation is the plate's at the response that is expected of the well, √(a² + (b v)²): v is the share
/// of cells that is left, a the spread of dead wells (v below `ReplicateDeviations.leastAlive`), b that of live ones as
/// a share of their signal, since live wells vary by their number of cells.
///
/// A well's neighbours are the wells with the next lower and the next higher dose of one drug, all else the same, 0
/// included.
struct OutlierWells {
  /// An outlier: plate, well, and the evidence in words.
  struct Found {
    var plate: Int
    var well: Int
    var evidence: String
  }

  /// The outliers, by plate and well.
  private(set) var found: [Found] = []
  /// Wells that were judged, by plate.
  private(set) var judged: [Int]

  private let thresholds: QualityThresholds
  private var spreads: [Spread] = []

  /// A plate's robust spread of deviations.
  private struct Spread {
    /// From replicates: of dead wells, points, and of live ones, points at full signal.
    var dead = 0.0
    var live = 0.0
    /// From neighbours, as a multiple of that from replicates.
    var neighbours = 1.0

    /// From replicates where this response is expected.
    func points(at response: Double) -> Double {
      let left = max(0, 1 - response / 100) * live
      return (dead * dead + left * left).squareRoot()
    }
  }

  init(_ plates: [ScreenPlate], groups: ReplicateDeviations, thresholds: QualityThresholds) {
    self.thresholds = thresholds
    judged = [Int](repeating: 0, count: plates.count)
    let neighbours = NeighbourResponses(plates, groups: groups)
    for (number, plate) in plates.enumerated() {
      let deviations = groups.plates[number].compactMap(\.self)
      let alive = 100 * (1 - ReplicateDeviations.leastAlive)
      var spread = Spread()
      spread.dead = Self.spread(deviations.filter { $0.others > alive }.map(\.points))
      spread.live = Self.spread(deviations.filter { $0.others <= alive }.map { $0.points / (1 - $0.others / 100) })
      let gaps = plate.wells.compactMap { well -> Double? in
        guard let near = neighbours.response(around: TreatmentKey(well.design)), let response = well.response else {
          return nil
        }
        let points = spread.points(at: near)
        return points > 0 ? (response - near) / points : nil
      }
      spread.neighbours = max(1, Self.spread(gaps))
      spreads.append(spread)
    }
    for (key, members) in groups.groups {
      let near = neighbours.response(around: key)
      judge(members.map { ($0.plate, $0.well, plates[$0.plate].wells[$0.well].response ?? .nan) }, near: near)
    }
    found.sort { ($0.plate, $0.well) < ($1.plate, $1.well) }
  }

  private static func spread(_ values: [Double]) -> Double {
    let mad = SampleStatistics(values).mad
    return mad.isFinite ? mad : 0
  }

  private typealias Member = (plate: Int, well: Int, response: Double)

  private mutating func judge(_ members: [Member], near: Double?) {
    if members.count > 1 || near != nil { for member in members { judged[member.plate] += 1 } }
    var left = members
    while left.count > 2 {
      // The median of all is what is left by more than the outlier itself only from three wells on.
      let rest = { (index: Int) in left.indices.filter { $0 != index }.map { left[$0].response } }
      let gaps = left.indices.map { left[$0].response - median(rest($0)) }
      guard let worst = gaps.indices.max(by: { abs(gaps[$0]) < abs(gaps[$1]) }),
        isFar(gaps[worst], spreads[left[worst].plate].points(at: left[worst].response - gaps[worst]), 1)
      else { return }
      report(left[worst], others: median(rest(worst)), count: left.count - 1, near: near)
      left.remove(at: worst)
    }
    guard let near else { return }
    if left.count == 2 {
      guard members.count == 2 else { return }
      let far = left.sorted { abs($0.response - near) > abs($1.response - near) }
      let spread = spreads[far[0].plate]
      guard isFar(far[0].response - far[1].response, spread.points(at: far[1].response), 1),
        isFar(far[0].response - near, spread.points(at: near) * spread.neighbours, 1),
        abs(far[1].response - near) < abs(far[0].response - near) / 2
      else { return }
      report(far[0], others: far[1].response, count: 1, near: near)
    } else if let only = left.first, members.count == 1,
      isFar(only.response - near, spreads[only.plate].points(at: near) * spreads[only.plate].neighbours, 1.5)
    {
      report(only, others: nil, count: 0, near: near)
    }
  }

  private func isFar(_ gap: Double, _ spread: Double, _ factor: Double) -> Bool {
    abs(gap) > factor * thresholds.outlierPoints && abs(gap) > factor * thresholds.outlierDeviation * spread
  }

  private mutating func report(_ well: Member, others: Double?, count: Int, near: Double?) {
    let number = { (value: Double) in PlateReadingError.number((value * 10).rounded() / 10) }
    var parts = ["response \(number(well.response)) %"]
    if let others {
      let spread = spreads[well.plate].points(at: others)
      let size = spread > 0 ? " (\(number(abs(well.response - others) / spread)) robust SD away)" : ""
      parts.append("its \(count == 1 ? "replicate" : "\(count) replicates") \(number(others)) %\(size)")
    }
    if let near { parts.append("its neighbours in dose \(number(near)) %") }
    found.append(Found(plate: well.plate, well: well.well, evidence: parts.joined(separator: ", ")))
  }
}
