package import ArgumentParser
import MailTypes
import Policy
import PolicySetup
import Settings
import SystemCalls

/// `postern dnsbl`: what the lists in the DNS say of an address or a domain.
package struct DNSBL: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "dnsbl",
    abstract: "Ask all configured lists in the DNS about an address or a domain, or about this host itself.",
    discussion: """
      Asks every list that some restriction of the configuration asks, all at once: those for clients about addresses, \
      those for domains about domains. Without an argument it asks about this host's own addresses: am I on a \
      blocklist? What is listed with codes alone that the configuration's filters don't let through isn't counted. \
      Exit code 1 when something is listed in a blocklist with a code that counts, 75 when not one list has answered, \
      78 when the configuration has faults or asks no list.
      """)

  @Argument(help: ArgumentHelp("Addresses and domains.", valueName: "address|domain"))
  var subjects: [String] = []

  @Option(name: .short, help: "The configuration.")
  var configuration = SettingsSource.defaultFile

  @Flag(help: "Print a JSON array.")
  var json = false

  package init() {}

  package func validate() throws { _ = try named }

  private var named: [ListingSubject] {
    get throws {
      try subjects.map {
        guard let subject = ListingSubject($0) else {
          throw ValidationError("\($0) is neither an address nor a domain")
        }
        return subject
      }
    }
  }

  package func run() throws {
    let settings = try ConfigurationRefusal.orSettings(of: configuration)
    let setup = PolicySetup(settings, source: .file(configuration))
    if !setup.faults.isEmpty { throw ConfigurationRefusal.because(setup.faults.map(\.description)) }
    let zones = setup.policy.zones(with: setup.tables).sorted { $0.shown < $1.shown }
    guard !zones.isEmpty else {
      throw ConfigurationRefusal.because([
        "\(configuration): no restriction asks a list, such as reject_rbl_client or check_dnsbl"
      ])
    }
    let subjects = try self.subjects.isEmpty ? ListingSubject.own(InterfaceAddresses.all) : named
    guard !subjects.isEmpty else {
      Complaint.write("this host has no public address of its own: name the one that others see")
      throw ArgumentParser.ExitCode(ExitStatus.usage)
    }
    let inquiry = try Inquiry(settings.dns)
    let listings = Listing.all(of: subjects, in: zones) { inquiry.ask($0) }
    guard !listings.isEmpty else {
      throw ConfigurationRefusal.because(["\(configuration): no restriction asks a list about what was named"]
      )
    }
    print(json ? try ListingText.json(listings) : ListingText.table(listings))
    if listings.contains(where: \.isBad) { throw ArgumentParser.ExitCode(1) }
    let isSilent = listings.allSatisfy { if case .failed = $0.state { true } else { false } }
    if isSilent { throw ArgumentParser.ExitCode(ExitStatus.tryAgain) }
  }
}
