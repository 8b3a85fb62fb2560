import Screening

/// Why results could not be written or read.
public enum ResultsError: Error, Equatable, CustomStringConvertible {
  /// The directory for the results could not be made.
  case cannotMakeDirectory(path: String, reason: String)
  /// Another run is writing into the directory.
  case directoryInUse(path: String)
  /// A file could not be opened.
  case cannotOpen(path: String, reason: String)
  /// A file could not be written to its end.
  case cannotWrite(path: String, reason: String)
  /// A file that was just written could not be read again.
  case cannotRead(path: String, reason: String)
  /// A whole file could not be given its final name.
  case cannotPublish(path: String, reason: String)
  /// The directory for the results is a file.
  case notADirectory(path: String)
  /// It is a link that leads nowhere.
  case deadLink(path: String)
  /// It holds files that no run of Isobole wrote, or that were changed since: the first, and how many there are.
  case holdsOtherFiles(path: String, files: [String], count: Int)
  /// It holds results of a version that kept no list of its files.
  case holdsOlderResults(path: String)
  /// It holds what another command of Isobole wrote.
  case holdsOtherKind(path: String, held: ResultsManifest.Kind)
  /// It holds files, not Isobole's, of names that are needed: the first, and how many there are.
  case nameTaken(path: String, files: [String], count: Int)
  /// A file that is read would be replaced.
  case wouldReplaceInput(path: String, directory: String)
  /// Something that Isobole did not write has the name of its lock.
  case inTheWay(path: String)
  /// Files could not be put in place one by one, nor moved back.
  case leftHalf(path: String, reason: String)
  /// A directory whose run broke off while it put files in place.
  case halfPublished(path: String)
  /// A block that a report is to show is not among the results.
  case blockMissing(index: Int)
  /// A table that the run does not have.
  case noSuchTable(name: String, tables: [String])
  /// There is no such directory of results.
  case resultsMissing(path: String)
  /// A directory without a store: its run did not finish, or never was.
  case resultsUnfinished(path: String, hasBegun: Bool)
  /// Results of another version of the file's structure.
  case otherFormatVersion(path: String, found: Int, expected: Int)
  /// A choice of blocks that leaves none.
  case nothingChosen(choice: String, there: String)
  /// A report would be put over the results it is made from.
  case wouldReplaceResults(path: String)
  /// What stands in a results file is not what Isobole writes.
  case notResults(path: String, reason: String)
  /// A store whose bytes are not those that its run left.
  case damaged(path: String, reason: String)
  /// The results were already closed.
  case alreadyFinished(path: String)

  /// What was tried, on which path, and why it failed.
  public var description: String {
    switch self {
    case .cannotMakeDirectory(let path, let reason):
      "cannot make the directory \(path): \(reason)"
    case .directoryInUse(let path):
      "another run is writing into \(path); wait for it or name another directory with --out"
    case .cannotOpen(let path, let reason):
      "cannot open \(path): \(reason)"
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason); no results of this run were put in place"
    case .cannotRead(let path, let reason):
      "cannot read \(path) back: \(reason)"
    case .cannotPublish(let path, let reason):
      "cannot put the results into \(path): \(reason); what was there before is there as it was"
    case .notADirectory(let path):
      "\(path) is a file; name a directory"
    case .deadLink(let path):
      "\(path) is a link that leads nowhere; remove it or name another directory with --out"
    case .holdsOtherFiles(let path, let files, let count):
      "\(path) holds \(count == 1 ? "something" : "\(count) things") that no earlier run of Isobole left as it is: "
        + "\(Self.list(files, of: count)). Nothing was written or removed; name another directory with --out, or add "
        + "--into-existing to put the results beside \(count == 1 ? "it" : "them")"
    case .holdsOlderResults(let path):
      "\(path) holds results without isobole-manifest.json (those of Isobole 0.1.0 have none), so that they cannot be told from yours. "
        + "Nothing was written or removed; name another directory with --out, or remove \(path) yourself"
    case .holdsOtherKind(let path, let held):
      switch held {
      case .report:
        "\(path) holds a report that isobole report wrote, and results do not replace it; name another directory with --out"
      case .results:
        "\(path) holds the results of a run, which a report must not replace; name another directory with --out"
      case .genes:
        "\(path) holds the tables of isobole genes, which other results do not replace; name another directory with --out"
      }
    case .nameTaken(let path, let files, let count):
      "\(path) has \(Self.list(files, of: count)) already, which no earlier run of Isobole left as it is. "
        + "Nothing was written or removed; move \(count == 1 ? "it" : "them") or name another directory with --out"
    case .wouldReplaceInput(let path, let directory):
      "\(path) is read by this run, and its results would replace it in \(directory). "
        + "Nothing was written or removed; name another directory with --out"
    case .inTheWay(let path):
      "\(path) has the name that Isobole's lock needs, and Isobole did not write it; move it or name another directory with --out"
    case .leftHalf(let path, let reason):
      "the files could not be put into \(path), nor those of the run before back: \(reason). "
        + "It may hold files of two runs; run again with --into-existing"
    case .halfPublished(let path):
      "a run broke off while it put its files into \(path), which may hold files of two runs; run the analysis again"
    case .blockMissing(let index):
      "block number \(index) is not among the results; its ranking is of other results"
    case .noSuchTable(let name, let tables):
      "the run has no table \(name); it has \(tables.joined(separator: ", "))"
    case .resultsMissing(let path):
      "there is no directory \(path); name one that isobole analyze has written"
    case .resultsUnfinished(let path, let hasBegun):
      hasBegun
        ? "the run that writes into \(path) has not finished; wait for it or run it again"
        : "there is no results.sqlite in \(path); name a directory that isobole analyze has written"
    case .otherFormatVersion(let path, let found, let expected):
      found > expected
        ? "\(path) has version \(found) of the format, this isobole reads \(expected); use a newer isobole"
        : "\(path) has version \(found) of the format, expected \(expected); analyse the screen again: isobole analyze … --out "
          + (path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]) : ".")
    case .nothingChosen(let choice, let there):
      "no block is \(choice); there are \(there)"
    case .wouldReplaceResults(let path):
      "\(path) holds the results of a run, which a report must not replace; name another directory with --out"
    case .notResults(let path, let reason):
      "\(path) is not a results file that this version can read: \(reason); analyse the screen again"
    case .damaged(let path, let reason):
      "\(path) is not as its run left it: \(reason). Take it from a copy, or analyse the screen again"
    case .alreadyFinished(let path):
      "the results in \(path) are already closed"
    }
  }

  private static func list(_ files: [String], of count: Int) -> String {
    files.joined(separator: ", ") + (count > files.count ? " and \(count - files.count) more" : "")
  }

  /// Whether other arguments would have helped.
  public var isWrongCommand: Bool {
    switch self {
    case .noSuchTable, .resultsMissing, .resultsUnfinished, .halfPublished, .nothingChosen, .wouldReplaceResults,
      .notADirectory,
      .deadLink, .holdsOtherFiles, .holdsOlderResults, .holdsOtherKind, .nameTaken, .wouldReplaceInput, .inTheWay:
      true
    default: false
    }
  }
}
