/// What an administrator, or the person at this machine, should know of the data directory.
struct DataNotice {
  private let orphans: Int
  private let orphaned: String
  private let condition: DataCheck.Condition

  init(_ services: Services) {
    orphans = services.data.orphanCount
    orphaned = services.data.orphaned
    condition = services.condition
  }

  init(orphans: Int, orphaned: String, condition: DataCheck.Condition) {
    self.orphans = orphans
    self.orphaned = orphaned
    self.condition = condition
  }

  /// The notice; `nil` when there is nothing to say.
  var text: String? {
    var sentences: [String] = []
    let lost = [
      condition.lostUploads > 0 ? Words.count(condition.lostUploads, "upload") : nil,
      condition.lostRuns > 0 ? "the results of " + Words.count(condition.lostRuns, "run") : nil,
    ].compactMap(\.self)
    if !lost.isEmpty {
      sentences.append(
        "Missing or damaged on the server’s disk: \(lost.joined(separator: " and ")); the server log names them. A backup may have them."
      )
    }
    if orphans > 0 {
      sentences.append(
        "\(Words.count(orphans, "item")) in \(orphaned) \(orphans == 1 ? "belongs" : "belong") to no screen of this server; nothing was deleted. "
          + "Check them, then move them elsewhere or delete them.")
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }
}
