import Assay

/// Blocks that measure the same drugs at the same doses in the same sample. They stay apart, and this is said: a word as
/// `Rep 1` does not tell that a heading further up names another donor, time or passage. A person who knows that they are
/// replicates says so, and they become one block.
public struct RepeatedBlocks: Sendable {
  /// A block and where it stands.
  public struct Block: Sendable {
    /// The block.
    public var matrix: DoseMatrix
    /// Where it stands in its file.
    public var place: BlockPlace
    /// Its file, as the user named it.
    public var file: String
    /// The file's name without its ending, where files are compared; else empty.
    public var name: String

    /// Makes one.
    public init(matrix: DoseMatrix, place: BlockPlace, file: String, name: String = "") {
      (self.matrix, self.place, self.file, self.name) = (matrix, place, file, name)
    }
  }

  /// The blocks, pooled where they are replicates, each in the place of its first.
  public private(set) var blocks: [Block] = []
  /// What was pooled and what is there twice.
  public private(set) var problems: [InputProblem] = []

  /// What blocks may have in common.
  private struct Key: Hashable {
    var drugs: [String]
    var sample: String?
  }

  /// A block with what its words say.
  private struct Member {
    var index: Int
    /// The places of the first block's drugs in it.
    var order: [Int]
    /// The words for replicates, and the texts around them.
    var words: [ReplicateWord]
    var rest: [String]
    /// The names among them that may be those of samples, as they stand and by what they are compared.
    var names: [String] = []
    var samples: Set<String> = []
    /// What rows of a word and its value say of it: `Time: 24 h`.
    var stated: [String: String] = [:]

    /// Takes what a row of a word and its value says.
    mutating func takeStated(_ text: String) {
      guard let colon = text.firstIndex(where: { $0 == ":" || $0 == "=" }) else { return }
      let (key, value) = (RepeatedBlocks.fold(String(text[..<colon])), RepeatedBlocks.fold(String(text[colon...])))
      guard (2...30).contains(key.count), !value.isEmpty, ReplicateWord(text) == nil,
        !RepeatedBlocks.ofReplicates.contains(where: key.contains)
      else { return }
      if stated.updateValue(value, forKey: key) != value { names.append(String(text.prefix(60))) }
    }

    /// Takes the names in a text that may be those of samples.
    mutating func takeNames(_ text: String, drugs: [String]) {
      for part in MatrixTitle.parts(ReplicateWord(text)?.rest ?? text) {
        // What was computed of the others is none of them.
        if RepeatedBlocks.isAverage(part) {
          if samples.insert("average").inserted { names.append(part) }
          continue
        }
        let folded = RepeatedBlocks.fold(part)
        guard !RepeatedBlocks.isNumberOfReplicate(part) else { continue }
        guard MatrixTitle.mayBeSample(part), !SheetFacts.isCommon(part),
          !drugs.contains(where: { $0.count > 2 && folded.contains($0) }), ResponseTitle(part, at: .above) == nil
        else { continue }
        if samples.insert(folded).inserted { names.append(part) }
      }
    }
  }

  /// Parts of words that tell replicates apart, or say nothing of what was measured.
  private static let ofReplicates = [
    "rep", "plate", "platte", "date", "datum", "operator", "user", "file", "barcode", "run", "figure", "table", "title",
    "note", "comment", "page", "sheet", "drug", "unit", "block",
  ]

  /// Whether a name is one of a series but for its number or letter: `N1`, `BR2`, `week1`, `setA`, `second`. `Patient 1` and
  /// `U266` are names of their own.
  private static func isNumberOfReplicate(_ text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let ordinals: Set = ["one", "two", "three", "four", "first", "second", "third", "fourth", "a", "b", "c", "d"]
    if words.allSatisfy(ordinals.contains) { return true }
    if text.wholeMatch(
      of: /(set|group|week|bio|tech|run|batch|exp|test|trial|round|series)[ _-]?([0-9]{1,2}[a-d]?|[A-Da-d])/
        .ignoresCase()) != nil
    {
      return true
    }
    return text.wholeMatch(of: /[A-Za-z]{1,2}[0-9]{1,2}[a-d]?/) != nil
  }

