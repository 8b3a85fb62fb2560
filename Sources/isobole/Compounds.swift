import ArgumentParser
import Compounds
import Programs
import Reporting
import Screening

/// `isobole compounds`: what is known of the drugs.
struct Compounds: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what is known of drugs; check a lab's registry file.",
    discussion: """
      The built-in registry has the XPO1 inhibitors and the partners that they were tried with in patients. A lab adds its \
      own file with --compounds; there every Cmax, adverse effect and trial needs a citation:

        isobole_compounds: 1
        compounds:
          - name: selinexor            # or a synonym: adds to what is known
            synonyms: [our lot 17]
            cmax: {value: 0.5, unit: uM, citation: "Smith 2020, table 2"}
          - name: ABC-123
            class: BET inhibitor
            adverse_effects:
              - {effect: thrombocytopenia, citation: "Jones 2021"}

      EXAMPLES
        isobole compounds list
        isobole compounds list --class SINE
        isobole compounds find kpt330
        isobole compounds find selinexor bortezomib --json
        isobole compounds check lab.yaml
      """,
    subcommands: [CompoundsList.self, CompoundsFind.self, CompoundsCheck.self])
}

/// `isobole compounds list`.
struct CompoundsList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the drugs that are known, by class.",
    discussion: "EXAMPLE\n  isobole compounds list --class \"proteasome inhibitor\"")

  @Option(name: .customLong("class"), help: ArgumentHelp("Only drugs of this class.", valueName: "name"))
  var drugClass: String?

  @OptionGroup var files: RegistryArguments

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let registry = try files.registry()
    if let drugClass, !registry.classes.contains(where: { CompoundName($0.name) == CompoundName(drugClass) }) {
      let known = registry.classes.map(\.name).joined(separator: ", ")
      StandardError.write("isobole: --class \(drugClass): no such class; expected one of \(known)\n")
      throw ExitCode(ExitStatus.wrongCommand.rawValue)
    }
    let shown = registry.compounds.filter { compound in
      drugClass.map { wanted in compound.drugClass.map { CompoundName($0.text) == CompoundName(wanted) } ?? false }
        ?? true
    }
    if json {
      try StandardOutput.print(CompoundJSON.text(of: shown, in: registry))
    } else {
      try StandardOutput.print(CompoundText.list(shown, width: Terminal.width), terminator: "")
    }
  }
}

/// `isobole compounds find`.
struct CompoundsFind: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "Show what is known of a drug, or of several together.",
    discussion: """
      One name shows the drug; several show what is known of them together: trials, and adverse effects that they share.
      Names are found in any spelling. Exit status 3 when a name is not known.

      EXAMPLES
        isobole compounds find KPT-330
        isobole compounds find selinexor bortezomib dexamethasone
      """)

  @Argument(help: ArgumentHelp("A name or synonym; several for a combination.", valueName: "name"))
  var names: [String]

  @OptionGroup var files: RegistryArguments

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let registry = try files.registry()
    let unknown = names.filter { registry.compound(named: $0) == nil }
    let knowledge = registry.knowledge(of: names)
    if unknown.count < names.count {
      if json {
        try StandardOutput.print(
          names.count == 1
            ? CompoundJSON.text(of: knowledge.drugs.compactMap(\.compound), in: registry)
            : CompoundJSON.text(of: knowledge))
      } else if names.count == 1, let compound = knowledge.drugs.first?.compound {
        try StandardOutput.print(
          CompoundText.compound(compound, trials: registry.trials(of: compound), width: Terminal.width), terminator: "")
      } else {
        try StandardOutput.print(CompoundText.together(knowledge, width: Terminal.width), terminator: "")
      }
    }
    guard unknown.isEmpty else {
      for name in unknown {
        StandardError.write(
          "isobole: \(name): no drug of this name; see isobole compounds list, or add it with --compounds\n")
      }
      throw ExitCode(ExitStatus.someRefused.rawValue)
    }
  }
}

/// `isobole compounds check`.
struct CompoundsCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a lab's registry file.",
    discussion: """
      Tells every fault with its line, what was read and what was expected. Files are checked together with the built-in \
      registry, in their order. Exit status 3 when one cannot be used.

      EXAMPLE
        isobole compounds check lab.yaml
      """)

  @Argument(help: ArgumentHelp("A registry file.", valueName: "file"))
  var paths: [String]

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    var usable: [RegistryFile] = []
    var refused: [CompoundsError] = []
    for path in paths {
      do throws(CompoundsError) {
        let file = try CompoundRegistry.registryFile(at: path)
        _ = try CompoundRegistry.builtIn(and: usable + [file])
        usable.append(file)
      } catch {
        refused.append(error)
        continue
      }
      if !json, let file = usable.last { try StandardOutput.print("\(path): \(file.summary)") }
    }
    if json { try StandardOutput.print(CompoundJSON.text(usable: usable, refused: refused)) }
    guard refused.isEmpty else {
      for error in refused { StandardError.write("\(error)\n") }
      throw ExitCode(ExitStatus.someRefused.rawValue)
    }
  }
}
