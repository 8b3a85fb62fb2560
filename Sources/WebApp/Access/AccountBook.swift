import Foundation

/// The accounts of a data directory, for the command. Works beside a running server: the store is made for several
/// programs.
public struct AccountBook: Sendable {
  private let store: Store

  /// Opens the accounts; makes the directory when it is not there, but no store beside the uploads of a lost one.
  ///
  /// - Throws: `WebAppError`.
  public init(data: String) throws {
    try DataDirectory.demandStoreOrNothing(data)
    store = try Store(path: DataDirectory.prepared(data) + "/isobole.sqlite")
  }

  /// Adds an account.
  public func add(name: String, role: Role, password: String) async throws {
    try await store.addAccount(name: name, role: role, hash: PasswordHash.make(password))
  }

  /// Sets a password.
  public func setPassword(of name: String, _ password: String) async throws {
    try await store.changeAccount(name: name, hash: PasswordHash.make(password))
  }

  /// Changes a role.
  public func setRole(of name: String, _ role: Role) async throws {
    try await store.changeAccount(name: name, role: role)
  }

  /// Shuts an account out, or lets it in again.
  public func setDisabled(_ name: String, _ isDisabled: Bool) async throws {
    try await store.changeAccount(name: name, isDisabled: isDisabled)
  }

  /// Makes a token; it is not kept.
  public func makeToken(for name: String, named label: String) async throws -> String {
    let token = "isobole_" + Secrets.make()
    try await store.addToken(for: name, named: label, digest: Secrets.digest(token))
    return token
  }

  /// A line an account: name, role, since when, tokens.
  public func lines() async throws -> [String] {
    let accounts = try await store.accounts()
    if accounts.isEmpty { return ["no accounts yet"] }
    let width = accounts.map(\.name.count).max() ?? 0
    return accounts.map { account in
      let name = account.name.padding(toLength: width, withPad: " ", startingAt: 0)
      let tokens = account.tokens == 0 ? "" : account.tokens == 1 ? " · 1 token" : " · \(account.tokens) tokens"
      return
        "\(name)  \(account.role.rawValue) · since \(account.created.prefix(10))\(tokens)\(account.isDisabled ? " · disabled" : "")"
    }
  }
}
