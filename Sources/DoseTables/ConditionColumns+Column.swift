import Assay
import Spreadsheets

extension ConditionColumns {
  /// A column without a role, and the values that its rows have.
  struct Column {
    var place: Int
    var name: String
    /// The numbers of values, by how they are written.
    var keys = ByteKeys()
    var numbers: [UInt16] = []
    /// The same by what values have in common: `72` and `72.0` are one.
    var places: [String: UInt16] = [:]
    var texts: [String] = []
    var last: [UInt8] = []
    var lastNumber: UInt16 = 0
    var isOver = false
    /// Whether a person said what the column is: replicates, or a condition.
    var isChosen = false
    /// Whether the values are the names of columns that hold responses of their own.
    var isWide = false
    var isReplicate: Bool
    /// Whether the name says that rows which differ in it are another experiment.
    var isExperiment: Bool
    /// Whether it counts only where it holds words, as its name is one for responses: `readout`.
    var isOfWords = false
    /// Whether the name says that people wrote down in it what they saw.
    var isNote: Bool

    init(place: Int, name: String, isChosen: Bool, isReplicate: Bool) {
      (self.place, self.name, self.isChosen, self.isReplicate) = (place, name, isChosen, isReplicate)
      let folded = ColumnRole.fold(name)
      isExperiment = ["time", "hour", "day", "donor", "passage", "experiment", "batch", "session"].contains(
        where: folded.contains)
      isNote = ColumnRole.isNote(name)
    }
  }
}

extension ConditionColumns.Column {
  /// Whether the values are the names of wells, in several rows and columns: `A1`, `h12`. `C1` … `C10` may be clones.
  var areWells: Bool {
    guard texts.count > 8, !isChosen else { return false }
    let named = texts.filter { !$0.isEmpty }
    guard named.allSatisfy({ $0.wholeMatch(of: /[A-Pa-p]0?[1-9][0-9]?/) != nil }) else { return false }
    return Set(named.compactMap(\.first)).count > 1 && Set(named.map { $0.dropFirst() }).count > 2
  }

  /// Whether rows that differ in it are replicates: a plate's names are, unless they name different things, as `MM1S_24h` and
  /// `H929_72h` do.
  var areReplicates: Bool {
    if isReplicate, !isChosen, areSamples { return false }
    guard isReplicate, !isChosen, ColumnRole.isPlateName(name), texts.count <= 50 else { return isReplicate }
    let named = texts.filter { !$0.isEmpty }
    let times = Set(
      named.compactMap { text in
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.lazy.compactMap {
          $0.wholeMatch(of: /(\d+)h(rs?|ours?)?/)?.output.1
        }.first
      })
    if times.count > 1 || Self.areDays(named) || Self.areWords(named) { return false }
    // `MM1S` and `H929` are built otherwise, as names of one series are not.
    let shapes = Set(
      named.map { text in
        text.reduce(into: "") { shape, character in
          let kind: Character = character.isLetter ? "a" : character.isNumber ? "1" : "-"
          if shape.last != kind { shape.append(kind) }
        }
      })
    let starts = Set(named.map { $0.lowercased().split { !$0.isLetter }.first ?? "" })
    return shapes.count < 2 || starts.count < named.count || named.contains(where: SheetFacts.isCommon)
      || !named.allSatisfy { $0.contains(where: \.isLetter) && $0.contains(where: \.isNumber) }
  }

  /// Whether a column of identifiers, `ID`, holds names and no numbers of rows or replicates: `MM1S`, `patient 7`.
  private var areSamples: Bool {
    guard ["id", "ids", "name", "unnamed"].contains(String(ColumnRole.fold(name).filter { !$0.isNumber })) else {
      return false
    }
    let named = texts.filter { !$0.isEmpty }
    return named.count > 1
      && named.allSatisfy { text in
        text.contains(where: \.isLetter) && text.count > 1 && !ReplicateWord.isAll(of: text)
          && text.wholeMatch(of: /(?:r|w|n|rep|repl|replicate|run|well|row|plate|id|no|nr)?[ _.-]*\d+/.ignoresCase())
            == nil
          && text.wholeMatch(of: /[A-Pa-p]\d{1,2}/) == nil
      }
  }

  /// Whether drugs alone and combinations that differ in it were measured apart, as no words for what a well holds are.
  var mayConfound: Bool {
    guard !isOver, texts.count > 1, !isChosen, !areReplicates, !isReplicate else { return false }
    if isExperiment { return true }
    let words: Set = [
      "single", "singles", "alone", "mono", "monotherapy", "combination", "combinations", "combo", "combined", "both",
      "mixture", "mix", "matrix", "pair", "drug", "drugs", "agent", "sample", "control", "dmso",
    ]
    return texts.count <= 12 && !isNote && !isOfWords && !TreatmentColumn.isName(name)
      && !texts.contains { text in
        !words.isDisjoint(with: text.lowercased().split { !$0.isLetter }.map(String.init)) || Double(text) != nil
      }
  }

