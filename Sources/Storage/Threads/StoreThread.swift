import CLinux
import Glibc
package import Policy
import Synchronization
package import SystemCalls

/// A store on a thread of its own, so that no disk keeps the loop waiting.
///
/// Jobs that come in while the thread works are its next group, and share one commit: the busier, the larger. No lock
/// is held while the store works. Answers come in the order of the jobs.
package final class StoreThread: Sendable {
  private struct Desk {
    var waiting: [(ticket: UInt64, job: StoreJob)] = []
    var answers: [StoreAnswer] = []
    /// Jobs whose answers nobody has taken yet.
    var outstanding = 0
    var isClosing = false
    /// Whether somebody sleeps until all jobs have their answers.
    var isAwaited = false

    var isSettled: Bool { answers.count == outstanding }
  }

  private let desk = Mutex(Desk())
  private let limit: Int
  /// Counts 1 when there is something to do; the thread sleeps in reading it.
  private let bell: Descriptor
  /// Counts 1 when all jobs have their answers and somebody waits for that.
  private let settled: Descriptor
  private let ring: @Sendable () -> Void
  private let thread = Mutex<pthread_t?>(nil)

  /// Starts the thread, with every signal blocked: they are the loop's.
  ///
  /// - Parameters:
  ///   - limit: how many jobs may be under way, from `submit` until their answers are taken.
  ///   - open: makes the store, on the thread.
  ///   - ring: called on the thread when answers are there that `takeAnswers` hasn't been asked for.
  /// - Throws: what keeps a thread from starting.
  package init<Store: TripletStore & SendableMetatype>(
    limit: Int = 1024, open: @escaping @Sendable () -> Store, ring: @escaping @Sendable () -> Void
  ) throws(SystemError) {
    self.limit = limit
    self.ring = ring
    bell = Descriptor(owning: try retrying("eventfd") { eventfd(0, Int32(EFD_CLOEXEC)) })
    settled = Descriptor(
      owning: try retrying("eventfd") { eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK)) })
    let started = Self.start { [self] in
      var store = open()
      work(on: &store)
    }
    switch started {
    case .success(let id): thread.withLock { $0 = id }
    case .failure(let error): throw error
    }
  }

  /// Puts a job on the desk.
  ///
  /// - Parameters:
  ///   - job: for the thread.
  ///   - ticket: comes back with the answer.
  /// - Throws: at once, when too many jobs are under way or the thread is closing.
  package func submit(_ job: StoreJob, ticket: UInt64) throws(TripletStoreError) {
    let refusal: TripletStoreError? = desk.withLock { desk in
      guard !desk.isClosing else { return TripletStoreError(reason: "the store is closing") }
      guard desk.outstanding < limit else {
        return TripletStoreError(reason: "\(limit) requests wait for the store already")
      }
      desk.outstanding += 1
      desk.waiting.append((ticket, job))
      if desk.waiting.count == 1 { wake() }
      return nil
    }
    if let refusal { throw refusal }
  }

  /// What was answered since the last time.
  package func takeAnswers() -> [StoreAnswer] {
    desk.withLock { desk in
      let answers = desk.answers
      desk.answers = []
      desk.outstanding -= answers.count
      return answers
    }
  }

  /// Waits until all jobs have their answers, which then can be taken, but no longer than `patience`.
  package func settle(within patience: Duration) {
    let isSettled = desk.withLock { desk in
      guard !desk.isSettled else { return true }
      // What is left of one who didn't wait to the end.
      var count: eventfd_t = 0
      _ = eventfd_read(settled.number, &count)
      desk.isAwaited = true
      return false
    }
    if isSettled { return }
    var wait = pollfd(fd: settled.number, events: Int16(POLLIN), revents: 0)
    _ = poll(&wait, 1, Int32(patience / .milliseconds(1)))
  }

  /// Takes no more jobs, and waits until those on the desk are done and the store is closed.
  ///
  /// Their answers can still be taken. Without effect the second time.
  package func close() {
    desk.withLock { desk in
      desk.isClosing = true
      wake()
    }
    let id = thread.withLock { id in
      defer { id = nil }
      return id
    }
    if let id { pthread_join(id, nil) }
  }

  private func wake() { _ = eventfd_write(bell.number, 1) }

  private func work(on store: inout some TripletStore) {
    while let jobs = nextGroup() {
      let answers = GroupOfJobs(jobs: jobs).perform(on: &store)
      let isFirst = desk.withLock { desk in
        desk.answers += answers
        if desk.isAwaited, desk.isSettled {
          desk.isAwaited = false
          _ = eventfd_write(settled.number, 1)
        }
        return desk.answers.count == answers.count
      }
      if isFirst { ring() }
    }
  }

  /// Sleeps until there is something to do.
  ///
  /// - Returns: nil when all is done and the desk is closed.
  private func nextGroup() -> [(ticket: UInt64, job: StoreJob)]? {
    while true {
      let (jobs, isClosing) = desk.withLock { desk in
        let jobs = desk.waiting
        desk.waiting = []
        return (jobs, desk.isClosing)
      }
      if !jobs.isEmpty { return jobs }
      if isClosing { return nil }
      var count: eventfd_t = 0
      _ = eventfd_read(bell.number, &count)
    }
  }
}

// MARK: The thread

extension StoreThread {
  /// What a new thread is handed.
  private final class Work {
    let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }
  }

  private static func start(_ body: @escaping @Sendable () -> Void) -> Result<pthread_t, SystemError> {
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let work = Unmanaged.passRetained(Work(body))
    var id = pthread_t()
    let failure = pthread_create(
      &id, nil,
      { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    guard failure == 0 else {
      work.release()
      return .failure(SystemError("pthread_create", code: failure))
    }
    return .success(id)
  }
}
