import Synergy

/// The tables of a run's store, in the order in which they are made.
public enum StoreSchema {
  /// The version of the structure; a change that old readers do not understand adds one.
  public static let version = 3

  /// Every table.
  public static let tables = [
    run, inputs, problems, blocks, drugs, scores, arrays, notes, exclusions, surfaceMarginals, surfaceTests, calls,
    ranking, plates,
    blockQuality,
  ]

  /// The tables with rows of one block.
  package static let ofBlock = [drugs, scores, notes, exclusions, surfaceMarginals, surfaceTests, calls]

  package static let run = StoreTable(
    name: "run", row: "something that is true of the whole run",
    columns: [
      .text("name", "what: format, format_version, isobole_version, title, options, annotations, genes, state"),
      .text("value", "its value; options, annotations and genes (a gene screen and targets that were joined) are JSON"),
    ], key: "PRIMARY KEY (name)")

  package static let inputs = StoreTable(
    name: "inputs", row: "a file that was read",
    columns: [
      .text("path", "the file as the user named it"), .text("sha256", "SHA-256 of its bytes, hexadecimal"),
      .integer("bytes", "its size"), .text("format", "what it was recognised as"),
      .text("response", "the kind of its responses"), .integer("blocks", "blocks that were analysed"),
    ])

  package static let problems = StoreTable(
    name: "problems", row: "something that was wrong, doubtful or worth a note",
    columns: [
      .text("file", "the file"), .text("block_id", "the block, where it is about one"),
      .text("severity", "error, warning or info"), .integer("line", "the line, where it is about one"),
      .text("message", "the sentence"),
    ])

  package static let blocks = StoreTable(
    name: "blocks", row: "a block: one combination in one sample",
    columns: [
      .integer("number", "the order in which the blocks were read, from 0"),
      .text(
        "key",
        "the same for the same drugs, sample, doses and wells, excluded ones too, whatever files are read with it"),
      .text("block_id", "the block's name in its file"), .text("sample", "cell line or patient"),
      .integer("replicates", "most wells in one combination cell"),
      .real(
        "consensus", "percentage points", "the smallest of the models' lower bounds, without resamples of their means"),
      .real(
        "consensus_upper", "percentage points",
        "the largest of the models' upper bounds, without resamples of their means"),
      .real("css", "%", "combination sensitivity score"), .real("css_low", "%", "lower end of its interval"),
      .real("css_high", "%", "upper end of its interval"),
      .real("baseline", "% inhibition", "the untreated level that responses were put on the scale of"),
      .real("baseline_error", "percentage points", "its standard error"),
      .real("baseline_estimate", "% inhibition", "the untreated level by the block alone"),
      .real("baseline_estimate_error", "percentage points", "its standard error"),
      .integer("anchor_drug", "the drug, from 0, that other blocks measured alone too"),
      .integer("anchor_blocks", "how many of them"), .integer("anchor_shared", "whether it was drawn towards theirs"),
      .text("noise_source", "what the noise was estimated from"),
      .real("noise_sd", "percentage points", "standard deviation of a well at 0 % inhibition"),
      .real("noise_log_ratio", "", "ln of the ratio of the standard deviations at 100 % and at 0 %"),
      .real("noise_df", "", "degrees of freedom of the noise"),
      .integer("reachable_cells", "combination cells at doses that are reached in patients"),
      .text("flags", "words for what a reader should know, separated by ;"),
    ], key: "PRIMARY KEY (number)")

