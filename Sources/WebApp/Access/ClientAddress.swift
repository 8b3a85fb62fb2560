import Foundation
import HTTPTypes
import Hummingbird

/// From which address a request comes, where proxies stand in front.
///
/// `X-Forwarded-For` is what a client writes, and each proxy adds the address that it sees at the end. So it is believed only when
/// the connection comes from a stated proxy, and then from its end back to the first address that is no stated proxy's.
struct ClientAddress: Sendable {
  private static let forwarded = HTTPField.Name("X-Forwarded-For")
  private let proxies: Set<String>

  /// - Parameter proxies: Addresses of proxies whose word is taken.
  init(proxies: [String]) { self.proxies = Set(proxies.compactMap(Self.canonical)) }

  /// The address of who sends a request.
  func of(_ request: Request, peer: String) -> String {
    let lines = Self.forwarded.map { request.headers[values: $0] } ?? []
    return of(forwarded: lines, peer: peer)
  }

  func of(forwarded lines: [String], peer: String) -> String {
    guard var found = Self.canonical(peer), proxies.contains(found) else { return Self.canonical(peer) ?? peer }
    let hops = lines.flatMap { $0.split(separator: ",") }
    for hop in hops.reversed().prefix(50) {
      // What is no address ends the walk: the last proxy that can be told is counted.
      guard let address = Self.canonical(Self.withoutPort(hop.trimmingCharacters(in: .whitespaces))) else { break }
      found = address
      if !proxies.contains(address) { break }
    }
    return found
  }

  /// `192.0.2.1:443` and `[2001:db8::1]:443` without the port.
  private static func withoutPort(_ text: String) -> String {
    if text.hasPrefix("[") { return String(text.dropFirst().prefix { $0 != "]" }) }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 2 ? String(parts[0]) : text
  }

  /// An address in its one spelling, IPv4 in IPv6 as IPv4; `nil` when the text is none.
  static func canonical(_ text: String) -> String? {
    let plain = String(text.prefix { $0 != "%" })
    var v4 = in_addr()
    if inet_pton(AF_INET, plain, &v4) == 1 { return plain }
    guard let bytes = v6(plain) else { return nil }
    if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xff, bytes[11] == 0xff {
      return bytes[12...].map(String.init).joined(separator: ".")
    }
    return stride(from: 0, to: 16, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }.joined(
      separator: ":")
  }

  /// What guesses are counted by: an IPv4 address, or the first 56 bits of an IPv6 address: a household or an office has
  /// all that follow.
  static func counted(_ address: String) -> String {
    guard let canonical = canonical(address), canonical.contains(":") else { return address }
    let parts = canonical.split(separator: ":").map { Int($0, radix: 16) ?? 0 }
    return (parts.prefix(3) + [parts[3] & 0xff00]).map { String($0, radix: 16) }.joined(separator: ":") + "::/56"
  }

  private static func v6(_ text: String) -> [UInt8]? {
    var address = in6_addr()
    guard inet_pton(AF_INET6, text, &address) == 1 else { return nil }
    return withUnsafeBytes(of: &address) { Array($0) }
  }
}
