import MailTypes
import TestKit
import Testing

@testable import Policy

struct PolicyRequestTests {
  /// `facts/postfix.md` §1.2: every name, in Postfix's order.
  static let names = [
    "request", "protocol_state", "protocol_name", "client_address", "client_name", "client_port",
    "reverse_client_name", "server_address", "server_port", "helo_name", "sender", "recipient",
    "recipient_count",
    "queue_id", "instance", "size", "etrn_domain", "stress", "sasl_method", "sasl_username", "sasl_sender",
    "ccert_subject", "ccert_issuer", "ccert_fingerprint", "ccert_pubkey_fingerprint", "encryption_protocol",
    "encryption_cipher", "encryption_keysize", "tls_sni", "policy_context", "compatibility_level",
    "mail_version",
  ]

  @Test func `every attribute of Postfix is known, in its order`() {
    #expect(PolicyAttribute.allCases.map(\.name) == Self.names)
  }

  @Test(arguments: [UInt64(0), 1, 2, 3])
  func `attributes are read in any order`(seed: UInt64) throws {
    var attributes = Self.names.map { ($0, $0 == "request" ? "smtpd_access_policy" : "value of \($0)") }
    var random = SeededGenerator(seed: seed)
    if seed != 0 { attributes.shuffle(using: &random) }
    let request = try RequestText.request(RequestText.frame(attributes))
    for attribute in PolicyAttribute.allCases where attribute != .request {
      #expect(request[attribute].map(Array.init) == Array("value of \(attribute.name)".utf8))
    }
    #expect(request.unknown.isEmpty && request.strayLines.isEmpty)
  }

  @Test func `an old Postfix leaves attributes out`() throws {
    let request = try RequestText.request(["client_port": nil, "sender": nil])
    #expect(request[.clientPort] == nil && request[.tlsSNI] == nil && request.sender == nil)
    #expect(request[.queueID] == [], "which is not the same as empty")
  }

  @Test func `unknown attributes and stray lines are kept`() throws {
    let request = try RequestText.request(
      Array("new=1\nrequest=smtpd_access_policy\nRequest=x\nstray\nnew=2\n=3\nrequestx=\n\n".utf8))
    #expect(
      request.unknown.map { "\($0.name.repairedText)=\($0.value.repairedText)" } == [
        "new=1", "Request=x", "new=2", "requestx=",
      ])
    #expect(request.strayLines.map(\.repairedText) == ["stray", "=3"])
  }

  @Test func `the last of two values counts`() throws {
    let request = try RequestText.request(
      Array("request=x\nsender=a\nrequest=smtpd_access_policy\nsender=b\n\n".utf8))
    #expect(request[.sender].map(Array.init) == [UInt8(ascii: "b")])
  }

  @Test(arguments: [
    Array("a=b==c".utf8), Array("  blanks  \t".utf8), Array("\"a b\"@d".utf8), Array("grüße@exämple".utf8),
    [0xFF, 0xFE, 0x80], Array(repeating: UInt8(ascii: "x"), count: 2048), [], [0], [0x0D, 0x61],
  ])
  func `raw bytes survive`(value: [UInt8]) throws {
    let frame =
      Array("request=smtpd_access_policy\nsender=".utf8) + value + Array("\nfuture=".utf8) + value + [
        0x0A, 0x0A,
      ]
    let request = try RequestText.request(frame)
    #expect(request[.sender].map(Array.init) == value)
    #expect(request.unknown.map { Array($0.value) } == [value])
  }

  @Test func `values with a meaning have it`() throws {
    let request = try RequestText.request([
      "client_address": "2001:db8::1", "sasl_method": "plain", "sasl_username": "alice@lab",
    ])
    #expect(request.protocolState == .rcpt)
    #expect(request.clientAddress == IPAddress("2001:db8::1"))
    #expect(request.clientName.map(\.repairedText) == "mx.example")
    #expect(request.reverseClientName.map(\.repairedText) == "mx.example")
    #expect(request.heloName.map(\.repairedText) == "mx.example")
    #expect(request.sender == MailAddress("a@b.example"))
    #expect(request.recipient == MailAddress("u@lab.example"))
    #expect(request.saslMethod.map(\.repairedText) == "plain")
    #expect(request.saslUsername.map(\.repairedText) == "alice@lab")
  }

  @Test func `values without a meaning have none`() throws {
    let request = try RequestText.request([
      "protocol_state": "NOOP", "client_address": "unknown", "client_name": "unknown",
      "reverse_client_name": "unknown", "helo_name": "",
    ])
    #expect(request.protocolState == nil && request.clientAddress == nil && request.clientName == nil)
    #expect(request.reverseClientName == nil && request.heloName == nil && request.saslUsername == nil)
  }

  @Test(arguments: ProtocolState.allCases)
  func `every state is known`(state: ProtocolState) throws {
    #expect(try RequestText.request(["protocol_state": state.rawValue]).protocolState == state)
  }
}
