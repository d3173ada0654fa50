import Settings

/// The places for workers, numbered by slot: each distinct set of rights has a crew of `auth.workers` of them.
///
/// A value: what a new configuration means for those at work is decided here, and done by the supervisor.
struct WorkerPlaces {
  private var places: [WorkerPlace]

  /// A worker that is to end: it goes by other settings than those in force, or isn't needed.
  struct Retirement: Equatable {
    let slot: Int
    let incarnation: UInt32
  }

  init(for settings: Settings) {
    places = Self.crews(settings).flatMap { purpose, size in
      Array(repeating: WorkerPlace(for: purpose), count: size)
    }
  }

  /// Places that are to be held; `Settings` sees to it that a byte can number them.
  var openCount: Int { places.count { $0.purpose != nil } }
  var slots: Range<Int> { places.indices }
  var vacantSlots: [Int] { slots.filter { places[$0].isVacant } }
  var processes: [ChildLife] { places.compactMap { $0.holder?.process } }

  subscript(slot: Int) -> WorkerPlace {
    get { places[slot] }
    set { places[slot] = newValue }
  }

  func slot(of pid: Int32) -> Int? { places.firstIndex { $0.holder?.process.pid == pid } }

  /// Shares the places out among the crews of `settings`.
  ///
  /// Who was started with what a crew wants goes on untouched, as long as the crew has use for him. The other
  /// places are given away, first those that nobody holds; a held one is filled when its worker has ended. A
  /// place that was once there stays, if closed, so that its incarnations go on counting.
  ///
  /// - Returns: the workers that have to end, none of them twice.
  mutating func adopt(_ settings: Settings) -> [Retirement] {
    var crews = Self.crews(settings)
    var free = Set(slots)
    /// Gives the place to the crew that wants this.
    func claim(_ slot: Int, for wanted: WorkerSettings?) {
      guard let crew = crews.firstIndex(where: { $0.purpose == wanted && $0.size > 0 }) else { return }
      crews[crew].size -= 1
      free.remove(slot)
      places[slot].reassign(to: wanted)
    }
    for slot in slots where isAtWork(slot) { claim(slot, for: places[slot].holder?.settings) }
    for slot in slots where !isAtWork(slot) { claim(slot, for: places[slot].purpose) }
    var given = (slots.filter { places[$0].holder == nil } + slots.filter { places[$0].holder != nil })
      .filter(free.contains)[...]
    for (purpose, size) in crews {
      for _ in 0..<size {
        if let slot = given.popFirst() {
          places[slot].reassign(to: purpose)
        } else {
          places.append(WorkerPlace(for: purpose))
        }
      }
    }
    for slot in given { places[slot].reassign(to: nil) }
    return retire()
  }

  private func isAtWork(_ slot: Int) -> Bool { places[slot].holder?.isRetired == false }

  private mutating func retire() -> [Retirement] {
    var retired: [Retirement] = []
    for slot in slots where isAtWork(slot) && places[slot].holder?.settings != places[slot].purpose {
      places[slot].holder?.isRetired = true
      retired.append(Retirement(slot: slot, incarnation: places[slot].incarnation))
    }
    return retired
  }

  private static func crews(_ settings: Settings) -> [(purpose: WorkerSettings, size: Int)] {
    guard settings.hasLogins else { return [] }
    return settings.auth.crews.map { (WorkerSettings(settings, rights: $0), settings.auth.workers) }
  }
}
