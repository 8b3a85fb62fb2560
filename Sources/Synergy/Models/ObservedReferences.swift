import Assay

extension CellGrid {
  /// Highest single agent: the largest observed monotherapy mean among the drugs present. NaN where one of them was not
  /// measured alone at that dose.
  ///
  /// Berenbaum (1989) Pharmacol. Rev. 41, 93–141.
  func highestSingleAgent() -> [Double] {
    references { cell in
      var highest = -Double.infinity
      for drug in 0..<drugs where has(drug, in: cell) {
        let alone = mean[self.alone(drug, in: cell)]
        guard !alone.isNaN else { return .nan }
        highest = max(highest, alone)
      }
      return highest
    }
  }

  /// Bliss independence of what each drug does alone: 100 (1 − Π (1 − yᵢ/100)) over the drugs present, without
  /// clamping.
  ///
  /// Bliss (1939) Ann. Appl. Biol. 26, 585–615. `alone(drug, cell)` is the drug's own response at the cell's dose, in
  /// %.
  func bliss(_ alone: (Int, Int) -> Double) -> [Double] {
    references { cell in blissReference(cell, alone) }
  }

  /// Bliss independence in one cell, over the drugs present in it.
  func blissReference(_ cell: Int, _ alone: (Int, Int) -> Double) -> Double {
    var surviving = 1.0
    for drug in 0..<drugs where has(drug, in: cell) { surviving *= 1 - alone(drug, cell) / 100 }
    return 100 * (1 - surviving)
  }
}
