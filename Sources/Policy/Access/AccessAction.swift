import MailTypes

/// What a result of an access table means: access(5)'s actions.
package enum AccessAction: Equatable, Sendable {
  case dunno
  /// `OK`, `RELAY`, and digits alone.
  case permit
  case refuse(Code, EnhancedStatus, ReplyText)
  case deferIfPermit(EnhancedStatus, ReplyText)
  case deferIfReject(EnhancedStatus, ReplyText)
  /// Accepts and throws away; stops every list.
  case discard(ReplyText?)
  /// Something happens to the message, and the list goes on.
  case effect(PolicyAction)
  case restrictions([Restriction])

  /// Where a code comes from.
  package enum Code: Equatable, Sendable {
    /// `access_map_reject_code`.
    case reject
    /// `access_map_defer_code`.
    case `defer`
    case fixed(StatusCode)
  }

  /// Why a result is none.
  package enum Fault: Error, Equatable, Sendable, CustomStringConvertible {
    case empty
    case table(String)
    case argument(String, needs: String)
    case unsupported(String)
    case restriction(String)

    package var description: String {
      switch self {
      case .empty: "the result is empty, which Postfix takes for OK"
      case .table(let value):
        "\(value): a result can't name a table; put the restriction in a list under [lists], and name that"
      case .argument(let command, let needs): "\(command) needs \(needs)"
      case .unsupported(let command): "\(command) can't be used here"
      case .restriction(let message): message
      }
    }
  }

  /// Reads a result.
  ///
  /// - Parameters:
  ///   - value: as the table has it.
  ///   - parser: reads restrictions, and knows the lists that it may name.
  /// - Throws: why it is none.
  package init(_ value: [UInt8], by parser: RestrictionParser) throws(Fault) {
    let word = value.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    let text = value.dropFirst(word.count).drop(while: ListWords.isBlank)
    let name = String(decoding: word, as: UTF8.self).uppercased()
    if value.isEmpty { throw .empty }
    if let action = try Self.command(name, text) {
      self = action
    } else if value.allSatisfy(\.isASCIIDigit) {
      self = .permit
    } else if let action = Self.coded(word, text) {
      self = action
    } else if value.contains(UInt8(ascii: ":")) {
      throw .table(value.prefix(100).repairedText)
    } else {
      self = .restrictions(try Self.restrictions(value, parser))
    }
  }

  private static func command(_ name: String, _ text: ArraySlice<UInt8>) throws(Fault) -> AccessAction? {
    switch name {
    case "DUNNO": return .dunno
    case "OK", "RELAY": return .permit
    case "REJECT":
      let (status, text) = split(text, EnhancedStatus(5, 7, 1), denied)
      return .refuse(.reject, status, text)
    case "DEFER":
      let (status, text) = split(text, EnhancedStatus(4, 7, 1), denied)
      return .refuse(.defer, status, text)
    case "DEFER_IF_PERMIT":
      let (status, text) = split(text, EnhancedStatus(4, 7, 1), unavailable)
      return .deferIfPermit(status, text)
    case "DEFER_IF_REJECT":
      let (status, text) = split(text, EnhancedStatus(4, 7, 1), unavailable)
      return .deferIfReject(status, text)
    case "DISCARD": return .discard(ReplyText(text))
    case "HANGUP": throw .unsupported(name)
    case "INFO": return .effect(.info(ReplyText(text)))
    case "WARN": return .effect(.warn(ReplyText(text)))
    case "HOLD": return .effect(.hold(ReplyText(text)))
    default: return try withArgument(name, text)
    }
  }

  private static func withArgument(_ name: String, _ text: ArraySlice<UInt8>) throws(Fault) -> AccessAction? {
    let colon = UInt8(ascii: ":")
    let reply = ReplyText(text)
    switch name {
    case "FILTER":
      guard let reply, text.contains(colon) else { throw .argument(name, needs: "transport:destination") }
      return .effect(.filter(reply))
    case "REDIRECT", "BCC":
      guard let reply, text.contains(UInt8(ascii: "@")) else { throw .argument(name, needs: "user@domain") }
      return .effect(name == "BCC" ? .bcc(reply) : .redirect(reply))
    case "PREPEND":
      let header = text.prefix { $0 != colon }
      guard let reply, !header.isEmpty, header.count < text.count,
        header.allSatisfy({ (0x21...0x7E).contains($0) })
      else { throw .argument(name, needs: "a header, name: value") }
      return .effect(.prepend(reply))
    default: return nil
    }
  }

  /// `4NN text` and `5NN text`.
  private static func coded(_ word: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> AccessAction? {
    guard word.count == 3, word.allSatisfy(\.isASCIIDigit), !text.isEmpty,
      let code = StatusCode(word.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
    else { return nil }
    let (status, reply) = split(text, EnhancedStatus(code.value / 100, 7, 1), denied)
    return .refuse(.fixed(code), status, reply)
  }

  private static func restrictions(
    _ value: [UInt8], _ parser: RestrictionParser
  ) throws(Fault) -> [Restriction] {
    let list = ListName("result")
    let reading = parser.read([value.repairedText], list: list)
    if let fault = reading.faults.first {
      throw .restriction(fault.message)
    }
    if reading.steps.isEmpty { throw .empty }
    return reading.steps.map(\.restriction)
  }

  static func split(
    _ text: ArraySlice<UInt8>, _ status: EnhancedStatus, _ usual: ReplyText
  ) -> (EnhancedStatus, ReplyText) {
    guard let (given, rest) = EnhancedStatus.split(text) else { return (status, ReplyText(text) ?? usual) }
    return (given, ReplyText(rest) ?? usual)
  }

  static let denied = ReplyText(literal: "Access denied")
  static let unavailable = ReplyText(literal: "Service unavailable")
}

extension ReplyText {
  /// A text of our own, which is one.
  init(literal: StaticString) {
    guard let text = ReplyText("\(literal)") else { preconditionFailure("\(literal) is no text") }
    self = text
  }
}
