import Compounds
import Synergy

extension BlockAnalysis {
  /// Notes that a drug meets itself where its drugs are one compound under several of its names (`selinexor` and
  /// `KPT-330`); one under the same name is noted by the analysis.
  mutating func noteSynonyms(_ registry: CompoundRegistry) {
    guard matrix.axes.count > 1, !notes.contains(where: { $0.flag == BlockNote.sameDrug }) else { return }
    let compounds = matrix.axes.map { registry.compound(named: $0.drug)?.name }
    guard let name = compounds[0], compounds.allSatisfy({ $0 == name }) else { return }
    notes.append(.sameDrug("\(name) (\(matrix.axes.map(\.drug).joined(separator: " and ")) are names of it)"))
    noteUnequalControl()
  }
}
