/// Which of several readings of a plate a name is of: the time at which it was read (`24h`, `P1 Day 3`), or what was done to its
/// signals (`raw`, `normalised`).
struct PlateVersion: Hashable {
  /// What was done to the signals; the first is what a reader measured.
  enum Processing: Int, Comparable {
    case raw, subtracted, normalised

    static func < (one: Processing, other: Processing) -> Bool { one.rawValue < other.rawValue }
  }

  /// What is left of the name: the plate's, or nothing.
  private(set) var stem: String
  /// When it was read, in hours.
  private(set) var hours: Double?
  private(set) var processing: Processing?

  /// Reads a name; `nil` where it says neither.
  init?(_ name: String) {
    guard name.utf8.count <= 80 else { return nil }
    stem = name
    takeTime()
    takeProcessing()
    guard hours != nil || processing != nil else { return nil }
    stem = String(stem.drop(while: Self.isMark).reversed().drop(while: Self.isMark).reversed())
  }

  private static func isMark(_ character: Character) -> Bool { " _-.,;:()[]/|".contains(character) }

  private mutating func takeTime() {
    let behind =
      /(?i)(^|[^a-z0-9.,])t?=?(\d+(?:[.,]\d+)?)[ _]?(hours|hour|hrs|hr|h|std|stunden|heures|days|day|d|tage|jours|minutes|mins|min)($|[^a-z0-9])/
    let before = /(?i)(^|[^a-z0-9])(days|day|tag|jour|hours|hour)[ _-]?(\d+)($|[^a-z0-9])/
    // A culture in 3D is none of the third day.
    if let found = stem.firstMatch(of: behind), found.3 != "D" {
      take(String(found.2), String(found.3))
      stem.replaceSubrange(found.range, with: "\(found.1) \(found.4)")
    } else if let found = stem.firstMatch(of: before) {
      take(String(found.3), String(found.2))
      stem.replaceSubrange(found.range, with: "\(found.1) \(found.4)")
    }
  }

  private mutating func take(_ number: String, _ unit: String) {
    guard let number = Double(number.replacing(",", with: ".")) else { return }
    switch unit.lowercased().first {
    case "d", "t", "j": hours = 24 * number
    case "m": hours = number / 60
    default: hours = number
    }
  }

  private mutating func takeProcessing() {
    let normalised = /(?i)(^|[^a-z])(normali[sz](?:ed|ation)|norm)([ _-]?(?:data|values?|signals?))?($|[^a-z])/
    let subtracted =
      /(?i)(^|[^a-z])((?:(?:background|bkg|bg|blank)[ _-]?)?(?:subtracted|subtraction|corrected))([ _-]?(?:data|values?|signals?))?($|[^a-z])/
    let raw = /(?i)(^|[^a-z])(raw)([ _-]?(?:data|values?|signals?))?($|[^a-z])/
    for (pattern, kind) in [(normalised, Processing.normalised), (subtracted, .subtracted), (raw, .raw)] {
      guard let found = stem.firstMatch(of: pattern) else { continue }
      processing = kind
      stem.replaceSubrange(found.range, with: "\(found.1) \(found.4)")
      return
    }
  }
}
