package import ArgumentParser

/// postern(1): the operator's tool.
package struct PosternCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "postern",
    abstract: "Look after the authenticated-relay gateway.",
    subcommands: [
      Check.self, Status.self, Reload.self, Stop.self, Cache.self, Greylist.self, Explain.self,
      History.self, DNSBL.self, Import.self, Rehearse.self,
    ])

  package init() {}
}
