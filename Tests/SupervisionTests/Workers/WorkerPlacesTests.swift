import Credentials
import Settings
import TestKit
import Testing

@testable import Supervision

@Suite struct WorkerPlacesTests {
  /// A change of the configuration, and what it does to workers that fill all places before it.
  struct Change: CustomTestStringConvertible {
    var testDescription: String
    var from = [WorkerRights()]
    var size = 2
    var to = [WorkerRights()]
    var newSize = 2
    var deadline = Duration.seconds(10)
    /// Slots.
    var retired: [Int] = []
    /// Slots that are vacant at once.
    var opened: [Int] = []
    /// Slots that nobody holds from now on.
    var closed: [Int] = []
  }

  static let changes = [
    Change(testDescription: "nothing"),
    Change(testDescription: "what every worker goes by", deadline: .seconds(5), retired: [0, 1]),
    Change(testDescription: "a larger pool", newSize: 4, opened: [2, 3]),
    Change(testDescription: "a smaller pool", size: 3, newSize: 1, retired: [1, 2], closed: [1, 2]),
    Change(testDescription: "a service gets a right", to: [[], .exec], opened: [2, 3]),
    Change(testDescription: "all services get a right", to: [.exec], retired: [0, 1]),
    Change(
      testDescription: "a service loses its right", from: [[], .exec], retired: [2, 3], closed: [2, 3]),
    Change(
      testDescription: "one crew gets another right", from: [[], .exec], to: [[], .network], retired: [2, 3]),
    Change(
      testDescription: "a crew goes, the other grows into its places", from: [[], .exec], to: [.exec],
      newSize: 3, retired: [0, 1], closed: [1]),
    Change(
      testDescription: "both crews change", from: [[], .exec], to: [[], .exec], deadline: .seconds(5),
      retired: [0, 1, 2, 3]),
  ]

  @Test(arguments: changes) func `only workers whose settings differ, or whose places close, retire`(
    _ change: Change
  ) {
    var places = WorkerPlaces(for: Self.settings(change.from, change.size))
    Self.fill(&places)
    let new = Self.settings(change.to, change.newSize, deadline: change.deadline)
    let retired = places.adopt(new)
    #expect(retired.map(\.slot) == change.retired)
    #expect(retired.allSatisfy { $0.incarnation == 1 })
    #expect(places.vacantSlots == change.opened)
    #expect(places.slots.filter { places[$0].purpose == nil } == change.closed)
    Self.expect(places, toServe: new)
    #expect(places.adopt(new) == [], "nobody retires twice, or without a change")
  }

  @Test func `a retired worker's place is filled with what is in force when he has ended`() {
    let new = Self.settings([[]], 2, deadline: .seconds(5))
    var places = WorkerPlaces(for: Self.settings([[]], 2))
    Self.fill(&places)
    _ = places.adopt(new)
    #expect(places.vacantSlots == [])
    places[0].holder = nil
    #expect(places.vacantSlots == [0])
    #expect(places[0].purpose == WorkerSettings(new, rights: []))
  }

  @Test func `a retired worker is not taken back when his settings come back`() {
    let old = Self.settings([[]], 1)
    var places = WorkerPlaces(for: old)
    Self.fill(&places)
    _ = places.adopt(Self.settings([[]], 1, deadline: .seconds(5)))
    #expect(places.adopt(old) == [])
    #expect(places.vacantSlots == [], "he holds his place until he ends")
    places[0].holder = nil
    #expect(places[0].purpose == WorkerSettings(old, rights: []))
  }

  @Test func `places that nobody holds go before those that are held`() {
    var places = WorkerPlaces(for: Self.settings([[]], 4))
    Self.fill(&places)
    _ = places.adopt(Self.settings([[]], 2))
    places[3].holder = nil
    _ = places.adopt(Self.settings([[]], 3))
    #expect(places.vacantSlots == [3])
  }

  @Test func `incarnations of a place that was closed go on counting`() {
    var places = WorkerPlaces(for: Self.settings([[]], 2))
    Self.fill(&places)
    _ = places.adopt(Self.settings([[]], 1))
    places[1].holder = nil
    _ = places.adopt(Self.settings([[]], 2))
    Self.fill(&places)
    #expect(places[1].incarnation == 2)
  }

  @Test func `a place that changes hands begins with a fresh back-off, another keeps its own`() {
    var places = WorkerPlaces(for: Self.settings([[]], 1))
    let fresh = places[0].backoff
    _ = places[0].backoff.wait(afterLife: .zero, orderly: false)
    _ = places.adopt(Self.settings([[]], 1))
    #expect(places[0].backoff != fresh)
    _ = places.adopt(Self.settings([[]], 1, deadline: .seconds(5)))
    #expect(places[0].backoff == fresh)
  }

  /// Whatever comes after whatever: every crew has its places, and nobody at work goes by other settings.
  @Test func `any sequence of configurations keeps the crews complete`() {
    var random = SeededGenerator(seed: 1)
    let rights: [WorkerRights] = [[], .exec, .network, [.exec, .network]]
    var places = WorkerPlaces(for: Self.settings([[]], 3))
    var most = 3
    for _ in 0..<500 {
      let crews = rights.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random))
      let size = Int.random(in: 1...5, using: &random)
      most = max(most, crews.count * size)
      Self.fill(&places)
      for slot in places.slots where Bool.random(using: &random) { places[slot].holder = nil }
      let deadline = Duration.seconds(Int.random(in: 5...6, using: &random))
      let new = Self.settings(Array(crews), size, deadline: deadline)
      _ = places.adopt(new)
      Self.expect(places, toServe: new)
      #expect(places.slots.count <= most, "slots are bytes")
    }
  }

  private static func expect(_ places: WorkerPlaces, toServe settings: Settings) {
    for rights in settings.auth.crews {
      let purpose = WorkerSettings(settings, rights: rights)
      #expect(places.slots.count { places[$0].purpose == purpose } == settings.auth.workers)
    }
    #expect(places.openCount == settings.auth.crews.count * settings.auth.workers)
    for slot in places.slots {
      guard let holder = places[slot].holder, !holder.isRetired else { continue }
      #expect(holder.settings == places[slot].purpose, "slot \(slot)")
    }
  }

  /// Every vacant place gets a worker.
  private static func fill(_ places: inout WorkerPlaces) {
    for slot in places.vacantSlots {
      guard let purpose = places[slot].purpose else { continue }
      places[slot].fill(by: ChildLife(pid: Int32(slot) + 100, began: .now), purpose)
    }
  }

  /// One service for each set of rights.
  private static func settings(
    _ crews: [WorkerRights], _ size: Int, deadline: Duration = .seconds(10)
  ) -> Settings {
    var settings = Settings()
    settings.auth.workers = size
    settings.auth.deadline = deadline
    settings.auth.services = []
    for (number, rights) in crews.enumerated() {
      guard let service = ServiceName("service\(number)") else { continue }
      var special = ServiceSettings()
      special.rights = rights
      settings.auth.services.append(service)
      settings.auth.serviceSettings[service] = special
    }
    return settings
  }
}
