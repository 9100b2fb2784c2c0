import CFaktaText
import Glibc

/// Keeps, for each word of late, the summed weights of its features in every place, and the weights of each pair of classes.
///
/// The sums depend on the word, its form and its cues alone, so what is kept never changes an answer; news repeats its
/// words, and most tokens cost one look-up instead of thirty. Pairs of classes and shapes are few: they have a table that is
/// indexed directly.
///
/// Shared when a pipeline is copied, until one of the copies reads a text.
final class WordSums: @unchecked Sendable {
  /// What an entry says beside its sums, which follow it, one for each of the roles of a token and its neighbours.
  struct Entry {
    var key: UInt64
    var coarse: UInt16
    var fine: UInt16
    var tendency: UInt8
    /// Which of the sums are there, as bits.
    var filled: UInt8
    var parts: UInt16
  }

  /// Entries in a long run, and while few words have been seen: one article should touch little memory.
  private static let (size, firstSize) = (1 << 16, 1 << 12)
  /// Where the sums of an entry begin, and how far the next entry is: a line of the cache.
  fileprivate static let head = 16
  fileprivate static let stride = 64
  /// Few words stand at a run, so that what they say of it has a table of its own: per line the sums of four roles, 14 bytes
  /// each, and the key, of which the low bits tell which of the sums are there.
  private static let (runSize, firstRunSize) = (1 << 14, 1 << 10)
  fileprivate static let runSum = 14
  fileprivate static let runKey = 56
  /// Rows of the model for the cues that end before a token: `cueSize` of two words, the feature and its row.
  fileprivate static let cueSize = 1 << 9

  /// Zero at first: memory that no word has touched costs nothing.
  private var memory: UnsafeMutableRawPointer
  private var runs: UnsafeMutableRawPointer
  private var mask = WordSums.firstSize - 1
  private var runMask = WordSums.firstRunSize - 1
  /// Tokens that were scored, until the tables are large.
  private var seen = 0
  private let pairs: UnsafeMutablePointer<UInt64>
  private let cues: UnsafeMutablePointer<UInt64>
  private var keys: UnsafeMutablePointer<UInt64>
  private var capacity = 0
  private let weights: TaggerModel.Weights

  init(model: TaggerModel) {
    weights = model.weights
    memory = Self.zeroes(Self.firstSize + 1, Self.stride)
    runs = Self.zeroes(Self.firstRunSize + 1, Self.stride)
    pairs = Self.zeroes(2 * PairTable.size, 8).bindMemory(to: UInt64.self, capacity: 2 * PairTable.size)
    cues = Self.zeroes(2 * Self.cueSize, 8).bindMemory(to: UInt64.self, capacity: 2 * Self.cueSize)
    keys = .allocate(capacity: 0)
  }

  private static func zeroes(_ count: Int, _ stride: Int) -> UnsafeMutableRawPointer {
    guard let memory = calloc(count, stride) else { fatalError("no memory for the sums of the tagger") }
    return memory
  }

  /// Makes the tables large once more words have been seen than the small ones serve; what they held is summed anew.
  private func grow(_ count: Int) {
    seen += count
    guard mask < Self.size - 1, seen > Self.firstSize else { return }
    free(memory)
    free(runs)
    memory = Self.zeroes(Self.size + 1, Self.stride)
    runs = Self.zeroes(Self.runSize + 1, Self.stride)
    mask = Self.size - 1
    runMask = Self.runSize - 1
  }

  deinit {
    free(memory)
    free(runs)
    free(pairs)
    free(cues)
    keys.deallocate()
  }

  /// Prepares the sums for a document.
  func view(_ document: borrowing Document, _ context: borrowing EntityContext) -> View {
    let count = document.tokens.count
    grow(count)
    if capacity < count {
      capacity = max(count, 2 * capacity, 1024)
      keys.deallocate()
      keys = .allocate(capacity: capacity)
      keys.initialize(repeating: 0, count: capacity)
    }
    precondition(count <= context.rows.count, "the context is not of this document")
    return View(
      entries: memory.alignedUp(toMultipleOf: Self.stride), runs: runs.alignedUp(toMultipleOf: Self.stride),
      places: mask * Self.stride, runPlaces: runMask * Self.stride, pairs: pairs, cues: cues, keys: keys,
      weights: weights, count: count)
  }

  @inline(never)
  fileprivate static func spelling(_ i: Int, _ document: borrowing Document) -> UInt64 {
    var key: UInt64 = 0
    for k in Int(document.tokens.start[i])..<Int(document.tokens.end[i]) {
      key = (key ^ UInt64(document.bytes[k])) &* 0x0000_0100_0000_01B3
    }
    return key
  }
}

