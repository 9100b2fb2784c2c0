/// What the names of an article tell about each other.
///
/// A name is introduced once in full, with a title or a designator, and repeated short. The memory holds each surface
/// with the votes for each kind, weighed by how sure the tagger was, and the parts of names of persons; a second reading
/// lets them decide where the context is weak. One sense per name and article.
struct EntityMemory: Sendable {
  private struct Slot {
    var key: UInt64 = 0
    /// Votes for outside, person, place, organization.
    var votes = SIMD4<Float>(repeating: 0)
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
    let hash = document.tokens.hash
    var h = seed
    for i in start..<end { h = extend(h, hash[i]) }
    return h == 0 ? 1 : h
  }

  /// The key of the tokens so far and one more, whose hash is `word`.
  @inline(__always)
  static func extend(_ h: UInt64, _ word: UInt64) -> UInt64 { word == 0 ? h : WordHash.mix(h ^ word) ^ h }

  @inline(__always)
  private func find(_ key: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: key >> 17) & mask
    while slots[slot].key != 0, slots[slot].key != key { slot = (slot + 1) & mask }
    return slot
  }

  mutating func add(_ key: UInt64, _ label: EntityLabel, _ weight: Float, words: Int) {
    if used.count * 2 > mask { grow() }
    let slot = find(key)
    if slots[slot].key == 0 {
      slots[slot].key = key
      used.append(Int32(slot))
    }
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

  /// The longest name of the memory at token `i` that has a clear label; it ends at `i` when there is none.
  func best(at i: Int, _ document: borrowing Document, _ context: borrowing EntityContext)
    -> (end: Int, label: EntityLabel, strength: Float)
  {
    let hash = document.tokens.hash
    var key = Self.seed
    var best: (end: Int, label: EntityLabel, strength: Float) = (i, .none, 0)
    var end = i
    let limit = min(document.tokens.count, i + longest)
    while end < limit, context[end].gate != 0, end == i || context[end].begin != 2 {
      key = Self.extend(key, hash[end])
      end += 1
      let slot = find(key == 0 ? 1 : key)
      guard slots[slot].key != 0, let (label, strength) = Self.verdict(slots[slot].votes) else { continue }
      // `GBKP Pasar Minggu`: what begins with an organization is one.
      let isPart = label == .location && best.end > i && best.label == .organization && best.strength >= 2
      best = (end, isPart ? .organization : label, strength)
    }
    return best
  }

  /// The label with most votes, and by how much it leads.
  @inline(__always)
  private static func verdict(_ votes: SIMD4<Float>) -> (EntityLabel, Float)? {
    var top = 0
    for k in 1..<4 where votes[k] > votes[top] { top = k }
    let others = votes.sum() - votes[top]
    let lead = votes[top] - 0.7 * others
    guard lead > 0.5, let label = EntityLabel(rawValue: UInt8(top)) else { return nil }
    return (label, lead)
  }
}
