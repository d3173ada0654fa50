package import ArgumentParser
import Control
import Settings
import SystemCalls

/// `postern status`: one screen about the running daemon.
package struct Status: ParsableCommand {
  package static let configuration = CommandConfiguration(
    abstract: "Show what the running daemon does: workers, queue, logins by verdict, last reasons.",
    discussion: "Exit code 69 when no daemon answers.")

  @OptionGroup var daemon: DaemonOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  package init() {}

  package func run() throws {
    let answer = try OperatorQuestion(.status).ask(try daemon.settings.authSocket)
    let status = try AuthStatus(text: answer)
    print(json ? StatusText.json(status) : StatusText.screen(status))
  }
}
