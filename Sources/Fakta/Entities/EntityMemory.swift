import CFaktaText

/// What the names of an article tell about each other.
///
/// A name is introduced once in full, with a title or a designator, and repeated short. The memory holds each surface
/// with the votes for each kind, weighed by how sure the tagger was, and the parts of names of persons; a second reading
/// lets them decide where the context is weak. One sense per name and article.
struct EntityMemory: @unchecked Sendable {
  /// What a name is found by: hyphens and dots left out, case ignored.
  struct Key {
    /// Of all words, never 0.
    var hash: UInt64
    /// Of the first word.
    var first: UInt64 = 0
    var words = 0

    /// The key of the tokens `start..<end`.
    @inline(__always)
    init(_ hashes: TokenColumn<UInt64>, _ start: Int, _ end: Int) {
      var h = EntityMemory.seed
      for i in start..<end {
        let word = hashes[i]
        if word == 0 { continue }
        h = EntityMemory.extend(h, word)
        if words == 0 { first = word }
        words &+= 1
      }
      hash = h == 0 ? 1 : h
    }
  }

  private struct Slot {
    var key: UInt64 = 0
    /// Votes for outside, person, place, organization.
    var votes = SIMD4<Float>(repeating: 0)
  }

  private final class Memory: @unchecked Sendable {
    let capacity: Int
    let slots: UnsafeMutablePointer<Slot>
    /// The slots in use; no more than half of them ever are.
    let used: UnsafeMutablePointer<Int32>
    /// The most words of a name whose first word has these bits; 0 where no name begins so.
    let begins: UnsafeMutablePointer<UInt8>
    static let beginCount = 1024

    init(capacity: Int) {
      self.capacity = capacity
      // No slot on two lines of the cache.
      let stride = MemoryLayout<Slot>.stride
      slots = UnsafeMutableRawPointer.allocate(byteCount: capacity * stride, alignment: stride)
        .bindMemory(to: Slot.self, capacity: capacity)
      slots.initialize(repeating: Slot(), count: capacity)
      used = .allocate(capacity: capacity)
      used.initialize(repeating: 0, count: capacity)
      begins = .allocate(capacity: Self.beginCount)
      begins.initialize(repeating: 0, count: Self.beginCount)
    }

    deinit {
      UnsafeMutableRawPointer(slots).deallocate()
      used.deallocate()
      begins.deallocate()
    }
  }

  private var memory = Memory(capacity: 256)
  private var usedCount = 0
  /// Longest surface, in tokens.
  private var longest = 1

  /// Empties the memory; a copy gets memory of its own.
  mutating func removeAll() {
    if isKnownUniquelyReferenced(&memory) {
      for i in 0..<usedCount { memory.slots[Int(memory.used[i])] = Slot() }
      memory.begins.update(repeating: 0, count: Memory.beginCount)
    } else {
      memory = Memory(capacity: memory.capacity)
    }
    usedCount = 0
    longest = 1
  }

  static let seed: UInt64 = 0x51_7C_C1_B7_27_22_0A_95

  /// The key of the tokens so far and one more, whose hash is `word`.
  @inline(__always)
  static func extend(_ h: UInt64, _ word: UInt64) -> UInt64 { word == 0 ? h : WordHash.mix(h ^ word) ^ h }

  @inline(__always)
  private static func begin(_ first: UInt64) -> Int {
    Int(truncatingIfNeeded: first &>> 20) & (Memory.beginCount - 1)
  }

  @inline(__always)
  private static func find(_ key: UInt64, _ memory: Memory) -> UnsafeMutablePointer<Slot> {
    let mask = memory.capacity &- 1
    var slot = Int(truncatingIfNeeded: key >> 17) & mask
    while memory.slots[slot].key != 0, memory.slots[slot].key != key { slot = (slot &+ 1) & mask }
    return memory.slots + slot
  }

  mutating func add(_ key: Key, _ label: EntityLabel, _ weight: Float, tokens: Int) {
    if usedCount * 2 >= memory.capacity { grow() }
    let slot = Self.find(key.hash, memory)
    if slot.pointee.key == 0 {
      slot.pointee.key = key.hash
      memory.used[usedCount] = Int32(truncatingIfNeeded: slot - memory.slots)
      usedCount += 1
    }
    slot.pointee.votes[Int(label.rawValue)] += weight
    longest = max(longest, min(8, tokens))
    let begin = memory.begins + Self.begin(key.first)
    begin.pointee = max(begin.pointee, UInt8(min(255, key.words)))
  }

  private mutating func grow() {
    let old = memory
    memory = Memory(capacity: old.capacity * 2)
    memory.begins.update(from: old.begins, count: Memory.beginCount)
    for i in 0..<usedCount {
      let item = old.slots[Int(old.used[i])]
      let slot = Self.find(item.key, memory)
      slot.pointee = item
      memory.used[i] = Int32(truncatingIfNeeded: slot - memory.slots)
    }
  }

  /// 1 where a name of the memory may begin with the word of this hash, else 0.
  @inline(__always)
  func begins(_ word: UInt64) -> UInt8 { word == 0 || memory.begins[Self.begin(word)] != 0 ? 1 : 0 }

  /// The longest name of the memory at token `i` that has a clear label; it ends at `i` when there is none.
  func best(at i: Int, _ tokens: TokenTable, _ rows: UnsafeBufferPointer<TokenInfo>)
    -> (end: Int, label: EntityLabel, strength: Float)
  {
    let memory = memory
    let hash = tokens.hash
    var key = Self.seed
    var best: (end: Int, label: EntityLabel, strength: Float) = (i, .none, 0)
    var end = i
    let limit = min(tokens.count, rows.count, i + longest)
    // No name that begins so has more words.
    var left = hash[i] == 0 ? 255 : Int(memory.begins[Self.begin(hash[i])])
    while end < limit, rows[end].gate != 0, end == i || rows[end].begin != 2 {
      let word = hash[end]
      end += 1
      // A name ends with a word: the full stop behind it is that of the sentence.
      guard word != 0 else { continue }
      if left == 0 { break }
      left &-= 1
      key = Self.extend(key, word)
      let slot = Self.find(key == 0 ? 1 : key, memory)
      guard slot.pointee.key != 0, let (label, strength) = Self.verdict(slot.pointee.votes) else { continue }
      // `GBKP Pasar Minggu`: what begins with an organization is one.
      let isPart = label == .location && best.end > i && best.label == .organization && best.strength >= 2
      best = (end, isPart ? .organization : label, strength)
    }
    return best
  }

  /// What the article calls the tokens `start..<end`, and how clearly.
  func label(_ start: Int, _ end: Int, _ tokens: TokenTable) -> (label: EntityLabel, strength: Float) {
    let slot = Self.find(Key(tokens.hash, start, end).hash, memory)
    guard slot.pointee.key != 0, let (label, strength) = Self.verdict(slot.pointee.votes) else { return (.none, 0) }
    return (label, strength)
  }

  /// The label with most votes, and by how much it leads.
  @inline(__always)
  private static func verdict(_ votes: SIMD4<Float>) -> (EntityLabel, Float)? {
    let most = votes.max()
    let others = votes.sum() - most
    let lead = most - 0.7 * others
    guard lead > 0.5 else { return nil }
    // Of equals the first; without a branch, since which one leads cannot be foretold.
    let top = fk_bits(unsafeBitCast(votes .== SIMD4(repeating: most), to: FkBytes.self)).trailingZeroBitCount &>> 2
    guard let label = EntityLabel(rawValue: UInt8(truncatingIfNeeded: top)) else { return nil }
    return (label, lead)
  }
}
