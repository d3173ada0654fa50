/// What a command line is answered with instead of a running daemon, as postgrey answers it.
package struct PostgreyAnswer: Error, Equatable, Sendable {
  package let standardOutput: String
  package let standardError: String
  package let exitStatus: Int32

  /// postgrey exits with 1 after its help.
  static let help = PostgreyAnswer(standardOutput: PostgreyText.help, standardError: "", exitStatus: 1)
  /// There is no manual page within the program: its help stands for it.
  static let manual = PostgreyAnswer(standardOutput: PostgreyText.help, standardError: "", exitStatus: 0)
  static let version = PostgreyAnswer(
    standardOutput: "postgrey \(PostgreyText.version)\n", standardError: "", exitStatus: 0)

  /// Getopt::Long's complaints.
  static func usage(_ complaints: [String]) -> PostgreyAnswer {
    PostgreyAnswer(
      standardOutput: "", standardError: complaints.map { $0 + "\n" }.joined(), exitStatus: 1)
  }

  /// An option whose value can't be.
  static func refusal(_ text: String) -> PostgreyAnswer {
    PostgreyAnswer(standardOutput: "", standardError: "ERROR: \(text)\n", exitStatus: 2)
  }
}
