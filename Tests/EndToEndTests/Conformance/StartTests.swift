import Foundation
import Testing

extension EndToEnd {
  /// Where sockets come from.
  @Suite struct StartTests {
    @Test(arguments: Daemon.ours)
    func `a run directory that was wiped is made again`(_ daemon: Daemon) async throws {
      let run = try RunDirectory()
      let gateway = try await Gateway(
        daemon, in: run, at: run.path("wiped"), prepare: WireAccount.add)
      let answer = try await gateway.login()
      #expect(answer == .ok, gateway.logs)
      try await gateway.stop()
    }

    /// As systemd does with postern.socket, and a second one for a chrooted Postfix added: it listens, and the
    /// daemon takes the sockets over.
    @Test func `sockets that systemd holds are served`() async throws {
      let run = try RunDirectory()
      let directory = try run.make("saslauthd")
      let inQueue = try run.make("queue/var/run/saslauthd") + "/mux"
      let wrapper = [
        "systemd-socket-activate", "--listen=\(directory)/mux", "--listen=\(inQueue)", "--fdname=auth:auth",
      ]
      let gateway = try await Gateway(
        .posternd, in: run, at: directory, options: .init(wrapper: wrapper), prepare: WireAccount.add)
      for socket in [gateway.socket, inQueue] {
        let client = try MuxClient(socket)
        try client.send(Frame.login(WireAccount.login, WireAccount.password).bytes)
        let answer = try await client.answer()
        #expect(answer == .ok, gateway.logs)
      }
      try await gateway.stop()
      #expect(FileManager.default.fileExists(atPath: gateway.socket), "the socket is systemd's")
    }
  }
}
