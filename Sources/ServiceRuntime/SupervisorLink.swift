package import Control
package import EventLoop
import Glibc
package import SystemCalls

/// The control socket between a service and posternd, at the service's end.
package final class SupervisorLink {
  private let socket: MessageSocket

  package init(descriptor: consuming Descriptor) {
    socket = MessageSocket(descriptor, longest: SupervisorOrder.longest)
  }

  /// Runs the loop and calls `ordered` for each order, until somebody stops the loop.
  ///
  /// The end of the supervisor, or what isn't in the protocol, stops it, too: nothing outlives the supervisor.
  ///
  /// - Parameters:
  ///   - loop: calls `ordered`.
  ///   - ordered: gets the descriptor that came along.
  /// - Throws: what epoll says.
  package func run(
    _ loop: EventLoop, ordered: @escaping (SupervisorOrder, consuming Descriptor?) -> Void
  ) throws(SystemError) {
    try socket.listen(on: loop) { [socket] message, descriptor in
      do {
        ordered(try SupervisorOrder(message.indices.map { message[$0] }), descriptor)
      } catch {
        socket.close()
        loop.stop()
      }
    } ended: { _ in
      loop.stop()
    }
    try loop.run()
  }

  /// The descriptor of an order that has to bring one.
  package static func passed(_ descriptor: consuming Descriptor?) throws(SystemError) -> Descriptor {
    guard let descriptor else { throw SystemError("an order without its descriptor", code: EPROTO) }
    return descriptor
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
