import Foundation
import PlateSimulation

let usage = """
  Plants defects in simulated plates and counts what the quality control flags.

  USAGE: plate-quality [PLATES [SEED]]     plates of each kind (default: 200), seed of layouts, noise and defects (384)
  """

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count <= 2, let count = Int(arguments.first ?? "200"), count > 0,
  let seed = UInt64(arguments.dropFirst().first ?? "384")
else {
  print(usage)
  exit(CommandLine.arguments.contains("--help") ? 0 : 2)
}
let rates = try PlateDetection.measure(plates: count, seed: seed)
print(
  """
  384 wells, 8 × 8 doses and each drug alone, 3 scattered replicates, 24 negative and 16 positive controls, 6 % noise
  clean plates flagged for whatever reason                        \(rates.clean) of \(count)
  rim 15 to 30 % off, flagged as an edge effect                   \(rates.edge) of \(count)
  row or column with 20 to 50 % more or fewer cells, flagged      \(rates.dispensing) of \(count)
  the same, and the row or column named                           \(rates.dispensingNamed) of \(count)
  wells that got no drug (40 % inhibition or more), listed        \(rates.missedFound) of \(rates.missedPlanted)
  wells of clean plates that are listed as outliers               \(rates.falseOutliers) of \(rates.cleanWells)
  """)
