import Simulation

/// The example screens of Plates/. The drugs' names are those of the clinical record of XPO1 inhibitors; every curve,
/// dose range and interaction is made up and says nothing about a real compound.
enum ExampleScreens {
  static let nanomolar = [0.0, 30, 100, 300, 1000, 3000]

  static let selinexor = SimulatedDrug(name: "selinexor", unit: "nM", doses: nanomolar, emax: 85, ec50: 320, hill: 1.3)
  static let eltanexor = SimulatedDrug(name: "eltanexor", unit: "nM", doses: nanomolar, emax: 80, ec50: 210, hill: 1.5)

  static let dexamethasone = drug("dexamethasone", "nM", [0, 3, 10, 30, 100, 300], 60, 22, 1.1)
  static let bortezomib = drug("bortezomib", "nM", [0, 0.5, 1, 2, 4, 8], 92, 2.6, 2.6)
  static let venetoclax = drug("venetoclax", "uM", [0, 0.03, 0.1, 0.3, 1, 3], 70, 0.35, 1)
  static let cytarabine = drug("cytarabine", "uM", [0, 0.1, 0.3, 1, 3, 10], 82, 1.4, 1.2)
  static let sorafenib = drug("sorafenib", "uM", [0, 0.1, 0.3, 1, 3, 10], 75, 2.2, 1.8)
  static let ibrutinib = drug("ibrutinib", "uM", [0, 0.1, 0.3, 1, 3, 10], 50, 0.9, 0.9)
  static let gemcitabine = drug("gemcitabine", "nM", [0, 1, 3, 10, 30, 100], 78, 9, 1.4)
  static let carboplatin = drug("carboplatin", "uM", [0, 1, 3, 10, 30, 100], 72, 18, 1.2)

  /// Two anchors × six partners × two samples, 6 × 6 doses, two replicates.
  static let screen: [SimulatedBlock] = {
    let partners = [dexamethasone, bortezomib, venetoclax, cytarabine, sorafenib, ibrutinib]
    let myeloma: [(Interaction, Interaction)] = [
      (.synergy(0.75), .synergy(0.5)), (.blissNull, .loeweNull), (.synergy(0.5), .blissNull),
      (.loeweNull, .antagonism(0.4)), (.antagonism(0.6), .blissNull), (.blissNull, .antagonism(0.4)),
    ]
    let leukaemia: [(Interaction, Interaction)] = [
      (.blissNull, .loeweNull), (.antagonism(0.6), .blissNull), (.synergy(0.75), .synergy(0.75)),
      (.synergy(0.5), .blissNull), (.loeweNull, .antagonism(0.4)), (.antagonism(0.4), .loeweNull),
    ]
    var blocks: [SimulatedBlock] = []
    for (sample, planted, shift) in [("SIM-MM-1", myeloma, 1.0), ("SIM-AML-1", leukaemia, 1.4)] {
      for (partner, pair) in zip(partners, planted) {
        for (anchor, interaction) in [(selinexor, pair.0), (eltanexor, pair.1)] {
          var block = SimulatedBlock(
            sample: sample, one: anchor.shifted(shift), two: partner.shifted(1 / shift), interaction: interaction)
          if sample == "SIM-MM-1", anchor.name == "selinexor", partner.name == "ibrutinib" { block.missing = [(3, 4)] }
          if sample == "SIM-MM-1", anchor.name == "eltanexor", partner.name == "sorafenib" {
            block.noise = .constant(9)
          }
          blocks.append(block)
        }
      }
    }
    return blocks
  }()

  /// Two blocks for the Matrix format, which holds one well a dose pair.
  static let matrix = [
    SimulatedBlock(
      sample: "SIM-PDAC-1", one: selinexor, two: gemcitabine, interaction: .synergy(0.75), noise: .constant(2),
      replicates: 1),
    SimulatedBlock(
      sample: "SIM-OV-1", one: selinexor, two: carboplatin, interaction: .blissNull, noise: .constant(2), replicates: 1),
  ]

  /// Selinexor at one dose across a library of partners.
  static let library: [SimulatedBlock] = {
    var anchor = selinexor
    anchor.doses = [0, 300]
    let planted: [(SimulatedDrug, Interaction)] = [
      (dexamethasone, .synergy(0.75)), (bortezomib, .blissNull), (venetoclax, .antagonism(0.6)),
      (cytarabine, .blissNull), (sorafenib, .loeweNull), (ibrutinib, .blissNull), (gemcitabine, .synergy(0.5)),
      (carboplatin, .antagonism(0.4)),
    ]
    return planted.map {
      SimulatedBlock(sample: "SIM-MM-1", one: anchor, two: $0.0, interaction: $0.1, noise: .constant(3))
    }
  }()

  private static func drug(
    _ name: String, _ unit: String, _ doses: [Double], _ emax: Double, _ ec50: Double, _ hill: Double
  ) -> SimulatedDrug {
    SimulatedDrug(name: name, unit: unit, doses: doses, emax: emax, ec50: ec50, hill: hill)
  }
}

extension SimulatedDrug {
  /// The drug in a sample that needs `factor` times the dose.
  fileprivate func shifted(_ factor: Double) -> SimulatedDrug {
    var drug = self
    drug.ec50 *= factor
    return drug
  }
}
