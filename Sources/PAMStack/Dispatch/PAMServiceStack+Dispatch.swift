extension PAMServiceStack {
  /// What libpam's dispatcher makes of the modules' return codes, by the rules of pam.conf(5).
  ///
  /// - Parameters:
  ///   - phase: whose stack is run.
  ///   - answer: what a module returns.
  /// - Returns: the stack's result; *permission denied* when no module has said anything.
  func result(
    of phase: PAMPhase, answer: (PAMModuleLine) -> PAMReturnCode
  ) -> PAMReturnCode {
    let steps = steps[phase, default: []]
    var memory = Impression()
    // What each level's `reset` goes back to: the memory when its substack began.
    var beginnings = [Impression()]
    var index = 0
    while index < steps.count {
      let step = steps[index]
      beginnings.removeLast(max(0, beginnings.count - step.level - 1))
      index += 1
      guard case .module(let line) = step.kind else {
        beginnings.append(memory)
        continue
      }
      let code = answer(line)
      switch line.control[code] {
      case .ignore: break
      case .reset: memory = beginnings[step.level]
      case .ok: memory.accept(code)
      case .done:
        memory.accept(code)
        if memory.mood == .positive { index = end(of: steps, from: index, level: step.level) }
      case .bad: memory.reject(code)
      case .die:
        memory.reject(code)
        index = end(of: steps, from: index, level: step.level)
      case .jump(let count):
        guard let target = jump(over: count, in: steps, from: index, level: step.level) else {
          memory = .spoilt
          index = end(of: steps, from: index, level: step.level)
          continue
        }
        index = target
      }
    }
    return memory.result
  }

  /// The first step after the (sub)stack of `level`.
  private func end(of steps: [Step], from index: Int, level: Int) -> Int {
    steps[index...].firstIndex { $0.level < level } ?? steps.count
  }

  /// The step after `count` modules, a substack with all its modules being one; nil when there are fewer.
  private func jump(over count: Int, in steps: [Step], from index: Int, level: Int) -> Int? {
    var index = index
    for _ in 0..<count {
      guard index < steps.count, steps[index].level >= level else { return nil }
      index += 1
      while index < steps.count, steps[index].level > level { index += 1 }
    }
    return index
  }
}

/// What the dispatcher remembers between modules.
private struct Impression {
  enum Mood { case none, positive, negative }

  /// What a jump over more modules than there are leaves, whatever was remembered before.
  static let spoilt = Impression(mood: .negative)

  private(set) var mood = Mood.none
  private var code = PAMReturnCode.permissionDenied

  mutating func accept(_ code: PAMReturnCode) {
    guard mood == .none || (mood == .positive && self.code == .success) else { return }
    mood = .positive
    self.code = code
  }

  /// The first rejection counts.
  mutating func reject(_ code: PAMReturnCode) {
    guard mood != .negative else { return }
    mood = .negative
    self.code = code == .ignore ? .permissionDenied : code
  }

  var result: PAMReturnCode { code == .success && mood != .positive ? .permissionDenied : code }
}
