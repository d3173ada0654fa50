/// A list of Postfix's, by the step of the SMTP dialogue that it belongs to.
package enum RehearsalStage: String, CaseIterable, Sendable {
  case client, helo, sender, relay, recipient, data
  case endOfData = "end_of_data"
  case etrn

  /// What Postfix calls the thing that such a list refuses.
  var rejectedClass: String {
    switch self {
    case .client: "Client host"
    case .helo: "Helo command"
    case .sender: "Sender address"
    case .relay, .recipient: "Recipient address"
    case .data: "Data command"
    case .endOfData: "End-of-data"
    case .etrn: "Etrn command"
    }
  }
}
