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

    /// As systemd does with postern.socket: it listens, and the daemon takes the socket over.
    @Test func `a socket that systemd holds is served`() async throws {
      let run = try RunDirectory()
      let directory = try run.make("saslauthd")
      let wrapper = ["systemd-socket-activate", "--listen=\(directory)/mux", "--fdname=auth"]
      let gateway = try await Gateway(
        .posternd, in: run, at: directory, options: .init(wrapper: wrapper), prepare: WireAccount.add)
      let answer = try await gateway.login()
      #expect(answer == .ok, gateway.logs)
      try await gateway.stop()
      #expect(FileManager.default.fileExists(atPath: gateway.socket), "the socket is systemd's")
    }
  }
}
