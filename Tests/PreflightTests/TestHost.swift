import Credentials
import Glibc
import PAMStack
import Preflight
import Settings
import SystemCalls
import TestKit

/// A host in a directory, on which everything is as it should be until a test spoils it.
struct TestHost {
  private let directory: TemporaryDirectory
  var host = Host()
  var settings = Settings()

  init() throws {
    directory = try TemporaryDirectory()
    // Postfix must get through; the checks look at all directories above, too.
    chmod(directory.path, 0o755)
    settings.auth.listen = ["\(directory.path)/run/mux"]
    settings.auth.services = ["smtp"].compactMap { ServiceName($0) }
    settings.auth.pamDirectory = directory.path
    settings.control.directory = "\(directory.path)/run"
    host.startsAsRoot = true
    host.postfixDirectory = directory.path
    host.includedPAMFiles = directory.path
    host.modules = PAMModuleDirectories([directory.path])
    host.accounts = Self.accounts(groupsOfPostfix: [Self.sasl])
    makeDirectory("run", mode: 0o755)
    for module in ["unix", "deny", "permit"] { try directory.write("", to: "pam_\(module).so") }
    try directory.write("auth required pam_unix.so\naccount required pam_unix.so\n", to: "smtp")
  }

  var path: String { directory.path }

  var findings: [String] {
    HostCheck.findings(for: settings, from: .file("postern.toml"), on: host).map(\.description)
  }

  func write(_ text: String, to name: String) throws { try directory.write(text, to: name) }

  func makeDirectory(_ name: String, mode: UInt32) {
    mkdir("\(directory.path)/\(name)", 0o755)
    chmod("\(directory.path)/\(name)", mode)
  }

  static let sasl: UInt32 = 45

  /// Without `missing`, all users and groups that the defaults name.
  static func accounts(groupsOfPostfix: [UInt32], missing: Set<String> = []) -> Accounts {
    let users: [String: UInt32] = ["postern": 4001, "postern-local": 4002, "postfix": 4003, "root": 0]
    let groups: [String: UInt32] = ["sasl": sasl, "adm": 4]
    return Accounts(
      user: { name in
        missing.contains(name) ? nil : users[name].map { Account(name: name, uid: $0, gid: $0) }
      },
      group: { missing.contains($0) ? nil : groups[$0] },
      groups: { $0.name == "postfix" ? [$0.gid] + groupsOfPostfix : [$0.gid] })
  }
}
