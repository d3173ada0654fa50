import EventLoop
import Glibc
import SystemCalls

/// Notices which files have changed, and says so once they have been quiet for a moment.
///
/// Other files of their directories may change as often as they want: then it looks no more often, and sees no less.
/// Their directories are watched, since a new file may be put in an old one's place; where one is missing, the nearest
/// above it is, until it comes. Where a file is a link, so is the directory that it leads to.
final class FileWatch {
  private let loop: EventLoop
  private let files: [String]
  private let quiet: Duration
  private let changes: DirectoryWatch
  private let changed: (Set<String>) -> Void
  /// As they were when it was said last.
  private var stamps: [String: FileStamp]
  /// As they were at the last look, when that was otherwise.
  private var latest: [String: FileStamp]?
  private var watch: Watch?
  private var timer: TimerToken?

  /// Watches.
  ///
  /// - Parameters:
  ///   - files: absolute paths.
  ///   - quiet: editors and postmap write a file in several steps; what is seen in half this time and again in the
  ///     next half is said.
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
    changes = try DirectoryWatch()
    stamps = [:]
    try addDirectories()
    // Not before: what changes between the two would be missed.
    stamps = Self.stamps(of: files)
    watch = try loop.watch(changes.number, for: .readable) { [unowned self] _ in note() }
  }

  deinit {
    watch?.cancel()
    if let timer { loop.cancel(timer) }
  }

  private func note() {
    if changes.takeChanges(), timer == nil { planLook() }
  }

  private func planLook() {
    timer = loop.schedule(after: quiet / 2) { [unowned self] in
      timer = nil
      look()
    }
  }

  private func look() {
    // A directory or a link may have come. What can't be watched any more leaves the rest watched.
    do throws(SystemError) { try addDirectories() } catch {}
    let now = Self.stamps(of: files)
    let others = Set(files.filter { now[$0] != stamps[$0] })
    guard !others.isEmpty, now != latest else {
      latest = nil
      stamps = now
      if !others.isEmpty { changed(others) }
      return
    }
    latest = now
    planLook()
  }

  private static func stamps(of paths: [String]) -> [String: FileStamp] {
    paths.reduce(into: [:]) { $0[$1] = FileStamp(of: $1) }
  }
}

// MARK: Where changes are seen

extension FileWatch {
  /// Watches until nothing has come meanwhile that would be seen elsewhere.
  private func addDirectories() throws(SystemError) {
    var added: Set<String> = []
    while true {
      let directories = Set(files.flatMap(Self.directories))
      if directories == added { return }
      for directory in directories {
        do throws(SystemError) {
          try changes.add(directory)
        } catch {
          if error.code != ENOENT { throw error }
        }
      }
      added = directories
    }
  }

  private static func directories(of file: String) -> [String] {
    var directory = parentDirectory(of: file)
    while directory != "/", access(directory, F_OK) != 0 { directory = parentDirectory(of: directory) }
    return [directory] + SymbolicLink.directories(from: file)
  }
}
