// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "Isobole",
  products: [
    .executable(name: "isobole", targets: ["isobole"]),
    .executable(name: "isobole-web", targets: ["isobole-web"]),
    .library(name: "PlateSimulation", targets: ["PlateSimulation"]),
    .library(name: "Compounds", targets: ["Compounds"]),
    .library(name: "GeneReading", targets: ["GeneTargets", "Genes"]),
    .library(name: "PlateReading", targets: ["Assay", "Spreadsheets", "DoseTables", "Plates", "PlateDesign"]),
    .library(
      name: "Isobole",
      targets: [
        "Statistics", "LeastSquares", "Assay", "Compounds", "Digests", "DoseResponse", "Spreadsheets", "DoseTables",
        "GeneTargets", "Genes", "Plates",
        "PlateDesign",
        "Synergy", "Screening", "Results", "Reporting", "Simulation",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
  ],
  targets: [
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CLAPACKE", pkgConfig: "lapacke", providers: [.apt(["liblapacke-dev"])]),
    .systemLibrary(name: "CFileSystem"),
    // The files that Compounds, Reporting and WebApp carry.
    .target(name: "CResources", exclude: ["README.md"]),
    .systemLibrary(name: "CLanes"),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(name: "CLibZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CCairo", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
    .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),

    .target(name: "Statistics", exclude: ["README.md"]),
    .target(name: "LeastSquares", dependencies: ["COpenBLAS", "CLAPACKE"], exclude: ["README.md"]),
    .target(name: "Digests", dependencies: ["CLibCrypto"], exclude: ["README.md"]),
    .target(name: "Assay", exclude: ["README.md"]),
    .target(
      name: "Compounds", dependencies: ["Assay", "CLibYAML", "CResources"], exclude: ["README.md", "Registry"]),
    .target(name: "DoseResponse", dependencies: ["LeastSquares", "CLanes"], exclude: ["README.md"]),
    .target(name: "Spreadsheets", dependencies: ["CExpat", "CLibCSV", "CLibZip", "CZlib"], exclude: ["README.md"]),
    .target(name: "Genes", dependencies: ["Spreadsheets", "Statistics"], exclude: ["README.md"]),
    .target(name: "GeneTargets", dependencies: ["Genes", "Spreadsheets", "Statistics"], exclude: ["README.md"]),
    .target(name: "DoseTables", dependencies: ["Assay", "Spreadsheets", "Statistics"], exclude: ["README.md"]),
    .target(
      name: "Plates", dependencies: ["Assay", "DoseTables", "Spreadsheets", "Statistics"],
      exclude: ["README.md", "Layout/README.md", "Normalisation/README.md", "Quality/README.md"]),
    .target(name: "PlateDesign", dependencies: ["Assay", "Plates"], exclude: ["README.md"]),
    .target(
      name: "Synergy", dependencies: ["Assay", "DoseResponse", "LeastSquares", "Statistics"], exclude: ["README.md"]),
    .target(
      name: "Screening",
      dependencies: [
        "Assay", "Compounds", "Digests", "DoseResponse", "DoseTables", "LeastSquares", "Plates", "Statistics",
        "Synergy",
      ],
      exclude: ["README.md"]),
    .target(name: "Simulation", exclude: ["README.md"]),
    .target(
      name: "Results",
      dependencies: [
        "Assay", "CSQLite", "Compounds", "DoseResponse", "DoseTables", "Plates", "Screening", "Synergy",
      ],
      exclude: ["README.md"]),
    .target(
      name: "Reporting",
      dependencies: [
        "CCairo", "CFileSystem", "CResources", "CXlsxWriter", "Compounds", "Digests", "GeneTargets", "Genes", "Results",
        "Screening", "Spreadsheets", "Statistics",
      ],
      exclude: ["README.md", "HTML/Assets"]),
    .target(
      name: "WebApp",
      dependencies: [
        "CFileSystem", "CResources", "CSodium", "Digests", "Reporting", "Results", "Statistics",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      exclude: ["README.md", "Pages/README.md", "API/openapi.json", "Assets", "Templates", "Example"],
      // Else GRDB's `joined` and string literals are taken in files that do not import it.
      swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")]),
    .target(
      name: "Programs", dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")],
      exclude: ["README.md"]),
    .executableTarget(
      name: "isobole",
      dependencies: [
        "CFileSystem", "Compounds", "Digests", "GeneTargets", "Genes", "Screening", "Results", "Reporting",
        "PlateSimulation", "Programs",
        "ScreenPower", "Simulation", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "isobole-web",
      dependencies: ["Programs", "WebApp", .product(name: "ArgumentParser", package: "swift-argument-parser")]),

    .target(
      name: "PlateSimulation", dependencies: ["Assay", "PlateDesign", "Plates", "Simulation"], exclude: ["README.md"]),
    .target(
      name: "ScreenPower", dependencies: ["Assay", "DoseResponse", "Screening", "Simulation", "Statistics", "Synergy"],
      exclude: ["README.md"]),
    .target(name: "ReferenceData", dependencies: ["Simulation"], path: "Tests/ReferenceData"),
    .target(
      name: "ReadingSamples", dependencies: ["DoseTables", "PlateSimulation", "Plates", "ReferenceData", "Simulation"],
      path: "Tests/ReadingSamples"),
    .testTarget(name: "StatisticsTests", dependencies: ["ReferenceData", "Statistics"], exclude: ["scipy_values.py"]),
    .testTarget(name: "LeastSquaresTests", dependencies: ["LeastSquares", "ReferenceData"]),
    .testTarget(name: "AssayTests", dependencies: ["Assay"]),
    .testTarget(name: "CompoundsTests", dependencies: ["Compounds"]),
    .testTarget(name: "DoseResponseTests", dependencies: ["DoseResponse", "ReferenceData"]),
    .testTarget(name: "SpreadsheetsTests", dependencies: ["ReferenceData", "Spreadsheets"]),
    .testTarget(name: "DoseTablesTests", dependencies: ["DoseTables", "Plates", "ReadingSamples", "ReferenceData"]),
    .testTarget(
      name: "PlatesTests",
      dependencies: [
        "CLibZip", "DoseTables", "PlateDesign", "PlateSimulation", "Plates", "ReadingSamples", "ReferenceData",
      ]),
    .testTarget(
      name: "GenesTests", dependencies: ["Genes", "ReferenceData", "Simulation", "Spreadsheets", "Statistics"]),
    .testTarget(name: "GeneTargetsTests", dependencies: ["GeneTargets", "Genes", "Statistics"]),
    .testTarget(name: "PlateDesignTests", dependencies: ["PlateDesign", "Plates", "ReadingSamples"]),
    .testTarget(name: "SynergyTests", dependencies: ["ReferenceData", "Simulation", "Synergy"]),
    .testTarget(name: "ScreeningTests", dependencies: ["PlateSimulation", "ReferenceData", "Screening", "Simulation"]),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "GeneTargets", "Reporting", "Results", "PlateSimulation", "ReferenceData", "ScreenPower", "Simulation",
      ]),
    .testTarget(name: "ScreenPowerTests", dependencies: ["ScreenPower", "Simulation", "Synergy"]),
    .testTarget(
      name: "WebAppTests",
      dependencies: [
        "PlateSimulation", "ReferenceData", "WebApp", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
      ]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "CLibZip", "isobole", "isobole-web", "DoseTables", "PlateSimulation", "Plates", "Programs", "ReferenceData",
        "Simulation",
      ]),
    .testTarget(name: "DigestsTests", dependencies: ["Digests"]),
  ],
  swiftLanguageModes: [.v6]
)
