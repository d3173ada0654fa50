/// The parameters of main.cf that restrictions consult, with Postfix's defaults.
package struct PolicyParameters: Sendable, Equatable {
  package var accessMapRejectCode = 554
  package var accessMapDeferCode = 450
  package var rejectCode = 554
  package var deferCode = 450
  package var relayDomainsRejectCode = 554
  package var nonFQDNRejectCode = 504
  package var invalidHostnameRejectCode = 501
  /// Of a name that surely isn't there; one that can't be looked up now gets 450.
  package var unknownClientRejectCode = 450
  package var unknownAddressRejectCode = 450
  package var unknownHostnameRejectCode = 450
  package var rejectTempfailAction = TempfailAction.deferIfPermit
  /// Nil for that of `reject_tempfail_action`.
  package var unknownAddressTempfailAction: TempfailAction?
  /// Likewise.
  package var unknownHeloHostnameTempfailAction: TempfailAction?
  package var mapsRBLRejectCode = 554
  /// The reply to what a list in the DNS lists.
  package var defaultRBLReply = ReplyTemplate.usual
  /// Tables with replies for some of these lists; asked one after the other.
  package var rblReplyMaps: [TableName] = []
  package var nullAccessLookupKey = "<>"
  /// Bytes, each of which begins an extension.
  package var recipientDelimiter = ""
  /// Parameters whose lists match subdomains of what they name.
  package var parentDomainMatchesSubdomains: Set<String> = [
    "debug_peer_list", "fast_flush_domains", "mynetworks", "permit_mx_backup_networks",
    "qmqpd_authorized_clients", "relay_domains", "smtpd_access_maps",
  ]

  package init() {}

  var accessParents: ParentStyle { parents(of: "smtpd_access_maps") }
  var relayParents: ParentStyle { parents(of: "relay_domains") }
  var networkParents: ParentStyle { parents(of: "mynetworks") }

  private func parents(of list: String) -> ParentStyle {
    parentDomainMatchesSubdomains.contains(list) ? .parent : .dotParent
  }
}
