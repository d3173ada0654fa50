import Authentication
import SaslauthdProtocol
import SystemCalls
import WorkerProtocol

/// What the login service has to tell the log.
enum LoginNotice {
  case outcome(LoginOutcome)
  /// A connection was closed because its bytes are no request.
  case malformed(RequestID, LoginRequest.Fault)
  /// A connection from somebody who isn't in `allow_users` was closed.
  case peerRefused(Peer)
  /// The sources of passwords have changed; so many acceptances were remembered.
  case sourcesChanged(remembered: Int)
  /// Nothing is remembered, since the sources can't be watched.
  case sourcesUnwatched(SystemError)
  /// The system refused a descriptor: no connections are taken for the moment, or one was closed.
  case troubled(SystemError)
  /// A worker said what isn't in the protocol.
  case workerMisspoke(WorkerID, FrameError)
}
