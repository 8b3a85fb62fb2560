extension DoseMatrix {
  /// The numbers of a cell's wells, 0 ..< `wellCount`: cell after cell, within a cell in the order of `replicates(of:)`.
  public func wells(of cell: Int) -> Range<Int> { offsets[cell]..<offsets[cell + 1] }

  /// The response of a well, % inhibition.
  public func response(ofWell well: Int) -> Double { values[well] }

  /// The block as it would be if its file had never held some of its wells: a dose at which no well is left is no dose
  /// of its drug any more, and every number is the one that reading the other wells gives, to the bit. Names and places
  /// of the drugs stay as they are.
  ///
  /// - Parameter wells: The numbers of the wells to leave out (see `wells(of:)`); numbers of no well say nothing.
  /// - Returns: The smaller block; `nil` when no well is left.
  public func leavingOut(_ wells: Set<Int>) -> DoseMatrix? {
    let leavesAny = wells.contains { values.indices.contains($0) }
    guard leavesAny else { return self }
    let left = (0..<cellCount).map { cell in self.wells(of: cell).filter { !wells.contains($0) } }
    guard left.contains(where: { !$0.isEmpty }) else { return nil }
    var positions = axes.map { _ in Set<Int>() }
    for cell in left.indices where !left[cell].isEmpty {
      for drug in axes.indices { positions[drug].insert(position(of: cell, on: drug)) }
    }
    let kept = positions.map { $0.sorted() }
    let newAxes = zip(axes, kept).map { axis, kept in
      DoseAxis(
        drug: axis.drug, writtenName: axis.writtenName, writtenPosition: axis.writtenPosition, unit: axis.unit,
        doses: kept.map { axis.doses[$0] })
    }
    let newStrides = Self.strides(of: kept.map(\.count))
    let cells = kept.reduce(1) { $0 * $1.count }
    var newOffsets = [0]
    var newValues: [Double] = []
    var mean: [Double] = []
    for cell in 0..<cells {
      let place = axes.indices.map { kept[$0][cell / newStrides[$0] % kept[$0].count] }
      let own = left[self.cell(at: place)].map { values[$0] }
      newValues += own
      newOffsets.append(newValues.count)
      mean.append(own.isEmpty ? .nan : own.reduce(0, +) / Double(own.count))
    }
    return DoseMatrix(
      id: id, sample: sample, axes: newAxes, count: zip(newOffsets, newOffsets.dropFirst()).map { $1 - $0 },
      mean: mean, offsets: newOffsets, values: newValues)
  }

  /// The block without the wells that a person excluded, which it remembers (`excluded`).
  ///
  /// - Parameter wells: Why each of them is excluded, by the number of the well.
  /// - Returns: The smaller block; `nil` when no well is left.
  public func excluding(_ wells: [Int: String]) -> DoseMatrix? {
    guard var left = leavingOut(Set(wells.keys)) else { return nil }
    left.excluded = excluded
    for cell in 0..<cellCount {
      for well in self.wells(of: cell) {
        guard let reason = wells[well] else { continue }
        left.excluded.append(
          ExcludedWell(well: Well(doses: doses(of: cell), response: values[well]), reason: reason))
      }
    }
    return left
  }

  /// The block with its excluded wells, as it was read.
  public var withExcluded: DoseMatrix {
    guard !excluded.isEmpty else { return self }
    let own = (0..<cellCount).flatMap { cell in
      let doses = doses(of: cell)
      return replicates(of: cell).map { Well(doses: doses, response: $0) }
    }
    let whole = try? DoseMatrix(
      id: id, sample: sample, drugs: axes.map { ($0.drug, $0.unit) }, wells: own + excluded.map(\.well))
    return whole?.written(names: axes.map(\.writtenName), positions: axes.map(\.writtenPosition)) ?? self
  }

  /// The same block of another sample.
  public func of(sample: String) -> DoseMatrix {
    var matrix = DoseMatrix(
      id: id, sample: sample, axes: axes, count: count, mean: mean, offsets: offsets, values: values)
    matrix.excluded = excluded
    return matrix
  }
}
