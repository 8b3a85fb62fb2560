/// Which columns of a long table hold what, where a person says so: `response=per_via,drug1=agent,conc1=agent.dose`.
///
/// The roles are drug1, drug2, …, conc1, conc2, …, unit1, unit2, … (or unit for all), response (several are replicates),
/// sample, block, replicate (its rows are replicates), condition (each value is a block of its own), samples (responses of the sample that the
/// column is called after) and ignore. A column
/// without a choice is told by its name.
public struct ColumnChoices: Sendable, Hashable, RawRepresentable, Codable {
  /// What a column can be chosen for.
  package enum Role: Hashable {
    case role(ColumnRole)
    case replicate
    case condition
    case ignore
    /// Responses of the sample, or at the time, that the column is called after.
    case samples
  }

  /// One choice.
  package struct Choice: Hashable {
    package var role: Role
    /// The column's name, as the person wrote it.
    package var column: String
  }

  package let choices: [Choice]

  /// Nothing is chosen.
  public init() { choices = [] }

  /// Reads `role=column`, separated by commas; a comma that no role follows belongs to a column's name. `nil` where a role
  /// is not known or a name is missing.
  public init?(rawValue: String) {
    guard !rawValue.isEmpty else {
      choices = []
      return
    }
    var choices: [Choice] = []
    for piece in rawValue.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, let role = Self.role(String(parts[0])) {
        choices.append(Choice(role: role, column: String(parts[1])))
      } else if choices.isEmpty || parts.count == 2 {
        return nil
      } else {
        choices[choices.count - 1].column += "," + piece
      }
    }
    self.choices = choices.map { Choice(role: $0.role, column: String(trimming: $0.column.utf8)) }
    guard self.choices.allSatisfy({ !$0.column.isEmpty }) else { return nil }
    let several: Set<Role> = [.condition, .replicate, .ignore, .samples]
    let single = self.choices.filter { !several.contains($0.role) }
      .filter { if case .role(.response) = $0.role { false } else { true } }
    guard Set(single.map(\.role)).count == single.count else { return nil }
    // Responses are either replicates or of samples of their own.
    let roles = self.choices.map(\.role)
    guard !roles.contains(.samples) || !roles.contains(.role(.response(.unspecified))) else { return nil }
  }

  /// As it is written.
  public var rawValue: String { choices.map { "\(Self.name($0.role))=\($0.column)" }.joined(separator: ",") }

  /// The roles that a column can be chosen for, by their names.
  public static let roles =
    (1...3).flatMap { ["drug\($0)", "conc\($0)", "unit\($0)"] } + [
      "unit", "response", "samples", "sample", "block", "replicate", "condition", "ignore",
    ]

  /// A role in words, for people.
  public static func words(of role: String) -> String {
    switch role {
    case "unit": "unit of all doses"
    case "response", "sample", "block", "replicate": role
    case "condition": "condition (own blocks)"
    case "samples": "response of the sample in its name"
    case "ignore": "not used"
    default:
      role.hasPrefix("conc")
        ? "dose of drug \(role.dropFirst(4))"
        : role.hasPrefix("unit") ? "unit of drug \(role.dropFirst(4))" : "drug \(role.dropFirst(4))"
    }
  }

  /// The role that a column was chosen for.
  public func role(of column: String) -> String? { choices.first { $0.column == column }.map { Self.name($0.role) } }

  private static func role(_ text: String) -> Role? {
    let folded = ColumnRole.fold(text)
    switch folded {
    case "replicate": return .replicate
    case "condition", "time": return .condition
    case "ignore": return .ignore
    case "samples": return .samples
    case "response": return .role(.response(.unspecified))
    default: break
    }
    switch ColumnRole(columnName: folded) {
    case .response, nil: return nil
    case let role?: return .role(role)
    }
  }

  private static func name(_ role: Role) -> String {
    switch role {
    case .replicate: "replicate"
    case .condition: "condition"
    case .ignore: "ignore"
    case .samples: "samples"
    case .role(let role): role.name
    }
  }
}

extension ColumnRole {
  /// The role's name among the choices.
  package var name: String {
    switch self {
    case .block: "block"
    case .sample: "sample"
    case .drug(let number): "drug\(number)"
    case .dose(let number): "conc\(number)"
    case .unit(nil): "unit"
    case .unit(let number?): "unit\(number)"
    case .response: "response"
    }
  }
}

/// What a column of a long table was taken for.
public struct ColumnUse: Sendable, Hashable, Codable {
  /// The role, by its name among the choices.
  public var role: String
  /// The column's name.
  public var column: String
}
