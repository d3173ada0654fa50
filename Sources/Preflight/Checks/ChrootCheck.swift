import Settings
import SystemCalls

/// Whether an smtpd that is confined to Postfix's queue directory finds the sockets there.
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
    guard let first = servers.first else { return [] }
    let names = servers.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
    let place = "\(path):\(first.line): smtpd (\(names)) is chrooted to \(queue)"
    return logins(queue, place) + settings.policy.compactMap { policy($0, queue, place) }
  }

  private func logins(_ queue: String, _ place: String) -> [Finding] {
    let usual = queue + Self.usualDirectory
    guard settings.hasLogins,
      !settings.auth.listen.contains(where: {
        lies($0, inside: queue) || SocketPath($0).isSameDirectory(as: usual)
      })
    else { return [] }
    let mend =
      switch settings.log.wording {
      case .postern: "add \"\(usual)/mux\" to [auth] listen"
      case .saslauthd, .postgrey: "start with -m \(usual)"
      }
    return [
      .warning("\(place), and no socket lies in there", mend: "\(mend), or put n into the column chroot")
    ]
  }

  /// Nothing to say of a listener that is reached over TCP.
  private func policy(
    _ listener: PolicyListenerSettings, _ queue: String, _ place: String
  ) -> Finding? {
    let isReached = listener.addresses.contains { address in
      if case .unix(let path) = address { lies(path, inside: queue) } else { true }
    }
    guard !isReached, !listener.addresses.isEmpty else { return nil }
    let (whose, mend) =
      switch settings.log.wording {
      case .postern:
        (
          "socket of [policy.\(listener.name)]",
          "add \"unix:\(queue)/postern/\(listener.name)\" to its listen, and name it unix:postern/\(listener.name) in main.cf"
        )
      case .saslauthd, .postgrey: ("policy socket", "start with --unix=\(queue)/postgrey/socket")
      }
    return .warning(
      "\(place), and no \(whose) lies in there", mend: "\(mend), or put n into the column chroot")
  }

  /// A link from outside into the queue directory does as well.
  private func lies(_ socket: String, inside queue: String) -> Bool {
    socket.hasPrefix(queue + "/") || SocketPath(socket).resolvedDirectory?.hasPrefix(queue + "/") == true
  }
}
