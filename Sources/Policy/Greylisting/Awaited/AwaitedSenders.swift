package import MailTypes

/// The mail that is awaited now: never much, so that nobody makes a whitelist of it.
package struct AwaitedSenders: Equatable, Sendable {
  package static let most = 100

  /// In the order in which they were asked for.
  package private(set) var all: [AwaitedSender] = []

  package init() {}

  /// Takes what was kept elsewhere, as far as there is room.
  package init(_ all: [AwaitedSender]) { self.all = Array(all.prefix(Self.most)) }

  /// Awaits one more; the same one again has its new time.
  ///
  /// What is over makes room.
  ///
  /// - Returns: whether there was room.
  package mutating func add(_ new: AwaitedSender, now: Int64) -> Bool {
    all.removeAll { $0.until <= now || ($0.sender == new.sender && $0.recipient == new.recipient) }
    guard all.count < Self.most else { return false }
    all.append(new)
    return true
  }

  /// The first of those that cover a mail.
  package func entry(sender: MailAddress, recipient: MailAddress, now: Int64) -> AwaitedSender? {
    all.first { $0.covers(sender: sender, recipient: recipient, now: now) }
  }
}
