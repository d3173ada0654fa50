import Testing

/// One row of the wire table: what a client sends, and what comes back on that connection.
struct PolicyWireCase: Sendable, CustomTestStringConvertible {
  enum Ending: Sendable { case staysOpen, halfCloses }

  /// The replies of the connection, and whether it went on after them.
  enum Outcome: Equatable, Sendable {
    case open([String])
    case closed([String])
  }

  var title: String
  var bytes: [UInt8]
  var ending = Ending.staysOpen
  var flags: [String] = []
  var outcome: Outcome
  var reference = Reference<Outcome>.same

  var testDescription: String { title }
}

extension PolicyWireCase {
  static let all = requests + lines + values + ends

  private static let question = PolicyQuestion()
  private static let greylisted = greylisted(at: "lab.example")

  static func greylisted(at domain: String) -> String {
    "DEFER_IF_PERMIT 4.2.0 Greylisted, see http://postgrey.schweikert.ch/help/\(domain).html"
  }

  private static let greylist = "DEFER_IF_PERMIT "

  /// What fits into Postfix's reply.
  private static func shownText(at domain: String) -> String {
    String(greylisted(at: domain).dropFirst(greylist.count).prefix(510))
  }

  private static func changed(_ change: (inout [String]) -> Void) -> [UInt8] {
    var lines = question.lines
    change(&lines)
    return PolicyQuestion.bytes(lines)
  }

  private static func without(_ names: String...) -> [UInt8] {
    changed { $0.removeAll { line in names.contains { line.hasPrefix("\($0)=") } } }
  }

  private static let requests = [
    PolicyWireCase(title: "one request", bytes: question.bytes, outcome: .open([greylisted])),
    PolicyWireCase(
      title: "three requests in a write",
      bytes: ["one", "two", "three"].flatMap { PolicyQuestion(recipient: "u@\($0).example").bytes },
      outcome: .open(["one", "two", "three"].map { greylisted(at: "\($0).example") })),
    PolicyWireCase(
      title: "--exim answers one of two requests and closes", bytes: question.bytes + question.bytes,
      flags: ["--exim"], outcome: .closed([greylisted])),
    PolicyWireCase(
      title: "another kind of request", bytes: changed { $0[0] = "request=junk" }, outcome: .closed([]),
      reference: .differs(.open([]), because: "it logs it and leaves smtpd waiting for its timeout")),
    PolicyWireCase(
      title: "no kind of request", bytes: without("request"), outcome: .closed([]),
      reference: .differs(.open([]), because: "it logs it and leaves smtpd waiting for its timeout")),
    PolicyWireCase(
      title: "an empty request", bytes: [0x0A], outcome: .closed([]),
      reference: .differs(.open([]), because: "it logs it and leaves smtpd waiting for its timeout")),
  ]

  private static let lines =
    [
      PolicyWireCase(
        title: "CRLF", bytes: PolicyQuestion.bytes(question.lines, end: "\r\n"), outcome: .open([greylisted])),
      PolicyWireCase(
        title: "attributes in another order", bytes: changed { $0.reverse() }, outcome: .open([greylisted])),
      PolicyWireCase(
        title: "attributes of a Postfix to come",
        bytes: changed { $0.insert(contentsOf: ["colour=blue", "=nothing", "tls_sni=a.example"], at: 3) },
        outcome: .open([greylisted])),
      PolicyWireCase(
        title: "lines that are none", bytes: changed { $0.insert(contentsOf: ["hello", " "], at: 1) },
        outcome: .open([greylisted])),
      PolicyWireCase(
        title: "the last of two values counts", bytes: changed { $0.append("recipient=v@other.example") },
        outcome: .open([greylisted(at: "other.example")])),
      PolicyWireCase(
        title: "no etrn_domain, no status code", bytes: without("etrn_domain"),
        outcome: .open([greylisted.replacing("4.2.0 ", with: "")])),
      PolicyWireCase(
        title: "what Exim's manual sends",
        bytes: PolicyQuestion.bytes([
          "request=smtpd_access_policy", "protocol_state=RCPT", "protocol_name=SMTP", "helo_name=mx.example",
          "client_address=192.0.2.77", "client_name=mx.example", "sender=a@b.example",
          "recipient=u@lab.example", "instance=1",
        ]), outcome: .open([greylisted.replacing("4.2.0 ", with: "")])),
    ]
    + ["client_address", "client_name", "sender", "recipient"].map {
      PolicyWireCase(title: "no \($0)", bytes: without($0), outcome: .open(["DUNNO"]))
    }

