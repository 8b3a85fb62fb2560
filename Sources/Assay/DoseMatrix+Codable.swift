extension DoseMatrix: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, sample, axes, count, values, excluded
  }

  /// Writes the grid and the wells; means are made again from the wells, to the same bit.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encodeIfPresent(sample, forKey: .sample)
    try container.encode(axes, forKey: .axes)
    try container.encode(count, forKey: .count)
    try container.encode(values, forKey: .values)
    if !excluded.isEmpty { try container.encode(excluded, forKey: .excluded) }
  }

  /// Reads what `encode` writes.
  ///
  /// - Throws: `DecodingError` when the numbers of wells are not those of the grid.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let axes = try container.decode([DoseAxis].self, forKey: .axes)
    let count = try container.decode([Int].self, forKey: .count)
    let values = try container.decode([Double].self, forKey: .values)
    guard
      let matrix = DoseMatrix(
        id: try container.decode(String.self, forKey: .id),
        sample: try container.decodeIfPresent(String.self, forKey: .sample), axes: axes, count: count, values: values,
        excluded: try container.decodeIfPresent([ExcludedWell].self, forKey: .excluded) ?? [])
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .count, in: container, debugDescription: "the numbers of wells are not those of the grid")
    }
    self = matrix
  }

  /// Takes the parts of a block that was made before: the wells of each cell, and their responses cell after cell.
  /// `nil` when the numbers of wells are not those of the grid.
  package init?(
    id: String, sample: String?, axes: [DoseAxis], count: [Int], values: [Double], excluded: [ExcludedWell] = []
  ) {
    guard excluded.allSatisfy({ $0.well.doses.count == axes.count }) else { return nil }
    var offsets = [0]
    offsets.reserveCapacity(count.count + 1)
    for wells in count {
      guard wells >= 0, wells <= values.count - offsets[offsets.count - 1] else { return nil }
      offsets.append(offsets[offsets.count - 1] + wells)
    }
    var cells = 1
    for axis in axes {
      let (product, overflow) = cells.multipliedReportingOverflow(by: axis.doses.count)
      guard !overflow, product > 0 else { return nil }
      cells = product
    }
    guard cells == count.count, offsets[cells] == values.count else { return nil }
    let mean = (0..<cells).map { cell in
      count[cell] == 0 ? .nan : values[offsets[cell]..<offsets[cell + 1]].reduce(0, +) / Double(count[cell])
    }
    self.init(id: id, sample: sample, axes: axes, count: count, mean: mean, offsets: offsets, values: values)
    self.excluded = excluded
  }

  /// The same grid with every well missing: what a list of blocks shows.
  public var withoutWells: DoseMatrix {
    DoseMatrix(
      id: id, sample: sample, axes: axes, count: [Int](repeating: 0, count: cellCount),
      mean: [Double](repeating: .nan, count: cellCount), offsets: [Int](repeating: 0, count: cellCount + 1), values: [])
  }
}
