import Foundation
import Testing

@testable import Reporting

@Suite("Lines through fewer points")
struct SimplifiedLineTests {
  @Test("points on a straight way are excluded, the ends and a break stay")
  func straight() {
    let line: [ChartPoint?] = (0...9).map { ChartPoint(x: Double($0), y: 2 * Double($0)) }
    let points = SimplifiedLine.of(line + [nil] + line)
    #expect(points == [line[0], line[9], nil, line[0], line[9]])
    #expect(SimplifiedLine.of([]).isEmpty)
    #expect(SimplifiedLine.of([line[3]]) == [line[3]])
  }

  @Test("a curve keeps its shape: no point of it lies further than the tolerance from what is drawn")
  func curve() throws {
    let line = (0...200).map { ChartPoint(x: Double($0), y: 100 / (1 + exp(-(Double($0) - 100) / 8))) }
    let kept = SimplifiedLine.of(line, within: 0.05).compactMap { $0 }
    #expect(kept.count < 60)
    for point in line {
      let next = try #require(kept.firstIndex { $0.x >= point.x })
      let (before, after) = (kept[max(0, next - 1)], kept[next])
      let share = after.x > before.x ? (point.x - before.x) / (after.x - before.x) : 0
      let (rise, run) = (after.y - before.y, after.x - before.x)
      let distance = (before.y + share * rise - point.y).magnitude * (run > 0 ? run / hypot(rise, run) : 1)
      #expect(distance <= 0.05 + 1e-9)
    }
  }
}
