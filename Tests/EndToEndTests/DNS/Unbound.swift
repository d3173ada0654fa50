/// A real unbound of a test's own, which asks other name servers of this host about their zones.
final class Unbound {
  private let process: RunningProcess
  let address: String
  var endpoint: String { "\(address):53" }
  var log: String { process.log }

  /// Starts it; `zones` are names, and the address of the server that has them.
  init(asking zones: [(name: String, server: String)], in run: RunDirectory) async throws {
    address = try Loopback.freeAddress(port: 53)
    let stubs = zones.map { "stub-zone:\n  name: \"\($0.name)\"\n  stub-addr: \($0.server)@53\n" }
    let file = try run.write(
      """
      server:
        username: ""
        chroot: ""
        directory: "\(run.path)"
        pidfile: ""
        use-syslog: no
        do-daemonize: no
        do-ip6: no
        interface: \(address)
        access-control: 127.0.0.0/8 allow
        do-not-query-localhost: no
        # There are no roots here to ask, and so nothing to validate.
        module-config: "iterator"
      remote-control:
        control-enable: no
      \(stubs.joined())
      """, to: "unbound.conf")
    let output = run.path("unbound.log")
    process = try RunningProcess("/usr/sbin/unbound", ["-d", "-c", file], output: output, errors: output)
    let address = address
    try await eventually("unbound listens") { try Loopback.isListening(address, port: 53) }
  }

  func stop() async throws { try await process.stop() }
}
