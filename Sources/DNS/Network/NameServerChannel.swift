import CAres
import EventLoop
import MailTypes

/// One name server, as c-ares talks to it: over UDP, and over TCP when an answer doesn't fit.
///
/// Each question is sent once; whoever asks decides what to do when nothing comes. c-ares drops what isn't the answer
/// to a question that it sent, by the sender's address, by id and by question. It closes the socket when nothing is in
/// flight, so that in quiet times each question brings a new port.
///
/// What one burst brings waits here: a server's socket holds some 270 datagrams, and what it drops costs a timeout.
final class NameServerChannel {
  /// How many questions may have been sent lately without an answer.
  private static let window = 128
  /// What was sent before two of these is no burst any more, and holds nobody up.
  private static let breath: Duration = .milliseconds(10)

  private let loop: EventLoop
  private let channel: ares_channel
  private let sockets: SocketWatches
  private let tick: Duration
  private var ticking: TimerToken?
  private var inFlight = 0
  /// How often the server has said something, and if only that it can't help.
  private(set) var replies = 0
  /// Questions that are over, as c-ares reports from inside its own functions, where it must not be asked again.
  private var finished: [Inquiry] = []
  private var waiting = WaitingLine()
  /// Counts breaths, while anybody waits; how many questions of this one and the one before have no answer.
  private var breathCount = 0
  private var unanswered = (now: 0, before: 0)
  private var breathing: TimerToken?
  private var isReporting = false

  init(_ server: ServerAddress, timeout: Duration, loop: EventLoop) throws(ResolverError) {
    self.loop = loop
    tick = max(timeout / 16, .milliseconds(1))
    sockets = SocketWatches(loop: loop)
    channel = try Ares.open(timeout: max(timeout, .milliseconds(1)), sockets: sockets)
    // From here on the end of this object is that of the channel.
    try Ares.set(server, of: channel)
    // Not weak: counting references to what somebody refers to weakly takes several times as long.
    sockets.ready = { [unowned self] number, readiness in process(number, readiness) }
  }

  /// Closes the sockets, too, and so ends their watches.
  deinit {
    for timer in [ticking, breathing] { if let timer { loop.cancel(timer) } }
    ares_destroy(channel)
  }

  /// Sends an inquiry's question; the inquiry gets its `reading` and is told so, in the loop.
  func ask(_ inquiry: Inquiry) {
    guard waiting.isEmpty, unanswered.now + unanswered.before < Self.window else {
      waiting.append(inquiry)
      if breathing == nil { breathe() }
      return
    }
    send(inquiry)
    if !finished.isEmpty, !isReporting { loop.schedule(after: .zero) { [self] in report() } }
  }

  private func send(_ inquiry: Inquiry) {
    inFlight += 1
    unanswered.now += 1
    inquiry.channel = self
    inquiry.breath = breathCount
    inquiry.repliesBefore = replies
    let context = Unmanaged.passRetained(inquiry).toOpaque()
    Self.withText(of: inquiry.asked.name) { name in
      ares_query(
        channel, name, 1, Int32(inquiry.asked.type.rawValue),
        { context, status, _, reply, count in
          guard let context else { return }
          let inquiry = Unmanaged<Inquiry>.fromOpaque(context).takeRetainedValue()
          inquiry.channel?.finish(inquiry, status, UnsafeBufferPointer(start: reply, count: Int(count)))
        }, context)
    }
    startTicking()
  }

  private func sendWaiting() {
    while unanswered.now + unanswered.before < Self.window, let inquiry = waiting.popFirst() { send(inquiry) }
  }

  private func finish(_ inquiry: Inquiry, _ status: Int32, _ reply: UnsafeBufferPointer<UInt8>) {
    inFlight -= 1
    if inquiry.breath == breathCount { unanswered.now -= 1 }
    if inquiry.breath == breathCount - 1 { unanswered.before -= 1 }
    inquiry.channel = nil
    if reply.isEmpty {
      inquiry.reading = .answer(Ares.failure(status), lifetime: 0)
    } else {
      replies += 1
      inquiry.reading = AnswerReader.read(reply.span, to: inquiry.asked, aliases: inquiry.aliases)
    }
    finished.append(inquiry)
  }

  private func process(_ number: Int32, _ readiness: Readiness) {
    // An error is found by whoever reads.
    let reads = !readiness.isDisjoint(with: [.readable, .failed, .hungUp])
    ares_process_fd(channel, reads ? number : -1, readiness.contains(.writable) ? number : -1)
    report()
  }

  private func report() {
    if isReporting { return }
    isReporting = true
    defer { isReporting = false }
    // Whoever is told may ask again, and some questions are over at once.
    repeat {
      var next = 0
      while next < finished.count {
        let inquiry = finished[next]
        next += 1
        inquiry.resolver.take(inquiry)
      }
      finished.removeAll(keepingCapacity: true)
      sendWaiting()
    } while !finished.isEmpty
  }

  // MARK: Time

  /// While questions are in flight, c-ares looks a few times during each timeout whether theirs is over.
  private func startTicking() {
    if ticking != nil || inFlight == 0 { return }
    // One call: this may be the last that anybody refers to when it has reported.
    ticking = loop.schedule(after: tick) { [unowned self] in processTimeouts() }
  }

  private func processTimeouts() {
    ticking = nil
    ares_process_fd(channel, -1, -1)
    report()
    startTicking()
  }

  /// As long as anybody waits; what was sent a breath before the last one is forgotten.
  private func breathe() {
    breathing = loop.schedule(after: Self.breath) { [unowned self] in takeBreath() }
  }

  private func takeBreath() {
    breathCount += 1
    unanswered = (now: 0, before: unanswered.now)
    breathing = nil
    sendWaiting()
    if !waiting.isEmpty { breathe() }
    report()
  }

  // MARK: Names

  /// The name as c-ares takes it: a backslash stands before itself.
  private static func withText<Result>(
    of name: DomainName, _ body: (UnsafePointer<CChar>?) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 2 * DomainName.longest + 2) { text in
      var count = 0
      func add(_ byte: UInt8) {
        text[count] = CChar(bitPattern: byte)
        count += 1
      }
      for byte in name.bytes {
        if byte == UInt8(ascii: "\\") { add(byte) }
        add(byte)
      }
      if name.isRoot { add(UInt8(ascii: ".")) }
      add(0)
      return body(text.baseAddress)
    }
  }
}
