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

  /// Nil for 0 and `unknown`, too.
  package var clientPort: UInt16? { port(.clientPort) }
  package var serverAddress: IPAddress? { self[.serverAddress].flatMap { IPAddress($0) } }
  package var serverPort: UInt16? { port(.serverPort) }

  /// Nil before HELO.
  package var heloName: ArraySlice<UInt8>? { filled(.heloName) }

  /// The null sender's is empty, and so is every sender's before MAIL.
  package var sender: MailAddress? { self[.sender].map { MailAddress($0) } }
  /// In DATA and END-OF-MESSAGE empty unless there is exactly one recipient.
  package var recipient: MailAddress? { self[.recipient].map { MailAddress($0) } }
  /// Of DATA and END-OF-MESSAGE, else 0.
  package var recipientCount: Int? { number(.recipientCount).map { Int($0) } }

  /// Nil until the first recipient is accepted.
  package var queueID: ArraySlice<UInt8>? { filled(.queueID) }

  /// Bytes; what MAIL announced, and in END-OF-MESSAGE what came.
  package var size: UInt32? { number(.size) }

  /// Whether Postfix is overloaded.
  package var isUnderStress: Bool { filled(.stress) != nil }

  /// As the client typed it; nil for who isn't logged in.
  package var saslMethod: ArraySlice<UInt8>? { filled(.saslMethod) }
  /// The login; nil for who isn't logged in.
  package var saslUsername: ArraySlice<UInt8>? { filled(.saslUsername) }

  /// Whether permit_sasl_authenticated would permit: anybody may be anonymous.
  package var isAuthenticated: Bool {
    saslMethod.map { !$0.lowercasedASCII.elementsEqual("anonymous".utf8) } ?? false
  }

  /// Bits; nil without encryption.
  package var encryptionKeysize: Int? { number(.encryptionKeysize).flatMap { $0 == 0 ? nil : Int($0) } }

  private func filled(_ attribute: PolicyAttribute) -> ArraySlice<UInt8>? {
    self[attribute].flatMap { $0.isEmpty ? nil : $0 }
  }

  private func name(_ attribute: PolicyAttribute) -> ArraySlice<UInt8>? {
    filled(attribute).flatMap { $0.elementsEqual("unknown".utf8) ? nil : $0 }
  }

  private func port(_ attribute: PolicyAttribute) -> UInt16? {
    number(attribute).flatMap { UInt16(exactly: $0) }.flatMap { $0 == 0 ? nil : $0 }
  }

  private func number(_ attribute: PolicyAttribute) -> UInt32? {
    guard let digits = self[attribute], (1...10).contains(digits.count),
      digits.allSatisfy(\.isASCIIDigit)
    else { return nil }
    return UInt32(exactly: digits.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) })
  }
}
