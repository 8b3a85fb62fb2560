extension FormatCatalogue {
  /// Tables in which a mixture is written as one: its text, or its total dose.
  static let mixtures: [Format] = [
    Format(
      name: "treatment-texts", kind: .doses,
      summary: "Table whose one column names each well's drugs with their doses",
      sample: """
        cell_line,treatment,viability
        OCUBM,DMSO,98.5
        OCUBM,bortezomib 200 nM,70
        OCUBM,selinexor 1000 nM,80
        OCUBM,selinexor 1000 nM + bortezomib 200 nM,40

        """, truth: "the same wells as a table"),
    Format(
      name: "prism", kind: .doses,
      summary: "GraphPad Prism's grouped table: doses of one drug down, those of the other above groups of replicates",
      sample: """
        Selinexor (nM),Bortezomib 0 nM,,Bortezomib 200 nM,
        0,99,98,71,69
        1000,81,79,41,39

        """, truth: "means and replicates of each cell, worked out from the sample by a test"),
    Format(
      name: "rays", kind: .doses,
      summary: "Mixtures in fixed ratios (rays): the total dose and drug 1's share of it, both drugs alone among them",
      sample: """
        dose,pct,viability
        0,999,100
        1,100,90
        2,100,80
        4,100,60
        1,50,85
        2,50,70
        4,50,45
        1,0,80
        2,0,65
        4,0,40

        """, truth: "drc's glymet: responses, Bliss and HSA worked out from the file by a test"),
    Format(
      name: "mixlow", kind: .doses,
      summary: "Trays of the R package mixlow: a drug or a mixture a tray, blanks among them",
      sample: """
        conc_units\tuM
        tray_label\tsel
        cell_line\tOCUBM
        composition\tselinexor=1
        conc\t0\t1\t2
        conc\t0\t0\t0
        label\trx\trx\trx
        label\tbbt\tbbt\tbbt
        resp\t1100\t900\t700
        resp\t100\t100\t100
        tray_label\tbor
        cell_line\tOCUBM
        composition\tbortezomib=1
        conc\t0\t1\t2
        label\trx\trx\trx
        resp\t1000\t700\t400
        tray_label\tmix
        cell_line\tOCUBM
        composition\tselinexor=.5\tbortezomib=.5
        conc\t0\t2\t4
        label\trx\trx\trx
        resp\t1000\t600\t300

        """, truth: "mixlow's example: every response worked out from the file by a test"),
  ]
}
