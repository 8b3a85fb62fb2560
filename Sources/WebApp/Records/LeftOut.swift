import Foundation
import Reporting
import Synergy

/// A well that somebody left out of a combination, or put back.
struct LeftOutWell: Sendable {
  /// Its id in the store.
  var id: String
  /// The dose of each drug, in the block's order.
  var doses: [Double]
  /// The well's response, % inhibition; `nil` for all wells of the dose pair.
  var response: Double?
  /// Why.
  var reason: String
  /// Who left it out, and when.
  var by: String
  var at: Date
  /// Who put it back, and when; `nil` while it is out.
  var undoneBy: String?
  var undoneAt: Date?

  /// Makes a record.
  init(
    id: String, doses: [Double], response: Double?, reason: String, by: String, at: Date, undoneBy: String? = nil,
    undoneAt: Date? = nil
  ) {
    self.id = id
    self.doses = doses
    self.response = response
    self.reason = reason
    self.by = by
    self.at = at
    self.undoneBy = undoneBy
    self.undoneAt = undoneAt
  }

  /// Whether it is out now.
  var isOut: Bool { undoneAt == nil }
}

/// A combination's scores as run, and without the wells that were left out since.
struct Rescored: Sendable {
  /// One model's score on one side.
  struct Value: Sendable {
    var mean: Double?
    var low: Double?
    var high: Double?
    var p: Double?

    /// Makes a value.
    init(mean: Double?, low: Double?, high: Double?, p: Double?) {
      self.mean = mean
      self.low = low
      self.high = high
      self.p = p
    }
  }

  /// One model's score on both sides.
  struct Score: Sendable {
    var model: NullModel
    var before: Value
    var after: Value

    /// Makes a score.
    init(model: NullModel, before: Value, after: Value) {
      self.model = model
      self.before = before
      self.after = after
    }
  }

  /// The models, in the run's order.
  var scores: [Score]
  /// The consensus on both sides, percentage points.
  var consensusBefore: Double?
  var consensusAfter: Double?
  /// What stands in the way of scores, if something does.
  var message: String?

  /// Makes scores.
  init(scores: [Score], consensusBefore: Double?, consensusAfter: Double?, message: String? = nil) {
    self.scores = scores
    self.consensusBefore = consensusBefore
    self.consensusAfter = consensusAfter
    self.message = message
  }
}
