import Foundation
import Testing

/// A user of this host with a password, removed with its owner; root's to make.
package final class ThrowAwayUser {
  package let name: String
  private static let lock = NSLock()

  /// - Parameter password: in clear; hashed as this host's passwd does.
  /// - Throws: when the user can't be made.
  package init(password: String) throws {
    name = "postern-\(UUID().uuidString.prefix(8).lowercased())"
    try Self.run("useradd", ["--no-create-home", "--shell", "/usr/sbin/nologin", name])
    try Self.run("chpasswd", [], input: "\(name):\(password)\n")
  }

  deinit {
    do {
      try Self.run("userdel", [name])
    } catch {
      Issue.record(error, "\(name) is left behind")
    }
  }

  /// Runs usermod, chage or passwd on the user.
  package func change(_ program: String, _ arguments: [String]) throws {
    try Self.run(program, arguments + [name])
  }

  private struct Failure: Error { let program: String, status: Int32 }

  /// One at a time, since these programs lock the account files and give up when they are locked; and again for as
  /// long as another test run has the lock.
  private static func run(_ program: String, _ arguments: [String], input: String = "") throws {
    let end = ContinuousClock.now + .seconds(20)
    while true {
      let status = try lock.withLock { try ended(program, arguments, input: input) }
      if status == 0 { return }
      // 1: can't update the password file (locked); 10: can't update the group file.
      guard [1, 10].contains(status), ContinuousClock.now < end else {
        throw Failure(program: program, status: status)
      }
      usleep(50_000)
    }
  }

  /// Runs a program to its end; its exit status.
  private static func ended(_ program: String, _ arguments: [String], input: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try pipe.fileHandleForWriting.close()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
