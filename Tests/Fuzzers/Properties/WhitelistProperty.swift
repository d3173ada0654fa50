import Expressions
import MailTypes
import Policy

extension DecoderProperty {
  /// Any bytes are whitelists: faults name lines of the file, and names are looked up as postgrey's expressions for
  /// the same lines match.
  package static let whitelist = DecoderProperty("Whitelist") { bytes in
    var clients = ClientWhitelist()
    var recipients = RecipientWhitelist()
    let faults = clients.read(bytes, name: "file") + recipients.read(bytes, name: "file")
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if let fault = faults.first(where: { !(1...lines.count).contains($0.line) }) {
      return "\(fault) names a line that isn't there"
    }
    if let fault = faults.first(where: { $0.description.utf8.count > 5000 }) {
      return "\(fault.line): too long a message"
    }
    // Names and addresses made of the file's own words, so that some are listed.
    for subject in subjects(lines) {
      if let violation = disagreement(about: subject, clients, recipients, lines) { return violation }
    }
    return nil
  }

  private static func subjects(_ lines: [ArraySlice<UInt8>]) -> [[UInt8]] {
    lines.prefix(3).flatMap { line in
      let word = Array(line.prefix(40).filter { $0 > 0x20 && $0 != UInt8(ascii: "#") })
      return [word, Array("x.".utf8) + word, Array("u@".utf8) + word, word + Array("+e@d".utf8), word + word]
    }
  }

  private static func disagreement(
    about subject: [UInt8], _ clients: ClientWhitelist, _ recipients: RecipientWhitelist,
    _ lines: [ArraySlice<UInt8>]
  ) -> String? {
    let rules = lines.compactMap(Rule.init)
    let client = clients.answer(name: subject[...], address: .v4(0xC000_0201))
    let recipient = recipients.answer(MailAddress(subject[...]))
    guard client.complaints.isEmpty, recipient.complaints.isEmpty else { return nil }
    // An address's rules are compared in the tests: here they would only be written down twice.
    if !rules.contains(where: \.looksLikeNetwork),
      let expected = listed(subject, rules.map(\.clientExpression)),
      client.isListed != expected
    {
      return "client \(subject) is listed: \(client.isListed)"
    }
    if let expected = listed(subject, rules.map(\.recipientExpression)), recipient.isListed != expected {
      return "recipient \(subject) is listed: \(recipient.isListed)"
    }
    return nil
  }

  /// Nil when an expression is too expensive to say.
  private static func listed(_ subject: [UInt8], _ expressions: [[UInt8]]) -> Bool? {
    var isListed = false
    for expression in expressions {
      // What isn't an expression is passed over, as a fault.
      guard let expression = try? PerlExpression(expression, letters: .caseInsensitive) else { continue }
      switch expression.match(subject) {
      case .matched: isListed = true
      case .unmatched: continue
      case .tooExpensive: return nil
      }
    }
    return isListed
  }
}

/// A line of a whitelist, as the expression that postgrey makes of it.
private struct Rule {
  private let text: ArraySlice<UInt8>

  /// Nil for a line without a rule, and for one that is too long for us.
  init?(_ line: ArraySlice<UInt8>) {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
    let words = line.prefix { $0 != UInt8(ascii: "#") }.split(whereSeparator: isBlank)
    guard words.count == 1, let word = words.first, word.count <= 4096 else { return nil }
    text = word
  }

  var looksLikeNetwork: Bool {
    text.contains(UInt8(ascii: ":")) || text.allSatisfy { $0.isASCIIDigit || "./".utf8.contains($0) }
  }

  var clientExpression: [UInt8] { written ?? Array("(?:^|\\.)".utf8) + quoted(text) + [UInt8(ascii: "$")] }

  var recipientExpression: [UInt8] {
    if let written { return written }
    guard let at = text.firstIndex(of: UInt8(ascii: "@")) else {
      return Array("(?:@|\\.)".utf8) + quoted(text) + [UInt8(ascii: "$")]
    }
    let user = [UInt8(ascii: "^")] + quoted(text[..<at]) + Array("(?:\\+[^@]+)?@".utf8)
    let domain = text[(at + 1)...]
    return domain.isEmpty ? user : user + quoted(domain) + [UInt8(ascii: "$")]
  }

  private var written: [UInt8]? {
    let slash = UInt8(ascii: "/")
    guard text.count > 2, text.first == slash, text.last == slash else { return nil }
    return Array(text.dropFirst().dropLast())
  }

  private func quoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
    // Byte by byte, since the text may hold \E.
    text.flatMap { Array("\\x{\(String($0, radix: 16))}".utf8) }
  }
}
