import Assay

extension PlateExportWriter {
  func envision(_ plate: PlateRead, number: Int, isNamed: Bool) -> [[String]] {
    let channel = plate.channel ?? "Luminescence"
    let table = grid(plate)
    let named = table.enumerated().map { row, cells in
      row == 0 ? cells.map { $0.count == 1 ? "0" + $0 : $0 } + [""] : cells + [""]
    }
    let plain = table.dropFirst().map { $0.dropFirst() + [""] }
    return [
      ["Plate information "],
      ["Plate", "Repeat", "Barcode", "Measured height", "Group", "Label", "Kinetics", "Measurement date", ""],
      [
        "\(number)", "\(plate.repeatNumber)", plate.barcode.map { "=\"\($0)\"" } ?? "", "14.67", "1", channel, "0",
        plate.time ?? "", "",
      ],
      [],
      ["Background information"],
      ["Plate", "Label", "Result", "Signal", "Flashes/Time", "Meastime", "MeasInfo", ""],
      ["\(number)", channel, "0", "4", "0.1", "00:00:00.000", "", ""],
      [],
    ] + (isNamed ? [["Results for \(channel)"]] + named : plain.map(Array.init)) + [[]]
  }

  var envisionEnd: [[String]] { [[], ["Exported with EnVision Workstation version 1.14"]] }

  /// The method and the filter of a channel: `Absorbance (450)`.
  private func method(_ channel: String) -> (method: String?, filter: String) {
    guard channel.hasSuffix(")"), let open = channel.firstIndex(of: "("), open > channel.startIndex else {
      return (nil, channel)
    }
    let method = channel[..<open].trimmingSpaces
    return (method, String(channel[channel.index(after: open)...].dropLast()))
  }

  private func marsHead(_ plate: PlateRead) -> [[String]] {
    let time = (plate.time ?? "").split(separator: " ", maxSplits: 1).map(String.init)
    return [
      ["User: USER", "Path: C:\\Program Files (x86)\\BMG\\CLARIOstar\\User\\Data", "Test run no.: 1"],
      [
        "Test name: screen", "Date: " + (time.first ?? ""), "Time: " + (time.count > 1 ? time[1] : ""),
      ], [],
      ["ID1: " + (plate.barcode ?? ""), "ID2:", "ID3:"],
    ]
  }

  func mars(_ plate: PlateRead) -> [[String]] {
    let (method, filter) = method(plate.channel ?? "No filter")
    return marsHead(plate) + (method.map { [[$0]] } ?? []) + [[], ["Raw Data (\(filter))"], []]
      + grid(plate).map { $0 + [""] } + [[]]
  }

  func marsList(_ plate: PlateRead) -> [[String]] {
    let (method, filter) = method(plate.channel ?? "No filter")
    return marsHead(plate) + (method.map { [[$0]] } ?? []) + [
      [], ["Well Row", "Well Col", "Content", "Raw Data (\(filter))"],
    ]
      + filled(plate).map {
        [$0.position.rowName, "\($0.position.column + 1)", "Sample X1", $0.text]
      } + [[]]
  }

  func kaleido(_ plate: PlateRead) -> [[String]] {
    [
      ["EnSight Results from"], ["Protocol Name", "screen"], ["Measurement Date", plate.time ?? ""], [], [],
      ["Result for \(plate.channel ?? "Luminescence 1")"],
      ["Barcode", "Repeat", "Loop no", "Well scan x", "Well scan y", ""],
      [plate.barcode ?? "", "\(plate.repeatNumber)", "", "", "", ""], [],
    ] + grid(plate).map { $0 + [""] } + [[], [], ["Exported with Kaleido 3.0"], [], []]
  }

