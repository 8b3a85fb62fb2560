import Spreadsheets

/// A table of samples, `--design`: sample, arm, and where they differ drug, dose, day, replicate, line.
///
/// Every drug and dose in every line on every day is a contrast of its own, against the controls of the same line and day.
public struct SampleSheet: Sendable {
  /// A row.
  struct Row {
    var line: Int
    var sample: String
    var arm: Arm
    var values: [String: String]
  }

  enum Arm { case control, treatment, initial }

  private static let arms: [String: Arm] = [
    "control": .control, "ctrl": .control, "vehicle": .control, "dmso": .control, "untreated": .control,
    "mock": .control,
    "treatment": .treatment, "treated": .treatment, "drug": .treatment,
    "initial": .initial, "plasmid": .initial, "t0": .initial, "day0": .initial, "baseline": .initial,
    "library": .initial,
  ]
  /// Columns that tell contrasts apart, and pairs.
  private static let columns = ["drug", "dose", "day", "replicate", "line"]

  /// The contrasts, in the order of their first treatment.
  public let contrasts: [Contrast]
  /// Columns that have no use here.
  public let notes: [CountTable.Note]

  /// Reads a table of samples.
  ///
  /// - Parameter isPaired: Whether controls and treatments of one replicate belong together.
  /// - Throws: `CountError`.
  public init(_ bytes: [UInt8], file: String, isPaired: Bool) throws(CountError) {
    let text = try CountText(bytes, file: file, content: .samples)
    let header = text.header.map(CountColumns.fold)
    let place = CountError.Place(file, line: text.headerLine, content: .samples)
    func column(_ name: String) throws(CountError) -> Int? {
      let found = header.indices.filter { header[$0] == name }
      if found.count > 1 { throw .equalColumns(place, name: name, places: found) }
      return found.first
    }
    guard let sampleColumn = try column("sample") else {
      throw .noDesignColumn(place, missing: "sample", columns: text.header)
    }
    guard let armColumn = try column("arm") else { throw .noDesignColumn(place, missing: "arm", columns: text.header) }
    var valueColumns: [(name: String, column: Int)] = []
    for name in Self.columns { if let found = try column(name) { valueColumns.append((name, found)) } }
    let used = [sampleColumn, armColumn] + valueColumns.map(\.column)
    let others = text.header.indices.filter { !used.contains($0) && !text.header[$0].isEmpty }.map { text.header[$0] }
    notes = others.isEmpty ? [] : [.init(file: file, message: "columns without a use here: \(CountError.list(others))")]

    var rows: [Row] = []
    for (line, fields) in try text.rows() {
      let here = CountError.Place(file, line: line, content: .samples)
      let sample = fields[sampleColumn]
      guard !sample.isEmpty else {
        throw .noName(CountError.Place(file, line: line, column: text.header[sampleColumn], content: .samples))
      }
      if let first = rows.first(where: { $0.sample == sample }) {
        throw .designSampleTwice(here, sample: sample, firstLine: first.line)
      }
      guard let arm = Self.arms[CountColumns.fold(fields[armColumn])] else {
        throw .unknownArm(
          CountError.Place(file, line: line, column: text.header[armColumn]), sample: sample, read: fields[armColumn])
      }
      let values = Dictionary(uniqueKeysWithValues: valueColumns.map { ($0.name, fields[$0.column]) })
      rows.append(Row(line: line, sample: sample, arm: arm, values: values))
    }
    guard !rows.isEmpty else { throw .noRows(place) }
    contrasts = try Self.contrasts(of: rows, place: CountError.Place(file), isPaired: isPaired)
  }

  private static func contrasts(
    of rows: [Row], place: CountError.Place, isPaired: Bool
  ) throws(CountError) -> [Contrast] {
    func key(_ row: Row, _ names: [String]) -> [String] { names.map { row.values[$0] ?? "" } }
    let treatments = rows.filter { $0.arm == .treatment }
    guard !treatments.isEmpty else {
      throw .noContrast(place, reason: "no sample has the arm treatment; expected at least one")
    }
    var keys: [[String]] = []
    for row in treatments where !keys.contains(key(row, ["drug", "dose", "line", "day"])) {
      keys.append(key(row, ["drug", "dose", "line", "day"]))
    }
    var contrasts: [Contrast] = []
    var keyOf: [String: [String]] = [:]
    for found in keys {
      let own = treatments.filter { key($0, ["drug", "dose", "line", "day"]) == found }
      let around = Array(found[2...])
      let controls = rows.filter { $0.arm == .control && key($0, ["line", "day"]) == around }
      let parts = [
        [found[0], found[1]].filter { !$0.isEmpty }.joined(separator: " "), found[2],
        found[3].isEmpty ? "" : "day \(found[3])",
      ]
      let name = parts.filter { !$0.isEmpty }.joined(separator: ", ")
      if let first = keyOf.updateValue(found, forKey: name) {
        throw .contrastTwice(place, name: name, first: words(first), second: words(found))
      }
      guard !controls.isEmpty else {
        throw .noContrast(
          place,
          reason: "“\(name)” has no control sample of the same line and day; expected at least one row with arm control"
        )
      }
      let initial = rows.filter { $0.arm == .initial && (key($0, ["line"]) == [found[2]] || key($0, ["line"]) == [""]) }
      var contrast = Contrast(
        name: name.isEmpty ? "treatment" : name, drug: found[0], controls: controls.map(\.sample),
        treatments: own.map(\.sample),
        initial: initial.map(\.sample), isPaired: isPaired)
      if isPaired { try pair(&contrast, controls, own, place) }
      contrasts.append(contrast)
    }
    return contrasts
  }

  /// What tells a contrast apart: `drug "A", dose "1"`.
  private static func words(_ key: [String]) -> String {
    let named = zip(["drug", "dose", "line", "day"], key).filter { !$0.1.isEmpty }
    return named.isEmpty ? "no drug" : named.map { "\($0) \"\($1)\"" }.joined(separator: ", ")
  }

  /// Puts controls and treatments of one replicate side by side.
  private static func pair(
    _ contrast: inout Contrast, _ controls: [Row], _ treatments: [Row], _ place: CountError.Place
  ) throws(CountError) {
    func replicate(_ row: Row) -> String { row.values["replicate"] ?? "" }
    let names = Set((controls + treatments).map(replicate)).sorted()
    (contrast.controls, contrast.treatments) = ([], [])
    for name in names {
      let (left, right) = (controls.filter { replicate($0) == name }, treatments.filter { replicate($0) == name })
      guard left.count == 1, right.count == 1 else {
        throw .noPair(place, contrast: contrast.name, replicate: name)
      }
      contrast.controls.append(left[0].sample)
      contrast.treatments.append(right[0].sample)
    }
  }
}
