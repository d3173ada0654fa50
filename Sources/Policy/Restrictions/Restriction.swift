/// One restriction of a list, with Postfix's meaning.
package indirect enum Restriction: Hashable, Sendable {
  case permit
  case reject
  case `defer`
  case deferIfPermit
  case deferIfReject
  /// What the restriction after it refuses is only logged.
  case warnIfReject(Restriction)

  case permitMynetworks
  case permitSASLAuthenticated
  case permitTLSClientcerts
  case permitAuthDestination
  case rejectUnauthDestination
  case deferUnauthDestination

  case rejectNonFQDNSender
  case rejectNonFQDNRecipient
  case rejectNonFQDNHeloHostname
  case rejectInvalidHeloHostname
  case rejectUnknownClientHostname
  case rejectUnknownReverseClientHostname
  case rejectUnknownHeloHostname
  case rejectUnknownSenderDomain
  case rejectUnknownRecipientDomain
  case rejectSenderLoginMismatch(SenderLoginCheck)

  case checkAccess(AccessSubject, TableName)
  case checkGreylist
  /// `reject_rbl_client` and `reject_rhsbl_…`.
  case rejectListed(ListedSubject, ListedZone)
  /// `permit_dnswl_client` and `permit_rhswl_client`.
  case permitListed(ListedSubject, ListedZone)
  /// A weighted list, by its name.
  case checkDNSBL(String)
  /// `check_…_{ns,mx,a}_access`.
  case checkServers(ServerAccess, TableName)
  /// A named list: Postfix's `smtpd_restriction_classes`.
  case list(ListName)
  /// What Postfix has and is not evaluated here.
  case foreign(ForeignRestriction)
}

/// The four variants of `reject_sender_login_mismatch`.
package enum SenderLoginCheck: String, Hashable, Sendable, CaseIterable {
  /// Both of the next two.
  case any = "reject_sender_login_mismatch"
  case authenticated = "reject_authenticated_sender_login_mismatch"
  case unauthenticated = "reject_unauthenticated_sender_login_mismatch"
  /// As `any`, but a sender that nobody owns is for everybody.
  case known = "reject_known_sender_login_mismatch"
}

/// What a `check_…_access` restriction looks up.
package enum AccessSubject: String, Hashable, Sendable, CaseIterable {
  case client = "check_client_access"
  case reverseClient = "check_reverse_client_hostname_access"
  case helo = "check_helo_access"
  case sender = "check_sender_access"
  case recipient = "check_recipient_access"
  case sasl = "check_sasl_access"
}
