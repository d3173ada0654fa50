package import ArgumentParser
import Glibc
import Policy
import PolicySetup
import Settings

/// `postern rehearse`: plays SMTP dialogues against the restriction lists.
package struct Rehearse: ParsableCommand {
  package static let configuration = CommandConfiguration(
    abstract: "Play SMTP dialogues against the restriction lists: the tests of a mail policy.",
    discussion: """
      A script is a dialogue, a line a step:

        list NAME = RESTRICTION, …        asked at its step when it is client, helo, sender, relay, recipient, \
      data, end_of_data or etrn; any other name can be called by lists after it
        table NAME = KEY VALUE; …         a table in place of its file, such as hash:/etc/postfix/access, or a new \
      one by a word: check_client_access NAME
        set PARAMETER VALUE               a key of [mail] or [parameters], smtpd_delay_reject, or \
      smtpd_relay_before_recipient_restrictions
        client NAME ADDRESS [REVERSE-NAME]  somebody connects; unknown for no name
        helo NAME, login USER [METHOD], mail SENDER, rcpt RECIPIENT, data, etrn DOMAIN
        wait TIME                         so much time passes at once: 90s, 5m, 2h, 35d, 1w
        expect CODE [DSN] [TEXT]          what the last reply has to be; the text is any part of it
        expect OK                         that the client may go on

      # begins a comment, \\ at its end continues a line. A new list, table or value holds from there on. The lists \
      are those of the configuration until the script has one of its own; what it doesn't set and has no table for \
      is the configuration's. Each script begins anew, with its own clock and an empty greylist; nothing is asked \
      of the daemon, and nothing is changed.

      Printed is the reply that the client gets from Postfix, for each rcpt, data and etrn, and for the earlier \
      steps with smtpd_delay_reject no. What Postfix refuses by itself isn't played: unknown recipients, rates and \
      whatever else stays in main.cf.

      Without a script it reads standard input, with a prompt on a terminal. Exit code 1 when an expectation was \
      missed, 78 when a script or the configuration has faults (then none is played), 64 when a script can't be read.
      """)

  @Argument(help: ArgumentHelp("Scripts; - for standard input.", valueName: "script"))
  var scripts: [String] = []

  @Option(name: .short, help: "The configuration, instead of /etc/postern/postern.toml if that exists.")
  var configuration: String?

  @Flag(name: .shortAndLong, help: "Print each step, and what every list did with it.")
  var verbose = false

  package init() {}

  package func run() throws {
    let stage = try RehearsalScene(configuration: configuration)
    if scripts.isEmpty, isatty(STDIN_FILENO) == 1 {
      return RehearsalPrompt(scene: stage, isVerbose: verbose).run()
    }
    let plays = try (scripts.isEmpty ? ["-"] : scripts).map { try ScriptPlay(file: $0, on: stage) }
    let faults = plays.flatMap(\.faults)
    for fault in faults { Complaint.writePlain(fault) }
    if !faults.isEmpty { throw ArgumentParser.ExitCode(ExitStatus.configuration) }
    var isContent = true
    for play in plays {
      let isMet = play.run(isVerbose: verbose, print: { print($0) }, complain: Complaint.writePlain)
      isContent = isMet && isContent
    }
    if !isContent { throw ArgumentParser.ExitCode(1) }
  }
}
