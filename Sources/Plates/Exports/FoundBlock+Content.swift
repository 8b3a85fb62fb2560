import Assay

extension FoundBlock.Series {
  /// Whether a cell says something of its well: a number, or that it is out of range or masked.
  var hasValue: Bool {
    cells.contains { cell in
      switch CellReading.either.content(cell.text) {
      case .number: true
      case .noted(let note, _): note != .unreadable
      case .empty, .text: cell.text == CutOff.mark
      }
    }
  }

  /// How many cells a reader would write, and how many hold other texts.
  var counts: (readings: Int, texts: Int) {
    var (readings, texts) = (0, 0)
    for cell in cells {
      switch CellReading.either.content(cell.text) {
      case .number, .noted: readings += 1
      case .text: texts += cell.text == CutOff.mark ? 0 : 1
      case .empty: break
      }
    }
    return (readings, texts)
  }

  /// A list that names every well equally often holds as many reads of the plate.
  var passes: [FoundBlock.Series] {
    var counts: [WellPosition: Int] = [:]
    for cell in cells { counts[cell.position, default: 0] += 1 }
    guard let times = counts.values.first, times > 1, counts.count > 1, counts.values.allSatisfy({ $0 == times }) else {
      return [self]
    }
    var passes = [FoundBlock.Series](repeating: self, count: times)
    for pass in passes.indices {
      passes[pass].cells = []
      passes[pass].repeatNumber = pass + 1
    }
    var seen: [WellPosition: Int] = [:]
    for cell in cells {
      passes[seen[cell.position, default: 0]].cells.append(cell)
      seen[cell.position, default: 0] += 1
    }
    for pass in passes.indices { passes[pass].line = passes[pass].cells.first?.line ?? line }
    return passes
  }
}
