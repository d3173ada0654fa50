import ArgumentParser
import Foundation
import Glibc
import Storage
import SystemCalls
import TestKit
import Testing

@testable import OperatorTool

@Suite struct ImportTests {
  @Test func `the directory is Debian's unless another is named`() throws {
    let usual = try PosternCommand.parseAsRoot(["import", "postgrey"]) as? ImportPostgrey
    #expect(usual?.directory == "/var/lib/postgrey" && usual?.store == nil)
    let named =
      try PosternCommand.parseAsRoot(["import", "postgrey", "/srv/db", "--store", "/srv/p.db"])
      as? ImportPostgrey
    #expect(named?.directory == "/srv/db" && named?.store == "/srv/p.db")
  }

  @Test func `counts are a line each, or one object`() throws {
    var report = PostgreyImportReport()
    report.triplets.taken = 3
    report.triplets.malformed = 1
    report.clients.known = 2
    #expect(
      ImportText(report: report).screen == """
        triplets  3 taken, 0 known, 0 expired, 1 malformed
        clients   0 taken, 2 known, 0 expired, 0 malformed
        """)
    #expect(
      try ImportText(report: report).json == """
        {"clients":{"expired":0,"known":2,"malformed":0,"taken":0},\
        "triplets":{"expired":0,"known":0,"malformed":1,"taken":3}}
        """)
    report.logTrouble = .noProgram(name: "db_recover")
    #expect(try ImportText(report: report).json.contains("\"trouble\":\"postgrey's log can't be used"))
  }

  @Test(arguments: [("/a/b.db", "/a"), ("/b.db", "/"), ("b.db", "."), ("a/b.db", "a")])
  func `a file's directory is what stands before its name`(path: String, directory: String) {
    #expect(NewStore.directory(of: path) == directory)
  }

  @Test(arguments: [(1000, "/var/lib/postern"), (0, "/var/tmp")] as [(uid_t, String)])
  func `root's copy is where the service's user can't get at it`(user: uid_t, directory: String) {
    #expect(ImportPostgrey.scratch(for: "/var/lib/postern/postern.db", user: user) == directory)
  }

  @Test(.enabled(if: geteuid() == 0, "only root gives files away"))
  func `a store that root makes is its user's, and one that is there stays whose it is`() throws {
    let root = try TemporaryDirectory()
    let nobody = try #require(Account(named: "nobody"))
    let made = "\(root.path)/new/postern.db"
    try NewStore(path: made, user: "nobody").make()
    #expect(try Self.owner(made) == nobody.uid)
    #expect(try Self.owner("\(root.path)/new") == nobody.uid)
    // The directory's owner goes before the configuration's user, who need not be there then.
    let beside = "\(root.path)/new/other.db"
    try NewStore(path: beside, user: "nobody-at-all").make()
    #expect(try Self.owner(beside) == nobody.uid)
    let ours = "\(root.path)/ours.db"
    try Data().write(to: URL(filePath: ours))
    try NewStore(path: ours, user: "nobody").make()
    #expect(try Self.owner(ours) == 0)
    #expect(throws: NewStore.Fault.self) {
      try NewStore(path: "\(root.path)/none.db", user: "nobody-at-all").make()
    }
    #expect(access("\(root.path)/none.db", F_OK) != 0)
  }

  /// What SQLite makes beside the file has to be its owner's, too: the service could not open it otherwise.
  @Test(.enabled(if: geteuid() == 0, "only root gives files away"))
  func `the log and the index beside it are its user's`() throws {
    let root = try TemporaryDirectory()
    let nobody = try #require(Account(named: "nobody"))
    let path = "\(root.path)/new/postern.db"
    try NewStore(path: path, user: "nobody").make()
    let store = SQLiteTripletStore(path: path, delay: 300)
    _ = try store.count()
    for suffix in ["", "-wal", "-shm"] { #expect(try Self.owner(path + suffix) == nobody.uid, "\(suffix)") }
    store.close()
  }

  private static func owner(_ path: String) throws -> UInt32 {
    var status = stat()
    try retrying("stat") { lstat(path, &status) }
    return status.st_uid
  }
}
