import ArgumentParser
import Foundation
import Programs
import Simulation

/// What `isobole simulate --genes` is told.
struct GeneSimulationArguments: ParsableArguments {
  @Flag(help: "Simulate a pooled CRISPR screen instead: counts.tsv, samples.csv and truth.csv.")
  var genes = false

  @Option(
    help: ArgumentHelp("With --genes: genes of the library. (default: \(CountScreenDesign().genes))", valueName: "n"))
  var geneCount: Int?

  @Option(
    help: ArgumentHelp("With --genes: guides of each gene. (default: \(CountScreenDesign().guides))", valueName: "n"))
  var guides: Int?

  @Option(
    help: ArgumentHelp(
      "With --genes: log2 fold change under the drug of a gene with an effect. (default: \(CountScreenDesign().effect))",
      valueName: "log2"))
  var foldChange: Double?

  @Option(
    help: ArgumentHelp(
      "With --genes: share of genes with an effect whose loss protects. (default: \(CountScreenDesign().protecting))",
      valueName: "share"))
  var protecting: Double?

  @Option(
    help: ArgumentHelp(
      "With --genes: share of guides that do not work. (default: \(CountScreenDesign().inactiveGuides))",
      valueName: "share"))
  var inactiveGuides: Double?

  @Option(
    help: ArgumentHelp(
      "With --genes: mean reads of a guide. (default: \(Int(CountScreenDesign().depth)))", valueName: "reads"))
  var depth: Double?

  @Option(
    help: ArgumentHelp(
      "With --genes: cells of each guide at the narrowest bottleneck. (default: \(Int(1 / CountScreenDesign().dispersion)))",
      valueName: "cells"))
  var bottleneck: Double?

  func validate() throws {
    func demand(_ isRight: Bool, _ message: String) throws { if !isRight { throw ValidationError(message) } }
    guard genes else {
      let given: [(String, Bool)] = [
        ("--gene-count", geneCount != nil), ("--guides", guides != nil), ("--fold-change", foldChange != nil),
        ("--protecting", protecting != nil), ("--inactive-guides", inactiveGuides != nil), ("--depth", depth != nil),
        ("--bottleneck", bottleneck != nil),
      ]
      if let option = given.first(where: \.1)?.0 {
        throw ValidationError("\(option): only for --genes; add --genes, or remove it.")
      }
      return
    }
    try demand(
      geneCount.map { (2...50_000).contains($0) } ?? true, "--gene-count \(geneCount ?? 0): expected 2 to 50000.")
    try demand(guides.map { (1...100).contains($0) } ?? true, "--guides \(guides ?? 0): expected 1 to 100.")
    try demand(
      foldChange.map { $0 > 0 && $0 <= 10 } ?? true, "--fold-change \(foldChange ?? 0): expected log2 units up to 10.")
    for (option, share) in [("--protecting", protecting), ("--inactive-guides", inactiveGuides)] {
      try demand(share.map { (0...1).contains($0) } ?? true, "\(option) \(share ?? 0): expected a share from 0 to 1.")
    }
    try demand(depth.map { $0 >= 1 && $0 <= 1e6 } ?? true, "--depth \(depth ?? 0): expected 1 to 1000000 reads.")
    try demand(
      bottleneck.map { $0 >= 1 && $0 <= 1e9 } ?? true, "--bottleneck \(bottleneck ?? 0): expected 1 to 1e9 cells.")
  }

  /// The design.
  func design(replicates: Int, hits: Double, seed: UInt64) -> CountScreenDesign {
    var design = CountScreenDesign()
    (design.replicates, design.hits, design.seed) = (replicates, hits, seed)
    if let geneCount { design.genes = geneCount }
    if let guides { design.guides = guides }
    if let foldChange { design.effect = foldChange }
    if let protecting { design.protecting = protecting }
    if let inactiveGuides { design.inactiveGuides = inactiveGuides }
    if let depth { design.depth = depth }
    if let bottleneck { design.dispersion = 1 / bottleneck }
    return design
  }
}

extension Simulate {
  /// Writes a gene screen, the design of its samples and its truth.
  func writeGenes() throws {
    let design = geneScreen.design(replicates: replicates?.counts.first ?? 2, hits: hits, seed: seed)
    let screen = design.screen()
    var files = NewFiles(into: out)
    files.add("counts.tsv", Data(CountScreenText.counts(screen).utf8))
    files.add("samples.csv", Data(CountScreenText.design(screen, drug: "drug").utf8))
    files.add("truth.csv", Data(CountScreenText.truth(screen).utf8))
    try files.write()
    try StandardOutput.print(
      "\(screen.guides.count) guides of \(design.genes) genes in \(screen.samples.count) samples in \(out)/: counts.tsv, samples.csv, truth.csv\n"
        + "Score them: isobole genes \(out)/counts.tsv --design \(out)/samples.csv")
  }
}
