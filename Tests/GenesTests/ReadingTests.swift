import Foundation
import Testing

@testable import Genes

@Suite("Tables of counts")
struct ReadingTests {
  private func read(_ text: String, samples: [String]? = nil, options: CountReadingOptions = .init()) throws
    -> CountTable
  {
    try CountReader.read(Array(text.utf8), file: "counts.txt", samples: samples, options: options)
  }

  @Test(
    "are read in the forms that programs write, into one table",
    arguments: [
      "sgRNA\tGene\tx\ty\nA_2\tA\t3\t4\nB_1\tB\t5\t6\nA_1\tA\t1\t2\n",
      "sgRNA,Gene,x,y\r\nA_2,A,3,4\r\nB_1,B,5,6\r\nA_1,A,1,2\r\n",
      "id;gene_symbol;x;y\nA_2;A;3;4\n\nB_1;B;5;6\nA_1;A;1;2",
      "REAGENT_ID\tGENE\tx\ty\nA_1\tA\t1.0\t2.0\nA_2\tA\t3.0\t4.0\nB_1\tB\t5.0\t6.00\n",
      "\"\",\"Gene\",\"x\",\"y\"\n\"A_1\",\"A\",1,2\n\"A_2\",\"A\",3,4\n\"B_1\",\"B\",5,6\n",
      "Gene\tx\ty\nA_1\tA\t1\t2\nA_2\tA\t3\t4\nB_1\tB\t5\t6\n",
      "# a comment\nGene,sgRNA,x,y\nA,A_1,1,2\nA,A_2,3,4\nB,B_1,5,6\n",
      "\u{FEFF}sgRNA\tx\tEntrez ID\ty\nA_1\t1\t7\t2\nA_2\t3\t7\t4\nB_1\t5\t8\t6\n",
    ])
  func forms(text: String) throws {
    let table = try read(text)
    #expect(table.guides == ["A_1", "A_2", "B_1"])
    #expect(table.genes == ["A", "B"])
    #expect(table.samples == ["x", "y"])
    #expect(table.counts == [[1, 3, 5], [2, 4, 6]])
    #expect(table.guides(of: 0) == 0..<2 && table.geneOfGuide == [0, 0, 1])
  }

