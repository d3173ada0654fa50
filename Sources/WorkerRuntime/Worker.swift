package import Credentials
import Glibc
package import Mechanisms
package import SystemCalls
import WorkerProtocol

/// Checks one login after the other until postern-auth closes its end.
///
/// Blocks wherever the mechanism does: that is what a worker is for. It has no other state than its locked
/// memory, so that ending it at any point costs the login under way and nothing else.
package struct Worker: ~Copyable {
  /// Above this the worker leaves after its answer: PAM modules leak.
  package static let mostMemory = 64 << 20
  /// Likewise when so many descriptors are open.
  package static let mostDescriptors: Int32 = 256

  private let front: Descriptor
  private let mechanisms: [MechanismName: any Mechanism]
  private let deadline: Duration
  private let timer: DeadlyTimer
  private let hangUp: DeadlyHangUp
  /// One slot for the frame, one for the password in it.
  private let pool: SecretPool

  /// Prepares locked memory and timer.
  ///
  /// - Parameters:
  ///   - front: the SEQPACKET socket whose other end is postern-auth's.
  ///   - mechanisms: what may be asked for.
  ///   - deadline: of a login; a check that takes twice as long ends the process.
  /// - Throws: `WorkerFault`.
  package init(
    front: consuming Descriptor, mechanisms: [MechanismName: any Mechanism], deadline: Duration
  ) throws(WorkerFault) {
    let timer = try Self.prepareTimer(front)
    let hangUp = try Self.prepareHangUp(front)
    pool = try Self.lockMemory()
    self.timer = timer
    self.hangUp = hangUp
    self.front = front
    self.mechanisms = mechanisms
    self.deadline = deadline
  }

  private static func prepareTimer(_ front: borrowing Descriptor) throws(WorkerFault) -> DeadlyTimer {
    do throws(SystemError) {
      try front.makeBlocking()
      return try DeadlyTimer()
    } catch {
      throw .system(error)
    }
  }

  private static func prepareHangUp(_ front: borrowing Descriptor) throws(WorkerFault) -> DeadlyHangUp {
    do throws(SystemError) {
      return try DeadlyHangUp(of: front)
    } catch {
      throw .system(error)
    }
  }

  private static func lockMemory() throws(WorkerFault) -> SecretPool {
    do {
      return try SecretPool(slots: 2, slotSize: CheckFrame.longest)
    } catch {
      throw .memory(error)
    }
  }

  /// Says hello, then answers check by check; returns when there is nothing more to do.
  ///
  /// - Throws: `WorkerFault`, when what postern-auth says makes no sense or the system fails.
  package consuming func serve() throws(WorkerFault) {
    guard var frame = pool.take() else { preconditionFailure("the pool has a slot for the frame") }
    guard try send(.hello) else { return }
    while try receive(into: &frame) {
      let answer = try answer(&frame)
      guard try send(.verdict(answer)), !answer.leaving else { return }
    }
  }

  /// Decides about the check in `frame`, which is wiped before the mechanism is asked.
  private func answer(_ frame: inout Secret) throws(WorkerFault) -> WorkerMessage.Verdict {
    let check: CheckFrame.Check
    do throws(FrameError) {
      check = try decode(frame)
    } catch {
      throw .frame(error)
    }
    frame.clear()
    guard let mechanism = mechanisms[check.mechanism] else { throw .mechanism(check.mechanism) }
    do throws(SystemError) {
      // Nobody waits for a verdict any more when postern-auth is gone; the module doesn't notice that.
      try hangUp.arm(front)
      try timer.start(deadline * 2)
      let verdict = mechanism.check(check.request)
      try timer.stop()
      try hangUp.disarm(front)
      return try WorkerMessage.Verdict(id: check.id, verdict: verdict, leaving: Self.hasGrown())
    } catch {
      throw .system(error)
    }
  }

  private static func hasGrown() throws(SystemError) -> Bool {
    let footprint = try Footprint.now()
    return footprint.memory > mostMemory || footprint.firstFreeDescriptor >= mostDescriptors
  }

  private func decode(_ frame: borrowing Secret) throws(FrameError) -> CheckFrame.Check {
    var check: CheckFrame.Check?
    try frame.withSpan { message throws(FrameError) in
      check = try CheckFrame.decode(message, pool: pool)
    }
    guard let check else { preconditionFailure("decoding gives a check or throws") }
    return check
  }

  /// False at the end of the conversation.
  private func receive(into frame: inout Secret) throws(WorkerFault) -> Bool {
    do throws(SystemError) {
      try frame.append { rest throws(SystemError) in
        try UnixSocket.receive(into: rest, from: front).count
      }
    } catch {
      if error.code == ECONNRESET { return false }
      throw .system(error)
    }
    return frame.count > 0
  }

  /// False when postern-auth is gone.
  private func send(_ message: WorkerMessage) throws(WorkerFault) -> Bool {
    do throws(SystemError) {
      try message.encoded.withUnsafeBufferPointer { bytes throws(SystemError) in
        try UnixSocket.send(UnsafeRawBufferPointer(bytes), to: front)
      }
      return true
    } catch {
      if error.code == EPIPE || error.code == ECONNRESET { return false }
      throw .system(error)
    }
  }
}
