/// Finds a mention by a hash; keeps its memory from document to document.
///
/// **Cost.** One probe in most cases, and emptying costs what was put in.
struct MentionMap: Sendable {
  private var keys = [UInt64](repeating: 0, count: 64)
  private var values = [Int32](repeating: 0, count: 64)
  private var used: [Int32] = []

  mutating func removeAll() {
    for slot in used { keys[Int(slot)] = 0 }
    used.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private func slot(_ key: UInt64) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: WordHash.mix(key)) & mask
    while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  /// The mention of `key`; 0 is no key and becomes 1.
  @inline(__always)
  subscript(_ key: UInt64) -> Int? {
    let slot = slot(max(1, key))
    return keys[slot] == 0 ? nil : Int(values[slot])
  }

  /// Makes `mention` the one of `key`.
  mutating func set(_ key: UInt64, _ mention: Int) {
    if used.count * 2 >= keys.count { grow() }
    let key = max(1, key)
    let slot = slot(key)
    if keys[slot] == 0 {
      keys[slot] = key
      used.append(Int32(truncatingIfNeeded: slot))
    }
    values[slot] = Int32(truncatingIfNeeded: mention)
  }

  /// The mention of `key`; where there is none, `mention` becomes it.
  mutating func put(_ key: UInt64, _ mention: Int) -> Int? {
    if let other = self[key] { return other }
    set(key, mention)
    return nil
  }

  private mutating func grow() {
    let old = used.map { (keys[Int($0)], values[Int($0)]) }
    keys = [UInt64](repeating: 0, count: keys.count * 2)
    values = [Int32](repeating: 0, count: keys.count)
    used.removeAll(keepingCapacity: true)
    for (key, value) in old {
      let slot = slot(key)
      keys[slot] = key
      values[slot] = value
      used.append(Int32(truncatingIfNeeded: slot))
    }
  }
}
