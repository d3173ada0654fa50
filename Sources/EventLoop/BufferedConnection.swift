import Glibc
package import SystemCalls

/// A stream connection that keeps what has come and what couldn't be sent yet, both within limits.
///
/// The loop keeps it alive until it is closed. While the peer leaves answers unread, nothing more is read
/// from it: a peer that only sends is stopped by its own full socket, and ended by the deadline.
package final class BufferedConnection {
  /// How many bytes may wait in each direction.
  package struct Limits: Sendable {
    /// The longest message.
    package var inbound: Int
    /// The most that waits for a peer to read.
    package var outbound: Int

    package init(inbound: Int, outbound: Int) {
      self.inbound = inbound
      self.outbound = outbound
    }
  }

  /// Why a connection was closed.
  package enum Cause: Equatable, Sendable {
    /// `finish` or `close`.
    case owner
    /// The peer is gone.
    case peer
    case deadline
    /// The inbound limit was reached and the owner took nothing.
    case messageTooLong
    /// More was sent than the peer has read and the outbound limit allows.
    case peerNotReading
    case failed(SystemError)
  }

  /// What the owner does with the connection's news.
  ///
  /// None is called from inside one of the owner's calls.
  package struct Handlers {
    /// Gets all bytes that wait and says how many of them it took: those of the first whole message, or 0.
    ///
    /// Called again while it takes something, and when more has come.
    package var received: (BufferedConnection, Span<UInt8>) -> Int
    /// The peer will send nothing more, but may still read.
    package var inputEnded: (BufferedConnection) -> Void
    /// Once, the last call of all.
    package var closed: (BufferedConnection, Cause) -> Void

    package init(
      received: @escaping (BufferedConnection, Span<UInt8>) -> Int,
      inputEnded: @escaping (BufferedConnection) -> Void,
      closed: @escaping (BufferedConnection, Cause) -> Void
    ) {
      self.received = received
      self.inputEnded = inputEnded
      self.closed = closed
    }
  }

  private let loop: EventLoop
  private let handlers: Handlers
  private var isDelivering = false
  private let number: Int32
  private var socket: Descriptor?
  private var watch: Watch?
  /// When it is closed; nil for never.
  private var deadline: ContinuousClock.Instant?
  /// Runs at the deadline, or before it: then it is set anew.
  private var timer: (token: TimerToken, time: ContinuousClock.Instant)?
  private var inbound: BoundedBuffer
  private var outbound: BoundedBuffer
  private var hasInputEnded = false
  private var hasToldEnd = false
  private var isHeld = false
  /// There is no room to read: a held connection's peer sends more.
  private var isFull = false
  private var isFinishing = false

  /// Begins to read.
  ///
  /// - Parameters:
  ///   - socket: connected and non-blocking.
  ///   - loop: calls the handlers.
  ///   - limits: how many bytes may wait.
  ///   - handlers: the owner.
  /// - Throws: what epoll says.
  @discardableResult
  package init(
    _ socket: consuming Descriptor, on loop: EventLoop, limits: Limits, handlers: Handlers
  ) throws(SystemError) {
    self.loop = loop
    self.handlers = handlers
    number = socket.number
    self.socket = consume socket
    inbound = BoundedBuffer(capacity: limits.inbound)
    outbound = BoundedBuffer(capacity: limits.outbound)
    watch = try loop.watch(number, for: .readable) { [self] _ in ready() }
  }

  /// Sends `bytes`, now or as soon as the peer reads; a closed connection drops them.
  package func send(_ bytes: Span<UInt8>) {
    guard isOpen, !isFinishing else { return }
    bytes.withUnsafeBytes { bytes in
      let sent = outbound.isEmpty ? transmit(bytes) : 0
      guard isOpen else { return }
      let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
      if outbound.append(rest) { updateInterest() } else { end(.peerNotReading) }
    }
  }

  /// Reads nothing more, and closes when all has been sent.
  package func finish() {
    isFinishing = true
    if outbound.isEmpty { end(.owner) } else { updateInterest() }
  }

  /// Hands nothing over until `resume`, though more may come: the owner is busy with what it took.
  ///
  /// What is held back counts as no message that is too long; when there is no more room, nothing is read.
  package func hold() { isHeld = true }

  /// Hands over what has come since `hold`, and that the input has ended.
  package func resume() {
    guard isHeld else { return }
    isHeld = false
    // While `received` runs it is called again anyway.
    guard isOpen, !isDelivering, !inbound.isEmpty || hasInputEnded else { return }
    loop.schedule(at: loop.now) { [self] in deliver() }
  }

  /// Closes now, whatever waits to be sent.
  package func close() { end(.owner) }

  /// Closes the connection at `time`, instead of the time that was set before; nil means never.
  ///
  /// To set a later one costs nothing: that is what an owner does with each message.
  package func setDeadline(_ time: ContinuousClock.Instant?) {
    guard isOpen else { return }
    deadline = time
    if let time, let timer, timer.time <= time { return }
    callTimerOff()
    startTimer()
  }

  private var isOpen: Bool { watch != nil }

  private func startTimer() {
    guard let deadline else { return }
    let token = loop.schedule(at: deadline) { [unowned self] in
      timer = nil
      if let deadline = self.deadline, deadline <= loop.now { end(.deadline) } else { startTimer() }
    }
    timer = (token, deadline)
  }

  private func callTimerOff() {
    if let timer { loop.cancel(timer.token) }
    timer = nil
  }

  private func ready() {
    if !outbound.isEmpty { return flush() }
    receive()
  }

  private func receive() {
    let count = inbound.fill { room in read(number, room.baseAddress, room.count) }
    if count > 0 { return deliver() }
    if count < 0 { return handleFailure(of: "read") }
    hasInputEnded = true
    updateInterest()
    // What came before the end is handed over before it.
    deliver()
  }

  private func deliver() {
    isDelivering = true
    while isOpen, !isFinishing, !isHeld, outbound.isEmpty, !inbound.isEmpty {
      let waiting = inbound.bytes.assumingMemoryBound(to: UInt8.self)
      let taken = handlers.received(self, waiting.span)
      inbound.drop(taken)
      guard taken == 0 else { continue }
      if inbound.isFull { end(.messageTooLong) }
      break
    }
    isDelivering = false
    settle()
  }

  /// When no more can be handed over: whether there is room to read, and whether the owner learns of the end.
  private func settle() {
    guard isOpen, !isFinishing else { return }
    if isFull != inbound.isFull {
      isFull = inbound.isFull
      updateInterest()
    }
    guard hasInputEnded, !isHeld, outbound.isEmpty, !hasToldEnd else { return }
    hasToldEnd = true
    handlers.inputEnded(self)
  }

  private func flush() {
    outbound.drop(transmit(outbound.bytes))
    guard isOpen, outbound.isEmpty else { return }
    if isFinishing { return end(.owner) }
    updateInterest()
    deliver()
  }

  /// How many of `bytes` the socket took; the connection is closed when it can't take any more, ever.
  private func transmit(_ bytes: UnsafeRawBufferPointer) -> Int {
    let count = Glibc.send(number, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    if count < 0 { handleFailure(of: "send") }
    return max(count, 0)
  }

  private func handleFailure(of call: String) {
    let error = SystemError(call)
    switch error.code {
    case EAGAIN, EINTR: return
    case EPIPE, ECONNRESET: end(.peer)
    default: end(.failed(error))
    }
  }

  private func updateInterest() {
    var interest: Interest = []
    if !outbound.isEmpty {
      interest = .writable
    } else if !hasInputEnded, !isFinishing, !isFull {
      interest = .readable
    }
    do {
      try watch?.modify(interest)
    } catch {
      end(.failed(error))
    }
  }

  private func end(_ cause: Cause) {
    guard isOpen else { return }
    watch?.cancel()
    watch = nil
    callTimerOff()
    socket = nil
    loop.schedule(at: loop.now) { [self] in handlers.closed(self, cause) }
  }
}
