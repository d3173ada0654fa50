import Control
import MailTypes
import Policy

/// How the operator is told about the greylist: lines of one form for each thing.
struct GreylistAnswer {
  let rules: GreylistRules
  /// Unix seconds.
  let now: Int64

  /// `triplet network:… sender:… recipient:… first=… last=… passed=… missing=…`; a key that can't be taken apart is
  /// told as it is, as `key:…`.
  func triplet(_ known: KnownTriplet) -> ControlLine {
    var line = ControlLine("triplet")
    if let parts = TripletParts(known.key, by: rules) {
      line.add("network", parts.network)
      line.add("sender", parts.sender)
      line.add("recipient", parts.recipient)
    } else {
      line.add("key", known.key.bytes)
    }
    line.add("first", known.record.first)
    line.add("last", known.record.last)
    line.add("passed", hasPassed(known.record) ? 1 : 0)
    line.add("missing", missing(known.record))
    return line
  }

  /// `client key:… count=… last=… whitelisted=…`.
  func client(_ known: KnownClient) -> ControlLine {
    var line = ControlLine("client")
    line.add("key", known.key.bytes)
    line.add("count", known.record.count)
    line.add("last", known.record.last)
    line.add("whitelisted", isWhitelisted(known.record) ? 1 : 0)
    return line
  }

  /// `awaited sender:… [recipient:…] until=…`.
  func awaited(_ sender: AwaitedSender) -> ControlLine {
    var line = ControlLine("awaited")
    line.add("sender", sender.sender)
    if let recipient = sender.recipient { line.add("recipient", recipient) }
    line.add("until", sender.until)
    return line
  }

  /// `note text:…`, for people.
  func note(_ text: String) -> ControlLine {
    var line = ControlLine("note")
    line.add("text", Array(text.utf8))
    return line
  }

  func hasPassed(_ record: TripletRecord) -> Bool { record.hasPassed(delay: rules.delay) }

  /// How long a try would still be put off, seconds; one that comes after the retry window begins anew.
  func missing(_ record: TripletRecord) -> Int64 {
    hasPassed(record) ? 0 : max(0, TripletStep(record, now: now, by: rules).missing)
  }

  func isWhitelisted(_ record: ClientRecord) -> Bool {
    rules.autoWhitelistClients != 0 && record.count >= rules.autoWhitelistClients
  }

  /// What a refused question is answered with: an argument of the caller's, or a store in trouble.
  static func refusal(_ reason: String) -> String {
    "error=\(String(reason.map { $0.isNewline ? " " : $0 }))"
  }

  static let hashedKeys = "the keys are hashed (--privacy): clients, senders and recipients can't be told"
}
