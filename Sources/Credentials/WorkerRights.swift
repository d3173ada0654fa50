/// What a worker may do beyond what a PAM stack of the system's own modules needs.
///
/// Empty unless the administrator says otherwise for a service: no program is started, no socket but a unix one
/// is opened, no set-user-id program gains anything.
package struct WorkerRights: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `allow_exec`: start programs.
  package static let exec = WorkerRights(rawValue: 1 << 0)
  /// `allow_network`: reach hosts over IPv4 and IPv6.
  package static let network = WorkerRights(rawValue: 1 << 1)
  /// `allow_new_privileges`: set-user-id programs and file capabilities take effect.
  package static let newPrivileges = WorkerRights(rawValue: 1 << 2)

  /// Every right there is.
  package static let all: WorkerRights = [.exec, .network, .newPrivileges]
}
