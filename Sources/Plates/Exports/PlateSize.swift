import Assay

/// Tells a plate's size from the wells that an export names and from what it says.
struct PlateSize {
  /// The plate.
  var format: PlateFormat
  /// Whether the export says another size than the wells do.
  var contradicts: WellPosition?

  /// Tells the size.
  ///
  /// - Parameters:
  ///   - wells: Every well that the export names.
  ///   - header: The size that a grid's column numbers make.
  ///   - stated: The size that the export states.
  init?(_ wells: [WellPosition], header: PlateFormat?, stated: PlateFormat?) {
    let known = wells.filter { well in PlateFormat(holding: well) != nil }
    guard let last = known.map(\.row).max(), let right = known.map(\.column).max(),
      let holding = PlateFormat(holding: WellPosition(row: last, column: right))
    else { return nil }
    if let stated {
      let outside = known.filter { !stated.contains($0) }
      if outside.count * 10 <= known.count {
        format = stated
        return
      }
      contradicts = outside.first
    }
    if let header {
      // Twelve columns of a plate with sixteen rows are half of a larger plate; nine rows are a mistake.
      let larger = PlateFormat.standard.first { $0.rows == last + 1 && $0.columns >= header.columns }
      format = last < header.rows ? header : larger ?? header
      return
    }
    // A full plate and a well or two past it: a mistyped well makes no larger plate.
    let filled = PlateFormat.standard.last { smaller in
      guard smaller.wells < holding.wells, smaller.wells >= 24 else { return false }
      let inside = known.count { smaller.contains($0) }
      return known.count - inside <= 2 && inside * 10 >= smaller.wells * 9
    }
    format = filled ?? holding
  }

  /// The size that the words of an export state: `96 WELL PLATE`, `384`.
  static func stated(in context: BlockContext) -> PlateFormat? {
    for name in [
      "numberofthewellsintheplate", "numberofwells", "platetype", "plateformat", "platetypename", "wellcount",
    ] {
      guard let value = context.value(name) else { continue }
      for word in value.split(whereSeparator: { !$0.isNumber }) {
        if let wells = Int(word), wells >= 6, let format = PlateFormat(wells: wells) { return format }
      }
    }
    return nil
  }
}
