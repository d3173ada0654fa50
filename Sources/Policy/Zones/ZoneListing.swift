import MailTypes

/// What a list in the DNS says of one name: codes, or trouble that looks like codes.
package struct ZoneListing: Sendable, Equatable {
  /// The codes, all of 127.0.0.0/8; empty when the name isn't listed.
  package let codes: [UInt32]
  /// An answer among them that is none of a list's.
  package let trouble: ZoneTrouble?

  package init(_ answer: DNSAnswer) {
    var codes: [UInt32] = []
    var trouble: ZoneTrouble?
    for case .address(let address) in answer.found {
      guard case .v4(let bits) = address else { continue }
      if bits >> 24 != 127 {
        trouble = trouble ?? .answersOutside(address)
      } else if bits >> 8 == 0x7FFFFF {
        trouble = trouble ?? .refuses(address)
      } else {
        codes.append(bits)
      }
    }
    self.codes = codes
    self.trouble = trouble
  }

  package var isListed: Bool { !codes.isEmpty }
}
