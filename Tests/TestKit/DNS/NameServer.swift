import Glibc
package import MailTypes
import Synchronization

/// A name server on 127.0.0.x, UDP and TCP, that answers from a script; on a thread of its own until it is dropped.
///
/// A name that isn't in the script doesn't exist.
package final class NameServer: Sendable {
  private struct Key: Hashable {
    let name: String
    let type: UInt16
  }

  private struct Script {
    var replies: [Key: ScriptedReply] = [:]
    var otherwise = ScriptedReply(code: 3)
    var asked: [Key: Int] = [:]
    var connections = 0
  }

  private let script = Mutex(Script())
  package let address: String
  package let port: UInt16
  private let datagrams: Int32
  private let listener: Int32
  private let stranger: Int32
  /// The thread ends when this is closed.
  private let life: Int32

  /// Listens; port 0 takes one that is free.
  package init(address: String = "127.0.0.1", port: UInt16 = 0) {
    self.address = address
    // A port that is free for datagrams may be taken for connections.
    var tries = 20
    var bound: (datagrams: Int32, listener: Int32, port: UInt16)?
    while bound == nil, tries > 0 {
      bound = Self.bind(address, port)
      tries -= 1
    }
    guard let bound else { preconditionFailure("no port of \(address) is free") }
    (datagrams, listener, self.port) = bound
    stranger = Self.socket(SOCK_DGRAM, "127.0.0.77", 0) ?? -1
    precondition(stranger >= 0)
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    life = ends[1]
    let serving = NameServerThread(
      datagrams: datagrams, listener: listener, stranger: stranger, life: ends[0],
      reply: { [weak self] in self?.reply(to: $0, overTCP: $1) })
    serving.start()
  }

  deinit { close(life) }

  /// As a setting has it.
  package var endpoint: String { "\(address):\(port)" }

  package func answer(_ name: String, _ type: DNSRecordType, _ reply: ScriptedReply) {
    script.withLock { $0.replies[Key(name: name.lowercased(), type: type.rawValue)] = reply }
  }

  package func answerOthers(_ reply: ScriptedReply) { script.withLock { $0.otherwise = reply } }

  /// How often it was asked for that, over UDP and TCP.
  package func asked(_ name: String, _ type: DNSRecordType) -> Int {
    script.withLock { $0.asked[Key(name: name.lowercased(), type: type.rawValue)] ?? 0 }
  }

  /// How often it was asked for anything.
  package var asked: Int { script.withLock { $0.asked.values.reduce(0, +) } }
  /// How often over TCP.
  package var connections: Int { script.withLock { $0.connections } }

  /// Counts from zero again.
  package func forgetQuestions() { script.withLock { $0.asked = [:] } }

  // MARK: Answering

  /// What to send, from where and when; nil for silence and for what is no question.
  private func reply(to message: [UInt8], overTCP: Bool) -> NameServerThread.Reply? {
    guard let (key, question) = Self.question(in: message) else { return nil }
    let (reply, times) = script.withLock { script in
      if overTCP { script.connections += 1 }
      script.asked[key, default: 0] += 1
      return (script.replies[key] ?? script.otherwise, script.asked[key] ?? 0)
    }
    let id = Array(message[..<2])
    let fault = times <= reply.faultsUntil ? reply.fault : nil
    let bytes: [UInt8]
    switch fault {
    case .silence: return nil
    case .wrongID: bytes = reply.wire(id: id.map { $0 ^ 0x55 }, question: question)
    case .wrongQuestion:
      bytes = reply.wire(id: id, question: WireText.name("other.example") + question.suffix(4))
    case .truncated: bytes = reply.wire(id: id, question: question, isTruncated: !overTCP)
    case .bytes(let rest): bytes = id + rest
    case .wrongSource, nil: bytes = reply.wire(id: id, question: question)
    }
    if case .wrongSource = fault { return .init(bytes: bytes, isFromStranger: true, delay: reply.delay) }
    return .init(bytes: bytes, isFromStranger: false, delay: reply.delay)
  }

  private static func question(in message: [UInt8]) -> (Key, [UInt8])? {
    guard message.count > 16 else { return nil }
    var labels: [String] = []
    var next = 12
    while next < message.count, message[next] != 0 {
      let end = next + 1 + Int(message[next])
      guard end < message.count else { return nil }
      labels.append(String(decoding: message[(next + 1)..<end], as: UTF8.self).lowercased())
      next = end
    }
    guard next + 5 <= message.count else { return nil }
    let type = UInt16(message[next + 1]) << 8 | UInt16(message[next + 2])
    return (Key(name: labels.joined(separator: "."), type: type), Array(message[12..<(next + 5)]))
  }

  // MARK: Sockets

  private static func bind(
    _ address: String, _ port: UInt16
  ) -> (datagrams: Int32, listener: Int32, port: UInt16)? {
    guard let listener = socket(SOCK_STREAM, address, port) else { return nil }
    var name = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutableBytes(of: &name) {
      _ = getsockname(listener, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), &size)
    }
    let port = UInt16(bigEndian: name.sin_port)
    guard listen(listener, 64) == 0, let datagrams = socket(SOCK_DGRAM, address, port) else {
      close(listener)
      return nil
    }
    return (datagrams, listener, port)
  }

  private static func socket(_ kind: __socket_type, _ address: String, _ port: UInt16) -> Int32? {
    let number = Glibc.socket(AF_INET, Int32(kind.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var reuse: Int32 = 1
    setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = port.bigEndian
    name.sin_addr.s_addr = inet_addr(address)
    let bound = withUnsafeBytes(of: &name) {
      Glibc.bind(number, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
    }
    if bound == 0 { return number }
    close(number)
    return nil
  }
}
