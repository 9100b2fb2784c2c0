import CFaktaText

/// The hash table of words in an image: pairs of a word's hash, and its id (low half) with its packed root (high half).
struct VocabularyTable: Sendable {
  private let slots: Section<UInt64>
  private let mask: Int

  init(_ slots: Section<UInt64>) {
    self.slots = slots
    let count = slots.count / 2
    mask = count > 0 && count & (count - 1) == 0 ? count - 1 : 0
  }

  /// Id and root of the word with this hash, 0 when there is none.
  @inline(__always)
  func find(hash: UInt64) -> UInt64 {
    var slot = Int(truncatingIfNeeded: hash) & mask
    var probes = 0
    while probes < ProbeTable.reach {
      let found = slots[slot * 2]
      if found == hash { return slots[slot * 2 + 1] }
      if found == 0 { return 0 }
      slot = (slot + 1) & mask
      probes += 1
    }
    return 0
  }

  /// Brings the place of a word near, so that `find` need not wait for it.
  @inline(__always)
  func prefetch(hash: UInt64) {
    guard let base = slots.base else { return }
    fk_prefetch(base + (Int(truncatingIfNeeded: hash) & mask) * 2)
  }
}

/// The steps of the phrase tree in an image: from a node by a word to a node, packed (`TreeBits`).
struct PhraseTree: Sendable {
  private let keys: Section<UInt64>
  private let values: Section<UInt32>
  private let mask: Int

  init(keys: Section<UInt64>, values: Section<UInt32>) {
    self.keys = keys
    self.values = values
    mask = keys.count > 0 && keys.count & (keys.count - 1) == 0 ? keys.count - 1 : 0
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
      slot = (slot + 1) & mask
      probes += 1
    }
    return 0
  }

  /// Brings the place of a step near.
  @inline(__always)
  func prefetch(_ state: UInt32, _ word: UInt32) {
    guard let base = keys.base else { return }
    fk_prefetch(base + slot(UInt64(state) << 32 | UInt64(word)))
  }
}
