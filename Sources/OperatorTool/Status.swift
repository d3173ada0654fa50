package import ArgumentParser
import Control
import Settings
import SystemCalls

/// `postern status`: one screen about the running daemon.
package struct Status: ParsableCommand {
  package static let configuration = CommandConfiguration(
    abstract:
      "Show what the running daemon does: workers, queue, logins by verdict, last reasons, the greylist.",
    discussion: "Exit code 69 when no daemon answers.")

  @OptionGroup var daemon: DaemonOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  package init() {}

  package func run() throws {
    let control = try daemon.settings
    var auth: AuthStatus?
    var policy: PolicyStatus?
    for socket in control.serviceSockets {
      let answer = try OperatorQuestion(.status).ask(socket)
      if socket == control.policySocket {
        policy = try PolicyStatus(text: answer)
      } else {
        auth = try AuthStatus(text: answer)
      }
    }
    let text = StatusText(auth: auth, policy: policy)
    print(json ? try text.json : text.screen)
  }
}
