/// One file that was read, as it is written into the results.
public struct ScreenInput: Sendable {
  /// The path as the user named it (below a directory: that directory's path and the rest).
  public var path: String
  /// Lower-case hexadecimal SHA-256 of the bytes; `nil` when the file could not be read.
  public var sha256: String?
  /// Size in bytes.
  public var bytes: Int
  /// The recognised format, in words; `nil` when none was.
  public var format: String?
  /// How its responses were understood, in words (`viability, %`); `nil` when it was not read.
  public var response: String?
  /// Blocks that were analysed.
  public var blocks: Int

  /// Makes an input.
  public init(path: String, sha256: String?, bytes: Int, format: String?, response: String?, blocks: Int) {
    self.path = path
    self.sha256 = sha256
    self.bytes = bytes
    self.format = format
    self.response = response
    self.blocks = blocks
  }
}
