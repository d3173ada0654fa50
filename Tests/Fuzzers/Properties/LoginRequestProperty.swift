import Credentials
import SaslauthdProtocol

extension DecoderProperty {
  /// The mux decoder agrees with a second decoder, and with itself on a beginning of the same bytes.
  package static let loginRequest = DecoderProperty("LoginRequest") { bytes in
    let reading = LoginRequest.read(bytes.span)
    let expected = ReferenceLoginRequest.read(bytes)
    guard reading == expected else { return "read as \(reading), should be \(expected)" }
    let cut = bytes.count * Int(bytes.last ?? 0) / 256
    let beginning = LoginRequest.read(bytes.span.extracting(first: cut))
    guard isConsistent(beginning, with: reading) else {
      return "\(reading), but its first \(cut) bytes \(beginning)"
    }
    return nil
  }

  /// More bytes may complete a request and show its fifth field, and change nothing else.
  private static func isConsistent(_ beginning: LoginRequest.Reading, with all: LoginRequest.Reading) -> Bool
  {
    switch (beginning, all) {
    case (.incomplete, _): true
    case (.whole(let early), .whole(let late)):
      early.login == late.login && early.password == late.password && early.service == late.service
        && early.realm == late.realm && (early.remote == late.remote || early.remote.isEmpty)
    case (.whole, .malformed(.containsNUL(.remote))): true
    default: beginning == all
    }
  }
}

/// A second decoder of the mux request, in the words of the protocol's description and not in the first's.
///
/// It cuts fields off the front of a slice, with no offsets to get wrong, and knows texts where the first knows
/// ranges of bytes.
private enum ReferenceLoginRequest {
  static func read(_ bytes: [UInt8]) -> LoginRequest.Reading {
    var rest = bytes[...]
    var fields: [ArraySlice<UInt8>] = []
    for field in LoginRequest.Field.allCases.prefix(4) {
      switch cut(&rest, most: field == .password ? 8192 : 256) {
      case .field(let text) where text.contains(0): return .malformed(.containsNUL(field))
      case .field(let text): fields.append(text)
      case .missing: return .incomplete
      case .tooLong(let count): return .malformed(.tooLong(field, count))
      }
    }
    var remote: ArraySlice<UInt8> = []
    if case .field(let text) = cut(&rest, most: 256) {
      if text.contains(0) { return .malformed(.containsNUL(.remote)) }
      remote = address(text)
    }
    return .whole(
      LoginRequest(
        login: string(fields[0]), password: fields[1].startIndex..<fields[1].endIndex,
        service: string(fields[2]), realm: string(fields[3]), remote: string(remote)))
  }

  private enum Cut {
    case field(ArraySlice<UInt8>)
    case missing
    case tooLong(Int)
  }

  private static func cut(_ rest: inout ArraySlice<UInt8>, most: Int) -> Cut {
    guard let high = rest.popFirst(), let low = rest.popFirst() else { return .missing }
    let count = Int(high) * 256 + Int(low)
    if count > most { return .tooLong(count) }
    let text = rest.prefix(count)
    if text.count < count { return .missing }
    rest = rest.dropFirst(count)
    return .field(text)
  }

  private static let digits = Set("0123456789".utf8)
  private static let addressBytes = Set("0123456789abcdefABCDEF.:".utf8)

  private static func address(_ told: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let parts = told.split(separator: UInt8(ascii: ";"), maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = parts.first, addressBytes.isSuperset(of: address),
      !digits.union("abcdefABCDEF".utf8).isSuperset(of: address),
      parts.count == 1 || digits.isSuperset(of: parts[1])
    else { return [] }
    return address
  }

  private static func string(_ bytes: ArraySlice<UInt8>) -> CountedString {
    guard let string = CountedString(Array(bytes)) else { preconditionFailure("checked field by field") }
    return string
  }
}
