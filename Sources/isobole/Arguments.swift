import ArgumentParser
import DoseTables
import Screening
import Synergy

extension ReadingOptions.Response: ExpressibleByArgument {}
extension ReadingOptions.Replicates: ExpressibleByArgument {}
extension ColumnChoices: ExpressibleByArgument {}
extension DrugRename: ExpressibleByArgument {}
extension BIGLOptions.Errors: ExpressibleByArgument {}
extension SynergyOptions.ZIPBaseline: ExpressibleByArgument {}
extension BaselineOptions.Method: ExpressibleByArgument {}
extension AnchorOptions.Method: ExpressibleByArgument {}

/// A list of null models as it is typed: `zip,bliss`.
struct ModelList<Model>: ExpressibleByArgument, CustomStringConvertible
where Model: RawRepresentable<String> & Hashable & Sendable {
  var models: [Model]

  init(models: [Model]) { self.models = models }

  init?(argument: String) {
    let words = argument.lowercased().split(separator: ",", omittingEmptySubsequences: false)
    let models = words.compactMap { Model(rawValue: $0.trimmingPrefix(" ").description) }
    guard !models.isEmpty, models.count == words.count, Set(models).count == models.count else { return nil }
    self.models = models
  }

  var description: String { models.map(\.rawValue).joined(separator: ",") }
  var defaultValueDescription: String { description }
}

/// Two numbers, the lower first: `0.1,20`.
struct BoundsArgument: ExpressibleByArgument, CustomStringConvertible {
  var range: ClosedRange<Double>

  init(_ range: ClosedRange<Double>) { self.range = range }

  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard numbers.count == 2, let low = numbers[0], let high = numbers[1], low.isFinite, high.isFinite, low <= high
    else {
      return nil
    }
    range = low...high
  }

  var description: String { "\(range.lowerBound),\(range.upperBound)" }
  var defaultValueDescription: String { description }
}
