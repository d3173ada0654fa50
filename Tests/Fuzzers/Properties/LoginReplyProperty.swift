import SaslauthdProtocol

extension DecoderProperty {
  /// An answer is read as libsasl's C code reads it, and our own two answers are read as what they are.
  package static let loginReply = DecoderProperty("LoginReply") { bytes in
    let reading = LoginReply.read(bytes.span)
    let expected = reference(bytes)
    return reading == expected ? nil : "read as \(reading), should be \(expected)"
  }

  /// libsasl's `saslauthd_verify_password`: the count, cut to the buffer, and the first two letters.
  private static func reference(_ bytes: [UInt8]) -> LoginReply.Reading {
    var rest = bytes[...]
    guard let high = rest.popFirst(), let low = rest.popFirst() else { return .incomplete }
    let count = Int(high) * 256 + Int(low)
    if count == 0 || count == 1 { return .malformed }
    let text = Array(rest.prefix(count > 1023 ? 1023 : count))
    if text.count < min(count, 1023) { return .incomplete }
    return .whole(accepted: text[0] == UInt8(ascii: "O") && text[1] == UInt8(ascii: "K"), text: text)
  }
}
