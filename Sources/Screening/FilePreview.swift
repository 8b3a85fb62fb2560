import Assay
import Compounds
import DoseTables
import Plates

/// What one file of a screen is read as before anything is analysed: by the readers, the corrections and the names of
/// drugs that a run uses.
public enum FilePreview {
  /// From how many problems of a table on further blocks' are only counted.
  public static let mostProblems = 2000

  /// A table or matrix of doses and responses; its blocks' drugs are called as the results will call them.
  public static func table(
    _ bytes: [UInt8], name: String, corrections: FileCorrections = .init(), options: ReadingOptions = .init(),
    compounds: CompoundOptions = .init()
  ) -> ScreenFile {
    let reading = FileReading(corrections, file: name, registry: compounds.registry)
    var screen = ScreenFile.read(
      bytes, name: name, options: reading.options(options),
      drugKey: reading.drugKey(compounds), units: reading.unit(of:), otherKinds: .plates, mostProblems: mostProblems)
    screen.problems += reading.problems(ofTable: screen.blocks)
    var met: [String: Int] = [:]
    for name in screen.blocks.flatMap(\.axes).map({ compounds.renamed(reading.renamed($0.drug)) }) {
      met[name, default: 0] += 1
    }
    screen.problems += NearNames.pairs(met, registry: compounds.registry).filter { !$0.isVariant }.map { pair in
      InputProblem(
        file: name, severity: .warning,
        message: "“\(pair.name)” may be \(pair.suggestion): \(pair.reason). If it is, say so among the drugs' names")
    }
    var samples: [String: Int] = [:]
    for sample in screen.blocks.compactMap(\.sample) { samples[sample, default: 0] += 1 }
    screen.problems += SampleNaming.pairs(samples).map { pair in
      InputProblem(
        file: name, severity: .warning,
        message:
          "the sample “\(pair.name)” may be \(pair.suggestion): \(pair.reason). If it is, say \(pair.name)=\(pair.suggestion) under “Sample”"
      )
    }
    screen.blocks = reading.correct(screen.blocks).map { DrugNaming.named($0, options: compounds) }
    return screen
  }

  /// What a plate reader wrote.
  public static func export(
    _ bytes: [UInt8], name: String, corrections: FileCorrections = .init(), options: PlateExportOptions = .init(),
    compounds: CompoundOptions = .init()
  ) -> PlateExport {
    var export = PlateExport.read(bytes, name: name, options: options)
    export.problems += FileReading(corrections, file: name, registry: compounds.registry).correct(&export.plates)
    return export
  }

  /// The plates that a layout states.
  public static func layout(
    _ bytes: [UInt8], name: String, corrections: FileCorrections = .init(), compounds: CompoundOptions = .init()
  ) -> (format: String?, layouts: [PlateLayout], problems: [InputProblem]) {
    let reading = FileReading(corrections, file: name, registry: compounds.registry)
    var told: [InputProblem] = []
    let set = LayoutSet(files: [(name, bytes)]) { layouts in
      told = reading.problems(ofLayouts: layouts)
      let samples = FileReading.samples(of: layouts)
      for place in layouts.indices { reading.correct(&layouts[place], samples: samples) }
    }
    return (set.formats.first.flatMap(\.self), set.layouts, set.problems + told)
  }
}
