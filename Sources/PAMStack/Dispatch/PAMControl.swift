/// What a module's return code does to its stack: the second word of a line.
struct PAMControl: Equatable, Sendable {
  /// What happens to the stack.
  enum Action: Equatable, Sendable {
    case ignore
    case ok
    case done
    case bad
    case die
    case reset
    /// Passes over so many of the modules that follow.
    case jump(Int)
  }

  private let actions: [PAMReturnCode: Action]
  private let others: Action

  /// The action for what a module returned.
  subscript(code: PAMReturnCode) -> Action { actions[code] ?? others }

  static let required = PAMControl(
    actions: [.success: .ok, .newTokenRequired: .ok, .ignore: .ignore], others: .bad)
  static let requisite = PAMControl(
    actions: [.success: .ok, .newTokenRequired: .ok, .ignore: .ignore], others: .die)
  static let sufficient = PAMControl(actions: [.success: .done, .newTokenRequired: .done], others: .ignore)
  static let optional = PAMControl(actions: [.success: .ok, .newTokenRequired: .ok], others: .ignore)

  private init(actions: [PAMReturnCode: Action], others: Action) {
    self.actions = actions
    self.others = others
  }

  /// Reads `required` and its like, in any case, or what stands between brackets.
  ///
  /// - Throws: what is wrong with it.
  init(_ token: PAMToken) throws(PAMControlError) {
    switch token {
    case .word(let word): self = try Self.named(word)
    case .bracketed(let text): self = try Self.bracketed(text)
    }
  }

  private static func named(_ word: String) throws(PAMControlError) -> PAMControl {
    switch word.lowercased() {
    case "required": return .required
    case "requisite": return .requisite
    case "sufficient": return .sufficient
    case "optional": return .optional
    default:
      throw PAMControlError(reason: "\(word) is no control such as required or [success=1 default=ignore]")
    }
  }

  private static func bracketed(_ text: String) throws(PAMControlError) -> PAMControl {
    var actions: [PAMReturnCode: Action] = [:]
    // libpam's own default when the line names none.
    var others = Action.bad
    for pair in text.split(whereSeparator: \.isWhitespace) {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let action = Action(parts[1]) else {
        throw PAMControlError(reason: "\(pair) is no VALUE=ACTION with an action such as ok, ignore or 1")
      }
      if parts[0] == "default" {
        others = action
      } else if let code = PAMReturnCode(rawValue: String(parts[0])) {
        actions[code] = action
      } else {
        throw PAMControlError(reason: "libpam has no return value \(parts[0])")
      }
    }
    return PAMControl(actions: actions, others: others)
  }
}

/// Why a control can't be read.
struct PAMControlError: Error, Equatable {
  let reason: String
}

extension PAMControl.Action {
  fileprivate init?(_ word: Substring) {
    switch word {
    case "ignore": self = .ignore
    case "ok": self = .ok
    case "done": self = .done
    case "bad": self = .bad
    case "die": self = .die
    case "reset": self = .reset
    default:
      guard let count = Int(word), (1...1000).contains(count) else { return nil }
      self = .jump(count)
    }
  }
}
