import Authentication
import Credentials
import EventLoop
import SystemCalls

/// One client on the mux socket, from its connect to its answer.
final class LoginConnection {
  let id: RequestID
  let descriptor: Descriptor
  let arrived: ContinuousClock.Instant
  var stage = Stage.reading
  /// Half a request, while it is being read.
  var halfRead: Secret?
  /// What a worker will need, while a verdict is to come.
  var password: Secret?
  var watch: Watch?
  var timer: TimerToken?

  enum Stage { case reading, deciding }

  init(id: RequestID, descriptor: consuming Descriptor, arrived: ContinuousClock.Instant) {
    self.id = id
    self.descriptor = descriptor
    self.arrived = arrived
  }
}
