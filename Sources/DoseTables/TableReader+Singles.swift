import Assay
import Spreadsheets

/// Drugs alone: rows that name one drug or none, and columns of what each drug does alone.
extension TableReader {
  /// A row's sample, as it is to be called.
  func sample(_ row: borrowing TextRow) -> String? {
    guard let column = columns.sample, !row.isEmpty(column) else { return nil }
    let name = row.text(column)
    return sampleNames[name] ?? name
  }

  /// Keeps a row that names fewer than two drugs: a vehicle, or nothing, stands for the others. Answers why it was left out.
  mutating func readSingle(_ row: borrowing TextRow) -> Finding? {
    var well = SingleWell(
      line: row.line, label: columns.block.map { row.text($0) } ?? "",
      sample: sample(row))
    var (isBlank, isVehicle) = (false, false)
    for drug in columns.drugs {
      guard let column = drug.name else { return nil }
      let name = name(row, column, drug.prefix)
      if Vehicle.isBlank(name) { isBlank = true } else if Vehicle.isName(name) { isVehicle = true }
      let number = numbers.number(in: row.bytes, row.range(drug.dose))
      let stated = numbers.dose(in: row.bytes, row.range(drug.dose))
      if name.isEmpty || Vehicle.isName(name) {
        // Only a vehicle that is named may have an amount of its own.
        if !Vehicle.isSolvent(name), let dose = number ?? stated?.dose, dose > 0 {
          namesMissing.insert(column)
          return .warning(.drugNameMissing(line: row.line, column: columns.names[column]))
        }
        continue
      }
      guard let dose = number ?? stated?.dose ?? dash(row, row.range(drug.dose)), dose >= 0 else {
        return .warning(.unreadableDose(line: row.line, drug: name, text: row.text(drug.dose)))
      }
      let unit = drug.unit.map { self.unit(row.text($0)) } ?? .unstated
      well.drugs.append(
        (name, dose, stated?.unit ?? units(name) ?? (unit == .unstated ? drug.unitInHeader ?? unit : unit)))
    }
    if well.drugs.isEmpty, !isVehicle, let word = statistic(in: row) {
      return .warning(.summaryRow(line: row.line, text: word))
    }
    // Without cells, or untreated?
    if well.drugs.isEmpty, isBlank, !isVehicle { return .warning(.blankRow(line: row.line)) }
    for (place, column) in columns.responses.enumerated() where !row.isEmpty(column) {
      guard let value = response(row, column) else {
        return .warning(.unreadableResponse(line: row.line, text: row.text(column)))
      }
      well.values.append(value)
      guard conditions.isOfColumns else { continue }
      // Each value is of a sample, or of a replicate, of its own.
      var own = well
      (own.values, own.conditions) = ([value], conditions.numbers(of: row, response: place))
      singles.append(own)
    }
    if conditions.isOfColumns, !well.values.isEmpty { return nil }
    guard !well.values.isEmpty else { return .warning(.unreadableResponse(line: row.line, text: "")) }
    well.conditions = conditions.numbers(of: row)
    singles.append(well)
    return nil
  }

  /// A word beside a row's empty names and doses by which the row is no well: `Mean`.
  private func statistic(in row: borrowing TextRow) -> String? {
    guard columns.drugs.allSatisfy({ row.isEmpty($0.dose) && $0.name.map { row.isEmpty($0) } ?? true }) else {
      return nil
    }
    let isSingle = columns.names.indices.count { !row.isEmpty($0) } <= 3
    return row.texts.first { text in
      text.contains(where: \.isLetter) && (MatrixReader.isStatistic(text) || (isSingle && Self.isTotal(text)))
    }
  }

  private static func isTotal(_ text: String) -> Bool {
    [
      "mean", "average", "avg", "median", "mittelwert", "total", "sum", "overall", "all", "count", "grand total", "cv",
      "%cv", "summe", "gesamt",
    ].contains(text.lowercased())
  }

  /// Reads what each drug does alone at the row's dose, where the table has columns for it.
  mutating func readAlone(_ row: borrowing TextRow, into stretch: Stretch) {
    guard !columns.alone.isEmpty, stretch.drugs.count == 2 else { return }
    for (drug, place) in stretch.drugs.enumerated() where doses[drug] > 0 {
      guard let value = response(row, columns.alone[place]),
        alone.insert(
          [UInt64(stretch.block), UInt64(drug), doses[drug].bitPattern, value.bitPattern]
            + conditions.numbers(of: row).map(UInt64.init)
        ).inserted
      else { continue }
      var own = [0.0, 0]
      own[drug] = doses[drug]
      conditions.append(conditions.numbers(of: row), block: stretch.block)
      add(own, value: value, line: row.line)
    }
  }
}
