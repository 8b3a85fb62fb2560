import Assay
import DoseTables

/// The annotations of a screen's samples: what can be associated with synergy, and what cannot and why.
public struct SampleAnnotations: Sendable {
  /// One annotation.
  public struct Annotation: Sendable {
    /// What the table's header says.
    public var name: String
    /// What it is.
    public var kind: Kind
    /// Places of the samples in `samples` whose value is known.
    public var known: [Int]
  }

  /// What an annotation is.
  public enum Kind: Sendable {
    /// Words, or numbers of two different values: the levels, sorted, and each sample's level (−1 where not known).
    case factor(levels: [String], level: [Int])
    /// Numbers of more than two different values; NaN where not known.
    case covariate([Double])
  }

  /// The screen's samples that the table knows, by name.
  public private(set) var samples: [String] = []
  /// The annotations that vary.
  public private(set) var annotations: [Annotation] = []
  /// Samples that are only in the table or only in the screen, and annotations that cannot be used.
  public private(set) var problems: [InputProblem] = []

  /// Looks a table up for the samples of a screen.
  public init(_ table: SampleTable, screen: Set<String>, options: AcrossSamplesOptions) {
    var places: [String: Int] = [:]
    for (place, sample) in table.samples.enumerated() where places[sample] == nil { places[sample] = place }
    samples = screen.filter { places[$0] != nil }.sorted()
    compare(table, screen: screen)
    for column in table.columns {
      let rows = samples.compactMap { places[$0] }
      let known = rows.indices.filter { column.values.indices.contains(rows[$0]) && column.values[rows[$0]] != nil }
      let texts = known.compactMap { column.values[rows[$0]] }
      let levels = Set(texts).sorted()
      let numbers = column.numbers.map { numbers in rows.map { numbers[$0] ?? .nan } }
      let distinct = numbers.map { numbers in Set(known.map { numbers[$0] }).count } ?? levels.count
      guard distinct > 1 else {
        let value = levels.first.map { "\(column.name) is \($0) in" } ?? "\(column.name) is not known of"
        tell(.info, table.file, "\(value) all \(samples.count) samples of the screen: nothing to associate with it")
        continue
      }
      if let numbers, distinct > 2 {
        annotations.append(Annotation(name: column.name, kind: .covariate(numbers), known: known))
        continue
      }
      guard levels.count <= options.mostLevels else {
        tell(
          .warning, table.file,
          "\(column.name) has \(levels.count) levels (\(levels.prefix(3).joined(separator: ", ")), …), expected numbers or at "
            + "most \(options.mostLevels) levels; it was excluded from the associations, group its levels")
        continue
      }
      // Two numbers may be written in more than two ways (1 and 1.0): the level is the number, as first written.
      var names: [Double: String] = [:]
      if let numbers {
        for place in known where names[numbers[place]] == nil {
          names[numbers[place]] = column.values[rows[place]] ?? ""
        }
      }
      let shown = names.isEmpty ? levels : names.keys.sorted().compactMap { names[$0] }
      var level = [Int](repeating: -1, count: rows.count)
      for place in known {
        let text = numbers.flatMap { names[$0[place]] } ?? column.values[rows[place]] ?? ""
        level[place] = shown.firstIndex(of: text) ?? -1
      }
      annotations.append(Annotation(name: column.name, kind: .factor(levels: shown, level: level), known: known))
    }
  }

  private mutating func compare(_ table: SampleTable, screen: Set<String>) {
    let missing = screen.subtracting(table.samples).sorted()
    let foreign = Set(table.samples).subtracting(screen).sorted()
    if !missing.isEmpty {
      let names = missing.prefix(5).map { name in
        let alike = foreign.filter { Self.key($0) == Self.key(name) }
        return alike.isEmpty ? name : "\(name) (the table has \(alike.joined(separator: ", ")))"
      }
      tell(
        .warning, table.file,
        "\(missing.count) of the screen's \(screen.count) samples \(missing.count == 1 ? "is" : "are") not in this table and "
          + "so in no association: \(names.joined(separator: ", "))\(missing.count > 5 ? ", …" : "")")
    }
    if !foreign.isEmpty {
      tell(
        samples.isEmpty ? .error : .info, table.file,
        "\(foreign.count) of the table's \(table.samples.count) samples \(foreign.count == 1 ? "is" : "are") not in the "
          + "screen: \(foreign.prefix(5).joined(separator: ", "))\(foreign.count > 5 ? ", …" : ""); names must be "
          + "written as in the plates")
    }
  }

  private mutating func tell(_ severity: InputProblem.Severity, _ file: String, _ message: String) {
    problems.append(InputProblem(file: file, severity: severity, message: message))
  }

  /// A name without case, spaces and marks: what is alike in it is probably one sample.
  private static func key(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
}
