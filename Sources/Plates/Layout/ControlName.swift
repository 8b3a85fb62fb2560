import DoseTables

/// What stands in a drug's place and says what the well is for.
enum ControlName {
  /// Vehicles that `Vehicle` does not know, and that are also drugs where they have a dose.
  private static let vehicles: Set<String> = [
    "etoh", "ethanol", "meoh", "methanol", "acetone", "saline", "nt", "nontreated", "notreated", "negcontrol", "negctl",
  ]
  /// Fluids that wells without cells are filled with too.
  private static let mediums: Set<String> = [
    "media", "medium", "pbs", "dpbs", "hbss", "water", "h2o", "milieu", "culture medium", "growth medium",
  ]

  /// The role of a name that is a control's: without a dose, or with a dose of 0, which a killed control would not have.
  /// `nil` for a drug's name and for words that `Vehicle` knows.
  static func role(_ name: String, hasDose: Bool, isZero: Bool) -> PlateLayout.Role? {
    guard !hasDose || isZero, !LayoutBuilder.isNoDrug(name) else { return nil }
    if vehicles.contains(ColumnRole.fold(name)) { return .negative }
    switch PlateLayout.Role(word: name) {
    case .positive?: return hasDose ? nil : .positive
    case .sample?, nil: return nil
    case let role?: return role
    }
  }

  /// Whether a word for a control says that it holds what drugs are dissolved in: `DMSO`, `vehicle`, `0.1 % DMSO`.
  static func isVehicle(_ text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.contains { word in
      [
        "dmso", "vehicle", "veh", "solvent", "etoh", "ethanol", "meoh", "methanol", "acetone", "saline", "carrier",
        "diluent", "vehikel", "vehikelkontrolle", "vehiclecontrol", "lösungsmittel", "lösungsmittelkontrolle",
      ].contains(word)
    }
  }

  /// Whether a name is that of a fluid that wells with and without cells are filled with.
  static func isMedium(_ name: String) -> Bool { mediums.contains(name.lowercased()) }
}
