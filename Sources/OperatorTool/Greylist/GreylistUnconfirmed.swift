package import ArgumentParser
import Control
import Settings

/// `postern greylist unconfirmed`: postgreyreport's question.
package struct GreylistUnconfirmed: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "unconfirmed",
    abstract: "Print who was greylisted and never came back.",
    discussion: """
      Mostly spam; a sender of yours among them may need a place in the whitelist. Who could not have come back yet, \
      since the delay isn't over, is left out.
      """)

  @Option(
    help: ArgumentHelp("First seen in the last 10m, 2h, 1d …; up to 100d.", valueName: "time"),
    transform: MailTime.seconds)
  var since: Int64 = 7200

  @Option(help: "The most triplets to print.")
  var limit = 100

  @OptionGroup var daemon: DaemonOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  package init() {}

  private var question: GreylistQuestion {
    get throws { try GreylistQuestion(.unconfirmed(since: since, limit: limit)) }
  }

  package func validate() throws { _ = try question }

  package func run() throws {
    let lines = try question.ask(daemon)
    print(json ? try GreylistJSON.text(lines, lists: [.triplets]) : GreylistText.triplets(lines))
  }
}
