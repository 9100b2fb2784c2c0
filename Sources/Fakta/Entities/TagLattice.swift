import CFaktaText

/// Finds the best sequence of tags for each stretch of text where names can stand.
///
/// **Why 16 bits.** The seven tags of a token fit one register, and a step of the search is a handful of instructions.
/// Scores are cut at ±`limit`, which is far more than any doubt. Sums along a stretch are kept relative to "outside", from
/// which they cannot run away: "outside" may follow every tag, so two tags differ by no more than a token's scores and
/// steps do (8000), and no sum leaves ±26000.
///
/// **Cost.** Seven additions and comparisons of whole rows per token, twice (backward and forward).
struct TagLattice: @unchecked Sendable {
  typealias Row = SIMD8<Int16>

  private var memory = Memory(capacity: 0)
  private let tables: Tables
  /// The lead of "outside" from which no search is needed.
  private let plainLead: Int32
  /// Number of tokens.
  private(set) var count = 0

  /// Beyond this a score says no more.
  static let limit: Int32 = 3000
  /// A score that no sequence can make up for.
  static let impossible: Int16 = -7000
  /// The scores of a token of which nothing is known.
  static let neutral = Row(0, 0, 0, 0, 0, 0, 0, impossible)

  /// - Parameter transitions: Learned scores of steps; steps that the tags do not allow are closed here.
  init(transitions: [SIMD8<Int32>]?, plainLead: Int32) {
    self.plainLead = plainLead
    tables = Tables(transitions: transitions)
  }

  /// What is kept per token. Shared when a pipeline is copied, until one of the copies reads a text.
  private final class Memory: @unchecked Sendable {
    let capacity: Int
    /// Scores of each tag, in model units.
    let scores: UnsafeMutablePointer<Row>
    let tags: UnsafeMutablePointer<UInt8>
    let margins: UnsafeMutablePointer<Int32>
    let backward: UnsafeMutablePointer<Row>
    /// Where stretches begin: a list for each length, none, one, two, three tokens, and more.
    let starts: UnsafeMutablePointer<Int32>
    /// Where the lists end, and how long the long stretches are.
    let startEnds: UnsafeMutablePointer<Int>
    let lengths: UnsafeMutablePointer<Int32>

    init(capacity: Int) {
      self.capacity = capacity
      scores = .allocate(capacity: capacity)
      scores.initialize(repeating: TagLattice.neutral, count: capacity)
      // Read eight at a time, from any token on.
      tags = .allocate(capacity: capacity + 8)
      tags.initialize(repeating: 0, count: capacity + 8)
      margins = .allocate(capacity: capacity)
      margins.initialize(repeating: 0, count: capacity)
      backward = .allocate(capacity: capacity)
      backward.initialize(repeating: Row(), count: capacity)
      let places = TagLattice.list(TagLattice.kinds, capacity)
      starts = .allocate(capacity: places)
      starts.initialize(repeating: 0, count: places)
      startEnds = .allocate(capacity: TagLattice.kinds)
      for kind in 0..<TagLattice.kinds { startEnds[kind] = TagLattice.list(kind, capacity) }
      lengths = .allocate(capacity: capacity / 4 + 1)
      lengths.initialize(repeating: 0, count: capacity / 4 + 1)
    }

    deinit {
      scores.deallocate()
      tags.deallocate()
      margins.deallocate()
      backward.deallocate()
      starts.deallocate()
      startEnds.deallocate()
      lengths.deallocate()
    }
  }

  /// Tables of eight rows each.
  private final class Tables: @unchecked Sendable {
    let rows: UnsafeMutablePointer<Row>

    /// Steps from a tag to each.
    var steps: UnsafeMutablePointer<Row> { rows }
    /// Steps to a tag from each.
    var reverse: UnsafeMutablePointer<Row> { rows + 8 }
    /// The highest value for tags that may follow a tag, the lowest for others.
    var following: UnsafeMutablePointer<Row> { rows + 16 }
    /// The highest value for all tags but one.
    var others: UnsafeMutablePointer<Row> { rows + 24 }

