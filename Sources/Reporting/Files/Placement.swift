import Results
import Foundation
import Screening

/// How results are put into their directory.
public struct Placement: Sendable {
  /// Whether the directory may hold other files, which stay as they are. Default: no.
  public var isIntoExisting = false
  /// Every file that the run reads; none of them is replaced. Default: none.
  public var inputs: [String] = []

  /// The defaults.
  public init() {}

  /// Refuses to put files into a directory where that would replace or hide something that is not Isobole's to replace.
  ///
  /// - Parameters:
  ///   - own: What the directory holds.
  ///   - directory: Its path, as it was named.
  ///   - names: The paths below it that are needed.
  ///   - isIntoExisting: Whether other files may be there.
  func check(
    _ own: OwnFiles, _ directory: String, kind: ResultsManifest.Kind, names: [String], isIntoExisting: Bool
  ) throws(ResultsError) {
    let inputs = Dictionary(
      inputs.compactMap { path in FilePlace(path: path).map { ($0, path) } },
      uniquingKeysWith: { first, _ in first })
    func described(_ foreign: [OwnFiles.Foreign]) -> [String] {
      foreign.prefix(3).map { foreign in
        inputs[foreign.place] == nil ? foreign.description : "\(foreign.name) (an input of this run)"
      }
    }
    for (_, identity) in own.files.sorted(by: { $0.key < $1.key }) {
      if let input = inputs[identity.place] { throw .wouldReplaceInput(path: input, directory: directory) }
    }
    if let other = (own.manifest ?? own.unfinished)?.kind, other != kind {
      throw .holdsOtherKind(path: directory, held: other)
    }
    guard isIntoExisting else {
      guard own.foreign.isEmpty else {
        throw own.isOlderResults
          ? .holdsOlderResults(path: directory)
          : .holdsOtherFiles(path: directory, files: described(own.foreign), count: own.foreign.count)
      }
      return
    }
    let taken = own.foreign.filter { foreign in names.contains { Self.isInTheWay(foreign.name, of: $0) } }
    guard taken.isEmpty else {
      throw .nameTaken(path: directory, files: described(taken), count: taken.count)
    }
  }

  /// Whether something at a path (a directory where it ends with `/`) keeps a file from its place.
  private static func isInTheWay(_ other: String, of name: String) -> Bool {
    other.hasSuffix("/") ? other.dropLast() == name : other == name || name.hasPrefix(other + "/")
  }
}
