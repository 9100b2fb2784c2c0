import CFaktaText

/// A hash table in an image, of buckets as long as a line of the cache: four keys, then their four values.
///
/// A look-up touches one line and compares all four keys without a branch; only where a bucket is full does it go on to
/// the next one. Neither keys nor values are ever 0.
struct BucketTable: @unchecked Sendable {
  static let width = 4
  /// How many buckets a key may lie from its own; a damaged file cannot make a reader go on for longer.
  static let reach = 64

  /// Buckets of which there are `mask + 1`: a place that is masked is inside.
  private let buckets: UnsafePointer<UInt64>
  private let mask: Int

  init(_ section: Section<UInt64>) {
    let count = section.count / (2 * Self.width)
    if let base = section.base, count > 0, count & (count - 1) == 0 {
      buckets = base
      mask = count - 1
    } else {
      buckets = Self.empty
      mask = 0
    }
  }

  /// A bucket that holds nothing, for tables that an image lacks.
  nonisolated(unsafe) private static let empty: UnsafePointer<UInt64> = {
    let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * width)
    memory.initialize(repeating: 0, count: 2 * width)
    return UnsafePointer(memory)
  }()

  /// The value of `key`, whose bucket is the one that `hash` names; 0 when there is none.
  @inline(__always)
  func find(_ key: UInt64, hash: UInt64) -> UInt64 {
    var bucket = Int(truncatingIfNeeded: hash) & mask
    var probes = 0
    while probes < Self.reach {
      let p = buckets + bucket &* (2 * Self.width)
      let value = fk_bucket_find(p, key)
      if value != 0 || p[3] == 0 { return value }
      bucket = (bucket &+ 1) & mask
      probes &+= 1
    }
    return 0
  }

  /// Brings the bucket near, so that `find` need not wait for it.
  @inline(__always)
  func prefetch(hash: UInt64) {
    fk_prefetch(buckets + (Int(truncatingIfNeeded: hash) & mask) &* (2 * Self.width))
  }

  /// The bytes of a table with these entries, at most half full.
  static func image(of entries: [(key: UInt64, hash: UInt64, value: UInt64)]) -> [UInt64] {
    var count = 1
    while count * width < entries.count * 2 { count *= 2 }
    while true {
      if let table = image(of: entries, buckets: count) { return table }
      count *= 2
    }
  }

  private static func image(of entries: [(key: UInt64, hash: UInt64, value: UInt64)], buckets: Int) -> [UInt64]? {
    var table = [UInt64](repeating: 0, count: buckets * 2 * width)
    for entry in entries {
      var bucket = Int(truncatingIfNeeded: entry.hash) & (buckets - 1)
      var probes = 0
      while true {
        let at = bucket * 2 * width
        if let lane = (0..<width).first(where: { table[at + $0] == 0 }) {
          table[at + lane] = entry.key
          table[at + width + lane] = entry.value
          break
        }
        probes += 1
        if probes == reach { return nil }
        bucket = (bucket + 1) & (buckets - 1)
      }
    }
    return table
  }
}

/// What the vocabulary knows of a word, in one number: its id, its packed root (`TreeBits`), and the number of the set of
/// classes of the phrases that begin with it.
struct FoundWord {
  static let idBits: UInt64 = 22
  static let rootBits: UInt64 = 26
  /// Words and nodes that an image may have.
  static let maximumWords = 1 << idBits - 1
  static let maximumNodes = 1 << (rootBits - UInt64(TreeBits.shift)) - 1

  /// 0 for a word that no list has.
  var packed: UInt64

  static let none = FoundWord(packed: 0)

  @inline(__always) init(packed: UInt64) { self.packed = packed }

  init(id: UInt32, root: UInt32, firstSet: UInt16) {
    packed = UInt64(id) | UInt64(root) << Self.idBits | UInt64(firstSet) << (Self.idBits + Self.rootBits)
  }

  @inline(__always) var isNone: Bool { packed == 0 }
  @inline(__always) var id: UInt32 { UInt32(truncatingIfNeeded: packed & (1 << Self.idBits - 1)) }
  @inline(__always) var root: UInt32 {
    UInt32(truncatingIfNeeded: packed >> Self.idBits & (1 << Self.rootBits - 1))
  }
  @inline(__always) var firstSet: Int { Int(truncatingIfNeeded: packed >> (Self.idBits + Self.rootBits)) }
}

/// The words of an image, by their hashes.
struct VocabularyTable: Sendable {
  private let table: BucketTable

  init(_ section: Section<UInt64>) { table = BucketTable(section) }

  @inline(__always)
  func find(hash: UInt64) -> FoundWord { FoundWord(packed: table.find(hash, hash: hash)) }

  /// Brings the place of a word near.
  @inline(__always)
  func prefetch(hash: UInt64) { table.prefetch(hash: hash) }
}

/// The steps of the phrase tree in an image: from a node by a word to a node, packed (`TreeBits`).
struct PhraseTree: @unchecked Sendable {
  private let table: BucketTable
  /// A bit for the first two words of every phrase: a quick no, which is right nearly always. There are `pairMask + 1`
  /// times 64 of them: a place that is masked is inside.
  private let pairs: UnsafePointer<UInt64>
  private let pairMask: Int

  init(steps: Section<UInt64>, pairs: Section<UInt64>) {
    table = BucketTable(steps)
    if let base = pairs.base, pairs.count > 0, pairs.count & (pairs.count - 1) == 0 {
      self.pairs = base
      pairMask = pairs.count - 1
    } else {
      self.pairs = Self.allPairs
      pairMask = 0
    }
  }

  /// Says yes to every pair, for an image without the bits.
  nonisolated(unsafe) private static let allPairs: UnsafePointer<UInt64> = {
    let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    memory.initialize(to: ~0)
    return UnsafePointer(memory)
  }()

  @inline(__always)
  static func key(_ state: UInt32, _ word: UInt32) -> UInt64 { UInt64(state) << 32 | UInt64(word) }

  /// The place of a pair among `mask + 1` times 64 bits.
  @inline(__always)
  static func pairBit(_ hash: UInt64, mask: Int) -> (word: Int, bit: UInt64) {
    // The low bits choose the bucket.
    (Int(truncatingIfNeeded: hash >> 38) & mask, hash >> 32 & 63)
  }

  /// The node after `state` by `word`, packed; 0 when no phrase goes on so.
  @inline(__always)
  func step(_ state: UInt32, _ word: UInt32) -> UInt32 {
    let key = Self.key(state, word)
    return UInt32(truncatingIfNeeded: table.find(key, hash: WordHash.mix(key)))
  }

  /// 1 when a phrase may go on from the root `state` by `word`, else 0; the place of such a step is brought near.
  @inline(__always)
  func mayBegin(_ state: UInt32, _ word: UInt32) -> UInt32 {
    let hash = WordHash.mix(Self.key(state, word))
    let place = Self.pairBit(hash, mask: pairMask)
    let bit = (pairs[place.word] &>> place.bit) & 1
    // Of the others the first bucket, which is near always, so that nothing branches.
    table.prefetch(hash: hash & (0 &- bit))
    return UInt32(truncatingIfNeeded: bit)
  }
}
