package import MailTypes

/// The names under which the mail of a pool of clients is found again when it comes from another network, or with
/// another sender of the domain.
///
/// Two rules, each for one recipient:
/// 1. **Organisation**: the tries of all clients whose forward-confirmed names tell the same organisation count as
///    those of one client. A mail first seen from one network passes after the delay from any other of them.
/// 2. **Known network**: a mail passes at once when its network has waited, and come back, for another mail of the
///    same sender domain. This is for senders who write each mail from another address, with confirmed names or
///    without.
///
/// False friends of the second rule: whoever shares the network with a sender who has come back, and writes, truly or
/// not, from the same domain to the same recipient: another customer of a mail provider, which is who is meant, and a
/// neighbour in a network of rented machines who forges the domain. Those of the first are told by `Organisation`.
///
/// Made when they are asked for: who is known to pass needs none, and a name's organisation takes as long as the rest of
/// a decision.
package struct PoolKeys: Equatable, Sendable {
  private let source: Source

  private enum Source: Equatable, Sendable {
    case keys(organisation: PoolKey?, network: PoolKey?)
    indirect case mail(Mail)
  }

  /// What they are made of.
  private struct Mail: Equatable, Sendable {
    let address: IPAddress
    let name: ArraySlice<UInt8>
    let sender: MailAddress
    let recipient: MailAddress
    let lookup: GreylistRules.Lookup
    let form: GreylistRules.KeyForm
  }

  package init(organisation: PoolKey?, network: PoolKey?) {
    source = .keys(organisation: organisation, network: network)
  }

  /// - Returns: nil when pools are off.
  init?(
    client address: IPAddress, name: ArraySlice<UInt8>, sender: MailAddress, recipient: MailAddress,
    by rules: GreylistRules
  ) {
    guard rules.largeSenders else { return nil }
    source = .mail(
      Mail(
        address: address, name: name, sender: sender, recipient: recipient, lookup: rules.lookup,
        form: rules.keyForm))
  }

  /// Nil for a client whose name tells none.
  package var organisation: PoolKey? {
    switch source {
    case .keys(let organisation, _): return organisation
    case .mail(let mail):
      guard let organisation = Organisation(clientName: mail.name, address: mail.address) else { return nil }
      let prefix = PoolPrefix(sender: mail.sender, recipient: mail.recipient, mail.form)
      return PoolKey(prefix, organisation.domain, mail.form)
    }
  }

  /// Nil for a sender without a domain.
  package var network: PoolKey? {
    switch source {
    case .keys(_, let network): return network
    case .mail(let mail):
      guard let domain = mail.sender.domain, !domain.isEmpty else { return nil }
      let rest = domain.lowercasedASCII + [UInt8(ascii: "\n")] + mail.recipient.bytes.lowercasedASCII
      return PoolKey(PoolPrefix(client: mail.address, mail.lookup, mail.form), rest, mail.form)
    }
  }
}

/// The name of what is known of a pool in the store: `mail`, sender, recipient and organisation, or `net`, network,
/// sender domain and recipient.
///
/// A line each, in small letters, the sender folded as in a triplet. No value of a request has a line's end in it.
/// Where keys are hashed there are three lines: the kind, the hash of what makes the prefix, and that of the rest.
package struct PoolKey: Hashable, Sendable {
  package let bytes: [UInt8]

  /// A key from the store; its last byte is a line's end.
  package init(bytes: [UInt8]) { self.bytes = bytes }

  init(_ prefix: PoolPrefix, _ rest: [UInt8], _ form: GreylistRules.KeyForm) {
    bytes = prefix.bytes + GreylistKeys.form(rest, form) + [UInt8(ascii: "\n")]
  }
}

/// What all keys of one mail, or of one network, begin with: whole lines.
package struct PoolPrefix: Hashable, Sendable {
  /// The last one is a line's end.
  package let bytes: [UInt8]

  /// Of this key alone.
  package init(_ key: PoolKey) { bytes = key.bytes }

  /// Of a mail from organisations.
  package init(sender: MailAddress, recipient: MailAddress, by rules: GreylistRules) {
    self.init(sender: sender, recipient: recipient, rules.keyForm)
  }

  init(sender: MailAddress, recipient: MailAddress, _ form: GreylistRules.KeyForm) {
    var mail: [UInt8] = []
    sender.appendFolded(to: &mail)
    mail.append(UInt8(ascii: "\n"))
    mail.append(contentsOf: recipient.bytes)
    self.init("mail", GreylistKeys.form(mail.lowercasedASCII, form))
  }

  /// Of a network that has come back.
  package init(client address: IPAddress, by rules: GreylistRules) {
    self.init(client: address, rules.lookup, rules.keyForm)
  }

  init(client address: IPAddress, _ lookup: GreylistRules.Lookup, _ form: GreylistRules.KeyForm) {
    self.init("net", GreylistKeys.form(GreylistKeys.network(of: address, by: lookup), form))
  }

  private init(_ kind: String, _ name: [UInt8]) {
    bytes = Array(kind.utf8) + [UInt8(ascii: "\n")] + name + [UInt8(ascii: "\n")]
  }

  package func matches(_ key: PoolKey) -> Bool { key.bytes.starts(with: bytes) }
}