    init(transitions: [SIMD8<Int32>]?) {
      rows = .allocate(capacity: 32)
      rows.initialize(repeating: Row(repeating: .min), count: 32)
      for k in 0..<16 { rows[k] = Row(repeating: TagLattice.impossible) }
      for from in 0..<Tag.count {
        for to in 0..<Tag.count {
          if to != from { others[from][to] = .max }
          guard Tag.follows(to, from) else { continue }
          following[from][to] = .max
          let value = Int16(clamping: max(-1000, min(1000, transitions?[from][to] ?? 0)))
          steps[from][to] = value
          reverse[to][from] = value
        }
      }
    }

    deinit { rows.deallocate() }
  }

  /// Makes room for `n` tokens, all outside of names. Scores are the caller's to set where it will decode.
  mutating func reset(_ n: Int) {
    count = n
    if memory.capacity < n || !isKnownUniquelyReferenced(&memory) {
      memory = Memory(capacity: max(n, memory.capacity, 1024))
    }
    memory.tags.update(repeating: 0, count: n)
  }

  @inline(__always)
  private func check(_ i: Int) {
    precondition(UInt(bitPattern: i) < UInt(bitPattern: count), "token index out of range")
  }

  /// The chosen tag of a token.
  @inline(__always)
  func tag(_ i: Int) -> Int {
    check(i)
    return Int(memory.tags[i])
  }

  /// The first token from `start` on, which is not negative, that is not outside of names; `count` where all are.
  @inline(__always)
  func nextTagged(from start: Int) -> Int {
    var i = start
    while i < count {
      let found = fk_load64(UnsafePointer(memory.tags) + i).littleEndian
      if found != 0 { return min(count, i &+ found.trailingZeroBitCount >> 3) }
      i &+= 8
    }
    return count
  }

  /// How much worse the best sequence with another tag at this token is, in model units.
  @inline(__always)
  func margin(_ i: Int) -> Int32 {
    check(i)
    return memory.margins[i]
  }

  /// Sets the scores of a token; the last place of the row is no tag's.
  @inline(__always)
  func set(_ i: Int, _ row: Row) {
    check(i)
    var row = fk_greater(fk_lesser(row, Row(repeating: Int16(Self.limit))), Row(repeating: Int16(-Self.limit)))
    row[7] = Self.impossible
    memory.scores[i] = row
  }

  /// Raises the score of a tag.
  func add(_ i: Int, _ tag: Int, _ amount: Int32) {
    check(i)
    let value = Int32(memory.scores[i][tag]) &+ max(-2 * Self.limit, min(2 * Self.limit, amount))
    memory.scores[i][tag] = Int16(truncatingIfNeeded: max(-Self.limit, min(Self.limit, value)))
  }

  /// Whether a tag has changed since this was last set to false.
  var hasChanged = false

  /// Kinds of stretches by their length: no token, one to three, and more.
  private static let kinds = 5

  /// Where the list of a kind begins: with room for as many stretches as `capacity` tokens can be, and one more.
  @inline(__always)
  private static func list(_ kind: Int, _ capacity: Int) -> Int {
    switch kind {
    case 0: 0
    case 1: 2
    case 2: 3 &+ capacity
    case 3: 4 &+ capacity &+ capacity / 2
    case 4: 5 &+ capacity &+ capacity / 2 &+ capacity / 3
    default: 6 &+ capacity &+ capacity / 2 &+ capacity / 3 &+ capacity / 4
    }
  }

  /// Lists the stretches of `gated`, which are in order and have rows: tokens that follow each other and begin no passage.
  /// By their length, so that those who decode them know it: most are short, but how short cannot be foretold.
  mutating func listStretches(_ gated: UnsafeBufferPointer<Int32>, _ rows: UnsafeBufferPointer<TokenInfo>) {
    if let first = gated.first, let last = gated.last {
      precondition(first >= 0 && Int(last) < count && count <= rows.count, "token index out of range")
    }
    let (starts, lengths, ends) = (memory.starts, memory.lengths, memory.startEnds)
    for kind in 0..<Self.kinds { ends[kind] = Self.list(kind, memory.capacity) }
    let firstLong = ends[Self.kinds - 1]
    var (start, length, last) = (Int32(0), 0, Int32(-2))
    for i in gated {
      let begins = (i != last &+ 1).number | (rows[Int(i)].begin == 2).number
      last = i
      // The stretch before.
      let kind = min(length, Self.kinds - 1)
      starts[ends[kind]] = start
      lengths[ends[Self.kinds - 1] &- firstLong] = Int32(truncatingIfNeeded: length)
      ends[kind] &+= begins
      start = begins != 0 ? i : start
      length = begins != 0 ? 1 : length &+ 1
    }
    let kind = min(length, Self.kinds - 1)
    starts[ends[kind]] = start
    lengths[ends[Self.kinds - 1] &- firstLong] = Int32(truncatingIfNeeded: length)
    ends[kind] &+= 1
  }

