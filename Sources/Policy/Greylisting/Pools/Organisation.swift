import MailTypes

/// Who runs a client, as the client's forward-confirmed name tells: the domain below the suffix under which anybody
/// can have one.
///
/// A large sender comes back from another network than it came from first, but under a name of the same
/// organisation. So its tries count as tries of one client, for one sender and one recipient (`PoolKeys`).
///
/// The organisation of `out-7.mail.big.example` is `big.example`. In a country's domain a second label of two letters
/// (`co.uk`, `ca.us`, `mi.it`) and those of `registries` are taken for a part of the suffix. A name has no
/// organisation when it is no host's name, is nothing but a suffix, or is a generic one (`GenericName`): those of an
/// access provider's lines belong to strangers.
///
/// False friends, whose tries count as those of one client where they have the same sender and recipient:
/// 1. customers of one host whose machines have names of their own under its domain (`alice.hoster.example`),
/// 2. domains below a suffix that isn't known here (`a.city.example`, `b.dyndns.example`),
/// 3. all hosts of whoever controls the names of many networks; he could as well come back from one.
///
/// They still have to come back after the delay. The other way round, `mx1.gx.de` is taken for an organisation of
/// its own, as if `gx.de` were a suffix: it then waits as under postgrey.
struct Organisation: Hashable, Sendable {
  /// In small letters.
  let domain: [UInt8]

  /// Nil where the name tells none.
  ///
  /// - Parameters:
  ///   - name: the attribute `client_name`, which Postfix sets to `unknown` unless it is forward-confirmed.
  ///   - address: the client's.
  init?(clientName name: ArraySlice<UInt8>, address: IPAddress) {
    guard name.count <= Self.longestName else { return nil }
    let labels = name.lowercasedASCII
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.allSatisfy(Self.isLabel), let last = labels.last,
      last.contains(where: { !$0.isASCIIDigit })
    else { return nil }
    let count = Self.suffixLength(labels) + 1
    guard labels.count >= count else { return nil }
    guard !GenericName(labels: labels.dropLast(count)).tells(address) else { return nil }
    domain = Array(labels.suffix(count).joined(separator: [UInt8(ascii: ".")]))
  }

  /// A host's name is no longer, bytes.
  private static let longestName = 255

  private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
    (1...63).contains(label.count)
      && label.allSatisfy {
        $0.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
          || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
  }

  /// How many labels are not the organisation's own.
  private static func suffixLength(_ labels: [ArraySlice<UInt8>]) -> Int {
    guard let country = labels.last, country.count == 2, labels.count >= 2 else { return 1 }
    let second = labels[labels.count - 2]
    return second.count == 2 || registries.contains(Array(second)) ? 2 : 1
  }

  /// Second labels under which the countries' registries give away names, those of two letters left out.
  private static let registries = Set(
    """
    art asn asso biz com edu firm gen gob gouv gov govt ind inf info int k12 ltd mil mod name net nhs nic nom org plc \
    police presse pro pub sch school web
    """.split(separator: " ").map { Array($0.utf8) })
}
