import Foundation
import Statistics

/// ρ of m guides within α: its value from ranks, and its distribution where ranks are uniform.
struct RankNull: Sendable {
  private let count: Int
  private let alpha: Double
  private let tail: BinomialTail
  /// The tails at α: where ρ exceeds the i-th, the bound of the i-th rank is α.
  private let atAlpha: [Double]

  /// Of a gene with m ≥ 1 guides.
  init(guides count: Int, alpha: Double) {
    (self.count, self.alpha) = (count, alpha)
    let tail = BinomialTail(count: count)
    self.tail = tail
    atAlpha = (1...count).map { tail.upper($0, alpha) }
  }

  /// ρ, and the ranks within α: the least P(U₍ᵢ₎ ≤ uᵢ) over the sorted ranks up to α; the first always counts.
  func score(_ ranks: [Double]) -> (rho: Double, within: Int) {
    var (rho, within) = (1.0, 0)
    for (place, rank) in ranks.enumerated() {
      if rank <= alpha { within += 1 } else if place > 0 { break }
      rho = min(rho, tail.upper(place + 1, rank))
    }
    return (rho, within)
  }

  /// P(ρ ≤ r) of m independent uniform ranks, exact.
  ///
  /// ρ ≤ r where U₍₁₎ ≤ b₁ or U₍ᵢ₎ ≤ min(α, bᵢ), bᵢ the r-quantile of U₍ᵢ₎: a boundary-crossing probability of uniform order statistics
  /// (`UniformOrderStatistics`), where MAGeCK permutes.
  func p(_ r: Double, _ room: inout Room) -> Double {
    guard r > 0 else { return 0 }
    guard r < 1 else { return 1 }
    room.bounds.removeAll(keepingCapacity: true)
    room.bounds.append(tail.inverse(1, r))
    for place in 2...max(2, count) where place <= count {
      if atAlpha[place - 1] <= r {
        // Later quantiles are greater: α bounds all of them.
        let last = max(alpha, room.bounds[0])
        for _ in place...count { room.bounds.append(last) }
        break
      }
      room.bounds.append(max(room.bounds[place - 2], tail.inverse(place, r)))
    }
    return room.statistics.crossing(room.bounds)
  }

  /// Room for any number of calls.
  struct Room {
    fileprivate var bounds: [Double] = []
    fileprivate var statistics = UniformOrderStatistics()
  }

  /// The same of one ρ.
  func p(_ r: Double) -> Double {
    var room = Room()
    return p(r, &room)
  }
}
