import ReferenceData
import Screening
import Testing

@Suite("Order by similarity")
struct AverageLinkageTests {
  @Test("clusters are joined by the mean distance of their members, the higher one first")
  func heights() {
    let tree = AverageLinkage([[0], [10], [1], [11.5]])
    #expect(tree.joins.map(\.height).sorted() == [1, 1.5, 10.25])
    #expect(tree.order == [3, 1, 2, 0])
    #expect(tree.joins.count == 3)
  }

  @Test("rows are compared over what both have; rows without a common column are as far as the farthest")
  func gaps() {
    let tree = AverageLinkage([[1, 2, nil], [1, 2, 9], [nil, nil, 3], [5, 2, nil]])
    // 0–1: 0; 0–3 and 1–3: √8; 1–2: 6, the largest; 0–2 and 2–3 have nothing in common: 6.
    #expect(tree.joins.first?.height == 0)
    #expect(abs((tree.joins.last?.height ?? 0) - 6) < 1e-12)
    #expect(Set(tree.order) == [0, 1, 2, 3])
  }

  @Test("equal rows keep their order, and none, one or two rows are no trouble")
  func small() {
    #expect(AverageLinkage([[1], [1], [1]]).order == [0, 1, 2])
    #expect(AverageLinkage([]).order.isEmpty)
    #expect(AverageLinkage([[nil]]).order == [0])
    #expect(AverageLinkage([[nil], [4]]).order == [1, 0])
  }

  @Test("nearest-neighbour chains find what searching all pairs finds")
  func againstSearch() {
    var random = SplitMix64(seed: 9)
    for _ in 0..<20 {
      let rows = (0..<24).map { _ in (0..<5).map { _ in random.uniform() < 0.15 ? nil : Optional(random.normal()) } }
      let tree = AverageLinkage(rows)
      let expected = searched(rows)
      #expect(zip(tree.joins.map(\.height).sorted(), expected).allSatisfy { abs($0 - $1) < 1e-9 })
      #expect(tree.order.sorted() == Array(0..<24))
    }
  }

  /// Heights of the joins when the closest pair of all is joined each time, ascending.
  private func searched(_ rows: [[Double?]]) -> [Double] {
    var known: [[Double]] = rows.map { one in
      rows.map { other in
        let squares = zip(one, other).compactMap { x, y in x.flatMap { x in y.map { (x - $0) * (x - $0) } } }
        return squares.isEmpty ? .nan : (squares.reduce(0, +) / Double(squares.count)).squareRoot()
      }
    }
    let largest = known.joined().filter { !$0.isNaN }.max() ?? 0
    known = known.map { $0.map { $0.isNaN ? largest : $0 } }
    var clusters = rows.indices.map { [$0] }
    var heights: [Double] = []
    while clusters.count > 1 {
      var best = (one: 0, other: 1, distance: Double.infinity)
      for one in clusters.indices {
        for other in 0..<one {
          let pairs = clusters[one].flatMap { x in clusters[other].map { known[x][$0] } }
          let distance = pairs.reduce(0, +) / Double(pairs.count)
          if distance < best.distance { best = (one, other, distance) }
        }
      }
      heights.append(best.distance)
      let joined = clusters[best.one] + clusters[best.other]
      for place in [best.one, best.other].sorted(by: >) { clusters.remove(at: place) }
      clusters.append(joined)
    }
    return heights.sorted()
  }
}
