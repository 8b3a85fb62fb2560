import Foundation

/// The models of the 27 problems with their derivatives, as the Model section of each .dat file writes them.
enum NISTModels {
  /// f(x; b), with ∂f/∂b written into `d`.
  typealias Model = @Sendable (_ b: [Double], _ x: [Double], _ d: inout [Double]) -> Double

  static let names = all.keys.sorted()

  static let all: [String: Model] = [
    "Bennett5": bennett, "BoxBOD": saturation, "Chwirut1": chwirut, "Chwirut2": chwirut, "DanWood": power,
    "ENSO": oscillation, "Eckerle4": peak, "Gauss1": twoPeaks, "Gauss2": twoPeaks, "Gauss3": twoPeaks,
    "Hahn1": { rational($0, $1[0], &$2, numerator: 4) }, "Kirby2": { rational($0, $1[0], &$2, numerator: 3) },
    "Thurber": { rational($0, $1[0], &$2, numerator: 4) }, "Lanczos1": decays, "Lanczos2": decays,
    "Lanczos3": decays, "MGH09": kowalik, "MGH10": meyer, "MGH17": osborne, "Misra1a": saturation,
    "Misra1b": misraB, "Misra1c": misraC, "Misra1d": misraD, "Nelson": nelson, "Rat42": logistic, "Rat43": richards,
    "Roszman1": roszman,
  ]

  private static let bennett: Model = { b, x, d in
    let base = b[1] + x[0]
    let f = pow(base, -1 / b[2])
    d[0] = f
    d[1] = -b[0] * f / (b[2] * base)
    d[2] = b[0] * f * log(base) / (b[2] * b[2])
    return b[0] * f
  }

  /// BoxBOD and Misra1a: b1 (1 − exp(−b2 x)).
  private static let saturation: Model = { b, x, d in
    let rise = -expm1(-b[1] * x[0])
    d[0] = rise
    d[1] = b[0] * x[0] * exp(-b[1] * x[0])
    return b[0] * rise
  }

  private static let chwirut: Model = { b, x, d in
    let denominator = b[1] + b[2] * x[0]
    let f = exp(-b[0] * x[0]) / denominator
    d[0] = -x[0] * f
    d[1] = -f / denominator
    d[2] = -x[0] * f / denominator
    return f
  }

  private static let power: Model = { b, x, d in
    let f = pow(x[0], b[1])
    d[0] = f
    d[1] = b[0] * f * log(x[0])
    return b[0] * f
  }

  private static let oscillation: Model = { b, x, d in
    let turn = 2 * Double.pi * x[0]
    d[0] = 1
    d[1] = cos(turn / 12)
    d[2] = sin(turn / 12)
    var f = b[0] + b[1] * d[1] + b[2] * d[2]
    for period in [3, 6] {
      let angle = turn / b[period]
      let (c, s) = (cos(angle), sin(angle))
      d[period] = angle / b[period] * (b[period + 1] * s - b[period + 2] * c)
      d[period + 1] = c
      d[period + 2] = s
      f += b[period + 1] * c + b[period + 2] * s
    }
    return f
  }

  private static let peak: Model = { b, x, d in
    let z = (x[0] - b[2]) / b[1]
    let bell = exp(-0.5 * z * z) / b[1]
    d[0] = bell
    d[1] = b[0] * bell * (z * z - 1) / b[1]
    d[2] = b[0] * bell * z / b[1]
    return b[0] * bell
  }

  private static let twoPeaks: Model = { b, x, d in
    d[0] = exp(-b[1] * x[0])
    d[1] = -b[0] * x[0] * d[0]
    var f = b[0] * d[0]
    for first in [2, 5] {
      let z = (x[0] - b[first + 1]) / b[first + 2]
      let bell = exp(-z * z)
      d[first] = bell
      d[first + 1] = b[first] * bell * 2 * z / b[first + 2]
      d[first + 2] = b[first] * bell * 2 * z * z / b[first + 2]
      f += b[first] * bell
    }
    return f
  }

