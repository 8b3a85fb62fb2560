import Assay

/// The wells of one block as the file states them, before the meaning of the responses is known.
package struct RawBlock {
  /// The block's name in the file, or its number.
  package var label: String
  /// The line of the block's first well.
  package var line: Int
  package var sample: String?
  package var drugs: [String]
  package var units: [ConcentrationUnit]
  /// One dose for each drug, well after well, in `units`.
  package var doses: [Double] = []
  /// One value a well, as written.
  package var values: [Double] = []
  /// What a plate's or replicate's column says of each well, where a table has one; else empty.
  package var groups: [UInt16] = []
  /// The line of each well.
  package var lines: [Int] = []
  /// For a drug whose unit some rows lack, the line of the first such row that has a dose of it.
  var unitlessLines: [Int: Int] = [:]
  /// Wells that could not be read.
  package var leftOut = 0
  /// What a matrix is called, with what its corner says of replicates.
  package var title = ""
  /// Whether its sample's name was made of several columns.
  var isSampleJoined = false
  /// The texts above it, and above those before it that nothing but a word for a replicate parts from it.
  package var section: [String] = []
  /// Whether it is a matrix.
  package var isMatrix = false
  package var findings = FindingList()
  /// Set when the block cannot be used.
  package var refusal: Finding?

  package init(label: String, line: Int, sample: String?, drugs: [String], units: [ConcentrationUnit]) {
    self.label = label
    self.line = line
    self.sample = sample
    self.drugs = drugs
    self.units = units
  }

  package var wellCount: Int { values.count }

  package func dose(of drug: Int, in well: Int) -> Double { doses[well * drugs.count + drug] }

  /// Whether every drug is absent from a well.
  package func isControl(_ well: Int) -> Bool {
    for drug in drugs.indices where dose(of: drug, in: well) != 0 { return false }
    return true
  }

  /// Whether some well holds more than one drug.
  var hasCombination: Bool {
    values.indices.contains { well in drugs.indices.count(where: { dose(of: $0, in: well) > 0 }) > 1 }
  }

  /// The values of the untreated wells.
  package var controls: [Double] { wells.controls }

  /// Its wells, without what is written around them.
  package var wells: Wells { Wells(line: line, drugs: drugs, doses: doses, values: values, lines: lines) }

  /// The wells of a block: little to copy.
  package struct Wells {
    /// The line of the block's first well.
    let line: Int
    let drugs: [String]
    /// One dose for each drug, well after well.
    let doses: [Double]
    /// One value a well, as written.
    let values: [Double]
    /// The line of each well.
    let lines: [Int]

    func dose(of drug: Int, in well: Int) -> Double { doses[well * drugs.count + drug] }

    /// Whether every drug is absent from a well.
    func isControl(_ well: Int) -> Bool {
      for drug in drugs.indices where dose(of: drug, in: well) != 0 { return false }
      return true
    }

    /// The values of the untreated wells.
    var controls: [Double] {
      var controls: [Double] = []
      for well in values.indices where isControl(well) { controls.append(values[well]) }
      return controls
    }

    /// The values of wells in which drugs have at least half of their highest dose's rank, more than the geometric middle of
    /// their doses: of each drug alone, then of all drugs together.
    package var highDoseValues: [[Double]] {
      let (count, middles) = (drugs.count, middles)
      var found = [[Double]](repeating: [], count: count + 1)
      for well in values.indices {
        let present = (0..<count).filter { doses[well * count + $0] > 0 }
        guard present.allSatisfy({ doses[well * count + $0] >= middles[$0] }) else { continue }
        if present.count == 1 { found[present[0]].append(values[well]) }
        if present.count == count { found[count].append(values[well]) }
      }
      return found
    }

    /// The values of treated wells in which no drug has as much.
    package var lowDoseValues: [Double] {
      let (count, middles) = (drugs.count, middles)
      return values.indices.filter { well in
        !isControl(well) && (0..<count).allSatisfy { doses[well * count + $0] < middles[$0] }
      }.map { values[$0] }
    }

    /// The geometric middle of each drug's doses.
    private var middles: [Double] {
      (0..<drugs.count).map { drug in
        var (low, high) = (Double.infinity, 0.0)
        for place in stride(from: drug, to: doses.count, by: drugs.count) where doses[place] > 0 {
          (low, high) = (min(low, doses[place]), max(high, doses[place]))
        }
        return (low * high).squareRoot()
      }
    }

    /// The values of wells in which every drug has at least half of its highest dose's rank, more than the geometric middle
    /// of its doses; or in which none has.
    package func values(atHighDoses isHigh: Bool) -> [Double] {
      let count = drugs.count
      let middles = middles
      var found: [Double] = []
      wells: for well in values.indices {
        for drug in 0..<count where (doses[well * count + drug] >= middles[drug]) != isHigh { continue wells }
        found.append(values[well])
      }
      return found
    }
  }
}

/// What a file held before the meaning of its responses is known.
package struct RawScreen {
  package var format: String
  /// What the response column's name says; `nil` when the format has no such name.
  package var responseColumn: (name: String, word: ColumnRole.ResponseWord)?
  /// What titles, and the names of a sheet and a file, say of the responses.
  var responseTitles: [ResponseTitle] = []
  /// A long table's columns and first rows.
  package var excerpt: TableExcerpt?
  /// Drugs of single wells that no combination holds.
  package var strayDrugs: Set<String> = []
  /// Whether wells are told apart by plates, and not by replicates alone.
  package var isGroupedByPlate = false
  /// The options that had a use.
  var uses: Set<OptionUse> = []
  /// Which columns were taken for what.
  var columns: [ColumnUse] = []
  var blocks: [RawBlock] = []
  var findings = FindingList()
  /// What was written beside the responses.
  var marks = ResponseMarks()
  /// The columns whose empty fields may be meant for the name above, and the table's own.
  var namesMissing: Set<Int> = []
  /// Says that units are not stated, or whose are not where others are.
  mutating func noteUnits() {
    // By number: to take a block out of the array is to count the users of all its parts.
    let unstated = blocks.indices.contains { blocks[$0].units.contains(.unstated) }
    guard unstated else { return }
    let drugs = blocks.filter { Set($0.units).count > 1 }.flatMap { block in
      zip(block.drugs, block.units).filter { $1 == .unstated }.map(\.0)
    }
    let isPart = !drugs.isEmpty && blocks.allSatisfy { Set($0.units) != [.unstated] }
    findings.add(.info(isPart ? .noUnitOf(drugs: Set(drugs).sorted()) : .noUnit))
  }

  /// Whether the last row has no line end, as in a file that was cut off (and in some that were not).
  package var endsWithinRow = false
}

extension Array where Element: Comparable {
  /// The least and the greatest number; `nil` of nothing.
  var range: (low: Element, high: Element)? {
    guard let first else { return nil }
    var (low, high) = (first, first)
    for value in self.dropFirst() {
      if value < low { low = value }
      if high < value { high = value }
    }
    return (low, high)
  }
}
