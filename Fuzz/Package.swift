// swift-tools-version: 6.1
import PackageDescription

// libFuzzer brings the main function.
let settings: [SwiftSetting] = [.unsafeFlags(["-parse-as-library"])]

let package = Package(
  name: "IsoboleFuzz",
  dependencies: [
    // Named, because the identity of a path is the folder's name, and a checkout may be called anything.
    .package(name: "Isobole", path: "..")
  ],
  targets: [
    .target(
      name: "ReaderChecks",
      dependencies: [
        .product(name: "Compounds", package: "Isobole"), .product(name: "GeneReading", package: "Isobole"),
        .product(name: "PlateReading", package: "Isobole"),
      ]),
    .executableTarget(name: "fuzz-genes", dependencies: ["ReaderChecks"], swiftSettings: settings),
    .executableTarget(name: "fuzz-readers", dependencies: ["ReaderChecks"], swiftSettings: settings),
    .executableTarget(name: "fuzz-workbooks", dependencies: ["ReaderChecks"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
