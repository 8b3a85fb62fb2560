import Assay
import DoseResponse
import Foundation
import ReferenceData
import Synergy
import Testing

/// Agreement with SynergyFinder 3.15.0 as DESIGN §3 states it, over the wells in which all drugs are present.
@Suite("Against SynergyFinder", .enabled(if: ReferenceData.isPresent, Comment(rawValue: ReferenceData.absence)))
struct SynergyFinderTests {
  static let tags = ["mathews", "oneil_mean", "ncats_viab"]
  /// How near two RSS must be for the curves to count as the same fit: relative, or absolute where a curve goes nearly
  /// through its points (percentage points squared; drc stops short by about that much).
  static let sameFit = (relative: 1e-4, absolute: 0.01)

  @Test("HSA and Bliss are the same in every well and in the mean", arguments: tags, [NullModel.hsa, .bliss])
  func observed(tag: String, model: NullModel) throws {
    for block in try GoldenBlock.all(tag) {
      let score = try #require(try BlockAnalyzer(options: .scoresOnly).analyze(block.matrix).score(of: model))
      let reference = block.column("\(model.name)_ref")
      let synergy = block.column("\(model.name)_synergy")
      let cells = block.matrix.combinationCells
      #expect(cells.count >= 16)
      for cell in cells {
        #expect(abs(score.reference[cell] - reference[cell]) <= 1e-9)
        #expect(abs(score.synergy[cell] - synergy[cell]) <= 1e-9)
      }
      #expect(abs(try #require(score.mean) - block.number("\(model.name)_synergy")) <= 1e-9)
    }
  }

  /// The RSS of SynergyFinder's fits of a block, by drug; of the lines, by drug and fixed doses.
  private func peerRSS(_ tag: String, _ block: GoldenBlock) throws -> (alone: [Double], lines: [String: Double]) {
    let alone = try ReferenceData.rows("r/golden_\(tag)_fits.csv").filter { $0["block_id"] == block.matrix.id }
      .map { Double($0["rss"]!)! }
    let mirrored = tag == "ncats_viab" ? "ncats" : tag  // the lines of the mirrored responses have the same RSS
    var lines: [String: Double] = [:]
    for row in try ReferenceData.rows("r/golden_\(mirrored)_zipfits.csv")
    // With b > 0 drc has the fixed asymptote at infinite dose instead of at 0: another curve.
    where row["block_id"] == block.matrix.id && Double(row["b"]!)! < 0 {
      let doses = row["fixed"]!.split(separator: ";").map { String(Double($0.split(separator: "=")[1])!) }
      lines[row["varied"]! + "|" + doses.joined(separator: ";")] = Double(row["rss"]!)!
    }
    return (alone, lines)
  }

  private func isSame(_ ours: Double, _ theirs: Double?) -> Bool {
    theirs.map { abs(ours - $0) <= max(Self.sameFit.relative * $0, Self.sameFit.absolute) } ?? false
  }

  @Test(
    "ZIP agrees wherever drc found the same curves: its fit where the lines are, its synergy where the monotherapies are too",
    arguments: [("mathews", 2, 0), ("oneil_mean", 3, 3), ("ncats_viab", 100, 0)])
  func lines(tag: String, fits: Int, synergies: Int) throws {
    var comparedFits = 0
    var comparedSynergies = 0
    for block in try GoldenBlock.all(tag) {
      let analysis = try BlockAnalyzer(options: .scoresOnly).analyze(block.matrix)
      let score = try #require(analysis.score(of: .zip))
      let fit = try #require(score.fit)
      let peer = try peerRSS(tag, block)
      let sameAlone = analysis.monotherapies.allSatisfy { isSame($0.fit.rss, peer.alone[$0.drug]) }
      let matrix = block.matrix
      var agreeing = [Int](repeating: 0, count: matrix.cellCount)
      for line in analysis.lines {
        let fixed = matrix.axes.indices.filter { $0 != line.drug }.map { String(matrix.dose(of: $0, in: line.start)) }
        guard isSame(line.fit.rss, peer.lines["conc\(line.drug + 1)|" + fixed.joined(separator: ";")]) else { continue }
        for position in 1..<matrix.shape[line.drug] {
          agreeing[line.start + position * matrix.strides[line.drug]] += 1
        }
      }
      let goldenFit = block.column("ZIP_fit")
      // drc's lines are stored for `ncats`, the same responses turned round. Where turning them moved its fit, its line
      // for `ncats_viab` is not known.
      let turned = tag == "ncats_viab" ? try GoldenBlock.all("ncats").first { $0.matrix.id == matrix.id } : nil
      let turnedFit = turned?.column("ZIP_fit").map { 100 - $0 } ?? goldenFit
      let cells = matrix.combinationCells.filter {
        agreeing[$0] == matrix.drugCount && abs(turnedFit[$0] - goldenFit[$0]) < 0.1
      }
      let golden = block.column("ZIP_synergy")
      for cell in cells {
        #expect(abs(fit[cell] - goldenFit[cell]) <= 0.4, "\(block.matrix.id) \(matrix.doses(of: cell))")
      }
      comparedFits += cells.count
      guard sameAlone else { continue }
      for cell in cells {
        #expect(abs(score.synergy[cell] - golden[cell]) <= 0.4, "\(block.matrix.id) \(matrix.doses(of: cell))")
      }
      let difference = cells.reduce(0) { $0 + score.synergy[$1] - golden[$1] } / Double(max(1, cells.count))
      #expect(abs(difference) <= 0.1)
      comparedSynergies += cells.count
    }
    print("\(tag): ZIP fits compared in \(comparedFits) wells, synergies in \(comparedSynergies)")
    #expect(comparedFits >= fits)
    #expect(comparedSynergies >= synergies)
  }

