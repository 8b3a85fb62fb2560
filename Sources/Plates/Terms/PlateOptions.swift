/// How a screen of plates is read: channels, doses from transfers, normalisation, quality limits, outliers.
public struct PlateOptions: Sendable, Hashable, Codable {
  /// How exports are read.
  public var exports = PlateExportOptions()
  /// The channel to use where an export has several; matches a part of its name, case does not matter. `nil`: such
  /// plates are asked about.
  public var channel: String?
  /// The repeat (cycle, kinetic point) to use where an export has several, from 1. `nil`: the last, doubted.
  public var repeatNumber: Int?
  /// The time to use, in hours, where plates are called as several times. `nil`: the last, doubted.
  public var time: Double?
  /// Volumes and limits for transfer logs.
  public var transfers = TransferOptions()
  /// How signals become % inhibition.
  public var normalisation = NormalisationOptions()
  /// When plates and blocks are doubted, and what an outlier is.
  public var thresholds = QualityThresholds()
  /// Whether outlier wells are left out. Default: no, they are listed and stay.
  public var masksOutliers = false

  /// The defaults.
  public init() {}
}
