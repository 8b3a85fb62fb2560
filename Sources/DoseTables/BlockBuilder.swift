import Assay

/// Makes a `DoseMatrix` of the wells that a file states, with everything that should be said about it.
package struct BlockBuilder {
  package let reading: ResponseReading
  package let options: ReadingOptions
  /// Whether to compare each block with the file's reading; not when the whole file was already said to contradict it.
  package let checksResponses: Bool
  /// Whether an option, a column's name or a title says what the responses are.
  package let isKindSaid: Bool

  /// Whether the responses are a raw signal in percent of each block's untreated wells.
  let isSignal: Bool
  /// Whether a layout says which wells are untreated, and not their doses alone.
  let areRolesSaid: Bool

  /// Makes a builder.
  package init(
    reading: ResponseReading, options: ReadingOptions, checksResponses: Bool, isKindSaid: Bool = true,
    isSignal: Bool = false, areRolesSaid: Bool = true
  ) {
    self.areRolesSaid = areRolesSaid
    self.isKindSaid = isKindSaid
    self.isSignal = isSignal
    self.reading = reading
    self.options = options
    self.checksResponses = checksResponses
  }

  /// The block, unless it must be refused, and what was found, which `raw` keeps too.
  package func build(_ raw: inout RawBlock, id: String) -> (matrix: DoseMatrix?, findings: [Finding]) {
    if let refusal = raw.refusal { return (nil, raw.findings.all + [refusal]) }
    let wells = raw.wellCount + raw.leftOut
    guard raw.wellCount > 0 else { return (nil, raw.findings.all + [.error(.noWells, line: raw.line)]) }
    guard Double(raw.leftOut) <= options.largestUnreadableFraction * Double(wells) else {
      return (
        nil, raw.findings.all + [.error(.mostWellsUnreadable(leftOut: raw.leftOut, wells: wells), line: raw.line)]
      )
    }
    do throws(DoseMatrixError) {
      let matrix = try matrix(&raw, id: id)
      let wells = raw.wells
      let checks = BlockChecks(matrix: matrix, raw: wells)
      if let refusal = checks.refusal { return (nil, raw.findings.all + [.error(refusal, line: raw.line)]) }
      for finding in checks.findings { raw.findings.add(finding) }
      if checksResponses {
        for finding in ResponseChecks(
          matrix: matrix, raw: wells, reading: reading, options: options, isKindSaid: isKindSaid,
          isSignal: isSignal, areRolesSaid: areRolesSaid
        ).findings {
          raw.findings.add(finding)
        }
      }
      let findings = raw.findings.all
      return (findings.contains { $0.severity == .error } ? nil : matrix, findings)
    } catch {
      return (nil, raw.findings.all + [.error(.notAGrid(error), line: raw.line)])
    }
  }

  /// The wells as a grid, doses that are one merged: where there are none, as mostly, its axes tell so.
  private func matrix(_ raw: inout RawBlock, id: String) throws(DoseMatrixError) -> DoseMatrix {
    let responses = raw.values.map(reading.inhibition)
    func matrix() throws(DoseMatrixError) -> DoseMatrix {
      try DoseMatrix(
        id: id, sample: raw.sample, drugs: raw.drugs.indices.map { (name: raw.drugs[$0], unit: raw.units[$0]) },
        doses: raw.doses, responses: responses)
    }
    if let plain = try? matrix(),
      !plain.axes.contains(where: { RawBlock.hasNeighbours($0.doses, within: options.doseTolerance) })
    {
      return plain
    }
    raw.mergeDoses(within: options.doseTolerance)
    return try matrix()
  }
}

extension RawBlock {
  /// Makes one dose of doses that differ by no more than a share of themselves, as 0.333 and 1/3 do, or 100 nM in µM and
  /// 0.1 µM: the one that most wells have. Says so, but of what rounding alone explains.
  package mutating func mergeDoses(within tolerance: Double) {
    for drug in drugs.indices {
      let own = stride(from: drug, to: doses.count, by: drugs.count)
      guard hasNearDoses(own, within: tolerance) else { continue }
      var counts: [Double: Int] = [:]
      for place in own { counts[doses[place], default: 0] += 1 }
      var groups: [[Double]] = []
      for dose in counts.keys.sorted() {
        if let first = groups.last?.first, dose - first <= tolerance * dose {
          groups[groups.count - 1].append(dose)
        } else {
          groups.append([dose])
        }
      }
      guard groups.count < counts.count else { continue }
      var merged: [Double: Double] = [:]
      var told: [[Double]] = []
      for group in groups where group.count > 1 {
        let kept = group.max { (counts[$0] ?? 0, -$0) < (counts[$1] ?? 0, -$1) } ?? group[0]
        for dose in group { merged[dose] = kept }
        if group[group.count - 1] - group[0] > 1e-9 * group[0] { told.append(group) }
      }
      for place in own { doses[place] = merged[doses[place]] ?? doses[place] }
      if let first = told.first {
        findings.add(
          .info(
            .dosesMerged(
              drug: drugs[drug], doses: first, unit: units[drug].description, number: told.count, tolerance: tolerance),
            line: line
          ))
      }
    }
  }

  /// Whether two of some doses differ by no more than a share of themselves and are not equal.
  private func hasNearDoses(_ own: StrideTo<Int>, within tolerance: Double) -> Bool {
    // Ascending and distinct; a drug has some doses in many wells.
    var distinct: [Double] = []
    for place in own {
      let dose = doses[place]
      if distinct.last == dose { continue }
      guard distinct.count < 64 else {
        distinct = own.map { doses[$0] }.sorted()
        break
      }
      let next = distinct.firstIndex { $0 >= dose } ?? distinct.count
      if next == distinct.count || distinct[next] != dose { distinct.insert(dose, at: next) }
    }
    return Self.hasNeighbours(distinct, within: tolerance)
  }

  /// Whether two neighbours of ascending doses differ by no more than a share of themselves and are not equal.
  static func hasNeighbours(_ doses: [Double], within tolerance: Double) -> Bool {
    var last = doses.first ?? 0
    for dose in doses where dose != last {
      if dose - last <= tolerance * dose { return true }
      last = dose
    }
    return false
  }
}
