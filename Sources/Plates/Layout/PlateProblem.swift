import Assay
import DoseTables

/// What can be wrong with a layout, a transfer, a plate or one of its wells. Every message names the plate and the well
/// it is about, says what was read, what was expected and what to do. The file and the line stand beside it in
/// `problems.csv`.
enum PlateProblem: Error, Equatable {
  // A layout.
  case notALayout(columns: [String])
  case layoutUnreadable(PlateReadingError)
  case emptyFile(expected: String)
  case nothingInIt(kind: String)
  case cutOff(line: Int)
  case badWell(plate: String, text: String)
  case badRole(plate: String, well: String, text: String)
  case badDose(plate: String, well: String, drug: String, text: String)
  case doseWithoutDrug(plate: String, well: String, column: String)
  case drugTwice(plate: String, well: String, drug: String)
  case wellTwice(plate: String, well: String, lines: [Int], isSame: Bool)
  case blankOrUntreated(plate: String, well: String)
  case blanksByName(plate: String, wells: [String])
  case controlsByDrug(plate: String, wells: [String])
  case nothingSaid(plate: String, wells: [String])
  case controlFluid(fluid: String, role: PlateLayout.Role)
  case severalRows(plate: String, wells: [String])
  case notASheet(name: String)
  case badTreatment(plate: String, well: String, text: String)
  /// A column without a role tells wells of one treatment apart.
  case layoutCondition(column: String, values: [String])
  case layoutColumnsUnread(names: [String])
  /// A column that marks wells to be used or not, which is not read.
  case layoutMarks(column: String, values: [String])
  /// Sheets of a workbook that are layouts and name no plate.
  case sheetsWithoutPlate(sheets: [String])
  case sheetsArePlates(sheets: [String])
  /// A grid of a layout whose property another grid states.
  case gridTwice(name: String, line: Int)
  /// Merged cells of a layout that are not wells alone.
  case mergedWells(sheet: String, cells: String, text: String)
  /// Wells whose role says that they are not used, though they have drugs.
  case drugsNotUsed(plate: String, wells: [String])
  /// Wells that hold a fluid that wells without cells hold too.
  case mediumOrUntreated(plate: String, wells: [String])
  /// Controls that have drugs as treated wells have.
  case roleAgainstDrugs(plate: String, wells: [String], role: PlateLayout.Role, drugs: [String])
  case wellsNumbered(format: PlateFormat)
  case rowsNumbered
  case unitMissing(drugs: [String])
  /// Plates that were read when the drugs were given have no part without growth rates.
  case dayZeroUnused(plates: [String])
  case doseColumnMissing(drugs: [Int], columns: [String])
  case configurationDiffers(plate: String, wells: [String])
  case dayMixed(plate: String)
  case layoutWithoutPlate(plate: String)
  case offPlate(plate: String, wells: [String], format: PlateFormat)

  // Transfers.
  case badTransfer(text: String)
  case transferFailed(plate: String, well: String, source: String, status: String)
  case transferShort(plate: String, well: String, source: String, requested: Double, actual: Double, isKept: Bool)
  case stockUnknown(plate: String, wells: [String], source: String)
  case stockTwice(source: String)
  case wellVolumeMissing
  case solventHigh(plate: String, wells: Int, worst: String, fraction: Double, limit: Double)
  case doseDiffers(plate: String, well: String, drug: String, layout: Double, log: Double, unit: String)
  case transferOfOther(plate: String, well: String, layout: [String], log: [String])

  // A plate.
  case barcodeUnknown(barcode: String, known: [String])
  case noBarcode(file: String, known: [String])
  case namedByFile(plate: String, barcode: String?)
  case numberInName(file: String, number: String, known: [String])
  case severalTemplates(plate: String, templates: [String])
  case templateServes(template: String, plates: [String], isOneSample: Bool, isFiles: Bool)
  case sampleDiffers(plate: String, manifest: String, layout: String)
  case notAManifest(columns: [String])
  case manifestColumns(names: [String])
  /// A column without a role tells plates of one layout and sample apart.
  case manifestCondition(column: String, values: [String])
  case manifestChannels(channels: [String], asked: String?)
  case manifestRow(text: String)
  /// Plates that were read at several times.
  case manifestTimes(column: String, times: [String])
  case manifestTwice(plate: String, firstLine: Int)
  case manifestLayout(plate: String, layout: String, known: [String])
  case manifestUnused(plate: String)
  case singleAlone(plate: String, drugs: [String], wells: [String])
  /// A drug's wells alone serve blocks whose combinations are on other plates.
  case singlesOfOtherPlates(drug: String, wells: Int, plates: [String], blocks: [String], hasOwn: Bool)
  case barcodeTwice(plate: String, other: String, well: String, one: Double?, two: Double?)
  case sameReadTwice(plate: String, other: String)
  case channels(plate: String, channels: [String], asked: String?, others: [String])
  case repeats(plate: String, count: Int, used: Int)
  case repeatAbsent(plate: String, asked: Int, count: Int)
  case wellsWithoutValue(plate: String, wells: [String], note: PlateRead.Note?)
  /// A layout of a smaller plate than was read.
  case layoutSmaller(plate: String, layout: PlateFormat, read: PlateFormat)
  /// Units of a dose column's name and of a column of units.
  case layoutUnits(drug: Int, header: String, stated: String)
  case wellsWithoutLayout(plate: String, wells: [String])
  case controlsMissing(plate: String, role: PlateLayout.Role, sample: String?)
  case controlsSwapped(plate: String, sample: String?, negative: Double, positive: Double, positiveIs: SignalDirection)
  case controlsEmpty(plate: String, sample: String?, negative: Double, blank: Double?)
  /// The export calls its signal as signals are called that rise when cells die, and it rises.
  case signalRises(plate: String, title: String, wells: Int, of: Int)
  /// A block's signal is higher where every drug has high doses than in the negative controls.
  case blockRises(top: Double, channel: String?)
  /// Untreated wells read otherwise than those with the vehicle.
  case vehicleDiffers(plate: String, sample: String?, vehicle: Double, count: Int, other: Double, wells: [String])
  /// Several readings of a plate, some computed of others.
  case versionsComputed(plate: String, used: [String], others: [String])
  /// A plate was read at several times.
  case timesOfPlate(plate: String, used: String, times: [String], wasAsked: Bool)
  case timeOfPlateAbsent(plate: String, wanted: Double, times: [String])
  /// Plates of a layout that names no sample, whose wells are replicates.
  case platesPooled(plates: [String])
  case dayZeroMissing(plate: String, sample: String?)
  case noGrowth(plate: String, sample: String?, control: Double, start: Double)
  case belowBlank(plate: String, wells: [String])
  case correctionImpossible(plate: String)
  case outlier(plate: String, well: String, evidence: String, isMasked: Bool)
  case failed(plate: String, reasons: [String])

  // A mask file.
  case notAMask(columns: [String])
  case maskUnknown(plate: String, well: String)
}

/// Which way the signal goes when cells die.
public enum SignalDirection: String, Sendable, CaseIterable, Codable {
  /// The positive (killed) control reads lower than the negative one: viability dyes, ATP.
  case lower
  /// It reads higher: released enzymes, caspase, dead-cell dyes.
  case higher
}

extension PlateProblem {
  /// The problem as a row of `problems.csv`.
  func problem(
    _ severity: InputProblem.Severity, file: String, line: Int? = nil, block: String? = nil
  ) -> InputProblem {
    InputProblem(file: file, blockID: block, severity: severity, line: line, message: description)
  }
}
