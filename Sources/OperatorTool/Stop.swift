package import ArgumentParser
import Control
import Settings
import SystemCalls

/// `postern stop`: ends the running daemon and waits until it is gone.
package struct Stop: ParsableCommand {
  package static let configuration = CommandConfiguration(
    abstract: "Stop the running daemon.",
    discussion: """
      Logins under way get their answers. Returns when the daemon has ended and another one can start. Exit code 1 \
      when it doesn't end in time, or for whoever isn't root, 69 when no daemon answers.
      """)

  @OptionGroup var daemon: DaemonOptions

  /// What an instance locks in its control directory: posternd, and the same with an old command line.
  private static let locks = ["posternd.lock", "saslauthd.pid.lock", "postgrey.lock"]
  /// Seconds; longer than the daemon gives the logins under way.
  private static let patience = 15
  /// From the end of postern-auth to the end of posternd.
  private static let rest = Duration.seconds(10)

  package init() {}

  package func run() throws {
    let control = try daemon.settings
    // Found before it is told to end, so that the number isn't another process's by then.
    guard let posternd = try Self.instance(in: control.directory) else {
      try OperatorQuestion(.stop, patience: Self.patience).askForEnd(control.anySocket)
      Complaint.write("the service has ended; nothing in \(control.directory) tells whether posternd has")
      throw ArgumentParser.ExitCode(1)
    }
    try OperatorQuestion(.stop, patience: Self.patience).askForEnd(control.anySocket)
    guard try posternd.ends(within: Self.rest) else {
      Complaint.write("posternd has been told to stop and still runs")
      throw ArgumentParser.ExitCode(1)
    }
  }

  /// Nil when nobody holds a lock there, or only root may look: then the daemon says so.
  private static func instance(in directory: String) throws -> RunningProgram? {
    for lock in locks {
      do throws(SystemError) {
        if let pid = try LockHolder.pid(of: "\(directory)/\(lock)") { return RunningProgram(pid: pid) }
      } catch {
        continue
      }
    }
    return nil
  }
}
