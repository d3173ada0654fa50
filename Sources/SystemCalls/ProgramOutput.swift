import CLinux
import Glibc

/// What another program writes to its standard output, as it comes.
///
/// The program has no input, and a short environment in the language `C`. It is killed and waited for when its owner
/// drops this before `finish`.
package struct ProgramOutput: ~Copyable {
  /// -1 when it was waited for.
  private var pid: Int32
  private let output: Descriptor

  /// Starts the program at `path`.
  ///
  /// - Parameters:
  ///   - path: the program's file.
  ///   - arguments: from argv[0] on.
  ///   - errors: where its standard error goes.
  /// - Throws: also what kept the file from being executed.
  package init(path: String, arguments: [String], errors: borrowing Descriptor) throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    try retrying("pipe") { clinux_pipe(&ends) }
    let output = Descriptor(owning: ends[0])
    let input = Descriptor(owning: ends[1])
    let environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"]
    let (inputNumber, errorNumber) = (input.number, errors.number)
    var pid: Int32 = -1
    let failure = withCStrings(arguments) { arguments in
      withCStrings(environment) { environment in
        clinux_spawn_writer(&pid, path, arguments, environment, inputNumber, errorNumber)
      }
    }
    guard failure == 0 else { throw SystemError("spawn \(path)", code: failure) }
    self.pid = pid
    self.output = output
  }

  deinit {
    guard pid > 0 else { return }
    // The group is its own, and goes with it.
    kill(-pid, SIGKILL)
    _ = Self.wait(for: pid)
  }

  /// Waits for more output and reads it.
  ///
  /// - Parameters:
  ///   - buffer: filled from its start on.
  ///   - patience: the longest wait, milliseconds.
  /// - Returns: the number of bytes; zero when the program has closed its output.
  /// - Throws: ETIMEDOUT when nothing came.
  package func read(into buffer: inout [UInt8], patience: Int32) throws(SystemError) -> Int {
    var entry = pollfd(fd: output.number, events: Int16(POLLIN), revents: 0)
    let ready = try retrying("poll") { poll(&entry, 1, patience) }
    guard ready > 0 else { throw SystemError("read", code: ETIMEDOUT) }
    let number = output.number
    return try retrying("read") { Glibc.read(number, &buffer, buffer.count) }
  }

  /// Waits for the program's end.
  ///
  /// - Returns: its exit status; 128 and the signal's number when one killed it, as a shell has it.
  package mutating func finish() -> Int32 {
    precondition(pid > 0, "a program ends once")
    let status = Self.wait(for: pid)
    pid = -1
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  private static func wait(for pid: Int32) -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return status
  }
}
