/// The commands of `isobole-web`, which `isobole` hands on to it.
package enum WebCommand: String, CaseIterable {
  case serve, accounts, backup, restore

  /// What it does, for lists of commands.
  package var abstract: String {
    switch self {
    case .serve: "Start the web app: upload plates, see quality, review combinations."
    case .accounts: "Who may sign in to the web app."
    case .backup: "Copy the web app's data, while it runs or not."
    case .restore: "Put a backup in the place of the web app's data."
    }
  }
}
