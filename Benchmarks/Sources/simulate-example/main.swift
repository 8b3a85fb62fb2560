import Foundation

let usage = """
  Writes the simulated example screens, the same bytes each time.

  USAGE: simulate-example DIRECTORY      writes simulated-*.csv and simulated-reader-exports/ there
         simulate-example --truth        prints what is planted in them, as Markdown
  """

let note = "simulated data, % inhibition: no real compound was measured; see README.md for what is planted"
let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.count) {
case ("--truth", 1):
  for (name, blocks) in [
    ("simulated-xpo1-screen.csv", ExampleScreens.screen), ("simulated-matrix.csv", ExampleScreens.matrix),
    ("simulated-anchor-library.csv", ExampleScreens.library),
  ] {
    print("\n## \(name)\n\n\(ExampleFile.truth(blocks))")
  }
case (let directory?, 1) where !directory.hasPrefix("-"):
  var files = [
    "simulated-xpo1-screen.csv": ExampleFile.table(ExampleScreens.screen, title: note),
    "simulated-matrix.csv": ExampleFile.matrix(ExampleScreens.matrix, title: note),
    "simulated-anchor-library.csv": ExampleFile.table(ExampleScreens.library, title: note),
  ]
  .mapValues { Array($0.utf8) }
  files.merge(try ReaderExports.files()) { table, _ in table }
  for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
    let path = directory + "/" + name
    do {
      let url = URL(fileURLWithPath: path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url)
      print(path)
    } catch {
      FileHandle.standardError.write(Data("simulate-example: \(path) cannot be written: \(error)\n".utf8))
      exit(1)
    }
  }
default:
  print(usage)
  exit(arguments.first == "--help" || arguments.first == "-h" ? 0 : 2)
}
