package import ArgumentParser
import Control

/// `postern greylist show`: what is known about one triplet.
package struct GreylistShow: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print what the greylist knows about mail from a client and a sender to a recipient.",
    discussion: "Exit code 1 when it knows nothing.")

  @Argument(help: "An address, with or without others of its network.")
  var client: String

  @Argument(help: "The envelope's sender.")
  var sender: String

  @Argument(help: "The envelope's recipient.")
  var recipient: String

  @OptionGroup var daemon: DaemonOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  package init() {}

  private var question: GreylistQuestion {
    get throws {
      try GreylistQuestion(
        .show(
          GreylistRequest.TripletName(
            client: Array(client.utf8), sender: GreylistQuestion.address(sender),
            recipient: Array(recipient.utf8))))
    }
  }

  package func validate() throws { _ = try question }

  package func run() throws {
    let lines = try question.ask(daemon)
    print(json ? try GreylistJSON.text(lines, lists: [.triplets, .awaited]) : GreylistText.known(lines))
    if !lines.contains(where: { $0.kind == "triplet" }) { throw ArgumentParser.ExitCode(1) }
  }
}
