package import MailTypes

/// The values that have a meaning beyond their bytes; nil for what wasn't sent or doesn't have that meaning.
extension PolicyRequest {
  package var protocolState: ProtocolState? {
    self[.protocolState].flatMap { ProtocolState(rawValue: String(decoding: $0, as: UTF8.self)) }
  }

  /// Nil for `unknown`, which is what Postfix sends when the client has gone.
  package var clientAddress: IPAddress? { self[.clientAddress].flatMap { IPAddress($0) } }

  /// The forward-confirmed name; nil for `unknown`.
  package var clientName: ArraySlice<UInt8>? { name(.clientName) }

  /// The unconfirmed name; nil for `unknown`.
  package var reverseClientName: ArraySlice<UInt8>? { name(.reverseClientName) }

  /// Nil before HELO.
  package var heloName: ArraySlice<UInt8>? { filled(.heloName) }

  /// The null sender's is empty, and so is every sender's before MAIL.
  package var sender: MailAddress? { self[.sender].map { MailAddress($0) } }
  /// In DATA and END-OF-MESSAGE empty unless there is exactly one recipient.
  package var recipient: MailAddress? { self[.recipient].map { MailAddress($0) } }

  /// As the client typed it; nil for who isn't logged in.
  package var saslMethod: ArraySlice<UInt8>? { filled(.saslMethod) }
  /// The login; nil for who isn't logged in.
  package var saslUsername: ArraySlice<UInt8>? { filled(.saslUsername) }

  /// Whether permit_sasl_authenticated would permit: anybody may be anonymous.
  package var isAuthenticated: Bool { saslMethod != nil && !isAnonymous }

  /// Whether the client came by ANONYMOUS.
  var isAnonymous: Bool {
    saslMethod?.elementsEqual("anonymous".utf8) { $0.lowercasedASCII == $1 } ?? false
  }

  private func filled(_ attribute: PolicyAttribute) -> ArraySlice<UInt8>? {
    self[attribute].flatMap { $0.isEmpty ? nil : $0 }
  }

  private func name(_ attribute: PolicyAttribute) -> ArraySlice<UInt8>? {
    filled(attribute).flatMap { $0.elementsEqual("unknown".utf8) ? nil : $0 }
  }
}
