/// How the untreated level of a block is treated, with its defaults.
///
/// Bliss, Loewe and ZIP assume that no drug means 0 % inhibition. Where the untreated wells read otherwise, two inactive
/// drugs already differ from their reference.
public struct BaselineOptions: Sendable, Hashable, Codable {
  /// Which scale responses are put on before anything is scored.
  public enum Method: String, Sendable, CaseIterable, Codable {
    /// Responses are used as they were read.
    case asRead = "as-read"
    /// Each block's own untreated wells are its 0.
    case untreated
    /// Each block's fitted E0 is its 0: untreated wells and ineffective doses together.
    case fitted
    /// The fitted E0, moderated across the screen, and only where the screen shows that it is not 0.
    case auto
  }

  /// The method. Default: auto.
  public var method: Method = .auto
  /// Significance at which a screen's untreated levels are taken to differ from 0 (`auto`). Default: 0.01.
  public var significance: Double = 0.01
  /// An untreated level of a lone block (or under `fitted`) that is farther from 0 than this, percentage points, is taken
  /// for a fault and not corrected. Default: 60.
  public var maximumLevel: Double = 60
  /// An untreated level is mentioned from this distance from 0 on, percentage points. Default: 3.
  public var mentionedLevel: Double = 3

  /// The defaults.
  public init() {}
}
