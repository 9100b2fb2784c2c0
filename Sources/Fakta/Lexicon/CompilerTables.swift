/// Strings, each stored once; id 0 is the empty one.
struct StringPool {
  private(set) var bytes: [UInt8] = []
  /// Where each string begins; one more at the end.
  private(set) var offsets: [UInt32] = [0, 0]
  private var slots = [UInt32](repeating: 0, count: 1024)

  mutating func id(_ text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { id($0) }
  }

  /// The id of the string with these bytes.
  mutating func id(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    guard let p = text.baseAddress, !text.isEmpty else { return 0 }
    if offsets.count * 2 > slots.count { grow() }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: WordHash.folded(p, text.count)) & mask
    while slots[slot] != 0 {
      if equals(slots[slot], text) { return slots[slot] }
      slot = (slot + 1) & mask
    }
    let id = UInt32(offsets.count - 1)
    bytes.append(contentsOf: text)
    offsets.append(UInt32(bytes.count))
    slots[slot] = id
    return id
  }

  /// How many strings there are, with the empty one.
  var count: Int { offsets.count - 1 }

  func string(_ id: UInt32) -> String {
    String(decoding: bytes[Int(offsets[Int(id)])..<Int(offsets[Int(id) + 1])], as: UTF8.self)
  }

  /// Lays the strings down in another order.
  ///
  /// - Parameter order: All ids but 0.
  /// - Returns: The new ids, by the old ones.
  mutating func arrange(_ order: [UInt32]) -> [UInt32] {
    var arranged = StringPool()
    var ids = [UInt32](repeating: 0, count: count)
    bytes.withUnsafeBufferPointer { all in
      for id in order {
        let range = Int(offsets[Int(id)])..<Int(offsets[Int(id) + 1])
        ids[Int(id)] = arranged.id(UnsafeBufferPointer(rebasing: all[range]))
      }
    }
    self = arranged
    return ids
  }

  private func equals(_ id: UInt32, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let from = Int(offsets[Int(id)])
    guard Int(offsets[Int(id) + 1]) - from == text.count else { return false }
    return bytes.withUnsafeBufferPointer {
      UnsafeBufferPointer(rebasing: $0[from..<from + text.count]).elementsEqual(text)
    }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    bytes.withUnsafeBufferPointer { all in
      guard let p = all.baseAddress else { return }
      for id in 1..<offsets.count - 1 {
        let from = Int(offsets[id])
        var slot = Int(truncatingIfNeeded: WordHash.folded(p + from, Int(offsets[id + 1]) - from)) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(id)
      }
    }
  }
}

/// An open-addressing table from 64-bit keys, never 0, to 32-bit values; at most half full, so that one probe mostly does.
struct ProbeTable {
  /// Keys and values by slot; key 0 is an empty slot.
  private(set) var keys: [UInt64]
  private(set) var values: [UInt32]
  private(set) var count = 0
  /// Whether the keys are hashes already.
  private let keysAreHashes: Bool

  /// How far from its slot a key may lie.
  static let reach = 256

  init(keysAreHashes: Bool) {
    self.keysAreHashes = keysAreHashes
    keys = [UInt64](repeating: 0, count: 16)
    values = [UInt32](repeating: 0, count: 16)
  }

  @inline(__always)
  private func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: keysAreHashes ? key : WordHash.mix(key)) & (keys.count - 1)
  }

  subscript(_ key: UInt64) -> UInt32? {
    var slot = slot(key)
    while keys[slot] != 0 {
      if keys[slot] == key { return values[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return nil
  }

  /// Adds a key that is not in the table.
  mutating func insert(_ key: UInt64, _ value: UInt32) {
    if (count + 1) * 2 > keys.count { grow() }
    count += 1
    while !place(key, value) { grow() }
  }

  private mutating func place(_ key: UInt64, _ value: UInt32) -> Bool {
    var slot = slot(key)
    for _ in 0..<Self.reach {
      if keys[slot] == 0 {
        keys[slot] = key
        values[slot] = value
        return true
      }
      slot = (slot + 1) & (keys.count - 1)
    }
    return false
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    var size = keys.count
    var fits = false
    while !fits {
      size *= 2
      keys = [UInt64](repeating: 0, count: size)
      values = [UInt32](repeating: 0, count: size)
      fits = true
      for i in oldKeys.indices where oldKeys[i] != 0 && fits { fits = place(oldKeys[i], oldValues[i]) }
    }
  }

  /// All keys with their values, by slot.
  var entries: [(key: UInt64, value: UInt32)] {
    keys.indices.compactMap { keys[$0] == 0 ? nil : (keys[$0], values[$0]) }
  }
}

/// Class sets, each stored once; most words and rows share a few hundred of them.
struct ClassSetTable {
  private(set) var sets = [ClassSet()]
  private var index = [ClassSet(): UInt16(0)]

  init() {}

  /// A table that begins with the sets of an image.
  init(sets: [ClassSet]) {
    self.sets = sets.isEmpty ? [ClassSet()] : sets
    index = [:]
    for (i, set) in self.sets.enumerated() where index[set] == nil { index[set] = UInt16(truncatingIfNeeded: i) }
  }

  /// The set with this number; the empty one when there is none.
  subscript(_ id: UInt16) -> ClassSet { Int(id) < sets.count ? sets[Int(id)] : ClassSet() }

  /// The number of a set. Of more than 65,535 sets the last ones share a number: then they hold more classes, never fewer.
  mutating func id(_ set: ClassSet) -> UInt16 {
    if let id = index[set] { return id }
    guard sets.count < 65536 else {
      sets[65535] = sets[65535].union(set)
      return 65535
    }
    let id = UInt16(sets.count)
    sets.append(set)
    index[set] = id
    return id
  }
}
