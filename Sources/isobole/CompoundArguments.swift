import ArgumentParser
import Compounds
import Screening

/// What `isobole analyze` is told about drugs.
struct CompoundArguments: ParsableArguments {
  @OptionGroup var files: RegistryArguments

  @Flag(help: "Leave the drugs' names and their order as read.")
  var keepNames = false

  /// The options; ends the command when a registry file cannot be used.
  func options() throws -> CompoundOptions { CompoundOptions(registry: try files.registry(), keepsNames: keepNames) }
}

/// The registry files of a command.
struct RegistryArguments: ParsableArguments {
  @Option(
    name: .customLong("compounds"),
    help: ArgumentHelp(
      "A lab's own registry (YAML: names, class, target, Cmax, adverse effects; see isobole compounds --help); adds to the "
        + "built-in one; may be given several times.",
      valueName: "file"))
  var paths: [String] = []

  /// The built-in registry and the files; ends the command when one cannot be used.
  func registry() throws -> CompoundRegistry {
    do throws(CompoundsError) {
      return try CompoundRegistry.builtIn(andFilesAt: paths)
    } catch {
      throw CommandFailure(message: "\(error)", status: .wrongCommand)
    }
  }
}
