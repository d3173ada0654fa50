import Testing

@testable import PAMStack

struct PAMFileTests {
  private static func read(_ text: String) -> PAMFile { PAMFile(text, path: "smtp") }

  private static func module(
    _ name: String, _ control: PAMControl = .required, arguments: [String] = [], mayBeMissing: Bool = false
  ) -> PAMModuleLine {
    PAMModuleLine(control: control, module: name, arguments: arguments, mayBeMissing: mayBeMissing)
  }

  @Test func `reads modules, includes, comments and continuations`() {
    let file = Self.read(
      """
      #%PAM-1.0
      auth required pam_unix.so nullok # trailing

      \t AUTH Sufficient \\
         pam_ldap.so \\
      # between
         use_first_pass
      -account optional pam_sss.so
      auth include common
      auth substack deeper
      @include common-account
      session [success=1 default=ignore] /lib/pam_x.so [a b \\] c] d
      """)
    #expect(file.faults.isEmpty)
    #expect(file.lines.map(\.number) == [2, 4, 8, 9, 10, 11, 12])
    #expect(
      file.lines.map(\.content).prefix(6) == [
        .module(Self.module("pam_unix.so", arguments: ["nullok"]), .auth),
        .module(Self.module("pam_ldap.so", .sufficient, arguments: ["use_first_pass"]), .auth),
        .module(Self.module("pam_sss.so", .optional, mayBeMissing: true), .account),
        .include("common", .auth),
        .substack("deeper", .auth),
        .includeEverything("common-account"),
      ])
    guard case .module(let last, .session) = file.lines.last?.content else {
      return #expect(Bool(false), "the last line is a module")
    }
    #expect(last.arguments == ["a b ] c", "d"])
    #expect(last.control[.success] == .jump(1))
    #expect(last.control[.authenticationError] == .ignore)
  }

  @Test(arguments: [
    ("auht required pam_unix.so", "smtp:1: auht is none of auth, account, password, session"),
    ("auth required", "smtp:1: a line is TYPE CONTROL MODULE [ARGUMENTS]"),
    (
      "\nauth requierd pam_unix.so",
      "smtp:2: requierd is no control such as required or [success=1 default=ignore]"
    ),
    (
      "auth [success=okay] x.so",
      "smtp:1: success=okay is no VALUE=ACTION with an action such as ok, ignore or 1"
    ),
    ("auth [success] x.so", "smtp:1: success is no VALUE=ACTION with an action such as ok, ignore or 1"),
    ("auth [success=0] x.so", "smtp:1: success=0 is no VALUE=ACTION with an action such as ok, ignore or 1"),
    ("auth [succes=ok] x.so", "smtp:1: libpam has no return value succes"),
    ("@include", "smtp:1: @include takes one file"),
    (
      "auth required x.so \(String(repeating: "a", count: 1005))",
      "smtp:1: the line is longer than 1023 bytes"
    ),
  ])
  func `names the line that libpam doesn't understand`(text: String, fault: String) {
    #expect(Self.read(text).faults.map(\.description) == [fault])
  }

  @Test func `goes on after a fault`() {
    let file = Self.read("nonsense\nauth required pam_unix.so\nmore\n")
    #expect(file.lines.count == 1)
    #expect(file.faults.count == 2)
  }

  @Test(arguments: ["", "\n\n", "# only\n", "\\", "\\\n\\\n"])
  func `nothing is no line`(text: String) {
    #expect(Self.read(text).lines.isEmpty)
  }
}
