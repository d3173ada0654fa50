import Foundation

/// How much time the fault tests may take.
enum Faults {
  /// `make faults` sets the variable: more logins, longer storms.
  static let areLong = ProcessInfo.processInfo.environment["POSTERN_FAULTS"] != nil
}
