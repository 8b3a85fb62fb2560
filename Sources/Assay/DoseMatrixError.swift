/// Why wells do not make a block.
public enum DoseMatrixError: Error, Equatable, CustomStringConvertible {
  /// A combination has at least two drugs.
  case tooFewDrugs(Int)
  /// There is not one measured well.
  case noWells
  /// A well states more or fewer doses than there are drugs.
  case doseCount(expected: Int, found: Int)
  /// A dose is negative, infinite or not a number.
  case invalidDose(drug: String, dose: Double)
  /// A response is infinite or not a number.
  case invalidResponse(Double)
  /// The doses span a grid far larger than the wells that were measured.
  case gridTooLarge(shape: [Int], wells: Int)

  /// What was found, what was expected and what to do.
  public var description: String {
    switch self {
    case .tooFewDrugs(let count):
      "a combination needs two or more drugs, found \(count)"
    case .noWells:
      "no measured well"
    case .doseCount(let expected, let found):
      "a well states \(found) doses, expected one for each of the \(expected) drugs"
    case .invalidDose(let drug, let dose):
      "dose \(dose) of \(drug): expected a number of 0 or more"
    case .invalidResponse(let response):
      "response \(response): expected a finite number"
    case .gridTooLarge(let shape, let wells):
      "\(shape.map(String.init).joined(separator: " × ")) different doses but only \(wells) wells: "
        + "this is not a dose matrix; give each drug a series of doses that recur"
    }
  }
}
