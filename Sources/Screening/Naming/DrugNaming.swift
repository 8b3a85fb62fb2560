import Assay
import Compounds

/// Names the drugs of blocks by a registry, makes the only XPO1 inhibitor drug 1, and says so once for each name.
struct DrugNaming: Sendable {
  private let options: CompoundOptions
  private var said: Set<Statement> = []
  /// The blocks of each name, and the file of the first.
  private var met: [String: (blocks: Int, file: String)] = [:]

  /// The names as they were read.
  private var written: Set<CompoundName> = []

  /// What is said once in a screen.
  private enum Statement: Hashable {
    case renamed(String)
    case moved(String)
    case repeated([String])
    case unitDiffers(drug: String, unit: String)
  }

  init(options: CompoundOptions) { self.options = options }

  /// The block as the registry names and orders it.
  static func named(_ matrix: DoseMatrix, options: CompoundOptions) -> DoseMatrix {
    let read = matrix.axes.map(\.drug)
    let renamed = read.map(options.renamed)
    let order = Array(read.indices)
    guard !options.keepsNames else { return renamed == read ? matrix : matrix.arranged(names: renamed, order: order) }
    let arrangement = options.registry.arrangement(of: renamed)
    if arrangement.isIdentity { return renamed == read ? matrix : matrix.arranged(names: renamed, order: order) }
    return matrix.arranged(names: arrangement.names, order: arrangement.order)
  }

  /// Drugs' names as `named` would have them in a block.
  static func named(_ drugs: [String], options: CompoundOptions) -> [String] {
    let drugs = drugs.map(options.renamed)
    guard !options.keepsNames else { return drugs }
    let arrangement = options.registry.arrangement(of: drugs)
    return arrangement.order.map { arrangement.names[$0] }
  }

  /// What is to be said of a block that was named; nothing of what was said before.
  ///
  /// - Parameter isCorrected: Whether the file's corrections say how a drug is called.
  mutating func problems(
    of matrix: DoseMatrix, file: String, isCorrected: (String) -> Bool = { _ in false }
  ) -> [InputProblem] {
    for axis in matrix.axes {
      met[axis.drug, default: (0, file)].blocks += 1
      written.insert(CompoundName(axis.writtenName))
    }
    var messages: [(statement: Statement, text: String)] = []
    if !options.keepsNames {
      for axis in matrix.axes where axis.drug != axis.writtenName {
        messages.append(
          (
            .renamed(axis.writtenName),
            isCorrected(axis.writtenName)
              ? "“\(axis.writtenName)” is called \(axis.drug) in the results, as the field name of its corrections says (first in block \(matrix.id))"
              : options.renamed(axis.writtenName) != axis.writtenName
                ? "“\(axis.writtenName)” is called \(axis.drug) in the results, as --rename says (first in block \(matrix.id))"
                : "“\(axis.writtenName)” is called \(axis.drug) in the results, its preferred name (first in block \(matrix.id)); "
                  + "--keep-names leaves names as read"
          ))
      }
      messages += Self.order(of: matrix, registry: options.registry)
    }
    for drug in matrix.axes {
      guard let cmax = options.registry.compound(named: drug.drug)?.cmax, cmax.value(in: drug.unit) == nil else {
        continue
      }
      let unit = drug.unit == .unstated ? "without a unit" : "in \(drug.unit)"
      messages.append(
        (
          .unitDiffers(drug: drug.drug, unit: drug.unit.symbol),
          "Cmax of \(drug.drug) is stated in \(cmax.unit) and its doses are \(unit) (first in block \(matrix.id)): "
            + "synergy at reachable doses is not scored there; state both in molar units or in the same one"
        ))
    }
    return messages.filter { said.insert($0.statement).inserted }.map {
      InputProblem(file: file, severity: .info, message: $0.text)
    }
  }

  /// Takes note of names of blocks that were refused too.
  mutating func meet(_ names: Set<String>, lookedUp: Set<String> = [], file: String) {
    for name in lookedUp { written.insert(CompoundName(name)) }
    for name in names {
      written.insert(CompoundName(name))
      let name = Self.named([name], options: options)[0]
      if met[name] == nil { met[name] = (0, file) }
    }
  }

  /// Renames that are of no drug that was read.
  var unusedRenames: [DrugRename] { options.renames.filter { !written.contains(CompoundName($0.name)) } }

  /// Names of the screen that may stand for others.
  func nearNames() -> [InputProblem] {
    NearNames.pairs(met.mapValues(\.blocks), registry: options.registry).map { pair in
      let count = met[pair.name]?.blocks ?? 0
      return InputProblem(
        file: met[pair.name]?.file ?? "", severity: pair.isVariant && met[pair.suggestion] == nil ? .info : .warning,
        message:
          "“\(pair.name)” (\(count == 0 ? "no whole block" : count == 1 ? "1 block" : "\(count) blocks")) may be \(pair.suggestion): \(pair.reason). If it is, join them "
          + "with --rename \"\(pair.name)=\(pair.suggestion)\"")
    }
  }

  private static func order(
    of matrix: DoseMatrix, registry: CompoundRegistry
  ) -> [(statement: Statement, text: String)] {
    let written = matrix.axes.map(\.writtenName)
    if let repeated = registry.arrangement(of: written).repeated {
      let names = written.map { "“\($0)”" }.joined(separator: " and ")
      return [
        (
          .repeated(written.sorted()),
          "\(names) in block \(matrix.id) hold \(repeated) twice; names are left as read where a drug meets itself"
        )
      ]
    }
    guard matrix.isTurned, let first = matrix.axes.first?.drug else { return [] }
    return [
      (
        .moved(first),
        "\(first), the XPO1 inhibitor, is made drug 1 where it stood after its partner (first in block \(matrix.id)); "
          + "--keep-names leaves the order as read"
      )
    ]
  }
}
