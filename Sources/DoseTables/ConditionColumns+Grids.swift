import Assay

extension ConditionColumns {
  /// Whether the combinations of each value of a column make a full grid of doses of their own.
  func areOwnGrids(_ column: Int, _ block: RawBlock, _ values: [UInt16]) -> Bool {
    guard !columns[column].areReplicates, (2...OwnGrids<UInt16>.mostValues).contains(columns[column].texts.count) else {
      return false
    }
    var grids = OwnGrids<UInt16>(drugs: block.drugs.count)
    for well in 0..<min(block.wellCount, values.count / columns.count) {
      let doses = block.drugs.indices.map { block.dose(of: $0, in: well) }
      guard doses.allSatisfy({ $0 > 0 }) else { continue }
      let number = values[well * columns.count + column]
      // A combination that states none is no grid's.
      guard !columns[column].texts[Int(number)].isEmpty else { return false }
      grids.add(doses, of: number)
    }
    return grids.areSeveral
  }
}
