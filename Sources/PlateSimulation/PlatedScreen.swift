import Assay
import Simulation

/// Simulated blocks on plates: the signals that a reader would measure, and the layout that says what is in each well.
public struct PlatedScreen: Sendable {
  /// The plates.
  public var reads: [PlateRead]
  /// The layout table, comma-separated.
  public var layout: String

  /// Signal of a well in which everything lives, and of one in which everything is dead.
  private static let signal = (live: 60_000.0, dead: 300.0)
  /// Control wells of each kind on a plate of 384 wells; other plates have their share.
  private static let controls = 16

  /// Puts the blocks on plates one well after the other, columns first, behind the controls of each plate.
  ///
  /// - Parameters:
  ///   - blocks: Two-drug blocks; the wells are drawn from `seed`, block after block.
  ///   - format: The plates' size.
  ///   - seed: Seed of the wells and of the controls.
  public init(_ blocks: [SimulatedBlock], format: PlateFormat, seed: UInt64) {
    reads = []
    layout = "plate,well,role,drug1,conc1,drug2,conc2,unit1,unit2,sample\n"
    var random = SplitMix64(seed: seed)
    var controls = SplitMix64(seed: seed ^ 0x5DEE_CE66)
    let positions = (0..<format.columns).flatMap { column in
      (0..<format.rows).map { WellPosition(row: $0, column: column) }
    }
    let ofEachKind = max(2, Self.controls * format.wells / 384)
    var free = positions[...]
    var wells: [PlateRead.Well] = []
    func finishPlate() {
      guard let name = barcode else { return }
      reads.append(
        PlateRead(
          barcode: name, format: format, reader: "simulated", channel: "Luminescence",
          wells: wells.sorted { $0.position < $1.position }))
      wells = []
      barcode = nil
    }
    var barcode: String?
    func put(_ inhibition: Double, _ description: String) {
      guard let position = free.popFirst(), let barcode else { return }
      let value = Self.signal.dead + (Self.signal.live - Self.signal.dead) * (1 - inhibition / 100)
      wells.append(PlateRead.Well(position: position, value: (value * 10).rounded() / 10))
      layout += "\(barcode),\(position),\(description)\n"
    }
    for block in blocks {
      for well in block.wells(&random) {
        if free.isEmpty || barcode == nil {
          finishPlate()
          barcode = "SIM\(reads.count + 1)"
          free = positions[...]
          for _ in 0..<ofEachKind {
            put(block.noise.sdAt0 * controls.normal(), "negative,,,,,,,\(block.sample)")
            put(100 + block.noise.sdAt100 * controls.normal(), "positive,,,,,,,\(block.sample)")
          }
        }
        put(
          well.inhibition,
          "sample,\(block.one.name),\(ScreenText.short(well.first)),\(block.two.name),\(ScreenText.short(well.second)),"
            + "\(block.one.unit),\(block.two.unit),\(block.sample)")
      }
    }
    finishPlate()
  }
}
