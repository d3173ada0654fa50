package import ArgumentParser
import Control
import Settings

/// `postern explain`: what the running policy service would say, and why.
package struct Explain: ParsableCommand {
  package static let configuration = CommandConfiguration(
    abstract: "Show what a list would decide, step by step, without changing anything.",
    discussion: """
      Asks the running policy service, whose tables and greylist count. An empty sender, or <>, is that of bounces. \
      us is the time of the whole decision in microseconds; a step that has to wait, as check_greylist for its \
      store or reject_rbl_client for the DNS, says for how long. The DNS is asked about everything at once: its times \
      count from the beginning. Exit code 1 when there is no such list, 69 when no daemon answers.
      """)

  @Option(help: ArgumentHelp("The listener whose list is asked.", valueName: "name"))
  var list = "recipient"

  @Option(help: ArgumentHelp("The client, with its name where it has one.", valueName: "address[/name]"))
  var client: String

  @Option(help: "The envelope's sender.")
  var sender: String

  @Option(help: "The envelope's recipient.")
  var recipient: String

  @Option(help: "Who is logged in; nobody without it.")
  var login: String?

  @Option(help: "What the client says in HELO.")
  var helo = "localhost"

  @OptionGroup var daemon: DaemonOptions

  @Flag(help: "Print a JSON array.")
  var json = false

  package init() {}

  private var question: DecisionQuestion {
    get throws {
      let parts = client.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      return try DecisionQuestion(
        .explain(
          DecisionRequest.Dialogue(
            list: list, address: Array(parts[0].utf8),
            name: Array((parts.count > 1 ? String(parts[1]) : "unknown").utf8), helo: Array(helo.utf8),
            login: login.map { Array($0.utf8) }, sender: GreylistQuestion.address(sender),
            recipient: Array(recipient.utf8))))
    }
  }

  package func validate() throws { _ = try question }

  package func run() throws {
    let lines = try question.ask(try daemon.settings.policySocket)
    print(json ? try DecisionJSON.text(lines) : DecisionText.text(lines))
  }
}
