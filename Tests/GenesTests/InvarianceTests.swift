import Foundation
import Simulation
import Testing

@testable import Genes

@Suite("What changes no bit of a contrast")
struct InvarianceTests {
  static let design = {
    var design = CountScreenDesign()
    (design.genes, design.guides, design.replicates, design.hits, design.depth) = (150, 4, 3, 0.1, 12)
    return design
  }()
  static let screen = design.screen()
  static let contrast = Contrast(
    name: "drug", controls: Array(screen.samples[..<3]), treatments: Array(screen.samples[3...]))

  /// Everything that comes out, as text that shows every bit.
  private func outcome(_ table: CountTable, _ contrast: Contrast = contrast, options: GeneOptions = .init()) throws
    -> String
  {
    let analysis = try GeneAnalysis(table, contrast: contrast, options: options)
    return "\(analysis.genes)\n\(analysis.guides)\n\(analysis.quality)"
  }

  private func table(_ rows: [Int], _ samples: [Int], extra: Bool = false) -> CountTable {
    let screen = Self.screen
    var (names, counts) = (
      samples.map { screen.samples[$0] }, samples.map { sample in rows.map { screen.counts[sample][$0] } }
    )
    if extra {
      names.append("another")
      counts.append(rows.map { Double($0 * 7 % 400) })
    }
    return CountTable(
      guides: rows.map { screen.guides[$0] }, genes: rows.map { screen.genes[$0] }, samples: names, counts: counts)
  }

  @Test("the order of rows and samples, and other samples", arguments: [false, true])
  func order(isPaired: Bool) throws {
    var random = SplitMix64(seed: 5)
    let rows = Array(Self.screen.guides.indices)
    var contrast = Self.contrast
    contrast.isPaired = isPaired
    let expected = try outcome(table(rows, [0, 1, 2, 3, 4, 5]), contrast)
    for _ in 0..<3 {
      #expect(try outcome(table(rows.shuffled(using: &random), [4, 2, 5, 0, 1, 3], extra: true), contrast) == expected)
    }
    var other = contrast
    other.controls = [contrast.controls[2], contrast.controls[0], contrast.controls[1]]
    other.treatments = [contrast.treatments[2], contrast.treatments[0], contrast.treatments[1]]
    #expect(try outcome(table(rows, [0, 1, 2, 3, 4, 5]), other) == expected)
  }

  @Test("threads")
  func threads() async throws {
    let rows = Array(Self.screen.guides.indices)
    let expected = try outcome(table(rows, [0, 1, 2, 3, 4, 5]))
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<6 { group.addTask { try outcome(table(rows, [0, 1, 2, 3, 4, 5])) == expected } }
      for try await isSame in group { #expect(isSame) }
    }
  }

  @Test("swapping the arms turns depletion into enrichment")
  func swapped() throws {
    let rows = Array(Self.screen.guides.indices)
    let table = table(rows, [0, 1, 2, 3, 4, 5])
    let forth = try GeneAnalysis(table, contrast: Self.contrast)
    let back = try GeneAnalysis(
      table, contrast: Contrast(name: "back", controls: Self.contrast.treatments, treatments: Self.contrast.controls))
    let effects = Dictionary(uniqueKeysWithValues: back.genes.map { ($0.gene, $0.effect) })
    for gene in forth.genes where gene.call == .sensitises {
      #expect((effects[gene.gene] ?? 0) > 0)
    }
    #expect(forth.genes(called: .sensitises).count > 3)
  }
}
