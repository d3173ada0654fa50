/// How to greylist: postgrey's options, with its defaults; what postgrey hasn't is off.
///
/// Times lie within ±2⁴⁰ seconds; whoever reads them sees to it.
package struct GreylistRules: Equatable, Sendable {
  /// How long a triplet waits after its first try, seconds; none waits when it isn't above 0.
  package var delay: Int64 = 300
  /// The longest time from the first try to one that counts, seconds.
  package var retryWindow: Int64 = 2 * 86_400
  /// What was not seen for so long is forgotten, seconds.
  package var maxAge: Int64 = 35 * 86_400
  package var lookup = Lookup.subnet(v4: 24, v6: 64)
  /// After so many successes in as many hours a client is not greylisted any more; 0: never.
  package var autoWhitelistClients: Int64 = 5
  package var keyForm = KeyForm.plain
  /// How long whom a user wrote to is not greylisted when he answers, seconds; 0: off.
  package var correspondents: Int64 = 0
  /// Who is the one that was written to.
  package var correspondentsBy = Correspondent.address
  /// How many of them are kept, those that were written to last.
  package var mostCorrespondents = 200_000
  /// Whether who retries from many addresses is recognised, as `PoolKeys` says.
  package var largeSenders = false
  private var words = Words(GreylistWording())

  /// What is said to whom.
  package var wording: GreylistWording {
    get { words.wording }
    set { words = Words(newValue) }
  }

  /// Behind one reference: nearly every decision asks for numbers alone.
  private final class Words: Equatable, Sendable {
    let wording: GreylistWording

    init(_ wording: GreylistWording) { self.wording = wording }

    static func == (left: Words, right: Words) -> Bool { left.wording == right.wording }
  }

  package init() {}

  /// Whose answers are awaited when one was written to.
  package enum Correspondent: Equatable, Sendable {
    /// His.
    case address
    /// Those of everybody at his domain.
    case domain
  }

  /// Which clients are the same.
  package enum Lookup: Equatable, Sendable {
    /// Only an address itself.
    case host
    /// Addresses whose first bits are the same: up to 32 and 128 of them.
    case subnet(v4: Int, v6: Int)
  }

  /// How keys stand in the store.
  package enum KeyForm: Equatable, Sendable {
    case plain
    /// SHA-1, in hexadecimal digits.
    case hashed
  }
}
