package import ArgumentParser
import Control
import Settings
import SystemCalls

/// `postern reload`: has the running daemon read its configuration again, and says whether it did.
package struct Reload: ParsableCommand {
  package static let configuration = CommandConfiguration(
    abstract: "Put the configuration in force in the running daemon.",
    discussion: """
      Waits until the new configuration is in force; logins go on meanwhile. One with faults is refused, all of \
      them are printed, and the old one stays: exit code 78. Exit code 1 when it is refused for a reason that the \
      log tells, or to whoever isn't root, 69 when no daemon answers.
      """)

  @OptionGroup var daemon: DaemonOptions

  /// Longer than the daemon keeps anybody waiting.
  static let patience = 65

  package init() {}

  package func run() throws {
    // A file that can't be decoded doesn't say where the daemon is, and needs no daemon to be refused.
    let socket = try daemon.settings.anySocket
    let answer = try OperatorQuestion(.reload, patience: Self.patience).ask(socket)
    guard answer == "reload=refused\n" else { return print("the configuration is in force") }
    let report = CheckReport(file: daemon.configuration)
    guard report.isRefused else {
      Complaint.write("the daemon keeps its old configuration: the log says why")
      throw ArgumentParser.ExitCode(1)
    }
    for line in report.faults { Complaint.writePlain(line) }
    throw ArgumentParser.ExitCode(ExitStatus.configuration)
  }
}
