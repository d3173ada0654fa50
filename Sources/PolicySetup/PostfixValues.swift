import Glibc
package import SystemCalls

/// Values of main.cf with everything in them expanded, as postconf(1) gives them.
package struct PostfixValues: Equatable, Sendable {
  private let values: [String: String]

  /// Values that somebody else has asked for.
  package init(_ values: [String: String]) { self.values = values }

  /// Why postconf couldn't be asked.
  package enum Fault: Error, Equatable, CustomStringConvertible {
    case noProgram
    case system(SystemError)
    case failed(status: Int32)
    case tooMuch

    package var description: String {
      switch self {
      case .noProgram: "postconf is not installed"
      case .system(let error): "postconf: \(error)"
      case .failed(let status): "postconf failed with status \(status)"
      case .tooMuch: "postconf says more than \(Self.largest) bytes"
      }
    }

    static let largest = 1 << 20
  }

  /// Asks postconf.
  ///
  /// - Parameters:
  ///   - directory: where main.cf is.
  ///   - names: of the parameters.
  /// - Throws: why it can't be asked, or what it ended with.
  package init(directory: String, names: [String]) throws(Fault) {
    let output = try Self.output(of: ["-c", directory, "-x"] + names)
    var values: [String: String] = [:]
    for line in output.split(separator: "\n") {
      guard let equals = line.firstIndex(of: "=") else { continue }
      let name = line[..<equals].trimmed
      values[name] = line[line.index(after: equals)...].trimmed
    }
    self.values = values
  }

  /// Whether there is a Postfix whose values count; `directory` is empty when it is never to be asked.
  package static func isConfigured(_ directory: String) -> Bool {
    !directory.isEmpty && access("\(directory)/main.cf", F_OK) == 0
  }

  package subscript(_ name: String) -> String? { values[name] }

  private static func output(of arguments: [String]) throws(Fault) -> String {
    do throws(PostfixProgram.Failure) {
      return String(decoding: try PostfixProgram.postconf.run(arguments, limit: Fault.largest), as: UTF8.self)
    } catch {
      switch error {
      case .missing: throw .noProgram
      case .system(let error): throw .system(error)
      case .status(let status): throw .failed(status: status)
      case .tooMuch: throw .tooMuch
      }
    }
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
