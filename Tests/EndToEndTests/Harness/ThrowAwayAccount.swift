import Foundation

/// An account of the system's own, made for one test run and taken away after it.
struct ThrowAwayAccount: Sendable {
  /// What the names of all of them begin with; the pid of the run follows.
  private static let prefix = "pt"

  var login: String
  var password: String

  /// A user who can log in over the mail protocols and nowhere else.
  static func create(_ number: Int, password: String) async throws -> ThrowAwayAccount {
    let login = "\(prefix)\(getpid())n\(number)"
    try await change("useradd", ["--no-create-home", "--shell", "/usr/sbin/nologin", login])
    try await must("chpasswd", [], input: "\(login):\(password)\n")
    return ThrowAwayAccount(login: login, password: password)
  }

  /// A user for a daemon's part to run as.
  static func createSystem(_ number: Int, groups: [String] = []) async throws -> ThrowAwayAccount {
    let login = "\(prefix)\(getpid())s\(number)"
    let membership = groups.isEmpty ? [] : ["--groups", groups.joined(separator: ",")]
    try await change(
      "useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin"] + membership + [login])
    return ThrowAwayAccount(login: login, password: "")
  }

  func remove() async throws { try await Self.change("userdel", [login]) }

  /// Removes what a run that was killed has left behind, one that had this one's pid too.
  static func sweep() async throws {
    let logins = try String(contentsOfFile: "/etc/passwd", encoding: .utf8).split(separator: "\n")
      .compactMap { $0.split(separator: ":").first.map(String.init) }
    for login in logins {
      guard let match = login.wholeMatch(of: /pt([0-9]+)[ns][0-9]+/), let pid = Int32(match.1) else {
        continue
      }
      if pid == getpid() || !ProcessTable.isAlive(pid) { try await change("userdel", [login]) }
    }
  }

  /// The account files have one lock for all; who finds it taken comes again.
  private static func change(_ program: String, _ arguments: [String]) async throws {
    let end = ContinuousClock.now + .seconds(20)
    while true {
      let finished = try await run(program, arguments)
      // 1: can't update the password file (locked); 10: can't update the group file.
      guard [1, 10].contains(finished.status), ContinuousClock.now < end else {
        if finished.status != 0 { throw Failed(program: program, arguments: arguments, finished: finished) }
        return
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}
