import EventLoop
import Glibc
import SystemCalls

/// Notices which files have changed, and says so once things have been quiet for a moment.
///
/// Their directories are watched, since a new file may be put in an old one's place.
final class FileWatch {
  private let loop: EventLoop
  private let files: [String]
  private let quiet: Duration
  private let changes: DirectoryWatch
  private let changed: (Set<String>) -> Void
  private var stamps: [String: FileStamp]
  private var watch: Watch?
  private var timer: TimerToken?

  /// Watches; a directory that isn't there is passed over.
  ///
  /// - Parameters:
  ///   - files: absolute paths.
  ///   - quiet: editors and postmap write a file in several steps.
  ///   - loop: calls `changed`.
  ///   - changed: gets the files that are others than before.
  /// - Throws: what inotify or epoll says.
  init(
    _ files: [String], quiet: Duration, loop: EventLoop, changed: @escaping (Set<String>) -> Void
  ) throws(SystemError) {
    self.loop = loop
    self.files = files
    self.quiet = quiet
    self.changed = changed
    stamps = Self.stamps(of: files)
    changes = try DirectoryWatch()
    for directory in Set(files.map(parentDirectory)) {
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
    timer = loop.schedule(after: quiet) { [unowned self] in
      timer = nil
      compare()
    }
  }

  /// Other files of these directories change, too.
  private func compare() {
    let now = Self.stamps(of: files)
    let others = Set(files.filter { now[$0] != stamps[$0] })
    stamps = now
    if !others.isEmpty { changed(others) }
  }

  private static func stamps(of paths: [String]) -> [String: FileStamp] {
    paths.reduce(into: [:]) { $0[$1] = FileStamp(of: $1) }
  }
}
