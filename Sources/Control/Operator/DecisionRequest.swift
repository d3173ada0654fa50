/// What `postern explain` and `postern history` ask a service.
package enum DecisionRequest: Equatable, Sendable {
  /// What a list would say of this, without changing anything.
  case explain(Dialogue)
  /// What was decided, newest last.
  case history(Filter)

  /// What an SMTP client says up to RCPT.
  package struct Dialogue: Equatable, Sendable {
    /// The listener's.
    package var list: String
    package var address: [UInt8]
    package var name: [UInt8]
    package var helo: [UInt8]
    /// Nil for who isn't logged in.
    package var login: [UInt8]?
    package var sender: [UInt8]
    package var recipient: [UInt8]

    package init(
      list: String, address: [UInt8], name: [UInt8], helo: [UInt8], login: [UInt8]?, sender: [UInt8],
      recipient: [UInt8]
    ) {
      self.list = list
      self.address = address
      self.name = name
      self.helo = helo
      self.login = login
      self.sender = sender
      self.recipient = recipient
    }
  }

  /// Decisions with all that is named.
  package struct Filter: Equatable, Sendable {
    package var login: [UInt8]?
    package var client: [UInt8]?
    package var sender: [UInt8]?
    package var recipient: [UInt8]?
    /// As the log has it; then the whole trace is told.
    package var id: [UInt8]?
    /// Of the last so many seconds.
    package var since: Int64?
    /// The newest so many.
    package var limit: Int

    package init(limit: Int = 100) { self.limit = limit }
  }

  /// The longest argument, bytes.
  package static let longestArgument = 512
  /// How many decisions one answer may have.
  package static let limits = 1...1000
}

// MARK: On the wire

extension DecisionRequest {
  /// What its lines begin with.
  static let prefix = "decision-"

  var line: ControlLine {
    switch self {
    case .explain(let dialogue):
      var line = ControlLine(Self.prefix + "explain")
      line.add("list", Array(dialogue.list.utf8))
      line.add("address", dialogue.address)
      line.add("name", dialogue.name)
      line.add("helo", dialogue.helo)
      if let login = dialogue.login { line.add("login", login) }
      line.add("sender", dialogue.sender)
      line.add("recipient", dialogue.recipient)
      return line
    case .history(let filter):
      var line = ControlLine(Self.prefix + "history")
      let texts = [
        ("login", filter.login), ("client", filter.client), ("sender", filter.sender),
        ("recipient", filter.recipient), ("id", filter.id),
      ]
      for (name, text) in texts { if let text { line.add(name, text) } }
      if let since = filter.since { line.add("since", since) }
      line.add("limit", Int64(filter.limit))
      return line
    }
  }

  /// Nil for what isn't one, or has a value out of its bounds.
  init?(_ line: ControlLine) {
    let tooLong = line.fields.contains { field in
      if case .text(let text) = field.value { text.count > Self.longestArgument } else { false }
    }
    if tooLong { return nil }
    switch line.kind {
    case "decision-explain":
      guard let list = line.text("list"), let address = line.text("address"), let name = line.text("name"),
        let helo = line.text("helo"), let sender = line.text("sender"),
        let recipient = line.text("recipient")
      else { return nil }
      self = .explain(
        Dialogue(
          list: String(decoding: list, as: UTF8.self), address: address, name: name, helo: helo,
          login: line.text("login"), sender: sender, recipient: recipient))
    case "decision-history":
      guard let limit = line.number("limit").map(Int.init), Self.limits.contains(limit) else { return nil }
      // A time to come could be too far off to be counted.
      if let since = line.number("since"), since < 0 { return nil }
      var filter = Filter(limit: limit)
      filter.login = line.text("login")
      filter.client = line.text("client")
      filter.sender = line.text("sender")
      filter.recipient = line.text("recipient")
      filter.id = line.text("id")
      filter.since = line.number("since")
      self = .history(filter)
    default: return nil
    }
    // Nothing that is asked for is passed over.
    guard self.line == line else { return nil }
  }
}
