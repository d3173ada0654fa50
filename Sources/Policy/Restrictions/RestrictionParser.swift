package import MailTypes

/// Reads a list in Postfix's own words.
package struct RestrictionParser: Sendable {
  /// What a list may call.
  package let lists: Set<ListName>
  package let dialect: Dialect
  /// Tables that are known by a word of their own.
  let tables: [String: TableName]
  /// What `check_dnsbl` may name.
  package let weightedLists: Set<String>
  /// What lists in the DNS are called in replies and logs, where somebody has chosen that.
  let shownZones: [DomainName: String]

  /// Whose list it is.
  package enum Dialect: Sendable {
    /// One that we evaluate: what we can't evaluate is a fault.
    case own
    /// One of main.cf that we only reason about: what Postfix has is kept as `.foreign`. A table that stands alone
    /// is looked up as the list's parameter has it, smtpd_client_restrictions for example by the client.
    case mainCf(shorthand: AccessSubject)
  }

  package init(
    lists: Set<ListName>, dialect: Dialect = .own, tables: [String: TableName] = [:],
    weightedLists: Set<String> = [], shownZones: [DomainName: String] = [:]
  ) {
    self.lists = lists
    self.weightedLists = weightedLists
    self.tables = tables
    self.shownZones = shownZones
    self.dialect = dialect
  }

  /// A restriction and the item that it stands in.
  package struct Step: Hashable, Sendable {
    package let restriction: Restriction
    /// Counted from 1.
    package let item: Int
  }

  /// Reads the items of a list; each may hold several restrictions.
  ///
  /// - Returns: the steps that could be read, and every fault.
  package func read(_ items: [String], list: ListName) -> (steps: [Step], faults: [RestrictionFault]) {
    var words = Words(items)
    var steps: [Step] = []
    var faults: [RestrictionFault] = []
    while let word = words.next() {
      do throws(Refusal) {
        steps.append(Step(restriction: try restriction(word.text, &words), item: word.item))
      } catch {
        // At the end of a list Postfix passes over it.
        if case .mainCf = dialect, error.reason == .nothingToWarnAbout { continue }
        faults.append(RestrictionFault(list: list, item: word.item, reason: error.reason))
      }
    }
    return (steps, faults)
  }

  /// The words of all items, one after the other.
  private struct Words {
    private var rest: ArraySlice<(text: String, item: Int)>

    init(_ items: [String]) {
      rest =
        items.enumerated().flatMap { index, item in
          ListWords.split(item).map { (text: $0, item: index + 1) }
        }[...]
    }

    mutating func next() -> (text: String, item: Int)? { rest.popFirst() }
  }

  private struct Refusal: Error { let reason: RestrictionFault.Reason }

  private func restriction(_ word: String, _ words: inout Words) throws(Refusal) -> Restriction {
    if word.hasPrefix("{") { throw Refusal(reason: .braces(word)) }
    guard let keyword = RestrictionKeyword.find(word) else {
      if word.contains(":") { return try shorthand(word) }
      guard lists.contains(ListName(word)) else { throw Refusal(reason: .unknown(word)) }
      return .list(ListName(word))
    }
    switch keyword.meaning {
    case .plain(let restriction): return restriction
    case .warnIfReject: return try warnIfReject(&words)
    case .access(let subject):
      guard let table = words.next()?.text else { throw Refusal(reason: .missingArgument(keyword.name)) }
      return try access(subject, table)
    case .listed(let effect, let subject):
      let zone = try zone(for: keyword.name, &words)
      return effect == .rejects ? .rejectListed(subject, zone) : .permitListed(subject, zone)
    case .weighted:
      guard let name = words.next()?.text else { throw Refusal(reason: .missingArgument(keyword.name)) }
      guard weightedLists.contains(name) else {
        throw Refusal(reason: .weightedList(name, known: weightedLists.sorted()))
      }
      return .checkDNSBL(name)
    case .servers(let access):
      guard let word = words.next()?.text else { throw Refusal(reason: .missingArgument(keyword.name)) }
      do throws(TableName.Fault) {
        return .checkServers(access, try table(word))
      } catch {
        return try unread(word, of: keyword.name, error, mayPermitStrangers: false)
      }
    case .foreign(let argument, let standing, let mayPermitStrangers):
      let restriction = ForeignRestriction(
        name: keyword.name, argument: try self.argument(argument, for: keyword.name, &words),
        standing: standing, mayPermitStrangers: mayPermitStrangers)
      return try foreign(restriction)
    }
  }

  /// Postfix takes several in a row for one.
  private func warnIfReject(_ words: inout Words) throws(Refusal) -> Restriction {
    guard let word = words.next() else { throw Refusal(reason: .nothingToWarnAbout) }
    let softened = try restriction(word.text, &words)
    if case .warnIfReject = softened { return softened }
    return .warnIfReject(softened)
  }

  private func foreign(_ restriction: ForeignRestriction) throws(Refusal) -> Restriction {
    if case .mainCf = dialect { return .foreign(restriction) }
    switch restriction.standing {
    case .staysInMainCf: throw Refusal(reason: .staysInMainCf(restriction.name))
    case .removed(let instead): throw Refusal(reason: .removed(restriction.name, instead: instead))
    }
  }

  private func argument(
    _ argument: RestrictionKeyword.Argument, for name: String, _ words: inout Words
  ) throws(Refusal) -> String? {
    if case .none = argument { return nil }
    guard let word = words.next()?.text else { throw Refusal(reason: .missingArgument(name)) }
    switch argument {
    case .none, .endpoint: break
    case .table:
      do throws(TableName.Fault) { _ = try TableName(word) } catch {
        // A list of main.cf may use any table that Postfix has.
        if case .own = dialect { throw Refusal(reason: .table(name, error)) }
      }
    case .number:
      if !word.utf8.allSatisfy(\.isASCIIDigit) { throw Refusal(reason: .number(name, argument: word)) }
    }
    return word
  }

  private func zone(for name: String, _ words: inout Words) throws(Refusal) -> ListedZone {
    guard let word = words.next()?.text else { throw Refusal(reason: .missingArgument(name)) }
    guard let zone = ListedZone(word, shownAs: shownZones) else {
      throw Refusal(reason: .zone(name, argument: word))
    }
    return zone
  }

  private func access(_ subject: AccessSubject, _ table: String) throws(Refusal) -> Restriction {
    do throws(TableName.Fault) {
      return .checkAccess(subject, try self.table(table))
    } catch {
      // Nobody but a client that is logged in is in a table of logins.
      return try unread(table, of: subject.rawValue, error, mayPermitStrangers: subject != .sasl)
    }
  }

  private func table(_ word: String) throws(TableName.Fault) -> TableName {
    if let known = tables[word] { return known }
    return try TableName(word)
  }

  /// A table that can't be read here: a list of main.cf may use it all the same.
  private func unread(
    _ table: String, of name: String, _ fault: TableName.Fault, mayPermitStrangers: Bool
  ) throws(Refusal) -> Restriction {
    guard case .mainCf = dialect else { throw Refusal(reason: .table(name, fault)) }
    return .foreign(
      ForeignRestriction(
        name: name, argument: table, standing: .staysInMainCf, mayPermitStrangers: mayPermitStrangers))
  }

  private func shorthand(_ table: String) throws(Refusal) -> Restriction {
    guard case .mainCf(let subject) = dialect else { throw Refusal(reason: .bareTable(table)) }
    return try access(subject, table)
  }
}
