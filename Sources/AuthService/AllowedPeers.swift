import CLinux
import Glibc
import SystemCalls

/// Who may connect to the mux socket, `allow_users`, as user ids.
///
/// Empty: whoever the socket's directory and mode let in. Root always may: it could take any id.
struct AllowedPeers: Equatable {
  private let users: Set<UInt32>

  /// A name in `allow_users` that is no user of this host.
  struct UnknownUser: Error, Equatable { let name: String }

  init(names: [String]) throws(UnknownUser) {
    var users: Set<UInt32> = []
    for name in names {
      guard let account = Account(named: name) else { throw UnknownUser(name: name) }
      users.insert(account.uid)
    }
    self.users = users
  }

  /// Nobody needs to be asked who he is.
  var isEveryone: Bool { users.isEmpty }

  func allow(_ peer: Peer) -> Bool { isEveryone || peer.uid == 0 || users.contains(peer.uid) }
}
