import Assay

extension RawBlock {
  /// Adds a well.
  package mutating func append(doses well: [Double], value: Double, line: Int) {
    doses.append(contentsOf: well)
    values.append(value)
    lines.append(line)
  }

  /// The factor that turns a dose in `unit` into the block's unit of the drug. Notes a conversion; refuses the block
  /// when there is none.
  package mutating func factor(from unit: ConcentrationUnit, of drug: Int, line: Int) -> Double {
    guard unit != units[drug] else { return 1 }
    if unit == .unstated || units[drug] == .unstated {
      if units[drug] == .unstated { units[drug] = unit }
      findings.add(.warning(.unitPartlyStated(line: line, drug: drugs[drug], unit: units[drug].symbol)))
      return 1
    }
    if let factor = unit.factor(to: units[drug]) {
      findings.add(
        .info(.unitsConverted(line: line, drug: drugs[drug], first: units[drug].symbol, other: unit.symbol)))
      return factor
    }
    if refusal == nil {
      refusal = .error(.unitsDiffer(line: line, drug: drugs[drug], first: units[drug].symbol, other: unit.symbol))
    }
    return 1
  }
}
