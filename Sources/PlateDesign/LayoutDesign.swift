import Assay
import Plates

/// A combination experiment as it is to be pipetted: which wells of which plates get what.
///
/// Every anchor meets every partner in every sample, all doses of the one with all of the other, each drug alone as
/// well; a drug's wells alone serve all its combinations. Replicates and controls are scattered over the plate by the
/// seed; a plate holds one sample; what does not fit goes onto further plates, each with its own controls.
public struct LayoutDesign: Sendable {
  /// What is asked for.
  public struct Request: Sendable {
    /// The drugs that meet every partner.
    public var anchors: [DoseSeries]
    /// Their partners.
    public var partners: [DoseSeries]
    /// The samples; none named is one sample.
    public var samples: [String] = []
    /// The plates' size. Default: 384.
    public var format = PlateFormat.standard[5]
    /// Wells of each dose pair. Default: 3.
    public var replicates = 3
    /// Control wells of each plate. Default: 16 negative, 16 positive, no blank.
    public var controls: [PlateLayout.Role: Int] = [.negative: 16, .positive: 16, .blank: 0]
    /// What the positive controls get; `nil`: something that is added by hand.
    public var kill: DoseSeries?
    /// Whether the outer rows and columns stay empty. Default: yes.
    public var avoidsEdges = true
    /// The seed of the order of wells. Default: 1.
    public var seed: UInt64 = 1
    /// The plates are called this and a number. Default: `P`.
    public var prefix = "P"
    /// The volume of an assay well, nL. Default: 50,000.
    public var wellVolume = 50_000.0
    /// The volume of every transfer, nL. Default: 50.
    public var transferVolume = 50.0

    /// A request with the defaults.
    public init(anchors: [DoseSeries], partners: [DoseSeries]) {
      self.anchors = anchors
      self.partners = partners
    }
  }

  /// One transfer.
  public struct Pick: Sendable, Hashable {
    /// Where it comes from.
    public var sourcePlate: String
    /// The source well.
    public var sourceWell: WellPosition
    /// The drug; `DMSO` for solvent alone.
    public var drug: String
    /// Its concentration in the source well.
    public var stock: Double
    /// The unit of `stock`.
    public var unit: ConcentrationUnit
    /// Where it goes.
    public var plate: String
    /// The well.
    public var well: WellPosition
    /// How much, nL.
    public var volume: Double
  }

  /// The plates.
  public private(set) var layouts: [PlateLayout] = []
  /// The transfers that make them, by plate, source well and well.
  public private(set) var picks: [Pick] = []

  /// The most wells of a design.
  public static let mostWells = 1_000_000

