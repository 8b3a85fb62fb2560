import Foundation
import Testing

/// Something that is wrong with an input, what the tool must say of it, and how it must end.
struct BadInput: Sendable, CustomTestStringConvertible {
  /// What is wrong.
  enum Content: Sendable {
    /// These blocks, in a table whose response column has this name.
    case blocks([WrittenBlock], response: String = "inhibition")
    /// This file.
    case bytes(@Sendable () -> Data)
    /// What this makes at a path.
    case made(@Sendable (_ path: String) throws -> Void)
  }

  var testDescription: String
  var content: Content
  var options: [String] = []
  var status: Int32 = 0
  var severity: String
  /// What the message must name: what was read, and what to do.
  var says: [String]

  /// A block that is used, and doubted or noted.
  static func warning(
    _ name: String, _ blocks: WrittenBlock..., severity: String = "warning", options: [String] = [],
    response: String = "inhibition", says: String...
  ) -> BadInput {
    BadInput(
      testDescription: name, content: .blocks(blocks, response: response), options: options, severity: severity,
      says: says)
  }

  /// A block that is left out.
  static func error(
    _ name: String, _ block: WrittenBlock, response: String = "inhibition", says: String...
  ) -> BadInput {
    BadInput(
      testDescription: name, content: .blocks([block], response: response), status: 3, severity: "error", says: says)
  }

  /// A file that is left out.
  static func refusedFile(_ name: String, _ content: Content, says: String...) -> BadInput {
    BadInput(testDescription: name, content: content, status: 3, severity: "error", says: says)
  }

  private static let block = WrittenBlock("bad", seed: 2)

  private static func response(_ text: String) -> WrittenBlock {
    block.with { $0.wells[$0.well("1", "1")].response = text }
  }

  private static func dose(_ text: String) -> WrittenBlock {
    block.with { $0.wells[$0.well("1", "1")].doses[0] = text }
  }

  /// Bad wells and bad blocks.
  static let blocks: [BadInput] =
    ["NaN", "Inf", "-inf", "N/A", "OVRFLW", "dead", "12,5 %", "1e999"].map {
      .warning(
        "response \($0)", response($0), says: "response \"\($0)\" is not a number", "the well was excluded",
        "Correct the value or remove the row")
    }
    + [
      .warning("empty response", response(""), says: "response (empty) is not a number", "remove the row"),
      .warning("negative dose", dose("-1"), says: "dose -1 of selinexor is negative", "not its logarithm"),
      .warning("missing dose", dose(""), says: "dose (empty) of selinexor", "0 where the drug is absent"),
      .warning("text dose", dose("high"), says: "dose \"high\" of selinexor", "Write the dose as a number"),
      .warning(
        "no untreated control", block.with { $0.wells.removeAll { $0.doses == ["0", "0"] } },
        says: "no untreated control", "add the control wells"),
      .error(
        "first monotherapy missing", block.with { $0.wells.removeAll { $0.doses[1] == "0" && $0.doses[0] != "0" } },
        says: "no well holds selinexor alone", "add the single-drug wells"),
      .error(
        "second monotherapy and control missing", block.with { $0.wells.removeAll { $0.doses[0] == "0" } },
        says: "olaparib alone", "add the single-drug wells"),
      .warning(
        "one off-grid dose", dose("1.1"), says: "dose 1.1 µM of selinexor has 1 well", "typing error for 1?"),
      .warning(
        "exact duplicates", block.with { $0.wells.append($0.wells[8]) }, says: "same value more than once",
        "remove the copies"),
      .warning(
        "conflicting duplicates",
        block.with {
          $0.wells.append($0.wells[$0.well("1", "1")])
          $0.wells[$0.wells.count - 1].response = "2.5"
        }, says: "2 wells at selinexor 1, olaparib 1", "Remove the wrong one"),
      .warning(
        "two pairs under one id", block, WrittenBlock("bad", seed: 3, drugs: ["selinexor", "venetoclax"]),
        says: "\"bad\" hold several drug pairs", "\"bad/a\", \"bad/b\"", "Give each its own block_id"),
      .warning(
        "2 × 2 grid", WrittenBlock("bad", first: ["0", "1"], second: ["0", "1"]), severity: "info",
        says: "selinexor was tested alone at 1 dose", "not identifiable"),
      .error(
        "1 × 6 grid", WrittenBlock("bad", first: ["0"]), says: "a 1 × 6 grid of selinexor and olaparib",
        "expected at least 2 × 2"),
      .error(
        "1 × 6 grid without the other drug alone", WrittenBlock("bad", first: ["1"]),
        says: "olaparib alone", "add the single-drug wells"),
      .warning(
        "2 × 6 grid", WrittenBlock("bad", first: ["0", "1"]), severity: "info",
        says: "selinexor was tested alone at 1 dose", "not identifiable"),
      .warning(
        "all zero", block.with { $0.mapResponses { _ in 0 } }, severity: "info", says: "every response is 0",
        "nothing to fit"),
      .warning(
        "constant", block.with { $0.mapResponses { _ in 17 } }, severity: "info", says: "every response is 17",
        "nothing to fit"),
      .warning(
        "response of 300", response("300"), says: "outside -150…150 % inhibition (the farthest: 300)", "not clamped",
        "Look for artefacts"),
      .warning(
        "response of -300", response("-300"), says: "outside -150…150 % inhibition (the farthest: -300)",
        "not clamped", "Look for artefacts"),
    ]

