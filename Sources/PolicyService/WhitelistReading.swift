import Glibc
import Policy
import Settings
import SystemCalls

/// The whitelist files as they lie on the disk.
struct WhitelistReading {
  /// A file of this size is none.
  private static let largest = 16 << 20

  private(set) var clients = ClientWhitelist()
  private(set) var recipients = RecipientWhitelist()
  /// What can't be; the rules beside it hold.
  private(set) var notices: [PolicyNotice] = []

  /// Reads the files that `settings` name.
  init(_ settings: GreylistSettings) {
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
        notices += take(&self, file.bytes, path).map { .whitelistFault($0) }
      } catch {
        let mayBeMissing = !files.mustExist || path.hasSuffix(".local")
        if case .system(let error) = error, error.code == ENOENT, mayBeMissing { continue }
        notices.append(.whitelistUnreadable(path: path, reason: error.description))
      }
    }
  }
}
