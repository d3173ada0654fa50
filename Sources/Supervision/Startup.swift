import Control
import EventLoop
import Glibc
import Settings
import SystemCalls

/// What posternd does while it still has all of root's rights: run directories, the lock, the sockets.
struct Startup {
  let settings: Settings
  let activation: SocketActivation
  /// saslauthd's own lock file in the old command line.
  let lockFile: String

  /// Why the start ends here.
  enum Failure: Error {
    /// Another instance runs: exit code 75, in the old command line 1.
    case anotherInstance(lock: String)
    case socket(ServiceSocket.Failure)
    case directory(SystemError)

    var message: String {
      switch self {
      case .anotherInstance(let lock): "another instance holds \(lock)"
      case .socket(let failure): failure.description
      case .directory(let error): error.description
      }
    }

    /// The lines that saslauthd writes for a second instance; our own for the rest.
    var saslauthdLines: [String] {
      switch self {
      case .anotherInstance(let lock):
        [
          "could not lock pid lock file: \(lock)", "Cannot start saslauthd",
          "Another instance of saslauthd is currently running",
        ]
      case .socket, .directory: [message]
      }
    }

    var exitCode: Int32 {
      switch self {
      case .anotherInstance, .socket(.inUse): ExitStatus.tryAgain
      case .socket, .directory: EXIT_FAILURE
      }
    }
  }

  /// Makes the run directories where they are missing.
  func makeDirectories() throws(Failure) {
    for path in Set([settings.control.directory] + settings.auth.listen.map(Self.directory)) {
      do throws(SystemError) {
        guard access(path, F_OK) != 0 else { continue }
        try retrying("mkdir \(path)") { mkdir(path, 0o755) }
      } catch {
        throw .directory(error)
      }
    }
  }

  /// Takes the lock that keeps a second instance out for as long as this process lives.
  func lock() throws(Failure) -> InstanceLock {
    do {
      return try InstanceLock(path: lockFile)
    } catch {
      switch error {
      case .held(let path): throw .anotherInstance(lock: path)
      case .system(let error): throw .directory(error)
      }
    }
  }

  /// The listening sockets: systemd's where it passed some, else our own.
  func sockets() throws(Failure) -> [Supervisor.HeldSocket] {
    var held = activation.numbers(named: "auth").map {
      Supervisor.HeldSocket(kind: .logins, descriptor: Descriptor(owning: $0))
    }
    if held.isEmpty {
      for path in settings.auth.listen {
        let socket = ServiceSocket(
          path: path, mode: settings.auth.mode, group: settings.auth.group)
        held.append(Supervisor.HeldSocket(kind: .logins, descriptor: try bind(socket)))
      }
    }
    held.append(try operatorsSocket())
    return held
  }

  /// Removes what `sockets` has bound, where this process still may.
  func removeSockets() {
    guard activation.sockets.isEmpty else { return }
    for path in settings.auth.listen + [settings.control.authSocket] { unlink(path) }
  }

  private func operatorsSocket() throws(Failure) -> Supervisor.HeldSocket {
    if let passed = activation.numbers(named: "control").first {
      return Supervisor.HeldSocket(kind: .operators, descriptor: Descriptor(owning: passed))
    }
    let socket = ServiceSocket(path: settings.control.authSocket, mode: 0o660, group: settings.control.group)
    return Supervisor.HeldSocket(kind: .operators, descriptor: try bind(socket))
  }

  private func bind(_ socket: ServiceSocket) throws(Failure) -> Descriptor {
    do {
      return try socket.bind()
    } catch {
      throw .socket(error)
    }
  }

  private static func directory(of path: String) -> String {
    let parts = path.split(separator: "/").dropLast()
    return "/" + parts.joined(separator: "/")
  }
}
