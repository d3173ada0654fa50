package import MailTypes

/// What a list in the DNS says of one name: codes, or trouble that looks like codes.
package struct ZoneListing: Sendable, Equatable {
  /// The codes, all of 127.0.0.0/8; empty when the name isn't listed.
  package let codes: [IPAddress]
  /// An answer among them that is none of a list's.
  package let trouble: ZoneTrouble?

  package init(_ answer: DNSAnswer) {
    var codes: [IPAddress] = []
    var trouble: ZoneTrouble?
    for case .address(let address) in answer.found {
      if ZoneAnswer.isCode(address) {
        codes.append(address)
      } else {
        trouble = trouble ?? (Self.isLoopback(address) ? .refuses(address) : .answersOutside(address))
      }
    }
    self.codes = codes
    self.trouble = trouble
  }

  /// Of 127.0.0.0/8, where all codes of lists are, and those by which an operator refuses to answer.
  private static func isLoopback(_ address: IPAddress) -> Bool {
    if case .v4(let bits) = address { bits >> 24 == 127 } else { false }
  }

  package var isListed: Bool { !codes.isEmpty }
}
