/// What stands in a drug's place where there is none: the vehicle, or a word for nothing.
package enum Vehicle {
  private static let names: Set<String> = [
    "dmso", "vehicle", "vehicle control", "veh", "control", "ctrl", "untreated", "no drug", "no treatment", "nodrug",
    "none",
    "na", "n/a", "nan", "null", "blank", "empty", "-", "–", "—", "0", "media", "medium", "pbs", "cellsonly",
    "cells only", "no compound", "solvent", "water", "h2o", "mock", "-9999", "kontrolle", "unbehandelt", "ohne",
    "vehikel", "lösungsmittel",
    "negative control", "neg control", "neg ctrl", "negative ctrl", "dmso control", "dmso ctrl", "dmso only",
    "untreated control", "untreated cells", "no drugs", "drug-free", "drug free", "vehicle only", "carrier", "diluent",
    "saline", "mock treated", "mock-treated",
    "témoin", "temoin", "non traité", "non traite", "aucun",
  ]

  /// Whether a name is no drug's; case does not matter.
  package static func isName(_ name: String) -> Bool { names.contains(name.lowercased()) }

  /// Whether a name may say that there are no cells.
  package static func isBlank(_ name: String) -> Bool { ["blank", "leerwert", "blanc"].contains(name.lowercased()) }

  /// Whether a name is that of a solvent, `DMSO` or `DMSO_combination`, and not of untreated cells.
  package static func isSolvent(_ name: String) -> Bool {
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.contains {
      ["dmso", "vehicle", "veh", "pbs", "solvent", "ethanol", "medium", "media", "water", "h2o"].contains($0)
    }
  }
}
