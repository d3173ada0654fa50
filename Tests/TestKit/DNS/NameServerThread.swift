import Glibc

/// The thread of a scripted name server: it waits for questions, and for the times at which replies are due.
final class NameServerThread {
  struct Reply {
    let bytes: [UInt8]
    let isFromStranger: Bool
    let delay: Duration
  }

  private struct Due {
    let time: ContinuousClock.Instant
    let send: () -> Void
  }

  private let datagrams: Int32
  private let listener: Int32
  private let stranger: Int32
  private let life: Int32
  private let reply: (_ question: [UInt8], _ overTCP: Bool) -> Reply?
  private var connections: [Int32: [UInt8]] = [:]
  private var due: [Due] = []

  init(
    datagrams: Int32, listener: Int32, stranger: Int32, life: Int32,
    reply: @escaping (_ question: [UInt8], _ overTCP: Bool) -> Reply?
  ) {
    self.datagrams = datagrams
    self.listener = listener
    self.stranger = stranger
    self.life = life
    self.reply = reply
  }

  func start() {
    var thread = pthread_t()
    let started = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<NameServerThread>.fromOpaque(context).takeRetainedValue().serve()
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
    precondition(started == 0)
    pthread_detach(thread)
  }

  private func serve() {
    var isOver = false
    while !isOver {
      var polled = ([life, datagrams, listener] + connections.keys).map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      poll(&polled, nfds_t(polled.count), patience)
      for ready in polled where ready.revents != 0 {
        switch ready.fd {
        case life: isOver = true
        case datagrams: receive()
        case listener: accept()
        default: read(ready.fd)
        }
      }
      sendDue()
    }
    for number in [life, datagrams, listener, stranger] + connections.keys { close(number) }
  }

  private var patience: Int32 {
    guard let first = due.map(\.time).min() else { return -1 }
    return max(0, Int32((first - .now) / .milliseconds(1)) + 1)
  }

  private func sendDue() {
    let now = ContinuousClock.Instant.now
    let ready = due.filter { $0.time <= now }
    due.removeAll { $0.time <= now }
    for reply in ready { reply.send() }
  }

  private func later(_ delay: Duration, _ send: @escaping () -> Void) {
    if delay == .zero { return send() }
    due.append(Due(time: .now + delay, send: send))
  }

  // MARK: Datagrams

  private func receive() {
    var room = [UInt8](repeating: 0, count: 4096)
    var client = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let count = withUnsafeMutableBytes(of: &client) {
      recvfrom(datagrams, &room, room.count, 0, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), &size)
    }
    guard count > 0, let reply = reply(Array(room.prefix(count)), false) else { return }
    let number = reply.isFromStranger ? stranger : datagrams
    later(reply.delay) {
      _ = withUnsafeBytes(of: client) {
        sendto(
          number, reply.bytes, reply.bytes.count, 0, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self),
          size)
      }
    }
  }

  // MARK: Connections

  private func accept() {
    let number = Glibc.accept(listener, nil, nil)
    if number >= 0 { connections[number] = [] }
  }

  private func read(_ number: Int32) {
    var room = [UInt8](repeating: 0, count: 4096)
    let count = recv(number, &room, room.count, 0)
    guard count > 0 else {
      connections[number] = nil
      close(number)
      return
    }
    connections[number, default: []] += room.prefix(count)
    while let bytes = connections[number], bytes.count >= 2 {
      let end = 2 + Int(bytes[0]) << 8 + Int(bytes[1])
      guard bytes.count >= end else { return }
      connections[number]?.removeFirst(end)
      guard let reply = reply(Array(bytes[2..<end]), true) else { continue }
      later(reply.delay) { [self] in
        let message = WireText.number(UInt16(reply.bytes.count)) + reply.bytes
        if connections[number] != nil { send(number, message, message.count, Int32(MSG_NOSIGNAL)) }
      }
    }
  }
}
