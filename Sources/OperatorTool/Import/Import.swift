package import ArgumentParser

/// `postern import`: takes over what other programs have kept.
package struct Import: ParsableCommand {
  package static let configuration = CommandConfiguration(
    abstract: "Take over what another program has kept.", subcommands: [ImportPostgrey.self])

  package init() {}
}
