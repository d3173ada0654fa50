package import MailTypes

/// Something in a script that can't be meant; with a fault nothing of the script is played.
package struct ScriptFault: Error, Equatable, Sendable {
  /// Where its line begins, counted from 1.
  package let line: Int
  package let reason: Reason

  /// What is wrong.
  package enum Reason: Error, Equatable, Sendable {
    case unknownCommand(String)
    case usage(ScriptKeyword)
    case noClient(ScriptKeyword)
    case address(String)
    case time(String)
    case tooLong
    case dnsName(String)
    case dnsType(String)
    case dnsValue(DNSRecordType, String)
    /// No name for a list: of a restriction, or not a word.
    case listName(String)
    case tableName(String)
    case list(RestrictionFault)
    case table(String)
    case parameter(String)
    case value(String)
    case expectation(String)
  }

  /// What is wrong, without its place.
  package var message: String {
    switch reason {
    case .unknownCommand(let word): "there is no command \(word)"
    case .usage(let keyword): "write \(keyword.usage)"
    case .noClient(let keyword):
      "nobody has connected: \(ScriptKeyword.client.usage) comes before \(keyword.rawValue)"
    case .address(let text): "\(text) is no address"
    case .time(let text): "\(text) is no time, such as 90s, 5m, 2h, 35d or 1w"
    case .tooLong: "a value has at most \(ScriptReader.longestValue) bytes"
    case .dnsName(let text): "dns: \(text) is no name"
    case .dnsType(let text):
      "dns: \(text) is no type: \(DNSRecordType.allCases.map { "\($0)" }.joined(separator: ", "))"
    case .dnsValue(.mx, let text): "dns: \(text) is no value of an MX record, such as 10 mail.example"
    case .dnsValue(let type, let text): "dns: \(text) is no value of a record of type \(type)"
    case .listName(let text):
      "\(text) is no name for a list: letters, digits, _ and -, beginning with a letter"
    case .tableName(let text):
      "\(text) is no name for a table: a word, or as a list names it, such as hash:/etc/postfix/access"
    case .list(let fault): fault.message
    case .table(let message): message
    case .parameter(let name): "\(name) can't be set"
    case .value(let message): message
    case .expectation(let text): "expect \(text): write expect OK, or expect CODE [DSN] [text]"
    }
  }

  /// The word that is wrong and what may have been meant by it; nil when there is nothing to suggest.
  package func candidates(lists: some Sequence<ListName>) -> (word: String, names: [String])? {
    switch reason {
    case .unknownCommand(let word): return (word, ScriptKeyword.allCases.map(\.rawValue))
    case .parameter(let name): return (name, ScriptReader.parameters)
    case .list(let fault):
      return fault.misspelled.map { ($0, fault.candidates(lists: lists)) }
    default: return nil
    }
  }
}
