import Foundation
import Genes

/// What `isobole genes --json` says.
struct GenesJSON: Encodable {
  struct Gene: Encodable {
    var gene: String
    var effect: Double?
    var effect_low: Double?
    var effect_high: Double?
    var norm_z: Double?
    var q: Double?
    var reason: String
  }

  struct Contrast: Encodable {
    var contrast: String
    var drug: String
    var controls: [String]
    var treatments: [String]
    var genes: Int
    var calls: [String: Int]
    var sensitising: [Gene]
    var protecting: [Gene]
    var warnings: [String]

    init(_ analysis: GeneAnalysis, top: Int = 10) {
      (contrast, drug) = (analysis.contrast.name, analysis.contrast.drug)
      (controls, treatments) = (analysis.contrast.controls, analysis.contrast.treatments)
      genes = analysis.genes.count
      calls = Dictionary(
        uniqueKeysWithValues: GeneCall.allCases.map { call in (call.rawValue, analysis.genes.count { $0.call == call })
        })
      func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
      func shown(_ call: GeneCall, _ q: KeyPath<GeneScore.Evidence, Double>) -> [Gene] {
        analysis.genes(called: call).prefix(top).map {
          Gene(
            gene: $0.gene, effect: finite($0.effect), effect_low: finite($0.interval.low),
            effect_high: finite($0.interval.high),
            norm_z: finite($0.normZ), q: finite($0.evidence[keyPath: q]), reason: $0.reason)
        }
      }
      sensitising = shown(.sensitises, \.qSensitises)
      protecting = shown(.protects, \.qProtects)
      warnings =
        analysis.quality.filter { $0.verdict == .warn }.map { "\($0.name): \($0.measure), expected \($0.expected)" }
        + analysis.notes.filter(\.isWarning).map { "\($0.file): \($0.message)" }
    }
  }

  var directory: String
  var errors: Int
  var contrasts: [Contrast]

  /// The text.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
