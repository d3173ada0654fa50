import Credentials

/// Accepted logins that are remembered for a while, by their fingerprints.
///
/// Positive verdicts only, none older than the lifetime, never more than the limit: the oldest makes way. An
/// entry is good in the generation that it was made in; a new one begins when the source of passwords may have
/// changed.
struct CredentialCache: Sendable {
  /// Whose entries stand and fall together: a user as one realm knows him.
  struct Account: Hashable, Sendable {
    let login: CountedString
    let realm: CountedString

    /// Whether an operator who says `name` means this account: the login, or `login@realm`.
    func isNamed(_ name: CountedString) -> Bool {
      login == name || (!realm.isEmpty && login.bytes + [UInt8(ascii: "@")] + realm.bytes == name.bytes)
    }
  }

  private struct Entry {
    let remembered: RememberedAcceptance
    let account: Account
    let expires: ContinuousClock.Instant
    let number: UInt64
  }

  /// The entries of one account, all made with the same password.
  private struct AccountEntries {
    let credentials: KeyedDigest
    var requests: Set<KeyedDigest>
  }

  /// The number of times that everything was forgotten.
  private(set) var generation: UInt64 = 0
  private var lifetime: Duration
  private var limit: Int
  private var entries: [KeyedDigest: Entry] = [:]
  private var accounts: [Account: AccountEntries] = [:]
  private var order = EntryOrder()

  init(lifetime: Duration, limit: Int) {
    self.lifetime = lifetime
    self.limit = limit
  }

  var count: Int { entries.count }

  /// The verdict on the very same request, while it is good.
  func acceptance(of fingerprint: LoginFingerprint, now: ContinuousClock.Instant) -> RememberedAcceptance? {
    guard let entry = entries[fingerprint.request], now < entry.expires else { return nil }
    return entry.remembered
  }

  /// Remembers a verdict; what the account was accepted with before, under another password, is forgotten.
  mutating func remember(
    _ remembered: RememberedAcceptance, as fingerprint: LoginFingerprint, of account: Account,
    now: ContinuousClock.Instant
  ) {
    guard lifetime > .zero, limit > 0 else { return }
    if let known = accounts[account], known.credentials != fingerprint.credentials { forget(account) }
    forget(fingerprint.request)
    while entries.count >= limit, let oldest = order.popFirst() { forget(oldest) }
    let number = order.append(fingerprint.request)
    entries[fingerprint.request] = Entry(
      remembered: remembered, account: account, expires: now + lifetime, number: number)
    accounts[account, default: AccountEntries(credentials: fingerprint.credentials, requests: [])]
      .requests.insert(fingerprint.request)
    if order.count > 2 * entries.count + 64 { compactOrder() }
  }

  /// Forgets everything, and what is being checked isn't remembered either.
  mutating func beginGeneration() {
    generation += 1
    entries.removeAll(keepingCapacity: true)
    accounts.removeAll(keepingCapacity: true)
    order = EntryOrder()
  }

  /// Forgets the accounts that an operator calls by `name`.
  mutating func forget(accountsNamed name: CountedString) {
    for account in accounts.keys.filter({ $0.isNamed(name) }) { forget(account) }
  }

  /// Goes by other limits; begins a generation.
  mutating func adopt(lifetime: Duration, limit: Int) {
    self.lifetime = lifetime
    self.limit = limit
    beginGeneration()
  }

  private mutating func forget(_ account: Account) {
    for request in accounts.removeValue(forKey: account)?.requests ?? [] { entries[request] = nil }
  }

  private mutating func forget(_ oldest: EntryOrder.Item) {
    if entries[oldest.request]?.number == oldest.number { forget(oldest.request) }
  }

  private mutating func forget(_ request: KeyedDigest) {
    guard let entry = entries.removeValue(forKey: request) else { return }
    accounts[entry.account]?.requests.remove(request)
    if accounts[entry.account]?.requests.isEmpty == true { accounts[entry.account] = nil }
  }

  private mutating func compactOrder() {
    order.keep { entries[$0.request]?.number == $0.number }
  }
}

/// Entries by age; those that were forgotten meanwhile are still in it, under a number of their own.
private struct EntryOrder: Sendable {
  struct Item: Sendable {
    let request: KeyedDigest
    let number: UInt64
  }

  private var items: [Item] = []
  private var head = 0
  private var nextNumber: UInt64 = 0

  var count: Int { items.count - head }

  mutating func append(_ request: KeyedDigest) -> UInt64 {
    nextNumber += 1
    items.append(Item(request: request, number: nextNumber))
    return nextNumber
  }

  mutating func popFirst() -> Item? {
    guard head < items.count else { return nil }
    head += 1
    let item = items[head - 1]
    if head * 2 > items.count { keep { _ in true } }
    return item
  }

  /// Drops what has been taken and what isn't wanted.
  mutating func keep(where isWanted: (Item) -> Bool) {
    items = items[head...].filter(isWanted)
    head = 0
  }
}
