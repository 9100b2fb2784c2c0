import CFaktaText

/// The hash table of words in an image: pairs of a word's hash, and its id (low half) with its packed root (high half).
struct VocabularyTable: @unchecked Sendable {
  /// Pairs of which there are `mask + 1`: a place that is masked is inside.
  private let slots: UnsafePointer<UInt64>
  private let mask: Int

  init(_ section: Section<UInt64>) {
    let count = section.count / 2
    if let base = section.base, count > 0, count & (count - 1) == 0 {
      slots = base
      mask = count - 1
    } else {
      slots = EmptyTable.slots
      mask = 0
    }
  }

  /// Id and root of the word with this hash, 0 when there is none.
  @inline(__always)
  func find(hash: UInt64) -> UInt64 {
    var slot = Int(truncatingIfNeeded: hash) & mask
    var probes = 0
    while probes < ProbeTable.reach {
      let found = slots[slot &* 2]
      if found == hash { return slots[slot &* 2 &+ 1] }
      if found == 0 { return 0 }
      slot = (slot &+ 1) & mask
      probes &+= 1
    }
    return 0
  }

  /// Brings the place of a word near, so that `find` need not wait for it.
  @inline(__always)
  func prefetch(hash: UInt64) { fk_prefetch(slots + (Int(truncatingIfNeeded: hash) & mask) &* 2) }
}

/// A place that holds nothing, for tables that an image lacks.
private enum EmptyTable {
  nonisolated(unsafe) static let slots: UnsafePointer<UInt64> = {
    let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: 2)
    memory.initialize(repeating: 0, count: 2)
    return UnsafePointer(memory)
  }()
}

/// The steps of the phrase tree in an image: from a node by a word to a node, packed (`TreeBits`).
struct PhraseTree: @unchecked Sendable {
  /// There are `mask + 1` of them: a place that is masked is inside.
  private let keys: UnsafePointer<UInt64>
  private let values: Section<UInt32>
  private let mask: Int

  init(keys: Section<UInt64>, values: Section<UInt32>) {
    if let base = keys.base, keys.count > 0, keys.count & (keys.count - 1) == 0 {
      self.keys = base
      mask = keys.count - 1
    } else {
      self.keys = EmptyTable.slots
      mask = 0
    }
    self.values = values
  }

  @inline(__always)
  private func slot(_ key: UInt64) -> Int { Int(truncatingIfNeeded: WordHash.mix(key)) & mask }

  /// The node after `state` by `word`, packed; 0 when no phrase goes on so.
  @inline(__always)
  func step(_ state: UInt32, _ word: UInt32) -> UInt32 {
    let key = UInt64(state) << 32 | UInt64(word)
    var slot = slot(key)
    var probes = 0
    while probes < ProbeTable.reach {
      let found = keys[slot]
      if found == key { return values[slot] }
      if found == 0 { return 0 }
      slot = (slot &+ 1) & mask
      probes &+= 1
    }
    return 0
  }

  /// Brings the place of a step near.
  @inline(__always)
  func prefetch(_ state: UInt32, _ word: UInt32) { fk_prefetch(keys + slot(UInt64(state) << 32 | UInt64(word))) }
}
