import EventLoop
import Glibc
import Settings
import SystemCalls

/// Notices when a whitelist file may have changed, and says so once things have been quiet for a moment.
final class WhitelistWatch {
  /// Editors write a file in several steps.
  private static let quiet = Duration.milliseconds(500)

  private let loop: EventLoop
  private let changes: DirectoryWatch
  private let changed: () -> Void
  private var watch: Watch?
  private var timer: TimerToken?

  /// Watches the directories in which the files are, as far as there are any.
  ///
  /// - Throws: what inotify or epoll says.
  init(_ settings: GreylistSettings, loop: EventLoop, changed: @escaping () -> Void) throws(SystemError) {
    self.loop = loop
    self.changed = changed
    changes = try DirectoryWatch()
    for directory in Self.directories(of: settings) {
      do throws(SystemError) {
        try changes.add(directory)
      } catch {
        if error.code != ENOENT { throw error }
      }
    }
    watch = try loop.watch(changes.number, for: .readable) { [unowned self] _ in note() }
  }

  deinit {
    watch?.cancel()
    if let timer { loop.cancel(timer) }
  }

  private func note() {
    guard changes.takeChanges() else { return }
    if let timer { loop.cancel(timer) }
    timer = loop.schedule(after: Self.quiet) { [unowned self] in
      timer = nil
      changed()
    }
  }

  private static func directories(of settings: GreylistSettings) -> Set<String> {
    Set(
      (settings.clientWhitelists.paths + settings.recipientWhitelists.paths).map { path in
        "/" + path.split(separator: "/").dropLast().joined(separator: "/")
      })
  }
}
