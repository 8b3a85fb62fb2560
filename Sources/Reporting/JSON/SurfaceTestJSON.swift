import Synergy

/// The member `bigl` of a block in `results.json`: the marginals with one baseline, and the test of each null.
enum SurfaceTestJSON {
  static func write(_ analysis: BIGLAnalysis, to json: inout JSONWriter) {
    json.key("bigl")
    json.object { json in
      if let marginals = analysis.marginals {
        json.key("marginals")
        json.object { json in write(marginals, to: &json) }
      }
      json.key("tests")
      json.object { json in
        for test in analysis.tests {
          json.key(test.null.rawValue)
          json.object { json in write(test, to: &json) }
        }
      }
    }
  }

  private static func write(_ marginals: BIGLMarginals, to json: inout JSONWriter) {
    let (first, second) = (marginals.first, marginals.second)
    json.key("e0")
    json.value(first.e0)
    for (name, values) in [
      ("emax", [first.emax, second.emax]), ("hill", [first.hill, second.hill]), ("ec50", [first.ec50, second.ec50]),
    ] {
      json.key(name)
      json.values(values)
    }
    json.key("rss")
    json.value(marginals.rss)
    json.key("sd")
    json.value(marginals.sigma)
    json.key("df")
    json.value(marginals.degrees)
  }

  /// Cells are numbered as those of the block, in every array in the order of `cells`.
  private static func write(_ test: BIGLTest, to json: inout JSONWriter) {
    for (name, value) in [
      ("f", test.f), ("df1", test.degrees.0), ("df2", test.degrees.1), ("p", test.p), ("cutoff", test.cutoff),
    ] {
      json.key(name)
      json.value(value)
    }
    json.key("call")
    json.value(test.call.rawValue)
    json.key("cells")
    json.array { json in for cell in test.cells { json.value(cell) } }
    json.key("prediction")
    json.values(test.predictions)
    json.key("max_r")
    json.values(test.studentized)
    json.key("calls")
    json.array { json in for call in test.calls { json.value(call.rawValue) } }
  }
}
