import MailTypes
import Testing

@testable import Policy

struct ZoneHealthTests {
  private static let refused = ZoneTrouble.refuses(.v4(0x7FFF_FFFE))

  @Test func `it is told once, and retried ever later`() {
    var health = ZoneHealth()
    var waits: [Duration] = []
    var changes: [ZoneHealth.Change] = []
    for _ in 0..<7 {
      let (change, next) = health.take(.unsound(.listsEverything))
      waits.append(next)
      change.map { changes.append($0) }
    }
    #expect(changes == [.setAside(.listsEverything)])
    #expect(waits == [60, 120, 240, 480, 960, 1800, 1800].map { .seconds($0) })
    #expect(health.trouble == .listsEverything)
  }

  @Test(arguments: [ZoneTrouble.isDead, .isOutOfReach])
  func `silence may end at any time`(_ trouble: ZoneTrouble) {
    var health = ZoneHealth()
    #expect(
      (0..<7).map { _ in health.take(.unsound(trouble)).next } == Array(repeating: .seconds(60), count: 7))
  }

  @Test func `another trouble is told again`() {
    var health = ZoneHealth()
    _ = health.take(.unsound(.isDead))
    #expect(health.take(.unsound(.listsEverything)).change == .setAside(.listsEverything))
  }

  @Test func `it is taken back when it heals`() {
    var health = ZoneHealth()
    #expect(health.take(.sound).change == nil)
    _ = health.take(.unsound(.listsEverything))
    let (change, next) = health.take(.sound)
    #expect(change == .takenBack)
    #expect(next == .seconds(4 * 3600))
    #expect(health.trouble == nil)
    #expect(health.take(.unsound(.isDead)).next == .seconds(60))
  }

  @Test func `an answer that refuses us sets it aside at once`() {
    var health = ZoneHealth()
    let answer = ZoneListing(.records([.address(.v4(0x7FFF_FFFE))]), of: .root)
    #expect(health.take(answer) == (.setAside(Self.refused), .seconds(60)))
    #expect(health.take(answer) == (nil, nil))
  }

  /// Else whoever says HELO with the zone's own name, which has a web server, would have it set aside.
  @Test func `an answer that no list gives has it probed, once, and sets nothing aside`() {
    var health = ZoneHealth()
    let answer = ZoneListing(.records([.address(.v4(0xCB00_7109))]), of: .root)
    #expect(health.take(answer) == (nil, .seconds(60)))
    #expect(health.take(answer) == (nil, nil))
    #expect(health.trouble == nil)
    _ = health.take(.sound)
    #expect(health.take(answer) == (nil, .seconds(60)))
  }

  @Test func `an answer takes nothing back`() {
    var health = ZoneHealth()
    _ = health.take(.unsound(.listsEverything))
    #expect(health.take(ZoneListing(.noName, of: .root)) == (nil, nil))
    #expect(health.trouble == .listsEverything)
  }

  @Test func `questions in a row without an answer make it be probed, once`() {
    var health = ZoneHealth()
    var probes = (0..<4).map { _ in health.take(nil).next }
    #expect(probes == [nil, nil, nil, nil])
    _ = health.take(ZoneListing(.noName, of: .root))
    probes = (0..<6).map { _ in health.take(nil).next }
    #expect(probes == [nil, nil, nil, nil, .zero, nil])
  }
}

private func == (
  left: (change: ZoneHealth.Change?, next: Duration?), right: (ZoneHealth.Change?, Duration?)
) -> Bool { left.change == right.0 && left.next == right.1 }
