import Testing

@testable import Control

@Suite struct ControlMessageTests {
  static let orders: [SupervisorOrder] = [
    .listener(.logins), .listener(.operators), .listener(.policy(mark: 0)), .listener(.policy(mark: .max)),
    .worker(slot: 0, incarnation: 1, rights: 0),
    .worker(slot: 255, incarnation: .max, rights: 7), .retire(slot: 255, incarnation: 0x0102_0304),
    .reload, .adopt, .reloadEnded(inForce: true, asked: 0x0506_0708),
    .reloadEnded(inForce: false, asked: 0), .stop,
  ]
  static let reports: [ServiceReport] = [
    .ready, .kill(slot: 3, incarnation: 0x0102_0304), .reloaded, .reloadRefused, .reloadAsked, .stopAsked,
  ]

  @Test(arguments: orders) func `An order is read as it was written`(order: SupervisorOrder) throws {
    #expect(order.encoded.count <= SupervisorOrder.longest)
    #expect(try SupervisorOrder(order.encoded) == order)
  }

  @Test(arguments: reports) func `A report is read as it was written`(report: ServiceReport) throws {
    #expect(report.encoded.count <= ServiceReport.longest)
    #expect(try ServiceReport(report.encoded) == report)
  }

  @Test func `Orders and reports can't be taken for each other`() {
    for order in Self.orders { #expect(throws: ControlError.self) { try ServiceReport(order.encoded) } }
    for report in Self.reports { #expect(throws: ControlError.self) { try SupervisorOrder(report.encoded) } }
  }

  @Test func `No two kinds begin with the same byte`() {
    let orders = Set(Self.orders.map { $0.encoded[0] })
    let reports = Set(Self.reports.map { $0.encoded[0] })
    #expect((orders.count, reports.count) == (7, 6))
    #expect(orders.isDisjoint(with: reports))
  }

  @Test func `A reload that is neither in force nor refused is an error`() {
    let bytes = SupervisorOrder.reloadEnded(inForce: true, asked: 1).encoded
    for other: UInt8 in [0, 1] {
      #expect(throws: ControlError.malformed) { try SupervisorOrder(bytes[..<2] + [other] + bytes[3...]) }
    }
  }

  @Test func `A message cut, lengthened or of another version is an error`() {
    for bytes in Self.orders.map(\.encoded) {
      for count in bytes.indices {
        #expect(throws: ControlError.self) { try SupervisorOrder(Array(bytes.prefix(count))) }
      }
      #expect(throws: ControlError.self) { try SupervisorOrder(bytes + [0]) }
      #expect(throws: ControlError.otherVersion(9)) {
        try SupervisorOrder([bytes[0], 9] + bytes.dropFirst(2))
      }
    }
  }
}
