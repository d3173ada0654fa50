package import ArgumentParser

/// `postern greylist`: what the running policy service knows about senders, and what it lets pass.
package struct Greylist: ParsableCommand {
  package static let configuration = CommandConfiguration(
    abstract: "Look into the greylist, and let mail pass that is waited for.",
    discussion: """
      Asks the running policy service; only root may allow and forget. An empty sender, or <>, is that of bounces.
      """,
    subcommands: [
      GreylistList.self, GreylistShow.self, GreylistAllow.self, GreylistForget.self, GreylistStats.self,
      GreylistUnconfirmed.self,
    ])

  package init() {}
}
