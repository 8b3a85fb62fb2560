import DoseTables

/// A line that names the plate below it.
enum PlateHeading {
  /// Whether a line names a plate: `Plate 1`, `Barcode X7`, and not what a table holds (`Plate layout`, `Plate reader data`).
  static func namesPlate(_ text: String) -> Bool {
    guard text.utf8.count <= ColumnRole.longestName else { return false }
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    let names = ["plate", "platte", "plaque", "barcode"]
    guard let first = words.first, names.contains(where: first.hasPrefix), words.count <= 4 else { return false }
    if words.count == 1 { return !names.contains(String(first)) && first.contains(where: \.isNumber) }
    let others: Set<String> = [
      "reader", "layout", "map", "type", "format", "setup", "information", "info", "read", "reading", "readings",
      "data",
      "results", "result", "size", "template", "definition",
    ]
    return !words.dropFirst().contains { others.contains(String($0)) }
  }

  /// Whether a worksheet is called as its program calls a new one.
  static func isDefaultName(_ name: String) -> Bool {
    let stem = name.lowercased().filter { $0.isLetter }
    return ["", "sheet", "tabelle", "feuil", "hoja", "foglio", "blad", "ark", "resultsheet", "results", "data"]
      .contains(stem)
  }

  /// Whether a column's name is that of the plates that were read, by its parts: `Plate Number`, `Assay Plate ID`,
  /// `Dest. plate`, `BarcodeID`. Plates that wells come from, and where on a plate they are, are others.
  static func isPlateColumn(_ name: String) -> Bool {
    let folded = ColumnRole.fold(name)
    guard folded.utf8.count <= 40 else { return false }
    let owners = [
      "", "assay", "dest", "destination", "target", "test", "cell", "culture", "screen", "screening", "well",
    ]
    return owners.contains { owner in
      guard folded.hasPrefix(owner) else { return false }
      let rest = folded.dropFirst(owner.count)
      return ["plate", "platte", "platten", "plaque", "barcode"].contains { word in
        rest.hasPrefix(word) && endings.contains(String(rest.dropFirst(word.count)))
      }
    }
  }

  private static let endings: Set<String> = [
    "", "id", "ids", "name", "names", "no", "nr", "num", "number", "numbers", "label", "code", "barcode", "barcodes",
    "barcodeid", "key", "nummer", "numéro", "numero",
  ]
}
