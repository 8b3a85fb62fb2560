import Assay
import Reporting
import Statistics
import Synergy

/// The panel of a combination's page that says what leaving wells out changes, and the list of these wells.
struct LeftOutPanel {
  /// Wells that were left out, and those put back.
  let leftOut: [LeftOutWell]
  /// The scores on both sides.
  let rescored: Rescored?
  /// The block.
  let analysis: BlockAnalysis

  /// For the templates.
  var fields: Fields {
    let out = leftOut.filter(\.isOut)
    return [
      "leftOut": leftOut.map(well), "hasLeftOut": !leftOut.isEmpty, "isChanged": rescored != nil,
      "leftOutWords": out.isEmpty ? "none" : Words.count(out.count, "well"),
      "rescoredMessage": optional(rescored?.message),
      "scores": rescored?.scores.map(score) ?? analysis.models.map(asRun),
      "consensusBefore": ReportText.points(rescored?.consensusBefore ?? analysis.consensus),
      "consensusAfter": rescored == nil ? "" : ReportText.points(rescored?.consensusAfter),
    ]
  }

  private func well(_ well: LeftOutWell) -> Fields {
    let words = zip(analysis.matrix.axes, well.doses).map { axis, dose -> String in
      let unit = axis.unit.description
      return "\(axis.drug) \(ReportText.significant(dose, digits: 3))\(unit.isEmpty ? "" : " " + unit)"
    }
    let doses = well.doses.map(\.description)
    return [
      "wellID": well.id, "doseWords": words.joined(separator: " × "), "doses": doses.joined(separator: ","),
      "response": well.response?.description ?? "",
      "responseWords": well.response.map { "\(ReportText.significant($0, digits: 3)) %" } ?? "all wells",
      "reason": well.reason, "by": well.by.isEmpty ? false : well.by as Any, "at": Words.time(well.at),
      "isOut": well.isOut, "undoneBy": optional(well.undoneBy?.isEmpty == true ? nil : well.undoneBy),
      "undoneAt": optional(well.undoneAt.map(Words.time)),
    ]
  }

  private func score(_ score: Rescored.Score) -> Fields {
    return [
      "model": score.model.rawValue, "modelName": score.model.name, "before": value(score.before),
      "after": value(score.after),
    ]
  }

  private func asRun(_ score: ModelScore) -> Fields {
    let inference = analysis.inference(of: score.model)
    let before = Rescored.Value(
      mean: score.mean, low: inference?.interval.low, high: inference?.interval.high, p: inference?.p)
    return [
      "model": score.model.rawValue, "modelName": score.model.name, "before": value(before), "after": false,
    ]
  }

  private func value(_ value: Rescored.Value) -> Fields {
    [
      "mean": ReportText.points(value.mean),
      "interval": value.low == nil ? "" : "\(ReportText.points(value.low)) … \(ReportText.points(value.high))",
      "p": ReportText.p(value.p), "colour": value.mean.map(ReportText.synergyClass) ?? "x",
    ]
  }
}
