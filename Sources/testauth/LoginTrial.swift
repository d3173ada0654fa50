import Credentials
import Glibc
import SaslauthdProtocol
import SystemCalls

/// One login, tried as often as wanted, each on a connection of its own.
struct LoginTrial: ~Copyable {
  private let socket: String
  private var request: Secret

  init(socket: String, request: consuming Secret) {
    self.socket = socket
    self.request = request
  }

  /// Sets what is asked.
  mutating func ask(
    login: CountedString, password: borrowing Secret, service: CountedString, realm: CountedString
  ) {
    LoginRequest.encode(login: login, password: password, service: service, realm: realm, into: &request)
  }

  /// Tries once, and prints as testsaslauthd does.
  ///
  /// - Parameter number: of the try, from 0.
  /// - Returns: whether the answer was OK.
  func run(_ number: Int) -> Bool {
    print("\(number): ", terminator: "")
    defer { fflush(nil) }
    do {
      let accepted = try answer()
      print(accepted ? "OK \"Success.\"" : "NO \"authentication failed\"")
      return accepted
    } catch {
      fflush(nil)
      complain(error.message(socket: socket))
      return false
    }
  }

  /// What kept an answer from coming.
  private enum Failure: Error {
    case connect(SystemError)
    case write
    /// Closed without an answer: the daemon could not decide.
    case noAnswer
    case badAnswer
    case cutAnswer

    /// The first line is testsaslauthd's.
    func message(socket: String) -> String {
      switch self {
      case .connect(let error):
        """
        connect() : \(error.reason)
        testauth: nobody serves \(socket): start posternd, or name the socket with -f
        """
      case .write: "write failed"
      case .noAnswer:
        """
        size read failed
        testauth: no answer: the mechanism could not decide, or too much was asked; see the daemon's log
        """
      case .badAnswer: "bad response from saslauthd"
      case .cutAnswer: "read failed"
      }
    }
  }

  private func answer() throws(Failure) -> Bool {
    let connection = try connect()
    let sent = request.withBytes { send(connection.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    guard sent == request.count else { throw .write }
    return try read(from: connection)
  }

  private func connect() throws(Failure) -> Descriptor {
    do {
      return try UnixSocket.connect(to: socket)
    } catch {
      throw .connect(error)
    }
  }

  private func read(from connection: borrowing Descriptor) throws(Failure) -> Bool {
    var bytes: [UInt8] = []
    while true {
      switch LoginReply.read(bytes.span) {
      case .whole(let accepted, _): return accepted
      case .malformed: throw .badAnswer
      case .incomplete: break
      }
      var part = [UInt8](repeating: 0, count: LoginReply.longestText + 2)
      let count = recv(connection.number, &part, part.count, 0)
      guard count > 0 else { throw bytes.count < 2 ? .noAnswer : .cutAnswer }
      bytes += part.prefix(count)
    }
  }

  private func complain(_ text: String) {
    let line = Array("\(text)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
  }
}
