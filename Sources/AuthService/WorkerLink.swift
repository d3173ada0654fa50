import Authentication
import Credentials
import EventLoop
import SystemCalls
import WorkerProtocol

/// postern-auth's end of one worker's socket.
final class WorkerLink {
  let worker: WorkerID
  /// What the worker may do.
  let rights: WorkerRights
  private let socket: MessageSocket

  /// What comes from a worker.
  enum Arrival {
    case message(WorkerMessage)
    /// Not of the protocol.
    case nonsense(FrameError)
    case gone
  }

  init(worker: WorkerID, rights: WorkerRights, descriptor: consuming Descriptor) {
    self.worker = worker
    self.rights = rights
    socket = MessageSocket(descriptor, longest: WorkerMessage.longest)
  }

  /// Tells `arrived` what the worker says, until `close`.
  func listen(on loop: EventLoop, _ arrived: @escaping (Arrival) -> Void) throws(SystemError) {
    try socket.listen(on: loop) { message, descriptor in
      arrived(descriptor == nil ? Self.read(message) : .nonsense(.malformedPayload))
    } ended: { ending in
      switch ending {
      case .closed: arrived(.gone)
      case .oversized: arrived(.nonsense(.wrongLength))
      }
    }
  }

  /// Sends a check; false when the worker can't be sent to.
  func send(_ frame: borrowing Secret) -> Bool {
    do {
      try frame.withBytes { bytes throws(SystemError) in try socket.send(bytes) }
      return true
    } catch {
      return false
    }
  }

  /// Lets the worker see the end of the conversation.
  func close() { socket.close() }

  private static func read(_ message: Span<UInt8>) -> Arrival {
    do {
      return try .message(WorkerMessage(message))
    } catch {
      return .nonsense(error)
    }
  }
}
