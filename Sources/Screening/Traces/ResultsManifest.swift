import Foundation

/// The list of the files that a run or a report has put into a directory, which is kept there as
/// `isobole-manifest.json`. A later run replaces or removes nothing but what stands in it.
///
/// It holds no date: the same input gives the same bytes.
public struct ResultsManifest: Sendable, Hashable {
  /// What the directory holds.
  public enum Kind: String, Sendable, Codable {
    /// What `isobole analyze` writes.
    case results
    /// What `isobole report` writes.
    case report
    /// What `isobole genes` writes.
    case genes
  }

  /// A file.
  public struct File: Sendable, Hashable, Codable {
    /// Its path below the directory: `cells.csv`, `figures/001-a-b/zip.svg`.
    public var name: String
    /// Its size.
    public var bytes: Int
    /// Lower-case hexadecimal SHA-256.
    public var sha256: String

    /// A file of so many bytes.
    public init(name: String, bytes: Int, sha256: String) {
      self.name = name
      self.bytes = bytes
      self.sha256 = sha256
    }
  }

  /// What the directory holds.
  public var kind: Kind
  /// The version of Isobole that wrote it.
  public var version: String
  /// The files, by name.
  public var files: [File]

  /// The manifest's own name.
  public static let name = "isobole-manifest.json"
  /// Where a list of the old and the new files stands while files are put into a directory one by one. Where it is,
  /// the files may be of two runs.
  public static let unfinishedName = "isobole-unfinished.json"
  /// The most bytes that are read of a manifest.
  static let mostBytes = 256 << 20

  /// A manifest of these files, in any order.
  public init(kind: Kind, version: String, files: [File]) {
    self.kind = kind
    self.version = version
    self.files = files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private struct Stored: Codable {
    var format: String
    var format_version: Int
    var isobole_version: String
    var kind: Kind
    var files: [File]
  }

  /// A manifest read back; `nil` when the bytes are not one of this version, or one that names a file outside of its
  /// directory.
  public init?(_ bytes: some DataProtocol) {
    guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)), stored.format == Self.format,
      stored.format_version == 1, stored.files.allSatisfy({ Self.isBelow($0.name) })
    else { return nil }
    self.init(kind: stored.kind, version: stored.isobole_version, files: stored.files)
  }

  /// The manifest of a directory; `nil` when it has none that can be read.
  public static func of(_ directory: String, name: String = Self.name) -> ResultsManifest? {
    let path = directory + "/" + name
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular, (attributes?[.size] as? Int ?? .max) < mostBytes,
      let bytes = FileManager.default.contents(atPath: path)
    else { return nil }
    return ResultsManifest(bytes)
  }

  private static let format = "isobole-manifest"

  /// Whether a path leads to something below the directory it starts from, if none of its folders is a link.
  private static func isBelow(_ name: String) -> Bool {
    !name.utf8.contains(0)
      && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !["", ".", ".."].contains($0) }
  }

  /// The manifest as it is written: a line for each file.
  public var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func text(_ value: some Encodable) -> String {
      // Names and numbers can always be encoded.
      (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
    let head =
      "{\"format\":\(text(Self.format)),\"format_version\":1,\"isobole_version\":\(text(version)),\"kind\":\(text(kind)),\"files\":["
    return Array((head + files.map { "\n" + text($0) }.joined(separator: ",") + "\n]}\n").utf8)
  }
}
