import Foundation
import Reporting
import Testing

@Test(
  "a report of every kind of block is left where ISOBOLE_PREVIEW says, to be looked at",
  .enabled(if: ProcessInfo.processInfo.environment["ISOBOLE_PREVIEW"] != nil, "set ISOBOLE_PREVIEW to a directory"))
func previewReport() async throws {
  let target = try #require(ProcessInfo.processInfo.environment["ISOBOLE_PREVIEW"])
  let odd = try await WrittenScreen().write(SampleScreen.odd(), title: "Odd blocks", reportBlocks: 6)
  try? FileManager.default.removeItem(atPath: target + "-odd")
  try FileManager.default.copyItem(atPath: odd.path, toPath: target + "-odd")
  let screen = try await WrittenScreen().write(
    SampleScreen.varied(), title: "XPO1 inhibitors × partners, simulated", lineFits: true)
  try? FileManager.default.removeItem(atPath: target)
  try FileManager.default.copyItem(atPath: screen.path, toPath: target)
  print(
    TerminalSummary.text(
      ranked: SampleScreen.ranked(try SampleScreen.varied()), problems: ProblemCounts(errors: 1, warnings: 1),
      width: 110))
  #expect(screen.names == ReportWriter.fileNames.sorted())
}
