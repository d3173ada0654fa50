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

  /// One at a time: these programs lock /etc/passwd and give up when it is locked.
  private static func run(_ program: String, _ arguments: [String], input: String = "") throws {
    try lock.withLock {
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
      guard process.terminationStatus == 0 else {
        throw Failure(program: program, status: process.terminationStatus)
      }
    }
  }
}
