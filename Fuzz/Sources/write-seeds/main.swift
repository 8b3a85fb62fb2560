import Foundation
import PlateReading

// Writes a small file of every format that is understood into the folder that is named: where a fuzzer starts.
guard CommandLine.arguments.count == 2 else { fatalError("usage: write-seeds FOLDER") }
let folder = URL(fileURLWithPath: CommandLine.arguments[1])
for format in FormatCatalogue.all {
  try Data(format.sample.utf8).write(to: folder.appendingPathComponent(format.name + ".txt"))
}
