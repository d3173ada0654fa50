/// An attribute that Postfix 2.1 to 3.12 sends, in the order in which it sends them.
package enum PolicyAttribute: Int, CaseIterable, Sendable {
  case request
  case protocolState
  case protocolName
  case clientAddress
  case clientName
  case clientPort
  case reverseClientName
  case serverAddress
  case serverPort
  case heloName
  case sender
  case recipient
  case recipientCount
  case queueID
  case instance
  case size
  case etrnDomain
  case stress
  case saslMethod
  case saslUsername
  case saslSender
  case ccertSubject
  case ccertIssuer
  case ccertFingerprint
  case ccertPubkeyFingerprint
  case encryptionProtocol
  case encryptionCipher
  case encryptionKeysize
  case tlsSNI
  case policyContext
  case compatibilityLevel
  case mailVersion

  /// Its name on the wire, which is also its name in restrictions and logs.
  package var name: String {
    switch self {
    case .request: "request"
    case .protocolState: "protocol_state"
    case .protocolName: "protocol_name"
    case .clientAddress: "client_address"
    case .clientName: "client_name"
    case .clientPort: "client_port"
    case .reverseClientName: "reverse_client_name"
    case .serverAddress: "server_address"
    case .serverPort: "server_port"
    case .heloName: "helo_name"
    case .sender: "sender"
    case .recipient: "recipient"
    case .recipientCount: "recipient_count"
    case .queueID: "queue_id"
    case .instance: "instance"
    case .size: "size"
    case .etrnDomain: "etrn_domain"
    case .stress: "stress"
    case .saslMethod: "sasl_method"
    case .saslUsername: "sasl_username"
    case .saslSender: "sasl_sender"
    case .ccertSubject: "ccert_subject"
    case .ccertIssuer: "ccert_issuer"
    case .ccertFingerprint: "ccert_fingerprint"
    case .ccertPubkeyFingerprint: "ccert_pubkey_fingerprint"
    case .encryptionProtocol: "encryption_protocol"
    case .encryptionCipher: "encryption_cipher"
    case .encryptionKeysize: "encryption_keysize"
    case .tlsSNI: "tls_sni"
    case .policyContext: "policy_context"
    case .compatibilityLevel: "compatibility_level"
    case .mailVersion: "mail_version"
    }
  }

  /// The names as they begin a line, by raw value.
  static let names = allCases.map { AttributeName($0.name) }
}
