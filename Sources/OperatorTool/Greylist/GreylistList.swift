package import ArgumentParser
import Control

/// `postern greylist list`: the triplets that the greylist knows.
package struct GreylistList: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Print what the greylist knows, in the order of the networks.",
    discussion: """
      A sender or recipient without @ is a domain. Senders are compared as the greylist keeps them: without \
      extension, numbers as #. Where keys are hashed (--privacy) nothing can be picked out, and the keys are printed.
      """)

  @Option(help: "Only of this sender, or of this domain.")
  var sender: String?

  @Option(help: "Only to this recipient, or to this domain.")
  var recipient: String?

  @Option(help: ArgumentHelp("Only from the network of this client.", valueName: "address"))
  var client: String?

  @Option(help: "The most triplets to print.")
  var limit = 100

  @OptionGroup var daemon: DaemonOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  package init() {}

  private var question: GreylistQuestion {
    get throws {
      try GreylistQuestion(
        .list(
          client: client.map { Array($0.utf8) }, sender: sender.map(GreylistQuestion.address),
          recipient: recipient.map { Array($0.utf8) }, limit: limit))
    }
  }

  package func validate() throws { _ = try question }

  package func run() throws {
    let lines = try question.ask(daemon)
    print(json ? try GreylistJSON.text(lines, lists: [.triplets]) : GreylistText.triplets(lines))
  }
}
