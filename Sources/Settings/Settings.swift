package import Credentials

/// What an administrator can say, decoded: postern.toml, saslauthd's flags or postgrey's options.
///
/// A value without secrets. Every field has the default that an empty file gives.
package struct Settings: Equatable, Sendable {
  package var auth = AuthSettings()
  package var control = ControlSettings()
  package var log = LogSettings()
  package var run = RunSettings()
  /// Whether logins are checked; postgrey's command line has the policy service alone.
  package var hasLogins = true
  /// The policy service's listeners; without any it isn't started.
  package var policy: [PolicyListenerSettings] = []
  /// `[lists]`: what restriction lists can call, by name.
  package var lists: [String: ConfiguredList] = [:]
  /// `[parameters]`: what the file says instead of Postfix, by main.cf's names.
  package var parameters: [String: ConfiguredList] = [:]
  package var mail = MailSettings()
  package var greylist = GreylistSettings()
  package var dns = DNSSettings()
  /// `[dnsbl.NAME]`: what check_dnsbl asks, by name.
  package var dnsbl: [String: DNSListSettings] = [:]
  package var store = StoreSettings()

  package init() {}
}

/// `[auth]`: the saslauthd socket and what stands behind it.
package struct AuthSettings: Equatable, Sendable {
  /// Paths of the sockets, absolute.
  package var listen = ["/run/saslauthd/mux"]
  /// Permission bits of the sockets.
  package var mode: UInt32 = 0o660
  /// The group that owns the sockets; empty: whatever group they are made with.
  package var group = "sasl"
  /// User names that may connect; empty: the directory and the mode decide.
  package var allowUsers: [String] = []
  /// Asked in this order; one *accepted* is enough.
  package var mechanisms: [MechanismName] = [.pam]
  /// Services that may be asked for.
  package var services: [ServiceName] = ["smtp", "imap", "pop", "sieve"].compactMap { ServiceName($0) }
  /// Where a service's PAM file is.
  package var pamDirectory = "/etc/pam.d"
  /// How many checks may be under way at once.
  package var workers = 5
  /// After how many checks a worker makes way for a new one, since PAM modules leak.
  ///
  /// One that has grown leaves sooner. A start costs about as much as a hundred checks of a cheap stack. Not a
  /// key: the old command line's `-n 0` sets it.
  package var checksPerWorker = 1000
  /// From connect to answer.
  package var deadline: Duration = .seconds(10)
  /// saslauthd's `-r`: the mechanism is asked for `login@realm`.
  package var appendRealm = false
  package var cache = CacheSettings()
  /// `[auth.service.NAME]`: what is different for one service.
  package var serviceSettings: [ServiceName: ServiceSettings] = [:]
  /// `[auth.realm."NAME"]`: the mechanisms of one realm, which go before those of a service.
  package var realmMechanisms: [RealmName: [MechanismName]] = [:]

  /// Workers are numbered in a byte.
  package static let mostWorkers = 256

  package init() {}

  /// The rights that workers are started with, each a crew of `workers` processes: those of the services that
  /// may be asked for, in a fixed order.
  package var crews: [WorkerRights] {
    Set(services.map { serviceSettings[$0]?.rights ?? [] }).sorted { $0.rawValue < $1.rawValue }
  }

  /// Every mechanism that a login of `service` may meet: its own, or those of any realm.
  package func mechanisms(of service: ServiceName) -> Set<MechanismName> {
    Set((serviceSettings[service]?.mechanisms ?? mechanisms) + realmMechanisms.values.joined())
  }

  /// Every mechanism that a login may meet, in the order of `MechanismName.allCases`.
  package var usedMechanisms: [MechanismName] {
    let used = Set(
      mechanisms + serviceSettings.values.flatMap { $0.mechanisms ?? [] } + realmMechanisms.values.joined())
    return MechanismName.allCases.filter(used.contains)
  }
}

/// `[auth.cache]`: accepted logins that are remembered.
package struct CacheSettings: Equatable, Sendable {
  /// From the mechanism's verdict on; zero for no cache.
  package var lifetime: Duration = .seconds(300)
  /// The most logins that are remembered; the oldest makes way.
  package var entries = 10_000

  /// The longest that postern.toml may ask for; saslauthd's `-t` has no such bound.
  static let longestLifetime = Duration.seconds(86_400)
  /// More is a mistake in postern.toml; saslauthd's `-s` is cut to it.
  package static let mostEntries = 100_000

  package init() {}
}

/// `[auth.service.NAME]`: what is different for one service.
package struct ServiceSettings: Equatable, Sendable {
  /// Asked in this order; nil: those of `[auth]`.
  package var mechanisms: [MechanismName]?
  /// What the workers that check its logins may do.
  package var rights: WorkerRights = []

  package init() {}
}

/// `[control]`: postern's own sockets.
package struct ControlSettings: Equatable, Sendable {
  package var directory = "/run/postern"
  /// May ask, while only root may change anything; empty: whatever group the sockets are made with.
  package var group = "adm"

  package init() {}
}

/// `[log]`: where the log goes and how it reads.
package struct LogSettings: Equatable, Sendable {
  package enum Target: String, CaseIterable, Sendable { case journal, syslog, stderr }
  package enum Level: String, CaseIterable, Sendable { case debug, info, notice, warning, error }
  package enum Format: String, CaseIterable, Sendable { case text, json }
  /// Whose wording the lines begin with.
  package enum Wording: Equatable, Sendable { case postern, saslauthd, postgrey }

  package var target = Target.journal
  package var level = Level.info
  package var format = Format.text
  /// Not a key: the old command line sets it.
  package var wording = Wording.postern
  /// syslog's facility, which only postgrey's command line sets; `auth` is where saslauthd logs.
  package var facility = SyslogFacility.auth

  package init() {}
}

/// `[store]`: what outlives the policy service.
package struct StoreSettings: Equatable, Sendable {
  package var path = "/var/lib/postern/postern.db"
  /// Where postgrey has left its database, which only its command line says.
  package var formerPostgrey: String?

  package init() {}
}

/// `[run]`: whom the processes run as when the start was root's.
package struct RunSettings: Equatable, Sendable {
  package var front = "postern"
  package var local = "postern-local"
  /// The group of the one that meets the clients, which only postgrey's command line sets; nil: its user's own.
  package var frontGroup: String?

  package init() {}
}
