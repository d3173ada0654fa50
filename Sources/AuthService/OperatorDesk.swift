import Control
import EventLoop
import SystemCalls

/// Answers the operator's questions: one line in, lines out, and the end of the connection.
final class OperatorDesk {
  /// From connect to the last byte read.
  static let patience = Duration.seconds(5)
  /// Connections beyond these wait in the backlog.
  static let mostConnections = 16

  private let loop: EventLoop
  private let answer: (OperatorRequest) -> String
  private var listener: Listener?
  private var open = 0

  /// Prepares the desk.
  ///
  /// - Parameters:
  ///   - loop: runs the handlers.
  ///   - answer: the lines for a question.
  init(loop: EventLoop, answer: @escaping (OperatorRequest) -> String) {
    self.loop = loop
    self.answer = answer
  }

  func listen(on socket: consuming Descriptor) throws(SystemError) {
    listener = try Listener(
      socket, on: loop, accepted: { [unowned self] in accept($0) },
      // Who asks gets no answer for a while; the login sockets' listeners log the same trouble.
      troubled: { _ in })
  }

  func close() {
    listener?.close()
    listener = nil
  }

  private func accept(_ socket: consuming Descriptor) {
    let limits = BufferedConnection.Limits(inbound: OperatorRequest.longest, outbound: 1 << 16)
    let handlers = BufferedConnection.Handlers(
      received: { [unowned self] connection, bytes in reply(to: bytes, on: connection) },
      inputEnded: { $0.close() },
      closed: { [unowned self] _, _ in
        open -= 1
        listener?.resume()
      })
    do {
      let connection = try BufferedConnection(socket, on: loop, limits: limits, handlers: handlers)
      connection.setDeadline(loop.now + Self.patience)
      open += 1
      if open >= Self.mostConnections { listener?.pause() }
    } catch {
      // The system has no descriptor for a watch: the operator sees a closed connection and asks again.
      return
    }
  }

  private func reply(to bytes: Span<UInt8>, on connection: BufferedConnection) -> Int {
    guard let end = bytes.indices.first(where: { bytes[$0] == UInt8(ascii: "\n") }) else { return 0 }
    let line = String(decoding: (0..<end).map { bytes[$0] }, as: UTF8.self)
    if let request = OperatorRequest(line: line) {
      connection.send(Array(answer(request).utf8).span)
    }
    connection.finish()
    return end + 1
  }
}
