import PlateReading

/// What a plate screen has besides its blocks' scores: its plates, how they were normalised, and what all is worth.
public struct PlateReport: Sendable {
  /// One block's quality.
  public struct Block: Sendable {
    /// The block.
    public var id: String
    /// The drugs, in words.
    public var drugs: [String]
    /// The sample.
    public var sample: String?
    /// The plates on which its wells stand.
    public var plates: [String]
    /// The figures.
    public var quality: QualityFigures

    /// Makes a block's quality.
    public init(id: String, drugs: [String], sample: String?, plates: [String], quality: QualityFigures) {
      self.id = id
      self.drugs = drugs
      self.sample = sample
      self.plates = plates
      self.quality = quality
    }
  }

  /// The plates, in the order of the layouts.
  public var plates: [ScreenPlate]
  /// The blocks, in their order.
  public var blocks: [Block]
  /// The limits by which they were judged.
  public var thresholds: QualityThresholds

  /// Makes a report.
  public init(plates: [ScreenPlate], blocks: [Block], thresholds: QualityThresholds) {
    self.plates = plates
    self.blocks = blocks
    self.thresholds = thresholds
  }
}
