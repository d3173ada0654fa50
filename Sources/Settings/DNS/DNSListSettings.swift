/// `[dnsbl.NAME]`: DNS lists that are asked together, and what their answers weigh.
package struct DNSListSettings: Equatable, Sendable {
  /// postscreen's words, as they are written: `site[=filter][*weight]`.
  package var sites = ConfiguredList()
  /// The weight from which on a client is refused.
  package var threshold = 1

  package init() {}
}
