import CLinux

extension Confinement {
  /// What one of our programs still needs once it has started.
  package enum Profile: Sendable, CaseIterable {
    /// posternd: starts the others and gives them their users.
    case supervisor
    /// postern-auth: its sockets.
    case front
    /// A worker without network: whatever a PAM stack does that isn't a program or an inet socket.
    case worker

    /// Whether programs are started; no_new_privs would be theirs too, so root's supervisor goes without.
    var startsOthers: Bool {
      switch self {
      case .supervisor: true
      case .front, .worker: false
      }
    }

    /// A bit for each capability that stays.
    var capabilities: UInt64 {
      switch self {
      case .supervisor:
        1 << CLINUX_CAP_SETUID | 1 << CLINUX_CAP_SETGID | 1 << CLINUX_CAP_KILL
      case .front, .worker: 0
      }
    }

    /// What the system call filter denies beyond what it denies everybody.
    ///
    /// A worker may fork: where pam_unix can't, it takes an unreadable password store for a wrong password.
    /// The supervisor ends what a worker leaves behind.
    var filterAdditions: UInt32 {
      switch self {
      case .supervisor: 0
      case .front: UInt32(CLINUX_NO_EXEC | CLINUX_NO_FORK)
      case .worker: UInt32(CLINUX_NO_EXEC)
      }
    }
  }
}
