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

  @Test("Failed sign-ins are bounded for a name and for an address, within a window")
  func signInBound() {
    let bound = SignInBound(most: 3, window: 60)
    let start = Date(timeIntervalSince1970: 1_000_000)
    for _ in 0..<3 {
      #expect(bound.wait(for: ["name:ada", "address:1"], at: start) == nil)
      bound.count(["name:ada", "address:1"], at: start)
    }
    #expect(bound.wait(for: ["name:ada", "address:2"], at: start + 20) == 40)
    #expect(bound.wait(for: ["name:ben", "address:1"], at: start + 20) == 40)
    #expect(bound.wait(for: ["name:ben", "address:2"], at: start + 20) == nil)
    #expect(bound.wait(for: ["name:ada", "address:1"], at: start + 61) == nil)
    bound.count(["name:ada", "address:1"], at: start + 61)
    bound.forgive(name: "name:ada", address: "address:1")
    #expect(bound.wait(for: ["name:ada", "address:1"], at: start + 62) == nil)
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
