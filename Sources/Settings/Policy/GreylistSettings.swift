/// How strangers are greylisted: postgrey's options, with its defaults.
package struct GreylistSettings: Equatable, Sendable {
  /// Seconds.
  package var delay: Int64 = 300
  /// Seconds.
  package var retryWindow: Int64 = 2 * 86_400
  /// Seconds.
  package var maxAge: Int64 = 35 * 86_400
  package var lookupBy = LookupBy.subnet
  /// How many bits of an IPv4 address make its subnet.
  package var ipv4Prefix = 24
  /// Likewise of an IPv6 address.
  package var ipv6Prefix = 64
  /// 0: clients are never whitelisted by their successes.
  package var autoWhitelistClients: Int64 = 5
  package var action = "DEFER_IF_PERMIT"
  package var text = "Greylisted, see http://postgrey.schweikert.ch/help/%r.html"
  package var header = "X-Greylist: delayed %t seconds by %v at %h; %d"
  /// What `%v` in the header becomes.
  package var version = "postern"
  /// What `%h` in the header becomes; nil: the host's own name.
  package var hostname: String?
  /// How long whom a user wrote to isn't greylisted, seconds; 0: off.
  ///
  /// postgrey's flags switch it off.
  package var correspondents: Int64 = 60 * 86_400
  package var correspondentsBy = CorrespondentsBy.address
  /// Who retries from many addresses is recognised.
  ///
  /// postgrey's flags switch it off.
  package var largeSenders = true
  /// Keys are hashed.
  package var privacy = false
  package var clientWhitelists = PostgreyInvocation.WhitelistFiles.default("whitelist_clients")
  package var recipientWhitelists = PostgreyInvocation.WhitelistFiles.default("whitelist_recipients")
  /// A connection is closed after one answer.
  package var closesAfterAnswer = false

  package init() {}

  /// Which clients are the same.
  package enum LookupBy: String, CaseIterable, Sendable { case subnet, host }

  /// Whose answers don't wait.
  package enum CorrespondentsBy: String, CaseIterable, Sendable { case address, domain }

  package var lookup: PostgreyInvocation.Lookup {
    switch lookupBy {
    case .subnet: .subnet(v4: ipv4Prefix, v6: ipv6Prefix)
    case .host: .host
    }
  }
}
