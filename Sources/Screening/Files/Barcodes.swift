/// What a correction says of the barcodes in a plate reader's export.
struct Barcodes: Sendable {
  /// The barcode of the only plate; `nil` when they are named one by one.
  var only: String?
  /// New barcodes by the old ones, in the order of the text.
  var pairs: [(old: String, new: String)] = []

  /// Reads `NEW` or `OLD=NEW;OLD2=NEW2`; `nil` when the text is neither.
  init?(_ text: String) {
    let parts = text.split(separator: ";").map { Self.trimmed($0) }.filter { !$0.isEmpty }
    if parts.count == 1, !parts[0].contains("=") {
      only = parts[0]
      return
    }
    for part in parts {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false).map { Self.trimmed($0) }
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty, !pairs.contains(where: { $0.old == sides[0] })
      else { return nil }
      pairs.append((sides[0], sides[1]))
    }
    guard !pairs.isEmpty else { return nil }
  }

  /// What two texts about one file say differently.
  func contradiction(_ other: Barcodes) -> (old: String, new: String)? {
    if let only, let theirs = other.only { return only == theirs ? nil : ("the plate is \(only)", "it is \(theirs)") }
    guard only == nil, other.only == nil else {
      return ("the plate is \(words)", "it is \(other.words)")
    }
    for (old, new) in pairs {
      if let theirs = other.pairs.first(where: { $0.old == old }), theirs.new != new {
        return ("plate \(old) is \(new)", "plate \(old) is \(theirs.new)")
      }
    }
    return nil
  }

  private var words: String { only ?? pairs.map { "\($0.old)=\($0.new)" }.joined(separator: ";") }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

/// Other names of samples: `OLD=NEW;OLD2=NEW2`.
public struct SampleRenames: Sendable {
  /// New names by the old ones, in the order of the text.
  public let pairs: [(old: String, new: String)]

  /// Reads them; `nil` where the text is none.
  public init?(_ text: String) {
    guard let pairs = Barcodes(text)?.pairs, !pairs.isEmpty else { return nil }
    self.pairs = pairs
  }
}
