import Assay
import PlateDesign
import Simulation

/// Designs of simulated plate screens. The drugs' names are those that a lab would write; every curve and interaction
/// is made up.
public enum SimulatedScreen {
  /// The drugs; doses are those of the design.
  public static let drugs = [
    SimulatedDrug(name: "selinexor", unit: "uM", doses: [], emax: 85, ec50: 0.32, hill: 1.3),
    SimulatedDrug(name: "bortezomib", unit: "uM", doses: [], emax: 92, ec50: 0.004, hill: 1.8),
    SimulatedDrug(name: "venetoclax", unit: "uM", doses: [], emax: 70, ec50: 0.35, hill: 1),
  ]

  /// Selinexor with bortezomib (independent) and venetoclax (synergy): what is planted.
  public static let plates: SimulatedPlates = {
    var plates = SimulatedPlates(drugs: drugs)
    plates.interactions[["selinexor", "venetoclax"]] = .synergy(0.75)
    return plates
  }()

  /// A 384-well plate of one combination, 8 × 8 doses and each drug alone, three replicates, 24 negative and 16
  /// positive controls, with every well of the plate in use when `usesEdges`.
  public static func single(seed: UInt64, usesEdges: Bool) throws(LayoutDesignError) -> LayoutDesign {
    var request = LayoutDesign.Request(
      anchors: [DoseSeries("selinexor:10uM:1/3:8")].compactMap(\.self),
      partners: [DoseSeries("bortezomib:0.1uM:1/3:8")].compactMap(\.self))
    request.controls = [.negative: 24, .positive: 16]
    request.avoidsEdges = !usesEdges
    request.seed = seed
    return try LayoutDesign(request)
  }

  /// The example: two combinations of 5 × 5 doses in two samples, two replicates, on 96-well plates, and a reading of
  /// each plate without defects.
  public static func example() throws(LayoutDesignError) -> (design: LayoutDesign, reads: [PlateRead]) {
    var request = LayoutDesign.Request(
      anchors: [DoseSeries("selinexor:3uM:1/3:5")].compactMap(\.self),
      partners: [DoseSeries("bortezomib:0.03uM:1/3:5"), DoseSeries("venetoclax:3uM:1/3:5")].compactMap(\.self))
    request.samples = ["SIM-MM-1", "SIM-AML-1"]
    request.format = PlateFormat.standard[4]
    request.replicates = 2
    request.controls = [.negative: 10, .positive: 6, .blank: 4]
    request.avoidsEdges = false
    request.seed = 20_261_123
    request.prefix = "SIM-P"
    let design = try LayoutDesign(request)
    var random = SplitMix64(seed: request.seed)
    let reads = design.layouts.map { layout in
      plates.read(layout, format: request.format, barcode: layout.plate, random: &random)
    }
    return (design, reads)
  }
}