  func gen5(_ plate: PlateRead) -> [[String]] {
    let time = (plate.time ?? "").split(separator: " ", maxSplits: 1).map(String.init)
    let channel = plate.channel ?? "Lum"
    return [
      ["Software Version", "3.12.08"], [], ["Experiment File Path:", "screen.xpt"], [],
      ["Plate Number", plate.barcode ?? ""], ["Date", time.first ?? ""], ["Time", time.count > 1 ? time[1] : ""],
      ["Reader Type:", "Synergy H1"], ["Reading Type", "Reader"], [], ["Procedure Details"], [],
      ["Plate Type", "\(plate.format.wells) WELL PLATE"], ["Read", channel], [], ["Results"],
    ] + grid(plate, label: channel) + [[]]
  }

  func softMax(_ plates: [PlateRead], isTime: Bool) -> [[String]] {
    [["##BLOCKS= \(plates.count)"]]
      + plates.flatMap { plate in
        let words = (plate.channel ?? "Luminescence").split(separator: " ").map(String.init)
        let wavelength = words.last.flatMap { word in Int(word).map { (180...1100).contains($0) } == true ? word : nil }
        let mode = (wavelength == nil ? words : words.dropLast()).joined(separator: " ")
        let size = ["1", "\(plate.format.columns)", "\(plate.format.wells)", "1", "\(plate.format.rows)"]
        let wells = positions(plate.format)
        let known = Dictionary(filled(plate).map { ($0.position, $0.text) }, uniquingKeysWith: { first, _ in first })
        let header =
          [
            "Plate:", plate.barcode ?? "", "1.3", isTime ? "TimeFormat" : "PlateFormat", "Endpoint", mode, "Raw",
            "FALSE",
            "1", "", "", "", "", "", wavelength == nil ? "" : "1", wavelength ?? "",
          ] + size
        let body =
          isTime
          ? [["", "Temperature(°C)"] + wells.map(\.description), ["", "25"] + wells.map { known[$0] ?? "" }]
          : [["", "Temperature(°C)"] + (1...plate.format.columns).map { "\($0)" }]
            + (0..<plate.format.rows).map { row in
              ["", row == 0 ? "25" : ""]
                + (0..<plate.format.columns).map { known[WellPosition(row: row, column: $0)] ?? "" }
            }
        return [header] + body + [[], ["~End"]]
      } + [["Original Filename: screen"]]
  }

  func iControl(_ plate: PlateRead) -> [[String]] {
    [
      ["Application: Tecan i-control", "", "", "", "Tecan i-control , 2.0.10.0"],
      ["Device: infinite 200Pro", "", "", "", "Serial number: 1"], [],
      ["Plate", "", "", "", "\(plate.format.wells) Flat"], ["Barcode:", "", "", "", plate.barcode ?? ""], [],
      ["Label: " + (plate.channel ?? "Label1")], ["Mode", "", "", "", "Luminescence"],
      ["Start Time:", plate.time ?? ""], [], ["", "Temperature: 25 °C"],
    ] + grid(plate, corner: "<>") + [[], ["End Time:", plate.time ?? ""], []]
  }

  func spark(_ plate: PlateRead) -> [[String]] {
    [
      ["Method name: screen"], ["Application: SparkControl", "", "", "", "V3.1"],
      ["Device: Spark", "", "", "", "Serial number: 1"], [], ["Barcode:", "", "", "", plate.barcode ?? ""],
      ["Mode", "Luminescence"], ["Name", plate.channel ?? "Label 1"], ["Start Time", plate.time ?? ""], [],
    ] + grid(plate, corner: "<>") + [[], []]
  }

  func magellan(_ plate: PlateRead) -> [[String]] {
    [["Barcode: " + (plate.barcode ?? "")], ["Well positions", plate.channel ?? "Raw data"]]
      + filled(plate).map { [$0.position.description, $0.text] }
      + [[], ["Date of measurement: " + (plate.time ?? "")], ["Tecan Magellan"], []]
  }

  func gloMax(_ plates: [PlateRead]) -> [[String]] {
    [["Barcode", "Read", "WellPosition", "Timestamp(ms)", "RLU"]]
      + plates.flatMap { plate in
        filled(plate).enumerated().map { place, well in
          [
            plate.barcode ?? "", plate.channel ?? "", "\(well.position.rowName):\(well.position.column + 1)",
            "\(place * 500)", well.text,
          ]
        }
      }
  }
}
