/// A triplet's key taken apart again, for people.
///
/// The key doesn't tell a `/` in an address from those between its parts. Domains have none, so that the parts are
/// right unless a sender without `@` has one.
package struct TripletParts: Equatable, Sendable {
  package let network: [UInt8]
  package let sender: [UInt8]
  package let recipient: [UInt8]

  /// Nil for a key that isn't made as `rules` make it: one that is hashed, or of a time with other rules.
  package init?(_ key: TripletKey, by rules: GreylistRules) {
    guard rules.keyForm == .plain else { return nil }
    let slash = UInt8(ascii: "/")
    guard var end = key.bytes.firstIndex(of: slash) else { return nil }
    if rules.lookup == .host {
      // The address has its width behind it.
      guard let next = key.bytes[(end + 1)...].firstIndex(of: slash) else { return nil }
      end = next
    }
    let rest = key.bytes[(end + 1)...]
    let domain = rest.firstIndex(of: UInt8(ascii: "@")) ?? rest.endIndex
    let isNullSender = rest.first == slash
    guard
      let border = (isNullSender ? nil : rest[domain...].firstIndex(of: slash)) ?? rest.firstIndex(of: slash)
    else { return nil }
    network = Array(key.bytes[..<end])
    sender = Array(rest[..<border])
    recipient = Array(rest[(border + 1)...])
  }
}
