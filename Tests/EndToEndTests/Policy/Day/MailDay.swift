import TestKit

/// The mail of a day, made up from a seed.
struct MailDay {
  /// 2026-03-02, midnight, UTC.
  static let midnight: Int64 = 1_772_409_600

  /// A message that a server tries to deliver, to those who haven't taken it yet.
  struct Attempt: Sendable {
    var at: Int64
    var server: MailServer
    var sender: String
    var recipients: [String]
    var tries = 0
  }

  private var generator: SeededGenerator
  /// Sorted, the last one comes first.
  private var waiting: [Attempt] = []
  private var instances = 0

  init(seed: UInt64, messages: Int) {
    generator = SeededGenerator(seed: seed)
    let servers = MailServer.all(&generator)
    for _ in 0..<messages {
      let draw = Int.random(in: 0..<100, using: &generator)
      switch draw {
      case ..<35: add(MailServer.stranger(&generator))
      case ..<42: add(MailServer.classes[draw % MailServer.classes.count])
      default: add(servers[Int.random(in: 0..<servers.count, using: &generator)])
      }
    }
    waiting.sort { $0.at > $1.at }
  }

  private mutating func add(_ server: MailServer) {
    let count = [1, 1, 1, 2, 3][Int.random(in: 0..<5, using: &generator)]
    waiting.append(
      Attempt(
        at: Self.midnight + Int64.random(in: 0..<86_400, using: &generator), server: server,
        sender: sender(), recipients: (0..<count).map { _ in recipient(for: server) }))
  }

  /// What comes next, and the requests that it makes.
  mutating func next() -> (attempt: Attempt, questions: [PolicyQuestion])? {
    guard let attempt = waiting.popLast() else { return nil }
    instances += 1
    let address = attempt.server.addresses[
      Int.random(in: 0..<attempt.server.addresses.count, using: &generator)]
    let questions = attempt.recipients.enumerated().map { number, recipient in
      PolicyQuestion(
        client: address, name: attempt.server.name, sender: attempt.sender, recipient: recipient,
        // Postfix has one from the second recipient on.
        queueID: number == 0 ? "" : "4F\(instances)", instance: "1a.\(instances).0",
        login: attempt.server.wanted == .login ? "alice" : "")
    }
    return (attempt, questions)
  }

  /// The server comes again for those recipients, if it is one that does.
  mutating func putOff(_ attempt: Attempt, for recipients: [String]) {
    guard !recipients.isEmpty, attempt.tries < attempt.server.waits.count else { return }
    var next = attempt
    next.recipients = recipients
    next.at += attempt.server.waits[attempt.tries]
    next.tries += 1
    let place = waiting.firstIndex { $0.at <= next.at } ?? waiting.endIndex
    waiting.insert(next, at: place)
  }

  private mutating func sender() -> String {
    let number = Int.random(in: 0..<40, using: &generator)
    switch Int.random(in: 0..<9, using: &generator) {
    case 0: return ""
    case 1: return "list-\(number)-u=lab.example@lists.example"
    case 2: return "news+\(number)@shop.example"
    case 3: return "prvs=\(1_000_000_000 + number)=carol@batv.example"
    case 4: return "Dave.\(number % 3)@Mixed.Example"
    case 5: return "bounce\(number)@shop.example"
    default: return "user\(["a", "b", "c", "d", "e"][number % 5])@sender.example"
    }
  }

  private mutating func recipient(for server: MailServer) -> String {
    let number = Int.random(in: 0..<12, using: &generator)
    if server.wanted == .text { return "u@\(String(repeating: "long.", count: 110))example" }
    switch number {
    case 0: return "postmaster@lab.example"
    case 1: return "U1@LAB.example"
    case 2: return "u+tag@lab.example"
    default: return "u\(number % 6)@lab.example"
    }
  }
}
