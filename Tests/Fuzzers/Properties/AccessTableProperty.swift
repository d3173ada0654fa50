import MailTypes
import Policy

extension DecoderProperty {
  /// Any bytes are a table, of the type that the first byte says: faults name lines, what is in it is found, and
  /// whatever is found is answered in a way that Postfix understands.
  package static let accessTable = DecoderProperty("AccessTable") { bytes in
    guard let first = bytes.first, let name = name(first, Array(bytes.dropFirst())) else { return nil }
    let contents = Array(bytes.dropFirst())
    let table: LookupTable
    do throws(TableFault) {
      table = try LookupTable(name, contents: contents)
    } catch {
      let most =
        max(contents.count(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: ",") }), contents.count)
        + 1
      return (0...most).contains(error.line) ? nil : "\(error) names a line that isn't there"
    }
    return lost(table) ?? misread(name, table)
  }

  private static func name(_ kind: UInt8, _ contents: [UInt8]) -> TableName? {
    switch kind {
    case UInt8(ascii: "t"): try? TableName("texthash:/t")
    case UInt8(ascii: "h"): try? TableName("hash:/t")
    case UInt8(ascii: "c"): try? TableName("cidr:/t")
    case UInt8(ascii: "p"): try? TableName("pcre:/t")
    case UInt8(ascii: "i"): try? TableName("inline:{\(contents.repairedText)}")
    case UInt8(ascii: "r"):
      // The C library's compiler doubles its memory with each of several `+`, and multiplies it with nested
      // repetitions; its matcher takes time without bound for back references. That is the library, not the table.
      contents.contains(where: "{+\\".utf8.contains) ? nil : try? TableName("regexp:/t")
    default: nil
    }
  }

  /// Keys are found with their values, and networks with that of the first that contains them.
  private static func lost(_ table: LookupTable) -> String? {
    for row in table.rows.prefix(50) {
      switch row.key {
      case .exact(let key):
        guard table[key] == .found(row.value) else { return "\(key) isn't found" }
        guard table[key.map { $0.uppercased }] == .found(row.value) else {
          return "\(key) isn't found in capitals"
        }
      case .network, .any: continue
      }
    }
    return nil
  }

  private static func misread(_ name: TableName, _ table: LookupTable) -> String? {
    let list = ListName("fuzz")
    let items = AccessSubject.allCases.map { "\($0.rawValue) \(name)" }
    for item in items {
      let reading = RestrictionLists.read(policies: [(name: list, items: [item])], named: [])
      guard reading.faults.isEmpty, let read = reading.lists.policies[list] else {
        return "\(reading.faults)"
      }
      let policy = MailPolicy(lists: reading.lists)
      let facts = Facts(tables: TableSet([name: table]), greylist: .dunno)
      let proof = policy.proveClosed(read, tables: facts.tables)
      let evaluation = policy.evaluate(FuzzedRequest.stranger, by: read, facts) { _ in .failed(.timeout) }
      guard case .decided(let decision) = evaluation else {
        return "it waits, although all is known"
      }
      if case .permitted = decision.verdict, proof == .closed { return "closed, but \(decision.trace)" }
      if let misreading = FuzzedRequest.misreading(of: decision.action) { return misreading }
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var uppercased: UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) ? self & ~0x20 : self
  }
}
