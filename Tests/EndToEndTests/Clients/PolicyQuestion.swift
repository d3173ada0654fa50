/// A request as Postfix 3.7 sends it for one recipient.
struct PolicyQuestion: Sendable, Equatable {
  var client = "192.0.2.77"
  var name = "mx.example"
  var sender = "a@b.example"
  var recipient = "u@lab.example"
  var queueID = ""
  var instance = ""
  var login = ""

  /// Its lines; a test may take some out or put others in.
  var lines: [String] {
    [
      "request=smtpd_access_policy", "protocol_state=RCPT", "protocol_name=ESMTP", "client_address=\(client)",
      "client_name=\(name)", "client_port=40123", "reverse_client_name=\(name)", "server_address=192.0.2.1",
      "server_port=25", "helo_name=\(name)", "sender=\(sender)", "recipient=\(recipient)",
      "recipient_count=0", "queue_id=\(queueID)", "instance=\(instance)", "size=0", "etrn_domain=", "stress=",
      "sasl_method=\(login.isEmpty ? "" : "PLAIN")", "sasl_username=\(login)", "sasl_sender=",
      "ccert_subject=", "ccert_issuer=", "ccert_fingerprint=", "ccert_pubkey_fingerprint=",
      "encryption_protocol=", "encryption_cipher=", "encryption_keysize=0", "policy_context=",
    ]
  }

  var bytes: [UInt8] { Self.bytes(lines) }

  static func bytes(_ lines: [String], end: String = "\n") -> [UInt8] {
    Array((lines + [""]).map { $0 + end }.joined().utf8)
  }
}
