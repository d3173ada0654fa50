extension ValueType<DNSServer> {
  /// A name server by its address.
  static let dnsServer = text("an address, or ADDRESS:PORT with an IPv6 address in brackets") {
    DNSServer($0)
  } write: {
    $0.description
  }
}

extension ValueType<String?> {
  /// The name of a zone that may be shown; empty for none.
  static let shownZone = text("\(ZoneSyntax.says), or \"\" for none") { text in
    text.isEmpty ? .some(nil) : ZoneSyntax.parse(text).map { .some($0) }
  } write: {
    $0 ?? ""
  }
}

extension ValueType<ConfiguredList> {
  /// Lists with filters and weights, as postscreen_dnsbl_sites has them.
  static let dnsListSites = mainCf("a list, whose items are site[=filter][*weight] as postscreen has them")
}