  /// Whether a text says that something is the mean of others.
  private static func isAverage(_ text: String) -> Bool {
    !Set(text.lowercased().split { !$0.isLetter }.map(String.init)).isDisjoint(with: [
      "mean", "average", "avg", "median", "mittelwert", "moyenne",
    ])
  }

  /// The names of blocks that became others.
  private var names: [String: String] = [:]
  private let option: ReadingOptions.Replicates
  private let tolerance: Double
  private let isAcrossFiles: Bool
  private var samples: [String: ReplicateWord?] = [:]

  /// Pools and compares blocks.
  ///
  /// - Parameters:
  ///   - found: The blocks, those of one file one after the other.
  ///   - option: Whether repeated blocks are pooled.
  ///   - tolerance: Doses that differ by no more than this share of themselves are one.
  ///   - drugKey: What two names of one drug have in common.
  public init(
    _ found: [Block], option: ReadingOptions.Replicates, tolerance: Double, drugKey: (String) -> String
  ) {
    (self.option, self.tolerance) = (option, tolerance)
    isAcrossFiles = found.contains { !$0.name.isEmpty }
    blocks = found
    guard option != .separate, Self.mayRepeat(found.lazy.map(\.matrix), drugKey) else { return }
    var groups: [Key: [Int]] = [:]
    var order: [Key] = []
    for index in found.indices {
      let matrix = found[index].matrix
      let sample = matrix.sample.map { word(ofSample: $0)?.rest ?? $0 }
      let key = Key(drugs: matrix.axes.map { drugKey($0.drug) }.sorted(), sample: sample)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(index)
    }
    var gone: Set<Int> = []
    for key in order where (groups[key] ?? []).count > 1 {
      compare(groups[key] ?? [], sample: key.sample, drugKey: drugKey, gone: &gone)
    }
    if !gone.isEmpty { blocks = blocks.indices.filter { !gone.contains($0) }.map { blocks[$0] } }
    tellFew()
  }

  /// A problem of a block that was pooled is one of the block that it is part of.
  public func renamed(_ problem: InputProblem) -> InputProblem {
    guard let id = problem.blockID, let name = names[id], name != id else { return problem }
    var problem = problem
    problem.blockID = name
    return problem
  }

  /// Compares blocks of the same drugs and sample.
  private mutating func compare(
    _ indices: [Int], sample: String?, drugKey: (String) -> String, gone: inout Set<Int>
  ) {
    var clusters: [[Member]] = []
    for index in indices {
      let own = blocks[index]
      let place = clusters.firstIndex { cluster in
        order(of: own.matrix, like: blocks[cluster[0].index].matrix, drugKey) != nil
      }
      let places =
        place.flatMap { order(of: own.matrix, like: blocks[clusters[$0][0].index].matrix, drugKey) }
        ?? Array(own.matrix.axes.indices)
      let member = self.member(index, order: places)
      if let place { clusters[place].append(member) } else { clusters.append([member]) }
    }
    if clusters.count > 1, option == .auto { doubtOtherDoses(clusters) }
    for cluster in clusters where cluster.count > 1 {
      var left = cluster.map(\.index)
      if option == .pool {
        let groups = Self.groups(cluster)
        for members in groups where members.count > 1 { pool(members, sample: sample, gone: &gone) }
        left = groups.map { $0[0].index }
      }
      let files = Set(left.map { blocks[$0].file })
      guard left.count > 1, !isAcrossFiles || files.count > 1 else { continue }
      if option == .pool { tellUnlike(cluster.filter { left.contains($0.index) }) } else { tellRepeated(left) }
    }
  }

  /// Blocks that may be replicates of one another: beside which the same names of samples stand, and of which rows of a word
  /// and its value say nothing that differs.
  private static func groups(_ cluster: [Member]) -> [[Member]] {
    var groups: [(members: [Member], stated: [String: String])] = []
    var places: [Set<String>: [Int]] = [:]
    for member in cluster {
      let known = places[member.samples, default: []].first { place in
        member.stated.allSatisfy { (groups[place].stated[$0.key] ?? $0.value) == $0.value }
      }
      if let known {
        groups[known].members.append(member)
        groups[known].stated.merge(member.stated) { first, _ in first }
      } else {
        places[member.samples, default: []].append(groups.count)
        groups.append(([member], member.stated))
      }
    }
    return groups.map(\.members)
  }

