import Assay
import Plates

/// What a plate screen has besides its blocks' scores: its plates, how they were normalised, and what all is worth.
public struct PlateReport: Sendable, Codable {
  /// One block's quality.
  public struct Block: Sendable, Codable {
    /// The block.
    public var id: String
    /// The drugs, in words.
    public var drugs: [String]
    /// The sample.
    public var sample: String?
    /// The plates on which its wells stand.
    public var plates: [String]
    /// The figures.
    public var quality: QualityFigures

    /// Makes a block's quality.
    public init(id: String, drugs: [String], sample: String?, plates: [String], quality: QualityFigures) {
      self.id = id
      self.drugs = drugs
      self.sample = sample
      self.plates = plates
      self.quality = quality
    }
  }

  /// The plates, in the order of the layouts.
  public var plates: [ScreenPlate]
  /// The blocks, in their order.
  public var blocks: [Block]
  /// The limits by which they were judged.
  public var thresholds: QualityThresholds

  /// Makes a report.
  public init(plates: [ScreenPlate], blocks: [Block], thresholds: QualityThresholds) {
    self.plates = plates
    self.blocks = blocks
    self.thresholds = thresholds
  }

  /// A plate's verdict in a word; a plate of the start (`day 0`) has none, one without responses fails.
  public static func verdict(of plate: ScreenPlate) -> String {
    if plate.isDayZero { return "day 0" }
    return plate.normalisation == nil ? "fail" : plate.quality.verdict.rawValue
  }

  /// The report with the blocks' drugs under other names; `names` answers all drugs of one block.
  func naming(_ names: ([String]) -> [String]) -> PlateReport {
    var report = self
    for block in blocks.indices { report.blocks[block].drugs = names(blocks[block].drugs) }
    return report
  }

  /// The report with the wells marked that a person excluded from blocks: on the block's plates the one with its response
  /// and as many drugs; of several that read the same, the one with its doses, and none where that does not tell them apart.
  func excluding(_ wells: [(block: String, excluded: DoseMatrix.ExcludedWell)]) -> PlateReport {
    var report = self
    let names = Dictionary(blocks.map { ($0.id, Set($0.plates)) }) { first, _ in first }
    for (block, excluded) in wells {
      let treated = excluded.well.doses.count { $0 > 0 }
      // A control still scales its plate; a mask takes it out of that.
      guard treated > 0 else { continue }
      var found: [(plate: Int, well: Int, doses: [Double])] = []
      for plate in report.plates.indices where names[block]?.contains(report.plates[plate].plate) == true {
        for (place, well) in report.plates[plate].wells.enumerated()
        where well.response == excluded.well.response && well.exclusion == nil {
          let doses = well.design.treatments.map(\.dose).filter { $0 > 0 }.sorted()
          if doses.count == treated { found.append((plate, place, doses)) }
        }
      }
      let own = excluded.well.doses.filter { $0 > 0 }.sorted()
      if found.count > 1 {
        found.removeAll { one in zip(one.doses, own).contains { abs($0 - $1) > 1e-6 * max($0, $1) } }
      }
      guard found.count == 1, let only = found.first else { continue }
      report.plates[only.plate].wells[only.well].exclusion = .byHand(block: block, reason: excluded.reason)
    }
    return report
  }

  /// How many plates pass, warn and fail, and why the first of those that do not pass, for the terminal.
  public var summary: String {
    let verdicts = plates.map(Self.verdict)
    let counts = ["pass", "warn", "fail", "day 0"].compactMap { verdict -> String? in
      let count = verdicts.count { $0 == verdict }
      return count == 0 ? nil : "\(count) \(verdict)"
    }
    let outliers = plates.reduce(0) { $0 + $1.quality.outlierCount }
    var lines = [
      "\(plates.count) \(plates.count == 1 ? "plate" : "plates")\(plates.isEmpty ? "" : ": ")"
        + counts.joined(separator: " · ") + " · \(outliers) outlier \(outliers == 1 ? "well" : "wells")"
    ]
    let flagged = plates.filter { $0.quality.verdict > .pass && !$0.isDayZero }
      .sorted { $0.quality.verdict > $1.quality.verdict }
    for plate in flagged.prefix(Self.mostFlagged) {
      let reasons = plate.quality.reasons.map { $0.description(thresholds) }.joined(separator: "; ")
      lines.append("  \(plate.plate): \(plate.quality.verdict.rawValue)\(reasons.isEmpty ? "" : ": " + reasons)")
    }
    if flagged.count > Self.mostFlagged { lines.append("  … \(flagged.count - Self.mostFlagged) more in qc.csv") }
    return lines.joined(separator: "\n")
  }

  /// How many flagged plates the summary names.
  private static let mostFlagged = 5
}
