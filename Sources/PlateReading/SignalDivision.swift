extension RawScreen {
  /// Puts a raw signal in percent of the median of each block's untreated wells: viability. A block without them, or whose
  /// median is no positive number, has no scale and is left out.
  mutating func divideByUntreated() {
    var wells = 0
    var divided = 0
    for index in blocks.indices {
      let controls = blocks[index].controls
      let level = median(controls)
      guard level > 0 else {
        blocks[index].refusal = .refused(
          .noUntreatedForSignal(level: controls.isEmpty ? nil : level), line: blocks[index].line)
        continue
      }
      blocks[index].values = blocks[index].values.map { 100 * ($0 / level) }
      wells += controls.count
      divided += 1
    }
    if divided > 0 { findings.add(.noted(.signalDivided(wells: wells, blocks: divided))) }
  }
}
