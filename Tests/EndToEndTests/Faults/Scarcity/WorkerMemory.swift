import TestKit

/// The most memory that each worker of one posternd has had, in kB, by pid.
actor WorkerMemory {
  private let supervisor: Int32
  private var isEnded = false

  init(below supervisor: Int32) { self.supervisor = supervisor }

  /// Looks at all workers again and again until `end`.
  func follow() async throws -> [Int32: Int] {
    var peaks: [Int32: Int] = [:]
    while !isEnded {
      for worker in try ProcessTable.children(of: supervisor) where worker.name == "postern-worker" {
        // The kernel keeps the peak for as long as the process lives; one that has just gone has none.
        if let peak = try? ProcessStatus(of: worker.pid).numbers("VmHWM").first { peaks[worker.pid] = peak }
      }
      // How often it is looked at.
      try await Task.sleep(for: .milliseconds(2))
    }
    return peaks
  }

  func end() { isEnded = true }
}
