import Assay
import Plates

/// Layouts and transfers as the text that `LayoutSet` reads.
public enum LayoutWriter {
  /// A layout table: a row a well, two drugs or as many as there are in a well.
  public static func table(_ layouts: [PlateLayout]) -> String {
    let drugs = max(2, layouts.flatMap(\.wells).map(\.treatments.count).max() ?? 2)
    var text = "plate,well,role"
    for drug in 1...drugs { text += ",drug\(drug),conc\(drug),unit\(drug)" }
    text += ",sample,replicate" + (layouts.contains(where: \.isDayZero) ? ",day" : "") + "\n"
    for layout in layouts {
      for well in layout.wells {
        text += "\(quoted(layout.plate)),\(well.position),\(well.role.rawValue)"
        for drug in 0..<drugs {
          guard drug < well.treatments.count else {
            text += ",,,"
            continue
          }
          let treatment = well.treatments[drug]
          text += ",\(quoted(treatment.drug)),\(number(treatment.dose)),\(quoted(treatment.unit.symbol))"
        }
        text += ",\(quoted(well.sample ?? "")),\(well.replicate.map(String.init) ?? "")"
        if layouts.contains(where: \.isDayZero) { text += layout.isDayZero ? ",0" : "," }
        text += "\n"
      }
    }
    return text
  }

  /// An Echo pick list, with the compounds and their concentrations in the source wells.
  public static func pickList(_ picks: [LayoutDesign.Pick]) -> String {
    var text = "Source Plate Barcode,Source Well,Destination Plate Barcode,Destination Well,Transfer Volume,"
    text += "Sample Name,Sample Concentration,Sample Concentration Unit\n"
    for pick in picks {
      text +=
        "\(quoted(pick.sourcePlate)),\(pick.sourceWell),\(quoted(pick.plate)),\(pick.well),\(number(pick.volume)),"
      text += "\(quoted(pick.drug)),\(number(pick.stock)),\(quoted(pick.unit.symbol))\n"
    }
    return text
  }

  /// The shortest text that reads back to the same number.
  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
