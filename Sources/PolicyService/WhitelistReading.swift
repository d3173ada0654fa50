import Glibc
import Policy
import Settings
import SystemCalls

/// The whitelist files as they lie on the disk.
enum WhitelistReading {
  /// A file of this size is none.
  private static let largest = 16 << 20

  /// Reads the files that `settings` name; a rule that can't be is reported, and the others hold.
  static func read(
    _ settings: GreylistSettings, report: (PolicyNotice) -> Void
  ) -> (clients: ClientWhitelist, recipients: RecipientWhitelist) {
    var clients = ClientWhitelist()
    read(settings.clientWhitelists, report) { clients.read($0, name: $1) }
    var recipients = RecipientWhitelist()
    read(settings.recipientWhitelists, report) { recipients.read($0, name: $1) }
    return (clients, recipients)
  }

  private static func read(
    _ files: PostgreyInvocation.WhitelistFiles, _ report: (PolicyNotice) -> Void,
    into take: ([UInt8], String) -> [WhitelistFault]
  ) {
    for path in files.paths {
      do {
        let file = try FileContents(of: path, limit: largest)
        for fault in take(file.bytes, path) { report(.whitelistFault(fault)) }
      } catch {
        let mayBeMissing = !files.mustExist || path.hasSuffix(".local")
        if case .system(let error) = error, error.code == ENOENT, mayBeMissing { continue }
        report(.whitelistUnreadable(path: path, reason: error.description))
      }
    }
  }
}
