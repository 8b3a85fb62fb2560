/// Genes that stand in the names of guides: `A1BG_CACCTTCG…`, `A1CF:guide2`, `AHNAK|3`.
enum GuideNames {
  private static let separators: [UInt8] = [UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "|"), UInt8(ascii: ";")]

  /// The gene of each guide: what stands before the first separator, where every name has it and genes have two guides on average.
  static func genes(of guides: [String]) -> [String]? {
    for separator in separators {
      var genes: [String] = []
      genes.reserveCapacity(guides.count)
      for guide in guides {
        guard let cut = guide.utf8.firstIndex(of: separator), cut > guide.startIndex else { break }
        genes.append(String(guide[..<cut]))
      }
      if genes.count == guides.count, Set(genes).count * 2 <= guides.count || guides.count < 4 { return genes }
    }
    return nil
  }
}
