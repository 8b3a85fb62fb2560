import Testing

@testable import LeastSquares

/// Numbers in (−1, 1) that look random and are the same everywhere (Knuth's multiplicative generator).
struct Numbers {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-52 - 1
  }
  mutating func vector(_ count: Int) -> [Double] { (0..<count).map { _ in next() } }
}

@Suite("Algebra of the damped step") struct DampedSystemTests {
  private func system(seed: UInt64, m: Int, n: Int) throws -> (DampedSystem, Matrix, [Double]) {
    var numbers = Numbers(seed: seed)
    let jacobian = try Matrix(rows: m, columns: n, elements: numbers.vector(m * n))
    let residuals = numbers.vector(m)
    return (try DampedSystem(jacobian: jacobian, residuals: residuals), jacobian, residuals)
  }

  /// ‖J p + r‖² + λ ‖D p‖², by its definition.
  private func cost(_ j: Matrix, _ r: [Double], _ p: [Double], _ damping: Double, _ scale: [Double]) -> Double {
    var sum = 0.0
    for i in r.indices {
      var value = r[i]
      for k in p.indices { value += j[i, k] * p[k] }
      sum += value * value
    }
    return p.indices.reduce(sum) { $0 + damping * scale[$1] * scale[$1] * p[$1] * p[$1] }
  }

  @Test("One column is the scalar formula −Jᵀr / (JᵀJ + λD²)") func oneColumn() throws {
    let system = try DampedSystem(jacobian: Matrix(column: [3, 4]), residuals: [1, 2])
    let p = try system.solve(target: system.projected, damping: 0.25, scale: [10], free: [0], fixed: [0])
    #expect(abs(p[0] + 11.0 / 50) < 1e-15)
    #expect(abs(system.gradient[0] - 11) < 1e-14)
    #expect(abs(system.columnNorms[0] - 5) < 1e-14)
    // ‖r‖² − ‖r + Jp‖² at p = −11/25, the undamped minimum
    #expect(abs(system.promisedFall(of: [-11.0 / 25]) - 121.0 / 25) < 1e-14)
  }

  @Test("Held elements enter the right-hand side") func held() throws {
    let (system, j, r) = try system(seed: 1, m: 7, n: 3)
    let scale = [1.0, 2, 0.5]
    let p = try system.solve(target: system.projected, damping: 0.1, scale: scale, free: [0, 2], fixed: [9, 0.3, 9])
    #expect(p[1] == 0.3)
    let best = cost(j, r, p, 0.1, scale)
    for (k, h) in [(0, 1e-3), (0, -1e-3), (2, 1e-3), (2, -1e-3)] {
      var other = p
      other[k] += h
      #expect(cost(j, r, other, 0.1, scale) > best)
    }
  }

  @Test("Fewer residuals than parameters are solved too") func wide() throws {
    let (system, j, r) = try system(seed: 2, m: 2, n: 4)
    let p = try system.solve(
      target: system.projected, damping: 1e-8, scale: [1, 1, 1, 1], free: [0, 1, 2, 3], fixed: [0, 0, 0, 0])
    #expect(cost(j, r, p, 0, [1, 1, 1, 1]) < 1e-12)
    #expect(try system.rankAndCovariance(free: [0, 1, 2, 3]).rank == 2)
  }

  /// Every active set is tried: 3ⁿ of them.
  @Test("The bounded step is the best of all active sets", arguments: 1...200)
  func bestActiveSet(seed: UInt64) throws {
    let n = 4
    let (system, j, r) = try system(seed: seed, m: 6, n: n)
    var numbers = Numbers(seed: seed + 1000)
    // Some walls are where the point is, as beside an active bound.
    let low = numbers.vector(n).map { $0 > 0.4 ? 0 : -abs($0) }
    let high = numbers.vector(n).map { $0 > 0.4 ? 0 : abs($0) }
    let scale = numbers.vector(n).map { 0.1 + abs($0) }
    let damping = 0.01
    let step = try BoundedStep(system, damping: damping, scale: scale, low: low, high: high)
    #expect(step.p.indices.allSatisfy { step.p[$0] >= low[$0] && step.p[$0] <= high[$0] })
    var best = Double.infinity
    for code in 0..<81 {
      let sides = (0..<n).map { k in code / [1, 3, 9, 27][k] % 3 }
      let fixed = (0..<n).map { [0, low[$0], high[$0]][sides[$0]] }
      let p = try system.solve(
        target: system.projected, damping: damping, scale: scale, free: (0..<n).filter { sides[$0] == 0 },
        fixed: fixed)
      if p.indices.allSatisfy({ p[$0] >= low[$0] && p[$0] <= high[$0] }) {
        best = min(best, cost(j, r, p, damping, scale))
      }
    }
    #expect(abs(cost(j, r, step.p, damping, scale) - best) < 1e-12)
  }
}
