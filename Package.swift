// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target is built with.
let common: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),  // SE-0335
  .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
  .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
  .treatAllWarnings(as: .error),
]

/// Values and decisions: no pointer, no system call, no C.
let pure: [SwiftSetting] = common + [.strictMemorySafety()]

// A library whose tests stand beside it under Tests/<name>Tests.
func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], settings: [SwiftSetting] = common
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.target(name: name), "TestKit"] + dependencies, exclude: exclude,
    swiftSettings: common)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: common)
}

/// Libraries that Debian packages, each with a module map of one line.
let systemLibraries: [Target] = [
  .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
  .systemLibrary(name: "CPAM", providers: [.apt(["libpam0g-dev"])]),
  .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
  .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
  .systemLibrary(name: "CIDN2", pkgConfig: "libidn2", providers: [.apt(["libidn2-dev"])]),
  .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
  .systemLibrary(name: "CAres", pkgConfig: "libcares", providers: [.apt(["libc-ares-dev"])]),
]

let shims: [Target] = [
  .target(name: "CLinux"),
  .target(name: "CResolv"),
  // No C++ standard is set: clang's own is 17 or later, and setting one breaks dump-symbol-graph.
  .target(name: "CTOML"),
]

let values: [Target] = [
  library("Credentials", ["CSodium", "SystemCalls"]),
  library("Settings", ["CTOML", "CLinux", "Credentials", "SystemCalls"]),
  library("MailTypes", settings: pure),
  library("Expressions", ["CPCRE2"]),
  library("IDNA", ["CIDN2"]),
]

let wire: [Target] = [
  library("SaslauthdProtocol", ["Credentials"]),
  library("WorkerProtocol", ["Credentials"]),
  library("Control", settings: pure),
]

let domain: [Target] = [
  library("Authentication", ["Credentials"], settings: pure),
  library("Policy", ["MailTypes", "Expressions", "IDNA"], settings: pure),
  library("PAMStack", ["Credentials", "SystemCalls"]),
  library("Mechanisms", ["Credentials", "PAMStack", "SystemCalls", "CPAM", "CCrypt", "CSodium", "CLinux"]),
]

let edge: [Target] = [
  library("SystemCalls", ["CLinux"]),
  library("EventLoop", ["CLinux", "SystemCalls"]),
  library("Logs", ["CLinux", "Settings", "SystemCalls", .product(name: "Logging", package: "swift-log")]),
  library("Confinement", ["CLinux", "Credentials", "SystemCalls"]),
  library("Storage", ["Policy", "SystemCalls", "CSQLite", "CLinux"]),
  library("DNS", ["MailTypes", "Settings", "EventLoop", "SystemCalls", "CAres", "CResolv"]),
]

let composition: [Target] = [
  library("Manual", ["Policy", "Settings"]),
  library("PolicySetup", ["Policy", "MailTypes", "Settings", "SystemCalls", "CLinux"]),
  library(
    "Preflight",
    ["Settings", "Policy", "PolicySetup", "MailTypes", "PAMStack", "Credentials", "SystemCalls"]
  ),
  library(
    "WorkerRuntime",
    [
      "Mechanisms", "WorkerProtocol", "Credentials", "Settings", "Confinement", "SystemCalls", "CLinux",
      "Logs",
    ]),
  library(
    "AuthService",
    [
      "Authentication", "SaslauthdProtocol", "WorkerProtocol", "Control", "EventLoop", "Settings",
      "Confinement", "SystemCalls", "Credentials", "Logs", "CLinux", "ServiceRuntime",
      .product(name: "Logging", package: "swift-log"),
    ]),
  library("ServiceRuntime", ["Control", "EventLoop", "SystemCalls"]),
  library(
    "PolicyService",
    [
      "Policy", "PolicySetup", "MailTypes", "DNS", "Storage", "Control", "EventLoop", "Settings",
      "Confinement",
      "SystemCalls",
      "Logs", "ServiceRuntime", .product(name: "Logging", package: "swift-log"),
    ]),
  library(
    "Supervision",
    [
      "Settings", "Control", "Credentials", "EventLoop", "Confinement", "SystemCalls", "CLinux", "Logs",
      "Preflight",
      .product(name: "Logging", package: "swift-log"),
    ]),
  library(
    "OperatorTool",
    [
      "Control", "Credentials", "Settings", "Preflight", "SystemCalls", "MailTypes", "Policy", "PolicySetup",
      "DNS", "EventLoop", "Storage",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ]),
]

