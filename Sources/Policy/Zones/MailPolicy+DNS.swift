extension MailPolicy {
  /// Whether some list may ask the DNS: by a restriction of its own, or by what a table's result names.
  package var asksDNS: Bool {
    lists.all.contains { list in
      list.restrictions.contains { restriction in
        switch restriction {
        case .rejectListed, .permitListed, .checkDNSBL, .checkServers, .checkAccess,
          .rejectUnknownSenderDomain, .rejectUnknownRecipientDomain, .rejectUnknownHeloHostname,
          .rejectUnknownClientHostname, .rejectUnknownReverseClientHostname:
          true
        default: false
        }
      }
    }
  }
}
