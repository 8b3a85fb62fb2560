/// What a run keeps of a gene screen and of a table of targets: all that a join needs, so that a report can be made again without the files.
public struct GeneScreen: Sendable, Hashable, Codable {
  /// The directory that `isobole genes` wrote, as the user named it.
  public var directory: String
  /// Its contrasts with the genes that are needed.
  public var contrasts: [ScreenedGenes]
  /// Which gene's product each drug acts on.
  public var targets: [DrugTarget]

  /// Keeps what is needed: genes that are a target, and those whose loss protects.
  public init(directory: String, contrasts: [ScreenedGenes], targets: [DrugTarget]) {
    let names = Set(targets.map(\.gene))
    (self.directory, self.targets) = (directory, targets)
    self.contrasts = contrasts.map { $0.kept(names) }
  }
}
