import Assay
import Compounds
import Foundation
import Screening
import Synergy
import Testing

@testable import Reporting

/// `report.pdf`, looked at with poppler's tools.
@Suite("report.pdf", .enabled(if: Viewer.has("pdftotext"), "poppler-utils is not installed"))
struct PDFReportTests {
  private func text(_ document: WrittenDocument) throws -> String {
    try Viewer.run("pdftotext", ["-layout", document.path, "-"])
  }

  @Test("the first page says what was screened, the pages are numbered, the parts come in their order")
  func order() throws {
    let text = try text(.pdf(DocumentSample.source(SampleScreen.varied(), title: "November screen")))
    let pages = text.split(separator: "\u{0C}").map(String.init)
    #expect(pages[0].contains("November screen") && pages[0].contains("Warnings"))
    #expect(pages[0].contains("selinexor × bortezomib"))
    for (number, page) in pages.enumerated() { #expect(page.contains("\(number + 1) of \(pages.count)")) }
    var rest = text[...]
    for part in ["Top combinations", "Contents", "Ranking", "Hill fits", "Problems", "Methods", "synergy.bounds.hill"] {
      let found = try #require(rest.range(of: part), "\(part) is missing or out of order")
      rest = rest[found.upperBound...]
    }
  }

  @Test("the table of contents gives the page on which a combination stands")
  func contents() throws {
    let pages = try text(.pdf(DocumentSample.source(SampleScreen.varied()))).split(separator: "\u{0C}").map(String.init)
    let line = try #require(pages[1].split(separator: "\n").first { $0.contains("selinexor × dexamethasone") })
    let number = try #require(line.split(separator: " ").last.flatMap { Int($0) })
    #expect(
      pages[number - 1].contains("selinexor × dexamethasone") && pages[number - 1].contains("Response and synergy"))
  }

