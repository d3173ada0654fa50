import Glibc
package import Policy
package import Settings

extension GreylistSettings {
  /// What the greylist goes by.
  package var rules: GreylistRules {
    var rules = GreylistRules()
    rules.delay = delay
    rules.retryWindow = retryWindow
    rules.maxAge = maxAge
    rules.lookup =
      switch lookup {
      case .host: .host
      case .subnet(let v4, let v6): .subnet(v4: v4, v6: v6)
      }
    rules.autoWhitelistClients = autoWhitelistClients
    rules.keyForm = privacy ? .hashed : .plain
    rules.correspondents = correspondents
    rules.correspondentsBy =
      switch correspondentsBy {
      case .address: .address
      case .domain: .domain
      }
    rules.largeSenders = largeSenders
    rules.wording.action = GreylistAction(action.utf8) ?? .default
    rules.wording.text = Array(text.utf8)
    rules.wording.header = Array(header.utf8)
    rules.wording.version = version
    rules.wording.hostname = hostname ?? Self.thisHost
    return rules
  }

  /// This host's own name, as far as the kernel knows it.
  private static var thisHost: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
