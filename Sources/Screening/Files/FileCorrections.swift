import Assay
import DoseTables
import Foundation

/// What a person says about how input files are to be read, where the files say otherwise or nothing: the table of
/// `--corrections`.
///
/// ```
/// file,drug,response,unit,sample,plate,columns,name
/// a.csv,,viability,,,,"response=per_via,drug1=agent",
/// a.csv,olaparib,,nM,,,,
/// a.csv,Selinexer,,,,,,selinexor
/// reader/export.csv,,,,,P1=PLATE-1;P2=PLATE-2,,
/// ```
///
/// `file` is the path as the user named it; any of the other fields may be empty, which leaves what was read. A file
/// may have several rows. Doses stay the numbers that they are when their unit is corrected.
public struct FileCorrections: Sendable {
  /// One row.
  public struct Correction: Sendable, Hashable {
    /// The file, as the user named it; below a directory, that path and the rest.
    public var file: String
    /// Whose unit or name is corrected, by the name in the file or any that the registry knows; `nil` for all drugs.
    public var drug: String?
    /// What a response value means.
    public var response: ReadingOptions.Response?
    /// The unit in which the doses stand.
    public var unit: ConcentrationUnit?
    /// The sample of every block, where the file does not hold several; or other names of its samples, `OLD=NEW;OLD2=NEW2`.
    public var sample: String?
    /// A plate reader's export: the barcode of its only plate, `NEW`, or barcodes one by one, `OLD=NEW;OLD2=NEW2`.
    public var plate: String?
    /// Which columns of a long table hold what.
    public var columns: ColumnChoices?
    /// The name that the drug has.
    public var name: String?
    /// The line of the table it stands on; `nil` when it was not read from one.
    public var line: Int?

    /// Makes a row.
    public init(
      file: String, drug: String? = nil, response: ReadingOptions.Response? = nil, unit: ConcentrationUnit? = nil,
      sample: String? = nil, plate: String? = nil, columns: ColumnChoices? = nil, name: String? = nil, line: Int? = nil
    ) {
      self.file = file
      self.drug = drug
      self.response = response
      self.unit = unit
      self.sample = sample
      self.plate = plate
      self.columns = columns
      self.name = name
      self.line = line
    }
  }

  /// The rows that are in force.
  public private(set) var corrections: [Correction] = []
  /// Rows that are not: faulty ones, and those that contradict an earlier row.
  public private(set) var problems: [InputProblem] = []
  /// The table among a run's files; `nil` when the rows come from none.
  public private(set) var input: ScreenInput?
  /// The rows of each file, by `key`.
  private var rows: [String: [Int]] = [:]
  /// The first row that states a thing of a file: rows that state it again agree with it. Barcodes have no such row.
  private var firsts: [Statement: Int] = [:]
  /// The rows of each file that state barcodes.
  private var barcodes: [String: [Int]] = [:]

  /// What a row states, but for barcodes.
  private struct Statement: Hashable {
    enum Field: Hashable {
      case response
      case unit(ofDrug: String?)
      case sample
      case columns
      case name(ofDrug: String?)
    }
    var file: String
    var field: Field

    /// Everything that a row states; `file` is its key.
    static func all(of row: Correction, file: String) -> [Statement] {
      var fields: [Field] = []
      if row.response != nil { fields.append(.response) }
      if row.unit != nil { fields.append(.unit(ofDrug: row.drug?.lowercased())) }
      if row.sample != nil { fields.append(.sample) }
      if row.columns != nil { fields.append(.columns) }
      if row.name != nil { fields.append(.name(ofDrug: row.drug?.lowercased())) }
      return fields.map { Statement(file: file, field: $0) }
    }
  }

  /// Takes rows; one that contradicts an earlier one is a problem.
  public init(_ corrections: [Correction] = []) {
    for correction in corrections { add(correction) }
  }

  /// Reads a table.
  ///
  /// - Throws: the problem, `error`, when it is none; rows that cannot be used are `problems`.
  public init(path: String) throws(InputProblem) {
    let content = try FileContent(path: path)
    try self.init(content.bytes, file: path)
  }

  /// Reads a table from its bytes; `file` is its name for problems.
  public init(_ bytes: [UInt8], file: String) throws(InputProblem) {
    input = ScreenInput(
      path: file, sha256: FileContent.sha256(of: bytes), bytes: bytes.count, format: "corrections", response: nil,
      blocks: 0)
    let known: Set<String> = ["drug", "response", "unit", "sample", "plate", "columns", "name"]
    let table = try SideTable(
      bytes, file: file, example: "file,drug,response,unit,sample,plate,columns,name", required: ["file"],
      isKnown: known.contains)
    problems = table.problems
    for row in table.rows {
      let response = ReadingOptions.Response(rawValue: row["response"].lowercased())
      if response == nil, !row["response"].isEmpty {
        let kinds = ReadingOptions.Response.allCases.map(\.rawValue).joined(separator: ", ")
        refuse(row.line, "response is “\(row["response"].prefix(60))”, expected one of \(kinds), or nothing")
        continue
      }
      let columns = ColumnChoices(rawValue: row["columns"])
      if columns == nil {
        refuse(
          row.line,
          "columns is “\(row["columns"].prefix(60))”, expected role=column pairs, as response=per_via,drug1=agent")
        continue
      }
      add(
        Correction(
          file: row["file"], drug: row["drug"].orNil, response: response,
          unit: row["unit"].orNil.map { ConcentrationUnit($0) }, sample: row["sample"].orNil,
          plate: row["plate"].orNil, columns: row["columns"].isEmpty ? nil : columns, name: row["name"].orNil,
          line: row.line))
    }
  }

