import Testing

@testable import Control

@Suite struct AuthStatusTests {
  @Test func `Every field is read as it was written`() throws {
    var status = AuthStatus()
    status.uptime = 1
    status.workersBusy = 2
    status.workersIdle = 3
    status.workersMissing = 4
    status.workersLost = 5
    status.connections = 6
    status.queued = 7
    status.oldestWait = 8
    status.accepted = 9
    status.refused = 10
    status.unavailable = 11
    status.cacheEntries = 12
    status.cacheHits = 13
    status.lastReasons = ["bad_password", "worker_died"]
    #expect(try AuthStatus(text: status.text) == status)
    #expect(Set(status.fields.map(\.value)).count == status.fields.count, "no field is written twice")
  }

  @Test(arguments: ["queued", "queued=x", "queued=-", "logins_accepted=-1"])
  func `A line that isn't a field's is an error`(line: String) {
    #expect(throws: ControlError.malformed) { try AuthStatus(text: line) }
  }

  @Test func `Fields of a later release are skipped`() throws {
    #expect(try AuthStatus(text: "colour=blue\nqueued=2\n").queued == 2)
  }
}
