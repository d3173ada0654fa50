import ArgumentParser
import Glibc
import Policy
import PolicySetup
import Settings

/// What every script begins with: the configuration's lists, tables and greylist.
struct RehearsalScene {
  let rehearsed: RehearsedPolicy
  let greylist: Policy.Greylist
  /// For `dns live`.
  let dns: DNSSettings

  /// Reads the configuration as the service does, and what only a script's own lists may consult.
  ///
  /// - Parameter configuration: its file; nil for the usual one, or none when that isn't there.
  /// - Throws: an exit code; the faults have been written.
  init(configuration: String?) throws {
    let file = configuration ?? SettingsSource.defaultFile
    let isThere = configuration != nil || access(file, F_OK) == 0
    let settings = isThere ? try ConfigurationRefusal.orSettings(of: file) : Settings()
    let setup = PolicySetup(settings, source: .file(file)).completed(settings, source: .file(file))
    if !setup.faults.isEmpty { throw ConfigurationRefusal.because(setup.faults.map(\.description)) }
    let whitelists = WhitelistReading(settings.greylist)
    for trouble in setup.troubles.map(\.description) + whitelists.troubles.map(\.description) {
      Complaint.write(trouble)
    }
    dns = settings.dns
    rehearsed = setup.rehearsed(settings)
    greylist = Policy.Greylist(
      rules: settings.greylist.rules, clients: whitelists.clients, recipients: whitelists.recipients)
  }

  /// A dialogue from its beginning.
  func rehearsal() -> Rehearsal {
    let dns = dns
    var inquiry: Inquiry?
    return Rehearsal(rehearsed, greylist: greylist) { questions in
      do {
        let asking = try inquiry ?? Inquiry(dns)
        inquiry = asking
        return asking.ask(questions).mapValues(\.answer)
      } catch {
        Complaint.write("\(error)")
        return [:]
      }
    }
  }
}
