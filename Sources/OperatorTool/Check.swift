package import ArgumentParser
import Preflight
import Settings

/// `postern check`: whether the daemon would start with this configuration, and what it would do.
package struct Check: ParsableCommand {
  package static let configuration = CommandConfiguration(
    abstract: "Validate the configuration and hold it against this host.",
    discussion: """
      Prints what each listener would serve, and what keeps it from working, with the mend. Lists in the DNS that \
      are known to be shut down are named, too. \
      Exit code 78 when the daemon would not start, else 0, with warnings or without. The daemon need not run.
      """)

  @Argument(help: ArgumentHelp("The configuration.", valueName: "file"))
  var file: String?

  @Option(name: .short, help: ArgumentHelp("The same, as posternd takes it.", valueName: "file"))
  var configuration: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Print only what is wrong.")
  var quiet = false

  package init() {}

  package func validate() throws {
    if file != nil, configuration != nil { throw ValidationError("Name the file once: FILE or -c FILE.") }
  }

  package func run() throws {
    let report = CheckReport(file: file ?? configuration ?? SettingsSource.defaultFile)
    if json {
      print(try report.json)
    } else {
      if !quiet { for line in report.served { print(line) } }
      for line in report.faults { Complaint.writePlain(line) }
    }
    if report.isRefused { throw ArgumentParser.ExitCode(ExitStatus.configuration) }
  }
}
