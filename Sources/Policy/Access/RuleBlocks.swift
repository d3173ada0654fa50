/// Rules in the order of their file, with `if … endif` around some of them.
struct RuleBlocks<Condition: Sendable, Value: Sendable>: Sendable {
  enum Rule: Sendable {
    case match(Condition, Value, line: Int)
    /// Where to go on when it isn't so: after its `endif`.
    case block(Condition, end: Int)
  }

  private(set) var rules: [Rule] = []
  private var open: [(index: Int, line: Int)] = []

  mutating func append(_ condition: Condition, _ value: Value, line: Int) {
    rules.append(.match(condition, value, line: line))
  }

  mutating func beginIf(_ condition: Condition, line: Int) {
    open.append((rules.count, line))
    rules.append(.block(condition, end: 0))
  }

  mutating func endIf(line: Int) throws(TableFault) {
    guard let (index, _) = open.popLast(), case .block(let condition, _) = rules[index] else {
      throw TableFault(line: line, reason: .endifWithoutIf)
    }
    rules[index] = .block(condition, end: rules.count)
  }

  func checkEnd() throws(TableFault) {
    if let last = open.last { throw TableFault(line: last.line, reason: .ifWithoutEndif) }
  }

  /// What asking the rules comes to.
  enum Result {
    case found(Condition, Value)
    case missing
    case failed
  }

  /// Asks them in order.
  ///
  /// - Parameter holds: whether a condition is so; nil when nobody knows.
  /// - Returns: the first one that matches.
  func first(where holds: (Condition) -> Bool?) -> Result {
    var index = 0
    while index < rules.count {
      switch rules[index] {
      case .match(let condition, let value, _):
        guard let isSo = holds(condition) else { return .failed }
        if isSo { return .found(condition, value) }
        index += 1
      case .block(let condition, let end):
        guard let isSo = holds(condition) else { return .failed }
        index = isSo ? index + 1 : end
      }
    }
    return .missing
  }
}
