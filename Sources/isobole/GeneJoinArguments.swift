import ArgumentParser
import Assay
import Compounds
import Digests
import Foundation
import GeneTargets
import Genes
import Programs
import Screening

/// What `isobole analyze` and `isobole report` are told about a gene screen with the same drug.
struct GeneJoinArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A directory that isobole genes wrote, of a pooled CRISPR screen with the same drug: its genes are set beside the partners that act on them.",
      valueName: "directory"))
  var genes: String?

  @Option(
    help: ArgumentHelp(
      "The partners' targets: a table drug, gene and, where they are known, action (inhibitor, agonist, …), source, group (genes of a complex, or "
        + "paralogs, that count as one). Targets in --compounds count too.", valueName: "file"))
  var targets: String?

  func validate() throws {
    if genes == "" { throw ValidationError("--genes: the name is empty; name a directory.") }
    if targets == "" { throw ValidationError("--targets: the name is empty; name a file.") }
    if targets != nil, genes == nil {
      throw ValidationError("--targets is about a gene screen; add --genes with a directory that isobole genes wrote.")
    }
  }

  /// The gene screen's table.
  private var table: String? { genes.map { ($0.hasSuffix("/") ? String($0.dropLast()) : $0) + "/genes.csv" } }

  /// The files that are read.
  var paths: [String] { [table, targets].compactMap(\.self) }

  /// What was read.
  struct Screen {
    var genes: GeneScreen
    var inputs: [ScreenInput]
    var problems: [InputProblem]
  }

  /// The gene screen and the targets, read; `nil` where none was named.
  ///
  /// - Throws: what ends the command: without them nothing would be as the user wants it.
  func read(_ registry: CompoundRegistry) throws -> Screen? {
    guard let genes, let table else { return nil }
    do throws(CountError) {
      guard FileManager.default.fileExists(atPath: table) else {
        throw .noGeneResults(directory: genes)
      }
      var screen = Screen(genes: GeneScreen(directory: genes, contrasts: [], targets: []), inputs: [], problems: [])
      let bytes = try contents(of: table)
      let contrasts = try ScreenedGenes.read(bytes, file: table)
      screen.inputs.append(Self.input(table, bytes, "genes of a pooled CRISPR screen"))
      var own: [DrugTarget] = []
      if let targets {
        let bytes = try contents(of: targets)
        let read = try TargetTable(bytes, file: targets)
        own = read.targets
        screen.inputs.append(Self.input(targets, bytes, "targets of drugs"))
        screen.problems = read.notes.map {
          InputProblem(file: $0.file, severity: $0.isWarning ? .warning : .info, message: $0.message)
        }
      }
      own += Self.targets(in: registry, besides: own, genes: Set(contrasts.flatMap { $0.genes.map(\.gene) }))
      guard !own.isEmpty else { throw .noTargets(directory: genes) }
      screen.genes = GeneScreen(directory: genes, contrasts: contrasts, targets: own)
      return screen
    } catch {
      throw CommandFailure(message: "\(error)", status: .wrongCommand)
    }
  }

  private func contents(of path: String) throws(CountError) -> [UInt8] {
    do throws(InputProblem) { return try FileDiscovery.contents(of: path) } catch {
      throw .cannotRead(CountError.Place(path), reason: error.message)
    }
  }

  private static func input(_ path: String, _ bytes: [UInt8], _ format: String) -> ScreenInput {
    ScreenInput(
      path: path, sha256: SHA256.digest(of: bytes).hexadecimal, bytes: bytes.count, format: format, response: nil,
      blocks: 0)
  }

  /// Targets that a registry names as genes of the screen, of drugs that the table does not have.
  private static func targets(
    in registry: CompoundRegistry, besides own: [DrugTarget], genes: Set<String>
  ) -> [DrugTarget] {
    let named = Set(own.map { registry.compound(named: $0.drug)?.name ?? $0.drug })
    return registry.compounds.filter { !named.contains($0.name) }.flatMap { compound in
      guard let target = compound.target else { return [DrugTarget]() }
      return target.text.split(whereSeparator: { ",;/ ".contains($0) }).map(String.init).filter(genes.contains).map {
        DrugTarget(drug: compound.name, gene: $0, source: target.citation ?? "")
      }
    }
  }
}
