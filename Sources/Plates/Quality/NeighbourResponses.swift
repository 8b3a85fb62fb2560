import Assay
import DoseTables
import Statistics

/// What the wells at the next doses of a treatment's drugs respond: for each drug the mean of the next lower and the
/// next higher dose, and the median of these over the drugs.
struct NeighbourResponses {
  private struct Family: Hashable {
    var sample: String?
    var drugs: [String]
    var units: [ConcentrationUnit]
  }

  private struct Line: Hashable {
    var family: Family
    var drug: Int
    /// The other drugs' doses; the varied one's is 0.
    var doses: [Double]
  }

  /// Each treatment's median response: the foot of the lines of a further drug.
  private var feet: [TreatmentKey: Double] = [:]
  private var lines: [Line: [(dose: Double, response: Double)]] = [:]

  init(_ plates: [ScreenPlate], groups: ReplicateDeviations) {
    for (key, members) in groups.groups where key.role == .sample && !key.treatments.isEmpty {
      let response = median(members.compactMap { plates[$0.plate].wells[$0.well].response })
      feet[key] = response
      for drug in key.treatments.indices {
        lines[Self.line(key, drug), default: []].append((key.treatments[drug].dose, response))
      }
    }
    for line in Array(lines.keys) { lines[line]?.sort { $0.dose < $1.dose } }
  }

  private static func line(_ key: TreatmentKey, _ drug: Int) -> Line {
    var doses = key.treatments.map(\.dose)
    doses[drug] = 0
    return Line(
      family: Family(sample: key.sample, drugs: key.drugs, units: key.treatments.map(\.unit)), drug: drug, doses: doses)
  }

  /// The neighbours' response; `nil` where no drug has a dose on either side.
  func response(around key: TreatmentKey) -> Double? {
    guard key.role == .sample, !key.treatments.isEmpty else { return nil }
    let means = key.treatments.indices.compactMap { drug -> Double? in
      guard let line = lines[Self.line(key, drug)],
        let own = line.firstIndex(where: { $0.dose == key.treatments[drug].dose }), own + 1 < line.count
      else { return nil }
      let lower: Double?
      if own > 0 {
        lower = line[own - 1].response
      } else {
        var without = key
        without.treatments.remove(at: drug)
        lower = without.treatments.isEmpty ? 0 : feet[without]
      }
      return lower.map { ($0 + line[own + 1].response) / 2 }
    }
    return means.isEmpty ? nil : median(means)
  }
}
