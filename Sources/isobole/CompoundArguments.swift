import ArgumentParser
import Compounds
import Programs
import Screening

/// What `isobole analyze` is told about drugs.
struct CompoundArguments: ParsableArguments {
  @OptionGroup var files: RegistryArguments

  @Flag(help: "Leave the drugs' names and their order as read.")
  var keepNames = false

  @Option(
    help: ArgumentHelp(
      "A name of a drug that stands for another, as a misspelling does; may be given several times.",
      valueName: "old=new"))
  var rename: [DrugRename] = []

  /// The options; ends the command when a registry file cannot be used.
  func options() throws -> CompoundOptions {
    var options = CompoundOptions(registry: try files.registry(), keepsNames: keepNames)
    options.renames = rename
    return options
  }
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
