import Foundation
import MailTypes
import TestKit

/// A real rbldnsd with lists of a test's own, at an address of its own.
final class Rbldnsd {
  /// A list: its zone, its format, and its lines.
  struct Zone: Sendable {
    var name: String
    var format: String
    var text: String
  }

  private let run: RunDirectory
  private let process: RunningProcess
  let address: String
  private var serial = 0
  /// As `[dns] servers` has it.
  var endpoint: String { "\(address):53" }
  var log: String { process.log }

  /// Starts it; answers hold for `lifetime` seconds.
  init(_ zones: [Zone], lifetime: Int = 300, in run: RunDirectory) async throws {
    self.run = run
    address = try Loopback.freeAddress(port: 53)
    try run.make("rbldnsd")
    for zone in zones { try run.write(zone.text, to: "rbldnsd/\(zone.name)") }
    let output = run.path("rbldnsd.log")
    process = try RunningProcess(
      "/usr/sbin/rbldnsd",
      ["-n", "-4", "-c", "0", "-t", "\(lifetime)", "-w", run.path("rbldnsd"), "-b", "\(address)/53"]
        + zones.map { "\($0.name):\($0.format):\($0.name)" }, output: output, errors: output)
    let process = process
    try await eventually("rbldnsd has read its lists") { process.log.contains("zones reloaded") }
  }

  /// Puts other lines into an ip4set, as its maintainer would, and waits until they count.
  func replace(_ zone: String, _ text: String) async throws {
    serial += 1
    let file = try run.write("\(text)127.9.0.1 :127.0.9.\(serial):\n", to: "rbldnsd/\(zone)")
    // It takes a file for changed by the second.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: Double(serial))], ofItemAtPath: file)
    process.signal(SIGHUP)
    let mark = DNSRecord.address(.v4(0x7F00_0900 + UInt32(serial)))
    try await eventually("rbldnsd reads \(zone) again") {
      try Asker.answer(of: endpoint, to: "1.0.9.127.\(zone)").found.contains(mark)
    }
  }

  func stop() async throws { try await process.stop() }
}
