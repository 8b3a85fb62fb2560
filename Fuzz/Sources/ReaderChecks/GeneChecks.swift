import GeneTargets
import Genes

/// What must hold of any input of `isobole genes`: a table of counts is whole, or there is an error; what is computed of it is a probability or nothing.
public enum GeneChecks {
  /// Reads the bytes as counts, as a design, as a library, as a list of names, as targets and as results; ends the program where one answers wrongly.
  public static func read(_ bytes: [UInt8]) {
    for rounds in [false, true] {
      var options = CountReadingOptions()
      options.roundsCounts = rounds
      if let table = try? CountReader.read(bytes, file: "input", options: options) { check(table) }
    }
    // Two files of one sample each.
    let middle = bytes.count / 2
    let files = [("a.txt", Array(bytes[..<middle])), ("b.txt", Array(bytes[middle...]))]
    for samples in [nil, ["a"]] {
      if let table = try? CountReader.read(files: files, samples: samples) { check(table) }
    }
    for isPaired in [false, true] {
      guard let sheet = try? SampleSheet(bytes, file: "input", isPaired: isPaired) else { continue }
      precondition(!sheet.contrasts.isEmpty && Set(sheet.contrasts.map(\.name)).count == sheet.contrasts.count)
      for contrast in sheet.contrasts { precondition(!contrast.controls.isEmpty && !contrast.treatments.isEmpty) }
    }
    if let library = try? GuideLibrary.read(bytes, file: "input") { precondition(!library.isEmpty) }
    if let list = try? NameList(bytes, file: "input") { precondition(!list.names.isEmpty) }
    if let targets = try? TargetTable(bytes, file: "input") {
      precondition(targets.targets.allSatisfy { !$0.drug.isEmpty && !$0.gene.isEmpty })
    }
    if let contrasts = try? ScreenedGenes.read(bytes, file: "input") {
      precondition(contrasts.allSatisfy { !$0.genes.isEmpty && $0.count == $0.genes.count })
    }
  }

  private static func check(_ table: CountTable) {
    precondition(!table.guides.isEmpty && !table.samples.isEmpty && table.counts.count == table.samples.count)
    precondition(Set(table.guides).count == table.guides.count && Set(table.samples).count == table.samples.count)
    precondition(table.starts.first == 0 && table.starts.last == table.guides.count)
    precondition(!table.genes.contains(""))
    for column in table.counts {
      precondition(column.count == table.guides.count && column.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
    }
    guard table.samples.count > 1 else { return }
    let contrast = Contrast(
      name: "input", controls: [table.samples[0]], treatments: Array(table.samples.dropFirst().prefix(2)))
    guard let analysis = try? GeneAnalysis(table, contrast: contrast) else { return }
    for gene in analysis.genes {
      for p in [gene.evidence.pSensitises, gene.evidence.pProtects, gene.evidence.qSensitises, gene.evidence.qProtects]
      {
        precondition(p.isNaN || (0...1).contains(p))
      }
      precondition(gene.interval.low.isNaN || gene.interval.low <= gene.interval.high)
    }
  }
}