  @Test("a block of 10 × 10 doses takes two pages, the first with every value of its maps")
  func twoPages() throws {
    let blocks = try ["1", "2"].map { try SampleScreen.analysis(.init(id: $0, shape: [10, 10], effect: 40)) }
    let pages = try text(.pdf(DocumentSample.source(blocks))).split(separator: "\u{0C}").map(String.init)
    let first = pages.indices.filter { pages[$0].contains("Response and synergy") }
    #expect(first.count == 2 && first[1] == first[0] + 2)
    let maps = pages[first[0]]
    for name in ["Response", "ZIP", "Bliss", "Loewe", "HSA"] { #expect(maps.contains(name)) }
    let words = Set(maps.split { $0.isWhitespace }.map(String.init))
    for value in blocks[0].matrix.mean {
      let rounded = Int(value.rounded())
      #expect(words.contains(rounded < 0 ? "−\(-rounded)" : "\(rounded)"), "\(value)")
    }
    #expect(pages[first[0] + 1].contains("Hill fits") && pages[first[0] + 1].contains("Each drug alone"))
  }

  @Test("every font is embedded and the file has its metadata")
  func fonts() throws {
    let document = try WrittenDocument.pdf(DocumentSample.source(SampleScreen.varied(), title: "T"))
    let fonts = try Viewer.run("pdffonts", [document.path]).split(separator: "\n").dropFirst(2)
    #expect(!fonts.isEmpty)
    // … emb sub uni object ID: the fifth word from the end says whether the font is in the file.
    for font in fonts { #expect(font.split(separator: " ").suffix(5).first == "yes", "\(font)") }
    let info = try Viewer.run("pdfinfo", [document.path])
    #expect(info.contains("T – synergy report") && info.contains("Isobole 0.1.0") && info.contains("A4"))
  }

  @Test("the same source gives the same bytes")
  func deterministic() throws {
    let source = try DocumentSample.source(SampleScreen.varied())
    #expect(try WrittenDocument.pdf(source).bytes == WrittenDocument.pdf(source).bytes)
  }

  @Test("nothing runs out of the page, whatever the names are", arguments: ["varied", "odd", "hostile"])
  func withinPage(_ kind: String) throws {
    let blocks =
      try kind == "varied" ? SampleScreen.varied() : kind == "odd" ? SampleScreen.odd() : DocumentSample.hostileBlocks()
    let document = try WrittenDocument.pdf(DocumentSample.source(blocks, title: DocumentSample.hostile[8]))
    let words = try Viewer.run("pdftotext", ["-bbox", document.path, "-"]).split(separator: "\n")
      .filter { $0.contains("<word ") }
    #expect(words.count > 500)
    for word in words {
      let numbers = word.split(separator: "\"").enumerated().filter { !$0.offset.isMultiple(of: 2) }
        .compactMap { Double($0.element) }
      #expect(numbers.count == 4)
      #expect(numbers[0] >= 20 && numbers[2] <= PDFPaper.pageWidth - 20, "\(word)")
      #expect(numbers[1] >= 10 && numbers[3] <= PDFPaper.pageHeight - 10, "\(word)")
    }
  }

  @Test("a name is shown as it stands, control characters as signs")
  func names() throws {
    let text = try text(.pdf(DocumentSample.source(DocumentSample.hostileBlocks())))
    #expect(text.contains("<script>alert(1)</script>"))
    #expect(text.contains("=cmd|' /C calc'!A0"))
    #expect(text.contains("nul�byte"))
  }

  @Test("what is known of a pair from patients stands on its page with its citation")
  func clinical() throws {
    let text = try text(.pdf(DocumentSample.source([SampleScreen.analysis(.init())])))
    let trials = ClinicalText(CompoundRegistry.builtIn.knowledge(of: ["selinexor", "bortezomib"])).trials
    #expect(!trials.isEmpty)
    for trial in trials { #expect(text.contains(trial.id)) }
    #expect(text.contains("Known from patients"))
  }

  @Test("only so many blocks have pages, and the contents say so")
  func limit() throws {
    let source = try DocumentSample.source(SampleScreen.varied())
    let text = try text(.pdf(source, blocks: 2))
    #expect(text.contains("The best 2 of 6 blocks"))
    #expect(text.components(separatedBy: "Hill fits").count == 1 + 2)
    #expect(try self.text(.pdf(source, blocks: 0)).contains("Methods"))
  }

  @Test("a screen without blocks makes a report that says so")
  func empty() throws {
    let text = try text(.pdf(DocumentSample.source([], problems: [])))
    #expect(text.contains("No combination could be analysed") && text.contains("Methods"))
  }

  @Test("problems of one message are one row with their number")
  func problems() throws {
    let problems = (1...40).map {
      InputProblem(file: "f\($0).csv", severity: .warning, line: 3, message: "one drug has no unit")
    }
    let text = try text(.pdf(DocumentSample.source(SampleScreen.varied(), problems: problems)))
    #expect(text.components(separatedBy: "one drug has no unit").count == 2)
    #expect(text.contains("40"))
  }

  @Test(
    "the date comes from SOURCE_DATE_EPOCH alone",
    arguments: [("0", "1970-01-01T00:00:00Z"), ("1732320000", "2024-11-23T00:00:00Z")])
  func date(_ epoch: String, _ date: String) {
    #expect(PDFReport.date(epoch) == date)
    for wrong in [nil, "", "soon", "-1", "999999999999999"] { #expect(PDFReport.date(wrong) == nil) }
  }
}

@Suite("texts of drawings")
struct TextLayoutTests {
  private func request(_ text: String, _ style: TextStyle = .cell) -> TextShape.Request {
    TextShape.Request(runs: [TextRun(text, style)], width: nil, lines: nil, side: .left, leading: 1)
  }

  @Test("a text is laid out once, and again where its letters, style or width are others")
  func once() {
    let drawing = CairoDrawing.picture(width: 10, height: 10, scale: 1)
    let shape = drawing.shape(request("+12"))
    #expect(drawing.shape(request("+12")) === shape)
    #expect(drawing.shape(request("+13")) !== shape)
    #expect(drawing.shape(request("+12", .strongCell)) !== shape)
    var narrow = request("+12")
    narrow.width = 4
    #expect(drawing.shape(narrow) !== shape)
    #expect(shape.width > 0 && shape.height > shape.baseline)
  }

  @Test("a text of one style has the colour that it was asked for, whatever shape it shares", arguments: [false, true])
  func colour(_ isFirst: Bool) throws {
    let document = WrittenDocument("text.png")
    let drawing = CairoDrawing.picture(width: 60, height: 20, scale: 1)
    drawing.fill(x: 0, y: 0, width: 60, height: 20, PaperInk.white)
    let style = TextStyle(size: 16, weight: .bold)
    if !isFirst { TextLayout([TextRun("88", style)], on: drawing).draw(on: drawing, x: 0, y: 0) }
    TextLayout([TextRun("88", style.coloured(PaperInk.bad))], on: drawing).draw(on: drawing, x: 30, y: 0)
    let plain = CairoDrawing.picture(width: 60, height: 20, scale: 1)
    plain.fill(x: 0, y: 0, width: 60, height: 20, PaperInk.white)
    if !isFirst { TextLayout([TextRun("88", style)], on: plain).draw(on: plain, x: 0, y: 0) }
    TextLayout([TextRun("88", style)], on: plain).draw(on: plain, x: 30, y: 0)
    var pictures: [[UInt8]] = []
    for picture in [drawing, plain] {
      let file = try OutputFile(path: document.path)
      try picture.writePNG(to: file)
      try file.close()
      pictures.append(try document.bytes)
    }
    #expect(pictures[0] != pictures[1])
  }
}
