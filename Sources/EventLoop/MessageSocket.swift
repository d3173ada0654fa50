import Glibc
package import SystemCalls

/// One end of a SOCK_SEQPACKET pair between two of our processes: whole messages, some with a descriptor.
package final class MessageSocket {
  /// Why there will be no more messages.
  package enum Ending: Equatable, Sendable {
    /// The other end is closed.
    case closed
    /// A message was longer than any of the protocol's, or brought more than one descriptor.
    case oversized
  }

  private let descriptor: Descriptor
  private let longest: Int
  private var watch: Watch?

  /// Takes over one end.
  ///
  /// - Parameters:
  ///   - descriptor: non-blocking.
  ///   - longest: the most bytes that a message to this end may have.
  package init(_ descriptor: consuming Descriptor, longest: Int) {
    self.descriptor = descriptor
    self.longest = longest
  }

  /// Calls `received` for each message, `ended` once when there will be none; neither after `close`.
  package func listen(
    on loop: EventLoop, received: @escaping (Span<UInt8>, consuming Descriptor?) -> Void,
    ended: @escaping (Ending) -> Void
  ) throws(SystemError) {
    watch = try loop.watch(descriptor.number, for: .readable) { [self] _ in
      if let ending = receive(received) {
        watch?.cancel()
        watch = nil
        ended(ending)
      }
    }
  }

  /// Sends one message, and a copy of `passing` with it.
  ///
  /// - Throws: EAGAIN when the other end doesn't read, EPIPE or ECONNRESET when it is gone.
  package func send(_ message: UnsafeRawBufferPointer, passing: Int32? = nil) throws(SystemError) {
    try UnixSocket.send(message, passing: passing, to: descriptor)
  }

  /// Sends one message without a descriptor, or with a copy of `passing`.
  package func send(_ message: [UInt8], passing: Int32? = nil) throws(SystemError) {
    try message.span.withUnsafeBytes { bytes throws(SystemError) in try send(bytes, passing: passing) }
  }

  /// Ends the conversation for both sides at once.
  package func close() {
    watch?.cancel()
    watch = nil
    shutdown(descriptor.number, Int32(SHUT_RDWR))
  }

  private func receive(_ received: (Span<UInt8>, consuming Descriptor?) -> Void) -> Ending? {
    withUnsafeTemporaryAllocation(byteCount: longest + 1, alignment: 1) { buffer -> Ending? in
      do throws(SystemError) {
        let message = try UnixSocket.receive(into: buffer, from: descriptor)
        guard message.count > 0 else { return .closed }
        guard message.count <= longest else { return .oversized }
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<message.count])
        received(bytes.assumingMemoryBound(to: UInt8.self).span, message.passed())
        return nil
      } catch {
        return switch error.code {
        case EAGAIN: nil
        case EPROTO: .oversized
        default: .closed
        }
      }
    }
  }
}