  /// Says which plate an export is of.
  public mutating func add(plate: String, of file: String) { add(Correction(file: file, plate: plate)) }

  /// Says what samples of a file are called instead: `OLD=NEW;OLD2=NEW2`.
  public mutating func add(samples: String, of file: String) { add(Correction(file: file, sample: samples)) }

  private mutating func add(_ new: Correction) {
    if let fault = Self.fault(of: new) { return refuse(new.line, fault) }
    let key = Self.key(new.file)
    let statements = Statement.all(of: new, file: key)
    let earlier = statements.compactMap { firsts[$0] } + (new.plate == nil ? [] : barcodes[key, default: []])
    for number in Set(earlier).sorted() {
      guard let said = Self.contradiction(corrections[number], new) else { continue }
      let place = corrections[number].line.map { " on line \($0)" } ?? " before"
      return refuse(new.line, "\(new.file): \(said.new), and \(said.old)\(place); keep one of them")
    }
    for statement in statements where firsts[statement] == nil { firsts[statement] = corrections.count }
    if new.plate != nil { barcodes[key, default: []].append(corrections.count) }
    rows[key, default: []].append(corrections.count)
    corrections.append(new)
  }

  private mutating func refuse(_ line: Int?, _ message: String) {
    problems.append(
      InputProblem(
        file: input?.path ?? "corrections", severity: .error, line: line,
        message: message + "; the row was excluded, and its file read without it"))
  }

  private static func fault(of row: Correction) -> String? {
    if row.file.isEmpty { return "file is empty, expected the path of an input file as it is named to the command" }
    if let drug = row.drug, row.unit == nil, row.name == nil {
      return
        "drug is “\(drug.prefix(60))” and unit and name are empty; expected the unit of this drug's doses, or its name"
    }
    if let name = row.name, row.drug == nil {
      return "name is “\(name.prefix(60))” and drug is empty; expected the drug, as the file has it, that has this name"
    }
    if let plate = row.plate, Barcodes(plate) == nil {
      return "plate is “\(plate.prefix(60))”, expected a barcode, or pairs as OLD=NEW;OLD2=NEW2"
    }
    return nil
  }

  /// What two rows of one file say differently.
  private static func contradiction(_ old: Correction, _ new: Correction) -> (old: String, new: String)? {
    func differ<Value: Equatable>(
      _ one: Value?, _ other: Value?, _ words: (Value) -> String
    ) -> (old: String, new: String)? {
      guard let one, let other, one != other else { return nil }
      return (words(one), words(other))
    }
    let sameDrug = old.drug?.lowercased() == new.drug?.lowercased()
    return differ(old.response, new.response) { "response is \($0.rawValue)" }
      ?? (sameDrug ? differ(old.unit, new.unit) { "the unit\(new.drug.map { " of \($0)" } ?? "") is \($0)" } : nil)
      ?? differ(old.sample, new.sample) { "the sample is \($0)" }
      ?? differ(old.columns, new.columns) { "the columns are \($0.rawValue)" }
      ?? (sameDrug ? differ(old.name, new.name) { "\(new.drug ?? "") is called \($0)" } : nil)
      ?? old.plate.flatMap(Barcodes.init).flatMap { old in
        new.plate.flatMap(Barcodes.init).flatMap { old.contradiction($0) }
      }
  }

  /// A path as it is compared: `./a.csv` is `a.csv`.
  static func key(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

  /// The rows of a file.
  func rows(of file: String) -> [Correction] { (rows[Self.key(file)] ?? []).map { corrections[$0] } }

  /// The rows whose file is none of these.
  func unmatched(_ files: [String]) -> [InputProblem] {
    let known = Set(files.map(Self.key))
    let some = files.prefix(5).joined(separator: ", ") + (files.count > 5 ? ", …" : "")
    return corrections.filter { !known.contains(Self.key($0.file)) }.map { row in
      problem(
        of: row, .warning,
        "no input file is \(row.file), so nothing was corrected; expected a path as it is named to the command: \(some)"
      )
    }
  }

  /// A problem of a row.
  func problem(of row: Correction, _ severity: InputProblem.Severity, _ message: String) -> InputProblem {
    InputProblem(file: input?.path ?? row.file, severity: severity, line: row.line, message: message)
  }

  /// A table of rows that reads back to them.
  public static func csv(_ corrections: [Correction]) -> String {
    SideTable.csv(["file", "drug", "response", "unit", "sample", "plate", "columns", "name"])
      + corrections.map { row in
        SideTable.csv([
          row.file, row.drug ?? "", row.response?.rawValue ?? "", row.unit?.symbol ?? "", row.sample ?? "",
          row.plate ?? "", row.columns?.rawValue ?? "", row.name ?? "",
        ])
      }.joined()
  }
}

extension String {
  /// `nil` instead of nothing.
  fileprivate var orNil: String? { isEmpty ? nil : self }
}
