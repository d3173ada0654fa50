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

        list NAME = RESTRICTION, …
        table NAME = KEY VALUE; …
        set PARAMETER VALUE
        dns NAME TYPE VALUE…|NXDOMAIN|NODATA|SERVFAIL|TIMEOUT
        dns live
        client NAME ADDRESS [REVERSE-NAME]
        helo NAME
        login USER [METHOD]
        mail SENDER
        rcpt RECIPIENT
        data
        etrn DOMAIN
        wait TIME
        expect CODE [DSN] [TEXT], or expect OK

      The lists client, helo, sender, relay, recipient, data, end_of_data and etrn are asked at their step, in \
      Postfix's order; any other can be called by the lists after it. The lists are those of the configuration until \
      the script has one of its own. A table stands in for the file of its name, such as hash:/etc/postfix/access, \
      or is a new one that lists name by its word. What can be set are the keys of [mail] and [parameters], \
      smtpd_delay_reject and smtpd_relay_before_recipient_restrictions; what isn't is the configuration's. A new \
      list, table or value holds from there on.

      dns says what the DNS answers: addresses for A and AAAA, a preference and a host for MX, hosts for NS and PTR, a \
      text for TXT. Every name that no line tells of isn't there; after dns live the real DNS is asked for those, by \
      the servers of [dns].

      A client without a name is called unknown; each one begins a new session, and each mail a new message. wait \
      lets so much time pass at once: 90s, 5m, 2h, 35d, 1w. expect says what the reply to the line before has to \
      be: a code, and if you like an enhanced status and any part of the text; OK is any reply after which the \
      client may go on. # begins a comment, \\ at its end continues a line.

      Each script begins with its own clock and an empty greylist. The daemon isn't asked, and nothing is changed.

      Printed is the reply that the client gets from Postfix, for each rcpt, data and etrn, and for the earlier \
      steps with smtpd_delay_reject no. What Postfix refuses by itself isn't played: unknown recipients, rates and \
      whatever else stays in main.cf.

      Without a script it reads standard input, with a prompt on a terminal. Exit code 1 when an expectation was \
      missed, 78 when a script or the configuration has faults (then none is played), 64 when a script can't be read.
      """)

  @Argument(help: ArgumentHelp("Scripts; - for standard input.", valueName: "script"))
  var scripts: [String] = []

  @Option(
    name: .short,
    help: ArgumentHelp("The configuration; /etc/postern/postern.toml if that exists.", valueName: "file"))
  var configuration: String?

  @Flag(name: .shortAndLong, help: "Print each step, and what every list did with it.")
  var verbose = false

  package init() {}

  package func run() throws {
    let scene = try RehearsalScene(configuration: configuration)
    if scripts.isEmpty, isatty(STDIN_FILENO) == 1 {
      return RehearsalPrompt(scene: scene, isVerbose: verbose).run()
    }
    let plays = try (scripts.isEmpty ? ["-"] : scripts).map { try ScriptPlay(file: $0, on: scene) }
    let faults = plays.flatMap(\.faults)
    for fault in faults { Complaint.writePlain(fault) }
    if !faults.isEmpty { throw ArgumentParser.ExitCode(ExitStatus.configuration) }
    var isContent = true
    for play in plays {
      let isMet = play.run(isVerbose: verbose, print: { print($0) }, complain: Self.complain)
      isContent = isMet && isContent
    }
    if !isContent { throw ArgumentParser.ExitCode(1) }
  }

  /// After the replies before it, also where both go into one file.
  private static func complain(_ text: String) {
    fflush(nil)
    Complaint.writePlain(text)
  }
}
