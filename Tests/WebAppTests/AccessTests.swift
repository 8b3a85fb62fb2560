import Dispatch
import Foundation
import Testing

@testable import WebApp

@Suite("Access")
struct AccessTests {
  @Test("A password is kept as Argon2id and matches itself alone")
  func passwords() throws {
    let hash = try PasswordHash.make("correct horse battery")
    #expect(hash.hasPrefix("$argon2id$v=19$m=65536,t=2,p=1$"))
    #expect(PasswordHash.matches("correct horse battery", hash))
    #expect(!PasswordHash.matches("correct horse batterz", hash))
    #expect(try PasswordHash.make("correct horse battery") != hash)
    #expect(throws: WebAppError.password(least: 10, most: 1024)) { try PasswordHash.make("short") }
    #expect(throws: WebAppError.password(least: 10, most: 1024)) {
      try PasswordHash.make(String(repeating: "x", count: 1025))
    }
  }

  @Test("The hash of nobody asks for the work of a real one and matches nothing")
  func nobody() throws {
    let hash = try PasswordHash.make("correct horse battery")
    // $argon2id$v=19$m=…,t=…,p=…$salt$hash: the method, memory and passes, and how much is compared at the end.
    let (real, none) = (hash.split(separator: "$"), PasswordHash.nobody.split(separator: "$"))
    #expect(real.count == 5)
    #expect(none.prefix(3) == real.prefix(3))
    #expect(none.map(\.count) == real.map(\.count))
    #expect(!PasswordHash.matches("", PasswordHash.nobody))
  }

  @Test("Failed sign-ins are bounded for a name from an address, within a window, and forgotten by a right one")
  func pairs() {
    let limiter = LoginRateLimiter(limits: .init(perPair: 3, perAddress: 100, perName: 100), window: 60)
    let start = Date(timeIntervalSince1970: 1_000_000)
    let ada = LoginRateLimiter.Attempt(name: "ada", address: "192.0.2.1")
    for _ in 0..<3 { #expect(limiter.begin(ada, at: start) == nil) }
    #expect(limiter.begin(ada, at: start + 20) == 40)
    #expect(limiter.begin(.init(name: "ada", address: "192.0.2.2"), at: start + 20) == nil)
    #expect(limiter.begin(.init(name: "ben", address: "192.0.2.1"), at: start + 20) == nil)
    #expect(limiter.begin(ada, at: start + 61) == nil)
    limiter.succeed(ada)
    for _ in 0..<3 { #expect(limiter.begin(ada, at: start + 62) == nil) }
    #expect(limiter.begin(ada, at: start + 62) == 60)
  }

  @Test("A right password forgets failures of before, not the attempts that are under way")
  func underWay() {
    let limiter = LoginRateLimiter(limits: .init(perPair: 3, perAddress: 100, perName: 100), window: 60)
    let start = Date(timeIntervalSince1970: 1_000_000)
    let vic = LoginRateLimiter.Attempt(name: "vic", address: "192.0.2.1")
    for _ in 0..<3 { #expect(limiter.begin(vic, at: start) == nil) }
    limiter.succeed(vic)
    #expect(limiter.begin(vic, at: start) == nil)
    #expect(limiter.begin(vic, at: start) == 60)
    limiter.fail(vic)
    limiter.fail(vic)
    limiter.succeed(vic)
    #expect(limiter.begin(vic, at: start) == nil && limiter.begin(vic, at: start) == nil)
  }

  @Test("Failures over many addresses slow a name down, except where it has signed in before")
  func names() {
    let limiter = LoginRateLimiter(limits: .init(perPair: 3, perAddress: 100, perName: 5), window: 60)
    let start = Date(timeIntervalSince1970: 1_000_000)
    for number in 0..<5 { #expect(limiter.begin(.init(name: "ada", address: "\(number)"), at: start) == nil) }
    #expect(limiter.begin(.init(name: "ada", address: "6"), at: start + 1) == 59)
    #expect(limiter.begin(.init(name: "ben", address: "6"), at: start + 1) == nil)
    let own = LoginRateLimiter.Attempt(name: "ada", address: "home", isFamiliar: true)
    for _ in 0..<3 { #expect(limiter.begin(own, at: start + 1) == nil) }
    #expect(limiter.begin(own, at: start + 1) != nil)
  }

  @Test("Failures over many names bound an address, and what was not looked at does not count")
  func addresses() {
    let limiter = LoginRateLimiter(limits: .init(perPair: 3, perAddress: 5, perName: 100), window: 60)
    let start = Date(timeIntervalSince1970: 1_000_000)
    for number in 0..<5 {
      let attempt = LoginRateLimiter.Attempt(name: "name\(number)", address: "a")
      #expect(limiter.begin(attempt, at: start) == nil)
      if number == 4 { limiter.withdraw(attempt) }
    }
    #expect(limiter.begin(.init(name: "ada", address: "a"), at: start) == nil)
    #expect(limiter.begin(.init(name: "ben", address: "a"), at: start) == 60)
    #expect(limiter.begin(.init(name: "ben", address: "b"), at: start) == nil)
  }

  @Test("Only so much work waits at a gate, and of one party less")
  func gate() async throws {
    let gate = Gate(places: 1)
    let (began, opened) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
    async let first: Void = gate.run(for: "a", most: 2, mostOfParty: 1) {
      began.continuation.finish()
      opened.wait()
    }
    for await _ in began.stream {}
    // What finds a place in the queue waits; more of the same party, or of anybody, is turned away at once.
    async let second: Void = gate.run(for: "a", most: 2, mostOfParty: 1) {}
    await gate.untilWaiting(1)
    await #expect(throws: Gate.Full.self) { try await gate.run(for: "a", most: 2, mostOfParty: 1) {} }
    async let third: Void = gate.run(for: "b", most: 2, mostOfParty: 1) {}
    await gate.untilWaiting(2)
    await #expect(throws: Gate.Full.self) { try await gate.run(for: "c", most: 2, mostOfParty: 1) {} }
    opened.signal()
    _ = try await (first, second, third)
  }

  @Test(
    "The address of who sends a request is told by stated proxies alone, from their end",
    arguments: [
      ([], "10.0.0.1", "10.0.0.1"), (["192.0.2.1"], "203.0.113.5", "203.0.113.5"),
      (["192.0.2.1"], "10.0.0.1", "192.0.2.1"),
      (["6.6.6.6, 192.0.2.1, 10.0.0.2"], "10.0.0.1", "192.0.2.1"), (["6.6.6.6", "192.0.2.1"], "10.0.0.1", "192.0.2.1"),
      (["192.0.2.1:4711"], "10.0.0.1", "192.0.2.1"), (["[2001:db8::1]:4711"], "10.0.0.1", "2001:db8:0:0:0:0:0:1"),
      (["6.6.6.6, nonsense"], "10.0.0.1", "10.0.0.1"), (["10.0.0.2"], "10.0.0.1", "10.0.0.2"),
      (["192.0.2.1"], "::ffff:10.0.0.1", "192.0.2.1"),
    ] as [([String], String, String)])
  func clients(forwarded: [String], peer: String, client: String) {
    #expect(ClientAddress(proxies: ["10.0.0.1", "10.0.0.2"]).of(forwarded: forwarded, peer: peer) == client)
  }

  @Test("Of an IPv6 address the network is counted")
  func networks() {
    #expect(ClientAddress.counted("2001:db8:1:2:3:4:5:6") == ClientAddress.counted("2001:db8:1:2::9"))
    #expect(ClientAddress.counted("2001:db8:1:2::9") == ClientAddress.counted("2001:db8:1:3::9"))
    #expect(ClientAddress.counted("2001:db8:1:200::9") != ClientAddress.counted("2001:db8:1:300::9"))
    #expect(ClientAddress.counted("192.0.2.1") == "192.0.2.1")
  }

  @Test(
    "A host is compared without its port",
    arguments: [
      ("localhost:8080", "localhost"), ("127.0.0.1", "127.0.0.1"), ("[::1]:8080", "::1"),
      ("evil.example:80", "evil.example"), ("", ""),
    ])
  func hosts(authority: String, host: String) {
    #expect(HostMiddleware.withoutPort(authority) == host)
  }

  @Test(
    "After sign-in one gets to this server's own pages only",
    arguments: [
      ("/", true), ("/screens/1?q=a%20b", true), ("", false), ("screens", false), ("//evil.example", false),
      ("/\\evil.example", false), ("//\u{FE0F}evil.example/", false), ("/\u{FE0F}/evil.example", false),
      ("/a\u{301}", false), ("/a b", false), ("/\n/evil", false), ("https://evil.example", false),
    ])
  func ownPaths(path: String, isOwn: Bool) { #expect(SignInPage.isOwnPath(path) == isOwn) }

  @Test(
    "Only plain names are looked up, so that no name has two spellings",
    arguments: [
      ("ada", true), ("a.b_c-d@e", true), ("", false), ("bob\u{0}1", false), ("ada\u{301}", false), ("\u{212A}", false),
      (String(repeating: "a", count: 65), false),
    ])
  func accountNames(name: String, isName: Bool) { #expect(Store.isAccountName(name) == isName) }

  @Test("Secrets differ and their digests are of one length")
  func secrets() {
    let made = (0..<100).map { _ in Secrets.make() }
    #expect(Set(made).count == 100 && made.allSatisfy { $0.utf8.count == 43 })
    #expect(Secrets.digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(Secrets.areSame("abc", "abc") && !Secrets.areSame("abc", "abd") && !Secrets.areSame("abc", "ab"))
  }
}
