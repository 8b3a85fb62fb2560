import Assay
import DoseTables
import Foundation
import LibCSVFloor
import Simulation

/// Tables into blocks.
struct ReadingBenchmarks {
  static let group = "Reading"
  var settings: Settings

  func run() throws -> [Result] {
    generated() + (try real())
  }

  /// libcsv alone, splitting the same bytes in the same run and doing nothing with the fields.
  private func libcsv(_ bytes: [UInt8], task: String, fields: Int) -> Result {
    var counted = 0
    let time = Stopwatch.time(repeats: settings.repeats) {
      counted = bytes.withUnsafeBytes { count_fields($0.assumingMemoryBound(to: CChar.self).baseAddress, $0.count) }
    }
    return Result(
      Self.group, task, who: "libcsv", time: time, in: .megabytesPerSecond(bytes: bytes.count),
      check: Check(counted == fields, "\(counted) fields"))
  }

  /// A SynergyFinder table of 50 MB.
  private func generated() -> [Result] {
    let (bytes, blocks, wells, sum) = Self.table(megabytes: 50)
    var file = ScreenFile.read([], name: "", options: .init())
    let time = Stopwatch.time(repeats: min(3, settings.repeats)) {
      file = ScreenFile.read(bytes, name: "generated", options: .init())
    }
    let read = file.blocks.reduce(0.0) { $0 + $1.mean.reduce(0, +) }
    let foundWells = file.blocks.reduce(0) { $0 + $1.wellCount }
    let task = "generated table, \(bytes.count / 1_000_000) MB, \(blocks) blocks"
    return [
      Result(
        Self.group, task, time: time, in: .megabytesPerSecond(bytes: bytes.count),
        check: Check(
          file.blocks.count == blocks && foundWells == wells && abs(read - sum) < 1e-9 * abs(sum),
          "\(file.blocks.count) blocks, \(foundWells) wells, their sum")),
      libcsv(bytes, task: task, fields: 9 * (wells + 1)),
    ]
  }

  private func real() throws -> [Result] {
    let task = "NCATS screen, 2.9 MB, 466 blocks"
    guard settings.hasScreen else { return [Result(Self.group, task, skipped: settings.absence)] }
    let bytes = [UInt8](try Data(contentsOf: settings.screen))
    var options = ReadingOptions()
    options.response = .viability
    var blocks = 0
    let time = Stopwatch.time(repeats: settings.repeats) {
      blocks = ScreenFile.read(bytes, name: "ncats", options: options).blocks.count
    }
    return [
      Result(
        Self.group, task, time: time, in: .megabytesPerSecond(bytes: bytes.count),
        check: Check(blocks == 466, "\(blocks) blocks")),
      libcsv(bytes, task: task, fields: 352_317),
    ]
  }

  private static func table(megabytes: Int) -> (bytes: [UInt8], blocks: Int, wells: Int, sum: Double) {
    var random = SplitMix64(seed: 3)
    var text = "block_id,drug1,drug2,cell_line,conc1,conc2,conc_unit1,conc_unit2,response\n"
    text.reserveCapacity(megabytes * 1_000_100)
    let doses = ["0", "10", "30", "100", "300", "1000"]
    var block = 0
    var sum = 0.0
    while text.utf8.count < megabytes * 1_000_000 {
      block += 1
      for first in doses {
        for second in doses {
          var hundredths = Int(random.uniform(0...10_000))
          if first == "0", second == "0" { hundredths = 0 }
          sum += Double(hundredths) / 100
          let cents = hundredths % 100
          text += "\(block),selinexor,partner \(block),SIM-1,\(first),\(second),nM,nM,"
          text += "\(hundredths / 100).\(cents < 10 ? "0" : "")\(cents)\n"
        }
      }
    }
    return ([UInt8](text.utf8), block, block * 36, sum)
  }
}
