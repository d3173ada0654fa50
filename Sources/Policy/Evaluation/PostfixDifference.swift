/// What a policy service can't do or say as the same restriction of main.cf does.
package enum PostfixDifference: CaseIterable, Sendable {
  case classBeforeText
  case statusOfClass
  case permitByClientOnly
  case oneAction
  case unknownClient
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
    case .unknownClient:
      """
      A client without a name is never refused for good, whatever unknown_client_reject_code says: nobody tells a \
      policy service whether the name is missing or only can't be found for now.
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