extension WordSums {
  /// The memory as plain pointers, valid until the next document: counting references for each token costs more than the
  /// look-ups.
  struct View {
    fileprivate let entries: UnsafeMutableRawPointer
    fileprivate let runs: UnsafeMutableRawPointer
    /// The bytes at which entries and runs begin, as masks.
    fileprivate let places: Int
    fileprivate let runPlaces: Int
    /// Packed rows of the model by `PairTable.place`, for ordinary and for caseless text; 0 where none was asked for.
    fileprivate let pairs: UnsafeMutablePointer<UInt64>
    fileprivate let cues: UnsafeMutablePointer<UInt64>
    /// The key of each token of the document.
    fileprivate let keys: UnsafeMutablePointer<UInt64>
    fileprivate let weights: TaggerModel.Weights
    fileprivate let count: Int
  }
}

extension WordSums.View {
  private typealias Entry = WordSums.Entry

  /// Computes the keys of all tokens, and asks for the entries that scoring reads: by then memory has answered.
  ///
  /// The low bits of a key are its place.
  fileprivate func prepare(_ context: borrowing EntityContext, _ document: borrowing Document) {
    let rows = context.rows.baseAddress.unsafelyUnwrapped
    // The gates of the tokens around `i`, two on each side: as far as a token looks.
    var window: UInt8 = count > 1 ? rows[0].gate << 1 | rows[1].gate : 1
    for i in 0..<count {
      let gate = i &+ 2 < count ? rows[i &+ 2].gate : 0
      window = window << 1 | gate
      let row = rows + i
      var key = UInt64(row.pointee.starts.rawValue) << 32 | UInt64(row.pointee.ends.rawValue)
      key = (key ^ UInt64(row.pointee.id) << 24) &* 0x9E37_79B9_7F4A_7C15
      key ^= row.pointee.word &+ UInt64(row.pointee.form << 1 | row.pointee.isCaseless) &* 0xD6E8_FEB8_6659_FD93
      // Letters beyond ASCII can differ within one form.
      if row.pointee.hasNonASCII != 0 { key ^= WordSums.spelling(i, document) }
      key = (key ^ key >> 32) &* 0xBF58_476D_1CE4_E5B9
      key ^= key >> 32
      keys[i] = key
      // Elsewhere the first entry, which costs less than to decide.
      fk_prefetch(window & 31 != 0 ? place(key) : entries)
    }
    for k in context.gated {
      // Outside of runs the first token.
      let start = Int(rows[Int(k)].runStart)
      fk_prefetch(runPlace(keys[start]))
      fk_prefetch(runPlace(keys[max(0, start &- 1)]))
    }
  }

  @inline(__always)
  private func runPlace(_ key: UInt64) -> UnsafeMutableRawPointer {
    runs + (Int(truncatingIfNeeded: key) &* WordSums.stride & runPlaces)
  }

  @inline(__always)
  private func place(_ key: UInt64) -> UnsafeMutableRawPointer {
    entries + (Int(truncatingIfNeeded: key) &* WordSums.stride & places)
  }

  /// The entry of token `i`.
  @inline(__always)
  private func entry(_ i: Int, _ context: borrowing EntityContext) -> UnsafeMutableRawPointer {
    let key = keys[i]
    let entry = place(key)
    if entry.assumingMemoryBound(to: Entry.self).pointee.key != key { begin(entry, key, i, context) }
    return entry
  }

  @inline(never)
  private func begin(
    _ entry: UnsafeMutableRawPointer, _ key: UInt64, _ i: Int, _ context: borrowing EntityContext
  ) {
    let facts = TaggerFeatures.facts(i, context)
    entry.storeBytes(
      of: Entry(
        key: key, coarse: UInt16(truncatingIfNeeded: facts.coarse), fine: UInt16(truncatingIfNeeded: facts.fine),
        tendency: UInt8(truncatingIfNeeded: facts.tendency), filled: 0, parts: UInt16(truncatingIfNeeded: facts.parts)),
      as: Entry.self)
  }

  /// The summed weights of token `i` in a place.
  @inline(__always)
  func sum(
    _ role: TaggerFeatures.Role, _ i: Int, _ context: borrowing EntityContext, _ document: borrowing Document
  ) -> SIMD8<Int16> {
    let entry = entry(i, context)
    if entry.assumingMemoryBound(to: Entry.self).pointee.filled & (1 << UInt8(role.rawValue)) == 0 {
      let total = total(entry, role, i, context, document)
      entry.storeBytes(of: total, toByteOffset: WordSums.head + role.rawValue * 16, as: SIMD8<Int16>.self)
      entry.assumingMemoryBound(to: Entry.self).pointee.filled |= 1 << UInt8(role.rawValue)
    }
    return (entry + (WordSums.head &+ role.rawValue &* 16)).assumingMemoryBound(to: SIMD8<Int16>.self).pointee
  }

