import Hummingbird
import NIOCore

extension WebContext {
  /// Does the work while the client is there; when it goes away the work is cancelled, so that nobody waits for an
  /// answer that nobody takes. A client that closes its sending side is taken to have gone away.
  func whileClientStays<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
    let task = Task { try await work() }
    do {
      try await channel.eventLoop.submit { [channel] in
        let leaving = LeavingClient { task.cancel() }
        try channel.pipeline.syncOperations.addHandler(leaving, name: LeavingClient.name, position: .first)
      }.get()
    } catch {
      // The connection is closed already.
      task.cancel()
    }
    let result = await withTaskCancellationHandler {
      await task.result
    } onCancel: {
      task.cancel()
    }
    channel.pipeline.removeHandler(name: LeavingClient.name, promise: nil)
    return try result.get()
  }
}

/// Notices that the other end of a connection goes away, first in the pipeline, where nothing holds the news back.
private final class LeavingClient: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  static let name = "isobole.leaving-client"

  private let leave: () -> Void

  init(leave: @escaping () -> Void) { self.leave = leave }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed { leave() }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    leave()
    context.fireChannelInactive()
  }
}
