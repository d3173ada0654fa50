package import Credentials

/// What a worker needs of the settings, handed over by posternd in its arguments.
///
/// A worker that is started later than the others must not find a file that nobody has checked yet: so it
/// reads none. Nothing of this is secret.
package struct WorkerSettings: Equatable, Sendable {
  package var mechanisms: [MechanismName]
  package var pamDirectory: String
  /// From connect to answer; a check that takes twice as long ends the worker.
  package var deadline: Duration
  /// Whom it runs as when posternd is root's.
  package var user: String
  package var rights: WorkerRights

  package init(_ settings: Settings, rights: WorkerRights) {
    mechanisms = settings.auth.usedMechanisms
    self.rights = rights
    pamDirectory = settings.auth.pamDirectory
    deadline = settings.auth.deadline
    user = settings.run.local
  }

  /// The command line without the program's name: mechanisms, deadline in milliseconds, user, PAM directory,
  /// the bits of the rights.
  package var arguments: [String] {
    let (seconds, attoseconds) = deadline.components
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    return [
      mechanisms.map(\.rawValue).joined(separator: ","), String(milliseconds), user, pamDirectory,
      String(rights.rawValue),
    ]
  }

  /// Reads the command line again.
  ///
  /// - Throws: `UsageError` for what posternd doesn't write.
  package init(arguments: [String]) throws(UsageError) {
    let usage = UsageError(reason: "started by posternd: MECHANISMS MILLISECONDS USER PAM-DIRECTORY RIGHTS")
    guard arguments.count == 5, let milliseconds = Int64(arguments[1]), milliseconds > 0,
      let bits = UInt8(arguments[4]), WorkerRights.all.isSuperset(of: WorkerRights(rawValue: bits))
    else { throw usage }
    let names = arguments[0].split(separator: ",")
    mechanisms = names.compactMap { MechanismName(rawValue: String($0)) }
    guard !mechanisms.isEmpty, mechanisms.count == names.count, arguments[3].hasPrefix("/") else {
      throw usage
    }
    deadline = .milliseconds(milliseconds)
    user = arguments[2]
    pamDirectory = arguments[3]
    rights = WorkerRights(rawValue: bits)
  }
}
