import Assay
import DoseTables
import Foundation
import ReferenceData

/// Reads a file of the reference data.
package func readReference(_ path: String, _ options: ReadingOptions = .init()) throws -> ScreenFile {
  ScreenFile.read([UInt8](try Data(contentsOf: ReferenceData.url(path))), name: path, options: options)
}

/// Reads text as a file called `test.csv`.
package func read(_ text: String, _ response: ReadingOptions.Response = .auto, prefix: String = "") -> ScreenFile {
  var options = ReadingOptions()
  options.response = response
  return ScreenFile.read(Array(text.utf8), name: "test.csv", options: options, blockPrefix: prefix)
}

extension ScreenFile {
  /// The problems of one severity.
  package func problems(_ severity: InputProblem.Severity) -> [InputProblem] {
    problems.filter { $0.severity == severity }
  }
}

extension DoseMatrix {
  /// The mean response at the given doses; `nil` when the grid has no such cell or it is empty.
  package func response(at doses: Double...) -> Double? {
    var position: [Int] = []
    for (axis, dose) in zip(axes, doses) {
      guard let index = axis.doses.firstIndex(of: dose) else { return nil }
      position.append(index)
    }
    let cell = cell(at: position)
    return count[cell] > 0 ? mean[cell] : nil
  }
}
