import EventLoop
import Glibc
import Policy
import SystemCalls

/// Notices when a lookup table's file may have changed, and says so once things have been quiet for a moment.
final class TableWatch {
  /// postmap and editors write a file in several steps.
  private static let quiet = Duration.seconds(1)

  private let loop: EventLoop
  private let changes: DirectoryWatch
  /// What only Postfix's programs can read, and what we read ourselves.
  private let indexes: [String]
  private let texts: [String]
  private let changed: (_ needsPrograms: Bool) -> Void
  private var stamps: [String: FileStamp]
  private var watch: Watch?
  private var timer: TimerToken?

  /// Watches the directories of the tables' files.
  ///
  /// - Parameters:
  ///   - tables: which tables.
  ///   - loop: calls `changed`.
  ///   - changed: told whether one of those has changed that only Postfix's programs can read.
  /// - Throws: what inotify or epoll says.
  init(
    _ tables: Set<TableName>, loop: EventLoop, changed: @escaping (_ needsPrograms: Bool) -> Void
  ) throws(SystemError) {
    self.loop = loop
    self.changed = changed
    indexes = tables.filter(\.type.isListedByPostmap).map {
      "\($0.source).\($0.type == .lmdb ? "lmdb" : "db")"
    }
    texts = tables.filter { !$0.type.isListedByPostmap }.compactMap(\.path)
    stamps = Self.stamps(of: indexes + texts)
    changes = try DirectoryWatch()
    for directory in Set(tables.compactMap(\.path).map(Self.directory)) {
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
      compare()
    }
  }

  /// Other files of these directories change, too.
  private func compare() {
    let now = Self.stamps(of: indexes + texts)
    guard now != stamps else { return }
    let needsPrograms = indexes.contains { now[$0] != stamps[$0] }
    stamps = now
    changed(needsPrograms)
  }

  private static func stamps(of paths: [String]) -> [String: FileStamp] {
    paths.reduce(into: [:]) { $0[$1] = FileStamp(of: $1) }
  }

  private static func directory(of path: String) -> String {
    "/" + path.split(separator: "/").dropLast().joined(separator: "/")
  }
}
