// swift-tools-version: 6.1
import PackageDescription

// The arrows of docs/architecture.md, one line a room. `make imports` builds with
// `--explicit-target-dependency-import-check error`, so an import that is not an arrow here fails.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
]

let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let structuredFields: Target.Dependency = .product(
    name: "RawStructuredFieldValues", package: "swift-http-structured-headers")
let sockets: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let embedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

/// A room: a folder of `Sources/` with its settings.
/// - Parameter embeds: folders of text files that the build puts into the module.
func room(_ name: String, _ dependencies: [Target.Dependency], embeds: [String] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/\(name)", exclude: embeds, swiftSettings: strict,
        plugins: embeds.isEmpty ? [] : [.plugin(name: "EmbedFiles")])
}

/// The tests of one room, in the mirrored folder.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies + ["TestSupport"], path: "Tests/\(name)Tests",
        exclude: exclude,
        swiftSettings: strict)
}

let rooms: [Target.Dependency] = ["Access", "Collect", "Submit", "Match", "Review", "Score"]

let package = Package(
    name: "Heng",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "heng", targets: ["CLI"]),
        // For Tests/Fuzz.
        .library(name: "Collect", targets: ["Collect"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-structured-headers", from: "1.7.0"),
    ],
    targets: [
        .plugin(name: "EmbedFiles", capability: .buildTool(), dependencies: ["EmbedFilesTool"]),
        .executableTarget(name: "EmbedFilesTool", path: "Sources/EmbedFilesTool", swiftSettings: strict),
        .systemLibrary(name: "CZlib", path: "Sources/CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", path: "Sources/CZstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CCrypt", path: "Sources/CCrypt", providers: [.apt(["libcrypt-dev"])]),
        .systemLibrary(
            name: "CPango", path: "Sources/CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
        .systemLibrary(name: "CQRCode", path: "Sources/CQRCode", providers: [.apt(["libqrencode-dev"])]),

        room("Vocabulary", []),
        room("Wording", ["Vocabulary"], embeds: ["Catalogues"]),
        room("Trust", ["Vocabulary", crypto, structuredFields]),
        room("Scheme", ["Vocabulary", yams, crypto]),
        room("Paper", ["Vocabulary", "CZlib", "CPango", "CQRCode"]),
        room("Access", ["Vocabulary", "Trust", crypto, "CCrypt"]),
        room("Collect", ["Vocabulary", "Trust", "Scheme", "CZlib", "CZstd"]),
        room("Submit", ["Vocabulary", "Trust", "Scheme", "Paper", "CZlib"], embeds: ["Data"]),
        room("Match", ["Vocabulary", "Trust", "Scheme"], embeds: ["Data"]),
        room("Review", ["Vocabulary", "Trust", "Scheme"], embeds: ["Data"]),
        room("Score", ["Vocabulary", "Scheme"]),
        room("Evaluate", rooms + ["Vocabulary", "Trust", "Scheme"]),
        room(
            "Publish", ["Paper", "Evaluate", "Score", "Wording", "Vocabulary", "Scheme", "Trust", "Review", "Submit"]),
        room(
            "Store", rooms + ["Paper", "Evaluate", "Publish", "Vocabulary", "Trust", "Scheme", grdb],
            embeds: ["Migrations"]),
        room(
            "Transports",
            ["Match", "Collect", "Review", "Wording", "Vocabulary", "Trust", hummingbird, crypto, sockets, nio]),
        room(
            "Web",
            rooms + [
                "Paper", "Evaluate", "Publish", "Wording", "Vocabulary", "Trust", "Scheme", crypto, hummingbird,
                mustache,
            ],
            embeds: ["Templates", "Assets", "OpenAPI"]),
        room(
            "Joiner",
            rooms + [
                "Web", "Store", "Transports", "Paper", "Evaluate", "Publish", "Wording", "Vocabulary", "Trust",
                "Scheme",
            ]),
        room("Demonstration", ["Vocabulary", "Match", "Scheme"], embeds: ["Data"]),
        .executableTarget(
            name: "CLI",
            dependencies: rooms + [
                "Web", "Store", "Transports", "Joiner", "Paper", "Demonstration", "Evaluate", "Publish", "Wording",
                "Vocabulary",
                "Trust", "Scheme", hummingbird, arguments, yams,
            ],
            path: "Sources/CLI", swiftSettings: strict),

        .target(
            name: "TestSupport", dependencies: ["Vocabulary", "Wording", "Scheme"], path: "Tests/TestSupport",
            swiftSettings: strict),
        tests("Vocabulary", ["Vocabulary"]),
        tests("Wording", ["Wording", "Vocabulary"]),
        tests("Paper", ["Paper", "Vocabulary"]),
        tests("Trust", ["Trust", "Vocabulary"]),
        tests("Scheme", ["Scheme", "Vocabulary", "Wording"]),
        tests("Access", ["Access", "Paper", "Trust", "Vocabulary"]),
        tests("Collect", ["Collect", "Vocabulary", "Scheme"]),
        tests("Submit", ["Submit", "Trust", "Paper", "Vocabulary", "Scheme"]),
        tests("Match", ["Match", "Scheme", "Trust", "Vocabulary"]),
        tests("Review", ["Review", "Trust", "Vocabulary", "Scheme"]),
        tests("Score", ["Score", "Scheme", "Vocabulary", "Wording"]),
        tests("Evaluate", rooms + ["Evaluate", "Scheme", "Vocabulary", "Trust"]),
        tests("Publish", ["Publish", "Evaluate", "Score", "Scheme", "Vocabulary", "Wording"]),
        tests("Store", rooms + ["Store", "Paper", "Evaluate", "Scheme", "Vocabulary", "Trust", grdb]),
        tests("Transports", ["Transports", "Match", "Scheme", "Trust", "Vocabulary", hummingbird]),
        tests(
            "Web",
            rooms + [
                "Web", "Store", "Transports", "Joiner", "Paper", "Evaluate", "Publish", "Scheme", "Vocabulary", "Trust",
                "Wording", hummingbird,
                mustache, yams, embedded, crypto, grdb,
            ], exclude: ["Canned"]),
        tests("Demonstration", ["Demonstration", "Vocabulary", "Match", "Scheme", "Wording", "Collect"]),
    ]
)
