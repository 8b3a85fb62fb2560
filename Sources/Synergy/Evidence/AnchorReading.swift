import Assay
import LeastSquares

/// How a block reads a drug that many blocks of its sample measured alone.
public struct AnchorReading: Sendable {
  /// Number of the drug in the block.
  public let drug: Int
  /// Its name.
  public let name: String
  /// Blocks with wells of their own that measured it alone at these doses.
  public let blocks: Int
  /// Whether the block's own wells were drawn towards those of the others; where its readings differ from these by more
  /// than noise and plates explain, they are used as read.
  public let isShared: Bool
  /// What all of them say of it in this block; `nil` where nothing was drawn, and when it was read back from results.
  let shared: Shared?

  /// A reading that was read back from results: nothing can be resampled from it.
  public init(drug: Int, name: String, blocks: Int, isShared: Bool) {
    (self.drug, self.name, self.blocks, self.isShared, shared) = (drug, name, blocks, isShared, nil)
  }

  init(drug: Int, name: String, blocks: Int, shared: Shared?) {
    (self.drug, self.name, self.blocks, self.isShared, self.shared) = (drug, name, blocks, shared != nil, shared)
  }

  /// Uses the block's own wells alone.
  mutating func standAlone() { self = AnchorReading(drug: drug, name: name, blocks: blocks, shared: nil) }

  /// The same without what resampling needs.
  public var summary: AnchorReading { AnchorReading(drug: drug, name: name, blocks: blocks, isShared: isShared) }

  /// The drug's responses in the block, as read, and their error.
  struct Shared: Sendable {
    /// The drug's cells, the untreated one first.
    var cells: [Int]
    /// Their means, % inhibition as read.
    var means: [Double]
    /// Covariance of the errors of the means, before the partner told something of the untreated level, factored.
    var factor: Cholesky
    /// By how much each mean follows the untreated level.
    var lean: [Double]
    /// The untreated level; `nil` where responses are used as read.
    var level: BlockBaseline?

    /// The means on the scale of a level, by cell.
    func means(on baseline: BlockBaseline) -> [Int: Double] {
      Dictionary(uniqueKeysWithValues: zip(cells, means.map(baseline.corrected)))
    }
  }
}
