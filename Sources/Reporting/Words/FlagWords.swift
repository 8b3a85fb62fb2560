import Screening
import Synergy

extension BlockSummary {
  /// The flags that a reader should look at first: not an untreated level that was corrected.
  var flagsToLookAt: [String] { flags.filter { !($0 == BlockNote.baseline && baseline.isCorrected) } }
}

/// What the short words of the `flags` column mean, for who meets them first in a report.
public enum FlagWords {
  /// The meaning of a flag; `nil` of one that explains itself or is not known.
  public static func meaning(of flag: String) -> String? {
    if flag.hasSuffix("_unscored"), let model = NullModel(rawValue: String(flag.dropLast("_unscored".count))) {
      return "\(model.name) has no value in some cells; its mean is over the others"
    }
    return meanings[flag]
  }

  private static let meanings = [
    BlockNote.anchor: "the drug that the sample's blocks share reads otherwise in this one: the plate may differ",
    "at_bound": "a drug’s curve is at a limit of the fit: its slope or EC50 is a bound, not an estimate",
    BlockNote.untreatedCombinations:
      "all combination wells read as untreated although a drug alone kills: check the plate",
    BlockNote.baseline: "untreated level is not 0 % inhibition",
    BlockNote.ownBaseline:
      "untreated level unlike the other blocks’; the block was put on its own level: check the plate",
    BlockNote.unclearBaseline: "untreated level is off and cannot be told: no call",
    BlockNote.unequalControl: "a drug with itself that reads differently on its two axes: check the doses",
    BlockNote.noiseOfTwoRows:
      "one dose of a drug and no replicates: interaction counts as noise, so synergy may be missed",
    BlockNote.untreatedHigh: "untreated wells read as treated: ranked last, without a call",
    BlockNote.outlier: "a well does not fit the others",
    BlockNote.lackOfFit: "replicate wells differ less than dose pairs do: intervals rest on the larger",
    BlockNote.inputWarning: "its data looked wrong when they were read",
    BlockNote.sameDrug: "a drug with itself, a control: the call is about Loewe, under which it is 0 by definition",
    "few_doses": "too few doses for a curve: its parameters are not determined",
    "flat": "a drug alone did nothing at any dose",
    "missing_wells": "dose pairs without a well",
    "no_control": "no untreated well: the curves stand without their zero dose",
    BIGLAnalysis.untested: "BIGL’s test could not be made",
    BIGLAnalysis.opposite: "the drugs move the response opposite ways",
  ]
}
