// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "IsoboleBenchmarks",
  products: [
    .executable(name: "isobole-benchmarks", targets: ["isobole-benchmarks"]),
    .executable(name: "simulate-example", targets: ["simulate-example"]),
    .executable(name: "calibrate", targets: ["calibrate"]),
    .executable(name: "calibrate-genes", targets: ["calibrate-genes"]),
    .executable(name: "plate-quality", targets: ["plate-quality"]),
  ],
  dependencies: [
    // Named, because the identity of a path is the folder's name, and a checkout may be called anything.
    .package(name: "Isobole", path: "..")
  ],
  targets: [
    .executableTarget(
      name: "simulate-example",
      dependencies: [
        .product(name: "Isobole", package: "Isobole"), .product(name: "PlateSimulation", package: "Isobole"),
      ]),
    .executableTarget(
      name: "plate-quality", dependencies: [.product(name: "PlateSimulation", package: "Isobole")]),
    .executableTarget(name: "calibrate", dependencies: [.product(name: "Isobole", package: "Isobole")]),
    .executableTarget(name: "calibrate-genes", dependencies: [.product(name: "Isobole", package: "Isobole")]),
    .target(name: "LibCSVFloor", linkerSettings: [.linkedLibrary("csv")]),
    .executableTarget(
      name: "isobole-benchmarks",
      dependencies: [
        "LibCSVFloor",
        .product(name: "Isobole", package: "Isobole"), .product(name: "PlateSimulation", package: "Isobole"),
      ],
      resources: [.embedInCode("scipy_fit.py")]),
  ],
  swiftLanguageModes: [.v6]
)
