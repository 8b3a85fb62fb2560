import ArgumentParser
import Assay
import Foundation
import PlateDesign
import Plates
import Programs

extension DoseSeries: ExpressibleByArgument {
  /// Reads a series as it is typed.
  public init?(argument: String) { self.init(argument) }
}

/// `isobole layout`: a design in, the plates' layout and the transfers that make them out.
struct Layout: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lay out a combination experiment on plates.",
    discussion: """
      Writes layout.csv, which isobole analyze --layout takes, and picks.csv, a pick list for an Echo with the stock that each \
      source well must hold. Every anchor meets every partner; replicates and controls are scattered over the plate.

      EXAMPLE
        isobole layout --anchor selinexor:10uM:1/3:8 --partner bortezomib:0.1uM:1/3:8 --plate 384 --replicates 3 \\
          --controls negative:24,positive:16 --sample MM.1S --seed 7 --out Design
      """)

  @Option(
    help: ArgumentHelp(
      "An anchor and its doses: name, highest dose, factor, number of doses.", valueName: "drug:top:factor:n"))
  var anchor: [DoseSeries]

  @Option(help: ArgumentHelp("A partner and its doses.", valueName: "drug:top:factor:n"))
  var partner: [DoseSeries]

  @Option(help: ArgumentHelp("A cell line or patient sample; each has plates of its own.", valueName: "name"))
  var sample: [String] = []

  @Option(help: ArgumentHelp("Wells of a plate: 6, 12, 24, 48, 96, 384 or 1536.", valueName: "wells"))
  var plate = 384

  @Option(help: ArgumentHelp("Wells of each dose pair.", valueName: "n"))
  var replicates = 3

  @Option(
    help: ArgumentHelp(
      "Control wells of each plate: a number of negative and of positive ones, or negative:24,positive:16,blank:8.",
      valueName: "list"))
  var controls = ControlsArgument(wells: [.negative: 16, .positive: 16, .blank: 0])

  @Option(
    help: ArgumentHelp("What the positive controls get; else nothing is planned for them.", valueName: "drug:dose"))
  var kill: DoseSeries?

  @Flag(help: "Use the outer rows and columns too.")
  var useEdges = false

  @Option(help: ArgumentHelp("The seed of the order of wells.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("The plates are called this and a number.", valueName: "text"))
  var prefix = "P"

  @Option(help: ArgumentHelp("The volume of an assay well, µL.", valueName: "µL"))
  var wellVolume = 50.0

  @Option(help: ArgumentHelp("The volume of a transfer, nL; a multiple of 2.5.", valueName: "nL"))
  var transferVolume = 50.0

  @Option(help: ArgumentHelp("Where layout.csv and picks.csv go.", valueName: "directory"))
  var out: String

  func validate() throws {
    if PlateFormat(wells: plate) == nil {
      throw ValidationError("--plate \(plate): expected 6, 12, 24, 48, 96, 384 or 1536.")
    }
    if anchor.isEmpty || partner.isEmpty { throw ValidationError("expected at least one --anchor and one --partner.") }
    if !(1...1000).contains(replicates) { throw ValidationError("--replicates \(replicates): expected 1 to 1000.") }
    if !(wellVolume > 0 && wellVolume < 1e6) {
      throw ValidationError("--well-volume \(wellVolume): expected a volume in µL.")
    }
    let drops = transferVolume / 2.5
    if !(drops >= 1 && drops == drops.rounded() && transferVolume < wellVolume * 1000) {
      throw ValidationError(
        "--transfer-volume \(transferVolume): expected a multiple of 2.5 nL below the well's volume.")
    }
    if prefix.isEmpty || out.isEmpty { throw ValidationError("--prefix and --out: expected a name.") }
  }

  func run() throws {
    var request = LayoutDesign.Request(anchors: anchor, partners: partner)
    request.samples = sample
    request.format = PlateFormat(wells: plate) ?? request.format
    request.replicates = replicates
    request.controls = controls.wells
    request.kill = kill
    request.avoidsEdges = !useEdges
    request.seed = seed
    request.prefix = prefix
    request.wellVolume = wellVolume * 1000
    request.transferVolume = transferVolume
    let design: LayoutDesign
    do {
      design = try LayoutDesign(request)
    } catch {
      throw ValidationError("\(error).")
    }
    var files = NewFiles(into: out)
    files.add("layout.csv", Data(LayoutWriter.table(design.layouts).utf8))
    files.add("picks.csv", Data(LayoutWriter.pickList(design.picks).utf8))
    try files.write()
    let wells = design.layouts.reduce(0) { $0 + $1.wells.count }
    try StandardOutput.print(
      "\(wells) wells on \(design.layouts.count) \(design.layouts.count == 1 ? "plate" : "plates"), \(design.picks.count) transfers"
    )
    try StandardOutput.print("Layout: \(out)/layout.csv\nPicks: \(out)/picks.csv")
  }
}

/// Control wells as they are typed: `16`, or `negative:24,positive:16,blank:8`.
struct ControlsArgument: ExpressibleByArgument, CustomStringConvertible {
  var wells: [PlateLayout.Role: Int]

  init(wells: [PlateLayout.Role: Int]) { self.wells = wells }

  init?(argument: String) {
    if let count = Int(argument), (1...1536).contains(count) {
      wells = [.negative: count, .positive: count]
      return
    }
    wells = [:]
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: ":", omittingEmptySubsequences: false)
      guard pair.count == 2, let role = PlateLayout.Role(rawValue: String(pair[0])), role != .sample, role != .empty,
        wells[role] == nil, let count = Int(pair[1]), (0...1536).contains(count)
      else { return nil }
      wells[role] = count
    }
  }

  var description: String {
    wells.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue):\($0.value)" }.joined(separator: ",")
  }
  var defaultValueDescription: String { description }
}
