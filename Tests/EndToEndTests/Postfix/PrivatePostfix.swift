import Foundation

/// A Postfix of the test's own: configuration, queue, data, log and ports; the host's isn't touched.
///
/// Two listeners, as administrators have them: one chrooted in the queue directory (Debian's master.cf as
/// shipped, but for the port) and one not.
final class PrivatePostfix {
  /// Where a mail client connects.
  struct Listener: Sendable {
    var address = "127.0.0.1"
    var port: UInt16
  }

  /// How the listeners come about.
  enum MasterFile {
    /// The shipped file with the port changed, and a listener that isn't chrooted added.
    case privatePorts
    /// The shipped file, byte for byte: port 25, on loopback only.
    case asShipped
  }

  private static let shippedMasterFile = "/usr/share/postfix/master.cf.dist"

  private let directory: RunDirectory
  private let process: RunningProcess
  let chrooted: Listener
  /// Absent with the master.cf as shipped.
  let plain: Listener?

  static func queue(in directory: RunDirectory) -> String { directory.path("queue") }

  /// Starts it in `directory`; mail for others goes to the port `sink`, passwords to the mux socket `socket`.
  ///
  /// Of a parameter that `main` and the shared main.cf both set, that of `main` counts; `services` are more lines
  /// of master.cf. With an address of a name server, nobody else is asked, at port 53.
  init(
    in directory: RunDirectory, sink: UInt16, socket: String, master: MasterFile = .privatePorts,
    main: String = "", services: String = "", nameServer: String? = nil
  ) async throws {
    self.directory = directory
    switch master {
    case .privatePorts:
      chrooted = Listener(port: try Self.freePort(besides: [sink]))
      plain = Listener(port: try Self.freePort(besides: [chrooted.port, sink]))
    case .asShipped:
      chrooted = Listener(port: 25)
      plain = nil
    }
    try Self.layOut(directory, sink: sink, socket: socket, main: main)
    try Self.writeMasterFile(
      master, chrooted: chrooted, plain: plain, services: services, to: directory)
    var command = ["postfix", "-c", directory.path("conf"), "start-fg"]
    if let nameServer { command = try PrivateResolver(in: directory, nameServer).command(running: command) }
    process = try RunningProcess(
      command[0], Array(command.dropFirst()), output: directory.path("postfix.out"),
      errors: directory.path("postfix.out"))
    for listener in [chrooted, plain].compactMap(\.self) {
      do {
        try await eventually("Postfix listens at \(listener.port)") {
          try Loopback.isListening(listener.address, port: listener.port)
        }
      } catch {
        throw NeverHappened(what: "\(error)\n\(process.log)\n\(log)", within: .patience)
      }
    }
  }

  /// One that is free is given out again for as long as nobody listens on it.
  private static func freePort(besides taken: Set<UInt16>) throws -> UInt16 {
    while true {
      let port = try Loopback.freePort()
      if !taken.contains(port) { return port }
    }
  }

  private static func layOut(
    _ directory: RunDirectory, sink: UInt16, socket: String, main additions: String
  ) throws {
    try directory.make("conf/sasl")
    try directory.make("queue/etc")
    try directory.make("data", owner: "postfix")
    // Without these a chrooted smtpd can't tell names of hosts and services.
    for name in ["resolv.conf", "hosts", "services", "nsswitch.conf"] {
      try directory.copy("/etc/\(name)", to: "queue/etc/\(name)")
    }
    let main = try Project.text("demo/postfix/main.cf").replacing("@RUN@", with: directory.path)
      .replacing("@SINK@", with: "[127.0.0.1]:\(sink)")
    try directory.write(Self.lines(of: main, notIn: additions) + additions, to: "conf/main.cf")
    // Debian looks here, whatever cyrus_sasl_config_path says.
    let sasl = try Project.text("demo/postfix/sasl/smtpd.conf")
    try directory.write(sasl, to: "conf/sasl/smtpd.conf")
    // The chrooted smtpd finds the very same socket at libsasl's default path.
    try directory.write(sasl + "saslauthd_path: \(socket)\n", to: "conf/sasl/plain.conf")
  }

  /// Without the parameters that `additions` sets: each of Postfix's programs warns of a second value, and so many
  /// warnings at the start keep postlogd waiting for itself.
  private static func lines(of main: String, notIn additions: String) -> String {
    func name(_ line: Substring) -> Substring { line.prefix { $0 != "=" && $0 != " " } }
    let set = Set(additions.split(separator: "\n").map(name))
    return main.split(separator: "\n").filter { !set.contains(name($0)) || $0.hasPrefix("#") }
      .joined(separator: "\n") + "\n"
  }

  private static func writeMasterFile(
    _ master: MasterFile, chrooted: Listener, plain: Listener?, services: String,
    to directory: RunDirectory
  ) throws {
    var text = try String(contentsOfFile: shippedMasterFile, encoding: .utf8)
    switch master {
    case .privatePorts:
      text = text.replacing(/(?m)^smtp +inet/, with: "127.0.0.1:\(chrooted.port) inet")
    case .asShipped:
      let main = try String(contentsOfFile: directory.path("conf/main.cf"), encoding: .utf8)
      try directory.write(main + "inet_interfaces = 127.0.0.1\n", to: "conf/main.cf")
    }
    if let plain {
      text += "127.0.0.1:\(plain.port) inet n - n - - smtpd -o smtpd_sasl_path=plain\n"
    }
    try directory.write(text + services, to: "conf/master.cf")
  }

  var log: String {
    String(
      decoding: FileManager.default.contents(atPath: directory.path("mail.log")) ?? Data(), as: UTF8.self)
  }

  /// The master daemon runs in a session of its own and writes its pid down.
  private var masterPID: Int32? {
    let data = FileManager.default.contents(atPath: directory.path("queue/pid/master.pid")) ?? Data()
    return Int32(String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
  }

  /// Has new processes read the configuration, by the signal that `postfix reload` sends.
  func reload() throws {
    guard let masterPID else { throw NeverHappened(what: "the master daemon runs", within: .zero) }
    kill(masterPID, SIGHUP)
  }

  /// Ends the master daemon, which takes its own along; `postfix` then ends by itself.
  func stop() async throws {
    if let masterPID { kill(masterPID, SIGTERM) }
    try await eventually("Postfix ends") { !process.isRunning }
  }

  deinit { if process.isRunning, let masterPID { kill(masterPID, SIGTERM) } }
}