  /// Files that mean something else than is said, and files that are no tables.
  static let files: [BadInput] = [
    .warning(
      "fractions given as percent", block.with { $0.mapResponses { $0 / 100 } }, options: ["--response", "inhibition"],
      says: "the values lie between 0", "give --response inhibition-fraction"),
    .warning(
      "percent given as fractions", block, options: ["--response", "inhibition-fraction"],
      says: "read as inhibition, fraction",
      "give --response inhibition"),
    .warning(
      "viability given as inhibition", block.with { $0.mapResponses { 100 - $0 } },
      options: ["--response", "inhibition"], says: "the untreated controls read 100", "give --response viability"),
    .error(
      "viability called inhibition", block.with { $0.mapResponses { 100 - $0 } },
      says: "the untreated controls read 100", "as viability would", "Specify --response"),
    .refusedFile("empty file", .bytes { Data() }, says: "the file is empty", "expected a table"),
    .refusedFile(
      "header only", .bytes { Data(WrittenBlock.table([]).utf8) }, says: "holds only the header",
      "expected one row for each well"),
    .refusedFile(
      "100 MB of zero bytes",
      .made { path in
        guard FileManager.default.createFile(atPath: path, contents: nil), truncate(path, 100_000_000) == 0 else {
          throw CocoaError(.fileWriteUnknown)
        }
      }, says: "the file is empty", "expected a table"),
    .refusedFile(
      "100 MB of spaces", .bytes { Data(repeating: UInt8(ascii: " "), count: 100_000_000) }, says: "expected"),
    .refusedFile(
      "100 MB of line ends", .bytes { Data(repeating: UInt8(ascii: "\n"), count: 100_000_000) },
      says: "the file is empty", "expected a table"),
    .refusedFile(
      "binary", .bytes { Data((0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }) },
      says: "this is a binary file",
      "save the table as CSV"),
    .refusedFile(
      "Excel workbook", .bytes { Data("PK\u{3}\u{4}and so on".utf8) }, says: "an Excel workbook",
      "its archive cannot be opened"),
    .refusedFile(
      "prose", .bytes { Data("Dear colleague,\nthe plates are attached.\n".utf8) }, says: "not a dose matrix",
      "rename the columns"),
    .refusedFile(
      "link to itself",
      .made { try FileManager.default.createSymbolicLink(atPath: $0, withDestinationPath: $0) },
      says: "leads nowhere or in a circle", "remove it"),
  ]
}
