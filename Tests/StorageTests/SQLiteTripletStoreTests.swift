import Policy
import Storage
import TestKit
import Testing

struct SQLiteTripletStoreTests {
  @Test func `it is a store`() throws {
    let directory = try TemporaryDirectory()
    var number = 0
    try TripletStoreContract {
      number += 1
      return SQLiteTripletStore(path: "\(directory.path)/\(number).db", delay: 300)
    }.verify()
  }
}
