import Assay
import DoseTables

/// The file with annotations of a screen's samples, read.
public struct SamplesFile: Sendable {
  /// What is told of it among the run's files.
  public var input: ScreenInput
  /// The table; `nil` when the file is none.
  public var table: SampleTable?
  /// What was refused, doubted or noted in it.
  public var problems: [InputProblem]

  /// Reads a file. What is wrong with it is told, not thrown: a screen is analysed without annotations too.
  public init(path: String) {
    input = ScreenInput(path: path, sha256: nil, bytes: 0, format: nil, response: nil, blocks: 0)
    do throws(InputProblem) {
      let content = try FileContent(path: path)
      (input.sha256, input.bytes) = (content.sha256, content.bytes.count)
      (table, problems) = SampleTable.read(content.bytes, file: path)
      if table != nil { input.format = "annotations of samples" }
    } catch {
      problems = [error]
    }
  }
}
