/// `type:name`, as main.cf names a lookup table.
package struct TableName: Hashable, Sendable, CustomStringConvertible {
  package let type: Kind
  /// An absolute path, or a table in braces.
  package let source: String

  /// The types that are read here.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case cidr, regexp, pcre, texthash, inline
    /// Read at the edge, through `postmap -s`.
    case hash, btree, lmdb

    /// Whether `postmap -s` has to list it.
    package var isListedByPostmap: Bool { self == .hash || self == .btree || self == .lmdb }
  }

  /// Why a word names no table that can be read.
  package enum Fault: Error, Equatable, Sendable, CustomStringConvertible {
    case noType(String)
    /// A type that Postfix has and we can't read.
    case foreignType(String)
    case unknownType(String)
    case relativePath(String)
    case braces(String)

    package var description: String {
      switch self {
      case .noType(let word): "\(word) is no table: type:name is needed"
      case .foreignType(let type):
        "tables of type \(type): can't be read here; leave this restriction in main.cf, or make a texthash: or cidr: file of the table"
      case .unknownType(let type): "there is no table type \(type):"
      case .relativePath(let path): "\(path) is no absolute path"
      case .braces(let text): "braces don't match in \(text)"
      }
    }
  }

  package init(_ word: String) throws(Fault) {
    let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { throw .noType(word) }
    guard let type = Kind(rawValue: String(parts[0])) else {
      throw Self.postfixTypes.contains(String(parts[0]))
        ? .foreignType(String(parts[0])) : .unknownType(String(parts[0]))
    }
    self.type = type
    source = String(parts[1])
    if source.hasPrefix("{") {
      guard !type.isListedByPostmap, type != .texthash else { throw .relativePath(source) }
      guard ListWords.inBraces(source) != nil else { throw .braces(source) }
    } else if type == .inline {
      throw .braces(source)
    } else if !source.hasPrefix("/") {
      throw .relativePath(source)
    }
  }

  /// Reads several, as a parameter of main.cf names them.
  static func list(_ text: String) throws(Fault) -> [TableName] {
    var names: [TableName] = []
    for word in ListWords.split(text) { names.append(try TableName(word)) }
    return names
  }

  /// The file behind it; nil when the table stands in the list itself.
  package var path: String? { source.hasPrefix("/") ? source : nil }

  /// The file that is read: the text, or the index that postmap has made of it.
  package var readFile: String? {
    guard type.isListedByPostmap else { return path }
    return path.map { "\($0).\(type == .lmdb ? "lmdb" : "db")" }
  }

  /// Where a rule stands, as in `TableFault`.
  package func place(ofLine line: Int) -> String {
    path.map { "\($0):\(line)" } ?? "\(type.rawValue): rule \(line)"
  }

  package var description: String { "\(type.rawValue):\(source)" }

  /// The same for people: a table that stands in the list itself without keys in the names of zones.
  package var shown: String { path == nil ? ListedZone.withoutKeys(description) : description }

  private static let postfixTypes: Set<String> = [
    "cdb", "dbm", "debug", "environ", "fail", "internal", "ldap", "memcache", "mongodb", "mysql", "netinfo",
    "nis", "nisplus", "pgsql", "pipemap", "proxy", "randmap", "sdbm", "socketmap", "sqlite", "static", "tcp",
    "unionmap", "unix",
  ]
}
