package import MailTypes

extension GreylistKeys {
  /// The keys of a request: `network/sender/recipient` in small letters, the client's whole address, what would
  /// have been noted when the recipient wrote to the sender, and those of the client's pool.
  ///
  /// - Parameters:
  ///   - address: the client's.
  ///   - name: the client's, as Postfix has confirmed it; empty where it isn't told.
  ///   - sender: of the mail.
  ///   - recipient: of the mail.
  ///   - rules: how keys are made, and which are asked for.
  package init(
    client address: IPAddress, name: ArraySlice<UInt8> = [], sender: MailAddress, recipient: MailAddress,
    by rules: GreylistRules
  ) {
    var key: [UInt8] = []
    key.reserveCapacity(48 + sender.bytes.count + recipient.bytes.count)
    Self.appendNetwork(of: address, by: rules.lookup, to: &key)
    key.append(UInt8(ascii: "/"))
    sender.appendFolded(to: &key)
    key.append(UInt8(ascii: "/"))
    key.append(contentsOf: recipient.bytes)
    for index in key.indices { key[index] = key[index].lowercasedASCII }
    triplet = TripletKey(bytes: Self.form(key, rules.keyForm))
    client = rules.autoWhitelistClients == 0 ? nil : Self.client(address, by: rules)
    correspondence = CorrespondenceKey(local: recipient, correspondent: sender, by: rules)
    pools = PoolKeys(client: address, name: name, sender: sender, recipient: recipient, by: rules)
  }

  /// The name of a client in the store.
  package static func client(_ address: IPAddress, by rules: GreylistRules) -> ClientKey {
    ClientKey(bytes: form(address.postgreyText, rules.keyForm))
  }

  /// What the keys of a client's triplets begin with, before the first border; in small letters, as keys are.
  static func network(of address: IPAddress, by lookup: GreylistRules.Lookup) -> [UInt8] {
    var network: [UInt8] = []
    appendNetwork(of: address, by: lookup, to: &network)
    return network.lowercasedASCII
  }

  private static func appendNetwork(
    of address: IPAddress, by lookup: GreylistRules.Lookup, to key: inout [UInt8]
  ) {
    switch lookup {
    case .host:
      // postgrey prints a single host with its prefix, and a network without.
      key.append(contentsOf: address.postgreyText)
      key.append(contentsOf: "/\(address.width)".utf8)
    case .subnet(let v4, let v6):
      let prefix = if case .v4 = address { v4 } else { v6 }
      key.append(contentsOf: (IPNetwork(of: address, prefix: prefix)?.address ?? address).postgreyText)
    }
  }

  static func form(_ key: [UInt8], _ form: GreylistRules.KeyForm) -> [UInt8] {
    switch form {
    case .plain: key
    case .hashed: SHA1.hexDigest(key)
    }
  }
}

extension IPAddress {
  /// As postgrey prints addresses: all eight words of IPv6, in capitals, without leading zeros.
  var postgreyText: [UInt8] {
    switch self {
    case .v4(let bits): Self.decimal(bits)
    case .v6: Array(words.map { String($0, radix: 16, uppercase: true) }.joined(separator: ":").utf8)
    }
  }

  /// Without a detour over strings, which took as long as all the rest of a decision.
  private static func decimal(_ bits: UInt32) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(15)
    for shift in [24, 16, 8, 0] as [UInt32] {
      let number = UInt8(truncatingIfNeeded: bits >> shift)
      if number >= 100 { text.append(UInt8(ascii: "0") + number / 100) }
      if number >= 10 { text.append(UInt8(ascii: "0") + number / 10 % 10) }
      text.append(UInt8(ascii: "0") + number % 10)
      if shift > 0 { text.append(UInt8(ascii: ".")) }
    }
    return text
  }
}
