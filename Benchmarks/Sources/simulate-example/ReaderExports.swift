import DoseTables
import PlateDesign
import PlateSimulation
import Plates

/// The example of a plate screen: four plates of one design, each as another instrument would have written it.
enum ReaderExports {
  /// What writes each plate, in turn.
  private static let instruments: [(dialect: PlateExportWriter.Dialect, name: String)] = [
    (.envision, "envision.csv"), (.gen5, "gen5.txt"), (.softMax, "softmax.txt"), (.mars, "mars.csv"),
  ]

  /// The files, by their paths.
  static func files() throws -> [String: [UInt8]] {
    let example = try SimulatedScreen.example()
    let folder = "simulated-reader-exports/"
    let note = "# simulated layout: no real compound was measured; see ../README.md\n"
    var files = [folder + "layout.csv": Array((note + LayoutWriter.table(example.design.layouts)).utf8)]
    for (number, read) in example.reads.enumerated() {
      let (dialect, name) = instruments[number % instruments.count]
      files[folder + "simulated-\(read.barcode ?? "")-\(name)"] = PlateExportWriter(dialect).bytes([read])
    }
    return files
  }
}
