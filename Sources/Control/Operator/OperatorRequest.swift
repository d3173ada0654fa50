/// What the operator's tool asks a service: one line, answered by lines and the end of the connection.
package enum OperatorRequest: Equatable, Sendable {
  case status
  /// Forget the accepted logins that are remembered: all, or one login's. Answered by `forgotten=NUMBER`.
  case flushCache(login: String?)
  /// Read the configuration again. Answered by `reload=in_force` or `reload=refused` when that is over.
  case reload
  /// Stop the daemon. The connection's end is the answer.
  case stop
  /// About the greylist. Answered by `ControlLine`s.
  case greylist(GreylistRequest)
  /// About decisions, past or possible. Answered by `ControlLine`s.
  case decisions(DecisionRequest)

  /// The longest line that a service reads, bytes: three arguments of 512 bytes, each of them percent-encoded.
  package static let longest = 5 << 10

  /// Only root may ask for what changes anything.
  package var changesSomething: Bool {
    switch self {
    case .status, .decisions: false
    case .flushCache, .reload, .stop: true
    case .greylist(let request): request.changesSomething
    }
  }

  /// The line with its end.
  package var line: String {
    switch self {
    case .status: "status\n"
    case .flushCache(nil): "cache-flush\n"
    case .flushCache(let login?): "cache-flush \(login)\n"
    case .reload: "reload\n"
    case .stop: "stop\n"
    case .greylist(let request): request.line.line
    case .decisions(let request): request.line.line
    }
  }

  /// Nil for what isn't a request; `line` comes without its end.
  package init?(line: String) {
    if line.hasPrefix(GreylistRequest.prefix) {
      guard let request = ControlLine(line: line).flatMap({ GreylistRequest($0) }) else { return nil }
      self = .greylist(request)
      return
    }
    if line.hasPrefix(DecisionRequest.prefix) {
      guard let request = ControlLine(line: line).flatMap({ DecisionRequest($0) }) else { return nil }
      self = .decisions(request)
      return
    }
    let words = line.split(separator: " ", maxSplits: 1)
    switch (words.first, words.count > 1 ? String(words[1]) : nil) {
    case ("status", nil): self = .status
    case ("cache-flush", let login): self = .flushCache(login: login)
    case ("reload", nil): self = .reload
    case ("stop", nil): self = .stop
    default: return nil
    }
  }
}
