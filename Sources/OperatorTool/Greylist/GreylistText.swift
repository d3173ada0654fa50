import Control
import Glibc

/// How the answers about the greylist look for people.
enum GreylistText {
  /// A line a triplet, under a heading.
  static func triplets(_ lines: [ControlLine]) -> String {
    let triplets = lines.filter { $0.kind == "triplet" }
    var text = triplets.isEmpty ? ["none"] : [heading] + triplets.map(row)
    if lines.contains(where: { $0.number("more") == 1 }) {
      text.append("… and more: --limit, or ask more closely")
    }
    return (text + notes(lines)).joined(separator: "\n")
  }

  /// All that `show` is told.
  static func known(_ lines: [ControlLine]) -> String {
    let text = lines.compactMap { line -> String? in
      switch line.kind {
      case "unknown": "not known: \(name(line.text("key") ?? []))"
      case "triplet":
        """
        first   \(time(line.number("first")))
        last    \(time(line.number("last")))
        state   \(state(line))
        """
      case "client":
        """
        client  \(line.number("count") ?? 0) successes, the last one counted at \(time(line.number("last")))\
        \(line.number("whitelisted") == 1 ? "; not greylisted any more" : "")
        """
      case "awaited": "mail \(awaited(line))"
      default: nil
      }
    }
    return (text + notes(lines)).joined(separator: "\n")
  }

  /// What passes, and until when.
  static func awaited(_ lines: [ControlLine]) -> String {
    lines.filter { $0.kind == "awaited" }.map { "mail \(awaited($0))" }.joined(separator: "\n")
  }

  static func forgotten(_ lines: [ControlLine]) -> String {
    let text = lines.filter { $0.kind == "forgotten" }.map { line in
      let (triplets, clients) = (line.number("triplets") ?? 0, line.number("clients") ?? 0)
      return "\(triplets) \(triplets == 1 ? "triplet" : "triplets") and "
        + "\(clients) \(clients == 1 ? "client" : "clients") forgotten"
    }
    return (text + notes(lines)).joined(separator: "\n")
  }

  /// A number a line, names as in `--json`.
  static func stats(_ lines: [ControlLine]) -> String {
    lines.flatMap { line -> [String] in
      if line.kind == "awaited" { return ["mail \(awaited(line))"] }
      return line.fields.compactMap { field in
        guard case .number(let number) = field.value else { return nil }
        let prefix = line.kind == "decisions" ? "decided_" : ""
        return "\(prefix)\(field.name) \(number)"
      }
    }.joined(separator: "\n")
  }

  private static let heading =
    "\(column("FIRST", 21))\(column("LAST", 21))\(column("STATE", 14))NETWORK SENDER RECIPIENT"

  private static func row(_ line: ControlLine) -> String {
    let names =
      line.text("key").map(name)
      ?? ["network", "sender", "recipient"].map { name(line.text($0) ?? []) }.joined(separator: " ")
    return column(time(line.number("first")), 21) + column(time(line.number("last")), 21)
      + column(state(line), 14) + names
  }

  private static func state(_ line: ControlLine) -> String {
    if line.number("passed") == 1 { return "passed" }
    let missing = line.number("missing") ?? 0
    return missing > 0 ? "waits \(missing)s" : "may pass"
  }

  private static func awaited(_ line: ControlLine) -> String {
    let recipient = line.text("recipient").map { " to \(name($0))" } ?? ""
    return "from \(name(line.text("sender") ?? []))\(recipient) passes until \(time(line.number("until")))"
  }

  private static func notes(_ lines: [ControlLine]) -> [String] {
    lines.filter { $0.kind == "note" }.map { "note: \(name($0.text("text") ?? []))" }
  }

  private static func column(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  /// Strangers' bytes for a terminal: as they are when they are plain text, else percent-encoded.
  static func name(_ bytes: [UInt8]) -> String {
    if bytes.isEmpty { return "<>" }
    guard let text = String(validating: bytes, as: UTF8.self),
      text.unicodeScalars.allSatisfy({ isPrintable($0) })
    else { return PercentText.encode(bytes) }
    return text
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
    default: true
    }
  }

  /// Local time.
  static func time(_ seconds: Int64?) -> String {
    var time = time_t(seconds ?? 0)
    var local = tm()
    var text = [CChar](repeating: 0, count: 64)
    guard localtime_r(&time, &local) != nil else { return "\(time)" }
    let count = strftime(&text, text.count, "%Y-%m-%d %H:%M:%S", &local)
    return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
