import Foundation
import Glibc
import SystemCalls

/// The time of day as a test sets it, for daemons that are started with it.
final class FileClock {
  private let file: Descriptor
  /// What a daemon's environment needs.
  let environment: [String]

  /// Compiles the library that reads it, which every user may open.
  init(in run: RunDirectory, at seconds: Int64) async throws {
    let library = try await Compiler.preload("Tests/EndToEndTests/Policy/Day/file_clock.c", in: run)
    let path = try run.write("", to: "clock")
    file = Descriptor(owning: try retrying("open") { open(path, O_WRONLY | O_CLOEXEC) })
    environment = ["LD_PRELOAD=\(library)", "FILE_CLOCK=\(path)", "TZ=UTC"]
    try set(seconds)
  }

  func set(_ seconds: Int64) throws {
    var seconds = seconds
    let number = file.number
    try retrying("pwrite") { pwrite(number, &seconds, MemoryLayout<Int64>.size, 0) }
  }

  /// How `daemon` is started under this clock.
  ///
  /// posternd gives its children an environment of its own: beside a copy of it lies a script that becomes
  /// postern-policy.
  func program(_ daemon: PolicyDaemon, in run: RunDirectory) throws -> [String] {
    switch daemon {
    case .postgrey: return ["env"] + environment + daemon.commandLine
    case .posternd:
      try run.make("programs")
      try run.copy(Project.program("posternd"), to: "programs/posternd")
      let script = "#!/bin/sh\nexec env \(environment.joined(separator: " ")) "
      try run.write(script + "\(Project.program("postern-policy")) \"$@\"\n", to: "programs/postern-policy")
      try run.own("programs/postern-policy", group: "root", mode: 0o755)
      return [run.path("programs/posternd"), "postgrey"]
    }
  }
}
