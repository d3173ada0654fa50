import CAres
import EventLoop
import MailTypes

/// One name server, as c-ares talks to it: over UDP, and over TCP when an answer doesn't fit.
///
/// Each question is sent once; whoever asks decides what to do when nothing comes. c-ares drops what isn't the answer
/// to a question that it sent, by the sender's address, by id and by question. It closes the socket when nothing is in
/// flight, so that in quiet times each question brings a new port.
final class NameServerChannel {
  private let loop: EventLoop
  private let channel: ares_channel
  private let sockets: SocketWatches
  private let tick: Duration
  private var isTicking = false
  private var inFlight = 0
  /// Questions that are over, as c-ares reports from inside its own functions, where it must not be asked again.
  private var finished: [Inquiry] = []
  private var isReporting = false

  init(_ server: ServerAddress, timeout: Duration, loop: EventLoop) throws(ResolverError) {
    self.loop = loop
    tick = max(timeout / 16, .milliseconds(1))
    sockets = SocketWatches(loop: loop)
    channel = try Ares.open(timeout: max(timeout, .milliseconds(1)), sockets: sockets)
    // From here on the end of this object is that of the channel.
    try Ares.set(server, of: channel)
    sockets.ready = { [weak self] number, readiness in self?.process(number, readiness) }
  }

  deinit { ares_destroy(channel) }

  /// Sends an inquiry's question; the inquiry gets its `reading` and is told so, in the loop.
  func ask(_ inquiry: Inquiry) {
    inFlight += 1
    inquiry.channel = self
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
    if !finished.isEmpty, !isReporting { loop.schedule(after: .zero) { [self] in report() } }
  }

  private func finish(_ inquiry: Inquiry, _ status: Int32, _ reply: UnsafeBufferPointer<UInt8>) {
    inFlight -= 1
    inquiry.channel = nil
    inquiry.reading =
      reply.isEmpty
      ? .answer(Ares.failure(status), lifetime: 0)
      : AnswerReader.read(reply.span, to: inquiry.asked, aliases: inquiry.aliases)
    finished.append(inquiry)
  }

  private func process(_ number: Int32, _ readiness: Readiness) {
    // An error is found by whoever reads.
    let reads = !readiness.isDisjoint(with: [.readable, .failed, .hungUp])
    ares_process_fd(channel, reads ? number : -1, readiness.contains(.writable) ? number : -1)
    report()
  }

  private func report() {
    guard !isReporting else { return }
    isReporting = true
    defer { isReporting = false }
    var next = 0
    // Whoever is told may ask again, and some questions are over at once.
    while next < finished.count {
      let inquiry = finished[next]
      next += 1
      inquiry.resolver.take(inquiry)
    }
    finished.removeAll(keepingCapacity: true)
  }

  // MARK: Time

  /// While questions are in flight, c-ares looks a few times during each timeout whether theirs is over.
  private func startTicking() {
    if isTicking || inFlight == 0 { return }
    isTicking = true
    loop.schedule(after: tick) { [weak self] in
      guard let self else { return }
      isTicking = false
      ares_process_fd(channel, -1, -1)
      report()
      startTicking()
    }
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
