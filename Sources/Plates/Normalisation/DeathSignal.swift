/// Names of signals that rise when cells die.
enum DeathSignal {
  private static let names = [
    "cytotox", "ldh", "lactatedehydrogenase", "caspase", "annexin", "toxilight", "propidium", "pipositive", "deadcell",
    "celldeath", "apopto", "necro", "celltox", "sytox", "lysis", "killing", "adenylatekinase", "dead", "zytotox",
  ]

  /// Whether a channel's name or a title is that of such a signal.
  static func isName(_ text: String) -> Bool {
    let folded = text.lowercased().filter { $0.isLetter || $0.isNumber }
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.contains("pi") || names.contains(where: folded.contains)
  }
}
