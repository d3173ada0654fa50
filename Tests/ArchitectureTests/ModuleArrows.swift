/// Which module may import which: every arrow of the design.
///
/// The order is the order of the layers. A module may only point at what stands above it here, so there are no
/// circles, and a library never knows a program.
enum ModuleArrows {
  static let all: [(module: String, mayImport: Set<String>)] = [
    ("CLinux", []), ("CSodium", []), ("CPAM", []), ("CCrypt", []), ("CTOML", []),
    ("CPCRE2", []), ("CIDN2", []), ("CSQLite", []), ("CAres", []), ("CResolv", []),

    // edge, at the very bottom: the system's calls
    ("SystemCalls", ["CLinux"]),

    // values
    ("Credentials", ["CSodium", "SystemCalls"]),
    ("Settings", ["CTOML", "CLinux", "Credentials", "SystemCalls"]),
    ("MailTypes", []),
    ("Expressions", ["CPCRE2"]),
    ("IDNA", ["CIDN2"]),

    // wire
    ("SaslauthdProtocol", ["Credentials"]),
    ("WorkerProtocol", ["Credentials"]),
    ("Control", ["Credentials"]),

    // domain
    ("Authentication", ["Credentials"]),
    ("Policy", ["MailTypes", "Expressions", "IDNA"]),
    ("PAMStack", ["Credentials", "SystemCalls"]),
    ("Mechanisms", ["Credentials", "PAMStack", "CPAM", "CCrypt", "CSodium", "CLinux", "SystemCalls"]),

    // edge
    ("EventLoop", ["CLinux", "SystemCalls"]),
    ("Logs", ["CLinux", "Settings", "SystemCalls", "Logging"]),
    ("Confinement", ["CLinux", "Credentials", "SystemCalls"]),
    ("Storage", ["Policy", "SystemCalls", "CSQLite", "CLinux"]),
    ("DNS", ["MailTypes", "Settings", "EventLoop", "SystemCalls", "CAres", "CResolv"]),

    // composition
    (
      "PolicySetup", ["Policy", "MailTypes", "Expressions", "IDNA", "Settings", "SystemCalls", "CLinux"]
    ),
    (
      "Preflight",
      [
        "Settings", "PAMStack", "Policy", "PolicySetup", "MailTypes", "Expressions", "Credentials",
        "SystemCalls",
      ]
    ),
    (
      "WorkerRuntime",
      [
        "Mechanisms", "WorkerProtocol", "Credentials", "Settings", "Confinement", "SystemCalls", "CLinux",
        "Logs",
        "Logging", "PAMStack",
      ]
    ),
    ("ServiceRuntime", ["Control", "EventLoop", "SystemCalls", "CLinux"]),
    (
      "PolicyService",
      [
        "Policy", "PolicySetup", "MailTypes", "Expressions", "DNS", "Storage", "Control", "EventLoop",
        "Settings",
        "Confinement",
        "SystemCalls", "Logs", "Logging", "ServiceRuntime", "CLinux",
      ]
    ),
    (
      "AuthService",
      [
        "Authentication", "SaslauthdProtocol", "WorkerProtocol", "Control", "EventLoop", "Settings",
        "Confinement",
        "SystemCalls", "Credentials", "Logs", "Logging", "CLinux", "PAMStack", "ServiceRuntime",
      ]
    ),
    (
      "Supervision",
      [
        "Settings", "Control", "Credentials", "EventLoop", "Confinement", "SystemCalls", "CLinux", "Logs",
        "Logging", "Preflight",
      ]
    ),
    (
      "OperatorTool",
      [
        "Control", "Credentials", "Settings", "Preflight", "SystemCalls", "CLinux", "MailTypes",
        "Expressions",
        "Policy", "PolicySetup", "DNS", "EventLoop", "Storage", "ArgumentParser",
        "FoundationEssentials",
      ]
    ),
    ("Manual", ["Settings", "Policy", "MailTypes", "Expressions"]),

    // programs: what composes them, and what reads a command line
    ("posternd", ["Supervision", "Settings", "Manual"]),
    ("postern-auth", ["AuthService", "Settings"]),
    ("postern-policy", ["PolicyService", "Settings"]),
    ("postern-worker", ["WorkerRuntime", "Settings"]),
    ("postern", ["OperatorTool", "ArgumentParser"]),
    ("postern-manual", ["Manual"]),
    ("testauth", ["SaslauthdProtocol", "Credentials", "SystemCalls", "ArgumentParser"]),
  ]

  /// What comes with the compiler and stands outside the layers.
  static let system: Set<String> = ["Glibc", "Synchronization"]
  /// Packages that we depend on, and what ArgumentParser brings along.
  static let packages: Set<String> = ["ArgumentParser", "FoundationEssentials", "Logging"]
}
