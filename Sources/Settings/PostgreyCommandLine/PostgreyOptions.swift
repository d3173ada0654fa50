/// The options of a command line as Getopt::Long reads them under `posix_default`.
///
/// An option begins with one dash or two, and its name isn't abbreviated; `=VALUE` goes with two dashes only. The
/// first word that is no option, or `--`, ends them. All complaints are made, not only the first.
struct PostgreyOptions: Equatable {
  /// The last value of each option that was given; empty for one without.
  private(set) var values: [PostgreyOption: String] = [:]
  /// All values of those that are repeatable.
  private(set) var lists: [PostgreyOption: [String]] = [:]

  /// Reads `arguments`; complaints are answered at once.
  static func read(_ arguments: [String]) throws(PostgreyAnswer) -> PostgreyOptions {
    var options = PostgreyOptions()
    var complaints: [String] = []
    var rest = arguments[...]
    while let word = rest.first, word.hasPrefix("-"), word != "-", word != "--" {
      rest.removeFirst()
      do throws(Complaint) {
        try options.take(word, &rest)
      } catch {
        complaints.append(error.text)
      }
    }
    if !complaints.isEmpty { throw .usage(complaints) }
    return options
  }

  func has(_ option: PostgreyOption) -> Bool { values[option] != nil }

  /// The value that counts: postgrey takes nothing and `0`, Perl's false strings, for not given.
  func text(_ option: PostgreyOption) -> String? {
    values[option].flatMap { $0.isEmpty || $0 == "0" ? nil : $0 }
  }

  /// The number that counts: 0 is as good as not given, and what no time can be is cut at 2⁴⁰.
  func number(_ option: PostgreyOption) -> Int64? {
    guard let text = values[option] else { return nil }
    let digits = text.filter { ("0"..."9").contains($0) }.drop { $0 == "0" }
    let size = digits.count > 13 ? Self.most : min(Int64(digits) ?? 0, Self.most)
    return size == 0 ? nil : text.hasPrefix("-") ? -size : size
  }

  static let most: Int64 = 1 << 40
}

// MARK: Getopt::Long

extension PostgreyOptions {
  /// Getopt::Long's own words.
  private struct Complaint: Error { let text: String }

  private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) throws(Complaint) {
    let (name, attached) = Self.parts(word)
    guard let option = PostgreyOption.named[name] else { throw Complaint(text: "Unknown option: \(name)") }
    switch option.argument {
    case .none:
      guard attached == nil else { throw Complaint(text: "Option \(name) does not take an argument") }
      values[option] = ""
    case .optionalText:
      values[option] = attached ?? Self.operand(&rest) ?? ""
    case .text, .number:
      // Only what is attached may not be empty.
      guard let value = attached ?? rest.popFirst(), attached != "" else {
        throw Complaint(text: "Option \(name) requires an argument")
      }
      if option.argument == .number, !Self.isNumber(value) {
        throw Complaint(text: "Value \"\(value)\" invalid for option \(name) (number expected)")
      }
      values[option] = value
      lists[option, default: []].append(value)
    }
  }

  private static func parts(_ word: String) -> (name: String, attached: String?) {
    guard word.hasPrefix("--") else { return (String(word.dropFirst()), nil) }
    let body = word.dropFirst(2)
    // A name has one character at least, so that `--=x` is an unknown option.
    guard let equals = body.dropFirst().firstIndex(of: "=") else { return (String(body), nil) }
    return (String(body[..<equals]), String(body[body.index(after: equals)...]))
  }

  /// The next word, unless it is an option or ends them.
  private static func operand(_ rest: inout ArraySlice<String>) -> String? {
    guard let word = rest.first, word == "-" || !word.hasPrefix("-") else { return nil }
    return rest.popFirst()
  }

  /// A sign and digits, with `_` between them as Perl writes large numbers.
  private static func isNumber(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    return digits.allSatisfy { $0 == "_" || ("0"..."9").contains($0) } && digits.contains { $0 != "_" }
  }
}
