/// Elements in numbered slots; a key that has been removed never finds its slot's next element.
///
/// Looking up is an index and a comparison, and nothing is allocated once the table has grown to its largest.
struct SlotTable<Element> {
  /// A slot, and which of its elements is meant; fits the 64 bits that epoll carries for us.
  struct Key: Hashable, Sendable {
    let slot: UInt32
    let generation: UInt32

    init(slot: UInt32, generation: UInt32) {
      self.slot = slot
      self.generation = generation
    }

    init(bits: UInt64) {
      slot = UInt32(truncatingIfNeeded: bits)
      generation = UInt32(truncatingIfNeeded: bits >> 32)
    }

    var bits: UInt64 { UInt64(generation) << 32 | UInt64(slot) }
  }

  private struct Slot {
    var generation: UInt32
    var element: Element?
  }

  private var slots: ContiguousArray<Slot> = []
  private var free: ContiguousArray<UInt32> = []

  var count: Int { slots.count - free.count }

  mutating func insert(_ element: Element) -> Key {
    if let slot = free.popLast() {
      slots[Int(slot)].element = element
      return Key(slot: slot, generation: slots[Int(slot)].generation)
    }
    slots.append(Slot(generation: 0, element: element))
    return Key(slot: UInt32(slots.count - 1), generation: 0)
  }

  /// Nil when the key was removed before.
  @discardableResult
  mutating func remove(_ key: Key) -> Element? {
    guard isCurrent(key), let element = slots[Int(key.slot)].element.take() else { return nil }
    slots[Int(key.slot)].generation &+= 1
    free.append(key.slot)
    return element
  }

  /// The element, or nil when the key was removed; setting a removed one changes nothing.
  subscript(key: Key) -> Element? {
    get { isCurrent(key) ? slots[Int(key.slot)].element : nil }
    set { if isCurrent(key), newValue != nil { slots[Int(key.slot)].element = newValue } }
  }

  private func isCurrent(_ key: Key) -> Bool {
    Int(key.slot) < slots.count && slots[Int(key.slot)].generation == key.generation
  }
}
