import Foundation
import Screening
import Synergy

/// Blocks that lie in `results.json`, each on a line of its own, read when they are asked for: memory does not grow
/// with the screen.
public final class StoredBlocks: BlockSource {
  /// Where a block's object lies.
  struct Place: Sendable, Hashable {
    /// Its first byte.
    var offset: Int
    /// Its number of bytes.
    var count: Int
  }

  private let path: String
  private let places: [Int: Place]
  private let models: [NullModel]
  private let inference: InferenceOptions
  private let descriptor: Int32

  /// Opens the file, which may be moved from then on.
  ///
  /// - Parameters:
  ///   - places: The blocks' objects by index.
  ///   - options: Of the run that wrote them.
  init(path: String, places: [Int: Place], options: SynergyOptions) throws(ReportingError) {
    self.path = path
    self.places = places
    models = options.models
    inference = options.inference
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotRead(path: path, reason: SystemReason.current) }
  }

  deinit { close(descriptor) }

  /// A block's analysis, as it was made.
  public func analysis(of index: Int) throws(ReportingError) -> BlockAnalysis {
    guard let place = places[index] else { throw .blockMissing(index: index) }
    let bytes = try read(place)
    do {
      return try JSONDecoder().decode(BlockRecord.self, from: bytes).analysis(models: models, inference: inference)
    } catch {
      throw .notResults(path: path, reason: "\(error)")
    }
  }

  /// A block's object as it stands in the file.
  func object(of index: Int) throws(ReportingError) -> [UInt8] {
    guard let place = places[index] else { throw .blockMissing(index: index) }
    return [UInt8](try read(place))
  }

  /// Reads at a place without moving a position that other threads use.
  private func read(_ place: Place) throws(ReportingError) -> Data {
    var data = Data(count: place.count)
    var done = 0
    while done < place.count {
      let read = data.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress.map { $0 + done }, place.count - done, off_t(place.offset + done))
      }
      if read < 0, errno == EINTR { continue }
      guard read > 0 else {
        throw .cannotRead(path: path, reason: read == 0 ? "it ends too early" : SystemReason.current)
      }
      done += read
    }
    return data
  }
}
