import Glibc
import SystemCalls

/// One of Postfix's programs, run to its end.
enum PostfixProgram: String {
  case postconf, postmap

  /// How long it may be silent, milliseconds.
  private static let patience: Int32 = 10_000

  enum Failure: Error, Equatable {
    case missing
    case system(SystemError)
    case status(Int32)
    case tooMuch
  }

  /// Runs it with its complaints on our standard error.
  ///
  /// - Parameters:
  ///   - arguments: without its name.
  ///   - limit: the most output that is taken, bytes.
  /// - Returns: its standard output.
  /// - Throws: also for an end with another status than 0.
  func run(_ arguments: [String], limit: Int) throws(Failure) -> [UInt8] {
    let places = ["/usr/sbin", "/usr/local/sbin", "/sbin"].map { "\($0)/\(rawValue)" }
    guard let path = places.first(where: { access($0, X_OK) == 0 }) else { throw .missing }
    let output: Output
    do throws(SystemError) {
      output = try Self.read(path, [rawValue] + arguments, limit: limit)
    } catch {
      throw .system(error)
    }
    switch output {
    case .whole(let bytes): return bytes
    case .status(let status): throw .status(status)
    case .tooMuch: throw .tooMuch
    }
  }

  private static func read(
    _ path: String, _ arguments: [String], limit: Int
  ) throws(SystemError) -> Output {
    let complaints = Descriptor(
      owning: try retrying("fcntl") { fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3) })
    var program = try ProgramOutput(path: path, arguments: arguments, errors: complaints)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = try program.read(into: &buffer, patience: patience)
      if count == 0 { break }
      bytes += buffer[..<count]
      if bytes.count > limit { return .tooMuch }
    }
    let status = program.finish()
    return status == 0 ? .whole(bytes) : .status(status)
  }

  private enum Output {
    case whole([UInt8])
    case status(Int32)
    case tooMuch
  }
}
