import Synergy

/// The member `bigl` of a block in `results.json`, read back.
struct SurfaceTestRecord: Decodable {
  struct Marginals: Decodable {
    var e0: Double
    var emax: [Double]
    var hill: [Double]
    var ec50: [Double]
    var rss: Double
    var df: Int
  }
  struct Test: Decodable {
    var f: Double?
    var df1: Double
    var df2: Double
    var p: Double?
    var cutoff: Double?
    var cells: [Int]
    var prediction: [Double?]
    var max_r: [Double?]
    var calls: [String]
  }
  var marginals: Marginals?
  var tests: [String: Test]

  /// The tests of a block with so many cells, in the order in which nulls are always told.
  func analysis(cells: Int) throws -> BIGLAnalysis {
    BIGLAnalysis(
      marginals: try marginals.map { record in
        guard [record.emax, record.hill, record.ec50].allSatisfy({ $0.count == 2 }) else {
          throw BlockRecord.Mismatch(description: "BIGL's curves are not two")
        }
        return BIGLMarginals(
          baseline: record.e0, asymptotes: (record.emax[0], record.emax[1]), hills: (record.hill[0], record.hill[1]),
          ec50s: (record.ec50[0], record.ec50[1]), rss: record.rss, degrees: record.df)
      },
      tests: try BIGLNull.allCases.compactMap { null in
        try tests[null.rawValue].map { record in
          let calls = record.calls.compactMap(BIGLTest.Call.init)
          guard record.cells.allSatisfy((0..<cells).contains), calls.count == record.cells.count,
            record.prediction.count == calls.count, record.max_r.count == calls.count
          else { throw BlockRecord.Mismatch(description: "BIGL's test of \(null.rawValue) has not one call a cell") }
          return BIGLTest(
            null: null, cells: record.cells, predictions: record.prediction.numbers, f: record.f ?? .nan,
            degrees: (record.df1, record.df2), p: record.p ?? .nan, studentized: record.max_r.numbers,
            cutoff: record.cutoff ?? .nan, calls: calls)
        }
      })
  }
}
