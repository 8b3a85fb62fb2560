import DoseTables

extension OtherKinds {
  /// A plate reader's export, a layout, and both in one table.
  public static let plates = OtherKinds(
    kind: { bytes in
      let export = PlateExport.read(bytes, name: "")
      // Fewer wells than the smallest plate has are none.
      if export.reader == PlainExport().reader, LayoutSet.statesDrugsAlone(bytes) { return .layout }
      if let reader = export.reader, let first = export.plates.first, first.wells.count >= 6 {
        let names = export.plates.compactMap { $0.barcode ?? $0.plate }
        return .export(
          reader: reader, plates: names.enumerated().filter { names.firstIndex(of: $1) == $0 }.map(\.element),
          wells: first.wells.count)
      }
      return LayoutSet.recognises(bytes) ? .layout : nil
    }, isWellTable: WellTable.isHeader)
}
