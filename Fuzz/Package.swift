// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "IsoboleFuzz",
  dependencies: [
    // Named, because the identity of a path is the folder's name, and a checkout may be called anything.
    .package(name: "Isobole", path: "..")
  ],
  targets: [
    .executableTarget(
      name: "fuzz-readers",
      dependencies: [.product(name: "PlateReading", package: "Isobole")],
      // libFuzzer brings the main function.
      swiftSettings: [.unsafeFlags(["-parse-as-library"])])
  ],
  swiftLanguageModes: [.v6]
)
