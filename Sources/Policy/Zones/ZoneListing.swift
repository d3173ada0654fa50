package import MailTypes

/// What a list in the DNS says of one name: codes, or trouble that looks like codes.
package struct ZoneListing: Sendable, Equatable {
  /// The codes, all of 127.0.0.0/8; empty when the name isn't listed.
  package let codes: [IPAddress]
  /// An answer among them that is none of a list's.
  package let trouble: ZoneTrouble?

  /// Takes an answer of `zone` to a question for A records.
  package init(_ answer: DNSAnswer, of zone: DomainName) {
    var codes: [IPAddress] = []
    var trouble: ZoneTrouble?
    for case .address(let address) in answer.found {
      switch ListCode(address, of: zone) {
      case .listing: codes.append(address)
      case .refusal: trouble = trouble ?? .refuses(address)
      case .senseless: trouble = trouble ?? .answersOutside(address)
      }
    }
    self.codes = codes
    self.trouble = trouble
  }

  package var isListed: Bool { !codes.isEmpty }
}
