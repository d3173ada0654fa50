import ArgumentParser
import Credentials
import Glibc
import SaslauthdProtocol
import SystemCalls

/// Where the password comes from.
enum PasswordSource {
  case argument(String)
  case standardInput
  case terminal

  init(argument: String?) {
    self =
      switch argument {
      case nil: .terminal
      case "-": .standardInput
      case let text?: .argument(text)
      }
  }

  /// Reads the password, without the end of its line, into a slot of `pool`.
  func read(into pool: SecretPool) throws -> Secret {
    guard var secret = pool.take() else { throw ValidationError("no locked memory is left.") }
    switch self {
    case .argument(let text):
      guard Array(text.utf8).withUnsafeBytes({ secret.append($0) }) else { throw tooLong }
    case .standardInput: try readLine(from: STDIN_FILENO, into: &secret)
    case .terminal:
      let terminal = Descriptor(
        owning: try retrying("open /dev/tty") { open("/dev/tty", O_RDWR | O_CLOEXEC) })
      try withoutEcho(on: terminal.number) { try readLine(from: terminal.number, into: &secret) }
    }
    guard secret.count <= LoginRequest.longestPassword else { throw tooLong }
    return secret
  }

  private var tooLong: ValidationError {
    ValidationError("the password is longer than \(LoginRequest.longestPassword) bytes.")
  }

  /// A byte at a time: what follows the line is not ours.
  private func readLine(from number: Int32, into secret: inout Secret) throws {
    while true {
      var byte: UInt8 = 0
      let count = try retrying("read") { Glibc.read(number, &byte, 1) }
      if count == 0 || byte == UInt8(ascii: "\n") { return }
      guard withUnsafeBytes(of: &byte, { secret.append($0) }) else { throw tooLong }
    }
  }

  private func withoutEcho(on number: Int32, _ body: () throws -> Void) throws {
    var before = termios()
    try retrying("tcgetattr") { tcgetattr(number, &before) }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    try retrying("tcsetattr") { tcsetattr(number, TCSAFLUSH, &silent) }
    defer {
      tcsetattr(number, TCSAFLUSH, &before)
      _ = write(number, "\n", 1)
    }
    _ = write(number, "Password: ", 10)
    try body()
  }
}
