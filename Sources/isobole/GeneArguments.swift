import ArgumentParser
import Foundation
import Genes
import Programs
import Screening

extension GeneOptions.Method: ExpressibleByArgument {}

/// Another program whose numbers are wanted to the digit.
enum GeneAnchor: String, ExpressibleByArgument, CaseIterable {
  case drugz
}

/// Names separated by commas.
struct NamesArgument: ExpressibleByArgument {
  var names: [String]

  init?(argument: String) {
    names = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    if names.contains("") { return nil }
  }
}

/// How tables of counts are read.
struct CountArguments: ParsableArguments {
  @Option(help: ArgumentHelp("The column of the guides' names. (default: recognised)", valueName: "column"))
  var guideColumn: String?

  @Option(
    help: ArgumentHelp(
      "The column of genes. (default: recognised, else from the guides' names: A1BG_guide1)", valueName: "column"))
  var geneColumn: String?

  @Option(help: ArgumentHelp("A table of guides and genes, where the counts have no genes.", valueName: "file"))
  var library: String?

  @Flag(help: "Round counts that are not whole numbers; without it they are an error.")
  var roundCounts = false

  /// The same for the reader.
  func options() throws -> CountReadingOptions {
    var options = CountReadingOptions()
    (options.guideColumn, options.geneColumn, options.roundsCounts) = (guideColumn, geneColumn, roundCounts)
    if let library {
      options.library = try GuideLibrary.read(GeneFiles.contents(of: library), file: library)
      options.libraryFile = library
    }
    return options
  }
}

/// Genes and guides of which something is known.
struct GeneSetArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Guides without a target, or their gene's name, one per line: their fold change is 0.", valueName: "file"))
  var nonTargeting: String?

  @Option(help: ArgumentHelp("Genes that every cell needs (as CEGv2), for quality.", valueName: "file"))
  var essential: String?

  @Option(
    help: ArgumentHelp(
      "Genes that no cell needs (as NEGv1), for quality; without --non-targeting their fold change is 0.",
      valueName: "file"))
  var nonEssential: String?

  @Option(
    help: ArgumentHelp(
      "Genes or guides that samples are scaled by: names separated by commas, or a file. (default: all guides)",
      valueName: "names"))
  var controlGenes: String?

  /// The files that are read.
  var files: [String] {
    [
      nonTargeting, essential, nonEssential,
      controlGenes.flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil },
    ]
    .compactMap(\.self)
  }

  /// The guides that they name, and names that no table has, in words.
  func sets(in table: CountTable) throws -> (sets: GuideSets, notes: [CountTable.Note]) {
    var sets = GuideSets()
    var notes: [CountTable.Note] = []
    func guides(_ list: NameList?, _ what: String) throws -> [Bool]? {
      guard let list else { return nil }
      let (isNamed, found) = try list.guides(in: table, what: what)
      if found < list.names.count {
        notes.append(
          .init(
            file: list.source, message: "\(list.names.count - found) of \(list.names.count) names are not in the table")
        )
      }
      return isNamed
    }
    func list(_ path: String?) throws -> NameList? {
      try path.map { try NameList(GeneFiles.contents(of: $0), file: $0) }
    }
    sets.nonTargeting = try guides(list(nonTargeting), "non-targeting guides")
    sets.essential = try guides(list(essential), "essential genes")
    sets.nonEssential = try guides(list(nonEssential), "non-essential genes")
    if let controlGenes {
      let given =
        FileManager.default.fileExists(atPath: controlGenes)
        ? try list(controlGenes)
        : NameList(source: "--control-genes", names: NamesArgument(argument: controlGenes)?.names ?? [])
      sets.normalisation = try guides(given, "genes or guides")
    }
    return (sets, notes)
  }
}

/// Files of counts.
enum GeneFiles {
  /// The bytes of a file.
  static func contents(of path: String) throws -> [UInt8] {
    do { return try FileDiscovery.contents(of: path == "-" ? FileDiscovery.standardInput : path) } catch {
      throw CommandFailure(message: "\(path): \(error.message)", status: .wrongCommand)
    }
  }

  /// Reads a table of all samples, or a directory of files of one sample each.
  ///
  /// - Parameters:
  ///   - samples: The samples that are needed.
  ///   - others: Files of the directory that are something else.
  static func table(
    _ path: String, samples: [String], options: CountReadingOptions, others: [String]
  ) throws -> CountTable {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else {
      return try CountReader.read(
        contents(of: path), file: path == "-" ? "standard input" : path, samples: samples, options: options)
    }
    let known = Set(others.map { URL(fileURLWithPath: $0).standardizedFileURL.path })
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
    let files = names.filter { CountReader.isCountFile($0) }.map { path + "/" + $0 }
      .filter { !known.contains(URL(fileURLWithPath: $0).standardizedFileURL.path) }
    guard !files.isEmpty else { throw CountError.noCountFiles(directory: path) }
    return try CountReader.read(files: files.map { ($0, try contents(of: $0)) }, samples: samples, options: options)
  }
}
