import Assay
import DoseTables
import Foundation
import Hummingbird
import Screening

/// A screen's files: upload, what each was understood as, corrections, the original bytes.
struct FileRoutes {
  let services: Services

  struct Answer: Encodable {
    var name: String
    var bytes: Int
    var sha256: String
    var uploaded: String
    var by: String
    var role: FileRole
    var roleSet: Bool
    var corrections: [Correction]
    var summary: String
    var errors: Int
    var warnings: Int
    var infos: Int
    var etag: String
    var sameAs: [String]?

    enum CodingKeys: String, CodingKey {
      case name, bytes, sha256, uploaded, by, role, corrections, summary, errors, warnings, infos, etag
      case roleSet = "role_set"
      case sameAs = "same_as"
    }

    init(_ file: ScreenUpload, sameAs: [String]? = nil) {
      name = file.name
      bytes = file.bytes
      sha256 = file.sha256
      uploaded = file.uploaded
      by = file.by
      role = file.role
      roleSet = file.isRoleSet
      corrections = file.corrections
      summary = file.summary
      errors = file.errors
      warnings = file.warnings
      infos = file.infos
      etag = file.etag
      self.sameAs = sameAs
    }
  }

  struct Change: Decodable {
    var role: String?
    var corrections: [Correction]?
  }

  func add(to group: RouterGroup<WebContext>) {
    group.get("screens/:screen/files") { _, context in
      let screen = try await services.screen(context)
      return try JSONBody.response(["files": try await services.store.files(of: screen.id).map { Answer($0) }])
    }
    group.put("screens/:screen/files/:file") { request, context in
      try await context.whileClientStays { try await put(request, context) }
    }
    group.get("screens/:screen/files/:file") { _, context in try await original(context) }
    group.patch("screens/:screen/files/:file") { request, context in
      let person = try await services.openScreen(context).person
      let (screen, file) = try await services.file(context)
      let change = try await JSONBody.decode(Change.self, from: request)
      let corrections = try change.corrections?.map(Self.checked).filter { $0 != Correction() }
      try Self.checkAgreement(corrections ?? [])
      if let role = change.role { _ = try Self.checked(role: role) }
      do {
        try FileVersion.check(request.headers[.ifMatch], file, role: change.role, corrections: corrections)
        try await context.whileClientStays { try await correct(file, change, by: person) }
      } catch is FileVersion.Superseded {
        guard let now = try await services.store.file(named: file.name, of: screen.id) else {
          throw APIError.notFound("file")
        }
        return try FileVersion.conflict(
          now, role: change.role, corrections: corrections, by: try await services.store.lastChange(of: now))
      }
      guard let changed = try await services.store.file(named: file.name, of: screen.id) else {
        throw APIError.notFound("file")
      }
      return try JSONBody.response(Answer(changed), headers: [.eTag: changed.etag])
    }
    group.delete("screens/:screen/files/:file") { request, context in
      let person = try await services.openScreen(context).person
      let (_, file) = try await services.file(context)
      do {
        // With the file goes what people said of it.
        try FileVersion.check(request.headers[.ifMatch], file, role: "auto", corrections: [])
        try await services.store.removeFile(file, by: person)
      } catch is FileVersion.Superseded {
        guard let now = try await services.store.file(named: file.name, of: file.screen) else {
          throw APIError.notFound("file")
        }
        return try FileVersion.conflict(
          now, role: nil, corrections: nil, by: try await services.store.lastChange(of: now))
      }
      return Response(status: .noContent)
    }
    group.get("screens/:screen/files/:file/understanding") { _, context in
      JSONBody.response(raw: [UInt8](try await services.store.readingJSON(of: services.file(context).file)))
    }
  }

