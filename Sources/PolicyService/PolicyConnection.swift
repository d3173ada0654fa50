import EventLoop
import Policy

/// One client of a policy listener: requests in, answers out in the same order.
final class PolicyConnection {
  /// Postfix lets go of a connection after `smtpd_policy_service_max_idle`, 300 seconds.
  static let idleLimit = Duration.seconds(305)

  /// Nil over TCP, where the kernel knows nobody.
  let uid: UInt32?
  private var decoder = PolicyRequestDecoder()
  /// A request whose answer is still to come: the next one isn't looked at.
  private(set) var isBusy = false
  private var hasInputEnded = false

  init(uid: UInt32?) { self.uid = uid }

  /// What `take` found.
  enum Reading {
    case request(PolicyRequest)
    case nothing
    case malformed(PolicyRequestDecoder.Fault)
  }

  /// Reads the next request of what waits, unless one is under way.
  ///
  /// - Returns: it, and how many bytes it takes.
  func take(_ bytes: Span<UInt8>) -> (Reading, length: Int) {
    if isBusy { return (.nothing, 0) }
    switch decoder.read(bytes) {
    case .whole(let request, let length):
      isBusy = true
      return (.request(request), length)
    case .incomplete: return (.nothing, 0)
    case .malformed(let fault): return (.malformed(fault), bytes.count)
    }
  }

  /// Answers the request that is under way, and goes on with what came after it.
  func answer(_ action: PolicyAction, on connection: BufferedConnection, isLast: Bool) {
    isBusy = false
    connection.send(PolicyReply(action).bytes.span)
    if isLast || hasInputEnded { return connection.finish() }
    connection.resume()
  }

  /// The client sends nothing more; an answer that is under way still goes out.
  func endInput(of connection: BufferedConnection) {
    hasInputEnded = true
    if !isBusy { connection.finish() }
  }
}
