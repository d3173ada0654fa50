import Policy
import PolicySetup
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
    rules.wording.hostname = "mx.example"
    rules.wording.version = "1.37"
    rules.wording.action = try #require(GreylistAction("450".utf8))
    rules.wording.text = Array("wait %s".utf8)
    rules.wording.header = Array("X-Grey: %t".utf8)
    #expect(settings.greylist.rules == rules)
    #expect(!settings.hasLogins)
    #expect(settings.policy.map { $0.addresses } == [[.inet(host: "127.0.0.1", port: 10023)]])
    #expect(settings.store.path == "/var/lib/postgrey/postern.db")
  }

  @Test func `postern.toml's defaults are postgrey's, but for a name, correspondents and large senders`() {
    let settings = GreylistSettings()
    var rules = GreylistRules()
    rules.wording.header = Array("X-Greylist: delayed %t seconds by %v at %h; %d".utf8)
    rules.wording.version = "postern"
    rules.correspondents = 60 * 86_400
    rules.largeSenders = true
    rules.wording.hostname = settings.rules.wording.hostname
    #expect(settings.rules == rules)
  }

  @Test func `correspondents may be known by their domain`() {
    var settings = GreylistSettings()
    settings.correspondentsBy = .domain
    #expect(settings.rules.correspondentsBy == .domain)
  }

  /// The configuration names a wrong action with its line, without having the greylist's code.
  @Test(arguments: [
    "DEFER_IF_PERMIT", "defer_if_reject", "DEFER", "REJECT", "HOLD", "DISCARD", "INFO", "WARN", "PREPEND",
    "DUNNO",
    "OK", "450", "450 4.2.0", "REJECT\tno", "599", "400",
    "", " ", "ACCEPT", "DEFERIFPERMIT", "399", "600", "45", "+45", "4500", "450x", "FILTER x", "REDIRECT a@b",
  ])
  func `postern.toml takes the actions that the greylist takes`(action: String) {
    #expect(GreylistActionName.begins(action) == (GreylistAction(action.utf8) != nil))
  }

  @Test func `every action of the greylist has its name in postern.toml`() {
    #expect(GreylistActionName.words == GreylistAction.Command.allCases.map(\.rawValue))
  }
}
