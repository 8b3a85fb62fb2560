import ArgumentParser
import Simulation
import Synergy

/// Grids as they are typed: `6x6` or `4x4,6x6`.
struct GridList: ExpressibleByArgument {
  var grids: [(Int, Int)]

  init?(argument: String) {
    grids = []
    for word in argument.lowercased().split(separator: ",", omittingEmptySubsequences: false) {
      let numbers = word.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count == 2, let first = numbers[0], let second = numbers[1], (3...48).contains(first),
        (3...48).contains(second)
      else { return nil }
      grids.append((first, second))
    }
  }
}

/// Numbers of wells as they are typed: `2` or `1,2,4`.
struct CountList: ExpressibleByArgument {
  var counts: [Int]

  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    counts = numbers.compactMap { $0 }
    guard counts.count == numbers.count, counts.allSatisfy({ (1...50).contains($0) }) else { return nil }
  }
}

/// Noise as it is typed: `5`, or `10,2.5` for that at 0 % and at 100 % inhibition.
struct NoiseArgument: ExpressibleByArgument {
  var noise: WellNoise

  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard (1...2).contains(numbers.count), let first = numbers[0], let last = numbers[numbers.count - 1],
      (0...100).contains(first), (0...100).contains(last)
    else { return nil }
    noise = WellNoise(sdAt0: first, sdAt100: last)
  }
}

/// What holds without interaction.
enum NullArgument: String, ExpressibleByArgument, CaseIterable {
  case bliss, loewe, hsa

  var interaction: Interaction {
    switch self {
    case .bliss: .blissNull
    case .loewe: .loeweNull
    case .hsa: .hsaNull
    }
  }
}

/// One null model as it is typed.
struct NullModelArgument: ExpressibleByArgument {
  var model: NullModel

  init(_ model: NullModel) { self.model = model }

  init?(argument: String) {
    guard let model = NullModel(rawValue: argument.lowercased()) else { return nil }
    self.model = model
  }

  var defaultValueDescription: String { model.rawValue }
}
