extension FormatCatalogue {
  /// What is in the wells: files for `--layout` and `--manifest`.
  static let layouts: [Format] = [
    Format(
      name: "layout", kind: .layouts,
      summary: "A layout: one row a well; without the column plate it is of every plate that has none of its own",
      sample: """
        plate,well,role,drug1,conc1,drug2,conc2,unit,sample
        P1,A1,negative,,,,,uM,OCUBM
        P1,A2,sample,selinexor,1,,,uM,OCUBM
        P1,B1,sample,,,bortezomib,0.2,uM,OCUBM
        P1,B2,sample,selinexor,1,bortezomib,0.2,uM,OCUBM

        """, truth: "the example screen, whose numbers are known, and layouts read back as they were written"),
    Format(
      name: "layout-rows", kind: .layouts, summary: "A layout with one drug a row: the rows of a well add up",
      sample: """
        plate,well,drug,conc,unit
        P1,A1,DMSO,0.1,%
        P1,A2,selinexor,1,uM
        P1,B1,bortezomib,0.2,uM
        P1,B2,selinexor,1,uM
        P1,B2,bortezomib,0.2,uM

        """, truth: "the same wells as one row a well: Bliss and HSA by NumPy"),
    Format(
      name: "plater", kind: .layouts,
      summary:
        "Grids as plater reads them; in a workbook also a sheet for each, called as the column (gDR's templates)",
      sample: """
        role,1,2
        A,negative,sample
        B,sample,sample

        drug1,1,2
        A,,selinexor
        B,,selinexor

        conc1 (uM),1,2
        A,,1
        B,,1

        drug2,1,2
        A,,
        B,bortezomib,bortezomib

        conc2 (uM),1,2
        A,,
        B,0.2,0.2

        """, truth: "gDR's templates, 12 blocks of six cell lines"),
    Format(
      name: "drawing", kind: .layouts, summary: "The plate drawn, with drugs, doses and units in its wells",
      sample: """
        ,1,2
        A,DMSO,selinexor 1 uM
        B,bortezomib 0.2 uM,selinexor 1 uM + bortezomib 0.2 uM

        """, truth: "the same wells as a table"),
    Format(
      name: "d300", kind: .layouts,
      summary: "A D300 or D300e dispenser's report: one row a fluid and well, concentrations add up, DMSO is no drug",
      sample: """
        Plate,Dispensed well,Fluid name,Dispensed concentration,Units,Dispensed volume,Units,Total well volume
        1,A1,DMSO,0.03,%,15,nL,50015
        1,A2,selinexor,1,uM,10,nL,50010
        1,B1,bortezomib,0.2,uM,2,nL,50002
        1,B2,selinexor,1,uM,10,nL,50012
        1,B2,bortezomib,0.2,uM,2,nL,50012

        """, truth: "a D300e report with its authors' own joined table: every mean to 1e-9"),
    Format(
      name: "cellhts2", kind: .layouts,
      summary: "cellHTS2's plate configuration, beside a layout (its annotation); its plate list is a manifest",
      sample: """
        Wells: 384
        Plates: 2
        Plate\tWell\tContent
        *\t*\tsample
        *\tB02\tneg
        *\tA01\tpos

        """, truth: "PGPC's screen: 118 negative controls a plate, its six pairs"),
    Format(
      name: "manifest", kind: .manifests,
      summary: "The layout and the sample of each plate, by barcode or by the export's file",
      sample: """
        plate,layout,sample
        RUN01,template.csv,OCUBM
        RUN02,template.csv,TMD8

        """, truth: "gDR's manifest and PGPC's plate list"),
  ]
}
