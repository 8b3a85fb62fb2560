import Assay
import DoseResponse
import Synergy

/// A block's object in `results.json`; the keys are described in the module's README. `BlockRecord` reads it back.
enum BlockJSON {
  /// The object, on one line.
  static func object(of analysis: BlockAnalysis, index: Int) -> [UInt8] {
    let matrix = analysis.matrix
    var json = JSONWriter(capacity: 2000 + matrix.cellCount * 220)
    json.object { json in
      json.key("index")
      json.value(index)
      json.key("block_id")
      json.value(matrix.id)
      json.key("sample")
      json.value(matrix.sample)
      json.key("drugs")
      json.array { json in for (position, axis) in matrix.axes.enumerated() { write(axis, at: position, to: &json) } }
      json.key("shape")
      json.array { json in for extent in matrix.shape { json.value(extent) } }
      json.key("replicates")
      json.array { json in for count in matrix.count { json.value(count) } }
      json.key("response")
      json.values(analysis.asRead.mean)
      if matrix.count.contains(where: { $0 > 1 }) {
        json.key("wells")
        json.array { json in
          for cell in 0..<matrix.cellCount { json.values(analysis.asRead.replicates(of: cell)) }
        }
      }
      json.key("baseline")
      json.object { json in
        let baseline = analysis.baseline
        for (name, value) in [
          ("level", baseline.level), ("error", baseline.error), ("estimate", baseline.estimate?.level),
          ("estimate_error", baseline.estimate?.error),
        ] {
          json.key(name)
          json.value(value)
        }
      }
      if let anchor = analysis.anchor {
        json.key("anchor")
        json.object { json in
          json.key("drug")
          json.value(anchor.drug)
          json.key("blocks")
          json.value(anchor.blocks)
          json.key("shared")
          json.value(anchor.isShared)
        }
      }
      json.key("consensus")
      json.value(analysis.consensus)
      json.key("consensus_upper")
      json.value(analysis.consensusUpper)
      json.key("css")
      json.value(analysis.css)
      if let inference = analysis.inference { write(inference, to: &json) }
      json.key("models")
      json.object { json in
        for score in analysis.models { write(score, analysis.inference(of: score.model), to: &json) }
      }
      if let bigl = analysis.bigl { SurfaceTestJSON.write(bigl, to: &json) }
      json.key("monotherapies")
      json.array { json in
        for monotherapy in analysis.monotherapies {
          write(monotherapy, analysis.inference, to: &json)
        }
      }
      json.key("notes")
      json.array { json in
        for note in analysis.notes {
          json.object { json in
            json.key("flag")
            json.value(note.flag)
            json.key("message")
            json.value(note.message)
          }
        }
      }
      json.key("lines")
      json.array { json in
        for line in analysis.lines {
          json.object { json in
            json.key("drug")
            json.value(line.drug)
            json.key("start_doses")
            json.values(matrix.doses(of: line.start))
            write(line.fit, to: &json)
          }
        }
      }
    }
    return json.bytes
  }

  private static func write(_ axis: DoseAxis, at position: Int, to json: inout JSONWriter) {
    json.object { json in
      json.key("name")
      json.value(axis.drug)
      json.key("unit")
      json.value(axis.unit.symbol)
      if axis.writtenName != axis.drug { json.member("name_as_read", axis.writtenName) }
      if axis.writtenPosition != position { json.member("position_as_read", axis.writtenPosition) }
      json.key("doses")
      json.values(axis.doses)
    }
  }

  private static func write(_ inference: BlockInference, to json: inout JSONWriter) {
    json.key("noise")
    json.object { json in
      json.key("source")
      json.value(inference.noise.source.rawValue)
      for (name, value) in [
        ("sd_0", inference.noise.sdAt0), ("sd_100", inference.noise.sdAt100),
        ("log_ratio", inference.noise.shape.logRatio), ("df", inference.noise.degrees),
      ] {
        json.key(name)
        json.value(value)
      }
    }
    write(inference.css, as: "css_interval", to: &json)
  }

