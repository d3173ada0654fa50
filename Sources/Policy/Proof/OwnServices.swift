import MailTypes

/// What services of ours may answer a stranger, by where and how main.cf asks them.
package struct OwnServices: Sendable {
  /// By the listeners' places, as smtpd names them.
  let answers: [PolicyEndpoint: StrangerAnswer]
  /// By the `policy_context` that chooses another list than the listener's own.
  let contexts: [String: StrangerAnswer]
  /// What main.cf says of a call's attributes where the call doesn't: `smtpd_policy_service_NAME` by NAME.
  let defaults: [String: String]

  package init(
    answers: [PolicyEndpoint: StrangerAnswer] = [:], contexts: [String: StrangerAnswer] = [:],
    defaults: [String: String] = [:]
  ) {
    self.answers = answers
    self.contexts = contexts
    self.defaults = defaults
  }

  /// What may come of asking as an argument of `check_policy_service` says; nil: it isn't one of ours, or anything.
  func answer(to argument: String) -> StrangerAnswer? {
    // Itself, or the first word in its braces, with attributes behind it.
    let words = ListWords.inBraces(argument).map(ListWords.split) ?? [argument]
    guard let own = words.first.flatMap({ PolicyEndpoint($0) }).flatMap({ answers[$0] }) else { return nil }
    var attributes = defaults
    for (name, value) in words.dropFirst().compactMap(Self.attribute) { attributes[name] = value }
    let answer = attributes["policy_context"].flatMap { contexts[$0] } ?? own
    guard let fallback = attributes["default_action"], !fallback.isEmpty else { return answer }
    // When nobody answers, Postfix does.
    return Self.answer(byDefault: fallback).flatMap { $0 == .mayPass ? $0 : answer }
  }

  /// `name=value`, which stands in braces of its own when it has blanks in it.
  private static func attribute(_ word: String) -> (name: String, value: String)? {
    let parts = (ListWords.inBraces(word) ?? word)
      .split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map { $0.utf8.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) } }
    return parts.count == 2 ? (parts[0].joined(), parts[1].joined(separator: " ")) : nil
  }

  /// Nil for what may permit.
  private static func answer(byDefault action: String) -> StrangerAnswer? {
    let word = action.utf8.prefix { $0 != UInt8(ascii: " ") }
    if let first = word.first, word.count == 3, word.allSatisfy(\.isASCIIDigit) {
      let isRefusal = first == UInt8(ascii: "4") || first == UInt8(ascii: "5")
      return isRefusal && word.count < action.utf8.count ? .refuses : nil
    }
    return switch String(decoding: word.lowercasedASCII, as: UTF8.self) {
    case "reject", "defer": .refuses
    case "dunno", "defer_if_permit", "defer_if_reject": .mayPass
    default: nil
    }
  }
}
