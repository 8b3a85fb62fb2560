import Assay
import Spreadsheets

extension TableColumns {
  /// Numbers columns of drugs, doses and units that have one name: `Drug, Concentration (nM), Drug, Concentration (nM)`.
  package static func numbered(_ names: [String]) -> [String] {
    var counts: [String: Int] = [:]
    for name in names { counts[name.lowercased(), default: 0] += 1 }
    guard counts.contains(where: { $0.value > 1 && !$0.key.isEmpty }) else { return names }
    // Where others have their numbers, which is whose is not told by the order.
    let isNumbered = names.contains { name in
      guard counts[name.lowercased()] == 1 else { return false }
      switch ColumnRole(columnName: name) {
      case .drug, .dose: return true
      default: return false
      }
    }
    guard !isNumbered else { return names }
    var met: [String: Int] = [:]
    return names.map { name in
      let key = name.lowercased()
      guard (2...3).contains(counts[key] ?? 0) else { return name }
      let open = name.last == ")" || name.last == "]" ? name.lastIndex { $0 == "(" || $0 == "[" } : nil
      let stem = String(trimming: name[..<(open ?? name.endIndex)].utf8)
      switch ColumnRole(columnName: stem + " 1") {
      case .drug(1), .dose(1), .unit(1): break
      default: return name
      }
      met[key, default: 0] += 1
      return "\(stem) \(met[key] ?? 1)" + (open.map { " " + name[$0...] } ?? "")
    }
  }
}
