import Foundation
import ReferenceData
import Simulation
import Spreadsheets
import Statistics
import Testing

@testable import Genes

@Suite("Golden values of drugZ and MAGeCK", .enabled(if: ReferenceData.isPresent, "\(ReferenceData.absence)"))
struct GoldenTests {
  static let hap1 = Contrast(
    name: "HAP1", controls: ["HAP1_T0"], treatments: ["HAP1_T18A", "HAP1_T18B", "HAP1_T18C"])
  static let demo1 = Contrast(
    name: "demo 1", controls: ["HL60.initial", "KBM7.initial"], treatments: ["HL60.final", "KBM7.final"])

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: ReferenceData.url("crispr/" + name)))
  }

  static func counts(_ name: String, _ contrast: Contrast) throws -> ContrastCounts {
    try ContrastCounts(CountReader.read(bytes("counts/" + name), file: name, samples: contrast.samples), contrast)
  }

  /// The rows of a golden table, tab-separated, packed or not.
  static func golden(_ name: String) throws -> [[String]] {
    let bytes = try CountText.inflated(bytes("golden/" + name))
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().map {
      $0.split(separator: "\t").map(String.init)
    }
  }

  /// Whether a number is printed as a text with five significant digits.
  private func isPrinted(_ value: Double, as text: String) -> Bool {
    guard let printed = Double(text) else { return false }
    // Half a unit of the fifth digit.
    let digit = printed == 0 ? 1e-12 : pow(10, floor(log10(abs(printed))) - 4)
    return abs(value - printed) <= 0.500001 * digit
  }

  @Test(
    "rra: scores, good guides and fold changes are MAGeCK's to every printed digit, p within the noise of its permutations",
    arguments: [
      ("mageck_demo1_counts.txt", demo1, "demo1_median.gene_summary.txt", [String]()),
      ("mageck_demo1_counts.txt", demo1, "mageck_demo1_control_AHNAK.gene_summary.txt", ["AHNAK"]),
      ("bagel_hap1_counts.txt.gz", hap1, "mageck_hap1.gene_summary.txt.gz", []),
    ])
  func mageck(file: String, contrast: Contrast, golden: String, normalisation: [String]) throws {
    let counts = try Self.counts(file, contrast)
    var sets = GuideSets()
    if !normalisation.isEmpty {
      sets.normalisation = try NameList(source: "names", names: normalisation).guides(in: counts.table, what: "genes")
        .isNamed
    }
    let scores = RRAScores(counts, sets: sets)
    let rows = try Self.golden(golden)
    #expect(rows.count > 50)
    var worst = 0.0
    for row in rows {
      let gene = try #require(counts.table.genes.firstIndex(of: row[0]))
      #expect(scores.depleted.guides[gene] == Int(row[1]), "\(row[0])")
      #expect(isPrinted(scores.depleted.score[gene], as: row[2]), "\(row[0]): \(scores.depleted.score[gene]) \(row[2])")
      #expect(scores.depleted.goodGuides[gene] == Int(row[6]), "\(row[0])")
      #expect(isPrinted(scores.logFoldChange[gene], as: row[7]), "\(row[0]): \(scores.logFoldChange[gene]) \(row[7])")
      #expect(isPrinted(scores.enriched.score[gene], as: row[8]), "\(row[0]): \(scores.enriched.score[gene]) \(row[8])")
      #expect(scores.enriched.goodGuides[gene] == Int(row[12]), "\(row[0])")
      for (p, text) in [(scores.depleted.p[gene], row[3]), (scores.enriched.p[gene], row[9])] {
        let permuted = try #require(Double(text))
        worst = max(worst, abs(p - permuted) / (permuted * (1 - permuted) / 1e5 + 1e-9).squareRoot())
      }
    }
    // With control guides MAGeCK permutes those alone; 100,000 permutations else.
    if normalisation.isEmpty { #expect(worst < 6) }
  }

  /// drugZ sorts equal counts in no order. Where the order of equal counts moves a gene by less than 0.001, it is away from ties.
  @Test(
    "z as drugZ: its normZ to 0.006 away from ties, to 0.06 anywhere, and never beyond what the order of ties explains")
  func drugZ() throws {
    let counts = try Self.counts("bagel_hap1_counts.txt.gz", Self.hap1)
    let table = counts.table
    let scores = try ZScores(counts, sets: GuideSets(), isDrugZ: true)
    var low = [Double](repeating: .infinity, count: table.genes.count)
    var high = low.map { -$0 }
    var random = SplitMix64(seed: 7)
    for _ in 0..<12 {
      var tie = Array(table.guides.indices)
      tie.shuffle(using: &random)
      var change = FoldChange(drugZ: counts.controls, counts.treatments)
      let reads = counts.controls[0]
      change.order.sort { reads[$0] > reads[$1] || (reads[$0] == reads[$1] && tie[$0] < tie[$1]) }
      let spread = SpreadWindow.drugZ(change.order.map { change.values[$0] })
      var z = [Double](repeating: 0, count: reads.count)
      for (place, guide) in change.order.enumerated() { z[guide] = change.values[guide] / spread[place] }
      let sums = table.genes.indices.map { gene in
        let guides = table.guides(of: gene)
        return guides.reduce(0.0) { $0 + z[$1] } / Double(guides.count { z[$0] != 0 }).squareRoot()
      }
      let mean = sums.reduce(0, +) / Double(sums.count)
      let sd = (sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sums.count)).squareRoot()
      for gene in sums.indices {
        low[gene] = min(low[gene], (sums[gene] - mean) / sd)
        high[gene] = max(high[gene], (sums[gene] - mean) / sd)
      }
    }
    var away = 0
    for row in try Self.golden("drugz_hap1u.txt.gz") {
      let gene = try #require(table.genes.firstIndex(of: row[0]))
      let printed = try #require(Double(row[3]))
      #expect(scores.observations[gene] == Int(row[2]), "\(row[0])")
      #expect(abs(scores.normZ[gene] - printed) <= 0.06, "\(row[0])")
      #expect(printed >= low[gene] - 0.006 && printed <= high[gene] + 0.006, "\(row[0])")
      guard high[gene] - low[gene] < 0.001 else { continue }
      away += 1
      #expect(abs(scores.normZ[gene] - printed) <= 0.006, "\(row[0]): \(scores.normZ[gene]) \(printed)")
    }
    #expect(away > 10_000)
  }

  @Test("essential genes are told from the others, and the strongest are those that both programs put first")
  func hits() throws {
    let counts = try Self.counts("bagel_hap1_counts.txt.gz", Self.hap1)
    var sets = GuideSets()
    let list = { (name: String) in
      try NameList(Self.bytes("targets/" + name), file: name).guides(in: counts.table, what: "genes").isNamed
    }
    sets.essential = try list("CEGv2.txt")
    sets.nonEssential = try list("NEGv1.txt")
    let analysis = try GeneAnalysis(counts.table, contrast: Self.hap1, sets: sets)
    let separation = try #require(analysis.quality.first { $0.measure == "essential_separation" }?.value)
    #expect(separation > 0.9)
    let first = analysis.genes(called: .sensitises)
    #expect(first.count > 500)
    let both = try Set(Self.golden("drugz_hap1u.txt.gz").prefix(300).map { $0[0] })
    #expect(first.prefix(100).count { both.contains($0.gene) } > 80)
  }

  @Test(
    "the tables of every program are read",
    arguments: [
      ("mageck_demo1_counts.txt", 999, 100), ("mageck_leukemia.csv", 9999, 1000),
      ("bagel_hap1_counts.txt.gz", 71_090, 18_056),
      ("jacks_small_counts.tab.gz", 8081, 0), ("drugz_example_9_guides.txt", 9, 2),
    ])
  func tables(name: String, guides: Int, genes: Int) throws {
    let table = try CountReader.read(Self.bytes("counts/" + name), file: name)
    #expect(table.guides.count == guides)
    #expect(genes == 0 || table.genes.count == genes)
    #expect(table.counts.allSatisfy { $0.count == guides } && table.samples.count == table.counts.count)
  }
}
