/// Genes that stand in the names of guides: `A1BG_CACCTTCG…`, `A1CF:guide2`, `AHNAK|3`, `sg_A1BG_1`.
enum GuideNames {
  private static let separators: [Character] = ["_", ":", "|", ";"]
  /// What stands before the gene and says no more than that this is a guide.
  private static let prefixes: Set<String> = ["sg", "sgrna", "grna", "guide", "crispr", "ko", "oligo"]

  /// The gene of each guide: what stands before the first separator, where every name has it and genes have two guides on average.
  ///
  /// A part that all names share, and a word for a guide, is no gene: what stands behind it is.
  static func genes(of guides: [String]) -> [String]? {
    for separator in separators {
      var parts = guides.map { $0.split(separator: separator, omittingEmptySubsequences: false) }
      guard parts.allSatisfy({ $0.count > 1 && !$0[0].isEmpty }) else { continue }
      for row in parts.indices where parts[row].count > 2 && prefixes.contains(parts[row][0].lowercased()) {
        parts[row].removeFirst()
      }
      while let first = parts.first?.first, parts.allSatisfy({ $0.count > 2 && $0[0] == first && !$0[1].isEmpty }) {
        let behind = parts.map { $0[1] }
        guard Set(behind).count > 1, isPlausible(behind) else { break }
        for row in parts.indices { parts[row].removeFirst() }
      }
      let genes = parts.map { $0[0] }
      if isPlausible(genes) { return genes.map { String($0) } }
    }
    return nil
  }

  private static func isPlausible(_ genes: [Substring]) -> Bool {
    Set(genes).count * 2 <= genes.count || genes.count < 4
  }
}
