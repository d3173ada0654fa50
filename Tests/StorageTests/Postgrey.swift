import Foundation
import Glibc
import Testing

/// A real postgrey with its database in a directory; it ends with its owner, and with the tests.
final class Postgrey {
  /// What it is asked, at which time; the times go into the database.
  struct Request {
    let at: Int64
    let address: String
    let sender: String
    let recipient: String
  }

  private let process = Process()
  private let directory: String

  init(directory: String, flags: [String] = []) throws {
    self.directory = directory
    process.executableURL = URL(filePath: "/usr/bin/setpriv")
    process.arguments =
      [
        "--pdeathsig", "KILL", "/usr/sbin/postgrey", "--unix=\(directory)/socket", "--dbdir=\(directory)",
        "--user=\(geteuid())", "--group=\(getegid())", "--whitelist-clients=/dev/null",
        "--whitelist-recipients=/dev/null",
      ] + flags
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: "/dev/null")
    try process.run()
  }

  deinit { end(by: SIGKILL) }

  /// Asks one after the other, each when the one before was answered.
  func ask(_ requests: [Request]) throws {
    let frames = requests.map { request in
      """
      request=smtpd_access_policy
      client_address=\(request.address)
      client_name=mx.example
      sender=\(request.sender)
      recipient=\(request.recipient)
      policy_test_time=\(request.at)


      """
    }
    let file = directory + "/requests"
    try frames.joined(separator: "\0").write(toFile: file, atomically: false, encoding: .utf8)
    let client = Process()
    client.executableURL = URL(filePath: "/usr/bin/python3")
    client.arguments = ["-c", Self.client, directory + "/socket", file]
    try client.run()
    client.waitUntilExit()
    try #require(client.terminationStatus == 0)
    try FileManager.default.removeItem(atPath: file)
  }

  /// Ends it: in peace, or as a service manager does with one that is idle and doesn't see its signal.
  func end(by signal: Int32) {
    guard process.isRunning else { return }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
  }

  private static let client = """
    import socket, sys, time
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(30)
    for _ in range(300):
        try:
            s.connect(sys.argv[1])
            break
        except OSError:
            time.sleep(0.1)
    for frame in open(sys.argv[2], "rb").read().split(b"\\0"):
        s.sendall(frame)
        answer = b""
        while not answer.endswith(b"\\n\\n"):
            piece = s.recv(4096)
            assert piece
            answer += piece
    """
}
