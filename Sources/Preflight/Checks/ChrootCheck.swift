import Settings
import SystemCalls

/// Whether an smtpd that is confined to Postfix's queue directory finds a socket there.
struct ChrootCheck {
  /// Where libsasl looks when smtpd.conf names no saslauthd_path, seen from inside.
  private static let usualDirectory = "/var/run/saslauthd"

  let settings: Settings
  let host: Host

  var findings: [Finding] {
    let path = "\(host.postfixDirectory)/master.cf"
    guard let master = MasterFile(at: path) else { return [] }
    let main = MainFile(at: "\(host.postfixDirectory)/main.cf")
    let queue = main?.queueDirectory ?? MainFile.defaultQueueDirectory
    let servers = master.servers(chrootedByDefault: main?.chrootsByDefault ?? true).filter(\.isChrooted)
    guard let first = servers.first, !settings.auth.listen.contains(where: { lies($0, inside: queue) })
    else { return [] }
    let names = servers.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
    return [
      .warning(
        "\(path):\(first.line): smtpd (\(names)) is chrooted to \(queue), and no socket lies in there",
        mend: mend(queue))
    ]
  }

  private func mend(_ queue: String) -> String {
    let directory = queue + Self.usualDirectory
    return switch settings.log.wording {
    case .postern: "add \"\(directory)/mux\" to [auth] listen, or put n into the column chroot"
    case .saslauthd, .postgrey: "start with -m \(directory), or put n into the column chroot"
    }
  }

  private func lies(_ socket: String, inside queue: String) -> Bool {
    let path = SocketPath(socket)
    // A link from the usual place into the queue directory does as well, and so does a bind mount.
    return socket.hasPrefix(queue + "/") || path.resolvedDirectory?.hasPrefix(queue + "/") == true
      || path.isSameDirectory(as: queue + Self.usualDirectory)
  }
}
