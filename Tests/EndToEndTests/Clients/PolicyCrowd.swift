/// Connections over all of which questions are asked without a pause, each once.
struct PolicyCrowd {
  private final class Member {
    let client: PolicyClient
    /// On their way, the oldest first.
    var asked: [PolicyQuestion] = []
    init(_ path: String) throws { client = try PolicyClient(path) }
  }

  private let members: [Member]
  /// How many questions of one connection are under way.
  private let depth: Int
  private var questions: any IteratorProtocol<PolicyQuestion>
  /// Every question with its answer.
  private(set) var answers: [(question: PolicyQuestion, reply: String)] = []

  /// Connects.
  ///
  /// - Parameters:
  ///   - count: how many connections there are.
  ///   - path: the service's socket.
  ///   - depth: how many questions one of them asks before it waits for an answer.
  ///   - questions: what is asked; without an end, or until all are answered.
  /// - Throws: when a connection can't be made.
  init(
    of count: Int, at path: String, depth: Int = 1, asking questions: some Sequence<PolicyQuestion>
  ) throws {
    members = try (0..<count).map { _ in try Member(path) }
    self.depth = depth
    self.questions = questions.makeIterator()
  }

  /// Takes the answers that have come, and asks on.
  mutating func goOn() {
    for member in members {
      take(from: member)
      while member.asked.count < depth, let question = questions.next() {
        member.asked.append(question)
        let bytes = question.bytes
        precondition(member.client.push(bytes[...]) == bytes.count, "a socket holds what is under way")
      }
    }
  }

  /// Takes the answers that were given before the service was gone.
  mutating func takeLast() async throws {
    for member in members {
      _ = try await member.client.closed()
      take(from: member)
    }
  }

  private mutating func take(from member: Member) {
    let replies = member.client.takeReplies()
    answers += zip(member.asked, replies).map { (question: $0, reply: $1) }
    member.asked.removeFirst(min(replies.count, member.asked.count))
  }
}
