import EventLoop
import Policy

/// One client of a policy listener: requests in, answers out in the same order.
final class PolicyConnection {
  /// Postfix lets go of a connection after `smtpd_policy_service_max_idle`, 300 seconds.
  static let idleLimit = Duration.seconds(305)

  /// Nil over TCP, where the kernel knows nobody.
  let uid: UInt32?
  private var decoder = PolicyRequestDecoder()

  init(uid: UInt32?) { self.uid = uid }

  /// Reads the first request of what waits.
  func read(_ bytes: Span<UInt8>) -> PolicyRequestDecoder.Reading { decoder.read(bytes) }

  /// Answers the request that is under way, and goes on with what came after it.
  func answer(_ action: PolicyAction, on connection: BufferedConnection, isLast: Bool) {
    connection.send(PolicyReply(action).bytes.span)
    if isLast { connection.finish() } else { connection.resume() }
  }
}
