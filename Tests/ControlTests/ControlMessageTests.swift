import Testing

@testable import Control

@Suite struct ControlMessageTests {
  static let orders: [SupervisorOrder] = [
    .listener(.logins), .listener(.operators), .worker(slot: 0, incarnation: 1),
    .worker(slot: 255, incarnation: .max), .reload, .adopt, .stop,
  ]
  static let reports: [ServiceReport] = [
    .ready, .kill(slot: 3, incarnation: 0x0102_0304), .reloaded, .reloadRefused,
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
