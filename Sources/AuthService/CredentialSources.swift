import Glibc
import SystemCalls

/// The files that say who may log in, as far as their changes can be seen: accounts, hashes, PAM stacks.
///
/// Their directories are watched, since passwd(1) and its like put a new file in an old one's place. Where a
/// file is a link, so is the directory that it leads to. What lies elsewhere (a directory server, a database, a
/// file that a stack includes from another directory) isn't watched, and neither is the clock: an acceptance is
/// remembered for the cache's lifetime then.
final class CredentialSources {
  /// Where Linux-PAM and the C library look, whatever the configuration says.
  private static let always = ["/etc", "/etc/pam.d", "/etc/security"]
  private static let accountFiles = [
    "/etc/passwd", "/etc/shadow", "/etc/group", "/etc/nsswitch.conf", "/etc/pam.conf",
  ]

  private let watch: DirectoryWatch
  private let pamDirectory: String

  /// Begins to watch.
  ///
  /// - Throws: the first directory that can't be watched: nothing may be remembered then.
  init(pamDirectory: String) throws(SystemError) {
    watch = try DirectoryWatch()
    self.pamDirectory = pamDirectory
    try addDirectories()
  }

  /// For the event loop: readable when something has changed.
  var number: Int32 { watch.number }

  /// Whether anything may have changed since the last call.
  ///
  /// - Throws: what can't be watched any more.
  func takeChanges() throws(SystemError) -> Bool {
    guard watch.takeChanges() else { return false }
    // A directory or a link may have come: it is watched before what is remembered is forgotten.
    try addDirectories()
    return true
  }

  private func addDirectories() throws(SystemError) {
    // Should the PAM directory be moved away and another put in its place, its parent says so.
    let own = [pamDirectory, parentDirectory(of: pamDirectory)]
    for directory in Set(Self.always + own + linkedDirectories()) {
      do throws(SystemError) {
        try watch.add(directory)
      } catch {
        if error.code != ENOENT { throw error }
      }
    }
  }

  /// Where the links among the sources lead.
  private func linkedDirectories() -> [String] {
    (Self.accountFiles + [pamDirectory] + DirectoryEntries.paths(in: pamDirectory))
      .flatMap { SymbolicLink.directories(from: $0) }
  }
}
