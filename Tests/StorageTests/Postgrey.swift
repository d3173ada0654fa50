import Foundation
import Glibc
import Testing

/// A real postgrey with its database in a directory; it ends with its owner, and when the tests die.
final class Postgrey {
  /// What it is asked, at which time; the times go into the database.
  struct Request {
    let at: Int64
    let address: String
    let sender: String
    let recipient: String
  }

  private let keeper = Process()
  private let orders = Pipe()

  /// Starts it, and asks one request after the other, each when the one before was answered.
  init(directory: String, flags: [String] = [], asked requests: [Request]) throws {
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
    let answers = Pipe()
    keeper.executableURL = URL(filePath: "/usr/bin/timeout")
    keeper.arguments = ["280", "/usr/bin/python3", "-c", Self.script, directory] + flags
    keeper.standardInput = orders
    keeper.standardOutput = answers
    try keeper.run()
    let answer = try answers.fileHandleForReading.read(upToCount: 6)
    try #require(answer == Data("ready\n".utf8))
  }

  deinit { end(by: SIGKILL) }

  /// Ends it: in peace, or as a service manager does with one that is idle and doesn't see its signal.
  func end(by signal: Int32) {
    guard keeper.isRunning else { return }
    orders.fileHandleForWriting.write(Data("\(signal)\n".utf8))
    keeper.waitUntilExit()
  }

  private static let script = """
    import grp, os, pwd, signal, socket, subprocess, sys, time
    # Those of Swift's threads are blocked, and inherited.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    directory, flags = sys.argv[1], sys.argv[2:]
    path = directory + "/socket"
    postgrey = subprocess.Popen(
        ["/usr/sbin/postgrey", "--unix=" + path, "--dbdir=" + directory, 
         "--user=" + pwd.getpwuid(os.geteuid()).pw_name, "--group=" + grp.getgrgid(os.getegid()).gr_name,
         "--whitelist-clients=/dev/null", "--whitelist-recipients=/dev/null"] + flags,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        s = socket.socket(socket.AF_UNIX)
        s.settimeout(120)
        for _ in range(300):
            try:
                s.connect(path)
                break
            except OSError:
                time.sleep(0.1)
        for frame in open(directory + "/requests", "rb").read().split(b"\\0"):
            s.sendall(frame)
            answer = b""
            while not answer.endswith(b"\\n\\n"):
                piece = s.recv(4096)
                assert piece
                answer += piece
        os.unlink(directory + "/requests")
        print("ready", flush=True)
        number = int(sys.stdin.readline() or 9)
        s.close()
        # A signal is seen only when the loop has something else to do.
        while postgrey.poll() is None:
            postgrey.send_signal(number)
            time.sleep(0.1)
    finally:
        postgrey.kill()
        postgrey.wait()
    """
}
