package import ArgumentParser
import Control

/// `postern greylist stats`: the greylist in numbers.
package struct GreylistStats: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Print how much the greylist knows, what it decided since its start, and what it awaits.")

  @OptionGroup var daemon: DaemonOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  package init() {}

  package func run() throws {
    let lines = try GreylistQuestion(.stats).ask(daemon)
    print(json ? try GreylistJSON.text(lines, lists: [.awaited]) : GreylistText.stats(lines))
  }
}