  /// More than a word has in any role.
  private static var mostFeatures: Int { 24 }

  /// The same for the roles of runs. The last place of the row, which means nothing, holds bytes of what follows.
  @inline(__always)
  func runSum(
    _ role: TaggerFeatures.Role, _ i: Int, _ context: borrowing EntityContext, _ document: borrowing Document
  ) -> SIMD8<Int16> {
    let key = keys[i]
    let place = runPlace(key)
    let column = role.rawValue &- TaggerFeatures.Role.runFirst.rawValue
    let known = place.load(fromByteOffset: WordSums.runKey, as: UInt64.self)
    // The low bits of the key are those of the place.
    if (known ^ key) & ~15 | (~known >> UInt64(column) & 1) != 0 { fillRun(place, column, role, i, context, document) }
    return place.loadUnaligned(fromByteOffset: column &* WordSums.runSum, as: SIMD8<Int16>.self)
  }

  @inline(never)
  private func fillRun(
    _ place: UnsafeMutableRawPointer, _ column: Int, _ role: TaggerFeatures.Role, _ i: Int,
    _ context: borrowing EntityContext, _ document: borrowing Document
  ) {
    let key = keys[i]
    let total = total(entry(i, context), role, i, context, document)
    let known = place.load(fromByteOffset: WordSums.runKey, as: UInt64.self)
    let there = (known ^ key) & ~15 == 0 ? known & 15 : 0
    withUnsafeBytes(of: total) {
      (place + column * WordSums.runSum).copyMemory(from: $0.baseAddress!, byteCount: WordSums.runSum)
    }
    place.storeBytes(of: key & ~15 | there | 1 << UInt64(column), toByteOffset: WordSums.runKey, as: UInt64.self)
  }

  /// Asks the model for all that a word brings in a place.
  @inline(never)
  private func total(
    _ memory: UnsafeMutableRawPointer, _ role: TaggerFeatures.Role, _ i: Int, _ context: borrowing EntityContext,
    _ document: borrowing Document
  ) -> SIMD8<Int16> {
    let entry = memory.assumingMemoryBound(to: Entry.self)
    let item = context[i]
    let facts = TaggerFeatures.WordFacts(
      word: item.word, form: UInt64(item.form), coarse: UInt64(entry.pointee.coarse), fine: UInt64(entry.pointee.fine),
      tendency: UInt64(entry.pointee.tendency), parts: UInt64(entry.pointee.parts), isWord: item.kind == TokenKind.word,
      starts: item.starts, ends: item.ends)
    let salt = item.isCaseless != 0 ? TaggerFeatures.caselessSalt : 0
    // All rows are asked for before the first is read: each would be waited for by itself.
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.mostFeatures) { wanted in
      var used = 0
      TaggerFeatures.expand(role, facts, i, document) {
        let key = TaggerFeatures.key($0, $1) ^ salt
        guard used < Self.mostFeatures else { return }
        weights.ask(key)
        wanted[used] = key
        used += 1
      }
      var total = SIMD8<Int16>(repeating: 0)
      for k in 0..<used { total &+= weights.row(wanted[k]) }
      return total
    }
  }

  /// The coarse class of token `i`.
  @inline(__always)
  func coarse(_ i: Int, _ context: borrowing EntityContext) -> UInt64 {
    UInt64(entry(i, context).assumingMemoryBound(to: Entry.self).pointee.coarse)
  }

  /// The row of the cues that end before a token (feature 61): such sets are few, and the model is large.
  @inline(__always)
  fileprivate func cueRow(_ value: UInt64, _ isCaseless: Bool) -> UInt64 {
    let name = value << 1 | (isCaseless ? 1 : 0) | 1 << 63
    let at = cues + Int(truncatingIfNeeded: (name &* 0x9E37_79B9_7F4A_7C15) >> 55) &* 2
    if at[0] != name {
      at[1] = weights.packed(TaggerFeatures.key(61, value) ^ (isCaseless ? TaggerFeatures.caselessSalt : 0))
      at[0] = name
    }
    return at[1]
  }

  /// Asks the model for a pair and keeps its row.
  @inline(never)
  fileprivate func fillPair(_ place: Int, _ kind: UInt64, _ value: UInt64, _ isCaseless: Bool) -> UInt64 {
    let salt = isCaseless ? TaggerFeatures.caselessSalt : 0
    let row = weights.packed(TaggerFeatures.key(kind, value) ^ salt) | 1 << 56
    pairs[(isCaseless ? PairTable.size : 0) + place] = row
    return row
  }
}

