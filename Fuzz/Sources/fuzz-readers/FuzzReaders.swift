import Assay
import PlateReading

/// libFuzzer's entry: reads the bytes with every reader of `PlateReading`, and checks what must hold of any input.
///
/// A reader never ends the program, never answers without saying why it has nothing, and never names a well off its
/// plate. Bounds are small, so that a run tries many files rather than large ones.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReaders(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  var options = PlateExportOptions()
  options.includesCalculated = bytes.last.map { $0 % 2 == 0 } ?? false
  options.mostCells = 20_000
  options.workbook.mostCells = 20_000
  options.workbook.largestInflated = 4 << 20
  let export = PlateExport.read(bytes, name: "input", options: options)
  precondition(!export.plates.isEmpty || export.problems.contains { $0.severity == .refused })
  for plate in export.plates {
    var last: WellPosition?
    for well in plate.wells {
      precondition(plate.format.contains(well.position) && (last.map { $0 < well.position } ?? true))
      precondition(well.value != nil || well.note != nil)
      last = well.position
    }
  }
  _ = PlateExport.recognises(bytes)
  let screen = ScreenFile.read(bytes, name: "input", options: ReadingOptions())
  precondition(!screen.blocks.isEmpty || !screen.problems.isEmpty)
  return 0
}
