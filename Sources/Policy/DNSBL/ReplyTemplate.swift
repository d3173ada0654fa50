/// The template of a reply, read once: text, with Postfix's macros in it.
///
/// `$name`, `${name}` and `$(name)` stand for a value, `${name?text}` and `${name:text}` for a text when the value is
/// filled or empty, `${name?{text}:{text}}` for one or the other, and `$$` for a `$`. A name that nobody knows has an
/// empty value, and so have `$server_name` and `$localtime`, which a policy service isn't told. There are no
/// comparisons such as `${{a} == {b}?text}`, which Postfix has since 3.0.
package struct ReplyTemplate: Equatable, Sendable {
  /// How deep texts may stand in one another: Postfix's own bound.
  static let deepest = 100
  /// The longest template, bytes.
  package static let longest = 4096

  let parts: [Part]

  /// A piece of a template; a macro that is nil is unknown.
  enum Part: Equatable, Sendable {
    case text([UInt8])
    case value(ReplyMacro?)
    case choice(ReplyMacro?, filled: [Part], empty: [Part])
  }

  /// Postfix's `default_rbl_reply`.
  package static let usual = ReplyTemplate(
    parts: [
      .value(.rblCode), .text(Array(" Service unavailable; ".utf8)), .value(.rblClass),
      .text(Array(" [".utf8)),
      .value(.rblWhat), .text(Array("] blocked using ".utf8)), .value(.rblDomain),
      .choice(.rblReason, filled: [.text(Array("; ".utf8)), .value(.rblReason)], empty: []),
    ])

  init(parts: [Part]) { self.parts = parts }

  /// Reads a template.
  ///
  /// - Returns: nil for what is none: a brace without its other one, a `$` without a name.
  package init?(_ text: [UInt8]) {
    guard text.count <= Self.longest, let parts = Self.read(text[...], depth: 0) else { return nil }
    self.parts = Self.joined(parts)
  }

  /// Whether what the list says of its reason makes a difference.
  var givesReason: Bool { Self.giveReason(parts) }

  private static let reasons: Set<ReplyMacro> = [.rblReason, .rblText]

  private static func giveReason(_ parts: [Part]) -> Bool {
    parts.contains { part in
      switch part {
      case .text: false
      case .value(let macro): macro.map(reasons.contains) ?? false
      case .choice(let macro, let filled, let empty):
        macro.map(reasons.contains) ?? false || giveReason(filled) || giveReason(empty)
      }
    }
  }

  /// The reply with values in it; what isn't printable ASCII in a value becomes `_`, as in Postfix's replies.
  func filled(_ value: (ReplyMacro) -> [UInt8]) -> [UInt8] {
    var reply: [UInt8] = []
    Self.fill(parts, value, &reply)
    return reply
  }

  private static func fill(_ parts: [Part], _ value: (ReplyMacro) -> [UInt8], _ reply: inout [UInt8]) {
    for part in parts {
      // A value may stand in a template often; no reply needs more.
      if reply.count > 2 * ReplyText.longest { return }
      switch part {
      case .text(let text): reply += text
      case .value(let macro):
        reply += (macro.map(value) ?? []).map { byte in
          (0x20...0x7E).contains(byte) || byte == 0x09 ? byte : UInt8(ascii: "_")
        }
      case .choice(let macro, let filled, let empty):
        fill((macro.map(value) ?? []).isEmpty ? empty : filled, value, &reply)
      }
    }
  }

  /// Texts that stand side by side are one.
  private static func joined(_ parts: [Part]) -> [Part] {
    parts.reduce(into: []) { joined, part in
      if case .text(let text) = part, case .text(let before)? = joined.last {
        joined[joined.count - 1] = .text(before + text)
      } else {
        joined.append(part)
      }
    }
  }
}