/// Where the features of few values stand in the table of `WordSums`.
enum PairTable {
  /// Coarse classes have numbers below this; the last one is for no word.
  private static let classes: UInt64 = 128
  static let size = 65_536

  /// The place of a feature, -1 for one that has none. `kind` is known where this is called, so that one case is left.
  @inline(__always)
  static func place(_ kind: UInt64, _ value: UInt64) -> Int {
    var place: UInt64
    switch kind {
    case 20: place = 0
    case 26: place = 1
    case 52: place = 8 | value & 7
    case 42: place = 128 | value & 127
    case 61 where value >> 4 == 0: place = 16 | value & 7
    case 33, 35:
      let coarse = value >> 4
      if coarse >= classes { return -1 }
      place = (kind == 33 ? 6144 : 7168) + (coarse << 3 | value & 7)
    case 57: place = 256 | value & 255
    case 59: place = 1024 | (value >> 8 & 127) << 3 | value & 7
    case 60: place = 2048 | (value >> 8 & 127) << 3 | value & 7
    case 56: place = 4096 | (value >> 8 & 127) << 4 | value & 7 | (value & 16) >> 1
    case 58:
      let coarse = value & 0xFFFFF
      if coarse >= classes - 1, coarse < 999 { return -1 }
      place = 49152 + (value >> 20 & 127) * classes + min(coarse, classes - 1)
    case 36: place = 8192 | (value >> 12 & 15) << 8 | (value >> 4 & 15) << 4 | (value >> 8 & 7) << 1 | value & 1
    case 37, 38:
      let first = min(value >> 20, classes - 1)
      let second = min(value & 0xFFFFF, classes - 1)
      // The number of no word is far above that of any class.
      if first == classes - 1, value >> 20 < 999 { return -1 }
      if second == classes - 1, value & 0xFFFFF < 999 { return -1 }
      // A token and the next one ask for the same pair by different kinds: next to each other they cost one line.
      place = 16384 + (first * classes + second) << 1 | kind & 1
    default: return -1
    }
    return Int(truncatingIfNeeded: place)
  }
}

/// Sums the weights of the features of each gated token of a document.
struct ScoringSink: FeatureSink {
  private let sums: WordSums.View
  private let pairs: UnsafeMutablePointer<UInt64>
  private let isCaseless: Bool
  private var sum = SIMD8<Int16>(repeating: 0)

  @inline(__always)
  private init(_ sums: WordSums.View, isCaseless: Bool) {
    self.sums = sums
    pairs = sums.pairs + (isCaseless ? PairTable.size : 0)
    self.isCaseless = isCaseless
  }

  /// Sets the scores of all gated tokens.
  static func score(
    _ sums: WordSums, _ document: borrowing Document, _ context: borrowing EntityContext, _ lattice: TagLattice
  ) {
    let sums = sums.view(document, context)
    sums.prepare(context, document)
    for k in context.gated {
      let i = Int(k)
      var sink = ScoringSink(sums, isCaseless: context[i].isCaseless != 0)
      TaggerFeatures.emit(i, context, document, &sink)
      lattice.set(i, sink.sum)
    }
  }

  @inline(__always)
  mutating func add(_ kind: UInt64, _ value: UInt64) {
    let place = PairTable.place(kind, value)
    if place >= 0 {
      var row = pairs[place]
      if row == 0 { row = sums.fillPair(place, kind, value, isCaseless) }
      sum &+= TaggerModel.Weights.unpack(row)
    } else if kind == 61 {
      sum &+= TaggerModel.Weights.unpack(sums.cueRow(value, isCaseless))
    } else {
      sum &+= sums.weights.row(TaggerFeatures.key(kind, value) ^ (isCaseless ? TaggerFeatures.caselessSalt : 0))
    }
  }

  @inline(__always)
  mutating func remove(_ kind: UInt64, _ value: UInt64) {
    let sum = sum
    self.sum = SIMD8(repeating: 0)
    add(kind, value)
    self.sum = sum &- self.sum
  }

  @inline(__always)
  mutating func add(
    _ role: TaggerFeatures.Role, of i: Int, _ context: borrowing EntityContext, _ document: borrowing Document
  ) {
    sum &+= sums.sum(role, i, context, document)
  }

  @inline(__always)
  mutating func add(
    run role: TaggerFeatures.Role, of i: Int, _ context: borrowing EntityContext, _ document: borrowing Document
  ) {
    sum &+= sums.runSum(role, i, context, document)
  }

  @inline(__always)
  func coarseClass(_ i: Int, _ context: borrowing EntityContext, _ document: borrowing Document) -> UInt64 {
    sums.coarse(i, context)
  }
}
