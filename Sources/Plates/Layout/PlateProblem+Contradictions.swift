import Assay
import DoseTables

extension PlateProblem {
  /// What is said where two things that a file says, or a name and a number, do not go together.
  var contradictionDescription: String {
    switch self {
    case .layoutMarks(let column, let values):
      "column \(Self.quoted(column)) of the layout (\(Self.list(values))) was not read: every well is used. To exclude wells name their plates "
        + "and wells in a --mask table (plate,well,reason), or give them the role excluded"
    case .sheetsWithoutPlate(let sheets):
      "the sheets \(Self.list(sheets)) are layouts, and nothing says of which plates; they were excluded. Name each sheet after its plate, or "
        + "add a column plate"
    case .sheetsArePlates(let sheets):
      "the sheets \(Self.list(sheets)) are layouts; each was taken for that of the plate it is called as"
    case .gridTwice(let name, let line):
      "line \(line): a second grid says \(Self.quoted(name)), expected each property once, since a file of grids is the layout of one plate; the "
        + "file was excluded. Put the grids of each plate into a file or sheet of its own"
    case .mergedWells(let sheet, let cells, let text):
      "sheet \(Self.quoted(sheet)): the merged cells \(cells) (\(Self.quoted(text))) reach beyond the plate's wells, or cover their letters or "
        + "numbers; nothing says which wells they are, so the file was excluded. Unmerge them and write into each well what it holds"
    case .drugsNotUsed(let plate, let wells):
      "plate \(Self.name(plate)): \(Self.wells(wells)) \(wells.count == 1 ? "has" : "have") drugs, and a role that says that they are not used; "
        + "excluded"
    case .mediumOrUntreated(let plate, let wells):
      "plate \(Self.name(plate)): \(Self.wells(wells)) \(wells.count == 1 ? "holds" : "hold") water, buffer or medium in the place of every drug, "
        + "and others another vehicle: such wells may have no cells; excluded. Specify it in a column role: blank, empty, or negative"
    case .roleAgainstDrugs(let plate, let wells, let role, let drugs):
      "plate \(Self.name(plate)): \(Self.wells(wells)) \(wells.count == 1 ? "is" : "are") \(role.rawValue) by role, and "
        + "\(wells.count == 1 ? "has" : "have") \(Self.list(drugs)); "
        + (role == .positive
          ? "the role stands" : "nothing says which holds, so \(wells.count == 1 ? "it was" : "they were") excluded")
        + ". Correct the role or the doses"
    case .wellsNumbered(let format):
      "the wells are numbered; taken row by row on a plate of \(format.wells) wells: 1 is A1, 2 is A2, \(format.columns + 1) is B1"
    case .rowsNumbered: "rows and columns are numbered; taken from 1, so that row 1 is A"
    case .unitMissing(let drugs):
      "no unit is stated for the doses of \(Self.list(drugs)); they are shown without one. Add a column unit, or write conc1 (uM)"
    case .manifestCondition(let column, let values):
      "column \(Self.quoted(column)) of the manifest tells plates of one layout and sample apart (\(Self.list(values))): each value is a sample "
        + "of its own. If its values are replicates, call the column replicate"
    case .manifestChannels(let channels, let asked):
      "the manifest's exports hold the channels \(Self.list(channels)), expected one"
        + (asked.map { " that is called \(Self.quoted($0))" } ?? "") + "; they were excluded. Specify it with --channel"
    case .signalRises(let plate, let title, let wells, let all):
      "plate \(Self.name(plate)): \(Self.quoted(title)) names a signal that rises when cells die, and \(wells) of \(all) treated wells read more "
        + "than the negative controls; its wells were excluded. If dying cells read higher give --signal-direction higher, else "
        + "--signal-direction lower"
    case .platesPooled(let plates):
      "the layout names no sample: the wells of one treatment on plates \(Self.list(plates)) are replicates of one block. If the plates "
        + "differ, say their samples in a column sample"
    default: readingDescription
    }
  }

  /// What is said of readings and their levels.
  private var readingDescription: String {
    switch self {
    case .blockRises(let top, let channel):
      "the signal\(channel.map { " (" + Self.quoted($0) + ")" } ?? "") where every drug has high doses is \(Self.tenths(top)) % of that of the "
        + "negative controls: it rises as one of dead cells does, and would be read as cells that grow. If dying cells read higher give "
        + "--signal-direction higher, which needs positive controls, else --signal-direction lower"
    case .vehicleDiffers(let plate, let sample, let vehicle, let count, let other, let wells):
      "plate \(Self.name(plate))\(sample.map { ", sample " + Self.name($0) } ?? ""): the negative controls with the vehicle read "
        + "\(Self.level(vehicle)) (the median of \(count)) and those without it \(Self.level(other)) (\(Self.wells(wells))), which is "
        + "more than chance and 5 %. The vehicle's level was used, since treated wells hold the vehicle too, and the others were "
        + "excluded. If treated wells hold none, give the wells with the vehicle the role empty"
    case .versionsComputed(let plate, let used, let others):
      "plate \(Self.name(plate)) was read once and is there several times: \(Self.list(others)) \(others.count == 1 ? "was" : "were") computed "
        + "of what was measured\(used.isEmpty ? "" : " (" + Self.list(used) + ")") and not used. To use \(others.count == 1 ? "it" : "one of them"), "
        + "take the others out of the files"
    case .timesOfPlate(let plate, let used, let times, let wasAsked):
      "plate \(Self.name(plate)) was read at \(times.count) times (\(Self.list(times))); \(Self.quoted(used)) was used"
        + (wasAsked ? ", as was asked" : ", the last. Say another with --time")
    case .timeOfPlateAbsent(let plate, let wanted, let times):
      "plate \(Self.name(plate)) was read at the times \(Self.list(times)), and not at \(Self.level(wanted)) h, which was asked for; it was "
        + "excluded. Correct --time"
    default: ""
    }
  }

  private static func tenths(_ value: Double) -> String { PlateReadingError.tenths(value) }
  private static func level(_ value: Double) -> String { PlateReadingError.number(value) }
}
