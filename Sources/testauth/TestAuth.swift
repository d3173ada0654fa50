import ArgumentParser
import Credentials
import Glibc
import SaslauthdProtocol
import SystemCalls

/// testauth(1): one login against a saslauthd socket, printed as testsaslauthd prints it.
///
/// SECURITY: a password on the command line is seen by every user of the host; leave it out, and it is asked
/// for. DIAGNOSTICS: exit code 0 for OK, 255 for everything else, 64 for wrong usage.
@main
struct TestAuth: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "testauth",
    abstract: "Try a login against the saslauthd socket.",
    discussion: """
      Prints what testsaslauthd prints, and exits with 0 for OK and 255 for anything else. \
      Without PASSWORD it is asked for on the terminal; with - it is one line of standard input.
      """)

  @Argument(help: "The user's name.")
  var user: String

  @Argument(help: "The password, or - to read it from standard input.")
  var password: String?

  @Option(name: .shortAndLong, help: "The service that asks: its PAM file's name.")
  var service = "imap"

  @Option(name: .shortAndLong, help: "The realm.")
  var realm = ""

  @Option(name: [.customShort("f"), .customLong("socket")], help: "The socket.")
  var socket = "/run/saslauthd/mux"

  @Option(name: [.customShort("R"), .customLong("repeat")], help: "How often to try.")
  var tries = 1

  func validate() throws {
    for (name, value) in [("USER", user), ("the service", service), ("the realm", realm)] {
      guard CountedString(value) != nil else { throw ValidationError("\(name) is longer than 256 bytes.") }
    }
    guard tries >= 1 else { throw ValidationError("-R takes a number from 1.") }
  }

  func run() throws {
    let pool = try SecretPool(slots: 2, slotSize: LoginRequest.longest)
    guard let request = pool.take(), let login = CountedString(user),
      let service = CountedString(service), let realm = CountedString(realm)
    else { throw ValidationError("the names don't fit a request.") }
    let secret = try PasswordSource(argument: password).read(into: pool)
    var trial = LoginTrial(socket: socket, request: request)
    trial.ask(login: login, password: secret, service: service, realm: realm)
    var accepted = false
    for number in 0..<tries { accepted = trial.run(number) }
    throw ExitCode(accepted ? 0 : 255)
  }
}
