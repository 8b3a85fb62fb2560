import Foundation

guard let settings = Settings(CommandLine.arguments.dropFirst()) else {
  print(Settings.usage)
  exit(CommandLine.arguments.contains("--help") ? 0 : 2)
}

func isWanted(_ group: String) -> Bool { settings.only.map { group.lowercased().contains($0) } ?? true }

var results: [Result] = []
if isWanted(HillBenchmarks.group) { results += HillBenchmarks(settings: settings).run() }
if isWanted(LevenbergMarquardtBenchmarks.group) { results += LevenbergMarquardtBenchmarks(settings: settings).run() }
if isWanted(BlockBenchmarks.group) { results += try BlockBenchmarks(settings: settings).run() }
if isWanted(ReadingBenchmarks.group) { results += try ReadingBenchmarks(settings: settings).run() }
if isWanted(ReanalysisBenchmarks.group) { results += try await ReanalysisBenchmarks(settings: settings).run() }
if isWanted(ScreenBenchmarks.group) { results += try await ScreenBenchmarks(settings: settings).run() }
if isWanted(OutputBenchmarks.group) { results += try await OutputBenchmarks(settings: settings).run() }

if settings.json {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  print(String(decoding: try encoder.encode(results), as: UTF8.self))
} else {
  print(ResultTable.text(results))
}
let wrong = results.filter(\.isWrong)
if !wrong.isEmpty {
  FileHandle.standardError.write(Data("isobole-benchmarks: \(wrong.count) of these results are wrong\n".utf8))
  exit(1)
}
