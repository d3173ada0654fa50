package import ArgumentParser
import Control

/// `postern greylist forget`: has the greylist meet somebody anew.
package struct GreylistForget: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Forget a triplet, or a client with all triplets of its network.",
    discussion: """
      With --client the client's own successes are forgotten, too, and at most 10000 triplets; where keys are hashed \
      (--privacy) its triplets can't be told and stay. Exit code 1 for whoever isn't root.
      """)

  @Argument(help: ArgumentHelp("CLIENT SENDER RECIPIENT, as `show` takes them.", valueName: "triplet"))
  var triplet: [String] = []

  @Option(help: ArgumentHelp("Everything of this client's network.", valueName: "address"))
  var client: String?

  @OptionGroup var daemon: DaemonOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  package init() {}

  private var question: GreylistQuestion {
    get throws {
      switch (client, triplet.count) {
      case (let client?, 0): return try GreylistQuestion(.forgetClient(Array(client.utf8)))
      case (nil, 3):
        return try GreylistQuestion(
          .forget(
            GreylistRequest.TripletName(
              client: Array(triplet[0].utf8), sender: GreylistQuestion.address(triplet[1]),
              recipient: Array(triplet[2].utf8))))
      default: throw ValidationError("Name CLIENT SENDER RECIPIENT, or --client ADDRESS.")
      }
    }
  }

  package func validate() throws { _ = try question }

  package func run() throws {
    let lines = try question.ask(daemon)
    print(json ? try GreylistJSON.text(lines, lists: []) : GreylistText.forgotten(lines))
  }
}
