import Assay
import DoseTables

extension PlateProblem: CustomStringConvertible {
  /// What was read, what was expected and what to do.
  var description: String {
    switch self {
    case .notALayout(let columns):
      "not a layout: found \(Self.list(columns)); expected a table with the columns plate, well, role, drug1, conc1, drug2, conc2, "
        + "unit, sample, or grids as plater reads them, or an Echo transfer log; rename the columns"
    case .layoutUnreadable(let error): "\(error)"
    case .emptyFile(let expected): "the file is empty; expected \(expected). Save or export it again"
    case .nothingInIt(let kind):
      "recognised as \(kind), and it holds no row that could be used; expected one below the header for "
        + "each well. Save the file again"
    case .cutOff(let line):
      "line \(line): the file breaks off here in the middle of a quoted or oversized row; what follows was excluded. Save the file again"
    case .badWell(let plate, let text):
      "plate \(Self.name(plate)): \(Self.quoted(text)) is no well; expected a row's letters A to AF and a column's number 1 to 48, "
        + "as in B7; the row was excluded"
    case .badRole(let plate, let well, let text):
      "plate \(Self.name(plate)), well \(well): role \(Self.quoted(text)) was not recognised; expected sample, negative, positive, "
        + "blank or empty; the well was excluded"
    case .badDose(let plate, let well, let drug, let text):
      "plate \(Self.name(plate)), well \(well): dose \(Self.quoted(text)) of \(Self.name(drug)) is not a number of 0 or more; "
        + "the well was excluded. Write the final concentration, 0 where the drug is absent"
    case .doseWithoutDrug(let plate, let well, let column):
      "plate \(Self.name(plate)), well \(well): a dose without a drug's name in \(column); the well was excluded. Name the drug"
    case .drugTwice(let plate, let well, let drug):
      "plate \(Self.name(plate)), well \(well): \(Self.name(drug)) is named twice; the well was excluded. Name each drug once"
    case .wellTwice(let plate, let well, let lines, let isSame):
      "plate \(Self.name(plate)), well \(well) is stated twice (\(Self.lines(lines))), "
        + (isSame
          ? "both times alike; it was taken once"
          : "each time with another content; the well was excluded. Keep one of the rows")
    case .blankOrUntreated(let plate, let well):
      "plate \(Self.name(plate)), well \(well): \"blank\" in the place of every drug may be a well without cells or an untreated one; "
        + "the well was excluded. Specify it in a column role: blank, or negative"
    case .blanksByName(let plate, let wells):
      "plate \(Self.name(plate)): \(Self.wells(wells)) \(wells.count == 1 ? "is" : "are") called blank, and others are untreated; taken for wells "
        + "without cells. Say what they are in a column role if that is wrong"
    case .controlsByDrug(let plate, let wells):
      "plate \(Self.name(plate)): \(Self.wells(wells)) \(wells.count == 1 ? "holds" : "hold") no drug but the vehicle; taken for negative "
        + "controls"
    case .nothingSaid(let plate, let wells):
      "plate \(Self.name(plate)): of \(Self.wells(wells)) the layout says neither a drug nor a role; taken for empty. If they are untreated, "
        + "give them the role negative"
    case .controlFluid(let fluid, let role):
      "the fluid \(Self.quoted(fluid)) is called as \(role.rawValue) controls are; its wells were taken for those"
    case .severalRows(let plate, let wells):
      "plate \(Self.name(plate)): \(Self.wells(wells)) \(wells.count == 1 ? "has" : "have") several rows, each with another drug; taken "
        + "for combinations of them"
    case .notASheet(let name):
      "sheet \(Self.quoted(name)) was not recognised as a part of the layout, and was excluded; expected a table as of a layout, or a "
        + "plate's wells in a sheet that is called as the column of such a table (drug1, conc1, drug2, conc2, role, sample)"
    case .badTreatment(let plate, let well, let text):
      "plate \(Self.name(plate)), well \(well): \(Self.quoted(text)) was not recognised; expected drugs with doses and units, as "
        + "\"selinexor 0.33 uM + bortezomib 5 nM\", or what the well is for; the well was excluded"
    case .layoutCondition(let column, let values):
      "column \(Self.quoted(column)) tells wells of one treatment apart (\(Self.list(values))): each value is a sample of its own. If its "
        + "values are replicates, call the column replicate"
    case .layoutColumnsUnread(let names):
      "columns of the layout that were not needed: \(Self.list(names))"
    case .dayZeroUnused(let plates):
      "\(Self.list(plates)) \(plates.count == 1 ? "was" : "were") read when the drugs were given (day 0) and \(plates.count == 1 ? "has" : "have") no part in "
        + "the scores; they are for --normalise gr"
    case .doseColumnMissing(let drugs, let columns):
      "the layout names \(drugs.map { "drug \($0)" }.joined(separator: " and ")) and no doses: found the columns \(Self.list(columns)), expected "
        + "\(drugs.map { "conc\($0)" }.joined(separator: ", ")) too. Call the columns of the doses so"
    case .configurationDiffers(let plate, let wells):
      "plate \(Self.name(plate)): the plate configuration takes \(Self.wells(wells)) for controls or empty, which have a drug in the layout; "
        + "the configuration stands. Correct one of them"
    case .dayMixed(let plate):
      "plate \(Self.name(plate)): some wells are marked as day 0 and some are not; the plate was taken for a treated one. "
        + "Mark all wells of a plate of the start or none"
    case .layoutWithoutPlate(let plate):
      "plate \(Self.name(plate)) has a layout and no reading among the files; its wells are missing from the results. "
        + "Add the export, or correct the barcode"
    case .offPlate(let plate, let wells, let format):
      "plate \(Self.name(plate)): \(Self.wells(wells)) of the layout \(wells.count == 1 ? "is" : "are") not on a "
        + "\(format.wells)-well plate (rows A to \(WellPosition(row: format.rows - 1, column: 0).rowName), columns 1 to \(format.columns)); "
        + "excluded. Check the layout and which plate was read"
    default: transferDescription
    }
  }

