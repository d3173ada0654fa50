import MailTypes

/// Reads a `MatchList`, with the files that it includes.
struct MatchListReader {
  let kind: MatchList.Kind
  let files: [String: [UInt8]]
  private(set) var entries: [MatchList.Entry] = []
  private(set) var faults: [MatchListFault] = []

  init(kind: MatchList.Kind, files: [String: [UInt8]]) {
    self.kind = kind
    self.files = files
  }

  mutating func read(_ text: String, isNegated: Bool, depth: Int) {
    for word in ListWords.split(text) {
      let item = word.drop { $0 == "!" }
      let isNegated = isNegated != ((word.count - item.count) % 2 == 1)
      if item.isEmpty {
        faults.append(.noPattern)
      } else if item.hasPrefix("/") {
        include(String(item), isNegated: isNegated, depth: depth)
      } else {
        do throws(MatchListFault) {
          entries.append(
            MatchList.Entry(isNegated: isNegated, pattern: try pattern(String(item))))
        } catch {
          faults.append(error)
        }
      }
    }
  }

  private mutating func include(_ path: String, isNegated: Bool, depth: Int) {
    guard let contents = files[path] else { return faults.append(.unreadableFile(path)) }
    guard depth < 10 else { return faults.append(.nestedTooDeep(path)) }
    for line in contents.split(separator: UInt8(ascii: "\n"))
    where line.first(where: { !ListWords.isBlank($0) }) != UInt8(ascii: "#") {
      read(line.repairedText, isNegated: isNegated, depth: depth + 1)
    }
  }

  private func pattern(_ item: String) throws(MatchListFault) -> MatchList.Pattern {
    let bytes = Array(item.utf8)
    if bytes.first != UInt8(ascii: "["), item.contains(":") {
      if kind == .hosts, bytes.prefix(while: { $0 != UInt8(ascii: "/") }).count(where: isColon) > 1,
        IPAddress(bytes.prefix { $0 != UInt8(ascii: "/") }) != nil
      {
        throw .needsBrackets(item)
      }
      do throws(TableName.Fault) { return .table(try TableName(item)) } catch { throw .table(error) }
    }
    guard kind == .hosts, looksLikeNetwork(bytes) else { return .text(bytes.lowercasedASCII) }
    do throws(NetworkPattern.Fault) {
      return .network(try NetworkPattern.read(bytes[...]))
    } catch {
      switch error.reason {
      case .hostBits(let text, let instead): throw .hostBits(text, instead: instead)
      default: throw item.contains("/") || item.hasPrefix("[") ? .network(item) : .matchesNothing(item)
      }
    }
  }

  private func isColon(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ":") }

  /// Digits and dots alone, or with a `/`, or in brackets: never a domain's name.
  private func looksLikeNetwork(_ item: [UInt8]) -> Bool {
    item.first == UInt8(ascii: "[") || item.contains(UInt8(ascii: "/"))
      || item.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
  }
}
