import Assay
import Compounds
import DoseTables

/// What the corrections say of one file, and how it is read by them.
struct FileReading: Sendable {
  let corrections: FileCorrections
  let rows: [FileCorrections.Correction]
  private let registry: CompoundRegistry
  private var units = Units()

  init(_ corrections: FileCorrections, file: String, registry: CompoundRegistry) {
    self.corrections = corrections
    rows = corrections.rows(of: file)
    self.registry = registry
    for (number, row) in rows.enumerated() {
      guard let unit = row.unit else { continue }
      guard let drug = row.drug else {
        units.all = units.all ?? unit
        continue
      }
      if units.exact[drug] == nil { units.exact[drug] = unit }
      for name in names(of: drug) where units.named[name] == nil { units.named[name] = (number, unit) }
    }
  }

  /// How responses are stated in the file.
  func options(_ options: ReadingOptions) -> ReadingOptions {
    var options = options
    if let response = rows.lazy.compactMap(\.response).first { options.response = response }
    if let columns = rows.lazy.compactMap(\.columns).first { options.columns = columns }
    for (old, new) in sampleNames { options.sampleNames[old] = new }
    return options
  }

  /// The names that rows say samples have, by those in the file: `mm1.s=MM.1S;MM1S=MM.1S`.
  var sampleNames: [String: String] {
    var names: [String: String] = [:]
    for row in rows {
      guard let pairs = row.sample.flatMap(Barcodes.init)?.pairs else { continue }
      for (old, new) in pairs where names[old] == nil { names[old] = new }
    }
    return names
  }

  /// The name that a row says a drug has; its own where none does.
  func renamed(_ drug: String) -> String {
    guard rows.contains(where: { $0.name != nil }) else { return drug }
    let key = CompoundName(drug)
    return rows.lazy.compactMap { row in row.drug.map { CompoundName($0) == key } ?? false ? row.name : nil }.first
      ?? drug
  }

  /// What two names of one drug have in common.
  func drugKey(_ compounds: CompoundOptions) -> @Sendable (String) -> String {
    { name in
      let renamed = renamed(name)
      return compounds.drugKey(of: renamed) ?? renamed.lowercased()
    }
  }

  /// The unit of a drug's doses; `nil` where it is as the file says. A row that names the drug stands above one for all.
  func unit(of drug: String) -> ConcentrationUnit? {
    guard !rows.isEmpty else { return nil }
    return units.exact[drug] ?? names(of: drug).compactMap { units.named[$0] }.min { $0.row < $1.row }?.unit
      ?? units.all
  }

  /// The names by which a row may mean a drug: its own whatever the case, and the one that the registry knows it by.
  private func names(of drug: String) -> [Name] {
    [.written(drug.lowercased())] + (registry.compound(named: drug).map { [.known($0.name)] } ?? [])
  }

  /// A drug's name, in one of two ways to compare it.
  private enum Name: Hashable {
    case written(String)
    case known(String)
  }

  /// The first unit that rows state for a drug's exact name, for any name of it, and for all drugs.
  private struct Units {
    var exact: [String: ConcentrationUnit] = [:]
    var named: [Name: (row: Int, unit: ConcentrationUnit)] = [:]
    var all: ConcentrationUnit?
  }

  /// The rows that name none of the drugs.
  func unknownDrugs(among drugs: [String]) -> [FileCorrections.Correction] {
    let known = Set(drugs.lazy.flatMap { names(of: $0) })
    return rows.filter { row in row.drug.map { known.isDisjoint(with: names(of: $0)) } ?? false }
  }

  /// The sample that every block has; `nil` where it is as the file says, which it is where the file holds several.
  func sample(insteadOf samples: Set<String?>) -> String? {
    samples.count > 1 ? nil : rows.lazy.compactMap(\.sample).first { !Self.isRenaming($0) }
  }

  /// Whether what a row says of the sample are other names of some: `OLD=NEW`.
  private static func isRenaming(_ sample: String) -> Bool {
    sample.contains("=") && Barcodes(sample)?.pairs.isEmpty == false
  }

  /// What became of the rows: what each did is noted, what had no use is doubted, what must not be done is refused.
  ///
  /// - Parameters:
  ///   - drugs: The drugs of the file, as written; empty when nothing of it can be used, which is told elsewhere.
  ///   - samples: The samples of its blocks.
  ///   - useless: Why a field has no use in such a file.
  func problems(
    drugs: [String], samples: Set<String?>, useless: (FileCorrections.Correction) -> String?
  ) -> [InputProblem] {
    let strangers = drugs.isEmpty ? [] : Set(unknownDrugs(among: drugs))
    return rows.flatMap { row in
      var problems: [InputProblem] = []
      var done: [String] = []
      if let reason = useless(row) {
        problems.append(corrections.problem(of: row, .warning, "\(row.file): \(reason)"))
      }
      if strangers.contains(row), row.unit != nil, let drug = row.drug {
        problems.append(
          corrections.problem(
            of: row, .warning,
            "\(row.file): no drug is called \(drug), so no unit was corrected; the drugs are \(Self.list(drugs))"))
      } else if let unit = row.unit {
        done.append("the doses of \(row.drug ?? "all drugs") are in \(unit)")
      }
      if let drug = row.drug, let name = row.name { done.append("\(drug) is called \(name)") }
      if let columns = row.columns { done.append("the columns are \(columns.rawValue)") }
      if let response = row.response { done.append("the responses are read as \(response.rawValue)") }
      if let sample = row.sample, Self.isRenaming(sample) {
        let pairs = Barcodes(sample)?.pairs ?? []
        for (old, new) in pairs {
          if samples.contains(old) || samples.contains(new) {
            done.append("the sample \(old) is called \(new)")
          } else {
            problems.append(
              corrections.problem(
                of: row, .warning,
                "\(row.file): no sample is called \(old), so none was called \(new); the samples are "
                  + Self.list(samples.map { $0 ?? "(none)" }.sorted())))
          }
        }
      } else if let sample = row.sample {
        if samples.count > 1 {
          problems.append(
            corrections.problem(
              of: row, .error,
              "\(row.file): sample is \(sample) but the file holds the samples "
                + "\(Self.list(samples.map { $0 ?? "(none)" }.sorted())); they were left as read. "
                + "Name the samples in the file"))
        } else {
          done.append("the sample is \(sample)")
        }
      }
      if !done.isEmpty, useless(row) == nil {
        problems.append(
          corrections.problem(of: row, .info, "\(row.file): corrected: \(done.joined(separator: ", "))"))
      }
      return problems
    }
  }

  static func list(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
  }
}

extension FileReading {
  /// Corrects the drugs' names and the samples of a table's blocks.
  func correct(_ blocks: [DoseMatrix]) -> [DoseMatrix] {
    let blocks = blocks.map { matrix in
      let names = matrix.axes.map { renamed($0.drug) }
      return names == matrix.axes.map(\.drug)
        ? matrix : matrix.arranged(names: names, order: Array(matrix.axes.indices))
    }
    guard let sample = sample(insteadOf: Set(blocks.map(\.sample))) else { return blocks }
    return blocks.map { $0.of(sample: sample) }
  }

  /// What became of the rows of a table, whose blocks are as they were read.
  func problems(ofTable blocks: [DoseMatrix]) -> [InputProblem] {
    guard !rows.isEmpty else { return [] }
    let drugs = blocks.flatMap { $0.axes.map(\.writtenName) }.eachOnce
    return problems(drugs: drugs, samples: Set(blocks.map(\.sample))) { row in
      row.plate == nil ? nil : "this is a table of blocks and has no plates whose barcodes could be corrected"
    }
  }
}
