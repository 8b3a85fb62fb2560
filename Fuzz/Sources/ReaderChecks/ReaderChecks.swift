import Assay
import Compounds
import DoseTables
import Plates

/// What must hold of any input: a reader never ends the program, never answers without saying why it has nothing, and
/// never names a well off its plate. Bounds are small, so that a run tries many files rather than large ones.
public enum ReaderChecks {
  /// Reads the bytes with every reader of `PlateReading`; ends the program where one answers wrongly.
  public static func read(_ bytes: [UInt8]) {
    var options = PlateExportOptions()
    options.includesCalculated = bytes.last.map { $0 % 2 == 0 } ?? false
    options.mostCells = 20_000
    options.workbook.mostCells = 20_000
    options.workbook.largestInflated = 4 << 20
    let export = PlateExport.read(bytes, name: "input", options: options)
    precondition(!export.plates.isEmpty || export.problems.contains { $0.severity == .error })
    for plate in export.plates {
      var last: WellPosition?
      for well in plate.wells {
        precondition(plate.format.contains(well.position) && (last.map { $0 < well.position } ?? true))
        precondition(well.value != nil || well.note != nil)
        last = well.position
      }
    }
    _ = PlateExport.recognises(bytes)
    fuzzLayouts(bytes, export)
    for (response, columns) in [
      (ReadingOptions.Response.auto, ""), (.signal, "response=response,drug1=drug2,condition=cell_line_name"),
    ] {
      var options = ReadingOptions()
      options.response = response
      options.columns = ColumnChoices(rawValue: columns) ?? ColumnChoices()
      let screen = ScreenFile.read(bytes, name: "input", options: options, otherKinds: .plates)
      precondition(!screen.blocks.isEmpty || !screen.problems.isEmpty)
    }
    _ = ScreenFile.recognises(bytes)
    _ = WellTable.recognises(bytes)
    let manifest = PlateManifest(bytes, file: "input")
    _ = (PlateManifest.recognises(bytes), manifest.problems, manifest.facts)
    _ = SampleTable.recognises(bytes)
    let samples = SampleTable.read(bytes, file: "input")
    precondition(samples.table != nil || samples.problems.contains { $0.severity == .error })
    // Profiles are read by the reader of this YAML too.
    _ = try? RegistryFile(bytes, name: "input")
  }
}

/// The same bytes as a layout, a transfer log, a stock list and a mask, with the plates that were read from them.
private func fuzzLayouts(_ bytes: [UInt8], _ export: PlateExport) {
  var options = PlateOptions()
  options.transfers.wellVolume = 50_000
  options.normalisation.correction = .polish
  let set = LayoutSet(files: [("input", bytes)], options: options.transfers)
  // Neither of these names a plate; they hold for the layouts that are given with them.
  let belongsToLayouts = set.formats == ["stock list"] || set.formats == ["plate configuration (cellHTS2)"]
  precondition(!set.layouts.isEmpty || !set.problems.isEmpty || belongsToLayouts)
  for layout in set.layouts {
    for (well, next) in zip(layout.wells, layout.wells.dropFirst()) { precondition(well.position < next.position) }
  }
  _ = ScreenPlates(
    exports: [NamedExport(file: "input", reads: export.plates)], layouts: set.layouts,
    mask: WellMask(bytes, file: "input"), options: options)
}
