extension DoseMatrix {
  /// The same block as if its file had named its drugs, their units and its sample so.
  ///
  /// - Parameters:
  ///   - drugs: A name for each drug, in the present order.
  ///   - units: A unit for each drug; the doses stay the numbers that they are.
  ///   - sample: Its sample.
  public func called(drugs: [String], units: [ConcentrationUnit], sample: String?) -> DoseMatrix {
    precondition(drugs.count == drugCount && units.count == drugCount, "a name and a unit for each drug")
    let named = axes.indices.map {
      DoseAxis(
        drug: drugs[$0], writtenPosition: axes[$0].writtenPosition, unit: units[$0], doses: axes[$0].doses)
    }
    return DoseMatrix(
      id: id, sample: sample, axes: named, count: count, mean: mean, offsets: offsets, values: values)
  }
}
