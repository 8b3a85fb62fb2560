/// Why a report could not be written.
public enum ReportingError: Error, Equatable, CustomStringConvertible {
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
  /// A block that a report is to show is not among the results.
  case blockMissing(index: Int)
  /// There is no such directory of results.
  case resultsMissing(path: String)
  /// A directory without `results.json`: its run did not finish, or never was.
  case resultsUnfinished(path: String, hasBegun: Bool)
  /// Results of another version of the file's structure.
  case otherFormatVersion(path: String, found: Int, expected: Int)
  /// A choice of blocks that leaves none.
  case nothingChosen(choice: String, there: String)
  /// A report would be put over the results it is made from.
  case wouldReplaceResults(path: String)
  /// What stands in a results file is not what Isobole writes.
  case notResults(path: String, reason: String)
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
      "cannot put \(path) in place: \(reason); the directory may hold files of two runs, run again"
    case .blockMissing(let index):
      "block number \(index) is not among the results; results.json does not belong to its ranking"
    case .resultsMissing(let path):
      "there is no directory \(path); name one that isobole analyze has written"
    case .resultsUnfinished(let path, let hasBegun):
      hasBegun
        ? "the run that writes into \(path) has not finished; wait for it or run it again"
        : "there is no results.json in \(path); name a directory that isobole analyze has written"
    case .otherFormatVersion(let path, let found, let expected):
      "\(path) has version \(found) of the format, expected \(expected); analyse the screen again"
    case .nothingChosen(let choice, let there):
      "no block is \(choice); there are \(there)"
    case .wouldReplaceResults(let path):
      "\(path) holds the results of a run, which a report must not replace; name another directory with --out"
    case .notResults(let path, let reason):
      "\(path) is not a results file that this version can read: \(reason); analyse the screen again"
    case .alreadyFinished(let path):
      "the results in \(path) are already closed"
    }
  }
}
