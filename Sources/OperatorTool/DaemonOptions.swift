import ArgumentParser
import Control
import Settings

/// Which daemon a command asks.
struct DaemonOptions: ParsableArguments {
  @Option(name: .short, help: "The configuration that the daemon was started with.")
  var configuration = SettingsSource.defaultFile

  @Option(help: "The control directory, instead of the configuration's.")
  var control: String?

  /// The directory that was named, else that of the configuration.
  var settings: ControlSettings {
    get throws {
      if let control {
        var settings = ControlSettings()
        settings.directory = control
        return settings
      }
      return try ConfigurationRefusal.orSettings(of: configuration).control
    }
  }
}
