import DoseTables
import Plates
import Reporting
import Screening
import Synergy

/// What a run is asked for, as a form: the choices of `isobole analyze` that a scientist makes.
struct RunOptionsForm: Sendable {
  /// The null models to score.
  var models: [NullModel]
  /// The models that calls are about.
  var callModels: [NullModel]
  /// What is done where untreated wells do not read 0.
  var baseline: BaselineOptions.Method
  /// Where the readings of a drug come from that many blocks measured alone.
  var anchor: AnchorOptions.Method
  /// Minimum effect size, percentage points.
  var threshold: Double
  /// Resamples of each block; 0 leaves intervals out.
  var resamples: Int
  /// Their seed.
  var seed: UInt64
  /// Coverage of the intervals.
  var confidence: Double
  /// False discovery rate at which a score is called.
  var falseDiscoveryRate: Double
  /// What a response value means, where a file has no correction of its own.
  var response: ReadingOptions.Response
  /// Where ZIP's lines start.
  var zipBaseline: SynergyOptions.ZIPBaseline
  /// How plates are normalised.
  var normalise: NormalisationOptions.Method
  /// How effects of position are taken off plates.
  var positions: NormalisationOptions.Correction
  /// The decimal mark of exports.
  var decimal: PlateExportOptions.Decimal
  /// Whether blocks of the same drugs, doses and sample are replicates.
  var replicates: ReadingOptions.Replicates
  /// How dead cells read.
  var positiveIs: SignalDirection
  /// Whether drugs are called as they were read.
  var keepsNames = false
  /// Whether wells that are detected as outliers are left out.
  var masksOutliers = false
  /// What is typed into fields that are empty by default, by their names.
  var texts: [String: String] = [:]

  /// The form with a run's options.
  init(_ options: ScreenOptions) {
    let inference = options.synergy.inference
    models = options.synergy.models
    callModels = inference.callModels
    baseline = options.synergy.baseline.method
    anchor = options.synergy.anchor.method
    threshold = inference.threshold
    resamples = inference.resamples
    seed = inference.seed
    confidence = inference.confidence
    falseDiscoveryRate = inference.falseDiscoveryRate
    response = options.reading.response
    replicates = options.reading.replicates
    zipBaseline = options.synergy.zipBaseline
    let plates = options.plates ?? PlateOptions()
    normalise = plates.normalisation.method
    positions = plates.normalisation.correction
    decimal = plates.exports.decimal
    positiveIs = plates.normalisation.positiveIs
  }

  /// For the templates.
  var fields: Fields {
    [
      "models": NullModel.allCases.map {
        ["value": $0.rawValue, "name": $0.name, "isOn": models.contains($0)] as Fields
      },
      "callModels": NullModel.allCases.map {
        ["value": $0.rawValue, "name": $0.name, "isOn": callModels.contains($0)] as Fields
      },
      "untreatedLevels": BaselineOptions.Method.allCases.map {
        ["value": $0.rawValue, "name": Self.words(of: $0), "isOn": $0 == baseline] as Fields
      },
      "anchors": AnchorOptions.Method.allCases.map {
        ["value": $0.rawValue, "name": Self.words(of: $0), "isOn": $0 == anchor] as Fields
      },
      "threshold": plain(threshold), "resamples": resamples, "seed": seed, "confidence": plain(confidence),
      "fdr": plain(falseDiscoveryRate), "responses": Self.responses(chosen: response),
      "baselines": SynergyOptions.ZIPBaseline.allCases.map {
        ["value": $0.rawValue, "name": "the \($0.rawValue) response at dose 0", "isOn": $0 == zipBaseline] as Fields
      },
      "methods": NormalisationOptions.Method.allCases.map {
        ["value": $0.rawValue, "name": Self.words(of: $0), "isOn": $0 == normalise] as Fields
      },
      "positions": NormalisationOptions.Correction.allCases.map {
        ["value": $0.rawValue, "name": Self.words(of: $0), "isOn": $0 == positions] as Fields
      },
      "decimals": PlateExportOptions.Decimal.allCases.map {
        ["value": $0.rawValue, "name": Self.words(of: $0), "isOn": $0 == decimal] as Fields
      },
      "replicates": ReadingOptions.Replicates.allCases.map {
        ["value": $0.rawValue, "name": Self.words(of: $0), "isOn": $0 == replicates] as Fields
      },
      "directions": SignalDirection.allCases.map {
        ["value": $0.rawValue, "name": "\($0.rawValue) than live ones", "isOn": $0 == positiveIs] as Fields
      },
      "keepsNames": keepsNames, "masksOutliers": masksOutliers,
      "sheet": texts["sheet"] ?? "", "time": texts["time"] ?? "", "doseTolerance": texts["dose_tolerance"] ?? "",
      "channel": texts["channel"] ?? "", "repeatNumber": texts["repeat"] ?? "",
      "wellVolume": texts["well_volume"] ?? "", "solventLimit": texts["solvent_limit"] ?? "",
    ]
  }

  /// The kinds of response to choose from.
  static func responses(chosen: ReadingOptions.Response?) -> [Fields] {
    ReadingOptions.Response.allCases.map {
      ["value": $0.rawValue, "name": words(of: $0), "isOn": $0 == chosen] as Fields
    }
  }

  /// A kind of response for people.
  static func words(of response: ReadingOptions.Response) -> String {
    switch response {
    case .auto: "find out"
    case .inhibition: "inhibition, %"
    case .viability: "viability, % (100 = untreated)"
    case .viabilityFraction: "viability, fraction (1 = untreated)"
    case .inhibitionFraction: "inhibition, fraction (1 = full kill)"
    case .signal: "raw signal (each block's untreated wells = 100 %)"
    }
  }

  private static func words(of method: BaselineOptions.Method) -> String {
    switch method {
    case .asRead: "use responses as read"
    case .untreated: "each combination’s untreated wells are its 0"
    case .fitted: "each combination’s fitted E0 is its 0"
    case .auto: "correct where the screen shows it is not 0"
    }
  }

  private static func words(of method: AnchorOptions.Method) -> String {
    switch method {
    case .own: "the combination’s own wells"
    case .shared: "all combinations with it, as far as they agree"
    }
  }

  private static func words(of method: NormalisationOptions.Method) -> String {
    switch method {
    case .auto: "as the controls allow"
    case .npi: "percent inhibition, both controls"
    case .poc: "percent of the negative control"
    case .gr: "growth rates (needs day-0 plates)"
    }
  }

  private static func words(of positions: NormalisationOptions.Correction) -> String {
    switch positions {
    case .none: "stay"
    case .polish: "corrected (polish, from replicates)"
    case .bScore: "corrected (B-score; not for dose matrices)"
    }
  }

  private static func words(of decimal: PlateExportOptions.Decimal) -> String {
    switch decimal {
    case .auto: "found out"
    case .point: "point"
    case .comma: "comma"
    }
  }

  private static func words(of replicates: ReadingOptions.Replicates) -> String {
    switch replicates {
    case .auto: "kept apart, with a warning"
    case .pool: "replicates"
    case .separate: "kept apart"
    }
  }

  /// A number as an input holds it: `5`, `0.95`.
  private func plain(_ value: Double) -> String { value == value.rounded() ? String(Int(value)) : String(value) }
}