  private var transferDescription: String {
    switch self {
    case .badTransfer(let text):
      "\(Self.quoted(text)) is no transfer; expected source well, destination well and a volume in nL; the row was excluded"
    case .transferFailed(let plate, let well, let source, let status):
      "plate \(Self.name(plate)), well \(well): the transfer from \(Self.name(source)) failed"
        + (status.isEmpty ? " (nothing was transferred)" : " (\(Self.name(status)))") + "; the well was excluded"
    case .transferShort(let plate, let well, let source, let requested, let actual, let isKept):
      "plate \(Self.name(plate)), well \(well): \(Self.number(actual)) nL came from \(Self.name(source)) where "
        + "\(Self.number(requested)) nL were asked for; "
        + (isKept ? "the dose that was asked for stands" : "the well was excluded")
    case .stockUnknown(let plate, let wells, let source):
      "plate \(Self.name(plate)): nothing says what is in source well \(Self.name(source)) (\(Self.wells(wells))); excluded. "
        + "Give a stock list with the columns source plate, source well, drug, stock concentration, unit as another --layout"
    case .stockTwice(let source):
      "source well \(Self.name(source)) is stated twice with different contents; the first counts"
    case .wellVolumeMissing:
      "concentrations from transferred volumes need the volume of an assay well: give --well-volume (in µL)"
    case .solventHigh(let plate, let wells, let worst, let fraction, let limit):
      "plate \(Self.name(plate)): \(wells == 1 ? "1 well has" : "\(wells) wells have") more than \(Self.number(100 * limit)) % solvent "
        + "(\(worst): \(Self.number(100 * fraction)) %); used as they stand. Set --solvent-limit if that is meant"
    case .doseDiffers(let plate, let well, let drug, let layout, let log, let unit):
      "plate \(Self.name(plate)), well \(well): the layout says \(Self.number(layout)) \(unit) \(Self.name(drug)), the transfers make "
        + "\(Self.number(log)) \(unit); the layout's dose stands. Check stock concentration and well volume"
    case .transferOfOther(let plate, let well, let layout, let log):
      "plate \(Self.name(plate)), well \(well): the layout has \(Self.list(layout)), the transfers bring \(Self.list(log)); "
        + "the layout's drugs stand. Check which is right"
    default: plateDescription
    }
  }

