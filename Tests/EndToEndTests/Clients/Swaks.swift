/// One session of swaks, the SMTP client that administrators try things with.
struct Swaks {
  /// A line of the dialogue.
  struct Line: Equatable {
    enum Side: Equatable { case client, server }
    var side: Side
    var text: String
  }

  var status: Int32
  var lines: [Line]

  /// Who sends a message to whom, and, with XCLIENT, from where.
  struct Message: Sendable {
    var from = "someone@remote.example"
    var to = "friend@elsewhere.example"
    /// Nil: from this host.
    var client: (name: String, address: String)?

    fileprivate var flags: [String] {
      ["--from", from, "--to", to]
        + (client.map { ["--xclient-name", $0.name, "--xclient-addr", $0.address] } ?? [])
    }
  }

  /// Sends one message, without more said from a stranger to a domain elsewhere; without a SASL method there is
  /// no login.
  static func send(
    _ message: Message = Message(), to listener: PrivatePostfix.Listener, method: String? = nil,
    login: String = "", password: String = ""
  ) async throws -> Swaks {
    let authentication =
      method.map { ["--auth", $0, "--auth-user", login, "--auth-password", password] } ?? []
    let finished = try await run(
      "swaks",
      [
        "--server", listener.address, "--port", "\(listener.port)", "--ehlo", "laptop.example",
      ] + message.flags + authentication)
    return Swaks(status: finished.status, lines: finished.output.split(separator: "\n").compactMap(line))
  }

  /// The marks of swaks: ` -> ` sent, `<-  ` received, `<** ` received and not what was hoped for.
  private static func line(_ text: Substring) -> Line? {
    let rest = String(text.dropFirst(4))
    switch text.prefix(3) {
    case " ->", " ~>": return Line(side: .client, text: rest)
    case "<- ", "<**", "<~ ": return Line(side: .server, text: rest)
    default: return nil
    }
  }

  var replies: [String] { lines.filter { $0.side == .server }.map(\.text) }

  /// The answer to the login: the first that ends the dialogue which AUTH began.
  var loginReply: String? {
    guard let auth = lines.firstIndex(where: { $0.side == .client && $0.text.hasPrefix("AUTH ") }) else {
      return nil
    }
    return lines[auth...].first { $0.side == .server && !$0.text.hasPrefix("334") }?.text
  }

  /// The answer to RCPT TO.
  var recipientReply: String? {
    guard let rcpt = lines.firstIndex(where: { $0.side == .client && $0.text.hasPrefix("RCPT ") }) else {
      return nil
    }
    return lines[rcpt...].first { $0.side == .server }?.text
  }

  /// Whether Postfix took the message.
  var isQueued: Bool { replies.contains { $0.contains("queued as") } }
}