  package static let drugs = StoreTable(
    name: "drugs", row: "a drug of a block, and its curve alone",
    columns: [
      .integer("block", "number of the block"), .integer("position", "the drug's place in the block, from 0"),
      .text("name", "the drug"), .text("name_as_read", "its name in the file"),
      .integer("position_as_read", "its place in the file"), .text("unit", "the unit of its doses"),
      .reals("doses", "the drug's unit", "the tested doses, ascending"),
      .real("e0", "% inhibition", "response without drug"), .real("emax", "% inhibition", "response at infinite dose"),
      .real("hill", "", "Hill slope"), .real("ec50", "the drug's unit", "dose of half effect"),
      .real("rss", "squared percentage points", "weighted residual sum of squares"),
      .real("r2", "", "coefficient of determination"), .integer("points", "doses with a response"),
      .text("status", "what the fit is worth"),
      .real("ic50_relative", "the drug's unit", "EC50, or the nearest tested dose where it lies outside"),
      .real("ic50_absolute", "the drug's unit", "the dose of 50 % inhibition"),
      .real("ri", "%", "relative inhibition"),
      .real("ic50_low", "the drug's unit", "lower end of the interval of ic50_absolute"),
      .real("ic50_high", "the drug's unit", "upper end of it"),
      .real("emax_low", "% inhibition", "lower end of the interval of emax"),
      .real("emax_high", "% inhibition", "upper end of it"),
      .reals("curve_low", "% inhibition", "lower ends of the curve's interval at the doses"),
      .reals("curve_high", "% inhibition", "upper ends of it"),
    ], key: "PRIMARY KEY (block, position)")

  package static let scores = StoreTable(
    name: "scores", row: "a block under a reference model",
    columns: [
      .integer("block", "number of the block"), .text("model", "zip, bliss, loewe or hsa"),
      .real("mean", "percentage points", "mean synergy over the combination wells"),
      .real("mean_without_outliers", "percentage points", "the same without wells that do not fit the others"),
      .integer("scored_cells", "combination cells that were scored"),
      .integer("unscored_cells", "measured combination cells that were not"),
    ] + window("peak", "largest") + window("trough", "smallest") + [
      .integer("tested", "whether there is an inference; what follows is empty without one"),
      .real("bias", "percentage points", "what the mean would be without an interaction"),
      .real("standard_error", "percentage points", "standard error of the mean"),
      .real("low", "percentage points", "lower end of the interval of the mean, corrected for bias"),
      .real("high", "percentage points", "upper end of it"), .real("p", "", "p value of a true mean of 0"),
      .real("equivalence_low", "percentage points", "lower end of the 90 % interval"),
      .real("equivalence_high", "percentage points", "upper end of it"),
      .real("reachable_mean", "percentage points", "mean synergy at doses that are reached in patients"),
      .integer("reachable_cells", "the cells it is over"),
    ], key: "PRIMARY KEY (block, model)")

  private static func window(_ name: String, _ which: String) -> [StoreTable.Column] {
    [
      .real("\(name)_mean", "percentage points", "the \(which) mean over a window of adjacent doses"),
      .reals("\(name)_doses", "the drugs' units", "lowest and highest dose of the window, drug after drug"),
      .real("\(name)_corrected", "percentage points", "the window's mean corrected for having been chosen"),
      .real("\(name)_low", "percentage points", "lower end of its interval"),
      .real("\(name)_high", "percentage points", "upper end of it"),
    ]
  }

  /// The models' arrays over cells: what is compared with the reference (ZIP's fit), the reference, and the inference.
  package static let arrays = StoreTable(
    name: "arrays",
    row:
      "a block's numbers cell by cell, row-major over the drugs' doses, the last drug fastest; synergy is the response (on the "
      + "scale of the baseline, or ZIP's fit) less the reference",
    columns: [
      .integer("block", "number of the block"), .integers("wells", "wells of each cell"),
      .reals("responses", "% inhibition", "their responses as read, cell after cell"),
    ]
      + NullModel.allCases.flatMap { model -> [StoreTable.Column] in
        let name = model.rawValue
        return [
          .reals("\(name)_reference", "% inhibition", "what \(model.name) expects"),
          .reals("\(name)_fit", "% inhibition", "what is compared with it, where that is not the response"),
          .reals("\(name)_low", "percentage points", "lower ends of the synergy's interval"),
          .reals("\(name)_high", "percentage points", "upper ends of it"),
          .reals("\(name)_p", "", "p value of the synergy in each cell"),
        ]
      } + [
        .integers("line_drug", "of each of ZIP's lines: the drug that varies"),
        .integers("line_start", "the cell in which it starts"),
        .reals("line_curve", "", "E0, Emax, Hill slope and EC50, line after line"),
        .reals("line_rss", "squared percentage points", "residual sum of squares"),
        .reals("line_r2", "", "coefficient of determination"), .integers("line_points", "doses with a response"),
        .text("line_status", "what the fits are worth, separated by spaces"),
      ], key: "PRIMARY KEY (block)")

