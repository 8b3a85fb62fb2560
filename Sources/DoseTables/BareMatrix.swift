import Assay
import Spreadsheets

/// A matrix of responses without labels: doses across in its first row, doses down in its first column.
///
/// ```
/// conc,0 uM,0.25 uM,0.5 uM
/// 0 uM,0.88,0.84,0.89
/// 0.5 uM,0.82,0.76,0.81
/// ```
package struct BareMatrix: Hashable {
  /// The column that holds the doses down.
  package var column: Int
  /// The line of the doses across.
  package var headerLine: Int
  /// The line of the first row that may say something about the matrix.
  package var firstLine: Int
  /// The decimal mark.
  package var numbers: NumberReading

  /// Finds the first one. Both axes are strictly ordered and at least one has the dose 0, so that a plate's numbers, or its
  /// row and column numbers, are none.
  package init?(_ rows: [TextRow]) {
    for numbers in [
      NumberReading(), NumberReading(decimal: UInt8(ascii: ",")), NumberReading(readsThousands: true),
      NumberReading(decimal: UInt8(ascii: ","), readsThousands: true),
    ] {
      for place in rows.indices {
        for column in 0...2 {
          guard Self.isMatrix(rows[place...], column, numbers) else { continue }
          (self.column, headerLine, self.numbers) = (column, rows[place].line, numbers)
          firstLine = rows[0].line
          return
        }
      }
    }
    return nil
  }

  private static func isMatrix(_ rows: ArraySlice<TextRow>, _ column: Int, _ numbers: NumberReading) -> Bool {
    guard let header = rows.first, let across = labels(across: header, from: column, numbers),
      across.doses().count >= 2,
      !isTime(header.text(column))
    else { return false }
    var down = AxisLabels(labels: [])
    var values = 0
    var isFirst = true
    for row in rows.dropFirst() {
      defer { isFirst = false }
      // Between the corner and the first dose what goes down may be named.
      if isFirst, let (place, text) = MatrixReader.loneText(row), place == column,
        AxisLabel(row, column, numbers) == nil,
        MatrixReader.nameBelowCorner(text) != nil
      {
        continue
      }
      guard row.count > column + 1, let label = AxisLabel(row, column, numbers), label.isDose else { break }
      down.labels.append(label)
      for (place, label) in across.labels.enumerated()
      where label?.isDose == true && numbers.response(in: row.bytes, row.range(column + 1 + place)) != nil {
        values += 1
      }
    }
    // A zero with and without the other drug is on each axis' own.
    let (one, other) = (down.doses().compactMap(\.self), across.doses().compactMap(\.self))
    return Set(one).count >= 2 && Set(other).count >= 2 && down.withoutRepeats.isOrdered
      && across.withoutRepeats.isOrdered
      && (one.contains(0) || other.contains(0)) && 2 * values >= one.count * other.count
  }

  /// Whether a corner says that times go across or down.
  private static func isTime(_ corner: String) -> Bool {
    let text = corner.lowercased()
    return ["time", "hours", "(h)", "(min)", "days", "cycle"].contains(where: text.contains)
  }

  /// The labels of a row that has nothing but them behind a corner that is no dose.
  static func labels(across row: borrowing TextRow, from column: Int, _ numbers: NumberReading) -> AxisLabels? {
    var filled = row.countWithoutTrailingEmpties
    guard filled > column + 2, dose(row, column, numbers) == nil,
      AxisLabel(row, column + 1, numbers)?.isDose == true
    else { return nil }
    // The unit may stand behind the doses.
    if unitBehind(row) != nil {
      filled -= 1
      guard filled > column + 2 else { return nil }
    }
    for field in 0..<column where !row.isEmpty(field) { return nil }
    var labels: [AxisLabel] = []
    var numbered = 0
    for field in column + 1..<filled {
      guard let label = AxisLabel(row, field, numbers) else { return nil }
      labels.append(label)
      if case .dose = label { numbered += 1 }
    }
    // Words alone are no axis.
    return numbered > 0 ? AxisLabels(labels: labels) : nil
  }

  /// The unit that stands alone in a row's last field.
  static func unitBehind(_ row: borrowing TextRow) -> ConcentrationUnit? {
    let unit = ConcentrationUnit(row.text(row.countWithoutTrailingEmpties - 1))
    return unit.molar == nil ? nil : unit
  }

  private static func dose(_ row: borrowing TextRow, _ field: Int, _ numbers: NumberReading) -> Double? {
    guard
      let dose = numbers.number(in: row.bytes, row.range(field)) ?? numbers.dose(in: row.bytes, row.range(field))?.dose,
      dose >= 0
    else { return nil }
    return dose
  }

  package static func isOrdered(_ doses: [Double]) -> Bool {
    zip(doses, doses.dropFirst()).allSatisfy { $0 < $1 } || zip(doses, doses.dropFirst()).allSatisfy { $0 > $1 }
  }
}