  /// An interval as an array; an unbounded end is null.
  private static func write(_ interval: Interval?, as key: String, to json: inout JSONWriter) {
    guard let interval else { return }
    json.key(key)
    json.values([interval.low, interval.high])
  }

  private static func write(_ window: WindowInference?, as name: String, to json: inout JSONWriter) {
    guard let window else { return }
    json.key("\(name)_corrected")
    json.value(window.corrected)
    write(window.interval, as: "\(name)_interval", to: &json)
  }

  private static func write(_ window: PeakWindow?, as name: String, to json: inout JSONWriter) {
    json.key(name)
    guard let window else { return json.value(String?.none) }
    json.object { json in
      json.key("mean")
      json.value(window.mean)
      json.key("doses")
      json.array { json in
        for range in window.doses { json.values([range.lowerBound, range.upperBound]) }
      }
    }
  }

  private static func write(_ inference: ScoreInference, to json: inout JSONWriter) {
    write(inference.interval, as: "interval", to: &json)
    for (name, value) in [("bias", inference.bias), ("standard_error", inference.standardError), ("p", inference.p)] {
      json.key(name)
      json.value(value)
    }
    write(inference.equivalence, as: "equivalence_interval", to: &json)
    write(inference.peak, as: "peak", to: &json)
    write(inference.trough, as: "trough", to: &json)
    json.key("low")
    json.values(inference.cells.map(\.low))
    json.key("high")
    json.values(inference.cells.map(\.high))
    json.key("cell_p")
    json.values(inference.cellP)
  }

  private static func write(_ score: ModelScore, _ inference: ScoreInference?, to json: inout JSONWriter) {
    json.key(score.model.rawValue)
    json.object { json in
      json.key("mean")
      json.value(score.mean)
      if let mean = score.meanWithoutOutliers {
        json.key("mean_without_outliers")
        json.value(mean)
      }
      write(score.peak, as: "peak", to: &json)
      write(score.trough, as: "trough", to: &json)
      json.key("scored_cells")
      json.value(score.scoredCells)
      json.key("unscored_cells")
      json.value(score.unscoredCells)
      json.key("reference")
      json.values(score.reference)
      if let fit = score.fit {
        json.key("fit")
        json.values(fit)
      }
      json.key("synergy")
      json.values(score.synergy)
      if let inference { write(inference, to: &json) }
    }
  }

  private static func write(
    _ monotherapy: Monotherapy, _ inference: BlockInference?, to json: inout JSONWriter
  ) {
    json.object { json in
      json.key("drug")
      json.value(monotherapy.drug)
      write(monotherapy.fit, to: &json)
      json.key("ic50_relative")
      json.value(monotherapy.relativeIC50)
      json.key("ic50_absolute")
      json.value(monotherapy.absoluteIC50)
      json.key("ri")
      json.value(monotherapy.relativeInhibition)
      write(inference?.ic50[monotherapy.drug], as: "ic50_absolute_interval", to: &json)
      write(inference?.emax[monotherapy.drug], as: "emax_interval", to: &json)
      if let band = inference?.curves.at(monotherapy.drug) {
        json.key("curve_low")
        json.values(band.map(\.low))
        json.key("curve_high")
        json.values(band.map(\.high))
      }
    }
  }

  /// An Emax that the data do not bound is null. The number that makes the curve within its doses is a text, since it is no
  /// response.
  private static func write(_ fit: HillFit, to json: inout JSONWriter) {
    let curve = fit.curve
    let values = [
      ("e0", curve.e0), ("emax", fit.emax ?? .nan), ("hill", curve.hill), ("ec50", curve.ec50), ("rss", fit.rss),
      ("r2", fit.r2),
    ]
    for (name, value) in values {
      json.key(name)
      json.value(value)
    }
    if fit.emax == nil, curve.emax.isFinite {
      json.key("emax_unbounded")
      json.value("\(curve.emax)")
    }
    json.key("n")
    json.value(fit.points)
    json.key("status")
    json.value(fit.status.rawValue)
  }
}
