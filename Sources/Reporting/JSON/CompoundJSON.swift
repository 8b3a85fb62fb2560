import Compounds

/// What is known of drugs as JSON, for scripts.
public enum CompoundJSON {
  /// Drugs with all their facts and trials: `{"compounds": […]}`.
  public static func text(of compounds: [Compound], in registry: CompoundRegistry) -> String {
    document { json in
      json.key("compounds")
      json.array { json in
        for compound in compounds { write(compound, trials: registry.trials(of: compound), to: &json) }
      }
    }
  }

  /// What is known of drugs together: `drugs`, `anchor`, `precedents`, `shared_effects`.
  public static func text(of knowledge: PairKnowledge) -> String {
    document { json in
      json.key("drugs")
      json.array { json in
        for drug in knowledge.drugs {
          json.object { json in
            json.member("name", drug.name)
            json.member("preferred_name", drug.compound?.name)
            json.member("class", drug.compound?.drugClass?.text)
            if let cmax = drug.compound?.cmax { write(cmax, to: &json) }
          }
        }
      }
      json.member("anchor", knowledge.anchor?.name)
      json.key("precedents")
      json.array { json in
        for precedent in knowledge.precedents {
          json.object { json in
            write(precedent.trial, to: &json)
            write(precedent.partners, as: "partners", to: &json)
            write(precedent.others, as: "given_besides", to: &json)
          }
        }
      }
      json.key("shared_effects")
      json.array { json in
        for overlap in knowledge.overlaps {
          json.object { json in
            json.member("effect", overlap.effect)
            json.key("drugs")
            json.array { json in
              for claim in overlap.claims {
                json.object { json in
                  json.member("name", claim.drug)
                  write(claim.effect, to: &json)
                }
              }
            }
          }
        }
      }
    }
  }

  /// What a check of registry files found: `{"files": [{"file", "usable", "faults"}]}`.
  public static func text(usable: [RegistryFile], refused: [CompoundsError]) -> String {
    document { json in
      json.key("files")
      json.array { json in
        for file in usable {
          json.object { json in
            json.member("file", file.name)
            json.key("usable")
            json.value(true)
            json.member("holds", file.summary)
          }
        }
        for error in refused {
          json.object { json in
            json.key("usable")
            json.value(false)
            write(error, to: &json)
          }
        }
      }
    }
  }

  private static func document(_ members: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter()
    json.object(members)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  private static func write(_ error: CompoundsError, to json: inout JSONWriter) {
    switch error {
    case .unreadable(let file, let reason):
      json.member("file", file)
      json.member("reason", reason)
    case .faulty(let file, let faults):
      json.member("file", file)
      json.key("faults")
      json.array { json in
        for fault in faults {
          json.object { json in
            json.member("line", fault.line)
            json.member("key", fault.key)
            json.member("message", fault.description)
          }
        }
      }
    }
  }

  private static func write(_ compound: Compound, trials: [ClinicalTrial], to json: inout JSONWriter) {
    json.object { json in
      json.member("name", compound.name)
      json.key("is_anchor")
      json.value(compound.isAnchor)
      json.key("synonyms")
      json.array { json in
        for synonym in compound.synonyms { write(synonym, named: "name", to: &json) }
      }
      let facts = [
        ("class", compound.drugClass), ("target", compound.target), ("binding", compound.binding),
        ("stage", compound.stage), ("note", compound.note),
      ]
      for (key, fact) in facts {
        guard let fact else { continue }
        json.key(key)
        write(fact, named: "value", to: &json)
      }
      if let cmax = compound.cmax { write(cmax, to: &json) }
      json.key("adverse_effects")
      json.array { json in
        for effect in compound.adverseEffects { json.object { write(effect, to: &$0) } }
      }
      json.key("trials")
      json.array { json in
        for trial in trials { json.object { write(trial, to: &$0) } }
      }
    }
  }

  private static func write(_ fact: CitedText, named key: String, to json: inout JSONWriter) {
    json.object { json in
      json.member(key, fact.text)
      json.member("citation", fact.citation)
    }
  }

  private static func write(_ cmax: ClinicalConcentration, to json: inout JSONWriter) {
    json.key("cmax")
    json.object { json in
      json.key("value")
      json.value(cmax.value)
      json.member("unit", cmax.unit.symbol)
      json.member("citation", cmax.citation)
    }
  }

  private static func write(_ effect: AdverseEffect, to json: inout JSONWriter) {
    json.member("effect", effect.effect)
    json.member("detail", effect.detail)
    json.member("class", effect.drugClass)
    json.member("citation", effect.citation)
  }

  private static func write(_ trial: ClinicalTrial, to json: inout JSONWriter) {
    json.member("id", trial.id)
    write(trial.drugs, as: "drugs", to: &json)
    json.member("regimen", trial.regimen)
    json.member("indication", trial.indication)
    json.member("design", trial.design)
    json.member("status", trial.status.rawValue)
    json.member("seen", trial.seen)
    json.member("citation", trial.citation)
  }

  private static func write(_ names: [String], as key: String, to json: inout JSONWriter) {
    json.key(key)
    json.array { json in for name in names { json.value(name) } }
  }
}
