import Foundation
import Plates

extension FileDiscovery {
  /// The files, where each is a table of wells, drugs and raw signals, which is layout and reading in one; none where any
  /// is not. Pipes are not looked at: what is read from one is gone.
  public var wellTables: [String] {
    guard !files.isEmpty else { return [] }
    for file in files {
      let path = URL(fileURLWithPath: file.path).resolvingSymlinksInPath().path
      guard (try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType) == .typeRegular,
        let handle = FileHandle(forReadingAtPath: path),
        let head = try? handle.read(upToCount: 1 << 16)
      else { return [] }
      let isWorkbook = head.starts(with: [0x50, 0x4B])
      guard let bytes = isWorkbook ? try? Self.contents(of: path) : [UInt8](head), WellTable.recognises(bytes) else {
        return []
      }
    }
    return files.map(\.path)
  }
}
