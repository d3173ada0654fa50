import Control
import Policy

extension PolicyRequest {
  /// The request that Postfix would make at RCPT; nil when a value can't stand in a line.
  init?(_ dialogue: DecisionRequest.Dialogue) {
    // Greylisting looks whether there is an etrn_domain at all.
    var frame = Array(
      "request=smtpd_access_policy\nprotocol_state=RCPT\nprotocol_name=ESMTP\netrn_domain=\n".utf8)
    let values: [(PolicyAttribute, [UInt8])] = [
      (.clientAddress, dialogue.address), (.clientName, dialogue.name), (.reverseClientName, dialogue.name),
      (.heloName, dialogue.helo), (.sender, dialogue.sender), (.recipient, dialogue.recipient),
      (.saslMethod, dialogue.login == nil ? [] : Array("plain".utf8)), (.saslUsername, dialogue.login ?? []),
    ]
    for (attribute, value) in values where !(attribute == .saslMethod && dialogue.login == nil) {
      guard !value.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) else { return nil }
      frame += Array("\(attribute.name)=".utf8) + value + [0x0A]
    }
    frame.append(0x0A)
    var decoder = PolicyRequestDecoder()
    guard case .whole(let request, _) = decoder.read(frame.span) else { return nil }
    self = request
  }
}
