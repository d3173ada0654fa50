import EventLoop
import Glibc
import TestKit
import Testing

@testable import PolicyService

@Suite(.timeLimit(.minutes(10)))
struct FileWatchTests {
  private let directory: TemporaryDirectory
  private var file: String { directory.path + "/list" }

  init() throws { directory = try TemporaryDirectory() }

  /// Each change is made after the one before was seen, or not seen for the time of `patience`.
  private func seen(
    _ files: [String], patience: Duration = .seconds(10), _ changes: (() throws -> Void)...
  ) throws -> [Set<String>] {
    let loop = try EventLoop()
    var seen: [Set<String>] = []
    let watch = try FileWatch(files, quiet: .milliseconds(20), loop: loop) {
      seen.append($0)
      loop.stop()
    }
    for change in changes {
      try change()
      let end = loop.schedule(after: patience) { loop.stop() }
      try loop.run()
      loop.cancel(end)
    }
    return withExtendedLifetime(watch) { seen }
  }

  @Test(arguments: ["written in place", "replaced", "removed", "grown"])
  func `a file that is other than it was is told`(change: String) throws {
    try directory.write("old", to: "list")
    let changed = try seen([file, directory.path + "/other"]) {
      switch change {
      case "written in place": try directory.write("newer", to: "list")
      case "replaced":
        try directory.write("new", to: "list+")
        #expect(rename(file + "+", file) == 0)
      case "removed": #expect(unlink(file) == 0)
      default:
        for count in 1...20 { try directory.write(String(repeating: "x", count: 10 + count), to: "list") }
      }
    }
    #expect(changed == [[file]], "once, when it is quiet")
  }

  @Test func `a file that comes, goes and comes again is told each time`() throws {
    let changed = try seen(
      [file], { try directory.write("1", to: "list") }, { #expect(unlink(file) == 0) },
      { try directory.write("1", to: "list") })
    #expect(changed == [[file], [file], [file]])
  }

  @Test func `other files of the directory are passed over, and so is what was only read`() throws {
    try directory.write("old", to: "list")
    let changed = try seen(
      [file], patience: .milliseconds(200),
      {
        try directory.write("x", to: "other")
        #expect(access(file, R_OK) == 0)
      })
    #expect(changed.isEmpty)
  }

  /// As when the service's own log lies there.
  @Test func `a directory that is never quiet hides no change`() throws {
    let loop = try EventLoop()
    var seen: Set<String> = []
    let watch = try FileWatch([file], quiet: .milliseconds(40), loop: loop) {
      seen = $0
      loop.stop()
    }
    var lines = 0
    func writeOn() {
      lines += 1
      do { try directory.write("\(lines)", to: "log") } catch { Issue.record(error) }
      loop.schedule(after: .milliseconds(1)) { writeOn() }
    }
    writeOn()
    try directory.write("new", to: "list")
    let end = loop.schedule(after: .seconds(10)) { loop.stop() }
    try loop.run()
    loop.cancel(end)
    withExtendedLifetime(watch) { #expect(seen == [file], "after \(lines) lines") }
  }

  @Test func `a directory that is missing is watched when it comes, however deep`() throws {
    let deep = directory.path + "/a/b/list"
    let changed = try seen(
      [deep],
      {
        #expect(mkdir(directory.path + "/a", 0o755) == 0)
        #expect(mkdir(directory.path + "/a/b", 0o755) == 0)
        try directory.write("1", to: "a/b/list")
      }, { try directory.write("22", to: "a/b/list") })
    #expect(changed == [[deep], [deep]])
  }

  @Test func `a directory that is put in another's place is watched`() throws {
    #expect(mkdir(directory.path + "/a", 0o755) == 0)
    try directory.write("1", to: "a/list")
    let changed = try seen(
      [directory.path + "/a/list"], { #expect(rename(directory.path + "/a", directory.path + "/b") == 0) },
      {
        #expect(mkdir(directory.path + "/a", 0o755) == 0)
        try directory.write("22", to: "a/list")
      }, { try directory.write("333", to: "a/list") })
    #expect(changed.count == 3)
  }

  @Test func `where a file is a link, what it leads to is watched, and another link counts`() throws {
    let shared = try TemporaryDirectory()
    try shared.write("1", to: "first")
    try shared.write("22", to: "second")
    #expect(symlink(shared.path + "/first", file) == 0)
    let changed = try seen(
      [file], { try shared.write("333", to: "first") },
      {
        #expect(symlink(shared.path + "/second", file + "+") == 0)
        #expect(rename(file + "+", file) == 0)
      }, { try shared.write("4444", to: "second") })
    #expect(changed == [[file], [file], [file]])
  }
}
