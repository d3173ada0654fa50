package import ArgumentParser
import Control

/// `postern greylist allow`: lets mail pass that somebody waits for.
package struct GreylistAllow: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "allow",
    abstract: "Let mail pass at once for a while: the one-time code that is waited for.",
    discussion: """
      A domain stands for its subdomains too: the sender's address of such mail is seldom the one that is shown. \
      What is to pass for good belongs into a whitelist. A hundred of them at a time. Exit code 1 when there are as \
      many, and for whoever isn't root.
      """)

  @Argument(help: "The envelope's sender, or its domain.")
  var sender: String

  @Option(help: "Only to this recipient.")
  var recipient: String?

  @Option(
    name: .customLong("for"), help: ArgumentHelp("How long: 90s, 10m, 2h …; up to 1d.", valueName: "time"),
    transform: MailTime.seconds)
  var time: Int64 = 600

  @OptionGroup var daemon: DaemonOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  package init() {}

  private var question: GreylistQuestion {
    get throws {
      try GreylistQuestion(
        .allow(sender: Array(sender.utf8), recipient: recipient.map { Array($0.utf8) }, seconds: time))
    }
  }

  package func validate() throws { _ = try question }

  package func run() throws {
    let lines = try question.ask(daemon)
    print(json ? try GreylistJSON.text(lines, lists: [.awaited]) : GreylistText.awaited(lines))
  }
}
