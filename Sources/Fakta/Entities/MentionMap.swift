/// Finds a mention by a hash; keeps its memory from document to document.
///
/// **Cost.** One probe in most cases: the table is never more than half full, as its owner says beforehand how many keys
/// come at most. Emptying costs what the document needs.
struct MentionMap: @unchecked Sendable {
  private final class Memory: @unchecked Sendable {
    let capacity: Int
    let keys: UnsafeMutablePointer<UInt64>
    let values: UnsafeMutablePointer<Int32>

    init(capacity: Int) {
      self.capacity = capacity
      keys = .allocate(capacity: capacity)
      keys.initialize(repeating: 0, count: capacity)
      values = .allocate(capacity: capacity)
      values.initialize(repeating: -1, count: capacity)
    }

    deinit {
      keys.deallocate()
      values.deallocate()
    }
  }

  private var memory = Memory(capacity: 64)
  private var mask = 63
  /// How many more keys may come.
  private var room = 0

  /// Empties the map and makes room for `count` keys.
  mutating func reset(_ count: Int) {
    var size = 64
    while size < count * 2 { size *= 2 }
    // A copy has memory of its own.
    if memory.capacity < size || !isKnownUniquelyReferenced(&memory) {
      memory = Memory(capacity: max(size, memory.capacity))
    } else {
      memory.keys.update(repeating: 0, count: size)
      memory.values.update(repeating: -1, count: size)
    }
    mask = size - 1
    room = count
  }

  /// The place of `key` (0 is no key and becomes 1), which is made where there is none: then its value is -1. Stays until the
  /// map is emptied.
  @inline(__always)
  mutating func place(_ key: UInt64) -> Int {
    let key = max(1, key)
    let keys = memory.keys
    var place = Int(truncatingIfNeeded: WordHash.mix(key)) & mask
    while keys[place] != key {
      if keys[place] == 0 {
        precondition(room > 0, "more keys than were announced")
        room &-= 1
        keys[place] = key
        break
      }
      place = (place &+ 1) & mask
    }
    return place
  }

  /// The mention at a place that `place` gave; -1 for none.
  @inline(__always)
  subscript(_ place: Int) -> Int {
    get { Int(memory.values[place & mask]) }
    nonmutating set { memory.values[place & mask] = Int32(truncatingIfNeeded: newValue) }
  }

  /// The mention of `key`; -1 where there is none.
  func find(_ key: UInt64) -> Int {
    let key = max(1, key)
    var place = Int(truncatingIfNeeded: WordHash.mix(key)) & mask
    while memory.keys[place] != key {
      if memory.keys[place] == 0 { return -1 }
      place = (place &+ 1) & mask
    }
    return self[place]
  }

  /// The mention of `key`; where there is none, `mention` becomes it.
  @inline(__always)
  mutating func put(_ key: UInt64, _ mention: Int) -> Int? {
    let place = place(key)
    let other = self[place]
    if other >= 0 { return other }
    self[place] = mention
    return nil
  }
}
