import MailTypes

extension GreylistKeys {
  /// The keys of a request: `network/sender/recipient` in small letters, and the client's whole address.
  init(client address: IPAddress, sender: MailAddress, recipient: MailAddress, by rules: GreylistRules) {
    let slash = UInt8(ascii: "/")
    var triplet = Array(Self.network(of: address, by: rules.lookup).utf8)
    triplet.append(slash)
    triplet.append(contentsOf: sender.foldedForGreylisting)
    triplet.append(slash)
    triplet.append(contentsOf: recipient.bytes)
    self.triplet = TripletKey(bytes: Self.form(triplet.lowercasedASCII, rules.keyForm))
    client =
      rules.autoWhitelistClients == 0
      ? nil : ClientKey(bytes: Self.form(Array(address.postgreyText.utf8), rules.keyForm))
  }

  private static func network(of address: IPAddress, by lookup: GreylistRules.Lookup) -> String {
    switch lookup {
    // postgrey prints a single host with its prefix, and a network without.
    case .host: return "\(address.postgreyText)/\(address.width)"
    case .subnet(let v4, let v6):
      let prefix = if case .v4 = address { v4 } else { v6 }
      return (IPNetwork(of: address, prefix: prefix)?.address ?? address).postgreyText
    }
  }

  private static func form(_ key: [UInt8], _ form: GreylistRules.KeyForm) -> [UInt8] {
    switch form {
    case .plain: key
    case .hashed: SHA1.hexDigest(key)
    }
  }
}

extension IPAddress {
  /// As postgrey prints addresses: all eight words of IPv6, in capitals, without leading zeros.
  var postgreyText: String {
    switch self {
    case .v4: description
    case .v6: words.map { String($0, radix: 16, uppercase: true) }.joined(separator: ":")
    }
  }
}
