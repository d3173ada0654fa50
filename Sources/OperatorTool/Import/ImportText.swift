import FoundationEssentials
import Storage

/// How an import's counts look.
struct ImportText {
  let report: PostgreyImportReport

  /// A line for triplets, and one for clients.
  var screen: String {
    [("triplets", report.triplets), ("clients ", report.clients)].map { name, counts in
      """
      \(name)  \(counts.taken) taken, \(counts.known) known, \(counts.expired) expired, \
      \(counts.malformed) malformed
      """
    }.joined(separator: "\n")
  }

  /// Nil when postgrey's log could be used, or there was none.
  var trouble: String? {
    report.logTrouble.map {
      "postgrey's log can't be used, and what it did last may be missing: \($0)"
    }
  }

  /// One object.
  var json: String {
    get throws { try JSONText.line(Body(self)) }
  }
}

/// The counts under the names that programs rely on.
private struct Body: Encodable {
  struct Counts: Encodable {
    let taken: Int
    let known: Int
    let expired: Int
    let malformed: Int

    init(_ counts: PostgreyImportCounts) {
      taken = counts.taken
      known = counts.known
      expired = counts.expired
      malformed = counts.malformed
    }
  }

  let triplets: Counts
  let clients: Counts
  /// Left out when there was none.
  let trouble: String?

  init(_ text: ImportText) {
    triplets = Counts(text.report.triplets)
    clients = Counts(text.report.clients)
    trouble = text.trouble
  }
}