  private static let values = [
    PolicyWireCase(
      title: "the null sender", bytes: PolicyQuestion(sender: "").bytes, outcome: .open([greylisted])),
    PolicyWireCase(
      title: "a value with = and blanks", bytes: PolicyQuestion(sender: "a=b c @d.example ").bytes,
      outcome: .open([greylisted])),
    PolicyWireCase(
      title: "a value that is no UTF-8",
      bytes: changed { $0[10] = "sender=" }.replacing(
        "sender=\n".utf8, with: Array("sender=".utf8) + [0xFF, 0xFE, 0x0A], maxReplacements: 1),
      outcome: .open([greylisted])),
    PolicyWireCase(
      title: "a recipient without a domain", bytes: PolicyQuestion(recipient: "postmistress").bytes,
      outcome: .open([greylisted(at: "postmistress")])),
    PolicyWireCase(
      title: "% in a recipient", bytes: PolicyQuestion(recipient: "u@%s.%r.example").bytes,
      outcome: .open([greylisted(at: "%s.%r.example")])),
    PolicyWireCase(
      title: "values of two KiB",
      bytes: PolicyQuestion(sender: long(2048), recipient: "\(long(2030))@lab.example").bytes,
      outcome: .open([greylist + shownText(at: long(512))]),
      reference: .differs(
        .open([greylisted(at: long(512))]), because: "it leaves it to Postfix to cut the reply at 510 bytes")),
    PolicyWireCase(
      title: "an address of IPv6", bytes: PolicyQuestion(client: "2001:db8::25").bytes,
      outcome: .open([greylisted])),
    PolicyWireCase(
      title: "an address that is none", bytes: PolicyQuestion(client: "unknown").bytes,
      outcome: .open(["DUNNO"]),
      reference: .notAsked(because: "it ends: Can't call method \"within\" on an undefined value")),
    PolicyWireCase(
      title: "a login", bytes: PolicyQuestion(login: "alice").bytes, outcome: .open(["DUNNO"]),
      reference: .differs(.open([greylisted]), because: "it doesn't look who is logged in")),
  ]

  private static let ends = [
    PolicyWireCase(
      title: "half-closed after a request", bytes: question.bytes, ending: .halfCloses,
      outcome: .closed([greylisted])),
    PolicyWireCase(
      title: "half-closed after two requests", bytes: question.bytes + question.bytes, ending: .halfCloses,
      outcome: .closed([greylisted, greylisted])),
    PolicyWireCase(title: "half-closed at once", bytes: [], ending: .halfCloses, outcome: .closed([])),
    PolicyWireCase(
      title: "half-closed in a request", bytes: Array(question.bytes.prefix(100)), ending: .halfCloses,
      outcome: .closed([])),
    PolicyWireCase(
      title: "64 KiB", bytes: ofLength(65_536), outcome: .open([greylisted])),
    PolicyWireCase(
      title: "a byte more", bytes: ofLength(65_537), outcome: .closed([]),
      reference: .differs(.open([greylisted]), because: "it takes whatever its memory holds")),
    PolicyWireCase(
      title: "64 KiB without the end of a line", bytes: Array(repeating: 0x61, count: 65_536),
      outcome: .closed([]), reference: .notAsked(because: "it waits for the end of the line")),
  ]

  private static func long(_ count: Int) -> String { String(repeating: "a", count: count) }

  /// A request of this many bytes in all.
  private static func ofLength(_ count: Int) -> [UInt8] {
    let padding = "padding="
    return changed { $0.append(padding + long(count - question.bytes.count - padding.utf8.count - 1)) }
  }
}
