import Assay
import PlateDesign
import Plates
import Simulation

/// How often planted defects are found and clean plates are flagged.
public enum PlateDetection {
  /// Of `plates` simulated plates of each kind, those that the quality control flags (warns or fails).
  public struct Rates: Sendable {
    /// Plates of each kind.
    public var plates: Int
    /// Clean plates that are flagged for whatever reason.
    public var clean: Int
    /// Plates with an edge effect that are flagged for it.
    public var edge: Int
    /// Plates with a mis-dispensed row or column that are flagged for whatever reason.
    public var dispensing: Int
    /// Those of which the reason names that row or column.
    public var dispensingNamed: Int
    /// Of all planted missed transfers, those whose well is listed as an outlier.
    public var missedFound: Int
    /// Planted missed transfers that should change the response by 40 points or more.
    public var missedPlanted: Int
    /// Wells of clean plates that are listed as outliers, and all that were judged.
    public var falseOutliers: Int
    /// All wells of clean plates.
    public var cleanWells: Int
  }

  /// Plants, in 384-well plates of an 8 × 8 combination with three scattered replicates and 6 % noise: a rim 15 to 30 %
  /// dimmer or brighter; a row or column with 20 to 50 % fewer or more cells; two wells of a plate without drug. The seed
  /// settles layouts, noise and defects.
  public static func measure(plates count: Int, seed: UInt64 = 384) throws(LayoutDesignError) -> Rates {
    var rates = Rates(
      plates: count, clean: 0, edge: 0, dispensing: 0, dispensingNamed: 0, missedFound: 0, missedPlanted: 0,
      falseOutliers: 0, cleanWells: 0
    )
    var random = SplitMix64(seed: seed)
    for _ in 0..<count {
      let design = try SimulatedScreen.single(seed: random.next(), usesEdges: true)
      let layout = design.layouts[0]
      let clean = Self.plate(layout, [], &random)
      if clean.quality.verdict > .pass { rates.clean += 1 }
      rates.falseOutliers += clean.quality.outlierCount
      rates.cleanWells += clean.wells.count

      let sign = random.uniform() < 0.5 ? -1.0 : 1
      let edge = Self.plate(layout, [.edge(sign * random.uniform(0.15...0.3))], &random)
      if edge.quality.reasons.contains(where: { $0.check == .edgeEffect }) { rates.edge += 1 }

      let share = (random.uniform() < 0.5 ? -1.0 : 1) * random.uniform(0.2...0.5)
      let isRow = random.uniform() < 0.5
      let line = isRow ? Int(random.uniform() * 14) + 1 : Int(random.uniform() * 22) + 1
      let dispensed = Self.plate(layout, [isRow ? .row(line, share) : .column(line, share)], &random)
      let name = isRow ? "row \(WellPosition(row: line, column: 0).rowName)" : "column \(line + 1)"
      if dispensed.quality.verdict > .pass { rates.dispensing += 1 }
      if dispensed.quality.reasons.contains(where: { $0.check == .lineEffect && $0.place == name }) {
        rates.dispensingNamed += 1
      }

      let strong = layout.wells.filter { $0.role == .sample && SimulatedScreen.plates.inhibition(of: $0) >= 40 }
      let missed = (0..<2).map { _ in strong[Int(random.uniform() * Double(strong.count))].position }
      let failed = Self.plate(layout, missed.map { .missedTransfer($0) }, &random)
      let planted = Set(missed)
      rates.missedPlanted += planted.count
      rates.missedFound += failed.wells.count { $0.outlier != nil && planted.contains($0.design.position) }
    }
    return rates
  }

  private static func plate(_ layout: PlateLayout, _ defects: [PlateDefect], _ random: inout SplitMix64) -> ScreenPlate
  {
    let read = SimulatedScreen.plates.read(
      layout, format: PlateFormat.standard[5], barcode: layout.plate, defects: defects, random: &random)
    let screen = ScreenPlates(exports: [NamedExport(file: "simulated", reads: [read])], layouts: [layout])
    return screen.plates[0]
  }
}
