import Foundation
import Hummingbird
import Logging
import NIOCore

/// What belongs to one request besides the request itself.
struct WebContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// Who sends it; set by `AuthenticationMiddleware`.
  var visitor: Visitor?
  /// The address it comes from, without the port; behind stated proxies the one that they tell
  /// (`AuthenticationMiddleware` sets it).
  var remote: String
  /// The connection it comes by.
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
    remote = source.channel.remoteAddress?.ipAddress ?? "local"
  }

  /// Who sends it.
  ///
  /// - Throws: `APIError.signIn` when nobody is known.
  func person() throws(APIError) -> Person {
    guard let visitor else { throw .signIn }
    return visitor.person
  }

  /// Who sends it, when they may change something.
  func editor() throws(APIError) -> Person {
    let person = try person()
    guard person.role.mayEdit else { throw .readOnly }
    return person
  }

  /// A number in the path.
  func number<Value: FixedWidthInteger>(_ name: String, _ what: String) throws(APIError) -> Value {
    guard let text = parameters.get(name), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Value(text)
    else { throw .notFound(what) }
    return value
  }

  /// A name in the path, its escapes resolved.
  func name(_ name: String) throws(APIError) -> String {
    guard let text = parameters.get(name)?.removingPercentEncoding else { throw .bad("The path has a faulty escape.") }
    return text
  }
}

extension Request {
  /// What the query says of a name.
  func query(_ name: String) -> String? {
    uri.queryParameters[Substring(name)].flatMap { $0.replacing("+", with: " ").removingPercentEncoding }
  }
}
