package import ArgumentParser

/// `postern cache`: the accepted logins that the daemon remembers.
package struct Cache: ParsableCommand {
  package static let configuration = CommandConfiguration(
    abstract: "Look after the accepted logins that are remembered.", subcommands: [CacheFlush.self])

  package init() {}
}