  /// Makes the design.
  ///
  /// - Throws: `LayoutDesignError` when it cannot be made.
  public init(_ request: Request) throws(LayoutDesignError) {
    let usable = Self.usable(request)
    let controls = request.controls.values.reduce(0, +)
    let room = usable.count - controls
    guard room > 0 else { throw .noRoom(usable: usable.count, controls: controls) }
    guard request.controls[.negative, default: 0] > 0 else { throw .noNegativeControl }
    let names = (request.anchors + request.partners).map { $0.drug.lowercased() }
    guard Set(names).count == names.count else { throw .drugTwice }
    let wells = try Self.wells(request)
    var order = SeededShuffle(seed: request.seed)
    for sample in request.samples.isEmpty ? [nil] : request.samples.map(Optional.some) {
      for start in stride(from: 0, to: wells.count, by: room) {
        var places = order.shuffled(usable)[...]
        var own = wells[start..<min(wells.count, start + room)].map { well in
          PlateLayout.Well(
            position: places.removeFirst(), role: .sample, treatments: well.treatments, sample: sample,
            replicate: well.replicate)
        }
        for (role, count) in request.controls.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
          for number in 0..<count {
            let kill = role == .positive ? request.kill : nil
            own.append(
              PlateLayout.Well(
                position: places.removeFirst(), role: role,
                treatments: kill.map { [.init(drug: $0.drug, dose: $0.doses[0], unit: $0.unit)] } ?? [], sample: sample,
                replicate: number + 1))
          }
        }
        layouts.append(
          PlateLayout(
            plate: "\(request.prefix)\(layouts.count + 1)", file: "", wells: own.sorted { $0.position < $1.position }))
      }
    }
    picks = Self.picks(for: layouts, request)
  }

  private static func usable(_ request: Request) -> [WellPosition] {
    let rim = request.avoidsEdges ? 1 : 0
    let (rows, columns) = (request.format.rows, request.format.columns)
    guard rows > 2 * rim, columns > 2 * rim else { return [] }
    return (rim..<rows - rim).flatMap { row in
      (rim..<columns - rim).map { WellPosition(row: row, column: $0) }
    }
  }

  private typealias Treated = (treatments: [PlateLayout.Treatment], replicate: Int)

  private static func wells(_ request: Request) throws(LayoutDesignError) -> [Treated] {
    let alone = (request.anchors + request.partners).reduce(0) { $0 + $1.doses.count }
    let pairs =
      request.anchors.reduce(0) { $0 + $1.doses.count } * request.partners.reduce(0) { $0 + $1.doses.count }
    let samples = max(1, request.samples.count)
    let (product, overflow) = (alone + pairs).multipliedReportingOverflow(by: request.replicates)
    guard !overflow, product <= mostWells / samples else { throw .tooManyWells(limit: mostWells) }
    var wells: [Treated] = []
    func treatment(_ series: DoseSeries, _ dose: Double) -> PlateLayout.Treatment {
      .init(drug: series.drug, dose: dose, unit: series.unit)
    }
    for replicate in 1...max(1, request.replicates) {
      for series in request.anchors + request.partners {
        for dose in series.doses { wells.append(([treatment(series, dose)], replicate)) }
      }
      for anchor in request.anchors {
        for partner in request.partners {
          for first in anchor.doses {
            for second in partner.doses {
              wells.append(([treatment(anchor, first), treatment(partner, second)], replicate))
            }
          }
        }
      }
    }
    return wells
  }

  /// Every dose has a source well of its own, so that every transfer has one volume, and every well gets as much
  /// solvent as a well with two drugs.
  private static func picks(for layouts: [PlateLayout], _ request: Request) -> [Pick] {
    let source = PlateFormat.standard[5]
    var sources: [(drug: String, dose: Double, unit: ConcentrationUnit)] = [("DMSO", 0, .unstated)]
    for series in request.anchors + request.partners + [request.kill].compactMap(\.self) {
      for dose in series.doses
      where !sources.contains(where: { $0.drug == series.drug && $0.dose == dose && $0.unit == series.unit }) {
        sources.append((series.drug, dose, series.unit))
      }
    }
    func pick(_ number: Int, _ plate: String, _ well: WellPosition, volumes: Int) -> Pick {
      let place = number % source.wells
      let (drug, dose, unit) = sources[number]
      return Pick(
        sourcePlate: "\(request.prefix)-source\(number / source.wells + 1)",
        sourceWell: WellPosition(row: place / source.columns, column: place % source.columns), drug: drug,
        stock: TransferDosing.rounded(dose * request.wellVolume / request.transferVolume), unit: unit, plate: plate,
        well: well, volume: request.transferVolume * Double(volumes))
    }
    var picks: [(plate: Int, source: Int, pick: Pick)] = []
    for (number, layout) in layouts.enumerated() {
      for well in layout.wells {
        for treatment in well.treatments {
          guard
            let place = sources.firstIndex(where: {
              $0.drug == treatment.drug && $0.dose == treatment.dose && $0.unit == treatment.unit
            })
          else { continue }
          picks.append((number, place, pick(place, layout.plate, well.position, volumes: 1)))
        }
        let left = 2 - well.treatments.count
        if left > 0 { picks.append((number, 0, pick(0, layout.plate, well.position, volumes: left))) }
      }
    }
    return picks.sorted { ($0.plate, $0.source, $0.pick.well) < ($1.plate, $1.source, $1.pick.well) }.map(\.pick)
  }
}

/// Why a design cannot be made.
public enum LayoutDesignError: Error, Equatable, CustomStringConvertible {
  /// The controls fill the plate.
  case noRoom(usable: Int, controls: Int)
  /// No plate can be normalised.
  case noNegativeControl
  /// A drug is asked for twice.
  case drugTwice
  /// The design is larger than any screen.
  case tooManyWells(limit: Int)

  /// What was asked for, what is possible and what to do.
  public var description: String {
    switch self {
    case .noRoom(let usable, let controls):
      "\(controls) control wells leave no room on a plate with \(usable) wells to use; take fewer controls, a larger plate, "
        + "or use the edge wells too"
    case .noNegativeControl: "no negative control, so that no plate could be normalised; ask for some"
    case .drugTwice: "a drug is named twice; name each anchor and partner once"
    case .tooManyWells(let limit): "more than \(limit) wells; take fewer doses, replicates, partners or samples"
    }
  }
}
