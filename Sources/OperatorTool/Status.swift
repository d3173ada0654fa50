package import ArgumentParser
import Control
import Settings
import SystemCalls

/// `postern status`: one screen about the running daemon.
package struct Status: ParsableCommand {
  package static let configuration = CommandConfiguration(
    abstract: "Show what the running daemon does: workers, queue, logins by verdict, last reasons.",
    discussion: "Exit code 69 when no daemon answers.")

  @Option(name: .short, help: "The configuration that the daemon was started with.")
  var configuration = SettingsSource.defaultFile

  @Option(help: "The control directory, instead of the configuration's.")
  var control: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  package init() {}

  package func run() throws {
    let socket = try ControlSettings(directory: control, configuration: configuration).authSocket
    let status = try AuthStatus(text: try OperatorQuestion(.status).ask(socket))
    print(json ? StatusText.json(status) : StatusText.screen(status))
  }
}

extension ControlSettings {
  /// The directory that was named, else that of the configuration.
  fileprivate init(directory: String?, configuration: String) throws {
    if let directory {
      self.init()
      self.directory = directory
    } else {
      do {
        self = try Settings.load(.file(configuration)).control
      } catch {
        for error in error.errors { Complaint.write(error.description) }
        throw ArgumentParser.ExitCode(ExitStatus.configuration)
      }
    }
  }
}