  /// The places of a block's drugs in another of the same drugs; `nil` where the doses are others.
  private func order(of other: DoseMatrix, like first: DoseMatrix, _ drugKey: (String) -> String) -> [Int]? {
    guard first.drugCount == other.drugCount else { return nil }
    var free = Set(other.axes.indices)
    var order: [Int] = []
    for axis in first.axes {
      let key = drugKey(axis.drug)
      guard let place = free.sorted().first(where: { drugKey(other.axes[$0].drug) == key }) else { return nil }
      let twin = other.axes[place]
      guard twin.doses.count == axis.doses.count,
        let factor = twin.unit == axis.unit ? 1 : twin.unit.factor(to: axis.unit)
      else { return nil }
      for (one, two) in zip(axis.doses, twin.doses) where abs(one - two * factor) > max(tolerance, 1e-9) * one {
        return nil
      }
      free.remove(place)
      order.append(place)
    }
    return order
  }

  /// What the words around a block say.
  private mutating func member(_ index: Int, order: [Int]) -> Member {
    let block = blocks[index]
    var member = Member(index: index, order: order, words: [], rest: [])
    func take(_ text: String, always: Bool) {
      guard let word = ReplicateWord(text), always || word.isCertain else {
        member.rest.append(Self.fold(text))
        return
      }
      member.words.append(word)
      member.rest.append(Self.fold(word.rest))
    }
    take(block.place.title, always: false)
    for text in block.place.section where text != block.place.title { take(text, always: false) }
    take(block.place.sheet ?? "", always: true)
    // Blocks of a long table have names that a person gave them.
    if block.place.isMatrix { for text in block.place.section { member.takeStated(text) } }
    let id = block.place.isMatrix ? "" : block.matrix.id.split(separator: ":").last.map(String.init) ?? ""
    if id.contains(where: \.isLetter) { take(id, always: true) }
    take(block.name, always: true)
    if let word = block.matrix.sample.flatMap({ word(ofSample: $0) }) { member.words.append(word) }
    if block.matrix.sample != nil {
      let texts = [block.place.title, block.place.sheet ?? "", block.name] + block.place.section
      if let text = texts.first(where: Self.isAverage) { (member.samples, member.names) = (["average"], [text]) }
    } else {
      let drugs = block.matrix.axes.map { Self.fold($0.drug) }
      for text in [block.place.title, block.place.sheet ?? "", id] + block.place.section {
        member.takeNames(text, drugs: drugs)
      }
      // Of a file only what looks like a cell line's name counts.
      for part in block.name.split(separator: "_") where part.contains(where: \.isNumber) {
        member.takeNames(String(part), drugs: drugs)
      }
    }
    return member
  }

  /// The same, kept for each name.
  private mutating func word(ofSample sample: String) -> ReplicateWord? {
    if let known = samples[sample] { return known }
    let found = Self.word(inSample: sample)
    samples[sample] = .some(found)
    return found
  }

  fileprivate static func fold(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }

  private mutating func pool(_ members: [Member], sample: String?, gone: inout Set<Int>) {
    let first = members[0].index
    let old = blocks[first].matrix
    let parts = members.map { words($0.index) }
    // Titles, sheets and files that differ in more than a word for a replicate may be of something else.
    let isCertain = Set(members.map(\.rest)).count == 1
    let id = Self.name(old.id, without: members[0].words)
    let plain = id.isEmpty ? "1" : id
    let others = Set(blocks.indices.filter { $0 != first && !gone.contains($0) }.map { blocks[$0].matrix.id })
    blocks[first].matrix = old.pooled(
      with: members.dropFirst().map { (blocks[$0.index].matrix, $0.order) },
      id: others.contains(plain) ? old.id : plain, sample: sample)
    for member in members {
      names[member.index == first ? old.id : blocks[member.index].matrix.id] = blocks[first].matrix.id
    }
    gone.formUnion(members.dropFirst().map(\.index))
    let error = PlateReadingError.replicatesPooled(what: what(first), places: parts, isCertain: isCertain)
    problems.append(
      Finding(severity: isCertain ? .info : .warning, line: nil, error: error)
        .problem(file: blocks[first].file, blockID: blocks[first].matrix.id))
  }

