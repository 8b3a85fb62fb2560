import Assay

extension RepeatedBlocks {
  /// Whether some blocks may be of the same drugs and sample, soon told.
  static func mayRepeat(_ blocks: some Sequence<DoseMatrix>, _ drugKey: (String) -> String) -> Bool {
    var seen = ByteKeys()
    var key: [UInt8] = []
    var (sample, plain): (String?, String) = (nil, "")
    for matrix in blocks {
      if matrix.sample != sample {
        sample = matrix.sample
        plain = sample.map { word(inSample: $0)?.rest ?? $0 } ?? ""
      }
      key.removeAll(keepingCapacity: true)
      key.append(sample == nil ? 0 : 1)
      key.append(contentsOf: plain.utf8)
      // In any order of the drugs.
      for drug in matrix.axes.map({ drugKey($0.drug) }).sorted() {
        key.append(0)
        key.append(contentsOf: drug.utf8)
      }
      // Other bytes may be the same letters.
      if !seen.number(of: key).isNew || key.dropFirst().contains(where: { $0 >= 0x80 }) { return true }
    }
    return false
  }

  /// The word for a replicate in a sample's name, where nothing else can be meant and a name is left.
  static func word(inSample sample: String) -> ReplicateWord? {
    guard let word = ReplicateWord(sample), word.isCertain, word.rest.contains(where: \.isLetter) else { return nil }
    return word
  }
}
