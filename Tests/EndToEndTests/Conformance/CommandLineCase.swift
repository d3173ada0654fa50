import Testing

/// One call with saslauthd's flags that ends at once (conformance checklist 18 to 22).
struct CommandLineCase: Sendable, CustomTestStringConvertible {
  var item: Int
  var arguments: [String]
  var status: Int32
  /// What stands on standard error, in this order; standard output stays empty.
  var says: [String]

  var testDescription: String { "\(item) saslauthd \(arguments.joined(separator: " "))" }

  private static let usage = "usage: saslauthd [options]\n\noption information:\n"
  private static let version = "saslauthd 2.1.28\nauthentication mechanisms: "

  static let all = [
    CommandLineCase(item: 18, arguments: ["-v"], status: 0, says: [version, "pam", "\n\n"]),
    CommandLineCase(
      item: 19, arguments: ["-h"], status: 0,
      says: [usage] + "acdrOlmnstvVh".map { "  -\($0)" } + ["\n\n" + version]),
    CommandLineCase(
      item: 20, arguments: [], status: 0, says: [" :no authentication mechanism specified\n", usage, version]),
    CommandLineCase(
      item: 21, arguments: ["-a", "nonsense"], status: 1,
      says: [" :unknown authentication mechanism: nonsense\n"]),
    CommandLineCase(
      item: 22, arguments: ["-a", "pam", "-m", "relative"], status: 1,
      says: [" :-m requires an absolute pathname\n"]),
  ]
}
