import ArgumentParser
import Settings

/// A configuration that can't be used: its faults on standard error, and the exit code for that.
enum ConfigurationRefusal {
  /// Writes the faults, a line each.
  static func because(_ faults: [String]) -> ArgumentParser.ExitCode {
    for fault in faults { Complaint.writePlain(fault) }
    return ArgumentParser.ExitCode(ExitStatus.configuration)
  }

  /// Reads a configuration, or refuses it.
  static func orSettings(of file: String) throws -> Settings {
    do {
      return try Settings.load(.file(file))
    } catch {
      throw because(error.errors.map(\.description))
    }
  }
}
