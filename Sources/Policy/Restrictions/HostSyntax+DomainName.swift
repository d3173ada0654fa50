import IDNA
import MailTypes

extension HostSyntax {
  /// A host's or a domain's name as the DNS has it, with letters beyond ASCII written for it; nil for what is none.
  static func domainName(_ name: ArraySlice<UInt8>) -> DomainName? {
    if name.allSatisfy({ $0 < 0x80 }) { return isHostname(name) ? DomainName(name) : nil }
    guard let ascii = ASCIIDomain.of(name), isHostname(ascii[...]) else { return nil }
    return DomainName(ascii)
  }
}
