import Assay
import Spreadsheets

/// What stands beside one row or column of a matrix: a dose, the word for none, or the word for what was computed of the others.
enum AxisLabel: Hashable {
  /// A dose, with the unit that stands beside it.
  case dose(Double, ConcentrationUnit?)
  /// `DMSO`, `untreated`: no drug.
  case vehicle
  /// `Mean`, `SD`.
  case computed(String)

  private static let computedWords: Set<String> = [
    "mean", "means", "average", "avg", "median", "sd", "std", "stdev", "stddev", "sem", "se", "cv", "sum", "total",
    "mittelwert", "mittel", "stabw", "moyenne", "ecarttype", "écarttype",
  ]
  /// What a vehicle is called that says nothing of a dose of 0.
  private static let nothing: Set<String> = ["na", "n/a", "nan", "null", "blank", "empty", "-9999"]

  /// Reads a field; `nil` for anything else.
  init?(_ row: borrowing TextRow, _ field: Int, _ numbers: NumberReading) {
    let range = row.range(field)
    if let dose = numbers.number(in: row.bytes, range) {
      guard dose >= 0 else { return nil }
      self = .dose(dose, nil)
    } else if let (dose, unit) = numbers.dose(in: row.bytes, range) {
      guard dose >= 0 else { return nil }
      self = .dose(dose, unit)
    } else {
      let text = row.text(field)
      guard !text.isEmpty, text.utf8.count <= 40 else { return nil }
      if Self.isVehicle(text) {
        self = .vehicle
      } else if Self.computedWords.contains(ColumnRole.fold(text)) {
        self = .computed(text)
      } else {
        return nil
      }
    }
  }

  /// Whether a text stands for the dose 0.
  static func isVehicle(_ text: String) -> Bool {
    Vehicle.isName(text) && !nothing.contains(text.lowercased())
  }

  /// Whether it stands beside responses.
  var isDose: Bool { if case .computed = self { false } else { true } }

  /// The dose in some unit, where one without a unit is in `plain`; `nil` for what was computed, and where units of two kinds meet.
  func dose(in unit: ConcentrationUnit?, plain: ConcentrationUnit?) -> Double? {
    switch self {
    case .vehicle: return 0
    case .computed: return nil
    case .dose(let dose, let own):
      guard let own = own ?? plain, let unit, own != unit, dose > 0 else { return dose }
      return own.factor(to: unit).map { dose * $0 }
    }
  }
}

/// The labels along one axis of a matrix, from which its doses are made where all of them are known.
struct AxisLabels {
  /// What is beside each row or column; `nil` for what cannot be read.
  var labels: [AxisLabel?]

  /// The first unit that stands beside a dose.
  var stated: ConcentrationUnit? {
    for case .dose(_, let unit?)? in labels { return unit }
    return nil
  }

  /// Every unit that stands beside a dose above 0, each once.
  var units: [ConcentrationUnit] {
    var units: [ConcentrationUnit] = []
    for case .dose(let dose, let unit?)? in labels where dose > 0 && !units.contains(unit) { units.append(unit) }
    return units
  }

  /// Whether there is a dose in numbers.
  var hasDose: Bool {
    labels.contains { if case .dose? = $0 { true } else { false } }
  }

  /// Whether a dose above 0 has no unit of its own.
  var hasPlain: Bool {
    labels.contains { if case .dose(let dose, nil)? = $0 { dose > 0 } else { false } }
  }

  /// The words for what was computed.
  var computed: [String] {
    labels.compactMap { if case .computed(let text)? = $0 { text } else { nil } }
  }

  /// The doses in a unit, each in its own where it has one.
  ///
  /// - Parameters:
  ///   - unit: The unit; `nil` for the first that is stated.
  ///   - plain: The unit of doses that have none beside them; `nil` for the same.
  func doses(in unit: ConcentrationUnit? = nil, plain: ConcentrationUnit? = nil) -> [Double?] {
    let unit = unit ?? stated
    return labels.map { $0.flatMap { $0.dose(in: unit, plain: plain ?? unit) } }
  }

  /// The labels without those that say once more what the one before says, as those of replicates beside one another do;
  /// as they are where a dose has no more columns than one.
  var withoutRepeats: AxisLabels {
    AxisLabels(labels: labels.indices.filter { $0 == 0 || labels[$0] != labels[$0 - 1] }.map { labels[$0] })
  }

  /// Whether the doses ascend or descend, as those of an axis do, with some unit for those that have none beside them.
  var isOrdered: Bool {
    let units = hasPlain && stated != nil ? ["nM", "uM", "mM", "pM", "M"].map { ConcentrationUnit($0) } : [nil]
    return units.contains { BareMatrix.isOrdered(doses(plain: $0).compactMap(\.self)) }
  }
}