  private func put(_ request: Request, _ context: WebContext) async throws -> Response {
    let person = try await services.openScreen(context).person
    let screen = try await services.screen(context)
    let name = try FileName.checked(context.name("file"))
    let usage = try await services.store.usage(of: screen.id)
    let before = try await services.store.file(named: name, of: screen.id)
    if before == nil, usage.files >= services.options.mostFiles {
      throw APIError.tooManyFiles(services.options.mostFiles)
    }
    // What the file of this name has now is given back.
    let room = min(
      services.options.largestScreen - usage.screenBytes + (before?.bytes ?? 0),
      services.options.largestStore - usage.storeBytes - services.receiver.unnamed.bytes)
    let version = request.headers[.ifMatch]
    func isSuperseded(_ now: ScreenUpload?) -> Bool {
      version.map { (try? FileVersion.check($0, now)) == nil } ?? false
    }
    if isSuperseded(before) { return try await superseded(before) }
    if let length = request.headers[.contentLength].flatMap({ Int($0) }) {
      guard length <= services.options.largestFile else {
        throw APIError.fileTooLarge(most: services.options.largestFile)
      }
      guard length <= room else { throw APIError.noRoom }
    }
    let received = try await services.receiver.receive(request.body, room: room)
    // What people say of the file while it is under way or read is taken over: then it is read once more.
    for _ in 0..<Self.maxReadings {
      let now = version == nil ? nil : try await services.store.file(named: name, of: screen.id)
      if isSuperseded(now) { return try await superseded(now) }
      do {
        return try await keep(received, name: name, in: screen, by: person)
      } catch is FileVersion.Superseded {
        continue
      }
    }
    throw APIError.conflict("“\(name)” was changed again and again while this was read; try again.")
  }

  /// The answer to an upload that was to replace another version.
  private func superseded(_ now: ScreenUpload?) async throws -> Response {
    guard let now else {
      throw APIError.conflict("There is no file of this name; nothing was uploaded. Send it without If-Match.")
    }
    return try FileVersion.conflict(now, role: nil, corrections: nil, by: try await services.store.lastChange(of: now))
  }

  /// How often an upload is read because somebody has corrected the file of its name meanwhile.
  private static let maxReadings = 5

  /// Reads what was received and puts it into the screen.
  private func keep(
    _ received: UploadReceiver.Received, name: String, in screen: Screen, by person: Person
  ) async throws -> Response {
    let old = try await services.store.file(named: name, of: screen.id)
    if let old, old.sha256 == received.sha256, try await services.store.reading(of: old).unread != true {
      return try JSONBody.response(
        Answer(old, sameAs: try await places(of: old, for: person)), headers: [.eTag: old.etag])
    }
    // A person's word on a file of this name holds for its new content too.
    let role = old.flatMap { $0.isRoleSet ? $0.role : nil }
    let corrections = old?.corrections ?? []
    let reading = try await read(received.sha256, name: name, role: role, corrections: corrections)
    try await services.store.putFile(
      name, in: screen.id, sha256: received.sha256, bytes: received.bytes, role: role ?? reading.kind,
      isRoleSet: role != nil, corrections: corrections, reading: reading,
      bounds: .init(
        screen: services.options.largestScreen, store: services.options.largestStore, files: services.options.mostFiles),
      replacing: .init(etag: old?.etag), by: person)
    services.receiver.unnamed.name(received.sha256)
    guard let file = try await services.store.file(named: name, of: screen.id) else { throw APIError.notFound("file") }
    return try JSONBody.response(
      Answer(file, sameAs: try await places(of: file, for: person)), status: old == nil ? .created : .ok,
      headers: [.eTag: file.etag])
  }

  private func places(of file: ScreenUpload, for person: Person) async throws -> [String] {
    try await services.store.places(of: file.sha256, except: (file.screen, file.name), for: person)
  }

  /// Reads an upload as a run will.
  func read(_ sha256: String, name: String, role: FileRole?, corrections: [Correction]) async throws
    -> FileUnderstanding
  {
    try await content(sha256, name: name, role: role, corrections: corrections).reading
  }

  /// Reads an upload, with the data for pictures.
  func content(
    _ sha256: String, name: String, role: FileRole?, corrections: [Correction]
  ) async throws -> FileReader.Content {
    try await services.readings.content(
      sha256, name: name, role: role == .ignored ? nil : role, corrections: corrections)
  }

