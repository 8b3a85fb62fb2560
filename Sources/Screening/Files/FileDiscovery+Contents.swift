import Assay
import Foundation

extension FileDiscovery {
  /// The bytes of a file that was found.
  ///
  /// - Throws: the problem of severity `error` that says why it cannot be read.
  public static func contents(of path: String) throws(InputProblem) -> [UInt8] {
    do {
      // Not mapped: a file that another program shortens meanwhile would end this one. Not `Data(contentsOf:)`, which
      // cannot read a pipe.
      return [UInt8](try FileHandle(forReadingFrom: URL(fileURLWithPath: path)).readToEnd() ?? Data())
    } catch {
      throw InputProblem(
        file: path, severity: .error,
        message: "the file could not be read (\(reason(error))); check that it is a file you may read")
    }
  }
}
