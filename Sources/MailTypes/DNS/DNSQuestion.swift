/// What is asked of the DNS.
package struct DNSQuestion: Hashable, Sendable, CustomStringConvertible {
  package let name: DomainName
  package let type: DNSRecordType

  package init(_ name: DomainName, _ type: DNSRecordType) {
    self.name = name
    self.type = type
  }

  package var description: String { "\(name) \(type)" }
}

/// The types of records that mail policies ask for, with their numbers of RFC 1035 and RFC 3596.
package enum DNSRecordType: UInt16, Hashable, Sendable, CaseIterable, CustomStringConvertible {
  case a = 1
  case ns = 2
  case ptr = 12
  case mx = 15
  case txt = 16
  case aaaa = 28

  package var description: String {
    switch self {
    case .a: "A"
    case .ns: "NS"
    case .ptr: "PTR"
    case .mx: "MX"
    case .txt: "TXT"
    case .aaaa: "AAAA"
    }
  }
}
