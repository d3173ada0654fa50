import Glibc
import SystemCalls
import TestKit

/// A server behind a unix socket, as sssd's.
final class Neighbour {
  private let directory: TemporaryDirectory
  private let listener: Descriptor
  private let answer: UInt8

  var path: String { directory.path + "/pipe" }

  init(answer: UInt8) throws {
    self.answer = answer
    directory = try TemporaryDirectory()
    listener = try UnixSocket.listen(at: directory.path + "/pipe", backlog: 1)
    try retrying("chmod") { chmod(directory.path + "/pipe", 0o666) }
    try listener.makeBlocking()
    // A client that doesn't come fails the test, it doesn't stop it.
    try UnixSocket.setPatience(30, on: listener)
  }

  /// Answers one client, and tells what it sent.
  func serve() throws -> String {
    try serve { client throws(SystemError) in
      try retrying("write") { write(client.number, [answer], 1) }
    }
  }

  /// Lets one client wait for its answer while `body` runs, and tells what it sent.
  func holding(_ body: () -> Void) throws -> String {
    try serve { _ throws(SystemError) in body() }
  }

  private func serve(_ body: (borrowing Descriptor) throws(SystemError) -> Void) throws -> String {
    let client = try UnixSocket.accept(from: listener)
    try client.makeBlocking()
    var buffer = [UInt8](repeating: 0, count: 256)
    let number = client.number
    let count = try retrying("read") { read(number, &buffer, buffer.count) }
    try body(client)
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }
}
