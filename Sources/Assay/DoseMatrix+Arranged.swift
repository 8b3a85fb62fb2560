extension DoseMatrix {
  /// The same block with its drugs under other names and in another order.
  ///
  /// Every cell keeps its replicates and its mean to the bit; only its number changes. The names as they stand in the
  /// file stay in `DoseAxis.writtenName`, their order in `DoseAxis.writtenPosition`.
  ///
  /// - Parameters:
  ///   - names: A name for each drug, in the present order.
  ///   - order: The present position of each drug of the new block: `[1, 0]` turns a block of two drugs. Must be a
  ///     permutation of the drugs.
  public func arranged(names: [String], order: [Int]) -> DoseMatrix {
    precondition(names.count == drugCount && order.sorted() == Array(axes.indices), "a name and a place for each drug")
    let renamed = zip(axes, names).map { axis, name in
      DoseAxis(
        drug: name, writtenName: axis.writtenName, writtenPosition: axis.writtenPosition, unit: axis.unit,
        doses: axis.doses)
    }
    let newAxes = order.map { renamed[$0] }
    guard order != Array(axes.indices) else { return with(axes: newAxes) }
    let newShape = order.map { shape[$0] }
    let newStrides = Self.strides(of: newShape)
    let origin = (0..<cellCount).map { cell in
      order.indices.reduce(0) { $0 + cell / newStrides[$1] % newShape[$1] * strides[order[$1]] }
    }
    var newOffsets = [0]
    newOffsets.reserveCapacity(cellCount + 1)
    var newValues: [Double] = []
    newValues.reserveCapacity(values.count)
    for cell in origin {
      newValues += replicates(of: cell)
      newOffsets.append(newValues.count)
    }
    var arranged = DoseMatrix(
      id: id, sample: sample, axes: newAxes, count: origin.map { count[$0] }, mean: origin.map { mean[$0] },
      offsets: newOffsets, values: newValues)
    arranged.excluded = excluded.map { excluded in
      var excluded = excluded
      excluded.well.doses = order.map { excluded.well.doses[$0] }
      return excluded
    }
    return arranged
  }

  /// The same block with what its file said: the drugs' names there and their places, from 0, in the present order.
  public func written(names: [String], positions: [Int]) -> DoseMatrix {
    precondition(
      names.count == drugCount && positions.sorted() == Array(axes.indices), "a name and a place for each drug")
    return with(
      axes: axes.indices.map { drug in
        DoseAxis(
          drug: axes[drug].drug, writtenName: names[drug], writtenPosition: positions[drug], unit: axes[drug].unit,
          doses: axes[drug].doses)
      })
  }

  private func with(axes: [DoseAxis]) -> DoseMatrix {
    var matrix = DoseMatrix(
      id: id, sample: sample, axes: axes, count: count, mean: mean, offsets: offsets, values: values)
    matrix.excluded = excluded
    return matrix
  }

  /// Whether the drugs stand in another order than in the file.
  public var isTurned: Bool { zip(axes, axes.dropFirst()).contains { $0.writtenPosition > $1.writtenPosition } }
}
