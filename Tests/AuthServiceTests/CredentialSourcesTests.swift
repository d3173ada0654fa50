import Glibc
import SystemCalls
import TestKit
import Testing

@testable import AuthService

/// What counts as a change of the sources; /etc itself is watched, too, and belongs to the host.
@Suite struct CredentialSourcesTests {
  @Test func `Nothing changed, nothing said`() throws {
    let directory = try TemporaryDirectory()
    let watch = try Watched(directory.path)
    #expect(!watch.takeChanges())
    try directory.write("auth", to: "smtp")
    #expect(watch.takeChanges())
    #expect(!watch.takeChanges())
    _ = try FileContents(of: directory.path + "/smtp", limit: 100)
    #expect(!watch.takeChanges(), "reading is no change")
  }

  @Test(arguments: ["written in place", "replaced", "removed", "closed to us", "added"])
  func `A file that is other than it was counts`(change: String) throws {
    let directory = try TemporaryDirectory()
    let file = try directory.write("auth", to: "smtp")
    let watch = try Watched(directory.path)
    switch change {
    case "written in place": try directory.write("more", to: "smtp")
    case "replaced":
      // The new file's coming is a change, too: it is taken before.
      try directory.write("new", to: "smtp+")
      #expect(watch.takeChanges())
      #expect(rename(directory.path + "/smtp+", file) == 0)
    case "removed": #expect(unlink(file) == 0)
    case "closed to us": #expect(chmod(file, 0) == 0)
    default: try directory.write("auth", to: "imap")
    }
    #expect(watch.takeChanges())
  }

  @Test func `Where a PAM file is a link, what it leads to is watched too`() throws {
    let pam = try PAMDirectory()
    let shared = try TemporaryDirectory()
    try shared.write("auth required pam_permit.so\n", to: "mail")
    #expect(symlink(shared.path + "/mail", pam.path + "/smtp") == 0)
    let sources = try CredentialSources(pamDirectory: pam.path)
    // The host's own changes, should there be any, come before.
    _ = try sources.takeChanges()
    try shared.write("auth required pam_deny.so\n", to: "mail")
    #expect(try sources.takeChanges())
  }

  @Test func `A link that comes later is followed once its coming has been noticed`() throws {
    let pam = try PAMDirectory()
    let shared = try TemporaryDirectory()
    try shared.write("auth required pam_permit.so\n", to: "mail")
    let sources = try CredentialSources(pamDirectory: pam.path)
    #expect(symlink(shared.path + "/mail", pam.path + "/smtp") == 0)
    #expect(try sources.takeChanges())
    try shared.write("auth required pam_deny.so\n", to: "mail")
    #expect(try sources.takeChanges())
  }

  @Test func `A directory that is missing is no obstacle, a chain of links is followed`() throws {
    let directory = try TemporaryDirectory()
    _ = try CredentialSources(pamDirectory: directory.path + "/none/none")
    let ends = try [TemporaryDirectory(), TemporaryDirectory()]
    #expect(symlink(ends[1].path + "/file", ends[0].path + "/hop") == 0)
    #expect(symlink(ends[0].path + "/hop", directory.path + "/first") == 0)
    #expect(SymbolicLink.directories(from: directory.path + "/first") == ends.map(\.path))
  }

  @Test func `Another directory in the PAM directory's place is watched, however it comes there`() throws {
    let (pam, other) = try (PAMDirectory(), PAMDirectory())
    let sources = try CredentialSources(pamDirectory: pam.path)
    _ = try sources.takeChanges()
    #expect(rename(pam.path, pam.path + ".old") == 0)
    #expect(try sources.takeChanges())
    #expect(symlink(other.path, pam.path) == 0)
    #expect(try sources.takeChanges())
    try other.write("auth required pam_deny.so\n", to: "smtp")
    #expect(try sources.takeChanges())
    #expect(unlink(pam.path) == 0 && rename(pam.path + ".old", pam.path) == 0)
    #expect(try sources.takeChanges())
    try pam.write("auth required pam_deny.so\n", to: "smtp")
    #expect(try sources.takeChanges())
  }

  /// With a parent of its own, in which nothing else happens.
  private struct PAMDirectory {
    private let home: TemporaryDirectory
    let path: String

    init() throws {
      home = try TemporaryDirectory()
      path = home.path + "/pam.d"
      try #require(mkdir(path, 0o755) == 0)
    }

    func write(_ text: String, to name: String) throws { try home.write(text, to: "pam.d/" + name) }
  }

  /// The tests' macros can't hold what isn't copyable.
  private final class Watched {
    private let watch: DirectoryWatch

    init(_ directory: String) throws {
      watch = try DirectoryWatch()
      try watch.add(directory)
    }

    func takeChanges() -> Bool { watch.takeChanges() }
  }
}
