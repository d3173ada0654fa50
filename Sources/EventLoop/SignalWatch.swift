import CLinux
import Glibc
package import SystemCalls

extension EventLoop {
  /// Calls `arrived` with each of `signals` that comes, as an event like any other.
  ///
  /// Blocks them for this thread and those it starts later, so it belongs before the first thread. What is
  /// blocked stays blocked through exec: whoever starts a program gives it an empty mask.
  @discardableResult
  package func watchSignals(
    _ signals: [Int32], _ arrived: @escaping (Int32) -> Void
  ) throws(SystemError) -> SignalWatch {
    try SignalWatch(signals, on: self, arrived)
  }
}

/// Signals that come in as events until `cancel`; they stay blocked after it.
package final class SignalWatch {
  private var descriptor: Descriptor?
  private var watch: Watch?

  fileprivate init(
    _ signals: [Int32], on loop: EventLoop, _ arrived: @escaping (Int32) -> Void
  ) throws(SystemError) {
    try Self.hold(signals)
    var mask = Self.mask(of: signals)
    let number = try retrying("signalfd") {
      signalfd(-1, &mask, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
    }
    descriptor = Descriptor(owning: number)
    // The handler keeps the descriptor open, also when nobody else keeps the watch.
    watch = try loop.watch(number, for: .readable) { [self] _ in
      if let signal = next(from: number) { arrived(signal) }
    }
  }

  /// Lets `signals` wait until they are watched, for a process that can be reached before it has a loop.
  ///
  /// - Throws: what the system says.
  package static func hold(_ signals: [Int32]) throws(SystemError) {
    var mask = mask(of: signals)
    let refused = pthread_sigmask(SIG_BLOCK, &mask, nil)
    if refused != 0 { throw SystemError("pthread_sigmask", code: refused) }
  }

  private static func mask(of signals: [Int32]) -> sigset_t {
    var mask = sigset_t()
    sigemptyset(&mask)
    for signal in signals { sigaddset(&mask, signal) }
    return mask
  }

  package func cancel() {
    watch?.cancel()
    watch = nil
    descriptor = nil
  }

  private func next(from number: Int32) -> Int32? {
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    return read(number, &info, size) == size ? Int32(info.ssi_signo) : nil
  }
}
