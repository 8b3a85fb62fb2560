import Hummingbird

/// A request's body piece by piece. Whatever goes wrong between the client and this program is the client's going away,
/// and no fault of the server.
struct RequestChunks: AsyncSequence {
  typealias Element = ByteBuffer

  private let body: RequestBody

  init(_ body: RequestBody) { self.body = body }

  struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate var inner: RequestBody.AsyncIterator

    mutating func next() async throws -> ByteBuffer? {
      do {
        return try await inner.next()
      } catch let error as CancellationError {
        throw error
      } catch {
        throw APIError.brokenOff
      }
    }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(inner: body.makeAsyncIterator()) }
}
