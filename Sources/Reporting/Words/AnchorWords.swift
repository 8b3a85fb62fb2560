import Screening
import Synergy

/// How a drug is read that many blocks of a sample measured alone, in sentences: the same in every format.
struct AnchorWords {
  private let ranked: [BlockOutline]
  private let options: SynergyOptions

  init(_ ranked: [BlockOutline], options: SynergyOptions) {
    self.ranked = ranked
    self.options = options
  }

  /// How it is done, for the methods.
  var method: String {
    let anchor = options.anchor
    guard anchor.method == .shared else {
      return "Each block’s single drugs are read from its own wells (--anchor own)."
    }
    guard options.baseline.method == .auto || options.baseline.method == .asRead else {
      return
        "Each block’s single drugs are read from its own wells, as its untreated level is "
        + "(--baseline \(options.baseline.method.rawValue))."
    }
    let text =
      "A drug that at least \(anchor.minimumBlocks) blocks of a sample measured alone at the same doses is read from all of them "
      + "(--anchor shared): each block’s responses, the untreated ones among them, are drawn towards the mean of the blocks, as far "
      + "as the noise of its wells and the blocks’ covariance say (empirical Bayes; mean and covariance by EM). Every resample draws "
      + "their remaining errors. A block whose responses differ from the others’ by more than noise and plates explain (p < "
      + "\(AxisText.significant(anchor.significance, digits: 2))) stands on its own wells and is flagged. Where a few plates differ from "
      + "the rest, or wells with one drug read otherwise than wells with two, this is wrong: compare with --anchor own."
    guard !ranked.isEmpty else { return text }
    let shared = ranked.count { $0.isAnchorShared }
    return text
      + (shared == 0
        ? " Here no drug was measured alone, in wells of its own, in enough blocks."
        : " Here this was done for \(FigureText.count(shared, "block")).")
  }

  /// The same in one sentence; `nil` where each block stands on its own wells, which is the default.
  var brief: String? {
    guard options.anchor.method == .shared else { return nil }
    let shared = ranked.count { $0.isAnchorShared }
    return shared == 0
      ? "No drug was measured alone in enough blocks to be read from all of them (--anchor shared)."
      : "Drugs that blocks share were read from all of them (--anchor shared) in \(FigureText.count(shared, "block"))."
  }

  /// What stands under the curve of the drug.
  static func caption(_ anchor: AnchorReading) -> String {
    anchor.isShared
      ? "Measured in \(FigureText.count(anchor.blocks, "block")) of this sample. Points: this block. Curve: drawn towards all of them."
      : "Measured in \(FigureText.count(anchor.blocks, "block")) of this sample. These readings differ from the others’, and stand alone."
  }
}
