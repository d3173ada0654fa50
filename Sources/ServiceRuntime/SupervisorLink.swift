package import Control
package import EventLoop
package import SystemCalls

/// The control socket between a service and posternd, at the service's end.
package final class SupervisorLink {
  private let socket: MessageSocket

  package init(descriptor: consuming Descriptor) {
    socket = MessageSocket(descriptor, longest: SupervisorOrder.longest)
  }

  /// Calls `ordered` for each order.
  ///
  /// - Parameters:
  ///   - loop: calls both.
  ///   - ordered: gets the descriptor that came along.
  ///   - over: called when the supervisor is gone, or says what isn't in the protocol: nothing outlives it.
  /// - Throws: what epoll says.
  package func listen(
    on loop: EventLoop, ordered: @escaping (SupervisorOrder, consuming Descriptor?) -> Void,
    over: @escaping () -> Void
  ) throws(SystemError) {
    try socket.listen(on: loop) { [socket] message, descriptor in
      do {
        ordered(try SupervisorOrder(message.indices.map { message[$0] }), descriptor)
      } catch {
        socket.close()
        over()
      }
    } ended: { _ in
      over()
    }
  }

  /// Reports; a supervisor that can't be told is gone or hangs, and the end of orders says so.
  package func report(_ report: ServiceReport) {
    do {
      try socket.send(report.encoded)
    } catch {
      return
    }
  }
}