  /// Whether plates are called after days: `day1`, `d3`.
  private static func areDays(_ names: [String]) -> Bool {
    names.count > 1 && names.allSatisfy { $0.wholeMatch(of: /(day|d|tag)[ _-]?\d{1,2}/.ignoresCase()) != nil }
  }

  /// Whether some plate's name is a word without a number and they differ in more than a letter at the end: `normoxia` and
  /// `hypoxia`, `siCtrl` and `siXPO1`. `plate A` and `plate B` are one series.
  private static func areWords(_ names: [String]) -> Bool {
    guard names.count > 1, names.contains(where: { !$0.contains(where: \.isNumber) }) else { return false }
    let folded = names.map { $0.lowercased().filter { $0.isLetter || $0.isNumber } }
    let common = folded.dropFirst().reduce(folded[0]) { $0.commonPrefix(with: $1) }.count
    // Words of a series, of places and of days tell nothing but plates apart.
    let series: Set = [
      "one", "two", "three", "four", "first", "second", "third", "fourth", "left", "right", "top", "bottom", "upper",
      "lower",
      "middle", "north", "south", "east", "west", "original", "repeat", "rerun", "copy", "master", "duplicate", "old",
      "new",
      "pilot", "main", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "alpha", "beta",
      "gamma",
      "delta", "red", "blue", "green", "yellow",
    ]
    let words = names.flatMap { $0.lowercased().split { !$0.isLetter }.map(String.init) }
    return folded.contains { $0.count - common > 2 && $0.contains(where: \.isLetter) }
      && series.isDisjoint(with: words)
  }

  /// The number of a row's value.
  mutating func number(of row: borrowing TextRow, response: Int) -> UInt16 {
    if isWide { return UInt16(response) }
    guard !isOver else { return 0 }
    if texts.isEmpty || !row.field(place, equals: last) {
      last.removeAll(keepingCapacity: true)
      last.append(contentsOf: row.bytes[row.range(place)])
      lookUp()
    }
    return lastNumber
  }

  /// Finds the number of the last value, or gives it one.
  private mutating func lookUp() {
    let (key, isNew) = keys.number(of: last)
    guard isNew else {
      lastNumber = numbers[key]
      return
    }
    let written = String(trimming: last)
    let text = Self.saysNothing(written) ? "" : written
    let place = Self.place(text)
    let hasRoom = numbers.count < 4 * ConditionColumns.mostValues
    if let known = places[place], hasRoom {
      lastNumber = known
    } else if hasRoom, texts.count < ConditionColumns.mostValues {
      lastNumber = UInt16(texts.count)
      places[place] = lastNumber
      texts.append(text)
    } else {
      isOver = true
      lastNumber = 0
      (keys, numbers, places, texts) = (ByteKeys(), [], [:], [])
      return
    }
    numbers.append(lastNumber)
  }

  /// Whether a value is a word for none: `NA`, `-`. `none` and `0` may be conditions.
  private static func saysNothing(_ text: String) -> Bool {
    text.utf8.count <= 4 && ["na", "n/a", "n.a.", "nan", "null", "-", "–", "—"].contains(text.lowercased())
  }

  /// Whether its name and its few values say which wells are to be used.
  var areExclusions: Bool {
    let names: Set = [
      "exclude", "excluded", "exclusion", "outlier", "outliers", "isoutlier", "qc", "qcflag", "flag", "flags",
      "flagged",
      "use", "used", "include", "included", "valid", "isvalid", "keep", "masked", "mask", "bad", "reject", "rejected",
      "remove",
    ]
    let words: Set = [
      "", "0", "1", "true", "false", "t", "f", "yes", "no", "y", "n", "x", "ok", "pass", "passed", "fail", "failed",
      "bad",
      "good", "outlier", "exclude", "excluded", "include", "included", "keep", "valid", "invalid", "remove", "reject",
      "rejected", "flag", "flagged", "ja", "nein", "oui", "non",
    ]
    return names.contains(ColumnRole.fold(name)) && !isChosen && !isOver && texts.count > 1
      && texts.allSatisfy { words.contains($0.lowercased()) }
  }

  /// Whether some value is a number.
  var holdsNumbers: Bool { texts.contains { Double($0) != nil } }

  /// What equal values have in common: `72` and `72.0` are one time. `1.1` and `1.10` may be two passages, `007` and `7` two
  /// donors.
  private static func place(_ text: String) -> String {
    guard text.utf8.last == UInt8(ascii: "0"), let match = text.wholeMatch(of: /(\d{1,15})[.,]0+/) else { return text }
    return String(match.output.1)
  }
}
