// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that the normal build does not pay for it. See README.md.
let package = Package(
    name: "Fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "Heng", path: "../..")],
    targets: [
        .executableTarget(
            name: "ReaderFuzz", dependencies: [.product(name: "Collect", package: "Heng")],
            swiftSettings: [.swiftLanguageMode(.v6)])
    ]
)
