import Credentials
import Glibc
import TestKit
import Testing

@testable import PAMStack

struct PAMServiceDirectoryTests {
  private let directory: TemporaryDirectory
  private let services: PAMServiceDirectory
  private let smtp: ServiceName

  init() throws {
    directory = try TemporaryDirectory()
    services = PAMServiceDirectory(directory.path, includes: directory.path)
    smtp = try #require(ServiceName("smtp"))
  }

  private func modules(_ stack: PAMServiceStack, _ phase: PAMPhase) -> [String] {
    stack.steps[phase, default: []].map { step in
      let place = "\(step.level):\(step.file.split(separator: "/").last ?? ""):\(step.line)"
      guard case .module(let line) = step.kind else { return "\(place) substack" }
      return "\(place) \(line.module)"
    }
  }

  @Test func `serves what has a file of its own`() throws {
    try directory.write("", to: "other")
    #expect(!services.serves(smtp))
    mkdir("\(directory.path)/smtp", 0o755)
    #expect(!services.serves(smtp))
    rmdir("\(directory.path)/smtp")
    try directory.write("", to: "smtp")
    #expect(services.serves(smtp))
  }

  @Test func `puts included files in their place, by phase`() throws {
    try directory.write(
      """
      auth required a.so
      auth include common
      account required b.so
      @include both
      auth substack common
      auth required z.so
      """, to: "smtp")
    try directory.write("auth required c1.so\naccount required never.so\n", to: "common")
    let absolute = try directory.write("account required far.so\n", to: "far")
    try directory.write("auth required d.so\naccount include \(absolute)\n", to: "both")
    let stack = services.stack(of: smtp)
    #expect(stack.faults.isEmpty)
    #expect(
      modules(stack, .auth) == [
        "0:smtp:1 a.so", "0:common:1 c1.so", "0:both:1 d.so", "0:smtp:5 substack", "1:common:1 c1.so",
        "0:smtp:6 z.so",
      ])
    #expect(modules(stack, .account) == ["0:smtp:3 b.so", "0:far:1 far.so"])
    #expect(modules(stack, .session).isEmpty)
  }

  @Test func `names the line that includes a missing file`() throws {
    try directory.write("\nauth include nothing\n", to: "smtp")
    #expect(
      services.stack(of: smtp).faults.map(\.description) == [
        "\(directory.path)/smtp:2: \(directory.path)/nothing: No such file or directory"
      ])
  }

  @Test func `a service without a file has a fault`() {
    #expect(
      services.stack(of: smtp).faults.map(\.description) == [
        "\(directory.path)/smtp: No such file or directory"
      ])
  }

  @Test(arguments: [
    ("@include smtp\n", "files include each other more than 16 deep"),
    ("auth substack smtp\nauth substack smtp\n", "files include each other more than 16 deep"),
    (String(repeating: "@include empty\n", count: 200), "more than 100 files are included"),
    (String(repeating: "auth required x.so\n", count: 1001), "the stack has more than 1000 modules"),
  ])
  func `what grows without end is bounded`(text: String, reason: String) throws {
    try directory.write(text, to: "smtp")
    try directory.write("", to: "empty")
    let stack = services.stack(of: smtp)
    #expect(stack.faults.map(\.reason) == [reason])
    #expect(stack.steps[.auth, default: []].count <= PAMServiceDirectory.mostSteps)
  }

  @Test func `names modules that libpam would not find`() throws {
    try directory.write("", to: "pam_here.so")
    try directory.write(
      """
      auth required pam_here.so
      auth required pam_sss.so
      auth required \(directory.path)/pam_here.so
      -auth required pam_gone.so
      session required /nowhere/pam_x.so
      """, to: "smtp")
    let missing = services.stack(of: smtp).missingModules(from: PAMModuleDirectories([directory.path]))
    let file = "\(directory.path)/smtp"
    #expect(
      missing == [
        MissingModule(file: file, line: 2, module: "pam_sss.so", phase: .auth),
        MissingModule(file: file, line: 5, module: "/nowhere/pam_x.so", phase: .session),
      ])
    #expect(missing.map(\.package) == ["libpam-sss", nil])
  }

  @Test func `finds this system's modules`() {
    #expect(PAMModuleDirectories.system.contain("pam_unix.so"))
    #expect(!PAMModuleDirectories.system.contain("pam_no_such_module.so"))
  }
}
