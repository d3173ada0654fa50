/// What is forgotten: records that were not seen for longer than `--max-age`, and triplets that never passed and
/// whose last try is longer ago than `--retry-window`; what is known of pools likewise; and correspondents that are
/// older than the rules want, or more.
package struct GreylistExpiry: Equatable, Sendable {
  package let now: Int64
  private let delay: Int64
  private let retryWindow: Int64
  private let maxAge: Int64
  private let correspondents: Int64
  /// How many correspondents stay.
  package let mostCorrespondents: Int

  package init(now: Int64, rules: GreylistRules) {
    self.now = now
    delay = rules.delay
    retryWindow = rules.retryWindow
    maxAge = rules.maxAge
    correspondents = rules.correspondents
    mostCorrespondents = rules.mostCorrespondents
  }

  /// A triplet whose last try is at this time or later has not expired, whatever it did.
  package var oldestWaiting: Int64 { now - min(retryWindow, maxAge) }
  /// A triplet that has passed, and a client, have not expired when they were seen at this time or later.
  package var oldestPassed: Int64 { now - maxAge }
  /// A correspondent who was written to at this time or later has not expired.
  package var oldestCorrespondence: Int64 { now - correspondents }
  /// A triplet has passed when so many seconds lie between its first and its last try.
  package var passingDelay: Int64 { delay }

  package func covers(_ record: TripletRecord) -> Bool {
    record.last < (record.hasPassed(delay: delay) ? oldestPassed : oldestWaiting)
  }

  package func covers(_ record: ClientRecord) -> Bool { record.last < oldestPassed }
}
