package import MailTypes

/// Whom the resolver asks, and how long it waits.
package struct ResolverSettings: Sendable {
  /// In the order in which they are asked; those of /etc/resolv.conf when there are none.
  package var servers: [ServerAddress]
  /// Name servers of their own for the names at and below a zone, such as a list mirrored here.
  ///
  /// The longest zone that fits a name counts. One without servers is asked of `servers`.
  package var zones: [DomainName: [ServerAddress]]
  /// How long one server may take for one answer; at least a millisecond.
  package var timeout: Duration
  /// How often each server that stays silent is asked.
  ///
  /// Aliases begin the attempts anew, but after twice `timeout` × `attempts` × the number of servers nothing more is
  /// asked for one question: it fails when what was sent by then has come to nothing.
  package var attempts: Int
  /// How many answers the cache keeps.
  package var cache: Int

  package init(
    servers: [ServerAddress] = [], zones: [DomainName: [ServerAddress]] = [:],
    timeout: Duration = .seconds(2),
    attempts: Int = 2, cache: Int = 100_000
  ) {
    self.servers = servers
    self.zones = zones
    self.timeout = timeout
    self.attempts = attempts
    self.cache = cache
  }
}
