import GeneTargets

extension DrugTarget {
  /// `BCL2 −1.3 sensitises`: the gene, its log2 fold change and its call.
  func words(_ result: ScreenedGene) -> String {
    let own = action == .gain ? " (\(writtenAction))" : ""
    return "\(gene)\(own) \(AxisText.significant(result.effect, digits: 2)) \(result.call)"
  }
}
