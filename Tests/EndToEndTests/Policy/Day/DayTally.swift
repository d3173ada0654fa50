/// What a day came to.
struct DayTally {
  /// How often the real one gave each action.
  private(set) var actions: [String: Int] = [:]
  /// How often ours was another where that is wanted.
  private(set) var differences: [MailServer.Class: Int] = [:]
  /// The first few of all others.
  private(set) var unexpected: [String] = []

  mutating func count(
    _ expected: String, _ reply: String, _ question: PolicyQuestion, of server: MailServer
  ) {
    actions[String(expected.prefix { $0 != " " }), default: 0] += 1
    guard expected != reply else { return }
    if let wanted = server.wanted {
      differences[wanted, default: 0] += 1
    } else if unexpected.count < 10 {
      unexpected.append("\(question): \(expected), ours: \(reply)")
    }
  }
}
