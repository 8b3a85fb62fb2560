import Assay
import Compounds
import Results
import Foundation
import ReferenceData
import Screening
import Statistics
import Synergy
import Testing

@testable import Reporting

@Suite("Charts of a screen and of a combination's page")
struct ScreenChartTests {
  @Test(
    "a linear axis has round ticks that hold every value",
    arguments: [([0.0, 1.2], 0...1.5), ([-0.4, 98], -20...100), ([3, 3], 3...4), ([-1e-9, 0.5], -0.1...0.5)])
  func linear(values: [Double], range: ClosedRange<Double>) {
    let scale = LinearScale(values, including: [], from: 0, to: 100)
    #expect(scale.ticks.count <= 9)
    for value in values { #expect(scale.range.contains(value)) }
    #expect(scale.place(scale.range.lowerBound) == 0 && scale.place(scale.range.upperBound) == 100)
    #expect(scale.range.upperBound - scale.range.lowerBound <= 2 * (range.upperBound - range.lowerBound))
  }

  @Test("the bands of a landscape cover its square once")
  func contours() throws {
    let analysis = try SampleScreen.analysis(.init(effect: 45))
    let slice = MatrixSlice(analysis.matrix, fixed: [])
    for score in analysis.models {
      var canvas = RecordingCanvas()
      try #require(ContourMap(score, on: slice)).draw(on: &canvas)
      // Holes run the other way round than what they are in.
      let area = canvas.areas.reduce(0.0) { sum, area in
        let next = area.points.dropFirst() + area.points.prefix(1)
        return sum + zip(area.points, next).reduce(0.0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y } / 2
      }
      #expect(abs(abs(area) - 150 * 150) < 1e-6, "\(score.model)")
      #expect(Set(canvas.areas.map(\.fill)).count > 3)
    }
  }

  @Test("each band of a landscape is at the height that its colour says")
  func levels() throws {
    // A plane from −50 to 50 over two by two doses: every band lies where the plane has its value.
    var analysis = try SampleScreen.analysis(.init(shape: [3, 3]))
    let matrix = analysis.matrix
    for cell in 0..<matrix.cellCount {
      analysis.models[0].synergy[cell] = matrix.position(of: cell, on: 1) == 2 ? 50 : -50
    }
    var canvas = RecordingCanvas()
    try #require(ContourMap(analysis.models[0], on: MatrixSlice(matrix, fixed: []))).draw(on: &canvas)
    for area in canvas.areas {
      guard case .synergy(let level) = area.fill else {
        Issue.record("a band without a level")
        continue
      }
      for point in area.points {
        let height = (point.x - 42) / 150 * 100 - 50
        #expect(abs(height - Double(level) * 5) <= 2.5 + 1e-9)
      }
    }
  }

  @Test("a drug combined with itself lies on the isobologram's line, one that helps below")
  func isobologram() throws {
    func block(_ strength: Double) throws -> BlockAnalysis {
      let doses = [0, 0.1, 0.3, 1, 3, 10]
      let wells = doses.flatMap { one in
        doses.map { other -> DoseMatrix.Well in
          let sum = one + other + strength * (one * other).squareRoot()
          return .init(doses: [one, other], response: sum > 0 ? 100 / (1 + 1 / sum) : 0)
        }
      }
      var options = SynergyOptions()
      options.inference.resamples = 0
      let unit = ConcentrationUnit("uM")
      return try BlockAnalyzer(options: options).analyze(
        DoseMatrix(id: "1", sample: nil, drugs: [("A", unit), ("B", unit)], wells: wells))
    }
    let additive = try #require(Isobologram(try block(0)))
    #expect(additive.effect == 50 && additive.points.count >= 4)
    for point in additive.points { #expect(abs(point.first + point.second - 1) < 0.15, "\(point)") }
    let synergistic = try #require(Isobologram(try block(2)))
    for point in synergistic.points { #expect(point.first + point.second < 0.9, "\(point)") }
  }

  @Test("Spearman's correlation takes ties at their mean rank and leaves gaps aside")
  func spearman() {
    #expect(RankCorrelation.spearman([1, 2, 3, 4], [10, 100, 1000, 10_000]) == 1)
    #expect(RankCorrelation.spearman([1, 2, 3, 4], [4, 3, 2, 1]) == -1)
    // R: cor(c(1,2,2,4), c(2,1,4,3), method = "spearman")
    #expect(abs(RankCorrelation.spearman([1, 2, 2, 4], [2, 1, 4, 3]) - 0.3162277660168379) < 1e-12)
    #expect(RankCorrelation.spearman([1, nil, 2, 3], [1, 9, 2, 3]) == 1)
    #expect(RankCorrelation.spearman([1, 1, 1], [1, 2, 3]).isNaN)
  }

  @Test("the sentence of a call names the bound it rests on and where the effect is strongest")
  func words() throws {
    var summary = BlockSummary(index: 0, analysis: try SampleScreen.analysis(.init()))
    let plain = CombinationWords(summary, inference: InferenceOptions())
    #expect(plain.call.hasPrefix("Mean synergy +") && plain.call.contains("nothing tells the noise"))
    for place in summary.scores.indices {
      summary.scores[place].mean = 12
      summary.scores[place].bias = 0
      summary.scores[place].interval = Interval(low: 8 + Double(place), high: 20)
      summary.scores[place].equivalence = Interval(low: 9, high: 19)
      summary.scores[place].p = 1e-6
    }
    var blocks = [summary]
    FalseDiscovery.judge(&blocks, options: InferenceOptions())
    let call = CombinationWords(blocks[0], inference: InferenceOptions()).call
    #expect(
      call.hasPrefix(
        "Synergistic under Bliss; all 4 models agree. Bliss +12.0 pp (95 % confidence interval +9.0 to +20.0, q < 0.001). Peak +"
      ),
      "\(call)")
    #expect(call.contains(" pp (Bliss) at selinexor ") && call.contains(" nM with bortezomib "))
  }

  @Test("the synergy within clinical Cmax is told with the limits in the block's units")
  func reachable() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write(
      "lab.yaml",
      """
      isobole_compounds: 1
      compounds:
        - name: selinexor
          cmax: {value: 0.2, unit: uM, citation: a lab}
        - name: bortezomib
          cmax: {value: 1e-3, unit: nM, citation: a lab}
      """)
    let registry = try CompoundRegistry.builtIn(andFilesAt: [path])
    let analysis = try SampleScreen.analysis(.init())
    let summary = BlockSummary(index: 0, analysis: analysis, registry: registry)
    let text = try #require(CombinationWords(summary, inference: InferenceOptions()).reachable)
    #expect(text == "Within clinical Cmax (selinexor ≤ 200 nM, bortezomib ≤ 0.001 nM): no tested dose pair lies there.")
    #expect(
      CombinationWords(BlockSummary(index: 0, analysis: analysis), inference: InferenceOptions()).reachable == nil)
  }

  @Test("problems that differ in numbers alone stand in one row")
  func problems() {
    let source = ReportSource(
      title: "t", version: "1", options: ScreenOptions(threads: 1), ranked: [], inputs: [], inputCount: 0,
      problems: (1...12).map {
        InputProblem(file: "a.csv", blockID: "\($0)", severity: .info, message: "\($0) of 36 cells are empty")
      } + [InputProblem(file: "a.csv", severity: .error, line: 3, message: "response \"x\" is not a number")],
      problemCounts: ProblemCounts(errors: 1, infos: 12), blocks: BlocksInMemory([:]))
    var out = ByteWriter()
    out.problems(of: source)
    let html = out.string
    #expect(html.components(separatedBy: "<tr><td>").count - 1 == 2)
    #expect(html.contains("and 4 more") && html.contains("<td>12</td>"))
    let error = html.range(of: "class=\"v error\"")?.lowerBound
    let info = html.range(of: "class=\"v info\"")?.lowerBound
    #expect(error.flatMap { one in info.map { one < $0 } } == true, "the most severe first")
  }
}
