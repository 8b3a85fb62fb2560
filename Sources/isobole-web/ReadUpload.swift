import ArgumentParser
import WebApp

/// `isobole read-upload`: reads one upload for `isobole serve`, which starts it; not for people.
struct ReadUpload: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read-upload", abstract: "Read one upload for isobole serve, which starts this.", shouldDisplay: false)

  func run() async throws { try await ReadingChild.run() }
}
