import Credentials
import SystemCalls

extension ValueType<String> {
  /// The path of a socket, which must fit the kernel's sun_path.
  static let socketPath = path("an absolute path", longest: UnixSocket.longestPath)

  /// A directory in which sockets are made.
  static let socketDirectory = path("an absolute path", longest: 80)

  static let directory = path("an absolute path", longest: 1000)

  static let file = path("an absolute path", longest: 1000)

  /// A directory; empty for none.
  static let directoryOrNone = text("an absolute path, or \"\" for none") {
    $0.isEmpty || AbsolutePath.fits($0, longest: 1000) ? $0 : nil
  } write: {
    $0
  }

  static let userName = text("a user name", parse: name) { $0 }

  /// A group name; empty for none.
  static let groupName = text("a group name, or \"\" to leave the group as it is") {
    $0.isEmpty ? $0 : name($0)
  } write: {
    $0
  }

  private static func path(_ says: String, longest: Int) -> ValueType {
    text("\(says) of at most \(longest) bytes") {
      AbsolutePath.fits($0, longest: longest) ? $0 : nil
    } write: {
      $0
    }
  }

  /// What useradd lets through, and what directory services add to it.
  @Sendable private static func name(_ text: String) -> String? {
    guard (1...64).contains(text.utf8.count), text.first != "-" else { return nil }
    let isName = text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || "._-@+$\\".unicodeScalars.contains($0)
    }
    return isName ? text : nil
  }
}

extension ValueType<MechanismName> {
  static let mechanism = word()
}

extension ValueType<[MechanismName]> {
  static let mechanisms = list(of: .mechanism, 1...MechanismName.allCases.count)
}

extension ValueType<ServiceName> {
  static let service = text("a service name (letters, digits, - _ .)") {
    ServiceName($0)
  } write: {
    $0.description
  }
}
