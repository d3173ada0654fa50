import SystemCalls
import TestKit
import Testing

/// What one kind of process may have, as the design's table of processes says it.
struct ProcessRow {
  /// Numbers of Linux capabilities.
  enum Capability: Int { case kill = 5, setgid = 6, setuid = 7 }

  var user: UInt32
  var group: UInt32
  var supplementary: [UInt32]
  var capabilities: Set<Capability> = []
  var forbidsNewPrivileges: Bool
  /// The policy service's store has one of its own.
  var threads = 1
  /// Exactly these descriptors; nil: any, but none of them a network socket.
  var descriptors: Set<Int>?

  /// Compares it with the process; each difference is an issue of the current test.
  func expect(of pid: Int32, _ name: String) throws {
    let status = try ProcessStatus(of: pid)
    let capabilities = Set(capabilities.map(\.rawValue))
    #expect(status.numbers("Uid") == Array(repeating: Int(user), count: 4), "\(name)")
    #expect(status.numbers("Gid") == Array(repeating: Int(group), count: 4), "\(name)")
    #expect(Set(status.numbers("Groups")) == Set(supplementary.map(Int.init)), "\(name)")
    for set in ["CapEff", "CapPrm"] { #expect(status.capabilities(set) == capabilities, "\(name), \(set)") }
    for set in ["CapInh", "CapAmb"] { #expect(status.capabilities(set) == [], "\(name), \(set)") }
    #expect(status["NoNewPrivs"] == (forbidsNewPrivileges ? "1" : "0"), "\(name)")
    #expect(status["Seccomp"] == "2", "\(name) has a system call filter")
    #expect(status["Threads"] == "\(threads)", "\(name)")
    if let descriptors { #expect(try status.descriptors() == descriptors, "\(name)") }
  }
}
