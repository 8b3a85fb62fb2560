import ArgumentParser
import Screening
import Synergy

/// What `isobole analyze` and `isobole report` are told about samples.
struct SampleArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Annotations of the samples: a table whose first column names the sample; words are factors, numbers covariates.",
      valueName: "file"))
  var samples: String?

  @Option(
    help: ArgumentHelp(
      "Permutations for the p value of an association (default: \(AcrossSamplesOptions().permutations)).",
      valueName: "n"))
  var permutations: Int?

  @Option(
    help: ArgumentHelp(
      "The least samples of a test (default: \(AcrossSamplesOptions().minimumSamples)).", valueName: "n"))
  var minSamples: Int?

  @Option(
    help: ArgumentHelp(
      "The least samples of a level (default: \(AcrossSamplesOptions().minimumPerLevel)).", valueName: "n"))
  var minPerLevel: Int?

  @Option(
    help: ArgumentHelp(
      "The model that stands first across samples: zip, bliss, loewe or hsa. (default: bliss, else the first)",
      valueName: "model"))
  var primaryModel: NullModelArgument?

  func validate() throws {
    if samples == "" { throw ValidationError("--samples: the name is empty; name a file.") }
    if let permutations, !(99...1_000_000).contains(permutations) {
      throw ValidationError("--permutations \(permutations): expected 99 to 1000000.")
    }
    if let minSamples, !(3...1000).contains(minSamples) {
      throw ValidationError("--min-samples \(minSamples): expected 3 to 1000.")
    }
    if let minPerLevel, !(1...1000).contains(minPerLevel) {
      throw ValidationError("--min-per-level \(minPerLevel): expected 1 to 1000.")
    }
  }

  /// Puts what was said into options; what was not said stays.
  func apply(to options: inout AcrossSamplesOptions) {
    if let permutations { options.permutations = permutations }
    if let minSamples { options.minimumSamples = minSamples }
    if let minPerLevel { options.minimumPerLevel = minPerLevel }
    if let primaryModel { options.primary = primaryModel.model }
  }

  /// The table, read.
  var file: SamplesFile? { samples.map { SamplesFile(path: $0) } }
}
