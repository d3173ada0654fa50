/// What a policy service can't do or say as the same restriction of main.cf does.
package enum PostfixDifference: CaseIterable, Sendable {
  case classBeforeText
  case statusOfClass
  case permitByClientOnly
  case oneAction
  case listedText
  case aliasLoop
  case ownLookup
  case soundCodes
  case route
  case smtpUTF8
  case faultyTable

  /// What it is, for who has read postconf(5).
  package var text: String {
    switch self {
    case .classBeforeText:
      """
      Postfix puts <x>: CLASS rejected: before every text, with the class of the list that asks: Recipient address \
      where a recipient list asks. reject_unauth_destination there says "Recipient address rejected: Relay access \
      denied" instead of "Relay access denied", and what refuses for the client's name names the client and its class, too.
      """
    case .statusOfClass:
      """
      Postfix fits an x.1.y status to the class of the list that asks: what is about the sender and asked in a \
      recipient list becomes a status about the recipient.
      """
    case .permitByClientOnly:
      """
      A permit is answered with OK, which ends main.cf's list, only where permit_mynetworks, permit_sasl_authenticated or \
      permit_tls_clientcerts has made it; any other with DUNNO, and main.cf's list goes on. Relaying can't be opened by it.
      """
    case .oneAction:
      """
      One action goes back: a refusal goes before HOLD, REDIRECT, FILTER, BCC, PREPEND, WARN and INFO, in this \
      order, and these before OK.
      """
    case .listedText:
      """
      A reply of a list in the DNS comes from a service, so that Postfix puts the class before it, too; 556 5.1.10 for a \
      recipient domain that takes no mail arrives as 556 5.1.0. In a template $server_name and $localtime are empty, and \
      $rbl_domain is the name of the list without its key, or the one that shown_as has for it.
      """
    case .aliasLoop:
      "An alias that leads back to itself is a temporary failure, where Postfix says that there is no such name."
    case .ownLookup:
      """
      Why a client's name is unknown isn't told: reject_unknown_client_hostname and \
      reject_unknown_reverse_client_hostname ask the DNS themselves, and may find what Postfix didn't.
      """
    case .soundCodes:
      """
      Answers of a list in the DNS outside 127.0.0.0/8, and those of 127.255.255.0/24 by which lists refuse to answer, \
      list nothing; a list that gives such, or fails RFC 5782's test, is set aside.
      """
    case .route:
      """
      An address with a route in it (user%elsewhere@here, elsewhere!user@here) counts as one elsewhere, even where it leads back to \
      this host: nobody tells a policy service how Postfix rewrites it.
      """
    case .smtpUTF8:
      """
      Whether SMTPUTF8 was asked for isn't told: domains with letters beyond ASCII count as valid, HELO names with \
      such don't.
      """
    case .faultyTable:
      "A table with a line that is no rule isn't used at all, where Postfix warns and passes over the line."
    }
  }
}
