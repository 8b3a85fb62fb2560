import Assay
import Compounds

/// Names the drugs of blocks by a registry, makes the only XPO1 inhibitor drug 1, and says so once for each name.
struct DrugNaming: Sendable {
  private let options: CompoundOptions
  private var said: Set<Statement> = []

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
    guard !options.keepsNames else { return matrix }
    let arrangement = options.registry.arrangement(of: matrix.axes.map(\.drug))
    return arrangement.isIdentity ? matrix : matrix.arranged(names: arrangement.names, order: arrangement.order)
  }

  /// Drugs' names as `named` would have them in a block.
  static func named(_ drugs: [String], options: CompoundOptions) -> [String] {
    guard !options.keepsNames else { return drugs }
    let arrangement = options.registry.arrangement(of: drugs)
    return arrangement.order.map { arrangement.names[$0] }
  }

  /// What is to be said of a block that was named; nothing of what was said before.
  mutating func problems(of matrix: DoseMatrix, file: String) -> [InputProblem] {
    var messages: [(statement: Statement, text: String)] = []
    if !options.keepsNames {
      for axis in matrix.axes where axis.drug != axis.writtenName {
        messages.append(
          (
            .renamed(axis.writtenName),
            "“\(axis.writtenName)” is called \(axis.drug) in the results, its preferred name (first in block \(matrix.id)); "
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
      InputProblem(file: file, severity: .noted, message: $0.text)
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
