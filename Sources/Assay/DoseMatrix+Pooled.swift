extension DoseMatrix {
  /// One block of the wells of this one and of others that have the same doses: their wells are replicates.
  ///
  /// - Parameters:
  ///   - others: The other blocks, and for each drug of this one the place of the same drug in the other.
  ///   - id: The name of the new block.
  ///   - sample: Its sample.
  /// - Precondition: Every drug has as many doses in all of them.
  public func pooled(with others: [(block: DoseMatrix, order: [Int])], id: String, sample: String?) -> DoseMatrix {
    var offsets = [0]
    offsets.reserveCapacity(cellCount + 1)
    var values: [Double] = []
    var counts: [Int] = []
    var means: [Double] = []
    for cell in 0..<cellCount {
      var own = Array(replicates(of: cell))
      for (block, order) in others {
        precondition(order.indices.allSatisfy { block.shape[order[$0]] == shape[$0] }, "as many doses of each drug")
        let twin = order.indices.reduce(0) { $0 + position(of: cell, on: $1) * block.strides[order[$1]] }
        own += block.replicates(of: twin)
      }
      own.sort()
      var sum = 0.0
      for value in own { sum += value }
      counts.append(own.count)
      means.append(own.isEmpty ? .nan : sum / Double(own.count))
      values += own
      offsets.append(values.count)
    }
    return DoseMatrix(
      id: id, sample: sample, axes: axes, count: counts, mean: means, offsets: offsets, values: values)
  }
}