  package static let notes = StoreTable(
    name: "notes", row: "what a reader should know of a block",
    columns: [
      .integer("block", "number of the block"), .integer("position", "the note's place, from 0"),
      .text("flag", "a word"), .text("message", "the sentence"),
    ], key: "PRIMARY KEY (block, position)")

  package static let exclusions = StoreTable(
    name: "exclusions", row: "a well of a block that a person excluded",
    columns: [
      .integer("block", "number of the block"), .integer("position", "the well's place, from 0"),
      .reals("doses", "the drugs' units", "a dose of each drug, in the order of the block"),
      .real("response", "% inhibition", "its response as read"), .text("reason", "why, in the person's words"),
    ], key: "PRIMARY KEY (block, position)")

  package static let surfaceMarginals = StoreTable(
    name: "surface_marginals", row: "the two curves with one baseline that BIGL's tests of a block rest on",
    columns: [
      .integer("block", "number of the block"), .real("e0", "% inhibition", "the baseline"),
      .reals("curves", "", "Emax, Hill slope and EC50 of the first and of the second drug"),
      .real("rss", "squared percentage points", "residual sum of squares"), .integer("df", "degrees of freedom"),
    ], key: "PRIMARY KEY (block)")

  package static let surfaceTests = StoreTable(
    name: "surface_tests", row: "BIGL's test of a block against a null model",
    columns: [
      .integer("block", "number of the block"), .text("null_model", "the null"), .real("f", "", "meanR's F"),
      .real("df1", "", "degrees of freedom of the numerator"), .real("df2", "", "of the denominator"),
      .real("p", "", "p value of F"), .real("cutoff", "", "the least |maxR| that is called"),
      .integers("cells", "the compared cells"), .reals("prediction", "% inhibition", "what the null expects in them"),
      .reals("max_r", "", "maxR of each"), .text("calls", "the call of each, separated by spaces"),
    ], key: "PRIMARY KEY (block, null_model)")

  package static let calls = StoreTable(
    name: "calls", row: "what the whole screen says of a score",
    columns: [
      .integer("block", "number of the block"), .text("model", "the reference model"),
      .real("q", "", "false discovery rate at which the score would be called"), .text("call", "the call"),
    ], key: "PRIMARY KEY (block, model)")

  package static let ranking = StoreTable(
    name: "ranking", row: "a block's place in the screen; a run that did not finish has none",
    columns: [
      .integer("rank", "1 is best"), .integer("block", "number of the block"), .text("call", "the block's call"),
      .text("words", "the call in words"), .integer("agreeing", "models that reach the block's call"),
      .integer("models", "models that were tested"),
      .integer("below_better_drug", "whether the combination does less than the better drug alone"),
    ], key: "PRIMARY KEY (rank)")

  package static let plates = StoreTable(
    name: "plates", row: "a plate of a plate screen",
    columns: [
      .text("plate", "the plate"), .text("verdict", "pass, warn, fail; day 0 has none"),
      .text("record", "the plate with its wells, normalisation and quality, as JSON"),
    ])

  package static let blockQuality = StoreTable(
    name: "block_quality", row: "what the plates say of a block's quality",
    columns: [.text("block_id", "the block's name in its file"), .text("record", "plates and figures, as JSON")])

  /// Names of tables and columns for readers of other languages.
  static let views = """
    CREATE VIEW ranked_scores AS SELECT ranking.rank, blocks.key, blocks.block_id, blocks.sample, scores.*, calls.q, \
    calls.call FROM scores JOIN blocks ON blocks.number = scores.block LEFT JOIN ranking ON ranking.block = scores.block \
    LEFT JOIN calls ON calls.block = scores.block AND calls.model = scores.model;
    CREATE VIEW fits AS SELECT blocks.key, blocks.block_id, blocks.sample, drugs.* FROM drugs JOIN blocks ON \
    blocks.number = drugs.block;
    """
}
