extension DoseMatrix {
  /// The same block with every response changed by a rising function, % inhibition to % inhibition.
  public func mappingResponses(_ change: (Double) -> Double) -> DoseMatrix {
    let values = values.map(change)
    let mean = (0..<cellCount).map { cell in
      let own = values[offsets[cell]..<offsets[cell + 1]]
      return own.isEmpty ? Double.nan : own.reduce(0, +) / Double(own.count)
    }
    return DoseMatrix(
      id: id, sample: sample, axes: axes, count: count, mean: mean, offsets: offsets, values: values)
  }
}
