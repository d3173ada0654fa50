import Policy
import Settings
import Testing

@testable import PolicyService

@Suite struct GreylistSettingsTests {
  @Test func `postgrey's options become the greylist's rules`() throws {
    let options = [
      "--inet=127.0.0.1:10023", "--delay=60", "--retry-window=4h", "--max-age=10", "--lookup-by-host",
      "--auto-whitelist-clients=7", "--privacy", "--hostname=mx.example", "--greylist-action=450",
      "--greylist-text=wait %s", "--x-greylist-header=X-Grey: %t",
    ]
    let settings = try Settings.load(.postgrey(options))
    var rules = GreylistRules()
    rules.delay = 60
    rules.retryWindow = 4 * 3600
    rules.maxAge = 10 * 86_400
    rules.lookup = .host
    rules.autoWhitelistClients = 7
    rules.keyForm = .hashed
    rules.hostname = "mx.example"
    rules.action = try #require(GreylistAction("450".utf8))
    rules.text = Array("wait %s".utf8)
    rules.header = Array("X-Grey: %t".utf8)
    #expect(settings.greylist.rules == rules)
    #expect(!settings.hasLogins)
    #expect(settings.policy.map { $0.addresses } == [[.inet(host: "127.0.0.1", port: 10023)]])
    #expect(settings.store.path == "/var/lib/postgrey/postern.db")
  }
}
