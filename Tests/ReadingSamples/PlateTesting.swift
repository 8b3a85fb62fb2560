import Assay
import Foundation
import PlateSimulation
import Plates
import Simulation

/// Reads layouts from texts, each called as it is named.
package func layouts(_ files: (name: String, text: String)..., options: TransferOptions = .init()) -> LayoutSet {
  LayoutSet(files: files.map { ($0.name, Array($0.text.utf8)) }, options: options)
}

/// A small plate, 96 wells: 3 × 3 doses of two drugs, each alone, two replicates, controls in columns 1 and 12.
package enum SmallPlate {
  package static let doses = [1.0, 2, 4]

  /// The layout as a table; `edit` may change a row (`nil` drops it).
  package static func layout(
    plate: String = "P1", sample: String = "S", edit: (_ well: String, _ row: String) -> String? = { $1 }
  ) -> String {
    var text = "plate,well,role,drug1,conc1,drug2,conc2,unit,sample\n"
    for (well, role, first, second) in wells {
      var row = "\(plate),\(well),\(role.rawValue),"
      row +=
        role == .sample
        ? "\(first > 0 ? "a,\(number(first))" : ","),\(second > 0 ? "b,\(number(second))" : ",")" : ",,,"
      row += ",uM,\(sample)"
      if let row = edit(well, row) { text += row + "\n" }
    }
    return text
  }

  private static func number(_ dose: Double) -> String { "\(Int(dose))" }

  /// Every used well: role and doses.
  package static let wells: [(well: String, role: PlateLayout.Role, first: Double, second: Double)] = {
    var wells: [(String, PlateLayout.Role, Double, Double)] = []
    for row in "ABCDEFGH" {
      wells.append(("\(row)1", .negative, 0, 0))
      wells.append(("\(row)12", .positive, 0, 0))
    }
    var place = 0
    for _ in 0..<2 {
      for first in [0] + doses {
        for second in [0] + doses where first + second > 0 {
          let row = ["B", "C", "D"][place / 10]
          wells.append(("\(row)\(place % 10 + 2)", .sample, first, second))
          place += 1
        }
      }
    }
    return wells
  }()

  /// The true % inhibition: each drug kills 10 % a unit of dose, independently.
  package static func inhibition(_ first: Double, _ second: Double) -> Double {
    100 * (1 - (1 - first / 10) * (1 - second / 10))
  }

  /// A reading: negatives around 1000, positives around 10, some spread that is the same in every run.
  package static func read(
    barcode: String? = "P1", live: Double = 1000, dead: Double = 10, noise: Double = 0.01,
    edit: (inout PlateRead.Well) -> Void = { _ in }
  ) -> PlateRead {
    var random = SplitMix64(seed: 7)
    let read: [PlateRead.Well] = wells.compactMap { well, role, first, second in
      guard let position = WellPosition(well) else { return nil }
      let alive = role == .negative ? 1 : role == .positive ? 0 : 1 - inhibition(first, second) / 100
      let value = dead + (live - dead) * alive * (1 + noise * random.normal())
      var new = PlateRead.Well(position: position, value: value, line: 10 + position.row)
      edit(&new)
      return new
    }
    return PlateRead(
      barcode: barcode, format: PlateFormat.standard[4], reader: "test",
      wells: read.sorted { $0.position < $1.position })
  }

  /// The screen of layouts and readings.
  package static func screen(
    _ reads: [(file: String, read: PlateRead)] = [("a.csv", read())], layout: String? = nil, mask: String? = nil,
    options: PlateOptions = .init()
  ) -> (screen: ScreenPlates, problems: [InputProblem]) {
    let set = layouts((name: "layout.csv", text: layout ?? SmallPlate.layout()), options: options.transfers)
    var files: [NamedExport] = []
    for (file, read) in reads {
      if let place = files.firstIndex(where: { $0.file == file }) {
        files[place].reads.append(read)
      } else {
        files.append(NamedExport(file: file, reads: [read]))
      }
    }
    let screen = ScreenPlates(
      exports: files, layouts: set.layouts, mask: mask.map { WellMask(Array($0.utf8), file: "mask.csv") } ?? .init(),
      options: options)
    return (screen, set.problems + screen.problems)
  }
}

extension [InputProblem] {
  /// The first whose message has all the words.
  package func first(_ words: String...) -> InputProblem? {
    first { problem in words.allSatisfy { problem.message.contains($0) } }
  }
}
