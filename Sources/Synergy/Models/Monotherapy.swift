import DoseResponse

/// One drug alone.
public struct Monotherapy: Sendable {
  /// The drug's number in the block.
  public var drug: Int
  /// Its cells, doses ascending, the untreated control included; missing cells are among them.
  public var cells: [Int]
  /// The Hill curve through the cells' means, weighted by the number of wells.
  public var fit: HillFit
  /// EC50 of the fit, kept within the tested doses above 0; `nil` when the fit does not identify it.
  public var relativeIC50: Double?
  /// The dose at which the fitted curve reaches 50 % inhibition; `nil` when it does not within the tested doses.
  public var absoluteIC50: Double?
  /// Relative inhibition: the mean of the fitted curve over log dose between the lowest and the highest tested dose, %.
  public var relativeInhibition: Double?

  /// Makes a monotherapy.
  public init(
    drug: Int, cells: [Int], fit: HillFit, relativeIC50: Double?, absoluteIC50: Double?, relativeInhibition: Double?
  ) {
    self.drug = drug
    self.cells = cells
    self.fit = fit
    self.relativeIC50 = relativeIC50
    self.absoluteIC50 = absoluteIC50
    self.relativeInhibition = relativeInhibition
  }
}

/// One drug's doses at fixed doses of the others, fitted with E0 fixed at the line's zero-dose response.
public struct LineFit: Sendable {
  /// The drug that varies along the line.
  public var drug: Int
  /// The cell in which the line starts: the drug at 0, the others at their fixed doses.
  public var start: Int
  /// The fit.
  public var fit: HillFit

  /// Makes a line fit.
  public init(drug: Int, start: Int, fit: HillFit) {
    self.drug = drug
    self.start = start
    self.fit = fit
  }
}
