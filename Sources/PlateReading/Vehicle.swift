/// What stands in a drug's place where there is none: the vehicle, or a word for nothing.
enum Vehicle {
  private static let names: Set<String> = [
    "dmso", "vehicle", "vehicle control", "veh", "control", "ctrl", "untreated", "no drug", "no treatment", "nodrug",
    "none",
    "na", "n/a", "nan", "null", "blank", "empty", "-", "–", "—", "0", "media", "medium", "pbs",
  ]

  /// Whether a name is no drug's; case does not matter.
  static func isName(_ name: String) -> Bool { names.contains(name.lowercased()) }
}