  /// Changes what a file is for or how it is read, and reads it again.
  func correct(_ file: ScreenUpload, _ change: Change, by person: Person) async throws {
    var role = file.isRoleSet ? file.role : nil
    if let word = change.role { role = try Self.checked(role: word) }
    let corrections = try change.corrections?.map(Self.checked).filter { $0 != Correction() } ?? file.corrections
    guard corrections.count <= 200 else { throw APIError.bad("corrections: at most 200 for one file.") }
    let reading = try await read(file.sha256, name: file.name, role: role, corrections: corrections)
    try await services.store.changeFile(
      file, role: role ?? reading.kind, isRoleSet: role != nil, corrections: corrections, reading: reading, by: person)
  }

  /// The role that a word names; `nil` for `auto`.
  static func checked(role word: String) throws(APIError) -> FileRole? {
    let role = FileRole(rawValue: word)
    guard role != nil || word == "auto" else {
      throw .bad(
        "role: “\(word.prefix(40))” was read, expected auto, \(FileRole.allCases.map(\.rawValue).joined(separator: ", "))."
      )
    }
    return role
  }

  /// A correction with its texts trimmed, empty ones left out.
  static func checked(_ correction: Correction) throws -> Correction {
    func text(_ name: String, _ value: String?, most: Int = 200) throws -> String? {
      guard let plain = value?.trimmingCharacters(in: .whitespacesAndNewlines), !plain.isEmpty else { return nil }
      let isPrintable = !plain.unicodeScalars.contains { $0.properties.generalCategory == .control }
      guard plain.count <= most, plain.utf8.count <= 4 * most, isPrintable else {
        throw APIError.bad("corrections: \(name) needs at most \(most) printable characters.")
      }
      return plain
    }
    let checked = Correction(
      drug: try text("drug", correction.drug), response: try text("response", correction.response),
      unit: try text("unit", correction.unit), sample: try text("sample", correction.sample),
      plate: try text("plate", correction.plate), columns: try text("columns", correction.columns, most: 2000),
      name: try text("name", correction.name))
    if let response = checked.response, ReadingOptions.Response(rawValue: response) == nil {
      throw APIError.bad(
        "corrections: response “\(response.prefix(40))” was read, expected "
          + "\(ReadingOptions.Response.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    if let columns = checked.columns, ColumnChoices(rawValue: columns) == nil {
      throw APIError.bad(
        "corrections: columns “\(columns.prefix(80))” was read, expected role=column pairs, as response=per_via,drug1=agent."
      )
    }
    if checked.drug != nil, checked.unit == nil, checked.name == nil {
      throw APIError.bad("corrections: a drug needs the unit of its doses, or its name.")
    }
    if checked.name != nil, checked.drug == nil {
      throw APIError.bad("corrections: a name needs the drug, as the file has it.")
    }
    return checked
  }

  /// Demands that no two corrections say different things of the same.
  static func checkAgreement(_ corrections: [Correction]) throws(APIError) {
    func demand(_ name: String, _ value: (Correction) -> String?) throws(APIError) {
      var said: [[String?]: String] = [:]
      for one in corrections {
        guard let value = value(one) else { continue }
        guard let other = said.updateValue(value, forKey: [one.drug, one.plate]), other != value else { continue }
        throw .bad("corrections: \(name) is said to be “\(other)” and “\(value)”; send one of them.")
      }
    }
    try demand("response") { $0.response }
    try demand("sample") { $0.sample }
    try demand("unit") { $0.unit }
    try demand("columns") { $0.columns }
    try demand("name") { $0.name }
  }

  private func original(_ context: WebContext) async throws -> Response {
    let (_, file) = try await services.file(context)
    var response = try await StoredFile.response(
      services.data.file(sha256: file.sha256), name: file.name, type: "application/octet-stream", isDownload: true,
      context)
    response.headers[.eTag] = file.etag
    return response
  }
}