  @Test("UTF-16 and columns that are asked for; nothing is asked of the others")
  func chosen() throws {
    let text = "sgRNA\tGene\tnote\tx\ty\nA_1\tA\tgood\t1\tNA\nA_2\tA\tbad\t3\t-4\n"
    #expect(try read(text, samples: ["x"]).counts == [[1, 3]])
    let wide: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] as [UInt8] }
    #expect(try CountReader.read(wide, file: "c", samples: ["x"]).counts == [[1, 3]])
  }

  @Test("columns by name, rounding and a library where the header does not say it")
  func options() throws {
    var options = CountReadingOptions()
    (options.guideColumn, options.geneColumn, options.roundsCounts) = ("tag", "what", true)
    let table = try read("what,tag,x\nA,g1,1.5\nA,g2,2.4\n", options: options)
    #expect(table.guides == ["g1", "g2"] && table.counts == [[2, 2]])
    #expect(table.notes.contains { $0.message.contains("2 counts") && $0.isWarning })
    options = CountReadingOptions()
    options.library = try GuideLibrary.read(Array("guide,gene\ng1,A\ng2,B\ng3,C\n".utf8), file: "library.csv")
    #expect(try read("guide\tx\ng2\t1\ng1\t2\n", options: options).genes == ["A", "B"])
    #expect(throws: CountError.self) { try read("guide\tx\ng2\t1\ng4\t2\n", options: options) }
  }

  @Test(
    "a column of row numbers without a name is no guide",
    arguments: [
      ",sgRNA,Gene,x,y\n0,A_1,A,1,2\n1,A_2,A,3,4\n2,B_1,B,5,6\n",
      "\"\",\"Gene\",\"tag\",\"x\",\"y\"\n\"1\",\"A\",\"A_1\",1,2\n\"2\",\"A\",\"A_2\",3,4\n\"3\",\"B\",\"B_1\",5,6\n",
      "sgRNA Gene x y\n1 A_1 A 1 2\n2 A_2 A 3 4\n3 B_1 B 5 6\n",
    ])
  func numbered(text: String) throws {
    let table = try read(text.replacingOccurrences(of: " ", with: "\t"))
    #expect(table.guides == ["A_1", "A_2", "B_1"] && table.samples == ["x", "y"])
    #expect(table.counts == [[1, 3, 5], [2, 4, 6]])
  }

  @Test(
    "genes in the names of guides: behind a word for a guide, and behind what all names share",
    arguments: [
      (["sg_A_1", "sg_A_2", "sg_B_1", "sg_B_2"], ["A", "A", "B", "B"]),
      (["sgRNA_A_1", "sgRNA_A_2", "AAVS1_1", "AAVS1_2"], ["A", "A", "AAVS1", "AAVS1"]),
      (["lib_A_1", "lib_A_2", "lib_B_1", "lib_B_2"], ["A", "A", "B", "B"]),
      (["A_1_x", "A_2_x", "A_3_x", "A_4_x"], ["A", "A", "A", "A"]),
      (["A|1", "A|2", "B_2|1", "B_2|2"], ["A", "A", "B_2", "B_2"]),
    ])
  func names(guides: [String], genes: [String]) { #expect(GuideNames.genes(of: guides) == genes) }

  @Test("a library that names other genes than the table is a warning, one without a guide an error")
  func library() throws {
    var options = CountReadingOptions()
    (options.library, options.libraryFile) = (["g1": "KMT2A", "g2": "B"], "library.csv")
    let table = try read("guide,gene,x\ng1,MLL,1\ng2,B,2\n", options: options)
    #expect(table.genes == ["B", "KMT2A"])
    let note = try #require(table.notes.first { $0.isWarning })
    for words in ["1 of 2 guides", "library.csv", "line 2", "\"g1\" is of \"MLL\" here and of \"KMT2A\" there"] {
      #expect(note.message.contains(words), "\(note.message)")
    }
    let error = #expect(throws: CountError.self) { try read("guide,gene,x\ng1,MLL,1\ng7,B,2\n", options: options) }
    #expect("\(try #require(error))".contains("1 guides are not in the library library.csv, the first is \"g7\""))
  }

  @Test("genes that a spreadsheet made dates of are a warning that says what they probably were")
  func dates() throws {
    let table = try read("sgRNA,Gene,x\na,2-Sep,1\nb,1-Mar,2\nc,Sep-09,2\nd,2023-12-01,2\ne,HLA-A,2\nf,NKX2-1,3\n")
    let note = try #require(table.notes.first { $0.isWarning })
    for words in ["4 genes are dates", "2-Sep (probably SEPT2, now SEPTIN2)", "MARCH1", "SEPT9", "DEC1", "--library"] {
      #expect(note.message.contains(words), "\(note.message)")
    }
    #expect(try read("sgRNA,Gene,x\na,SEPTIN2,1\nb,MARCHF1,2\nc,DEC1,3\nd,T-1,2\n").notes.isEmpty)
  }

  @Test("a file of a sample that is not needed does not fail a directory; one that may hold a needed sample does")
  func unneeded() throws {
    func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    let good = bytes("sgRNA,gene,count\nA_1,A,5\nA_2,A,6\n")
    let files = [("a.txt", good), ("bad.txt", bytes("sgRNA,gene,count\nA_1,A,-5\n")), ("b.txt", good)]
    let table = try CountReader.read(files: files, samples: ["a", "b"])
    #expect(table.samples == ["a", "b"])
    #expect(table.notes.contains { $0.isWarning && $0.message.contains("bad.txt, line 2") })
    for samples in [nil, ["a", "bad"]] {
      let error = #expect(throws: CountError.self) { try CountReader.read(files: files, samples: samples) }
      #expect("\(try #require(error))".contains("bad.txt, line 2"))
    }
    let missing = #expect(throws: CountError.self) {
      try CountReader.read(files: [files[0], files[2]], samples: ["a", "c"])
    }
    #expect("\(try #require(missing))".contains("no column \"c\""))
    // Nor does one with other guides.
    let other = ("z.txt", bytes("sgRNA,gene,count\nQ_1,Q,5\n"))
    #expect(try CountReader.read(files: [files[0], other], samples: ["a"]).samples == ["a"])
  }

  @Test("one file per sample: called after the column, or after the file where that is just a count")
  func files() throws {
    let table = try CountReader.read(files: [
      ("d/veh.counts.txt", Array("sgRNA\tgene\tcount\nA_1\tA\t1\nA_2\tA\t2\n".utf8)),
      ("d/drug.txt", Array("sgRNA\tgene\tDrug_1\nA_2\tA\t4\nA_1\tA\t3\n".utf8)),
    ])
    #expect(table.samples == ["veh", "Drug_1"] && table.counts == [[1, 2], [3, 4]])
  }

  @Test("lists of names: with a header, with comments, as genes or as guides")
  func lists() throws {
    let table = try read("sgRNA\tGene\tx\nA_1\tA\t1\nA_2\tA\t2\nB_1\tB\t3\n")
    let list = try NameList(Array("GENE\tHGNC_ID\nA\tHGNC:1\n# more\nZ\tHGNC:2\n".utf8), file: "set.txt")
    #expect(list.names == ["A", "Z"])
    let found = try list.guides(in: table, what: "genes")
    #expect(found.isNamed == [true, true, false] && found.found == 1)
    #expect(
      try NameList(source: "s", names: ["A_2"]).guides(in: table, what: "guides").isNamed == [false, true, false])
    let error = #expect(throws: CountError.self) {
      try NameList(source: "s", names: ["Q"]).guides(in: table, what: "genes")
    }
    #expect("\(try #require(error))".contains("none of its names"))
    #expect(throws: CountError.self) { try NameList(Array("gene\n".utf8), file: "s") }
  }

  private func sheet(_ text: String, isPaired: Bool = false) throws -> SampleSheet {
    try SampleSheet(Array(text.utf8), file: "samples.csv", isPaired: isPaired)
  }

  @Test("a table of samples makes a contrast of each drug and dose in each line on each day")
  func design() throws {
    let text = """
      sample,arm,drug,dose,day,replicate,line,who
      P,initial,,,,,,x
      V1,vehicle,,,14,1,MM1S,x
      V2,DMSO,,,14,2,MM1S,x
      V3,control,,,14,1,H929,x
      S1,treated,selinexor,50 nM,14,1,MM1S,x
      S2,treatment,selinexor,50 nM,14,2,MM1S,x
      S3,drug,selinexor,50 nM,14,1,H929,x

      """
    let sheet = try sheet(text)
    #expect(sheet.contrasts.map(\.name) == ["selinexor 50 nM, MM1S, day 14", "selinexor 50 nM, H929, day 14"])
    #expect(sheet.contrasts[0].controls == ["V1", "V2"] && sheet.contrasts[0].treatments == ["S1", "S2"])
    #expect(sheet.contrasts[1].controls == ["V3"] && sheet.contrasts[1].initial == ["P"])
    #expect(sheet.notes.contains { $0.message.contains("\"who\"") })
    let paired = try self.sheet(text, isPaired: true)
    #expect(paired.contrasts[0].isPaired && paired.contrasts[0].treatments == ["S1", "S2"])
  }

  @Test(
    "a table of samples that does not fit is refused",
    arguments: [
      ("name,arm\na,control\n", "no column \"sample\""), ("sample,group\na,control\n", "no column \"arm\""),
      ("sample,arm\na,maybe\n", "the arm of \"a\" is \"maybe\""),
      ("sample,arm\na,control\na,drug\n", "stands in line 2 too"),
      ("sample,arm\na,control\n", "no sample has the arm treatment"),
      ("sample,arm,line\na,control,x\nb,drug,y\n", "no control sample of the same line and day"),
      (
        "sample,arm,drug,dose\nv,control,,\na,drug,A 1,\nb,drug,A,1\n",
        "two contrasts would be called “A 1”: drug \"A 1\", and drug \"A\", dose \"1\""
      ),
      ("", "expected a table of samples with a header"), ("7,8\n9,1\n", "a header such as sample, arm"),
      ("sample\na\n", "separated by"), ("sample,arm\n", "expected one row per sample"),
      ("sample,arm\na,control,x\n", "3 fields, the header 2"), ("sample,arm\n", "no rows"),
    ])
  func wrongDesign(text: String, says: String) throws {
    let error = #expect(throws: CountError.self) { try sheet(text) }
    #expect("\(try #require(error))".contains(says), "\(String(describing: error))")
  }
}
