/// What our programs exit with, as sysexits.h numbers it.
package enum ExitStatus {
  /// Wrong usage.
  package static let usage: Int32 = 64
  /// The daemon can't be reached.
  package static let unreachable: Int32 = 69
  /// Try again: another instance runs, or something is out of service.
  package static let tryAgain: Int32 = 75
  /// A configuration that can't be.
  package static let configuration: Int32 = 78
}
