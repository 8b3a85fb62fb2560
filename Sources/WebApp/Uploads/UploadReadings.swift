import Assay
import DoseTables
import Foundation
import Logging
import Screening

/// Reads uploads, each in a process of its own with bounds on time and memory, so that no file ends the server or keeps
/// the others waiting.
struct UploadReadings: Sendable {
  private let options: ServeOptions
  private let data: DataDirectory
  private let logger: Logger
  private let places: ReadingPlaces
  private let surveyPlaces = ReadingPlaces(1)
  private let contents = ContentCache()

  init(options: ServeOptions, data: DataDirectory, logger: Logger) {
    self.options = options
    self.data = data
    self.logger = logger
    places = ReadingPlaces(options.readsAtOnce)
  }

  /// Reads an upload as a run will, with the data for pictures. A file that the reader does not bear is refused in its
  /// content's problems.
  ///
  /// - Throws: `CancellationError` when the task is cancelled, `APIError` when no reader can be started.
  func content(
    _ sha256: String, name: String, role: FileRole?, corrections: [Correction]
  ) async throws -> FileReader.Content {
    let key = ContentCache.Key(sha256: sha256, name: name, role: role, corrections: corrections)
    if let known = contents[key] { return known }
    let request = ReadingRequest(
      file: .init(
        path: data.file(sha256: sha256), name: name, role: role, corrections: corrections,
        mostDrawn: FilePage.mostDrawn), memory: options.readMemory, seconds: options.readSeconds + 1)
    let answer: Answer<FileReader.Content> = try await ask(
      request, of: "file \(name)", seconds: options.readSeconds, in: places)
    switch answer {
    case .value(let content, let bytes):
      contents.keep(content, bytes: bytes, for: key)
      return content
    case .refusal(let reason, _):
      var reading = FileUnderstanding(
        kind: role ?? .unknown,
        problems: [
          InputProblem(
            file: name, severity: .error,
            message:
              "\(reason); nothing else is affected. Save the file again, or its sheet as CSV, in parts if it is large, and upload that"
          )
        ])
      reading.unread = true
      return FileReader.Content(reading: reading)
    }
  }

  /// Surveys a folder of a screen's exports and layouts.
  func survey(_ folder: String, _ inputs: RunInputs) async throws -> Answer<PlateSurvey> {
    let request = ReadingRequest(
      survey: .init(folder: folder, inputs: inputs), memory: options.readMemory, seconds: options.surveySeconds + 1)
    return try await ask(request, of: "plates of \(inputs.title)", seconds: options.surveySeconds, in: surveyPlaces)
  }

  /// What a process answered.
  enum Answer<Value: Sendable>: Sendable {
    /// A value, and how many bytes it was.
    case value(Value, bytes: Int)
    /// Why there is none, in words, and whether the same would be so again.
    case refusal(String, isLasting: Bool)
  }

  private func ask<Value: Decodable & Sendable>(
    _ request: ReadingRequest, of what: String, seconds: Int, in places: ReadingPlaces
  ) async throws -> Answer<Value> {
    let words = try ReadingRequest.json(request)
    let ending = try await places.run { [options] in
      do {
        return try await ReadingProcess().run(reader: options.reader, request: words, seconds: seconds)
      } catch let fault as ChildProcess.Fault {
        logger.error("\(what): no reader could be started: \(fault.reason)")
        throw APIError.noReader(fault.reason)
      }
    }
    switch ending {
    case .answered(let data):
      if let value: Value = try? ReadingRequest.value(data) { return .value(value, bytes: data.count) }
      logger.error("\(what): the reader's answer of \(data.count) bytes cannot be decoded")
      return .refusal("The reader gave no answer that can be read", isLasting: false)
    case .tooSlow:
      logger.notice("\(what): not read within \(seconds) s")
      return .refusal("It could not be read within \(seconds) s", isLasting: true)
    case .tooLarge:
      logger.notice("\(what): the reading is too large")
      return .refusal("What was read of it is too large to be shown", isLasting: true)
    case .failed(let how, let errors):
      logger.error("\(what): the reader ended unexpectedly (\(how)): \(errors.replacing("\n", with: " | "))")
      return .refusal("The reader ended unexpectedly on it (\(how))", isLasting: false)
    }
  }
}
