import Testing

/// The accounts of one run: two mail users, and the users that the gateway's parts run as.
struct Accounts: Sendable {
  var alice: ThrowAwayAccount
  var bob: ThrowAwayAccount
  var front: ThrowAwayAccount
  var local: ThrowAwayAccount

  /// Those of the suite that runs now.
  @TaskLocal static var current: Accounts?

  static func required() throws -> Accounts { try #require(current, "the suite has the trait .accounts") }
}

/// Makes the accounts when the first test of a suite begins and takes them away after the last.
struct AccountsTrait: SuiteTrait, TestScoping {
  var isRecursive: Bool { false }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await ThrowAwayAccount.sweep()
    var made: [ThrowAwayAccount] = []
    do {
      made.append(try await .create(1, password: "Geheim-1"))
      made.append(try await .create(2, password: "Anders mit Leerzeichen"))
      made.append(try await .createSystem(1))
      made.append(try await .createSystem(2, groups: ["shadow"]))
      let accounts = Accounts(alice: made[0], bob: made[1], front: made[2], local: made[3])
      try await Accounts.$current.withValue(accounts) { try await function() }
    } catch {
      for account in made { try await account.remove() }
      throw error
    }
    for account in made { try await account.remove() }
  }
}

extension Trait where Self == AccountsTrait {
  static var accounts: Self { Self() }
}
