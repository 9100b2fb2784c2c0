import CFaktaText

/// A hash table in an image, of buckets as long as a line of the cache: four keys, then their four values.
///
/// A look-up touches one line and compares all four keys without a branch; only where a full bucket had no room for another
/// key does it go on to the next one. Neither keys nor values are ever 0. The upper half of a hash chooses the bucket, by a
/// multiplication: so the table may have any size, and is no larger than it must be.
struct BucketTable: @unchecked Sendable {
  static let width = 4
  /// How many buckets a key may lie from its own; a damaged file cannot make a reader go on for longer.
  static let reach = 64

  private let buckets: UnsafePointer<UInt64>
  /// How many buckets there are: 1 to 2^32 - 1.
  private let count: UInt64

  init(_ section: Section<UInt64>) {
    let count = section.count / (2 * Self.width)
    if let base = section.base, count > 0, count < 1 << 32 {
      buckets = base
      self.count = UInt64(count)
    } else {
      buckets = Self.empty
      self.count = 1
    }
  }

  /// The bucket of a hash among `count`.
  @inline(__always)
  private static func bucket(_ hash: UInt64, _ count: UInt64) -> Int {
    Int(truncatingIfNeeded: ((hash >> 32) &* count) >> 32)
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
    let bucket = Self.bucket(hash, count)
    let p = buckets + bucket &* (2 * Self.width)
    let value = fk_bucket_find(p, key)
    return value != 0 || !Self.isPassed(p) ? value : findBehind(bucket, key)
  }

  /// Whether a key that found this bucket full stands behind it: the order of the first two keys tells. Most full buckets
  /// were just enough, and a word that no list knows need not wait for the next line.
  @inline(__always)
  private static func isPassed(_ p: UnsafePointer<UInt64>) -> Bool { p[3] != 0 && p[0] < p[1] }

  /// The same in the buckets behind one that was passed.
  @inline(never)
  private func findBehind(_ full: Int, _ key: UInt64) -> UInt64 {
    var bucket = full
    for _ in 1..<Self.reach {
      bucket = bucket &+ 1 == Int(count) ? 0 : bucket &+ 1
      let p = buckets + bucket &* (2 * Self.width)
      let value = fk_bucket_find(p, key)
      if value != 0 || !Self.isPassed(p) { return value }
    }
    return 0
  }

  /// Brings the bucket near, so that `findNear` need not wait for it.
  @inline(__always)
  func prefetchNear(hash: UInt64) {
    fk_prefetch(buckets + Self.bucket(hash, count) &* (2 * Self.width))
  }

  /// Brings near what `find` may ask: the bucket, and the one behind it, where its keys have room if it is full.
  @inline(__always)
  func prefetch(hash: UInt64) {
    let bucket = buckets + Self.bucket(hash, count) &* (2 * Self.width)
    fk_prefetch(bucket)
    fk_prefetch(bucket + 2 * Self.width)
  }

  /// The value of `key` if it lies in the bucket that `hash` names; 0 when it does not. Without a branch.
  @inline(__always)
  func findNear(_ key: UInt64, hash: UInt64) -> UInt64 {
    fk_bucket_find(buckets + Self.bucket(hash, count) &* (2 * Self.width), key)
  }

  /// The bytes of a table whose keys all lie in the buckets that their hashes name, and the entries that found these full.
  /// Earlier entries go first.
  static func nearImage(
    of entries: [(key: UInt64, hash: UInt64, value: UInt64)], percent: Int
  ) -> (table: [UInt64], left: [(key: UInt64, hash: UInt64, value: UInt64)]) {
    let count = max(1, (entries.count * 100 + percent * width - 1) / (percent * width))
    var table = [UInt64](repeating: 0, count: count * 2 * width)
    let left = entries.filter { entry in
      let at = bucket(entry.hash, UInt64(count)) * 2 * width
      guard let lane = (0..<width).first(where: { table[at + $0] == 0 }) else { return true }
      table[at + lane] = entry.key
      table[at + width + lane] = entry.value
      return false
    }
    return (table, left)
  }

  /// The bytes of a table with these entries, of which at most `percent` of the places are taken.
  static func image(of entries: [(key: UInt64, hash: UInt64, value: UInt64)], percent: Int) -> [UInt64] {
    var count = max(1, (entries.count * 100 + percent * width - 1) / (percent * width))
    while true {
      if let table = image(of: entries, buckets: count) { return table }
      count *= 2
    }
  }

  private static func image(of entries: [(key: UInt64, hash: UInt64, value: UInt64)], buckets: Int) -> [UInt64]? {
    var table = [UInt64](repeating: 0, count: buckets * 2 * width)
    var isPassed = [Bool](repeating: false, count: buckets)
    for entry in entries {
      var bucket = bucket(entry.hash, UInt64(buckets))
      var probes = 0
      while true {
        let at = bucket * 2 * width
        if let lane = (0..<width).first(where: { table[at + $0] == 0 }) {
          table[at + lane] = entry.key
          table[at + width + lane] = entry.value
          break
        }
        isPassed[bucket] = true
        probes += 1
        if probes == reach { return nil }
        bucket = bucket + 1 == buckets ? 0 : bucket + 1
      }
    }
    for bucket in 0..<buckets {
      let at = bucket * 2 * width
      guard table[at + width - 1] != 0, (table[at] < table[at + 1]) != isPassed[bucket] else { continue }
      table.swapAt(at, at + 1)
      table.swapAt(at + width, at + width + 1)
    }
    return table
  }
}