  /// A block's name without the words for its replicate.
  static func name(_ id: String, without words: [ReplicateWord]) -> String {
    let rest = words.reduce(id) { id, word in
      word.text.isEmpty ? id : id.replacing(word.text, with: "")
    }
    let marks = " _-–,;.()[]#/"
    return rest.split(separator: ":").map { part in
      String(part.drop { marks.contains($0) }.reversed().drop { marks.contains($0) }.reversed())
    }.filter { !$0.isEmpty }.joined(separator: ":")
  }

  /// Doubts blocks that words call replicates of one another, and whose doses differ.
  private mutating func doubtOtherDoses(_ clusters: [[Member]]) {
    let all = clusters.flatMap(\.self).filter { !$0.words.isEmpty }
    var told: Set<[String]> = []
    for member in all where told.insert(member.rest).inserted {
      let alike = clusters.compactMap { cluster in
        cluster.first { !$0.words.isEmpty && $0.rest == member.rest }
      }
      guard alike.count > 1, !isAcrossFiles || Set(alike.map { blocks[$0.index].file }).count > 1 else { continue }
      let error = PlateReadingError.replicatesDiffer(
        what: what(alike[0].index), places: alike.map { words($0.index) })
      problems.append(
        Finding.warning(error).problem(file: blocks[alike[0].index].file, blockID: blocks[alike[0].index].matrix.id))
    }
  }

  /// Says which blocks were not pooled since names beside them differ.
  private mutating func tellUnlike(_ members: [Member]) {
    let error = PlateReadingError.replicatesUnlike(
      what: what(members[0].index), places: members.map { words($0.index) },
      names: members.map {
        $0.names.isEmpty
          ? blocks[$0.index].place.title.isEmpty ? blocks[$0.index].matrix.id : blocks[$0.index].place.title
          : $0.names.joined(separator: " ")
      })
    problems.append(Finding.warning(error).problem(file: blocks[members[0].index].file, blockID: nil))
  }

  private mutating func tellRepeated(_ indices: [Int]) {
    let isNamed = blocks[indices[0]].matrix.sample != nil
    let error = PlateReadingError.blocksRepeated(
      what: what(indices[0]), places: indices.map(words), isSampleNamed: isNamed)
    // Blocks of a long table have names that a person gave them.
    guard indices.contains(where: { blocks[$0].place.isMatrix }) else { return }
    problems.append(Finding.warning(error).problem(file: blocks[indices[0]].file, blockID: nil))
  }

  private func words(_ index: Int) -> String {
    let block = blocks[index]
    let inside = block.place.words(id: block.matrix.id)
    let sample = block.matrix.sample.flatMap { samples[$0] ?? nil }
    let named = sample.map { " (\(PlateReadingError.quoted($0.text)))" } ?? ""
    guard isAcrossFiles else { return inside + named }
    // A long path would be cut at its end, which tells files apart.
    let file = PlateReadingError.quoted(block.name)
    let isPlain = block.place.title.isEmpty && block.place.sheet == nil && block.place.column == nil
    return (isPlain ? "\(file) (line \(block.place.line))" : "\(file), \(inside)") + named
  }

  /// The drugs and the sample, in words.
  private func what(_ index: Int) -> String {
    let matrix = blocks[index].matrix
    let sample = matrix.sample.map { (samples[$0] ?? nil)?.rest ?? $0 }
    return matrix.axes.map { PlateReadingError.short($0.drug) }.joined(separator: " × ")
      + (sample.map { " in \(PlateReadingError.short($0))" } ?? "")
  }

  /// How many messages of a kind are told one by one.
  private static let mostTold = 5

  /// Counts what is said too often.
  private mutating func tellFew() {
    for severity in [InputProblem.Severity.info, .warning] {
      let places = problems.indices.filter { problems[$0].severity == severity }
      guard places.count > Self.mostTold + 1 else { continue }
      let rest = places.dropFirst(Self.mostTold)
      let summary = InputProblem(
        file: problems[rest[rest.startIndex]].file, severity: severity,
        message: "\(rest.count) more combinations that are there several times, not listed")
      problems = problems.indices.filter { !rest.contains($0) }.map { problems[$0] } + [summary]
    }
  }
}
