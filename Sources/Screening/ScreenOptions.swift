import DoseResponse
import DoseTables
import Plates
import Synergy

/// What the user asked for, as it is written into the results.
public struct ScreenOptions: Sendable, Codable {
  /// How responses are stated in the files.
  public var reading: ReadingOptions
  /// Models, bounds and windows of the analysis.
  public var synergy: SynergyOptions
  /// How plate readers' exports are normalised and judged; `nil` when the files are dose matrices.
  public var plates: PlateOptions?
  /// What is known of the drugs, and whether they are named by it.
  public var compounds: CompoundOptions
  /// What is asked of combinations that were tested in several samples.
  public var acrossSamples: AcrossSamplesOptions
  /// Number of worker threads; it never changes a number.
  public var threads = 1

  /// What a result can depend on: all but the number of threads, which is 1 when options are read back.
  private enum CodingKeys: String, CodingKey {
    case reading, synergy, plates, compounds, acrossSamples
  }

  /// Makes options.
  public init(
    reading: ReadingOptions = .init(), synergy: SynergyOptions = .init(), plates: PlateOptions? = nil,
    compounds: CompoundOptions = .init(), acrossSamples: AcrossSamplesOptions = .init(), threads: Int
  ) {
    self.reading = reading
    self.synergy = synergy
    self.plates = plates
    self.compounds = compounds
    self.acrossSamples = acrossSamples
    self.threads = threads
  }
}
