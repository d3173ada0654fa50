package import ArgumentParser
import Control
import Settings

/// `postern cache flush`: has the daemon forget accepted logins.
package struct CacheFlush: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "flush",
    abstract: "Forget accepted logins: the next ones are checked anew.",
    discussion: """
      For a password that was changed where the daemon can't see it, such as in a directory server. \
      Exit code 1 for whoever isn't root, 69 when no daemon answers.
      """)

  @Argument(help: "The login to forget, as it is given to the mechanism; all of them when none is named.")
  var login: String?

  @OptionGroup var daemon: DaemonOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  package init() {}

  package func validate() throws {
    guard let login else { return }
    // The question is one line: whatever would make another question of it is no login.
    let request = OperatorRequest.flushCache(login: login)
    guard OperatorRequest(line: String(request.line.dropLast())) == request,
      !login.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }),
      request.line.utf8.count <= OperatorRequest.longest
    else { throw ValidationError("'\(login)' can't be a login.") }
  }

  package func run() throws {
    let answer = try OperatorQuestion(.flushCache(login: login)).ask(try daemon.settings.authSocket)
    guard let forgotten = Self.count(in: answer) else {
      Complaint.write("the daemon's answer is of another release: \(answer)")
      throw ArgumentParser.ExitCode(ExitStatus.unreachable)
    }
    print(
      json ? "{\"forgotten\": \(forgotten)}" : "\(forgotten) \(forgotten == 1 ? "login" : "logins") forgotten"
    )
  }

  /// The number in `forgotten=NUMBER`.
  static func count(in answer: String) -> Int? {
    let words = answer.prefix { $0 != "\n" }.split(separator: "=", maxSplits: 1)
    return words.count == 2 && words[0] == "forgotten" ? Int(words[1]) : nil
  }
}
