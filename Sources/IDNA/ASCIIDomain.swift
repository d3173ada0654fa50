import CIDN2

/// A domain with letters beyond ASCII in the form that the DNS has it in (RFC 5891): `xn--…`.
///
/// By the rules of UTS 46 without its transitional mappings, as browsers and mail servers have them today.
package enum ASCIIDomain {
  /// The longest domain that is looked at, bytes: 253 characters of four bytes each.
  package static let longest = 1012

  /// Nil for what is no such domain.
  package static func of(_ domain: some Collection<UInt8>) -> [UInt8]? {
    guard (1...longest).contains(domain.count), !domain.contains(0) else { return nil }
    var found: UnsafeMutablePointer<UInt8>?
    let flags = Int32(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue)
    guard idn2_lookup_u8(Array(domain) + [0], &found, flags) == Int32(IDN2_OK.rawValue), let found else {
      return nil
    }
    defer { idn2_free(found) }
    // ASCII alone, as it comes.
    return Array(String(cString: found).utf8)
  }
}
