import Assay
import DoseTables

/// The formats of files that are understood, each with a sample that reads.
public struct FormatCatalogue: Sendable {
  /// What a format holds.
  public enum Kind: String, Sendable, CaseIterable {
    /// Doses and responses of combinations: `ScreenFile` reads it.
    case doses
    /// A reader's plates: `PlateExport` reads it.
    case plates
    /// What is in the wells: `LayoutSet` reads it.
    case layouts
    /// Which layout plates have: `PlateManifest` reads it.
    case manifests
  }

  /// One format.
  public struct Format: Sendable {
    /// A short name: `envision`.
    public var name: String
    /// What it holds.
    public var kind: Kind
    /// What it is, in words.
    public var summary: String
    /// A small file of it.
    public var sample: String
    /// What shows that it is read rightly: files of others, and what their numbers were compared with.
    public var truth: String
  }

  /// Every format.
  public static let all: [Format] = doses + mixtures + plates + layouts

  private static let doses: [Format] = [
    Format(
      name: "table", kind: .doses, summary: "SynergyFinder's table: one row a well, two drugs or more",
      sample: """
        block_id,drug1,drug2,cell_line_name,conc1,conc2,response,conc_unit
        1,selinexor,bortezomib,OCUBM,0,0,1.5,uM
        1,selinexor,bortezomib,OCUBM,0,0.2,30,uM
        1,selinexor,bortezomib,OCUBM,1,0,20,uM
        1,selinexor,bortezomib,OCUBM,1,0.2,60,uM

        """,
      truth: "SynergyFinder's ONEIL example; DECREASE's tables, EIPM's and FIMM's workbooks: Bliss and HSA by NumPy"),
    Format(
      name: "matrix", kind: .doses,
      summary: "SynergyFinder's matrix: drug 1 downwards, drug 2 across, blocks below one another",
      sample: """
        Drug1:,selinexor
        Drug2:,bortezomib
        Cell:,OCUBM
        ConcUnit:,uM
        ,0,0.2
        0,1.5,30
        1,20,60

        """, truth: "SynergyFinder's ONEIL example, the mean of its table's replicates"),
    Format(
      name: "drugcomb", kind: .doses, summary: "DrugComb's table: row drug and column drug",
      sample: """
        block_id,drug_row,drug_col,cell_line_name,conc_r,conc_c,inhibition,conc_r_unit,conc_c_unit
        1,selinexor,bortezomib,OCUBM,0,0,1.5,uM,nM
        1,selinexor,bortezomib,OCUBM,0,200,30,uM,nM
        1,selinexor,bortezomib,OCUBM,1,0,20,uM,nM
        1,selinexor,bortezomib,OCUBM,1,200,60,uM,nM

        """, truth: "DrugComb's export of an NCATS screen"),
    Format(
      name: "ncats", kind: .doses, summary: "NCATS matrix export",
      sample: """
        BlockId,Col,Row,viability,RowName,ColName,RowConcs,ColConcs,RowConcUnit,ColConcUnit,sampleid
        1,1,1,98.5,selinexor,bortezomib,0,0,nM,nM,TMD8
        1,2,1,70,selinexor,bortezomib,0,200,nM,nM,TMD8
        1,1,2,80,selinexor,bortezomib,1000,0,nM,nM,TMD8
        1,2,2,40,selinexor,bortezomib,1000,200,nM,nM,TMD8

        """, truth: "Mathews Griner 2014, 466 blocks: Bliss and HSA by R and Python"),
    Format(
      name: "almanac", kind: .doses,
      summary: "NCI-ALMANAC's combination file: NSC numbers, growth in percent of the untreated",
      sample: """
        COMBODRUGSEQ,PLATE,NSC1,CONC1,CONCUNIT1,NSC2,CONC2,CONCUNIT2,PERCENTGROWTH,PERCENTGROWTHNOTZ,EXPECTEDGROWTH,SCORE,CELLNAME
        1,P1,740,1E-06,M,,0,,20,60,,,A498
        2,P1,3088,1E-08,M,,0,,40,70,,,A498
        3,P1,740,1E-06,M,3088,1E-08,M,-40,30,8,48,A498

        """, truth: "its columns as NCI publishes them, and Bliss by hand"),
    Format(
      name: "anchor-library", kind: .doses, summary: "An anchor at few doses, a library drug at many (Sanger)",
      sample: """
        CELL_LINE_NAME,ANCHOR_NAME,ANCHOR_CONC,LIBRARY_NAME,LIBRARY_CONC,VIABILITY
        OCUBM,selinexor,0,bortezomib,0,98.5
        OCUBM,selinexor,0,bortezomib,0.2,70
        OCUBM,selinexor,1,bortezomib,0,80
        OCUBM,selinexor,1,bortezomib,0.2,40

        """, truth: "the same wells as a table"),
    Format(
      name: "treatment-column", kind: .doses,
      summary: "Table whose one column names a drug or two, and their doses another",
      sample: """
        cell_line,treatment,dose (uM),viability
        OCUBM,DMSO,0,98.5
        OCUBM,bortezomib,0.2,70
        OCUBM,selinexor,1,80
        OCUBM,selinexor + bortezomib,1 + 0.2,40

        """, truth: "the same wells as a table"),
    Format(
      name: "python", kind: .doses, summary: "Table of the Python package synergy: doses and effects",
      sample: """
        d1,d2,E
        0,0,0.985
        0,0.2,0.7
        1,0,0.8
        1,0.2,0.4

        """, truth: "the package synergy's own examples, loaded by it"),
    Format(
      name: "named-doses", kind: .doses, summary: "Table whose dose columns are called after the drugs",
      sample: """
        Strain,Selinexor (nM),Bortezomib (nM),Relative OD600
        OCUBM,0,0,1
        OCUBM,0,200,0.7
        OCUBM,1000,0,0.8
        OCUBM,1000,200,0.4

        """, truth: "LAPK's checkerboards of antibiotics: Bliss and HSA by NumPy"),
    Format(
      name: "checkerboard", kind: .doses,
      summary: "Matrix without labels: doses in the first row and column, names beside them where there are any",
      sample: """
        selinexor \\ bortezomib,0 nM,200 nM
        0 nM,98.5,70
        1000 nM,80,40

        """, truth: "CheckerBoardR's boards: Bliss and HSA by NumPy"),
    Format(
      name: "treatments", kind: .doses, summary: "Treatments in the header, times in the rows (IncuCyte, HTSplotter)",
      sample: """
        Elapsed,"DMSO 0.1%,OCUBM","bortezomib 200 nM,OCUBM","selinexor 1000 nM,OCUBM","selinexor 1000 nM,bortezomib 200 nM,OCUBM"
        72,88.1,61.5,70.2,35.4

        """, truth: "HTSplotter's demonstration, four combinations: Bliss and HSA by NumPy"),
  ]

