import Foundation

/// A made-up block as text: two Hill curves, independent action, a bump of synergy, and noise from its seed. Responses
/// are multiples of 1/8, so that 100 − y has no rounding.
struct MadeBlock {
  struct Well {
    var doses: [Double]
    var response: Double
  }

  var id: String
  var drugs = ["selinexor", "olaparib"]
  var sample = "MM.1S"
  var wells: [Well]

  init(_ id: String, seed: UInt64, replicates: Int = 1, doses: [Double] = [0, 0.1, 0.3, 1, 3, 10]) {
    self.id = id
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func noise() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53) - 0.5
    }
    let top = 70 + 20 * noise()
    let middle = exp2(noise())
    func effect(_ dose: Double, _ ec50: Double) -> Double { dose == 0 ? 0 : top / (1 + pow(ec50 / dose, 1.3)) }
    wells = []
    for first in doses {
      for second in doses {
        for _ in 0..<replicates {
          let one = effect(first, middle)
          let other = effect(second, 2 * middle)
          let bump = first > 0 && second > 0 ? 8 * noise() : 0
          let response = one + other - one * other / 100 + bump + 3 * noise()
          wells.append(Well(doses: [first, second], response: (response * 8).rounded() / 8))
        }
      }
    }
  }

  static let header = "block_id,drug1,drug2,cell_line,conc1,conc2,inhibition,conc_unit\n"

  /// The block's rows.
  var rows: [String] {
    wells.map { "\(id),\(drugs[0]),\(drugs[1]),\(sample),\($0.doses[0]),\($0.doses[1]),\($0.response),uM\n" }
  }

  /// The blocks as a file.
  static func file(_ blocks: [MadeBlock]) -> String { header + blocks.flatMap(\.rows).joined() }

  /// `count` different blocks called `<prefix>1`, `<prefix>2`, ….
  static func blocks(_ count: Int, prefix: String = "b", seed: UInt64 = 1) -> [MadeBlock] {
    (1...count).map { MadeBlock(prefix + String($0), seed: seed &+ UInt64($0)) }
  }
}
