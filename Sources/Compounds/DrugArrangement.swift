import Assay

/// How a registry would name a block's drugs, and which it would put first.
public struct DrugArrangement: Hashable, Sendable {
  /// A drug that gets another name.
  public struct Renaming: Hashable, Sendable {
    /// The name in the file.
    public var written: String
    /// The preferred name.
    public var preferred: String
  }

  /// A name for each drug, in the present order.
  public var names: [String]
  /// The present position of each drug of the arranged block: the only anchor first, the others as they stand.
  public var order: [Int]
  /// The drugs that get another name.
  public var renamings: [Renaming]
  /// The anchor, by its new name, when it is moved.
  public var movedAnchor: String?
  /// The compound that several drugs of the block are; then all names stay as they are.
  public var repeated: String?

  /// Whether the block stays as it is.
  public var isIdentity: Bool { renamings.isEmpty && movedAnchor == nil }
}

extension CompoundRegistry {
  /// How to name and order drugs: known ones by their preferred names, unknown ones as written.
  ///
  /// A block that tests a compound against itself keeps its names, since two drugs of one name could not be told apart.
  public func arrangement(of written: [String]) -> DrugArrangement {
    let known = written.map { compound(named: $0)?.name }
    var met: Set<String> = []
    let repeated = known.compactMap(\.self).first { !met.insert($0).inserted }
    let names = zip(written, known).map { repeated == nil ? $1 ?? $0 : $0 }
    var arrangement = DrugArrangement(
      names: names, order: Array(written.indices),
      renamings: zip(written, names).filter { $0 != $1 }.map { .init(written: $0, preferred: $1) }, repeated: repeated)
    if let anchor = anchorIndex(of: written), anchor > 0 {
      arrangement.order.remove(at: anchor)
      arrangement.order.insert(anchor, at: 0)
      arrangement.movedAnchor = names[anchor]
    }
    return arrangement
  }
}
