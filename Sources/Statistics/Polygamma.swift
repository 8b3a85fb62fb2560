import Foundation

/// ψ(x) for x > 0: recurrence up to 10, then DLMF 5.11.2.
package func digamma(_ x: Double) -> Double {
  var x = x
  var sum = 0.0
  while x < 10 {
    sum -= 1 / x
    x += 1
  }
  let z = 1 / (x * x)
  return sum + log(x) - 0.5 / x - z * (1.0 / 12 - z * (1.0 / 120 - z * (1.0 / 252 - z * (1.0 / 240 - z / 132))))
}

/// ψ′(x) for x > 0: recurrence up to 10, then the derivative of DLMF 5.11.2.
package func trigamma(_ x: Double) -> Double {
  var x = x
  var sum = 0.0
  while x < 10 {
    sum += 1 / (x * x)
    x += 1
  }
  let z = 1 / (x * x)
  return sum + 1 / x + z / 2 + z / x * (1.0 / 6 - z * (1.0 / 30 - z * (1.0 / 42 - z * (1.0 / 30 - z * 5 / 66))))
}

/// The x > 0 with ψ′(x) = `y` > 0, by bisection on ln x: ψ′ falls strictly.
package func inverseTrigamma(_ y: Double) -> Double {
  var low = -20.0
  var high = 20.0
  for _ in 0..<100 {
    let middle = (low + high) / 2
    if trigamma(exp(middle)) > y { low = middle } else { high = middle }
  }
  return exp((low + high) / 2)
}
