/// /etc/resolv.conf as the programs of one test see it and nobody else: the C library asks one name server, once.
struct PrivateResolver {
  private let file: String

  /// Writes it, for a chrooted smtpd too; `server` is an address, and the port is 53.
  init(in directory: RunDirectory, _ server: String) throws {
    let text = "nameserver \(server)\noptions timeout:1 attempts:1\n"
    file = try directory.write(text, to: "resolv.conf")
    try directory.write(text, to: "queue/etc/resolv.conf")
  }

  /// The command that runs `command` where this file stands in /etc.
  func command(running command: [String]) -> [String] {
    let mount = "mount --bind '\(file)' /etc/resolv.conf"
    return ["unshare", "--mount", "sh", "-c", "\(mount) && exec \"$@\"", "sh"] + command
  }
}
