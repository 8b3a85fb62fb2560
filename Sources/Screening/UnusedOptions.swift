import Assay
import DoseTables

/// Options that were given and had a use in no file of a run: what was meant by them was not done.
struct UnusedOptions {
  private(set) var problems: [InputProblem] = []

  /// Looks for them.
  ///
  /// - Parameters:
  ///   - options: What was asked for.
  ///   - uses: What had a use in some file.
  ///   - areOfPlates: Whether the files are plate readers' exports.
  ///   - platesUseTime: Whether plates were read at several times, of which one was chosen.
  ///   - plateOptions: Options about plates that were given, in a run without any.
  ///   - transferOptions: Options about transfer logs that were given, in a run without any.
  ///   - renames: Renames of drugs that were not met.
  init(
    _ options: ReadingOptions, uses: Set<OptionUse>, areOfPlates: Bool, platesUseTime: Bool = false,
    plateOptions: [String],
    transferOptions: [String] = [], renames: [DrugRename] = []
  ) {
    for option in plateOptions {
      add(
        "the option \(option) had no use: it is about plate readers' exports, and no layout was named; give it with --layout"
      )
    }
    for option in transferOptions {
      add("the option \(option) had no use: it is about transfer logs, and no layout is one")
    }
    for rename in renames {
      add("the option --rename had no use: no drug is called \(rename.name), so none was called \(rename.newName)")
    }
    let reading = options
    if areOfPlates {
      let why = "it is about tables of doses and responses, and these are plate readers' exports"
      if reading.response != .auto {
        add("the option --response had no use: \(why), whose signals are normalised by their controls")
      }
      if reading.columns != ColumnChoices() { add("the option --columns had no use: \(why)") }
      if reading.sheet != nil { add("the option --sheet had no use: \(why)") }
      if reading.time != nil, !platesUseTime {
        add("the option --time had no use: \(why), of which --repeat chooses a reading")
      }
      if reading.replicates == .pool {
        add("the option --replicates had no use: \(why), whose replicates are pooled by the layout")
      }
      return
    }
    if reading.time != nil, !uses.contains(.time) {
      add(
        "the option --time had no use: no file that was read states times in a column called time, or in rows below treatments, so wells of every time "
          + "were used; keep the rows or the matrices of the time that is meant")
    }
    if reading.sheet != nil, !uses.contains(.sheet) {
      add("the option --sheet had no use: no file that was read is a workbook, so no sheet was chosen")
    }
    if reading.columns != ColumnChoices(), !uses.contains(.columns) {
      add(
        "the option --columns had no use: no file that was read is a table with a row for each well, so no column was chosen"
      )
    }
    if reading.replicates == .pool, !uses.contains(.pool) {
      add(
        "the option --replicates pool had no use: no drugs were measured twice at the same doses in the same sample, so nothing was pooled"
      )
    }
    for (old, new) in reading.sampleNames.sorted(by: { $0.key < $1.key }) {
      let isMet = uses.contains { use in
        guard case .sampleName(let name) = use else { return false }
        return [old, new].contains { name == $0 || name.hasPrefix($0 + ", ") }
      }
      if !isMet { add("the option --rename-sample had no use: no sample is called \(old), so none was called \(new)") }
    }
  }

  private mutating func add(_ message: String) {
    problems.append(InputProblem(file: Self.file, severity: .warning, message: message))
  }

  /// What stands in the place of a file.
  static let file = "options"
}
