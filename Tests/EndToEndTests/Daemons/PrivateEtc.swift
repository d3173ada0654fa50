import Foundation

/// /etc as one daemon sees it and nobody else: the files that decide about a login are of the test's choice.
///
/// A directory of copies is mounted over /etc in a mount name space of the daemon's own: so a daemon that reads
/// nothing but /etc/pam.d (the real one, and ours with its command line) gets PAM stacks, accounts and hashes that
/// the host doesn't have. (Single files mounted over the host's would vanish whenever somebody runs useradd.)
final class PrivateEtc {
  private let directory: RunDirectory

  /// What libc and libpam read besides.
  private static let surroundings = [
    "ld.so.cache", "nsswitch.conf", "hosts", "host.conf", "services", "login.defs", "security", "localtime",
  ]

  /// Starts from the host's accounts and the PAM files that the package ships.
  init(in directory: RunDirectory) throws {
    self.directory = directory
    try directory.make("etc")
    for name in ["passwd", "group", "shadow"] { try directory.copy("/etc/\(name)", to: "etc/\(name)") }
    for name in Self.surroundings where FileManager.default.fileExists(atPath: "/etc/\(name)") {
      try directory.copy("/etc/\(name)", to: "etc/\(name)")
    }
    try directory.own("etc/shadow", group: "shadow", mode: 0o640)
    try directory.copy(Project.path("pam.d"), to: "etc/pam.d")
    // The real one goes on to this file for services that have none; the host's own would serve as well.
    try directory.write("auth required pam_unix.so\naccount required pam_unix.so\n", to: "etc/pam.d/other")
  }

  /// Replaces a service's stack; libpam reads it anew for every login.
  func setStack(_ text: String, for service: String) throws {
    try directory.write(text, to: "etc/pam.d/\(service)")
  }

  /// Takes a service's file away.
  func removeStack(for service: String) throws {
    try FileManager.default.removeItem(atPath: directory.path("etc/pam.d/\(service)"))
  }

  /// Takes over one of the host's own stacks.
  func copyStack(_ name: String) throws { try directory.copy("/etc/pam.d/\(name)", to: "etc/pam.d/\(name)") }

  /// Leaves the hashes to root alone, as after a restore with the wrong group.
  func makeShadowUnreadable() throws { try directory.own("etc/shadow", group: "root", mode: 0o600) }

  /// Adds an account with a uid that the host doesn't use; `shadow` is the line of shadow(5) after the name.
  func add(_ login: String, uid: Int, groups: [String] = [], shadow: String = "!:20000::::::") throws {
    try append("\(login):x:\(uid):\(uid)::/nonexistent:/usr/sbin/nologin", to: "passwd")
    try append("\(login):x:\(uid):", to: "group")
    try append("\(login):\(shadow)", to: "shadow")
    let lines = try text("group").split(separator: "\n").map { line in
      guard groups.contains(where: { line.hasPrefix("\($0):") }) else { return String(line) }
      return line.hasSuffix(":") ? "\(line)\(login)" : "\(line),\(login)"
    }
    try directory.write(lines.joined(separator: "\n") + "\n", to: "etc/group")
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: directory.path("etc/\(name)"), encoding: .utf8)
  }

  private func append(_ line: String, to name: String) throws {
    try directory.write(try text(name) + line + "\n", to: "etc/\(name)")
  }

  /// The command that runs `command` where these files stand in /etc.
  func command(running command: [String]) -> [String] {
    let mount = "mount --bind '\(directory.path("etc"))' /etc"
    return ["unshare", "--mount", "sh", "-c", "\(mount) && exec \"$@\"", "sh"] + command
  }
}
