import Statistics

extension RawScreen {
  /// Puts a raw signal in percent of the median of untreated wells: viability. Where a column tells plates apart, each plate's
  /// wells are divided by its own untreated wells; a block that has none, or a plate without, has no scale and is left out.
  package mutating func divideByUntreated() {
    var wells = 0
    var divided = 0
    var plates = 0
    for index in blocks.indices {
      let block = blocks[index]
      let controls = block.values.indices.filter { block.isControl($0) }
      var groups = Set(block.groups)
      // Replicates without untreated wells of their own are those of one plate.
      if groups.count > 1, !isGroupedByPlate, Set(controls.map { block.groups[$0] }) != groups { groups = [] }
      let isByPlate = groups.count > 1
      var level: [UInt16: Double] = [:]
      for group in isByPlate ? groups : [0] {
        level[group] = median(controls.filter { !isByPlate || block.groups[$0] == group }.map { block.values[$0] })
      }
      // The first, so that the same file says the same.
      if let faulty = level.filter({ !($0.value > 0) }).min(by: { $0.key < $1.key }) {
        blocks[index].refusal = .error(
          .noUntreatedForSignal(
            level: faulty.value.isNaN ? nil : faulty.value, isOfPlate: isByPlate), line: block.line)
        continue
      }
      for well in block.values.indices {
        blocks[index].values[well] = 100 * (block.values[well] / (level[isByPlate ? block.groups[well] : 0] ?? .nan))
      }
      wells += controls.count
      divided += 1
      plates = max(plates, isByPlate ? groups.count : 1)
    }
    if divided > 0 { findings.add(.info(.signalDivided(wells: wells, blocks: divided, isByPlate: plates > 1))) }
  }
}