  private var plateDescription: String {
    switch self {
    case .barcodeUnknown(let barcode, let known):
      "plate \(Self.name(barcode)) is in no layout (\(Self.known(known))); it was excluded. "
        + "Correct the barcode, add its layout, or say which plate of a layout it is: --plate FILE=NAME"
    case .noBarcode(let file, let known):
      "the export states no barcode and \(Self.name(LayoutSet.stem(file))) is no plate of a layout (\(Self.known(known))); "
        + "it was excluded. Specify the plate: --plate \(Self.shell(file))=NAME, or name the file after its plate"
    case .namedByFile(let plate, let barcode):
      barcode.map {
        "the barcode \(Self.name($0)) is in no layout; by its file's name this is plate \(Self.name(plate))"
      }
        ?? "no barcode; by its file's name this is plate \(Self.name(plate))"
    default: identityDescription
    }
  }

  private var identityDescription: String {
    switch self {
    case .numberInName(let file, let number, let known):
      "the export states no barcode, and \(Self.quoted(number)) in its file's name may be a plate or a channel, a repeat or a run "
        + "(\(Self.known(known))); it was excluded. Specify the plate: --plate \(Self.shell(file))=NAME, or a --manifest"
    case .severalTemplates(let plate, let templates):
      "plate \(Self.name(plate)) has no layout of its own, and several layouts name no plate (\(Self.list(templates))); it was excluded. "
        + "Specify which it has with --manifest, a table plate,layout,sample"
    case .templateServes(let template, let plates, let isOneSample, let isFiles):
      "the layout \(Self.name(template)) names no plate; used for \(plates.count == 1 ? "plate" : "plates") "
        + "\(plates.prefix(8).map(Self.name).joined(separator: ", "))\(plates.count > 8 ? ", … (\(plates.count))" : "")"
        + (isOneSample
          ? isFiles
            ? ", each as a sample of its own, since neither says its sample. Say samples with --manifest, a table plate,layout,sample; plates "
              + "of one sample are replicates"
            : " of the file of its name, as replicates of one sample. Say their samples with --manifest, a table plate,layout,sample, if "
              + "they differ"
          : "")
    case .sampleDiffers(let plate, let manifest, let layout):
      "plate \(Self.name(plate)): the manifest says sample \(Self.quoted(manifest)), the layout \(Self.quoted(layout)); the layout's, which "
        + "says it of each well, stands. Correct one of them"
    case .notAManifest(let columns):
      "not a manifest: found \(Self.list(columns)); expected the columns plate (or file) and layout or sample"
    case .manifestColumns(let names):
      "of the manifest \(Self.list(names)) \(names.count == 1 ? "was" : "were") not read; expected plate (or file), layout, sample, day, replicate, channel"
    case .manifestTimes(let column, let times):
      "plates were read at several times (\(Self.list(times)) in \(Self.quoted(column))), which are no replicates: each time is a sample of its own"
    case .manifestRow(let text):
      "\(Self.quoted(text)) names no plate; the row was excluded"
    case .manifestTwice(let plate, let firstLine):
      "plate \(Self.name(plate)) is named again, on line \(firstLine) otherwise; nothing says which row holds, so the plate was excluded. "
        + "Keep one of them"
    case .manifestLayout(let plate, let layout, let known):
      "plate \(Self.name(plate)) is to have the layout \(Self.name(layout)), and no such layout was given (\(Self.known(known))); it was "
        + "excluded. Name the file with --layout, or correct the manifest"
    case .manifestUnused(let plate):
      "the manifest names plate \(Self.name(plate)), and no export is of it; add the export, or correct the manifest"
    case .singleAlone(let plate, let drugs, let wells):
      "plate \(Self.name(plate)): \(Self.wells(wells)) \(wells.count == 1 ? "has" : "have") \(Self.list(drugs)) alone, which no "
        + "combination of the sample holds; not used"
    case .singlesOfOtherPlates(let drug, let wells, let plates, let blocks, let hasOwn):
      "\(wells == 1 ? "1 well" : "\(wells) wells") of \(Self.name(drug)) alone on \(Self.list(plates)) \(wells == 1 ? "is" : "are") used in block "
        + "\(Self.list(blocks)) too, whose combinations are on other plates"
        + (hasOwn ? ", together with the wells of the drug alone there" : "")
        + ". If plates are not to share them, give each its own sample in the layout or the manifest"
    case .barcodeTwice(let plate, let other, let well, let one, let two):
      "plate \(Self.name(plate)) was read twice, here and in \(other), with different values (well \(well): "
        + "\(Self.value(one)) and \(Self.value(two))); nothing says which holds, so the plate was excluded. Remove one of the readings"
    case .sameReadTwice(let plate, let other):
      "plate \(Self.name(plate)) is also in \(other) with the same values; it is used once"
    case .channels(let plate, let channels, let asked, let others):
      "plate \(Self.name(plate)) has the channels \(Self.list(channels)), expected one"
        + (asked.map { " that has \(Self.quoted($0)) in its name" } ?? "")
        + "; it was excluded. Specify it with --channel"
        + (others.isEmpty ? "" : "; if \(Self.list(others)) holds another plate, correct its barcode")
    case .repeats(let plate, let count, let used):
      "plate \(Self.name(plate)) was read \(count) times; repeat \(used) is used. Specify which with --repeat"
    case .repeatAbsent(let plate, let asked, let count):
      "plate \(Self.name(plate)) has no repeat \(asked) (it has \(count)); it was excluded. Correct --repeat"
    case .wellsWithoutValue(let plate, let wells, let note):
      "plate \(Self.name(plate)): \(Self.wells(wells)) of the layout \(Self.why(note, isOne: wells.count == 1)); excluded"
    case .layoutSmaller(let plate, let layout, let read):
      "plate \(Self.name(plate)): the layout fills a \(layout.wells)-well plate, and the export is of a \(read.wells)-well plate, so that its wells "
        + "would be those of others. Give the layout of the \(read.wells)-well plate; if only this part of it was used, list its other wells with the role empty"
    case .layoutUnits(let drug, let header, let stated):
      "the name of the dose column of drug \(drug) says \(header), and the column of units says \(stated). Take the wrong one away"
    case .wellsWithoutLayout(let plate, let wells):
      "plate \(Self.name(plate)): \(Self.wells(wells)) \(wells.count == 1 ? "has" : "have") a value and no layout; not used"
    case .controlsMissing(let plate, let role, let sample):
      "plate \(Self.name(plate))\(Self.of(sample))\(sample == nil ? "" : ",") has no \(role.rawValue) control with a value, so its wells cannot be normalised; "
        + "they were excluded. "
        + (role == .positive
          ? "Mark the controls in the layout, or give --normalise poc" : "Mark the controls in the layout")
    case .controlsSwapped(let plate, let sample, let negative, let positive, let positiveIs):
      "plate \(Self.name(plate))\(Self.of(sample)): the negative controls read \(Self.number(negative)), the positive ones "
        + "\(Self.number(positive)), expected the positive ones \(positiveIs.rawValue); are they swapped in the layout, or is this another "
        + "plate? Its wells were excluded. If dying cells read \(positiveIs == .lower ? "higher" : "lower") give --signal-direction "
        + (positiveIs == .lower ? "higher" : "lower")
    case .controlsEmpty(let plate, let sample, let negative, let blank):
      "plate \(Self.name(plate))\(Self.of(sample)): the negative controls read \(Self.number(negative))"
        + (blank.map { " after the blank (\(Self.number($0))) was subtracted" } ?? "")
        + ", expected a signal of more than 0; its wells were excluded. "
        + (blank == nil
          ? "Export the measured signals; if these are % inhibition already, give them as a table of doses and responses"
          : "Check which wells are the blanks")
    case .dayZeroMissing(let plate, let sample):
      "plate \(Self.name(plate))\(Self.of(sample)): growth rates need a plate of the start; its wells were excluded. "
        + "Give the layout of that plate a column day that says 0, and its export"
    case .noGrowth(let plate, let sample, let control, let start):
      "plate \(Self.name(plate))\(Self.of(sample)): the untreated wells read \(Self.number(control)) and on the plate of the start "
        + "\(Self.number(start)); without growth there is no growth rate. Its wells were excluded; give --normalise npi or poc"
    case .belowBlank(let plate, let wells):
      "plate \(Self.name(plate)): \(Self.wells(wells)) \(wells.count == 1 ? "reads" : "read") no more than the blank; "
        + "the growth rate's limit, −1 (200 % inhibition), stands for \(wells.count == 1 ? "it" : "them")"
    case .correctionImpossible(let plate):
      "plate \(Self.name(plate)): too few rows and columns hold replicates to tell position from treatment; not corrected"
    case .outlier(let plate, let well, let evidence, let isMasked):
      "plate \(Self.name(plate)), well \(well) looks like an outlier: \(evidence); "
        + (isMasked ? "excluded" : "it stays in. Give --mask-outliers or a --mask file to exclude it")
    case .failed(let plate, let reasons):
      "plate \(Self.name(plate)) fails: \(reasons.joined(separator: "; ")); it stays in the results. Look at its map in the report"
    case .notAMask(let columns):
      "not a mask: found \(Self.list(columns)); expected the columns plate, well and, if wanted, reason"
    case .maskUnknown(let plate, let well):
      "plate \(Self.name(plate)), well \(well) is to be masked and is no well of this screen; check the names"
    default: contradictionDescription
    }
  }

