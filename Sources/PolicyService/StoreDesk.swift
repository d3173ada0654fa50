import EventLoop
import Policy
import Storage
import SystemCalls

/// The loop's end of the store's thread: questions with an answer each, none of them for longer than `patience`.
///
/// An answer that comes after that is dropped; what it was about is in the store all the same.
final class StoreDesk {
  /// A disk that stalls must not keep a client waiting.
  static let patience = Duration.seconds(5)

  private struct Waiting {
    let answer: (StoreAnswer.Outcome) -> Void
    let timer: TimerToken
  }

  private let loop: EventLoop
  private let thread: StoreThread
  private var waiting: [UInt64: Waiting] = [:]
  private var nextTicket: UInt64 = 0

  /// Starts the thread with the store in the file at `path`.
  init(path: String, delay: Int64, loop: EventLoop) throws(SystemError) {
    self.loop = loop
    let bell = loop.wakeUp
    thread = try StoreThread(open: { SQLiteTripletStore(path: path, delay: delay) }, ring: { bell.ring() })
    loop.onWakeUp = { [unowned self] in handOut() }
  }

  /// Asks; `answer` is called from the loop, or at once when the store has too much to do.
  func ask(_ job: StoreJob, _ answer: @escaping (StoreAnswer.Outcome) -> Void) {
    nextTicket += 1
    let ticket = nextTicket
    do throws(TripletStoreError) {
      try thread.submit(job, ticket: ticket)
    } catch {
      return answer(.failed(error))
    }
    let timer = loop.schedule(after: Self.patience) { [unowned self] in
      waiting.removeValue(forKey: ticket)?.answer(
        .failed(TripletStoreError(reason: "the store gives no answer")))
    }
    waiting[ticket] = Waiting(answer: answer, timer: timer)
  }

  /// Waits for what was asked for, and hands it out; what is asked for then, as a retry's record is when the one before
  /// was found, is waited for as well.
  ///
  /// No longer than a client would wait: what then has no answer gets it by `close`, or never.
  func settle() {
    for _ in 0..<2 {
      thread.settle(within: Self.patience / 2)
      handOut()
    }
  }

  /// Waits until all that was asked for is done, and closes the store.
  func close() {
    thread.close()
    handOut()
  }

  private func handOut() {
    for answer in thread.takeAnswers() {
      guard let asker = waiting.removeValue(forKey: answer.ticket) else { continue }
      loop.cancel(asker.timer)
      asker.answer(answer.outcome)
    }
  }
}
