package import Credentials

/// A request as it stands on saslauthd's mux socket: four counted strings, login, password, service, realm.
///
/// Cyrus SASL after 2.1.28 adds a fifth, the mail client's address as `ADDRESS;PORT`. It is taken when its
/// bytes are there and never waited for. Lengths are checked before anything is allocated.
package struct LoginRequest: Equatable, Sendable {
  /// The longest password on the wire, bytes; tokens are used as passwords.
  package static let longestPassword = 8192
  /// The longest request that a fifth field ends.
  package static let longest =
    5 * CountedField.lengthBytes + 4 * CountedString.longest + longestPassword

  package let login: CountedString
  /// Where the password stands in the bytes: it is not copied here.
  package let password: Range<Int>
  package let service: CountedString
  package let realm: CountedString
  /// The mail client's address without its port; empty when the request doesn't tell it.
  package let remote: CountedString

  package init(
    login: CountedString, password: Range<Int>, service: CountedString, realm: CountedString,
    remote: CountedString
  ) {
    self.login = login
    self.password = password
    self.service = service
    self.realm = realm
    self.remote = remote
  }

  /// What the bytes that have come so far are.
  package enum Reading: Equatable, Sendable {
    case whole(LoginRequest)
    /// The beginning of a request.
    case incomplete
    /// Can't become one: the connection is closed without an answer.
    case malformed(Fault)
  }

  /// Why bytes are no request.
  package enum Fault: Equatable, Sendable {
    case tooLong(Field, Int)
    case containsNUL(Field)
  }

  /// The fields in their order.
  package enum Field: String, CaseIterable, Sendable { case login, password, service, realm, remote }

  /// Reads what has arrived.
  ///
  /// - Parameter bytes: everything since the connection began; what follows the request is not looked at.
  /// - Returns: the request once its fourth field is whole.
  package static func read(_ bytes: Span<UInt8>) -> Reading {
    var offset = 0
    var field = Field.login
    do {
      let login = try CountedField.string(in: bytes, at: &offset)
      field = .password
      let password = try CountedField.range(in: bytes, at: &offset, longest: longestPassword)
      field = .service
      let service = try CountedField.string(in: bytes, at: &offset)
      field = .realm
      let realm = try CountedField.string(in: bytes, at: &offset)
      field = .remote
      let remote = try remoteAddress(in: bytes, at: &offset)
      return .whole(
        LoginRequest(login: login, password: password, service: service, realm: realm, remote: remote))
    } catch {
      switch error {
      case .incomplete: return .incomplete
      case .tooLong(let count): return .malformed(.tooLong(field, count))
      case .containsNUL: return .malformed(.containsNUL(field))
      }
    }
  }

  /// The fifth field's address; what isn't whole, or isn't an address, is not a fifth field.
  private static func remoteAddress(
    in bytes: Span<UInt8>, at offset: inout Int
  ) throws(CountedField.Failure) -> CountedString {
    do {
      let told = try CountedField.string(in: bytes, at: &offset).bytes
      let address = told.prefix { $0 != UInt8(ascii: ";") }
      let port = told.dropFirst(address.count + 1)
      guard address.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }),
        address.allSatisfy(isOfAddress), port.allSatisfy(isDigit)
      else { return .empty }
      return CountedString(Array(address)) ?? .empty
    } catch {
      if error == .containsNUL { throw error }
      return .empty
    }
  }

  private static func isOfAddress(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"),
      UInt8(ascii: "."), UInt8(ascii: ":"):
      true
    default: isDigit(byte)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
