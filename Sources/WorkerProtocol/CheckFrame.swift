package import Credentials

/// One login for a worker to check.
///
/// Payload: mechanism (one byte), then counted login, service, realm, remote, and the password last.
package enum CheckFrame {
  /// The longest password that fits: the wire's own limit.
  package static let longestPassword = 8192
  /// The longest check frame.
  package static let longest =
    FrameHeader.size + 1 + 4 * (CountedField.lengthBytes + CountedString.longest)
    + CountedField.lengthBytes + longestPassword

  /// What a worker reads out of the frame.
  package struct Check: ~Copyable {
    package let id: UInt64
    package let mechanism: MechanismName
    package let request: AuthRequest
  }

  /// Writes the frame into `secret`, whose former bytes are wiped.
  ///
  /// - Parameters:
  ///   - id: comes back with the verdict.
  ///   - mechanism: who is asked.
  ///   - subject: whose password it is.
  ///   - password: at most 8 KiB.
  ///   - secret: of at least `longest` bytes.
  package static func encode(
    id: UInt64, mechanism: MechanismName, subject: LoginSubject, password: borrowing Secret,
    into secret: inout Secret
  ) {
    var fields = [mechanism.wireByte]
    CountedField.append(subject.login, to: &fields)
    guard let service = CountedString(subject.service.description) else {
      preconditionFailure("a service name is a counted string")
    }
    CountedField.append(service, to: &fields)
    CountedField.append(subject.realm, to: &fields)
    CountedField.append(subject.remote, to: &fields)
    CountedField.appendLength(password.count, to: &fields)
    let header = FrameHeader(kind: .check, payload: fields.count + password.count, request: id)
    secret.clear()
    let fits =
      (header.encoded + fields).withUnsafeBytes { secret.append($0) }
      && password.withBytes { secret.append($0) }
    precondition(fits, "the slot holds the longest frame")
  }

  /// Reads one message.
  ///
  /// - Parameters:
  ///   - message: a whole message.
  ///   - pool: where the password goes.
  /// - Returns: the check, its password in a slot of `pool`.
  /// - Throws: `FrameError`; nothing of a malformed frame is kept.
  package static func decode(_ message: Span<UInt8>, pool: SecretPool) throws(FrameError) -> Check {
    let header = try FrameHeader(of: message)
    guard header.kind == .check else { throw .wrongDirection }
    var offset = FrameHeader.size
    guard offset < message.count, let mechanism = MechanismName(wireByte: message[offset]) else {
      throw .malformedPayload
    }
    offset += 1
    do {
      let login = try CountedField.string(in: message, at: &offset)
      let service = ServiceName(try CountedField.string(in: message, at: &offset))
      let realm = try CountedField.string(in: message, at: &offset)
      let remote = try CountedField.string(in: message, at: &offset)
      let password = try CountedField.range(in: message, at: &offset, longest: longestPassword)
      guard let service, offset == message.count, !password.isEmpty, !login.isEmpty else {
        throw FrameError.malformedPayload
      }
      guard var secret = pool.take() else { throw FrameError.noMemory }
      let copied = message.withUnsafeBytes { secret.append(UnsafeRawBufferPointer(rebasing: $0[password])) }
      guard copied else { throw FrameError.noMemory }
      return Check(
        id: header.request, mechanism: mechanism,
        request: AuthRequest(
          login: login, password: secret, service: service, realm: realm, remote: remote))
    } catch let error as FrameError {
      throw error
    } catch {
      throw .malformedPayload
    }
  }
}

extension MechanismName {
  /// The mechanism's number on the worker's socket.
  fileprivate var wireByte: UInt8 {
    switch self {
    case .getpwent: 0xD1
    case .pam: 0xD2
    case .shadow: 0xD3
    }
  }

  fileprivate init?(wireByte: UInt8) {
    guard let name = Self.allCases.first(where: { $0.wireByte == wireByte }) else { return nil }
    self = name
  }
}
