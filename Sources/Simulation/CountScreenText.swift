import Foundation

/// A simulated gene screen as files.
public enum CountScreenText {
  /// The counts in MAGeCK's form: `sgRNA`, `Gene`, a column for each sample, separated by tabs.
  public static func counts(_ screen: CountScreenDesign.Screen) -> String {
    var text = "sgRNA\tGene\t" + screen.samples.joined(separator: "\t") + "\n"
    for row in screen.guides.indices {
      text += "\(screen.guides[row])\t\(screen.genes[row])"
      for sample in screen.counts { text += "\t\(Int(sample[row]))" }
      text += "\n"
    }
    return text
  }

  /// The table of samples, as `isobole genes --design` takes it.
  public static func design(_ screen: CountScreenDesign.Screen, drug: String) -> String {
    var text = "sample,arm,drug,replicate\n"
    for sample in screen.samples {
      let parts = sample.split(separator: "_")
      let isControl = parts.first == "control"
      text += "\(sample),\(isControl ? "control" : "treatment"),\(isControl ? "" : drug),\(parts.last ?? "1")\n"
    }
    return text
  }

  /// What is planted: each gene with its log2 fold change under the drug, of a guide that works, and what its loss does.
  public static func truth(_ screen: CountScreenDesign.Screen) -> String {
    var text = "gene,log2_fold_change,loss\n"
    var last = ""
    for (gene, effect) in zip(screen.genes, screen.effects) where gene != last {
      text += "\(gene),\(effect),\(effect == 0 ? "no effect" : effect < 0 ? "sensitises" : "protects")\n"
      last = gene
    }
    return text
  }
}
