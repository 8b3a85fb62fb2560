import Foundation
import ScreenPower
import Simulation

/// One design of the table, as `--json` prints it.
struct PowerRow: Encodable {
  var grid: String
  var replicates: Int
  var wells: Int
  var noise_sd_0: Double
  var noise_sd_100: Double
  var screens: Int
  var combinations: Int
  var hits: Int
  var false_positive_rate: Double?
  var false_positive_rate_error: Double?
  var power: Double?
  var power_error: Double?
  var power_low: Double?
  var power_high: Double?
  var found: Double?
  var found_error: Double?
  var false_discovery_rate: Double?
  var false_discovery_rate_error: Double?
  var mean_rank_of_hits: Double?
  var mean_rank_of_hits_error: Double?
  var best_possible_rank: Double?
  var half_width: Double?
  var half_width_error: Double?
  var mean_effect: Double?
  var mean_effect_error: Double?
  var like: Like?

  /// Where the drugs come from.
  struct Like: Encodable {
    var results: String
    var anchor: String?
    var anchor_curves: Int
    var partner_curves: Int
    var curves_excluded: Int
  }

  init(_ design: ScreenDesign, _ outcome: PowerOutcome, like: String?, pilot: PilotRun?) {
    func known(_ value: Double) -> Double? { value.isFinite ? value : nil }
    grid = Self.name(design)
    replicates = design.replicates
    wells = outcome.wells
    noise_sd_0 = design.noise.sdAt0
    noise_sd_100 = design.noise.sdAt100
    screens = outcome.screens
    combinations = outcome.combinations
    hits = outcome.hits
    false_positive_rate = known(outcome.falsePositiveRate.value)
    false_positive_rate_error = known(outcome.falsePositiveRate.error)
    power = known(outcome.power.value)
    power_error = known(outcome.power.error)
    power_low = known(outcome.powerRange.low)
    power_high = known(outcome.powerRange.high)
    found = known(outcome.found.value)
    found_error = known(outcome.found.error)
    false_discovery_rate = known(outcome.falseDiscoveryRate.value)
    false_discovery_rate_error = known(outcome.falseDiscoveryRate.error)
    mean_rank_of_hits = known(outcome.rank.value)
    mean_rank_of_hits_error = known(outcome.rank.error)
    best_possible_rank = known(outcome.bestRank)
    half_width = known(outcome.halfWidth.value)
    half_width_error = known(outcome.halfWidth.error)
    mean_effect = known(outcome.effect.value)
    mean_effect_error = known(outcome.effect.error)
    if let like, let pilot {
      self.like = Like(
        results: like, anchor: pilot.anchor, anchor_curves: pilot.pool.anchors.count,
        partner_curves: pilot.pool.partners.count, curves_excluded: pilot.excluded.values.reduce(0, +))
    }
  }
}

extension PowerRow {
  /// Width of each column, the first one aligned to the left.
  private static let widths = [6, 12, 7, 12, 11, 9, 11, 10, 14, 19]

  static let heading = row([
    "grid", "wells/pair", "wells", "false + %", "power %", "range %", "found %", "FDR %", "CI ± pp", "rank (best)",
  ])

  static func line(_ design: ScreenDesign, _ outcome: PowerOutcome) -> String {
    let range = outcome.powerRange
    return row([
      name(design), "\(design.replicates)", "\(outcome.wells)", figure(outcome.falsePositiveRate, 100),
      figure(outcome.power, 100),
      range.low.isFinite ? String(format: "%.0f–%.0f", range.low * 100, range.high * 100) : "–",
      figure(outcome.found, 100),
      // Of a handful of calls a share says nothing.
      outcome.falseDiscoveryRate.error > 0.15 ? "too few" : figure(outcome.falseDiscoveryRate, 100),
      figure(outcome.halfWidth),
      outcome.rank.value.isFinite ? figure(outcome.rank) + String(format: " (%.1f)", outcome.bestRank) : "–",
    ])
  }

  /// A sentence where hits are further than half a percentage point from what was asked for.
  static func shortfall(_ rows: [PowerRow], asked: Double) -> String? {
    var named: Set<String> = []
    let parts = rows.compactMap { row -> String? in
      guard let effect = row.mean_effect, abs(effect - asked) > 0.5, named.insert(row.grid).inserted else { return nil }
      return String(format: "%+.1f pp in %@", effect, row.grid)
    }
    guard !parts.isEmpty else { return nil }
    return "Not every pair of curves allows a mean synergy of \(String(format: "%+g", asked)) pp. "
      + "On average the hits have \(parts.joined(separator: ", "))."
  }

  /// A figure and its error, to the digit that the error leaves: `48 ± 2`, `5.1 ± 0.3`.
  static func figure(_ estimate: ScreenEstimate, _ scale: Double = 1) -> String {
    guard estimate.value.isFinite else { return "–" }
    let (value, error) = (estimate.value * scale, estimate.error * scale)
    guard error.isFinite else { return String(format: "%.1f", value) }
    let places = error >= 0.95 ? 0 : error >= 0.095 ? 1 : 2
    // An error that is not 0 is not printed as 0.
    let shown = error > 0 ? max(error, 0.01) : 0
    return String(format: "%.*f ± %.*f", places, value, places, shown)
  }

  /// A number to three digits.
  static func number(_ value: Double) -> String { String(format: "%.3g", value) }

  private static func name(_ design: ScreenDesign) -> String { "\(design.doses.first)x\(design.doses.second)" }

  private static func row(_ texts: [String]) -> String {
    zip(texts, widths).enumerated().map { place, column in
      let space = String(repeating: " ", count: max(0, column.1 - column.0.count))
      return place == 0 ? column.0 + space : space + column.0
    }.joined()
  }
}
