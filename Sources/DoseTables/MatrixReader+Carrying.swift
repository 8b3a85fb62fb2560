import Spreadsheets

/// What of one matrix holds for the next. What was said of it is not said of a matrix that has a title or labels of its own,
/// understood or not; it holds where nothing stands above the next one, or a word for a replicate alone.
extension MatrixReader {
  /// The matrix before.
  struct Previous {
    var line: Int
    var drugs: [String]
    var sample: String?
    /// What labels said of it.
    var labels: [Label: String]
    /// What it was called.
    var heading: String
    /// The texts above it.
    var section: [String]
  }

  /// Begins what is said of the next matrix with a line above it.
  mutating func beginWords(_ text: String) {
    guard isSaidOld, !ReplicateWord.isAll(of: text), !Self.isStatistic(text), !ComputedWords.are(text) else { return }
    (isSaidOld, own, said) = (false, text, nil)
    if isSampleCarried { labels[.sample] = nil }
    isSampleCarried = false
  }

  /// Begins it with a label: one that names a drug says that the drugs are others.
  mutating func beginWords(_ label: Label, _ text: String, value: String) {
    guard bare != nil else { return }
    switch label {
    case .drug(let number):
      // Below a word for a replicate the labels of the matrix before may stand once more.
      if let drugs = previous?.drugs, drugs.indices.contains(number - 1), ReplicateWord.isAll(of: heading),
        ColumnRole.fold(drugs[number - 1]) == ColumnRole.fold(Self.nameAndUnit(value).name)
      {
        return
      }
      beginWords(text)
    case .sample: isSampleCarried = false
    default: break
    }
  }

  /// Takes a row of texts around matrices.
  mutating func takeTexts(_ row: borrowing TextRow) {
    let texts = row.texts.filter { !$0.isEmpty }
    let title = texts.joined(separator: ", ")
    let words = texts.joined(separator: " ")
    if ReplicateWord.isAll(of: words) {
      takeHeading(words, line: row.line)
    } else if MatrixTitle(title) != nil {
      takeHeading(title, line: row.line)
    } else {
      titles.append(words)
      noteText(title, line: row.line)
      noteStray(row)
      if words.contains(where: \.isLetter) { beginWords(title) }
    }
    rowAbove = row.texts
  }

  /// Doubts a row of a dose and responses that has no row of doses above it, as one below a remark within a matrix.
  private mutating func noteStray(_ row: borrowing TextRow) {
    guard let previous, !Self.isStatistic(heading), !ComputedWords.are(heading),
      case .dose? = AxisLabel(row, column, numbers)
    else { return }
    let fields = column + 1..<max(row.countWithoutTrailingEmpties, column + 1)
    guard fields.count > 1, fields.allSatisfy({ numbers.response(in: row.bytes, row.range($0)) != nil }) else { return }
    screen.findings.add(.warning(.strayRow(line: row.line, text: row.text(column), matrix: previous.line)))
  }

  /// Whether a row among those of a matrix is none of them but a title with commas: a text in the place of the dose, and no
  /// responses beside it.
  func isTitle(_ row: borrowing TextRow) -> Bool {
    guard bare != nil, let header, AxisLabel(row, column, numbers) == nil else { return false }
    let texts = row.texts.filter { !$0.isEmpty }
    guard texts.count > 1 else { return false }
    let values = header.indices.count { place in
      let field = column + 1 + place
      return field < row.count
        && (numbers.response(in: row.bytes, row.range(field)) != nil || Self.saysUnmeasured(row.text(field)))
    }
    // `U266, 72 h` is a title, a letter in the place of a digit none.
    if values == 0 { return texts.reduce(0) { $0 + $1.count(where: \.isLetter) } > 1 }
    if values == 1 { return texts[0].count(where: \.isLetter) > 2 }
    return values < header.count && MatrixTitle(texts.joined(separator: ", "))?.drugs.isEmpty == false
  }

  /// Takes the drugs that labels named for the matrix before, where this one is only called another replicate.
  mutating func carryLabels(corner: String) {
    (areDrugsCarried, ownHeading) = (false, "")
    defer { ownLabels = labels }
    guard let previous, isSaidOld, isOnlyReplicate(corner) else { return }
    if heading.isEmpty { ownHeading = previous.heading }
    for (label, value) in previous.labels where labels[label] == nil {
      switch label {
      case .drug, .unit: labels[label] = value
      case .sample, .block: break
      }
    }
  }

  private func isOnlyReplicate(_ corner: String) -> Bool {
    ReplicateWord.isAll(of: heading) || (heading.isEmpty && ReplicateWord.isAll(of: corner))
  }

  /// Says what was said of the matrix before and is not said of this one, and what was taken from it.
  mutating func noteCarried(_ block: RawBlock) {
    guard bare != nil, let previous else { return }
    func isNumbered(_ drug: String) -> Bool { drug == "drug 1" || drug == "drug 2" }
    let lacksDrugs = zip(block.drugs, previous.drugs).contains { isNumbered($0) && !isNumbered($1) }
    let lacksSample = block.sample == nil && previous.sample != nil
    if lacksDrugs || lacksSample {
      screen.findings.add(
        .warning(
          .notCarried(
            line: block.line, title: own, from: previous.line, drugs: lacksDrugs ? previous.drugs : [],
            sample: lacksSample ? previous.sample : nil)))
    } else if areDrugsCarried, ReplicateWord(block.title) == nil {
      screen.findings.add(
        .warning(
          .titleCarried(
            line: block.line, from: previous.line, drugs: block.drugs,
            sample: block.sample == previous.sample ? block.sample : nil)))
    }
  }
}
