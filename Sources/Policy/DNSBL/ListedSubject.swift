/// What of a request a list in the DNS is asked about.
package enum ListedSubject: Hashable, Sendable {
  /// The client's address.
  case client
  /// Its confirmed name.
  case clientName
  /// Its unconfirmed name.
  case reverseClientName
  case helo
  /// The sender's domain.
  case sender
  /// The recipient's domain.
  case recipient

  /// What Postfix calls it in a reply.
  var className: String {
    switch self {
    case .client, .clientName: "Client host"
    case .reverseClientName: "Unverified Client host"
    case .helo: "Helo command"
    case .sender: "Sender address"
    case .recipient: "Recipient address"
    }
  }
}
