import Spreadsheets

extension PlateReadingError {
  /// The option that chooses columns, as a shell takes it.
  static func columnsOption(_ choices: [(role: String, column: String)]) -> String {
    let value = choices.map { "\($0.role)=\(short($0.column))" }.joined(separator: ",")
    let isPlain = value.allSatisfy { $0.isLetter || $0.isNumber || "=,._-+/%".contains($0) }
    return "--columns " + (isPlain ? value : "\"\(value.replacing("\"", with: "\\\""))\"")
  }

  /// What is said of tables of other shapes; empty for what else is said.
  var tableDescription: String {
    switch self {
    case .computedAxis(let labels):
      "\(Self.list(labels)) beside the doses of a matrix \(labels.count == 1 ? "says" : "say") that the numbers were computed of the others; "
        + "they were not read"
    case .axisUnits(let line, let drug, let unit):
      "line \(line): some doses of \(Self.short(drug)) have a unit beside them (\(unit)) and some have none, and in \(unit) these are in no "
        + "order; write the unit beside every dose, or above them, as \(Self.short(drug)) (\(unit))"
    case .blankRow(let line):
      "line \(line): \"blank\" in the place of every drug may be a well without cells or an untreated one; not used. Write DMSO or untreated "
        + "where there were cells, and remove the row where there were none"
    case .dashes(let count, let line):
      "\(count == 1 ? "1 dose is" : "\(count) doses are") written as a dash (first on line \(line)) and \(count == 1 ? "was" : "were") read as 0: "
        + "no drug"
    case .treatmentUnclear(let line, let text, let doses):
      "line \(line): \(Self.quoted(text)) may be several drugs, "
        + (doses == 1
          ? "and its dose is not several too; write the doses as the drugs are (1 + 10)"
          : "and they do not stand alone elsewhere in the column")
        + ", or give each drug a column: drug1, conc1, drug2, conc2"
    case .treatmentDoses(let line, let text):
      "line \(line): which dose belongs to which drug of \(Self.quoted(text)) cannot be told: a drug alone has its dose in another "
        + "column, or in several. Give each drug a column: drug1, conc1, drug2, conc2"
    case .treatmentText(let line, let text):
      "line \(line): \(Self.quoted(text)) was not recognised as drugs with their doses; write it as the others are (selinexor 10 nM + bortezomib "
        + "1 nM, DMSO), or give each drug columns: drug1, conc1, drug2, conc2"
    case .treatmentsRead(_, let column, let text, let drugs):
      "the column \(Self.quoted(column)) holds drugs with their doses: \(Self.quoted(text)) was read as \(Self.list(drugs))"
    case .treatmentsSplit(_, let column, let text, let drugs):
      "the column \(Self.quoted(column)) names several drugs at once: \(Self.quoted(text)) was read as \(Self.list(drugs)), each with its "
        + "own dose. If it is one drug, give each drug a column: drug1, conc1, drug2, conc2"
    case .tablesBeside(let columns):
      "\(columns.count) tables stand beside one another, from the columns \(columns.joined(separator: ", ")) on; each was read on its own"
    case .unitContradicted(let line, let drug, let column, let header, let stated):
      "line \(line): the column \(Self.quoted(column)) is in \(header) by its name, and the column of units says \(stated) of "
        + "\(Self.short(drug)); which is right cannot be told. Correct one of them"
    case .treatmentUnread(let line, let column, let text):
      "line \(line): the column \(Self.quoted(column)) names several treatments (as \(Self.quoted(text))), and how two drugs are written in "
        + "it was not recognised. Write them as drug1 + drug2, or in the columns drug1 and drug2; if the column does not name drugs, "
        + "give \(Self.columnsOption([("ignore", column)]))"
    case .confounded(let column, let alone, let together):
      "by the column \(Self.quoted(column)) the drugs alone (\(Self.list(alone))) and the combinations (\(Self.list(together))) were measured apart: "
        + "what differs between these is scored as an interaction"
    case .computedSheet:
      "by its name this sheet holds what was computed of the responses, and not the responses; it was not read"
    case .columnsBeside(let column):
      "what stands from column \(column) on, beside the tables, is no table of doses and responses and was not read"
    case .tablesDiffer(let kinds):
      "the tables beside one another do not hold the same kind of response (from column \(kinds.joined(separator: "; "))): means and "
        + "deviations? Keep the responses alone, or say what all of them are with --response"
    case .timesAcross(let line, let times):
      "line \(line): \(Self.list(times)) are times, or look like times, and not doses; a matrix holds the doses of one drug down and those of "
        + "the other across, at one time. Put each time into a matrix of its own, or into a long table with a column time. If these are "
        + "doses, name the drugs in rows above: Drug1: (down) and Drug2: (across)"
    case .dosesLikeTimes(let line, let times):
      "line \(line): the doses \(Self.list(times)) look like hours of whole days; used as doses. If they are times, there is no combination "
        + "here: put each time into a matrix of its own"
    case .countedAxes(let line, let count):
      "line \(line): both axes count 0, 1, … \(count - 1), as row and column numbers do; used as doses. If they are numbers of rows and "
        + "columns, write the doses in their place"
    case .secondMatrix(let line, let doses, let block):
      "line \(line) looks like a new row of doses (\(doses.prefix(6).joined(separator: ", "))) below the matrix of block \(block), and which drugs, sample or "
        + "replicate it is of is not said; nothing below it was read. Write Drug1:, Drug2:, ConcUnit: and Cell: above it, or remove it"
    case .replicatesPooled(let what, let places, let isCertain):
      "\(what): \(places.count) blocks of the same doses are replicates of one another and were pooled: "
        + "\(places.prefix(8).joined(separator: ", "))\(places.count > 8 ? ", …" : ""). "
        + (isCertain
          ? "--replicates separate keeps them apart"
          : "Their names differ: if they are other samples, donors or times and no replicates, give --replicates separate")
    case .replicatesUnlike(let what, let places, let names):
      "\(what): \(places.prefix(8).joined(separator: ", "))\(places.count > 8 ? ", …" : "") have the same doses and were not pooled with one another, since what "
        + "stands beside them may name different samples (\(Self.list(names))). If they are replicates, let these names differ in a number alone (Rep 1, Rep 2); "
        + "if they are samples, say so (Cell: in a row above, or the field sample of --corrections)"
    case .replicatesDiffer(let what, let places):
      "\(what): \(places.prefix(8).joined(separator: ", ")) are called replicates of one another and have different doses; they were kept apart. "
        + "Correct the doses if they should be the same"
    case .blocksRepeated(let what, let places, let isNamed):
      "\(what) was measured \(places.count) times at the same doses\(isNamed ? "" : ", and no sample is named"): "
        + "\(places.prefix(8).joined(separator: ", "))\(places.count > 8 ? ", …" : ""). Each is ranked on its own. If they are replicates of one experiment, "
        + "give --replicates pool; if they are of different samples, "
        + (isNamed ? "correct their names" : "name these (Cell: in a row above, or the field sample of --corrections)")
    case .groupedColumns(let line, let columns, let doses):
      "line \(line): the \(columns) columns hold \(doses) doses: columns of one dose were read as replicates"
    case .sheetFacts(let facts):
      "this sheet says \(Self.list(facts)); that was taken for the tables of the other sheets where they do not say it themselves"
    case .sheetSample(let said, let called, let isCalled):
      "this sheet says that the sample is \(Self.short(said)), and "
        + (called.count == 1 ? "another is called \(Self.list(called))" : "others are called \(Self.list(called))")
        + "; "
        + (isCalled
          ? "the sheets' names were taken for their samples. If they are names of something else, write Cell: and the sample above each matrix"
          : "\(Self.short(said)) was taken for the sample of all. If the names of sheets are samples, write Cell: and the sample above each matrix")
    case .sheetUnread(let texts, let isNeeded):
      "this sheet holds no table of doses and responses and was not read; it begins with \(Self.list(texts))"
        + (isNeeded
          ? ". If it names the drugs, their unit or the sample, write them as names and values in two columns (Drug 1 | selinexor, Drug 2 | "
            + "bortezomib, Unit | nM, Cell line | MM.1S), or above the matrix" : "")
    case .thousandsRead(let line, let text):
      "line \(line): \(Self.quoted(text)) and its like were read with "
        + (text.first { ",.".contains($0) } == "."
          ? "points between thousands, since the file's other numbers have decimal commas"
          : "commas between thousands, since the file's other numbers have decimal points")
    case .secondDose(let line, let known, let columns):
      "line \(line): \(Self.quoted(known)) holds the doses of one drug, by its unit, and which column holds those of the other is not said. "
        + "Write the unit into its name too (\(Self.short(columns.first ?? "drug")) (nM)), or give "
        + Self.columnsOption([("conc1", known), ("conc2", columns.first ?? "NAME")])
    case .unmeasured(let count, let text):
      "\(count == 1 ? "1 cell says" : "\(count) cells say") \(Self.quoted(text))\(count == 1 ? "" : ", or the like"): nothing was measured there"
    case .titleRead(let line, let title, let rows, let columns, let sample, let isGuessed):
      "line \(line): \(Self.quoted(title)) names the drugs: \(Self.short(rows)) was taken for the rows, \(Self.short(columns)) for the columns"
        + (sample.map { ", \(Self.short($0)) for the sample" } ?? "")
        + (isGuessed
          ? ". Which drug goes down is not said: if it is the other way round, write Drug1: (down) and Drug2: (across) above the matrix"
          : "")
    case .titleSample(let line, let title, let sample):
      "line \(line): \(Self.short(sample)) was taken for the sample, from \(Self.quoted(title)); a row Cell: says another"
    case .dosesBare(let columns):
      "the columns \(Self.list(columns)) beside the response were taken for the doses of drugs of these names, which nothing else says. If they are, "
        + "write a unit behind them (\(Self.short(columns.first ?? "drug")) (nM)); if they are not, give --columns conc1=…,conc2=…"
    case .timeRepeated(let time, let lines):
      "the time \(Self.quoted(time)) stands in \(lines.count) rows (lines \(lines.prefix(8).map(String.init).joined(separator: ", "))\(lines.count > 8 ? ", …" : "")): they were read as replicates. If they are of other "
        + "experiments, keep the rows of one, or give each a file of its own"
    case .unitSaidTwice(let line, let drug, let used, let other):
      "line \(line): the doses of \(Self.short(drug)) are said to be in \(used) and in \(other); \(used), which stands beside its name, was used. Take the wrong one away"
    case .partsCombined(let drugs, let combined):
      "no well holds \(drugs.map(Self.short).joined(separator: ", ")) together; each combination was made a block of its own: "
        + Self.list(combined.map { $0.joined(separator: " × ") })
    case .titleDecided(let title, let read):
      "\(title), and no untreated wells tell: the responses were read as \(read). --response says otherwise"
    case .titleNamesOthers(let line, let title, let drugs):
      "line \(line): \(Self.quoted(title)) names other drugs than the matrix below it, which was read as \(drugs.map(Self.short).joined(separator: " × ")); "
        + "nothing was taken from the title. Correct whichever is wrong; a sample is named by a row Cell:"
    case .titleContradicted(let title, let says, let read, let seen):
      "\(title), and the responses were read as \(read), since \(seen). If they are \(says), give --response \(says) or \(says)-fraction"
    case .titleUnread(let title):
      "\(Self.quoted(title)) is the name of the block; neither drugs nor units nor a sample were read out of it. Write them in rows above the "
        + "matrix: Drug1: (down), Drug2: (across), ConcUnit:, Cell:"
    case .notCarried(let line, let title, let from, let drugs, let sample):
      "line \(line): " + (title.map { "\(Self.quoted($0)) stands above this matrix, and it" } ?? "this matrix")
        + " does not say \(drugs.isEmpty ? "the sample" : sample == nil ? "the drugs" : "drugs and sample"); what is said of the matrix of line \(from) ("
        + [drugs.isEmpty ? nil : drugs.map(Self.short).joined(separator: " × "), sample.map(Self.short)].compactMap(
          \.self
        )
        .joined(separator: " in ") + ") was not taken for it. Write "
        + (drugs.isEmpty
          ? "Cell:" : sample == nil ? "Drug1: (down) and Drug2: (across)" : "Drug1: (down), Drug2: (across) and Cell:")
        + " above it"
    case .strayRow(let line, let text, let matrix):
      "line \(line): this row of numbers (\(Self.quoted(text)), …) looks like one of the matrix of line \(matrix), which ends above it, at other text or "
        + "an empty row; it was not read. If it is of the matrix, take away what stands between them"
    case .titleCarried(let line, let from, let drugs, let sample):
      "line \(line): nothing above this matrix names its drugs; \(drugs.map(Self.short).joined(separator: " × "))"
        + (sample.map { " in \(Self.short($0))" } ?? "")
        + ", as said of the matrix of line \(from), was taken for it. If it is of something else, "
        + "write Drug1: (down), Drug2: (across) and Cell: above it"
    case .titleUnclear(let line, let title, let parts):
      "line \(line): in \(Self.quoted(title)) the sample may be any of \(Self.list(parts)), so none was read; write Cell: and its name above the "
        + "matrix"
    case .looksLikeSignal(let read, let seen):
      "the responses were to be read as \(read), but \(seen), which cannot be. If they are percents, "
        + "give --response viability or inhibition; if they are raw readings of which the untreated wells are 100 %, give --response signal"
    case .looksLikeFraction(let read, let seen):
      "the responses were to be read as \(read), but \(seen): as percents, nearly all cells would be dead everywhere. If they are fractions, "
        + "give --response viability-fraction; if they are percents, add the untreated wells"
    case .mixlowRead(let trays):
      "\(trays) trays of the R package mixlow were read: the dose of each drug is the concentration times its share, and a response is in "
        + "percent of the median of its tray's untreated wells, less the mean of the tray's blanks (bbt)"
    case .mixlowTray(let line, let tray, let what):
      "line \(line): tray \(Self.quoted(tray)) of the mixlow file cannot be read: \(what). Correct it, or write a long table, one row a well: "
        + "drug1, conc1, drug2, conc2, response"
    case .raysRead(let line, let dose, let share, let whole):
      "line \(line): mixtures in fixed ratios (rays): the column \(Self.quoted(dose)) was read as the total dose and \(Self.quoted(share)) as drug "
        + "1's share of it (\(Self.number(whole)): drug 1 alone, 0: drug 2 alone), so that drug 1 has the dose × \(Self.short(share)) / "
        + "\(Self.number(whole)) and drug 2 the rest. If that is not meant, write the doses in columns conc1 and conc2"
    case .rays(let line, let dose, let share):
      "line \(line): the columns \(Self.quoted(dose)) and \(Self.quoted(share)) look like mixtures in fixed ratios (rays): a total dose and "
        + "one drug's share of it; but not every share is one of 0 to 100 % (or 0 to 1) with both ends and a mixture at three doses or more. Write the dose of each drug instead, in the columns conc1 (total × share) and conc2 (total × (1 − share)), "
        + "0 where the drug is absent"
    case .oneRowADrug(let line):
      "line \(line): this is a raw file of GDSC: a row for each drug of a well, whose tags (NC, B, L1-D1-C, …) say what it is for. Write one row a "
        + "well: drug1, conc1, drug2, conc2, sample, and viability as 100 × (intensity − blank) / (negative control − blank) of its plate"
    case .wideResponses(let line, let columns):
      if columns.count == 1 {
        "line \(line): drugs and doses were found and no response; if it is the column \(Self.quoted(columns[0])), say so with "
          + Self.columnsOption([("response", columns[0])])
      } else {
        "line \(line): drugs and doses were found and no response; the columns \(Self.list(columns)) hold numbers. If each is the response "
          + "of a sample, or at a time, of its own: \(Self.columnsOption(columns.map { ("samples", $0) })) ; if they are replicates: "
          + "\(Self.columnsOption(columns.map { ("response", $0) })) ; if one is the response, name it alone"
      }
    case .fixedRatios(let pairs, let ratios, let missing):
      "\(pairs) dose pairs lie along \(ratios == 1 ? "one fixed ratio" : "\(ratios) fixed ratios") of the drugs (rays), and "
        + (missing == 0
          ? "each of their doses was measured alone too"
          : "\(missing) of them have a dose that was not measured alone: Bliss, HSA and ZIP are not scored there, and their means are over "
            + "the rest, if there is one; Loewe is scored by the fitted curves")
        + ". The peak, which needs neighbouring doses, says little"
    case .exclusionsUnread(let column, let values):
      "the column \(Self.quoted(column)) (\(Self.list(values))) seems to say which wells are not to be used, and it is not read: every well counts. "
        + "Remove those rows, or exclude the wells with --exclude-wells"
    case .doseRepeated(let line, let drug, let doses, let isAcross):
      "line \(line): \(doses.count == 1 ? "the dose" : "the doses") \(doses.joined(separator: ", ")) of \(Self.short(drug)) "
        + "\(doses.count == 1 ? "stands" : "stand") beside several \(isAcross ? "columns" : "rows") and the others beside one: these were read as replicates. "
        + "Correct the dose if it is mistyped"
    case .groupedRows(let line, let rows, let doses):
      "line \(line): \(rows) rows of \(doses) doses: rows of one dose are replicates"
    case .computedMatrix(let line, let title):
      "line \(line): by its title, \(Self.quoted(title)), the matrix holds what was computed of responses, or counts wells; it was not read. If it holds "
        + "responses, call it otherwise"
    case .scoresOnly(let wells):
      "all \(wells) wells with one drug or none read exactly 0, and the combinations do not: these look like synergy scores and not like responses. "
        + "Give the responses; if they are responses, say which with --response"
    case .dosesInDrugColumns(let line, let columns):
      "line \(line): the columns \(Self.list(columns)) are called after drugs and hold numbers: they were read as the doses of these drugs"
    case .aloneColumns(let names):
      "\(Self.list(names)) were read as the responses of each drug alone, at the dose of the row; one value of a dose counts once"
    case .growthUnread(let column, let read):
      "\(Self.quoted(column)) counts growth from time zero (0: no growth, −100: all cells killed), which is no viability; "
        + "\(Self.quoted(read)), in percent of the untreated cells, was read. \(Self.columnsOption([("response", column)])) reads the other"
    case .namesFilled(let line, let columns):
      "names in \(Self.list(columns)) stand in the first row of those that they are of, and were taken for the rows below them too (first on "
        + "line \(line)). Write them in every row if that is not what is meant"
    case .sampleAbove(_, let name):
      "\(Self.quoted(name)) stands above the matrices and was taken for the name of their sample; Cell: says another"
    case .sampleMissing(let line, let column, let wells):
      "line \(line): \(wells == 1 ? "a well has" : "\(wells) wells have") no name in \(Self.quoted(column)), and other rows have one; whose "
        + "they are cannot be told, and they were excluded. Name the sample in every row"
    case .errorsNotUsed(let count, let lines):
      "\(count == 1 ? "1 response has an error behind it" : "\(count) responses have an error behind them") (91 ± 2, 91 (2); first on \(Self.lines(lines))): the mean is read, and "
        + "the error is not used. Give the replicates themselves to have their noise in the intervals"
    case .percentPartly(let line, let percents, let others):
      "\(percents == 1 ? "1 response is" : "\(percents) responses are") written with a percent sign (first on line \(line)) and \(others) without: "
        + "a percentage can be told from a fraction only where all are written alike. Where the others are percentages too, all were used"
    case .conditionWithoutPair(let columns, let wells):
      "\(wells == 1 ? "1 single-drug or untreated well" : "\(wells) single-drug or untreated wells") of values of \(Self.list(columns)) in which no drugs were combined: not used"
    default: ""
    }
  }
}