/// What the vocabulary knows of a word, in one number: its id, its packed root (`TreeBits`), what the second words of the
/// phrases may be that begin with it, and what may begin with it (the four lowest bits of `TokenTrigger`).
struct FoundWord {
  static let idBits: UInt64 = 22
  static let rootBits: UInt64 = 25
  static let followerBits: UInt64 = 13
  /// Words and nodes that an image may have.
  static let maximumWords = 1 << idBits - 1
  static let maximumNodes = 1 << (rootBits - UInt64(TreeBits.shift)) - 1

  /// 0 for a word that no list has.
  var packed: UInt64

  static let none = FoundWord(packed: 0)

  @inline(__always) init(packed: UInt64) { self.packed = packed }

  /// A word of which only the id is known.
  @inline(__always) init(id: UInt32) { packed = UInt64(id) }

  init(id: UInt32, root: UInt32, followers: UInt64, triggers: UInt8) {
    packed = UInt64(id) | UInt64(root) << Self.idBits | followers << (Self.idBits + Self.rootBits)
    packed |= UInt64(triggers & 15) << 60
  }

  @inline(__always) var isNone: Bool { packed == 0 }
  @inline(__always) var id: UInt32 { UInt32(truncatingIfNeeded: packed & (1 << Self.idBits - 1)) }
  @inline(__always) var root: UInt32 {
    UInt32(truncatingIfNeeded: packed >> Self.idBits & (1 << Self.rootBits - 1))
  }
  @inline(__always) var triggers: UInt8 { UInt8(truncatingIfNeeded: packed >> 60) }

  /// The bit of a word among the `followers` of another one.
  @inline(__always)
  static func follower(_ id: UInt32) -> UInt64 { UInt64(((id & 0xFF) &* UInt32(followerBits)) &>> 8) }

  /// 1 when a phrase may go on from this word by the word `id`, which is not 0, else 0: a quick no for half of all words.
  @inline(__always)
  func mayStep(_ id: UInt32) -> UInt64 {
    packed &>> (Self.idBits + Self.rootBits &+ Self.follower(id)) & packed &>> Self.idBits & UInt64(TreeBits.goesOn)
  }
}

/// The words of an image, by their hashes: the frequent ones side by side in a small table that stays near, the others in a
/// large one.
struct VocabularyTable: Sendable {
  private let frequent: BucketTable
  private let others: BucketTable

  init(frequent: Section<UInt64>, others: Section<UInt64>) {
    self.frequent = BucketTable(frequent)
    self.others = BucketTable(others)
  }

  @inline(__always)
  func find(hash: UInt64) -> FoundWord {
    let found = findFrequent(hash: hash)
    return found.isNone ? findOther(hash: hash) : found
  }

  /// The word if it is a frequent one; nothing for the hash 0. Without a branch.
  @inline(__always)
  func findFrequent(hash: UInt64) -> FoundWord { FoundWord(packed: frequent.findNear(hash, hash: hash)) }

  /// The word if it is none of the frequent ones.
  @inline(__always)
  func findOther(hash: UInt64) -> FoundWord { FoundWord(packed: others.find(hash, hash: hash)) }

  /// Brings the place of a frequent word near.
  @inline(__always)
  func prefetchFrequent(hash: UInt64) { frequent.prefetchNear(hash: hash) }

  /// Brings the place of a word near that is none of the frequent ones.
  @inline(__always)
  func prefetchOther(hash: UInt64) { others.prefetch(hash: hash) }
}

/// A step of the phrase tree: the node that it leads to, and by which words a phrase may go on from there.
struct TreeStep {
  /// The node, packed (`TreeBits`); 0 where no phrase goes on.
  let packed: UInt32
  /// The bits of the words: a quick no, since the next step lies far off in memory.
  private let followers: UInt32

  static let none = TreeStep(0)

  /// To a root, of which it is not known how phrases go on.
  @inline(__always) init(root: UInt32) { (packed, followers) = (root, .max) }

  /// As the image has it.
  @inline(__always) init(_ value: UInt64) {
    (packed, followers) = (UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32))
  }

  /// The bit of a word among the followers.
  @inline(__always)
  static func follower(_ id: UInt32) -> UInt32 { 1 << (id & 31) }

  @inline(__always)
  func mayGoOn(by word: UInt32) -> Bool { followers & Self.follower(word) != 0 }
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
    // The upper half chooses the bucket.
    (Int(truncatingIfNeeded: hash >> 6) & mask, hash & 63)
  }

  /// The step from `state` by `word`.
  @inline(__always)
  func step(_ state: UInt32, _ word: UInt32) -> TreeStep {
    let key = Self.key(state, word)
    return TreeStep(table.find(key, hash: WordHash.mix(key)))
  }

  /// Brings near what `mayBegin` asks.
  @inline(__always)
  func prefetchPair(_ root: UInt32, _ word: UInt32) {
    fk_prefetch(pairs + Self.pairBit(WordHash.mix(Self.key(root >> TreeBits.shift, word)), mask: pairMask).word)
  }

  /// 1 when a phrase may go on from the packed root `root`, which something follows, by `word`, else 0; the place of such a
  /// step is brought near. Without a branch.
  @inline(__always)
  func mayBegin(_ root: UInt32, _ word: UInt32) -> UInt32 {
    let hash = WordHash.mix(Self.key(root >> TreeBits.shift, word))
    let place = Self.pairBit(hash, mask: pairMask)
    let bit = (pairs[place.word] &>> place.bit) & 1
    // Of the others the first bucket, which is near always.
    table.prefetch(hash: hash & (0 &- bit))
    return UInt32(truncatingIfNeeded: bit)
  }
}
