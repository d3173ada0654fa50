import Glibc
package import Policy
package import Settings
import SystemCalls

/// The mail policy that a configuration describes: its lists, Postfix's own values, and the tables as they are now.
///
/// Made by reading files and running Postfix's programs; the service, `check` and `rehearse` all make it here.
package struct PolicySetup: Sendable {
  package private(set) var policy: MailPolicy
  package private(set) var tables = TableSet()
  /// What is wrong; with a fault nothing of it may be used.
  package private(set) var faults: [SettingsError]
  /// Tables that can't be used for now: what needs them can't be decided.
  package private(set) var troubles: [TableReader.Trouble] = []
  /// Postfix's configuration directory; empty: nothing is asked of it.
  private let postfix: String
  /// Whether Postfix's own values, and those in their place, have been taken.
  private var hasValues = false

  /// Reads everything that the listeners' lists consult.
  ///
  /// - Parameters:
  ///   - settings: as loaded from `source`.
  ///   - source: what faults name.
  package init(_ settings: Settings, source: SettingsSource) {
    (policy, faults) = Self.written(settings, source: source)
    postfix = settings.mail.fromPostfix
    let isNeeded = settings.policy.contains { $0.restrictions.texts != ["check_greylist"] }
    if isNeeded { takePostfixValues(settings, source) }
    readTables()
  }

  /// The lists as they are written, without what they consult: reads neither files nor what Postfix says.
  ///
  /// - Parameters:
  ///   - settings: as loaded from `source`.
  ///   - source: what faults name.
  /// - Returns: what could be read, and every fault; with a fault it must not be used.
  package static func written(
    _ settings: Settings, source: SettingsSource
  ) -> (policy: MailPolicy, faults: [SettingsError]) {
    let shownZones = settings.dns.shownZones
    let weighted = settings.dnsbl.sorted { $0.key < $1.key }.map { name, list in
      WeightedList.read(name, sites: list.sites.texts, threshold: list.threshold, shownZones: shownZones)
    }
    let reading = RestrictionLists.read(
      policies: settings.policy.map { (ListName($0.name), $0.restrictions.texts) },
      named: settings.lists.map { (ListName($0.key), $0.value.texts) },
      weightedLists: Set(settings.dnsbl.keys), shownZones: shownZones)
    let policy = MailPolicy(
      lists: reading.lists,
      weightedLists: Dictionary(uniqueKeysWithValues: weighted.map { ($0.list.name, $0.list) }))
    let faults = weighted.flatMap { list, faults in
      faults.map { settings.error(inDNSList: list.name, item: $0.item, "\($0)", source: source) }
    }
    return (
      policy, reading.faults.map { settings.error(about: $0, in: reading.lists, source: source) } + faults
    )
  }

  /// The same with Postfix's own values even where no listener's list consults them: for who looks at other lists,
  /// such as main.cf's or a script's.
  package func completed(_ settings: Settings, source: SettingsSource) -> PolicySetup {
    if hasValues { return self }
    var whole = self
    whole.takePostfixValues(settings, source)
    whole.troubles = []
    whole.readTables()
    return whole
  }

  /// The list of a listener.
  package func list(of listener: PolicyListenerSettings) -> RestrictionList? {
    policy.lists.policies[ListName(listener.name)]
  }

  /// Reads those tables again that need no program for it.
  ///
  /// - Returns: what can't be used; those keep their former contents.
  package mutating func readTextTables() -> [TableReader.Trouble] {
    var troubles: [TableReader.Trouble] = []
    for name in policy.tables where !name.type.isListedByPostmap {
      do throws(TableReader.Trouble) {
        tables[name] = try checked(name)
      } catch {
        troubles.append(error)
      }
    }
    return troubles
  }

  private mutating func readTables() {
    for name in policy.tables {
      do throws(TableReader.Trouble) {
        tables[name] = try checked(name)
      } catch {
        troubles.append(error)
      }
    }
  }

  /// A table whose results make sense, too, where they are actions.
  private func checked(_ name: TableName) throws(TableReader.Trouble) -> LookupTable {
    let table = try TableReader.read(name, postfix: postfix)
    if policy.lists.tables.contains(name), let fault = policy.faults(in: table).first {
      throw .fault(fault, name)
    }
    return table
  }
}

// MARK: Postfix's own values

extension PolicySetup {
  private mutating func takePostfixValues(_ settings: Settings, _ source: SettingsSource) {
    hasValues = true
    let names = MailParameter.allCases.map(\.rawValue) + PolicyParameters.names
    var postfix = PostfixValues([:])
    let directory = settings.mail.fromPostfix
    // A host without a configured Postfix has what the file says.
    if PostfixValues.isConfigured(directory) {
      do throws(PostfixValues.Fault) {
        postfix = try PostfixValues(directory: directory, names: names)
      } catch {
        guard error != .noProgram else { return takeValues(settings, postfix, source) }
        faults.append(settings.error(inParameter: "from_postfix", "\(error)", source: source))
      }
    }
    takeValues(settings, postfix, source)
  }

  private mutating func takeValues(_ settings: Settings, _ postfix: PostfixValues, _ source: SettingsSource) {
    for name in PolicyParameters.names {
      guard let value = settings.parameters[name]?.text ?? postfix[name] else { continue }
      do throws(PolicyParameters.Fault) {
        try policy.parameters.set(name, to: value)
      } catch {
        faults.append(settings.error(inParameter: name, "\(error)", source: source))
      }
    }
    for parameter in MailParameter.allCases {
      let name = parameter.rawValue
      guard let value = settings.mail.given[parameter]?.text ?? postfix[name] else { continue }
      for fault in policy.domains.take(parameter, value) {
        faults.append(settings.error(inParameter: name, fault.message, source: source))
      }
    }
  }
}
