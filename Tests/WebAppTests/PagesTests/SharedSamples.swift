/// The sample pages, made once for all tests that look at them.
enum SharedSamples {
  private static let task = Task { try await PageSamples() }

  /// The samples.
  static func samples() async throws -> PageSamples { try await task.value }

  /// Every page for an editor and, with `reader-` before its name, for a reader.
  static func pages() async throws -> [String: String] {
    let samples = try await samples()
    var pages = try samples.pages()
    for (name, html) in try samples.pages(canEdit: false) { pages["reader-" + name] = html }
    return pages
  }
}
