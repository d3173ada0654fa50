import Glibc
package import Policy
package import Settings
import SystemCalls

/// The whitelist files as they lie on the disk.
package struct WhitelistReading {
  /// A file of this size is none.
  private static let largest = 16 << 20

  package private(set) var clients = ClientWhitelist()
  package private(set) var recipients = RecipientWhitelist()
  /// What can't be; the rules beside it hold.
  package private(set) var troubles: [Trouble] = []

  /// Something in a whitelist, or the whole of it, that can't be used.
  package enum Trouble: Equatable, Sendable, CustomStringConvertible {
    case fault(WhitelistFault)
    case unreadable(path: String, reason: String)

    package var description: String {
      switch self {
      case .fault(let fault): "\(fault)"
      case .unreadable(let path, let reason): "\(path): \(reason)"
      }
    }
  }

  /// Reads the files that `settings` name.
  package init(_ settings: GreylistSettings) {
    read(settings.clientWhitelists) { $0.clients.read($1, name: $2) }
    read(settings.recipientWhitelists) { $0.recipients.read($1, name: $2) }
  }

  private mutating func read(
    _ files: PostgreyInvocation.WhitelistFiles,
    into take: (inout WhitelistReading, [UInt8], String) -> [WhitelistFault]
  ) {
    for path in files.paths {
      do {
        let file = try FileContents(of: path, limit: Self.largest)
        troubles += take(&self, file.bytes, path).map { .fault($0) }
      } catch {
        let mayBeMissing = !files.mustExist || path.hasSuffix(".local")
        if case .system(let error) = error, error.code == ENOENT, mayBeMissing { continue }
        troubles.append(.unreadable(path: path, reason: error.description))
      }
    }
  }
}
