import MailTypes
import Policy

/// What a list in the DNS says of somebody.
struct Listing: Equatable {
  let subject: ListingSubject
  let zone: ConsultedZone
  let state: State
  let milliseconds: Int

  enum State: Equatable {
    /// With its codes, and its reasons where it gives some.
    case listed(codes: [IPAddress], reasons: [String])
    /// The same, but with no code that a filter of the configuration lets through.
    case listedNotCounted(codes: [IPAddress], reasons: [String])
    case notListed
    /// It answers, but not as a list does.
    case unsound(ZoneTrouble)
    case failed(DNSFailure)
  }

  /// Whether somebody's mail may be refused because of it.
  var isBad: Bool {
    if case .listed(let codes, _) = state { zone.blocks(codes, ofAddress: subject.isAddress) } else { false }
  }

  /// Asks all lists about all subjects at once, and those that list one for their reasons.
  static func all(
    of subjects: [ListingSubject], in zones: [ConsultedZone],
    asking ask: (Set<DNSQuestion>) -> [DNSQuestion: Inquiry.Reply]
  ) -> [Listing] {
    let asked = subjects.flatMap { subject in
      zones.compactMap { zone in subject.name(in: zone).map { (subject, zone, $0) } }
    }
    let codes = ask(Set(asked.map { DNSQuestion($0.2, .a) }))
    let listed = codes.filter { ZoneListing($0.value.answer).isListed }.map { DNSQuestion($0.key.name, .txt) }
    let reasons = listed.isEmpty ? [:] : ask(Set(listed))
    return asked.compactMap { subject, zone, name in
      codes[DNSQuestion(name, .a)].map {
        Listing(
          subject: subject, zone: zone,
          state: state($0.answer, reasons[DNSQuestion(name, .txt)]?.answer) {
            zone.counts($0, ofAddress: subject.isAddress)
          },
          milliseconds: Int($0.elapsed / .milliseconds(1)))
      }
    }
  }

  private static func state(
    _ answer: DNSAnswer, _ reasons: DNSAnswer?, counting counts: ([IPAddress]) -> Bool
  ) -> State {
    if case .failed(let failure) = answer { return .failed(failure) }
    let listing = ZoneListing(answer)
    if let trouble = listing.trouble { return .unsound(trouble) }
    guard listing.isListed else { return .notListed }
    let texts = (reasons?.found ?? []).compactMap { record -> String? in
      if case .text(let text) = record { text.repairedText } else { nil }
    }
    return counts(listing.codes)
      ? .listed(codes: listing.codes, reasons: texts)
      : .listedNotCounted(codes: listing.codes, reasons: texts)
  }
}
