import Screening
import Synergy
import Testing

@testable import Reporting

@Suite("What reports say of a drug that blocks share")
struct AnchorWordsTests {
  private func summary(_ isShared: Bool?) throws -> BlockOutline {
    var analysis = try SampleScreen.analysis(SampleScreen.Recipe())
    analysis.anchor = isShared.map { AnchorReading(drug: 0, name: "selinexor", blocks: 40, isShared: $0) }
    return BlockOutline(BlockSummary(index: 0, analysis: analysis))
  }

  private func text(
    _ anchor: AnchorOptions.Method, _ baseline: BaselineOptions.Method = .auto, _ blocks: [Bool?] = []
  ) throws -> String {
    var options = SynergyOptions()
    options.anchor.method = anchor
    options.baseline.method = baseline
    return AnchorWords(try blocks.map(summary), options: options).method
  }

  @Test("is what was done, and for how many blocks")
  func method() throws {
    #expect(try text(.own).contains("from its own wells (--anchor own)"))
    #expect(try text(.shared, .fitted).contains("from its own wells, as its untreated level is (--baseline fitted)"))
    #expect(try text(.shared).contains("at least 24 blocks") && !text(.shared).contains("Here "))
    #expect(try text(.shared, .auto, [true, false, true, nil]).hasSuffix("Here this was done for 2 blocks."))
    #expect(try text(.shared, .asRead, [nil, false]).contains("Here no drug was measured alone"))
  }

  @Test("is one sentence in report.md, where it was asked for")
  func brief() throws {
    var options = SynergyOptions()
    #expect(AnchorWords(try [true].map(summary), options: options).brief == nil)
    options.anchor.method = .shared
    #expect(AnchorWords(try [true, nil, true].map(summary), options: options).brief?.contains("in 2 blocks.") == true)
    #expect(AnchorWords(try [false].map(summary), options: options).brief?.contains("No drug") == true)
  }

  @Test("stands under the drug's curve, and tells a block that stands alone from one that does not")
  func caption() {
    func caption(_ isShared: Bool) -> String {
      AnchorWords.caption(AnchorReading(drug: 0, name: "selinexor", blocks: 40, isShared: isShared))
    }
    #expect(caption(true).contains("40 blocks") && caption(true).contains("drawn towards"))
    #expect(caption(false).contains("40 blocks") && caption(false).contains("stand alone"))
  }
}
