import Testing

@testable import Policy

/// Requests for tests.
enum RequestText {
  /// What Postfix 3.7 sends at RCPT, in its order; a value given replaces the usual one, nil takes the line out.
  static func usual(_ changes: [String: String?] = [:]) -> [(name: String, value: String)] {
    let all: [(String, String)] = [
      ("request", "smtpd_access_policy"), ("protocol_state", "RCPT"), ("protocol_name", "ESMTP"),
      ("client_address", "192.0.2.77"), ("client_name", "mx.example"), ("client_port", "4711"),
      ("reverse_client_name", "mx.example"), ("server_address", "198.51.100.1"), ("server_port", "25"),
      ("helo_name", "mx.example"), ("sender", "a@b.example"), ("recipient", "u@lab.example"),
      ("recipient_count", "0"), ("queue_id", ""), ("instance", "1f.5.0.1"), ("size", "0"),
      ("etrn_domain", ""),
      ("stress", ""), ("sasl_method", ""), ("sasl_username", ""), ("sasl_sender", ""), ("ccert_subject", ""),
      ("ccert_issuer", ""), ("ccert_fingerprint", ""), ("ccert_pubkey_fingerprint", ""),
      ("encryption_protocol", ""), ("encryption_cipher", ""), ("encryption_keysize", "0"),
      ("policy_context", ""),
    ]
    return all.compactMap { name, value in
      guard let change = changes[name] else { return (name, value) }
      return change.map { (name, $0) }
    }
  }

  static func frame(_ attributes: [(name: String, value: String)]) -> [UInt8] {
    Array((attributes.map { "\($0.name)=\($0.value)\n" }.joined() + "\n").utf8)
  }

  static func request(_ changes: [String: String?] = [:]) throws -> PolicyRequest {
    try request(frame(usual(changes)))
  }

  static func request(_ frame: [UInt8]) throws -> PolicyRequest {
    var decoder = PolicyRequestDecoder()
    guard case .whole(let request, frame.count) = decoder.read(frame.span) else {
      throw NoRequest(frame: String(decoding: frame, as: UTF8.self))
    }
    return request
  }

  struct NoRequest: Error { let frame: String }
}
