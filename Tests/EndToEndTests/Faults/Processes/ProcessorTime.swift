import Glibc

/// How long a process has computed.
enum ProcessorTime {
  static func of(_ pid: Int32) throws -> Duration {
    let line = try KernelFile.text("/proc/\(pid)/stat")
    // After the name in parentheses; fields 14 and 15 of proc(5) are the 12th and 13th from there.
    let fields = line[(line.lastIndex(of: ")") ?? line.startIndex)...].split(separator: " ")
    guard fields.count > 13, let user = Int(fields[12]), let system = Int(fields[13]) else {
      throw NeverHappened(what: "processor time of pid \(pid)", within: .zero)
    }
    return .seconds(user + system) / Int(sysconf(Int32(_SC_CLK_TCK)))
  }
}
