// swift-tools-version: 6.2
import PackageDescription

// The core (`Fakta`) uses no Foundation and no package: ICU, libxml2, zlib and zstd stand behind C targets whose
// headers show none of their types (see ARCHITECTURE.md).
let package = Package(
  name: "fakta",
  products: [
    .library(name: "Fakta", targets: ["Fakta"]),
    .executable(name: "fakta", targets: ["FaktaCLI"]),
    .executable(name: "fakta-train", targets: ["FaktaTrain"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(
      name: "XMLLink", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .target(
      name: "CFaktaICU",
      linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
    .target(name: "CFaktaText"),
    .target(name: "CFaktaGuard"),
    .target(name: "CFaktaHTML", dependencies: ["XMLLink", "CFaktaText"]),
    .target(
      name: "CFaktaCompress",
      linkerSettings: [.linkedLibrary("z"), .linkedLibrary("zstd")]),
    .target(name: "Fakta", dependencies: ["CFaktaICU", "CFaktaText", "CFaktaGuard", "CFaktaHTML", "CFaktaCompress"]),
    .target(name: "FaktaReport", dependencies: ["Fakta"], resources: [.embedInCode("Page")]),
    .executableTarget(
      name: "FaktaCLI",
      dependencies: [
        "Fakta", "FaktaReport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/fakta"),
    .executableTarget(
      name: "FaktaTrain",
      dependencies: [
        "Fakta", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/fakta-train"),
    .target(name: "FaktaTestSupport", dependencies: ["Fakta"], path: "Tests/FaktaTestSupport"),
    .testTarget(name: "FaktaTests", dependencies: ["Fakta", "FaktaReport", "FaktaTestSupport", "CFaktaICU"]),
  ],
  cxxLanguageStandard: .cxx17
)