  /// Decodes the stretches that were listed last.
  mutating func decodeStretches() {
    let (starts, lengths, ends, capacity) = (memory.starts, memory.lengths, memory.startEnds, memory.capacity)
    var changes: UInt8 = 0
    for k in Self.list(1, capacity)..<ends[1] { changes |= decode(Int(starts[k]), length: 1) }
    for k in Self.list(2, capacity)..<ends[2] { changes |= decode(Int(starts[k]), length: 2) }
    for k in Self.list(3, capacity)..<ends[3] { changes |= decode(Int(starts[k]), length: 3) }
    let firstLong = Self.list(4, capacity)
    for k in firstLong..<ends[4] { changes |= decode(Int(starts[k]), length: Int(lengths[k &- firstLong])) }
    if changes != 0 { hasChanged = true }
  }

  /// Decodes tokens `start..<end`, which follow and precede text outside of names.
  mutating func decode(_ start: Int, _ end: Int) {
    guard start >= 0, start < end, end <= count else { return }
    if decode(start, length: end - start) != 0 { hasChanged = true }
  }

  /// Decodes a stretch; says which bits of tags have changed. Written out for each of the lengths that are known.
  @inline(__always)
  private func decode(_ start: Int, length n: Int) -> UInt8 {
    let scores = memory.scores + start
    var changes: UInt8 = 0
    if n <= 3, isPlain(start, start &+ n) {
      for i in start..<start &+ n {
        changes |= memory.tags[i]
        memory.tags[i] = 0
      }
      return changes
    }
    let (steps, reverse, backward) = (tables.steps, tables.reverse, memory.backward)
    var row = Row()
    var i = n &- 1
    while i > 0 {
      backward[i] = row
      row = Self.relative(Self.best(row &+ scores[i], reverse))
      i &-= 1
    }
    backward[0] = row
    let (tags, margins) = (memory.tags + start, memory.margins + start)
    let (following, others) = (tables.following, tables.others)
    var last = Tag.outside
    i = 0
    while i < n {
      // Before the stretch stands "outside".
      row = (i == 0 ? steps[Tag.outside] : Self.best(Self.relative(row), steps)) &+ scores[i]
      // The best tag that can follow the last one: ties between sequences must not mix them.
      let through = row &+ backward[i]
      let open = fk_lesser(through, following[last])
      let best = open.max()
      // Of equals the first.
      let equal = unsafeBitCast(open .== Row(repeating: best), to: FkBytes.self)
      last = min(Tag.count - 1, fk_bits(equal).trailingZeroBitCount &>> 1)
      margins[i] = Int32(best) &- Int32(fk_lesser(through, others[last]).max())
      let tag = UInt8(truncatingIfNeeded: last)
      changes |= tags[i] ^ tag
      tags[i] = tag
      i &+= 1
    }
    return changes
  }

  /// The best way to each tag, or from each, over a step.
  @inline(__always)
  private static func best(_ v: Row, _ steps: UnsafeMutablePointer<Row>) -> Row {
    var row = steps[0] &+ Row(repeating: v[0])
    for k in 1..<Tag.count { row = fk_greater(row, steps[k] &+ Row(repeating: v[k])) }
    return row
  }

  /// The values relative to "outside", not below what counts as hopeless.
  @inline(__always)
  private static func relative(_ v: Row) -> Row {
    fk_greater(v &- Row(repeating: v[Tag.outside]), Row(repeating: -10000))
  }

  /// Whether no token of a short stretch has a tag that comes near to "outside": many stretches are one word that begins
  /// a sentence. Then the tags are known without search.
  @inline(__always)
  private func isPlain(_ start: Int, _ end: Int) -> Bool {
    for i in start..<end {
      let row = memory.scores[i]
      let lead = Int32(row[Tag.outside]) &- Int32(fk_lesser(row, tables.others[Tag.outside]).max())
      guard lead > plainLead else { return false }
      memory.margins[i] = lead
    }
    return true
  }
}
