import Glibc
package import Policy
import SystemCalls

/// Reads lookup tables from their files.
package enum TableReader {
  /// A table of this size is none, bytes.
  private static let largest = 64 << 20

  /// Why a table can't be used.
  package enum Trouble: Error, Equatable, CustomStringConvertible {
    case fault(TableFault, TableName)
    /// Its file can't be read by whoever asks.
    case unreadable(path: String, reason: String, isForbidden: Bool)
    /// A directory that leads to its file can't be gone through.
    case unreachable(path: String, directory: String)
    /// `postmap` can't list it.
    case postmap(TableName, reason: String)

    package var description: String {
      switch self {
      case .fault(let fault, let name): fault.description(of: name)
      case .unreadable(let path, let reason, _): "\(path): \(reason)"
      case .unreachable(let path, let directory): "\(path): \(directory) is closed"
      case .postmap(let name, let reason): "\(name): postmap -s: \(reason)"
      }
    }

    /// What lets the user read the file; nil where something else is wrong.
    package func mend(user: String) -> String? {
      switch self {
      case .unreadable(let path, _, true): "chgrp \(user) \(path) && chmod g+r \(path)"
      case .unreachable(_, let directory): "chmod o+x \(directory)"
      case .fault, .unreadable, .postmap: nil
      }
    }
  }

  /// Reads one table, an indexed one through `postmap -s`.
  ///
  /// - Parameters:
  ///   - name: which one.
  ///   - postfix: the configuration directory that postmap reads; empty: its own.
  /// - Returns: the table.
  /// - Throws: why it can't be used.
  package static func read(_ name: TableName, postfix: String) throws(Trouble) -> LookupTable {
    let contents = try contents(of: name, postfix)
    do throws(TableFault) {
      return try LookupTable(name, contents: contents)
    } catch {
      throw .fault(error, name)
    }
  }

  private static func contents(of name: TableName, _ postfix: String) throws(Trouble) -> [UInt8] {
    guard let path = name.path else { return [] }
    if name.type.isListedByPostmap { return try listing(of: name, postfix) }
    do {
      return try FileContents(of: path, limit: largest).bytes
    } catch {
      var isForbidden = false
      if case .system(let error) = error { isForbidden = error.code == EACCES }
      throw .unreadable(path: path, reason: error.description, isForbidden: isForbidden)
    }
  }

  private static func listing(of name: TableName, _ postfix: String) throws(Trouble) -> [UInt8] {
    guard let database = name.readFile else { preconditionFailure("an index lies in a file") }
    guard access(database, R_OK) == 0 else {
      let error = SystemError("open")
      throw .unreadable(path: database, reason: error.description, isForbidden: error.code == EACCES)
    }
    do throws(PostfixProgram.Failure) {
      let configuration = postfix.isEmpty ? [] : ["-c", postfix]
      return try PostfixProgram.postmap.run(configuration + ["-s", "\(name)"], limit: largest)
    } catch {
      switch error {
      case .missing: throw .postmap(name, reason: "postmap is not installed")
      case .system(let error): throw .postmap(name, reason: error.description)
      case .status(let status): throw .postmap(name, reason: "it failed with status \(status)")
      case .tooMuch: throw .postmap(name, reason: "it lists more than \(largest) bytes")
      }
    }
  }
}
