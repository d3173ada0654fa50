package import ArgumentParser
import Control
import Settings

/// `postern history`: what the running daemon has decided of late, logins too.
package struct History: ParsableCommand {
  package static let configuration = CommandConfiguration(
    abstract: "Show what was decided and why, logins too, newest last.",
    discussion: """
      The daemon keeps its last decisions, some thousands of them, until it ends. With --id the whole trace of one \
      is printed. Exit code 69 when no daemon answers.
      """)

  @Option(help: "Only of this login.")
  var login: String?

  @Option(help: ArgumentHelp("Only of this client.", valueName: "address"))
  var client: String?

  @Option(help: "Only of this sender.")
  var sender: String?

  @Option(help: "Only to this recipient.")
  var recipient: String?

  @Option(help: ArgumentHelp("Only of the last 10m, 2h, 1d.", valueName: "time"))
  var since: String?

  @Option(help: "The decision with this id of the log, with its trace.")
  var id: String?

  @Option(help: "The most decisions of each service to print.")
  var limit = 100

  @OptionGroup var daemon: DaemonOptions

  @Flag(help: "Print a JSON array.")
  var json = false

  package init() {}

  private var question: DecisionQuestion {
    get throws {
      var filter = DecisionRequest.Filter(limit: limit)
      filter.login = login.map { Array($0.utf8) }
      filter.client = client.map { Array($0.utf8) }
      filter.sender = sender.map(GreylistQuestion.address)
      filter.recipient = recipient.map { Array($0.utf8) }
      filter.id = id.map { Array($0.utf8) }
      filter.since = try since.map(MailTime.seconds)
      return try DecisionQuestion(.history(filter))
    }
  }

  package func validate() throws { _ = try question }

  package func run() throws {
    let question = try question
    var decisions: [(time: Int64, lines: [ControlLine])] = []
    for socket in try daemon.settings.serviceSockets {
      for line in try question.ask(socket) {
        if line.kind == "step", !decisions.isEmpty {
          decisions[decisions.count - 1].lines.append(line)
        } else {
          decisions.append((line.number("time") ?? 0, [line]))
        }
      }
    }
    // Each service's own are in order already.
    let lines = decisions.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .flatMap(\.element.lines)
    print(json ? try DecisionJSON.text(lines) : lines.isEmpty ? "none" : DecisionText.text(lines))
  }
}
