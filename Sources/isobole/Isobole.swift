import ArgumentParser

@main
struct Isobole: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "isobole", abstract: "Ranked synergy reports from dose-matrix screens.")
}
