import CLinux
import Glibc
import SystemCalls

/// What every process of ours does before it looks at anything that a stranger sent.
///
/// The order is fixed: `start`, then an `Identity`, then `lockDown`. Each step reads back what it did; a
/// process that can't take a step must end.
package enum Confinement {
  /// The signals that Swift's crash reporter catches; it prints what registers point at, passwords too.
  private static let crashSignals = [SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGSEGV, SIGQUIT]

  /// Takes back the signal handlers that the Swift runtime installed, forbids core files, and closes every
  /// descriptor from `first` on.
  ///
  /// - Parameters:
  ///   - first: the lowest descriptor to be closed.
  ///   - kept: descriptors that stay open all the same.
  /// - Throws: the step that failed.
  package static func start(closingFrom first: Int32, keeping kept: [Int32] = []) throws(ConfinementError) {
    for number in crashSignals {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = SIG_DFL
      try step(.signals) { sigaction(number, &action, nil) }
    }
    try forbidDumps()
    try close(from: first, keeping: kept)
  }

  /// Gives up what `profile` doesn't need; can't be undone.
  ///
  /// - Throws: the step that failed or did not take effect.
  package static func lockDown(_ profile: Profile) throws(ConfinementError) {
    // New ids make a process readable again.
    try forbidDumps()
    switch filtering(profile) {
    case .freely:
      // The right to go without no_new_privs is one of those that go next.
      try filterCalls(profile)
      try keepCapabilities(profile)
    case .inherited:
      try keepCapabilities(profile)
      try confirm(.callFilter, clinux_calls_filtered(profile.filterAdditions))
    case .withoutNewPrivileges:
      try keepCapabilities(profile)
      try step(.newPrivileges) { clinux_forbid_new_privileges() }
      try confirm(.newPrivileges, clinux_new_privileges_forbidden())
      try filterCalls(profile)
    }
    try confirm(
      .capabilities, clinux_capabilities_within(profile.capabilities, profile.reachableCapabilities))
  }

  /// What can be had of what `profile` would rather have.
  private static func filtering(_ profile: Profile) -> Profile.Filtering {
    switch profile.preferredFiltering {
    case .withoutNewPrivileges: .withoutNewPrivileges
    case .freely: clinux_may_filter_freely() == 1 ? .freely : .withoutNewPrivileges
    // Where no_new_privs came with the start, it can't be had back: there is less to be given, and no harm.
    case .inherited:
      if clinux_new_privileges_forbidden() == 1 {
        .withoutNewPrivileges
      } else {
        clinux_may_filter_freely() == 1 ? .freely : .inherited
      }
    }
  }

  /// Whether there are ids to be given up: not when somebody tries us out as himself.
  package static var isPrivileged: Bool { geteuid() == 0 }

  private static func forbidDumps() throws(ConfinementError) {
    try step(.coreDumps) { clinux_forbid_dumps() }
    try confirm(.coreDumps, clinux_dumps_forbidden())
  }

  private static func close(from first: Int32, keeping kept: [Int32]) throws(ConfinementError) {
    var next = UInt32(first)
    for number in kept.filter({ $0 >= first }).sorted().map({ UInt32($0) }) {
      if next < number { try step(.descriptors) { clinux_close_range(next, number - 1) } }
      next = number + 1
    }
    try step(.descriptors) { clinux_close_range(next, .max) }
  }

  private static func keepCapabilities(_ profile: Profile) throws(ConfinementError) {
    try step(.capabilities) { clinux_keep_capabilities(profile.capabilities, profile.reachableCapabilities) }
  }

  private static func filterCalls(_ profile: Profile) throws(ConfinementError) {
    try step(.callFilter) { clinux_filter_calls(profile.filterAdditions) }
    try confirm(.callFilter, clinux_calls_filtered(profile.filterAdditions))
  }

  static func step(
    _ step: ConfinementError.Step, _ body: () -> Int32
  ) throws(ConfinementError) {
    do {
      try retrying("\(step)", body)
    } catch {
      throw .failed(step, error.code)
    }
  }

  static func confirm(_ step: ConfinementError.Step, _ answer: Int32) throws(ConfinementError) {
    guard answer == 1 else { throw .notInForce(step) }
  }
}
