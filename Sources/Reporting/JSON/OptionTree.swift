import Foundation
import Screening

/// The options of a run as names and values, read off the types themselves: an option that is added to `ScreenOptions`
/// tomorrow is in the results without anyone having to remember it.
indirect enum OptionTree: Equatable {
  case absent
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([OptionTree])
  case group([Member])

  /// A named option.
  struct Member: Equatable {
    var name: String
    var value: OptionTree
  }

  /// The options that a result can depend on: all but the number of threads.
  init(results options: ScreenOptions) {
    self.init(options)
    guard case .group(let members) = self else { return }
    self = .group(members.filter { $0.name != "threads" })
  }

  /// Reads a value: a struct by its stored properties, an enum by its raw value or its name, a range as its two ends.
  init(_ value: Any) {
    let mirror = Mirror(reflecting: value)
    switch value {
    case let value as Bool: self = .flag(value)
    case let value as Int: self = .integer(value)
    case let value as any BinaryInteger: self = .text("\(value)")
    case let value as Double: self = .number(value)
    case let value as String: self = .text(value)
    case let value as ClosedRange<Double>: self = .list([.number(value.lowerBound), .number(value.upperBound)])
    case let value as ClosedRange<Int>: self = .list([.integer(value.lowerBound), .integer(value.upperBound)])
    case let value as any RawRepresentable: self = OptionTree(value.rawValue)
    default:
      switch mirror.displayStyle {
      case .optional: self = mirror.children.first.map { OptionTree($0.value) } ?? .absent
      case .collection: self = .list(mirror.children.map { OptionTree($0.value) })
      case .set: self = .list(mirror.children.map { OptionTree($0.value) }.sorted { $0.summary < $1.summary })
      case .dictionary:
        let members = mirror.children.compactMap { pair -> Member? in
          let parts = Array(Mirror(reflecting: pair.value).children)
          return parts.count == 2 ? Member(name: "\(parts[0].value)", value: OptionTree(parts[1].value)) : nil
        }
        self = .group(members.sorted { $0.name < $1.name })
      case .struct, .tuple, .class:
        self = .group(
          mirror.children.map { Member(name: Self.snakeCase($0.label ?? ""), value: OptionTree($0.value)) })
      default: self = .text("\(value)")
      }
    }
  }

  /// The value on one line, as a person reads it.
  var summary: String {
    switch self {
    case .absent: "not set"
    case .flag(let flag): flag ? "yes" : "no"
    case .integer(let value): "\(value)"
    case .number(let value):
      {
        var text = ByteWriter()
        text.shortest(value)
        return text.string
      }()
    case .text(let text): text
    case .list(let list): list.map(\.summary).joined(separator: ", ")
    case .group(let members): members.map { "\($0.name) = \($0.value.summary)" }.joined(separator: ", ")
    }
  }

  /// Every option with the names of its groups before its own: `synergy.bounds.hill`.
  var leaves: [(name: String, summary: String)] {
    guard case .group(let members) = self else { return [] }
    return members.flatMap { member -> [(name: String, summary: String)] in
      if case .group = member.value {
        return member.value.leaves.map { (name: "\(member.name).\($0.name)", summary: $0.summary) }
      }
      return [(name: member.name, summary: member.value.summary)]
    }
  }

  /// `ec50Factor` as `ec50_factor`, `zipBaseline` as `zip_baseline`.
  private static func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { text, character in
      if character.isUppercase, let last = text.last, last != "_" { text += "_" }
      text += character.lowercased()
    }
  }
}
