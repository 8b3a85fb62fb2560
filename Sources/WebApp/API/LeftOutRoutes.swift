import Assay
import Foundation
import Hummingbird
import Reporting
import Results
import Screening
import Statistics
import Synergy

/// Wells that people leave out of a combination, and what its scores are without them.
struct LeftOutRoutes {
  let services: Services

  struct New: Decodable {
    var doses: [Double]
    var response: Double?
    var reason: String?
  }

  struct WellAnswer: Encodable {
    var doses: [Double]
    var response: Double
    var leftOut: LeftOutRecord?

    enum CodingKeys: String, CodingKey {
      case doses, response
      case leftOut = "left_out"
    }
  }

  /// One model's score.
  struct Value: Encodable, Sendable {
    var mean: Double?
    var low: Double?
    var high: Double?
    var p: Double?

    init(_ analysis: BlockAnalysis, _ model: NullModel) {
      mean = analysis.score(of: model)?.mean
      let inference = analysis.inference(of: model)
      low = inference?.interval.low
      high = inference?.interval.high
      p = inference?.p
    }
  }

  struct Change: Encodable, Sendable {
    var model: String
    var name: String
    var before: Value
    var after: Value?
  }

  struct Pair: Encodable, Sendable {
    var before: Double?
    var after: Double?
  }

  struct Answer: Encodable, Sendable {
    var leftOut: [LeftOutRecord]
    var scores: [Change]
    var consensus: Pair
    /// Whether the wells left out now are those that the run left out: then nothing has changed.
    var isAsRun: Bool
    var message: String?

    enum CodingKeys: String, CodingKey {
      case scores, consensus, message
      case leftOut = "left_out"
      case isAsRun = "is_as_run"
    }
  }

  func add(to group: RouterGroup<WebContext>) {
    let block = "screens/:screen/runs/:run/blocks/:block"
    group.get(RouterPath(block + "/wells")) { _, context in
      let (screen, open, index, id) = try await services.block(context)
      return try JSONBody.response(["wells": try await wells(of: index, id, open, in: screen)])
    }
    group.get(RouterPath(block + "/left-out")) { _, context in
      let (screen, open, index, id) = try await services.block(context)
      return try JSONBody.response(try await answer(index, id, open, in: screen))
    }
    group.post(RouterPath(block + "/left-out")) { request, context in
      let person = try await services.openScreen(context).person
      let (screen, open, index, id) = try await services.block(context)
      try await leaveOut(
        try await JSONBody.decode(New.self, from: request), of: index, id, open, in: screen, by: person)
      return try JSONBody.response(try await answer(index, id, open, in: screen), status: .created)
    }
    group.delete(RouterPath(block + "/left-out/:well")) { _, context in
      let person = try await services.openScreen(context).person
      let (screen, open, index, id) = try await services.block(context)
      guard
        try await services.store.undoLeftOut(
          context.number("well", "excluded well"), of: id, in: screen.id, by: person)
      else { throw APIError.notFound("excluded well") }
      return try JSONBody.response(try await answer(index, id, open, in: screen))
    }
  }

  /// Every well of a block, those left out too.
  func wells(of index: Int, _ id: String, _ open: OpenRun, in screen: Screen) async throws -> [WellAnswer] {
    let matrix = try await open.reanalysis.matrix(of: index) ?? open.file.store.analysis(of: index).asRead
    var active = try await services.store.leftOut(of: screen.id, block: id).filter(\.isActive)
    return (0..<matrix.cellCount).flatMap { cell in
      let doses = matrix.doses(of: cell)
      return matrix.replicates(of: cell).map { response in
        let place = active.firstIndex { $0.doses == doses && $0.response == response }
        return WellAnswer(doses: doses, response: response, leftOut: place.map { active.remove(at: $0) })
      }
    }
  }

  /// Leaves wells out: the one that is named by its response, else all of its dose pair.
  private func leaveOut(
    _ new: New, of index: Int, _ id: String, _ open: OpenRun, in screen: Screen, by person: Person
  ) async throws {
    let reason = (new.reason ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    let isPrintable = !reason.unicodeScalars.contains { $0.properties.generalCategory == .control }
    guard (1...500).contains(reason.count), reason.utf8.count <= 4000, isPrintable else {
      throw APIError.bad("reason: say in 1 to 500 characters, on one line, why the well is excluded.")
    }
    let there = try await wells(of: index, id, open, in: screen).filter { Self.same($0.doses, new.doses) }
    guard !there.isEmpty else {
      throw APIError.bad(
        "doses: the block has no well at \(new.doses.prefix(9)); they are in the block's order and units.")
    }
    let chosen = there.filter {
      $0.leftOut == nil && (new.response.map { [response = $0.response] in Self.same([response], [$0]) } ?? true)
    }
    guard !chosen.isEmpty else {
      throw APIError.conflict(
        new.response == nil
          ? "Every well there is excluded already." : "No well there has this response, or it is excluded already.")
    }
    var isAny = false
    for well in new.response == nil ? chosen : [chosen[0]] {
      let isNew = try await services.store.leaveOut(
        doses: well.doses, response: well.response, replicates: there.count { $0.response == well.response }, of: id,
        in: screen.id, reason: reason, by: person)
      isAny = isAny || isNew
    }
    guard isAny else { throw APIError.conflict("Somebody else has just left this well out.") }
  }

  private static func same(_ one: [Double], _ other: [Double]) -> Bool {
    one.count == other.count && zip(one, other).allSatisfy { abs($0 - $1) <= 1e-9 * max(abs($0), abs($1)) }
  }

  /// The scores as run and without the wells that are left out now.
  func answer(_ index: Int, _ id: String, _ open: OpenRun, in screen: Screen) async throws -> Answer {
    let all = try await services.store.leftOut(of: screen.id)
    let before = try open.file.store.analysis(of: index)
    let rescoring = Rescoring(run: open, index: index, leftOut: all)
    var after: BlockAnalysis?
    var message: String?
    do {
      after = rescoring.isAsRun ? before : try await rescoring.analysis()
    } catch let error as SynergyError {
      message = "Without these wells the block cannot be scored: \(error)."
    }
    return Answer(
      leftOut: all.filter { $0.block == id },
      scores: before.models.map { score in
        Change(
          model: score.model.rawValue, name: score.model.name, before: Value(before, score.model),
          after: after.map { Value($0, score.model) })
      },
      consensus: Pair(before: before.consensus, after: after?.consensus), isAsRun: rescoring.isAsRun,
      message: message)
  }
}