  @Test("ZIP's block mean agrees where nearly all curves are the same")
  func zipMean() throws {
    let block = try #require(try GoldenBlock.all("oneil_mean").first)
    let mean = try #require(try BlockAnalyzer(options: .scoresOnly).analyze(block.matrix).score(of: .zip)?.mean)
    #expect(abs(mean - block.number("ZIP_synergy")) <= 0.1)
  }

  @Test(
    "Loewe agrees to one step of the peer's grid wherever it searched it",
    arguments: [("oneil_mean", 12), ("ncats_viab", 500)])
  func loewe(tag: String, least: Int) throws {
    let fits = try ReferenceData.rows("r/golden_\(tag)_fits.csv")
    var compared = 0
    for block in try GoldenBlock.all(tag) {
      let analysis = try BlockAnalyzer(options: .scoresOnly).analyze(block.matrix)
      let score = try #require(analysis.score(of: .loewe))
      let own = fits.filter { $0["block_id"] == block.matrix.id }
      let ends = own.map { [Double($0["c"]!)!, Double($0["d"]!)!] }
      let step = (ends.joined().max()! - ends.joined().min()!) / 99
      let peer = try peerRSS(tag, block)
      let golden = block.column("Loewe_ref")
      let same = analysis.monotherapies.map { isSame($0.fit.rss, peer.alone[$0.drug]) }
      for cell in block.matrix.combinationCells where !score.reference[cell].isNaN {
        // The peer adds doses up where the response lies above every curve.
        let searched = ends.contains { block.matrix.mean[cell] <= $0.max()! }
        guard searched, same.allSatisfy({ $0 }) || weakDrugsAside(analysis, same, score.reference[cell]) else {
          continue
        }
        #expect(
          abs(score.reference[cell] - golden[cell]) <= step * 1.0001,
          "\(block.matrix.id) \(block.matrix.doses(of: cell)) \(score.reference[cell]) \(golden[cell])")
        compared += 1
      }
    }
    #expect(compared >= least, "\(compared) wells compared")
  }

  /// A curve that was fitted otherwise does not matter where the reference lies beyond its end on both sides.
  private func weakDrugsAside(_ analysis: BlockAnalysis, _ same: [Bool], _ reference: Double) -> Bool {
    zip(analysis.monotherapies, same).allSatisfy { monotherapy, same in
      same || (monotherapy.fit.curve.e0 < reference - 5 && monotherapy.fit.curve.emax < reference - 5)
    }
  }

  @Test("CSS and RI agree where the curves are the same")
  func sensitivity() throws {
    var compared = 0
    for (tag, tolerance) in [("mathews", 1.0), ("oneil_mean", 0.2), ("ncats_viab", 1.0)] {
      for block in try GoldenBlock.all(tag) {
        let analysis = try BlockAnalyzer(options: .scoresOnly).analyze(block.matrix)
        #expect(abs(try #require(analysis.css) - block.number("css")) <= tolerance, "\(tag) \(block.matrix.id)")
        let peer = try peerRSS(tag, block)
        for drug in analysis.monotherapies where isSame(drug.fit.rss, peer.alone[drug.drug]) {
          // Canertinib jumps between its last two doses. Where it does so is free: curves within 0.1 % of the least RSS
          // have an RI from −48.1 to −42.8, drc's −47.8 and ours among them.
          if tag == "mathews", block.matrix.id == "2", drug.drug == 0 {
            #expect((-48.2...(-42.8)).contains(try #require(drug.relativeInhibition)))
            continue
          }
          let inhibition = try #require(drug.relativeInhibition)
          #expect(abs(inhibition - block.number("ri_\(drug.drug + 1)")) <= tolerance, "\(tag) \(block.matrix.id)")
          compared += 1
        }
      }
    }
    #expect(compared >= 9)
  }
}