  private static let plates: [Format] = PlateExportWriter.Dialect.allCases.map { dialect in
    var style = PlateExportWriter.Style()
    style.newline = "\n"
    style.isUTF16 = false
    return Format(
      name: dialect.rawValue, kind: .plates, summary: summary(dialect),
      sample: String(decoding: PlateExportWriter(dialect, style: style).bytes([plate(dialect)]), as: UTF8.self),
      truth: "exports of other groups, and a writer of the same format read back well by well")
  }

  /// Six wells with one over the range.
  private static func plate(_ dialect: PlateExportWriter.Dialect) -> PlateRead {
    let format = PlateFormat.standard[0]
    let values: [Double?] = [118_240, 97_310.5, 4_020, 115_870, nil, 3_985]
    let wells = values.enumerated().map { place, value in
      PlateRead.Well(
        position: WellPosition(row: place / format.columns, column: place % format.columns), value: value,
        note: value == nil ? .overflow : nil)
    }
    let isBare = dialect == .gridBare
    return PlateRead(
      barcode: isBare ? nil : "XPO1-0001", format: format, reader: "", channel: isBare ? nil : "Luminescence",
      time: "11/10/2026 3:09:33 PM", wells: wells)
  }

  private static func summary(_ dialect: PlateExportWriter.Dialect) -> String {
    switch dialect {
    case .envision: "PerkinElmer EnVision, CSV with named rows and columns"
    case .envisionPlain: "PerkinElmer EnVision, CSV without names"
    case .mars: "BMG Labtech MARS (PHERAstar, CLARIOstar, FLUOstar, …), CSV grid"
    case .marsList: "BMG Labtech MARS, CSV list"
    case .kaleido: "Revvity Kaleido (EnSight), CSV"
    case .gen5: "BioTek/Agilent Gen5, text; several reads, kinetics"
    case .softMax: "Molecular Devices SoftMax Pro, text in plate format (UTF-16 or UTF-8)"
    case .softMaxTime: "Molecular Devices SoftMax Pro, text in time format: one column a well"
    case .iControl: "Tecan i-control, English or German; grids and kinetics"
    case .magellan: "Tecan Magellan, list"
    case .spark: "Tecan Spark (SparkControl)"
    case .gloMax: "Promega GloMax, list"
    case .grid: "Any grid of rows A, B, … and columns 1, 2, …, 6 to 1536 wells"
    case .gridSideways: "The same on its side"
    case .gridRows: "Rows A, B, … without column numbers"
    case .gridBare: "Numbers alone in the shape of a plate"
    case .list: "Any list: well, value, and where wanted plate, channel, repeat"
    case .listSideways: "The same on its side: one column a well"
    }
  }
}
