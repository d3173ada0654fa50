package import MailTypes

/// Something that a list needs to know and doesn't yet.
package enum Lookup: Hashable, Sendable {
  /// What greylisting says of this request; asking it notes the triplet.
  case greylist
  case dns(DNSQuestion)
}
