/// What the names of an article tell about each other.
///
/// A name is introduced once in full, with a title or a designator, and repeated short. The memory holds each surface
/// with the votes for each kind, weighed by how sure the tagger was, and the parts of names of persons; a second reading
/// lets them decide where the context is weak. One sense per name and article.
struct EntityMemory: Sendable {
  struct Slot {
    var key: UInt64 = 0
    /// Votes for outside, person, place, organization.
    var votes = SIMD4<Float>(repeating: 0)
    /// The part of a person's name votes with less weight than a name of its own.
    var isPart = false
  }

  private var slots: [Slot] = []
  private var mask = 0
  private var used: [Int32] = []
  /// Longest surface, in words.
  private(set) var longest = 1

  init() { resize(256) }

  private mutating func resize(_ size: Int) {
    slots = [Slot](repeating: Slot(), count: size)
    mask = size - 1
  }

  mutating func removeAll() {
    for i in used { slots[Int(i)] = Slot() }
    used.removeAll(keepingCapacity: true)
    longest = 1
  }

  static let seed: UInt64 = 0x51_7C_C1_B7_27_22_0A_95

  /// Key of the tokens `start..<end`, hyphens and dots left out, case ignored.
  static func key(_ document: Document, _ start: Int, _ end: Int) -> UInt64 {
    var h = seed
    for i in start..<end { h = extend(h, document, i) }
    return h == 0 ? 1 : h
  }

  @inline(__always)
  static func extend(_ h: UInt64, _ document: Document, _ i: Int) -> UInt64 {
    let word = document.tokens.hash[i]
    guard word != 0 else { return h }
    return WordHash.mix(h ^ word) ^ h
  }

  private func find(_ key: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: key >> 17) & mask
    while slots[slot].key != 0, slots[slot].key != key { slot = (slot + 1) & mask }
    return slot
  }

  mutating func add(_ key: UInt64, _ label: EntityLabel, _ weight: Float, words: Int, isPart: Bool = false) {
    if used.count * 2 > mask { grow() }
    let slot = find(key)
    if slots[slot].key == 0 {
      slots[slot].key = key
      slots[slot].isPart = isPart
      used.append(Int32(slot))
    }
    if !isPart { slots[slot].isPart = false }
    slots[slot].votes[Int(label.rawValue)] += weight
    longest = max(longest, min(8, words))
  }

  private mutating func grow() {
    let old = used.map { slots[Int($0)] }
    resize(slots.count * 2)
    used.removeAll(keepingCapacity: true)
    for item in old {
      let slot = find(item.key)
      slots[slot] = item
      used.append(Int32(slot))
    }
  }

  func votes(_ key: UInt64) -> SIMD4<Float>? {
    let slot = find(key)
    return slots[slot].key == 0 ? nil : slots[slot].votes
  }

  func isPart(_ key: UInt64) -> Bool { slots[find(key)].isPart }
}