let programs: [Target] = [
  // Builds the manual, and is not installed.
  program("postern-manual", ["Manual"]),
  program("posternd", ["Manual", "Supervision"]),
  program("postern-auth", ["AuthService"]),
  program("postern-policy", ["PolicyService"]),
  program("postern-worker", ["WorkerRuntime"]),
  program(
    "postern", ["OperatorTool", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
  program(
    "testauth",
    [
      "SaslauthdProtocol", "Credentials", "SystemCalls",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ]),
]

/// What `make bench` puts load on the daemons with; not installed.
let benchmarks: [Target] = [
  .executableTarget(
    name: "postern-login-load",
    dependencies: [
      "SaslauthdProtocol", "Credentials", "SystemCalls",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ], path: "Benchmarks/LoginLoad", swiftSettings: common),
  .executableTarget(
    name: "postern-policy-load",
    dependencies: [
      "SystemCalls", "CLinux", .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ], path: "Benchmarks/PolicyLoad", swiftSettings: common),
  .executableTarget(
    name: "postern-store-load", dependencies: ["Storage", "Policy", "SystemCalls"],
    path: "Benchmarks/StoreLoad", swiftSettings: common),
]

let testTargets: [Target] = [
  .target(
    name: "TestKit",
    dependencies: ["Credentials", "DNS", "EventLoop", "MailTypes", "Mechanisms", "Policy", "SystemCalls"],
    path: "Tests/TestKit", swiftSettings: common),
  tests("Settings"),
  tests("Manual", ["Policy", "Settings"]),
  tests("PAMStack", ["CPAM"]),
  tests(
    "OperatorTool",
    [
      "Control", "Preflight", "Storage", "SystemCalls",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ]),
  tests("Preflight", ["Credentials", "MailTypes", "PAMStack", "Policy", "Settings", "SystemCalls"]),
  tests("Credentials"),
  tests("EventLoop", ["SystemCalls", "CLinux"]),
  tests("Logs", ["Settings", "SystemCalls", .product(name: "Logging", package: "swift-log")]),
  tests("SaslauthdProtocol"),
  tests("WorkerProtocol"),
  tests("Mechanisms", ["Credentials", "SystemCalls"]),
  tests("Confinement", ["CLinux", "Credentials"]),
  tests("WorkerRuntime", ["Credentials", "SystemCalls", "WorkerProtocol", "postern-worker"]),
  tests("Authentication", ["Credentials"]),
  tests("MailTypes"),
  tests("Expressions"),
  tests("IDNA"),
  // The recordings are read where they lie.
  tests("Policy", ["Expressions", "MailTypes"], exclude: ["Recorded"]),
  .testTarget(
    name: "RehearsalTests", dependencies: ["Policy", "PolicySetup", "Settings"], exclude: ["Scripts"],
    swiftSettings: common),
  tests("Control"),
  tests("Supervision", ["Credentials", "Settings", "SystemCalls"]),
  tests("ServiceRuntime", ["Control", "EventLoop", "SystemCalls"]),
  tests(
    "PolicyService",
    ["Control", "DNS", "EventLoop", "Logs", "MailTypes", "Policy", "PolicySetup", "Settings"]),
  tests("AuthService", ["Authentication", "Credentials", "SaslauthdProtocol", "SystemCalls"]),
  tests("Storage", ["CSQLite", "Policy", "SystemCalls"]),
  tests("DNS", ["EventLoop", "MailTypes", "SystemCalls"]),
]

/// A decoder's fuzzer: libFuzzer brings the main function.
func fuzzer(_ decoder: String) -> Target {
  .executableTarget(
    name: "\(decoder)Fuzzer", dependencies: ["DecoderProperties"], path: "Tests/Fuzzers/\(decoder)",
    swiftSettings: common)
}

/// What holds for any input of a decoder, and the inputs that were interesting so far.
let propertyTests: [Target] = [
  .target(
    name: "DecoderProperties",
    dependencies: [
      "Credentials", "DNS", "Expressions", "MailTypes", "Policy", "SaslauthdProtocol", "Settings",
      "WorkerProtocol",
    ],
    path: "Tests/Fuzzers/Properties", swiftSettings: common),
  .testTarget(name: "FuzzCorpusTests", dependencies: ["DecoderProperties"], swiftSettings: common),
]

/// Built with `--sanitize fuzzer` only, which is why they have to be asked for.
let fuzzers: [Target] =
  Context.environment["POSTERN_FUZZERS"] == nil
  ? []
  : [
    "LoginRequest", "LoginReply", "WorkerMessage", "CheckFrame", "Settings", "PolicyRequest", "Whitelist",
    "RestrictionList", "AccessTable", "RehearsalScript",
    "DatabaseDump", "DNSAnswer", "WeightedList", "ReplyTemplate",
  ].map(fuzzer)

/// Tests of the whole: sources as text, programs as they are built and installed.
let wholeTests: [Target] = [
  .testTarget(
    name: "ArchitectureTests", dependencies: programs.map { .target(name: $0.name) }, swiftSettings: common),
  // The programs are run, not linked: they have to be built first.
  .testTarget(
    name: "EndToEndTests",
    dependencies: ["TestKit", "MailTypes", "Policy", "SystemCalls", "CLinux"]
      + programs.map { .target(name: $0.name) },
    exclude: [
      "Clients/smtplib_client.py", "Clients/policy_crowd.py", "Clients/policy_stub.py",
      "Clients/sasl_checkpass.c",
      "Faults/Workers/lying_worker.c",
      "Faults/README.md", "Policy/Day/README.md", "Policy/Day/file_clock.c",
    ], swiftSettings: common),
]

let package = Package(
  name: "postern",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: systemLibraries + shims + values + wire + domain + edge + composition + programs
    + benchmarks + testTargets + propertyTests + fuzzers + wholeTests,
  swiftLanguageModes: [.v6]
)
