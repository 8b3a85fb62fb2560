import DoseResponse

/// Four-parameter Hill fits, global search included.
struct HillBenchmarks {
  static let group = "Hill fit, global"
  var settings: Settings

  func run() -> [Result] {
    [6, 8, 10].flatMap { batch(points: $0) } + [blockOfLines(), single()]
  }

  /// 1,000 curves of one design in one batch.
  private func batch(points: Int) -> [Result] {
    let curves = NoisyCurves(points: points, count: 1_000)
    let fitter = HillFitter()
    return [nil, 0.0].map { (e0: Double?) in
      let design = fitter.design(
        doses: curves.doses, weights: curves.doses.map { _ in 1 }, fixedE0: e0 != nil)
      var fits: [HillFit] = []
      let time = Stopwatch.time(repeats: settings.repeats, scale: 1_000) {
        for responses in curves.responses { fitter.add(design, responses: responses, e0: e0 ?? 0) }
        fits = fitter.fit()
      }
      return Result(
        Self.group, "\(points) doses, \(e0 == nil ? "4 parameters" : "E0 fixed"), batch of 1,000", time: time,
        in: .microseconds, target: 1.5, floor: 0.5,
        check: DenseSearch(doses: curves.doses, e0: e0).check(fits, curves.responses, few: settings.checked))
    }
  }

  /// What a 10 × 10 block asks for: 20 lines.
  private func blockOfLines() -> Result {
    let curves = NoisyCurves(points: 10, count: 20)
    let fitter = HillFitter()
    let design = fitter.design(doses: curves.doses, weights: curves.doses.map { _ in 1 }, fixedE0: true)
    var fits: [HillFit] = []
    let time = Stopwatch.time(repeats: settings.repeats, scale: 20) {
      for responses in curves.responses { fitter.add(design, responses: responses, e0: 0) }
      fits = fitter.fit()
    }
    return Result(
      Self.group, "10 doses, E0 fixed, batch of 20 (a block's lines)", time: time, in: .microseconds, target: 1.5,
      floor: 0.5, check: DenseSearch(doses: curves.doses, e0: 0).check(fits, curves.responses, few: settings.checked))
  }

  /// One call a curve.
  private func single() -> Result {
    let curves = NoisyCurves(points: 10, count: 200)
    let fitter = HillFitter()
    var fits: [HillFit] = []
    let time = Stopwatch.time(repeats: settings.repeats, scale: 200) {
      fits = curves.responses.map { fitter.fit(doses: curves.doses, responses: $0) }
    }
    return Result(
      Self.group, "10 doses, 4 parameters, one call a curve", time: time, in: .microseconds, target: 1.5, floor: 0.5,
      check: DenseSearch(doses: curves.doses).check(fits, curves.responses, few: settings.checked))
  }
}
