import Assay
import DoseResponse
import Synergy
import Testing
@Test func probe() throws {
  for tag in ["mathews", "oneil_mean", "ncats_viab", "ncats"] {
    for block in try GoldenBlock.all(tag) {
      let a = try BlockAnalyzer().analyze(block.matrix)
      print("==", tag, block.matrix.id, block.matrix.shape, a.notes.map(\.message))
      for m in a.monotherapies {
        print(
          "  ", m.fit, "ic50", m.relativeIC50 ?? .nan, block.number("ic50_\(m.drug+1)"), "ri",
          m.relativeInhibition ?? .nan, block.number("ri_\(m.drug+1)"))
      }
      print("   css", a.css ?? .nan, block.number("css"))
      for s in a.models {
        let n = s.model.name
        let ref = block.column("\(n)_ref"), syn = block.column("\(n)_synergy")
        var worstR = 0.0, worstS = 0.0, wr = 0, nans = 0
        for c in block.matrix.combinationCells {
          if s.synergy[c].isNaN { nans += 1; continue }
          if abs(s.reference[c] - ref[c]) > worstR { worstR = abs(s.reference[c] - ref[c]); wr = c }
          worstS = max(worstS, abs(s.synergy[c] - syn[c]))
        }
        print(
          "  ", n, s.mean ?? .nan, block.number("\(n)_synergy"), "ref diff", worstR, block.matrix.doses(of: wr),
          s.reference[wr], ref[wr], "syn diff", worstS, "nan", nans, s.peak!)
      }
    }
  }
}
