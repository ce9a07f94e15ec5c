// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// PostgreSQL needs libpq's headers (Debian: libpq-dev). Without them, or with AIOM_WITHOUT_POSTGRES
/// set, everything is built for SQLite alone.
let hasPostgres =
  Context.environment["AIOM_WITHOUT_POSTGRES"] == nil
  && ["/usr/include/postgresql", "/usr/include", "/usr/local/include", "/opt/homebrew/include"]
    .contains { FileManager.default.fileExists(atPath: $0 + "/libpq-fe.h") }

/// Every target of the house compiles under the same strict rules.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// For targets that have a part for PostgreSQL alone.
let strictWithPostgres = strict + (hasPostgres ? [.define("POSTGRES")] : [])
let postgresDriver: [Target.Dependency] = hasPostgres ? ["PostgresDriver"] : []

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(
  name: "AsyncHTTPClient", package: "async-http-client")
let configuration = Target.Dependency.product(
  name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(
  name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let serviceLifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(
  name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "aiom",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "aiom", targets: ["App"]),
    .library(name: "Addressing", targets: ["Addressing"]),
    .library(name: "ActionProtocol", targets: ["ActionProtocol"]),
    .library(name: "Odoo", targets: ["Odoo"]),
    .library(name: "SMTP2GO", targets: ["SMTP2GO"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
  ],
  targets: [
    // The pure core.
    .target(name: "Addressing", swiftSettings: strict),
    .target(
      name: "ActionProtocol", dependencies: ["Addressing", crypto], swiftSettings: strict),
    .target(
      name: "Decisions", dependencies: ["ActionProtocol"],
      swiftSettings: strict),
    .target(
      name: "Insights", dependencies: ["ActionProtocol", "Addressing"], swiftSettings: strict),
    // The runtime.
    .target(
      name: "Engine",
      dependencies: [
        "ActionProtocol", "Addressing", "Decisions", "Insights", logging, serviceLifecycle,
      ],
      swiftSettings: strict),
    // The rim.
    .target(
      name: "Credentials", dependencies: ["Engine", crypto, cryptoExtras], swiftSettings: strict),
    .target(name: "Handover", dependencies: [nioCore, nioHTTP1], swiftSettings: strict),
    .target(
      name: "Odoo",
      dependencies: [
        "Handover", asyncHTTPClient, logging, metrics, nioCore, nioHTTP1, nioPosix, nioSSL,
      ],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "SMTP2GO",
      dependencies: [
        "Addressing", "Handover", asyncHTTPClient, logging, metrics, nioCore, nioHTTP1, nioPosix,
        nioSSL,
      ],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "Cards",
      dependencies: ["ActionProtocol", "Addressing", "Decisions", "Engine", "Insights"],
      swiftSettings: strict),
    .target(
      name: "Web",
      dependencies: [
        "ActionProtocol", "Addressing", "Cards", "Decisions", "Engine", httpTypes, hummingbird,
        hummingbirdCore, hummingbirdTLS, logging, nioCore, nioHTTP1, nioSSL, serviceLifecycle,
      ],
      swiftSettings: strict),
    .target(
      name: "Store",
      dependencies: ["ActionProtocol", "Addressing", "Decisions", "Engine", "Insights"],
      swiftSettings: strict),
    .target(
      name: "SQLiteDriver",
      dependencies: ["ActionProtocol", "Decisions", "Engine", "Store", grdb, grdbSQLite],
      swiftSettings: strict),
    .target(
      name: "Connectors",
      dependencies: [
        "ActionProtocol", "Addressing", "Decisions", "Engine", "Insights", "Odoo", "SMTP2GO",
        mustache, yams,
      ],
      swiftSettings: strict),
    .target(
      name: "Sandbox",
      dependencies: [
        asyncHTTPClient, httpTypes, hummingbird, logging, nioCore, nioHTTP1, serviceLifecycle,
      ],
      swiftSettings: strict),
    .systemLibrary(name: "CResolver"),
    .target(name: "Resolving", dependencies: ["CResolver"], swiftSettings: strict),
    .systemLibrary(name: "CSpawn"),
    .target(name: "Spawning", dependencies: ["CSpawn"], swiftSettings: strict),
    .executableTarget(
      name: "App",
      dependencies: [
        "ActionProtocol", "Addressing", "Cards", "Connectors", "Credentials", "Decisions", "Engine",
        "Insights", "Odoo", "Resolving", "SMTP2GO", "SQLiteDriver", "Sandbox", "Spawning", "Store",
        "Web",
        argumentParser, configuration, logging, metrics, serviceLifecycle, unixSignals,
      ] + postgresDriver,
      swiftSettings: strictWithPostgres),
    // Support and tests.
    .target(
      name: "TestSupport",
      dependencies: [
        "ActionProtocol", "Addressing", "Decisions", "Engine", "Insights", "SQLiteDriver",
        "Spawning", "Store", logging,
      ] + postgresDriver,
      path: "Sources/TestSupport", swiftSettings: strictWithPostgres),
    .target(
      name: "OracleSupport", dependencies: ["Spawning"], swiftSettings: strict),
    .testTarget(name: "SpawningTests", dependencies: ["Spawning"], swiftSettings: strict),
    .testTarget(name: "ResolvingTests", dependencies: ["Resolving"], swiftSettings: strict),
    .testTarget(
      name: "AddressingTests", dependencies: ["Addressing", "OracleSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ActionProtocolTests",
      dependencies: ["ActionProtocol", "Addressing", "OracleSupport"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "DecisionsTests", dependencies: ["ActionProtocol", "Decisions", "OracleSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "InsightsTests",
      dependencies: ["ActionProtocol", "Addressing", "Connectors", "Insights"],
      swiftSettings: strict),
    .testTarget(
      name: "OdooTests",
      dependencies: [
        "ActionProtocol", "Connectors", "Decisions", "Engine", "Insights", "Odoo", "Spawning",
        "TestSupport", logging, metrics, nioCore, nioPosix,
      ], swiftSettings: strict),
    .testTarget(
      name: "SMTP2GOTests",
      dependencies: [
        "Addressing", "Handover", "OracleSupport", "SMTP2GO", "Sandbox", "Spawning", logging,
        metrics, nioCore,
        nioHTTP1, nioPosix, nioSSL,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "WebTests",
      dependencies: [
        "ActionProtocol", "Addressing", "Connectors", "Credentials", "Decisions", "Engine",
        "Insights", "SQLiteDriver", "Spawning", "Store", "TestSupport", "Web", asyncHTTPClient,
        httpTypes,
        hummingbird,
        logging, nioCore,
        nioSSL,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SandboxTests",
      dependencies: ["Sandbox", "Spawning", asyncHTTPClient, logging, nioCore, nioHTTP1, nioPosix],
      swiftSettings: strict),
    .testTarget(
      name: "ConnectorsTests",
      dependencies: [
        "ActionProtocol", "Addressing", "Connectors", "Decisions", "Engine", "Insights", "Odoo",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "StoreTests",
      dependencies: [
        "ActionProtocol", "Addressing", "Connectors", "Decisions", "Engine", "Insights",
        "SQLiteDriver", "Store", "TestSupport", logging,
      ],
      exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "EngineTests",
      dependencies: [
        "ActionProtocol", "Addressing", "Connectors", "Credentials", "Decisions", "Engine",
        "Insights", "OracleSupport", "SQLiteDriver", "Store", "TestSupport", crypto,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "AppTests",
      dependencies: [
        "ActionProtocol", "Addressing", "App", "Cards", "Connectors", "Decisions", "Engine",
        "Insights",
        "SMTP2GO", "Spawning", argumentParser, logging, metrics,
      ],
      exclude: ["Golden"], swiftSettings: strictWithPostgres),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "ActionProtocol", "Addressing", "App", "Cards", "Connectors", "Decisions", "Engine",
        "Insights",
        "SMTP2GO", "SQLiteDriver", "Sandbox", "Spawning", "Store", "TestSupport",
        logging,
      ] + postgresDriver,
      swiftSettings: strictWithPostgres),
  ]
)

if hasPostgres {
  package.targets += [
    .systemLibrary(
      name: "CPostgres", pkgConfig: "libpq",
      providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
    .target(
      name: "PostgresDriver",
      dependencies: ["ActionProtocol", "CPostgres", "Decisions", "Engine", "Store"],
      swiftSettings: strict),
    .testTarget(
      name: "PostgresDriverTests",
      dependencies: [
        "ActionProtocol", "Addressing", "Decisions", "Engine", "Insights", "PostgresDriver",
        "Store", "TestSupport", logging,
      ],
      exclude: ["Golden"], swiftSettings: strict),
  ]
}
