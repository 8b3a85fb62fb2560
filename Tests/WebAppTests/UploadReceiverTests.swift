import Foundation
import HummingbirdCore
import NIOCore
import ReferenceData
import Testing

@testable import WebApp

/// Uploads that no screen has named yet.
@Suite struct UploadReceiverTests {
  @Test func `what lies on the disk and has no screen counts, each content once, until a screen names it`() async throws
  {
    let directory = try TemporaryDirectory()
    let receiver = UploadReceiver(data: try DataDirectory(directory.path + "/data"), largest: 1_000)
    let first = try await receiver.receive(body("abc"), room: 10)
    #expect(receiver.unnamed.bytes == 3)
    _ = try await receiver.receive(body("abc"), room: 10)
    #expect(receiver.unnamed.bytes == 3)
    _ = try await receiver.receive(body("defgh"), room: 10)
    #expect(receiver.unnamed.bytes == 8)
    receiver.unnamed.name(first.sha256)
    #expect(receiver.unnamed.bytes == 5)
    // It is there already and takes no more room.
    _ = try await receiver.receive(body("abc"), room: 10)
    #expect(receiver.unnamed.bytes == 5)
  }

  @Test func `an upload for which there is no room leaves nothing`() async throws {
    let directory = try TemporaryDirectory()
    let data = try DataDirectory(directory.path + "/data")
    let receiver = UploadReceiver(data: data, largest: 1_000)
    await #expect(throws: APIError.self) { _ = try await receiver.receive(body("abcdef"), room: 5) }
    #expect(receiver.unnamed.bytes == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: data.incoming).isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: data.path + "/files").isEmpty)
  }

  private func body(_ text: String) -> RequestBody { RequestBody(buffer: ByteBuffer(string: text)) }
}
