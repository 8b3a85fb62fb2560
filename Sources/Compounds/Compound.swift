import Assay

/// A fact and where it is stated.
public struct CitedText: Hashable, Sendable {
  /// The fact.
  public var text: String
  /// Where it is stated; `nil` where a lab's file may leave it out (names, class, target, binding, stage).
  public var citation: String?

  /// Makes a fact.
  public init(_ text: String, citation: String? = nil) {
    self.text = text
    self.citation = citation
  }
}

/// An adverse effect of a drug, or of a class of drugs.
public struct AdverseEffect: Hashable, Sendable {
  /// What it is: `thrombocytopenia`.
  public var effect: String
  /// How grave or of what kind, in words: `grade 3–4`.
  public var detail: String?
  /// Where it is stated.
  public var citation: String
  /// The class of drugs whose effect it is; `nil` when it is stated of the drug itself.
  public var drugClass: String?

  /// Makes an effect.
  public init(effect: String, detail: String? = nil, citation: String, drugClass: String? = nil) {
    self.effect = effect
    self.detail = detail
    self.citation = citation
    self.drugClass = drugClass
  }
}

/// The largest concentration that a drug reaches in patients.
public struct ClinicalConcentration: Hashable, Sendable {
  /// Cmax in `unit`, above 0.
  public var value: Double
  /// Its unit, as the file states it.
  public var unit: ConcentrationUnit
  /// Where it is stated.
  public var citation: String

  /// Makes a concentration.
  public init(value: Double, unit: ConcentrationUnit, citation: String) {
    self.value = value
    self.unit = unit
    self.citation = citation
  }

  /// Cmax in another unit; `nil` unless both units are molar or both are the same: nothing is guessed.
  public func value(in other: ConcentrationUnit) -> Double? { unit.factor(to: other).map { value * $0 } }
}

/// What is known of one drug.
public struct Compound: Hashable, Sendable {
  /// The preferred name.
  public var name: String
  /// Other names.
  public var synonyms: [CitedText] = []
  /// The class of drugs, by which partners are grouped.
  public var drugClass: CitedText?
  /// What it acts on; `XPO1` makes it an anchor.
  public var target: CitedText?
  /// How it binds the target.
  public var binding: CitedText?
  /// How far its development had come.
  public var stage: CitedText?
  /// What else a reader should know.
  public var note: CitedText?
  /// The largest concentration in patients.
  public var cmax: ClinicalConcentration?
  /// Adverse effects, those of its class after its own.
  public var adverseEffects: [AdverseEffect] = []

  /// Makes a compound.
  public init(name: String) { self.name = name }

  /// Targets that make a compound an anchor: XPO1 and its former name.
  public static let anchorTargets = ["XPO1", "CRM1"]

  /// Whether it is an XPO1 inhibitor.
  public var isAnchor: Bool {
    guard let target else { return false }
    let name = CompoundName(target.text)
    return Self.anchorTargets.contains { CompoundName($0) == name }
  }
}
