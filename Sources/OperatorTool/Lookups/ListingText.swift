import FoundationEssentials
import MailTypes
import Policy

/// How `postern dnsbl` looks: for people, and as JSON for programs.
enum ListingText {
  /// A line a list.
  static func table(_ listings: [Listing]) -> String {
    let rows = [["SUBJECT", "LIST", "STATE", "CODES", "MS", "TEXT"]] + listings.map(row)
    let widths = rows[0].indices.dropLast().map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let padded = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return (padded + row.suffix(1)).joined(separator: "  ").trimmedEnd
    }.joined(separator: "\n")
  }

  /// An array of objects.
  static func json(_ listings: [Listing]) throws -> String {
    try JSONText.line(listings.map(Entry.init))
  }

  private static func row(_ listing: Listing) -> [String] {
    let entry = Entry(listing)
    return [
      entry.subject, entry.list,
      entry.state.replacing("listed_not", with: "listed, not").replacing("_", with: " "),
      entry.codes.isEmpty ? "-" : entry.codes.joined(separator: ","), "\(entry.milliseconds)",
      entry.texts.isEmpty ? "" : GreylistText.name(Array(entry.texts.joined(separator: " / ").utf8)),
    ]
  }

  private struct Entry: Encodable {
    let subject: String
    let list: String
    let state: String
    let codes: [String]
    let texts: [String]
    let milliseconds: Int
    let blocks: Bool

    enum CodingKeys: String, CodingKey {
      case subject, list, state, codes, texts, blocks
      case milliseconds = "ms"
    }

    init(_ listing: Listing) {
      subject = listing.subject.description
      list = listing.zone.shown
      milliseconds = listing.milliseconds
      blocks = listing.zone.blocks
      switch listing.state {
      case .listed(let found, let reasons):
        (state, codes, texts) = ("listed", found.map(\.description), reasons)
      case .listedNotCounted(let found, let reasons):
        (state, codes, texts) = ("listed_not_counted", found.map(\.description), reasons)
      case .notListed: (state, codes, texts) = ("not_listed", [], [])
      case .unsound(let trouble): (state, codes, texts) = ("not_believed", [], ["\(trouble)"])
      case .failed(let failure): (state, codes, texts) = ("no_answer", [], ["\(failure)"])
      }
    }
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
