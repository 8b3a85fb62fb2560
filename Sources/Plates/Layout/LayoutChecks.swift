import Assay
import DoseTables

/// What can only be told once all wells of a layout are known: which wells are controls, and whose role and drugs contradict
/// each other.
enum LayoutChecks {
  /// Wells that are called blank hold no cells where others are untreated by name; else nothing tells, and they are left out.
  static func nameBlanks(_ layout: inout LayoutBuilder.Gathered, _ problems: inout PlateProblems) {
    let blanks = layout.blank.filter { layout.wells[$0]?.role == .empty }.sorted()
    guard !blanks.isEmpty else { return }
    if layout.wells.values.contains(where: { $0.role == .negative }) {
      for position in blanks { layout.wells[position]?.role = .blank }
      problems.add(.blanksByName(plate: layout.name, wells: blanks.map(\.description)), .warning, file: layout.file)
    } else {
      for position in blanks {
        problems.add(
          .blankOrUntreated(plate: layout.name, well: position.description), .warning, file: layout.file,
          line: layout.wells[position]?.line)
      }
    }
  }

  /// Gives wells without a role theirs, and takes out those that are not what they are called.
  static func apply(to layout: inout LayoutBuilder.Gathered, _ problems: inout PlateProblems) {
    nameZeros(&layout)
    refuseMedium(&layout, &problems)
    compareRoles(&layout, &problems)
    let emptied = layout.emptied.sorted()
    if !emptied.isEmpty {
      problems.add(
        .drugsNotUsed(plate: layout.name, wells: emptied.map(\.description)), .info, file: layout.file,
        line: layout.wells[emptied[0]]?.line)
    }
  }

  /// A column of roles that is blank says nothing: where no well is a negative control, those whose every dose is 0 are.
  private static func nameZeros(_ layout: inout LayoutBuilder.Gathered) {
    guard !layout.wells.values.contains(where: { $0.role == .negative }) else { return }
    for position in layout.zero {
      layout.wells[position]?.role = .negative
      layout.untreated.insert(position)
      layout.unsaid.remove(position)
    }
  }

  /// Water, PBS or medium beside wells of another vehicle are often the wells at the edge, without cells: that is asked.
  private static func refuseMedium(_ layout: inout LayoutBuilder.Gathered, _ problems: inout PlateProblems) {
    let wells = layout.medium.filter { layout.wells[$0]?.role == .negative }.sorted()
    guard !wells.isEmpty,
      layout.wells.values.contains(where: { $0.role == .negative && !layout.medium.contains($0.position) })
    else { return }
    for position in wells {
      layout.wells[position]?.role = .empty
      layout.untreated.remove(position)
    }
    problems.add(
      .mediumOrUntreated(plate: layout.name, wells: wells.map(\.description)), .warning, file: layout.file,
      line: layout.wells[wells[0]]?.line)
  }

  /// A control that has a drug which not every treated well has is neither the one nor the other. A positive control may be a
  /// drug, and is doubted where it is a combination of those that are combined.
  private static func compareRoles(_ layout: inout LayoutBuilder.Gathered, _ problems: inout PlateProblems) {
    let treated = layout.wells.values.filter { $0.role == .sample && $0.treatments.contains { $0.dose > 0 } }
    let combined = Set(
      treated.filter { $0.treatments.count { $0.dose > 0 } > 1 }.flatMap(\.treatments).map { $0.drug.lowercased() })
    // What no treated well has, as ethanol or an isotype control, is a control's own.
    let tested = Set(treated.flatMap(\.treatments).map { $0.drug.lowercased() })
    var found: [PlateLayout.Role: [PlateLayout.Well]] = [:]
    for well in layout.wells.values.sorted(by: { $0.position < $1.position }) {
      let own = well.treatments.filter { own in
        own.dose > 0 && tested.contains(own.drug.lowercased())
          && !treated.allSatisfy { other in
            other.treatments.contains { $0.drug.lowercased() == own.drug.lowercased() && $0.dose == own.dose }
          }
      }
      switch well.role {
      case .negative, .blank: if !own.isEmpty { found[well.role, default: []].append(well) }
      case .positive:
        if own.count > 1, own.allSatisfy({ combined.contains($0.drug.lowercased()) }) {
          found[.positive, default: []].append(well)
        }
      case .sample, .empty: break
      }
    }
    for (role, wells) in found.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      if role != .positive {
        for well in wells {
          layout.wells[well.position]?.role = .empty
          layout.wells[well.position]?.treatments = []
          layout.untreated.remove(well.position)
        }
      }
      problems.add(
        .roleAgainstDrugs(
          plate: layout.name, wells: wells.map(\.position.description), role: role,
          drugs: wells[0].treatments.filter { $0.dose > 0 }.map(\.drug)),
        .warning, file: layout.file, line: wells[0].line)
    }
  }
}
