import Foundation
import TestKit

/// /dev as one daemon sees it and nobody else, with a /dev/log that the test reads.
struct PrivateDev {
  private let directory: String
  private let reader = DatagramReader()

  /// What a daemon may open.
  private static let devices = ["null", "zero", "random", "urandom"]

  init(in run: RunDirectory) throws {
    directory = try run.make("dev")
    for name in Self.devices + ["log"] { try run.write("", to: "dev/\(name)") }
    // As rsyslog and the journal have it: every user logs.
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: reader.path)
  }

  /// The command that runs `command` where this stands at /dev.
  func command(running command: [String]) -> [String] {
    let mounts = Self.devices.map { "mount --bind /dev/\($0) '\(directory)/\($0)'" }
    let script =
      mounts + [
        "mount --bind '\(reader.path)' '\(directory)/log'", "mount --rbind '\(directory)' /dev",
        "exec \"$@\"",
      ]
    return ["unshare", "--mount", "sh", "-c", script.joined(separator: " && "), "sh"] + command
  }

  /// The datagrams since the last call, without what differs from run to run, and without the ends of lines that
  /// the real one sends along: syslog's readers cut them off.
  func lines() -> [String] {
    reader.readAll().map { datagram in
      let line = datagram.replacing(#/^(<\d+>)[A-Z][a-z]{2} [ \d]\d [\d:]{8} /#, with: { "\($0.1)TIME " })
        .replacing(/\[\d+\]:/, with: "[PID]:")
      return PolicyMask.masked(line.trimmingCharacters(in: .newlines))
    }
  }
}
