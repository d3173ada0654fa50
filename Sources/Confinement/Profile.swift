import CLinux
package import Credentials

extension Confinement {
  /// What one of our programs still needs once it has started.
  package enum Profile: Sendable, Equatable {
    /// posternd: starts the others and gives them their users.
    case supervisor
    /// postern-auth: its sockets.
    case front
    /// postern-policy: its sockets, and others to name servers when some restriction asks the DNS.
    case policy(asksDNS: Bool)
    /// A worker: whatever a PAM stack does, of programs and inet sockets only what it has the right to.
    case worker(WorkerRights)

    /// How the system call filter is had, and whether programs that are started may have more rights.
    enum Filtering { case withoutNewPrivileges, freely, inherited }

    /// The way to a filter that leaves the profile its rights, where the process may take it.
    ///
    /// The supervisor leaves no_new_privs to its children. A worker whose programs may be set-user-id has given
    /// up what would let it install a filter without no_new_privs: it lives by the supervisor's, which is in
    /// force for it, too.
    var preferredFiltering: Filtering {
      switch self {
      case .supervisor: .freely
      case .worker(let rights) where rights.contains(.newPrivileges): .inherited
      case .front, .policy, .worker: .withoutNewPrivileges
      }
    }

    /// A bit for each capability that stays.
    var capabilities: UInt64 {
      switch self {
      case .supervisor: Self.supervisorCapabilities
      case .front, .policy, .worker: 0
      }
    }

    /// A bit for each capability that a set-user-id program could still get.
    var reachableCapabilities: UInt64 {
      switch preferredFiltering {
      case .freely, .inherited: Self.supervisorCapabilities
      case .withoutNewPrivileges: 0
      }
    }

    private static let supervisorCapabilities: UInt64 =
      1 << CLINUX_CAP_SETUID | 1 << CLINUX_CAP_SETGID | 1 << CLINUX_CAP_KILL

    /// What the system call filter denies beyond what it denies everybody.
    ///
    /// Filters add up over fork and exec: what some worker may have, the supervisor's can't deny, though it
    /// needs no network itself. A worker may fork: where pam_unix can't, it takes an unreadable password store
    /// for a wrong password. The supervisor ends what a worker leaves behind.
    var filterAdditions: UInt32 {
      switch self {
      case .supervisor: 0
      case .front, .policy(asksDNS: false): UInt32(CLINUX_NO_EXEC | CLINUX_NO_FORK | CLINUX_NO_NETWORK)
      case .policy(asksDNS: true): UInt32(CLINUX_NO_EXEC | CLINUX_NO_FORK)
      case .worker(let rights) where rights.contains(.newPrivileges): 0
      case .worker(let rights):
        (rights.contains(.exec) ? 0 : UInt32(CLINUX_NO_EXEC))
          | (rights.contains(.network) ? 0 : UInt32(CLINUX_NO_NETWORK))
      }
    }
  }
}
