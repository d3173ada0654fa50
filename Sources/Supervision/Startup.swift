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
  /// Whose that file is; nil: root's.
  var lockOwner: String?

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

    /// postgrey's line for a second instance; our own for the rest.
    var postgreyMessage: String {
      switch self {
      case .anotherInstance(let lock): "locked: \(lock)"
      case .socket, .directory: message
      }
    }

    /// Perl ends with the errno of what failed.
    var postgreyExitCode: Int32 {
      switch self {
      case .anotherInstance: EAGAIN
      case .socket, .directory: EXIT_FAILURE
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
    for path in Set([settings.control.directory] + boundPaths.map(parentDirectory)) {
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
      return try InstanceLock(path: lockFile, owner: lockOwner.flatMap { Account(named: $0) })
    } catch {
      switch error {
      case .held(let path): throw .anotherInstance(lock: path)
      case .system(let error): throw .directory(error)
      }
    }
  }

  /// The listening sockets: systemd's where it passed some, else our own.
  func sockets() throws(Failure) -> [Supervisor.HeldSocket] {
    var held: [Supervisor.HeldSocket] = []
    if settings.hasLogins { held += try loginSockets() }
    for listener in settings.policy { held += try policySockets(of: listener) }
    for service in ServiceKind.wanted(by: settings) { held.append(try operatorsSocket(of: service)) }
    return held
  }

  /// Removes what `sockets` has bound, where this process still may.
  func removeSockets() {
    guard activation.sockets.isEmpty else { return }
    for path in boundPaths { unlink(path) }
  }

  /// The unix sockets' paths.
  private var boundPaths: [String] {
    (settings.hasLogins ? settings.auth.listen : []) + settings.policy.flatMap(\.unixPaths)
      + ServiceKind.wanted(by: settings).map(settings.control.socket(of:))
  }

  private func loginSockets() throws(Failure) -> [Supervisor.HeldSocket] {
    let passed = activation.numbers(named: "auth")
    guard passed.isEmpty else {
      return passed.map { Supervisor.HeldSocket(for: .auth, .logins, descriptor: Descriptor(owning: $0)) }
    }
    var held: [Supervisor.HeldSocket] = []
    for path in settings.auth.listen {
      let socket = ServiceSocket(path: path, mode: settings.auth.mode, group: settings.auth.group)
      held.append(Supervisor.HeldSocket(for: .auth, .logins, descriptor: try bind(socket)))
    }
    return held
  }

  private func policySockets(
    of listener: PolicyListenerSettings
  ) throws(Failure) -> [Supervisor.HeldSocket] {
    let passed = activation.numbers(named: "policy.\(listener.name)")
    guard passed.isEmpty else {
      return passed.map {
        Supervisor.HeldSocket(for: .policy, .policy(mark: listener.mark), descriptor: Descriptor(owning: $0))
      }
    }
    var held: [Supervisor.HeldSocket] = []
    for address in listener.addresses {
      for descriptor in try bind(address, of: listener) {
        held.append(
          Supervisor.HeldSocket(
            for: .policy, .policy(mark: listener.mark), descriptor: Descriptor(owning: descriptor)))
      }
    }
    return held
  }

  private func bind(_ address: ListenAddress, of listener: PolicyListenerSettings) throws(Failure) -> [Int32]
  {
    switch address {
    case .unix(let path):
      var socket = ServiceSocket(path: path, mode: listener.socketMode, group: listener.socketGroup)
      socket.owner = listener.socketOwner
      socket.backlog = listener.backlog
      return [try bind(socket).release()]
    case .inet(let host, let port):
      do {
        return try InternetSocket.listen(host: host, port: port, backlog: listener.backlog)
      } catch {
        throw .socket(.internet(error, host: host, port: port))
      }
    }
  }

  private func operatorsSocket(of service: ServiceKind) throws(Failure) -> Supervisor.HeldSocket {
    if service == .auth, let passed = activation.numbers(named: "control").first {
      return Supervisor.HeldSocket(for: service, .operators, descriptor: Descriptor(owning: passed))
    }
    let path = settings.control.socket(of: service)
    let socket = ServiceSocket(path: path, mode: 0o660, group: settings.control.group)
    return Supervisor.HeldSocket(for: service, .operators, descriptor: try bind(socket))
  }

  private func bind(_ socket: ServiceSocket) throws(Failure) -> Descriptor {
    do {
      return try socket.bind()
    } catch {
      throw .socket(error)
    }
  }
}

extension ControlSettings {
  /// Where a service answers the operator.
  func socket(of service: ServiceKind) -> String {
    switch service {
    case .auth: authSocket
    case .policy: policySocket
    }
  }
}

extension PolicyListenerSettings {
  fileprivate var unixPaths: [String] {
    addresses.compactMap { if case .unix(let path) = $0 { path } else { nil } }
  }
}