  /// A file as it is typed in a shell.
  private static func shell(_ file: String) -> String {
    file.allSatisfy { $0.isLetter || $0.isNumber || "._-/+,@".contains($0) } ? file : "'" + file + "'"
  }

  static func name(_ text: String) -> String { PlateReadingError.short(text) }
  static func quoted(_ text: String) -> String { PlateReadingError.quoted(text) }
  static func list(_ names: [String]) -> String { PlateReadingError.list(names) }
  private static func lines(_ lines: [Int]) -> String { PlateReadingError.lines(lines) }
  private static func number(_ value: Double) -> String { PlateReadingError.number(value) }
  private static func value(_ value: Double?) -> String { value.map(PlateReadingError.number) ?? "no value" }
  private static func of(_ sample: String?) -> String { sample.map { ", sample \(name($0))" } ?? "" }
  private static func known(_ plates: [String]) -> String {
    plates.isEmpty ? "no layout could be read" : "the layouts have \(list(plates))"
  }

  /// `well A1`, `wells A1, A2, … (384)`.
  static func wells(_ wells: [String]) -> String {
    let shown = wells.prefix(8).joined(separator: ", ")
    return wells.count == 1 ? "well \(shown)" : "wells \(shown)" + (wells.count > 8 ? ", … (\(wells.count))" : "")
  }

  private static func why(_ note: PlateRead.Note?, isOne: Bool) -> String {
    switch note {
    case nil: "\(isOne ? "has" : "have") no place in the export; was it cut off, or is the plate another"
    case .overflow: "read more than the reader can measure"
    case .underflow: "read less than the reader can measure"
    case .empty: "\(isOne ? "is" : "are") empty in the export"
    case .masked: "\(isOne ? "was" : "were") masked in the reader's software"
    case .unreadable: "\(isOne ? "holds" : "hold") no number in the export"
    }
  }
}