  /// Hahn1, Kirby2, Thurber: a polynomial over a polynomial that begins with 1.
  private static func rational(_ b: [Double], _ x: Double, _ d: inout [Double], numerator: Int) -> Double {
    let above = b[..<numerator].reversed().reduce(0) { $0 * x + $1 }
    let below = 1 + x * b[numerator...].reversed().reduce(0) { $0 * x + $1 }
    let f = above / below
    var monomial = 1.0
    for j in 0..<numerator {
      d[j] = monomial / below
      monomial *= x
    }
    monomial = x
    for j in numerator..<b.count {
      d[j] = -f * monomial / below
      monomial *= x
    }
    return f
  }

  private static let decays: Model = { b, x, d in
    var f = 0.0
    for j in [0, 2, 4] {
      d[j] = exp(-b[j + 1] * x[0])
      d[j + 1] = -b[j] * x[0] * d[j]
      f += b[j] * d[j]
    }
    return f
  }

  private static let kowalik: Model = { b, x, d in
    let above = x[0] * (x[0] + b[1])
    let below = x[0] * (x[0] + b[2]) + b[3]
    d[0] = above / below
    d[1] = b[0] * x[0] / below
    d[2] = -b[0] * above * x[0] / (below * below)
    d[3] = -b[0] * above / (below * below)
    return b[0] * d[0]
  }

  private static let meyer: Model = { b, x, d in
    let shifted = x[0] + b[2]
    d[0] = exp(b[1] / shifted)
    let f = b[0] * d[0]
    d[1] = f / shifted
    d[2] = -f * b[1] / (shifted * shifted)
    return f
  }

  private static let osborne: Model = { b, x, d in
    d[0] = 1
    d[1] = exp(-x[0] * b[3])
    d[2] = exp(-x[0] * b[4])
    d[3] = -b[1] * x[0] * d[1]
    d[4] = -b[2] * x[0] * d[2]
    return b[0] + b[1] * d[1] + b[2] * d[2]
  }

  private static let misraB: Model = { b, x, d in
    let base = 1 + b[1] * x[0] / 2
    d[0] = 1 - 1 / (base * base)
    d[1] = b[0] * x[0] / (base * base * base)
    return b[0] * d[0]
  }

  private static let misraC: Model = { b, x, d in
    let base = 1 + 2 * b[1] * x[0]
    d[0] = 1 - 1 / base.squareRoot()
    d[1] = b[0] * x[0] / (base * base.squareRoot())
    return b[0] * d[0]
  }

  private static let misraD: Model = { b, x, d in
    let base = 1 + b[1] * x[0]
    d[0] = b[1] * x[0] / base
    d[1] = b[0] * x[0] / (base * base)
    return b[0] * d[0]
  }

  private static let nelson: Model = { b, x, d in
    let decay = exp(-b[2] * x[1])
    d[0] = 1
    d[1] = -x[0] * decay
    d[2] = b[1] * x[0] * x[1] * decay
    return b[0] - b[1] * x[0] * decay
  }

  private static let logistic: Model = { b, x, d in
    let decay = exp(b[1] - b[2] * x[0])
    d[0] = 1 / (1 + decay)
    let slope = b[0] * decay / ((1 + decay) * (1 + decay))
    d[1] = -slope
    d[2] = slope * x[0]
    return b[0] / (1 + decay)
  }

  private static let richards: Model = { b, x, d in
    let decay = exp(b[1] - b[2] * x[0])
    let f = pow(1 + decay, -1 / b[3])
    d[0] = f
    d[1] = -b[0] * f / b[3] * decay / (1 + decay)
    d[2] = -d[1] * x[0]
    d[3] = b[0] * f * log1p(decay) / (b[3] * b[3])
    return b[0] * f
  }

  private static let roszman: Model = { b, x, d in
    let shifted = x[0] - b[3]
    let ring = .pi * (shifted * shifted + b[2] * b[2])
    d[0] = 1
    d[1] = -x[0]
    d[2] = -shifted / ring
    d[3] = -b[2] / ring
    return b[0] - b[1] * x[0] - atan(b[2] / shifted) / .pi
  }
}
