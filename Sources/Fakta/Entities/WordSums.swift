import CFaktaText
import Glibc

/// Keeps, for each word of late, the summed weights of its features in every place, and the weights of each pair of classes.
///
/// The sums depend on the word, its form and its cues alone, so what is kept never changes an answer; news repeats its
/// words, and most tokens cost one look-up instead of thirty. Pairs of classes and shapes are few: they have a table that is
/// indexed directly.
///
/// What is kept stands in lines, in the order in which the words came: frequent words come early, so that theirs stand
/// together. A directory of one number per word finds them. When the lines are used up, all begins anew.
///
/// Shared when a pipeline is copied, until one of the copies reads a text.
final class WordSums: @unchecked Sendable {
  /// What a line says of a word beside its sums, which follow it, one for each of the roles of a token and its neighbours.
  struct Entry {
    var coarse: UInt16
    var fine: UInt16
    var tendency: UInt8
    /// Which of the sums are there, as bits.
    var filled: UInt8
    var parts: UInt16
    /// The line of the sums for the roles of runs, at which few words stand; 0 for none.
    var runs: UInt32
    var unused: UInt32 = 0
  }

  /// Lines there are; a cell of the directory has room for their numbers.
  private static let lineCount = 3 << 15
  /// Cells of the directory in a long run, and while few words have been seen: one article should touch little memory.
  private static let size = 1 << 17
  private static let firstSize = 1 << 13
  /// Words that have four cells each at the beginning of the directory.
  static let frequentWords: UInt32 = 4096
  /// Tokens for which the small directory has room.
  private static let firstTokens = 1 << 12
  /// Where the sums of an entry begin, and how far the next line is: a line of the cache.
  static let head = 16
  static let lineShift = 6
  /// Rows of the model for the cues that end before a token: `cueSize` of two words, the feature and its row.
  static let cueSize = 1 << 9
  /// Ways in which words are written: four parts, eight tendencies, sixteen lengths, eight forms.
  static let writingSize = 1 << 12
  /// As many gated tokens are scored at a time, and as many tokens they look at: two on each side, and the beginning of a run
  /// with the token before it.
  static let mostGated = 1 << 12
  private static let mostNear = 7 << 12

  /// Zero at first: memory that no word has touched costs nothing. Line 0 is nobody's.
  private let memory: UnsafeMutableRawPointer
  private var directory: UnsafeMutablePointer<UInt64>
  private var mask = WordSums.firstSize - 1
  /// Lines in use.
  private let used: UnsafeMutablePointer<Int>
  /// Tokens that were scored, until the directory is large.
  private var seen = 0
  private let pairs: UnsafeMutablePointer<UInt64>
  private let cues: UnsafeMutablePointer<UInt64>
  private let writings: UnsafeMutablePointer<SIMD8<Int16>>
  private let near: UnsafeMutablePointer<Int32>
  private let keys: UnsafeMutablePointer<UInt64>
  private var cells: UnsafeMutablePointer<UInt64>
  private var capacity = 0
  private let weights: TaggerModel.Weights
  private let parts: UnsafeMutablePointer<Parts>

  init(model: TaggerModel) {
    weights = model.weights
    memory = Self.zeroes(Self.lineCount + 1, 1 << Self.lineShift)
    directory = Self.words(Self.firstSize)
    pairs = Self.words(2 * PairTable.size)
    cues = Self.words(2 * Self.cueSize)
    writings = Self.zeroes(2 * Self.writingSize, 16).bindMemory(
      to: SIMD8<Int16>.self, capacity: 2 * Self.writingSize)
    keys = Self.words(Self.mostNear)
    near = Self.zeroes(Self.mostNear, 4).bindMemory(to: Int32.self, capacity: Self.mostNear)
    cells = Self.words(0)
    used = .allocate(capacity: 1)
    used.initialize(to: 1)
    parts = .allocate(capacity: 1)
    parts.initialize(
      to: Parts(
        lines: memory.alignedUp(toMultipleOf: 1 << Self.lineShift), directory: directory, mask: mask, used: used,
        pairs: pairs, cues: cues, writings: writings, near: near, keys: keys, cells: cells, weights: weights))
  }

  private static func zeroes(_ count: Int, _ stride: Int) -> UnsafeMutableRawPointer {
    guard let memory = calloc(max(1, count), stride) else { fatalError("no memory for the sums of the tagger") }
    return memory
  }

  private static func words(_ count: Int) -> UnsafeMutablePointer<UInt64> {
    zeroes(count, 8).bindMemory(to: UInt64.self, capacity: count)
  }

  /// Makes the directory large once more words have been seen than the small one serves; what it held is summed anew.
  private func grow(_ count: Int) {
    seen += count
    guard mask < Self.size - 1, seen > Self.firstTokens else { return }
    free(directory)
    directory = Self.words(Self.size)
    mask = Self.size - 1
    used.pointee = 1
  }

  deinit {
    free(memory)
    free(directory)
    free(pairs)
    free(cues)
    free(writings)
    free(near)
    free(keys)
    free(cells)
    used.deallocate()
    parts.deallocate()
  }

  /// Prepares the sums for a document.
  func begin(_ count: Int) {
    grow(count)
    guard capacity < count else { return }
    capacity = max(count, 2 * capacity, 1024)
    free(cells)
    cells = Self.words(capacity)
  }

  /// Makes room for what `gated` tokens may need, and gives the memory as plain pointers.
  func view(_ gated: Int) -> View {
    precondition(gated <= Self.mostGated)
    // A line for each token that is looked at, and one for what it says at a run.
    if used.pointee + 2 * 7 * gated > Self.lineCount {
      directory.update(repeating: 0, count: mask + 1)
      used.pointee = 1
    }
    parts.pointee.directory = directory
    parts.pointee.mask = mask
    parts.pointee.cells = cells
    return View(parts: UnsafePointer(parts))
  }

  @inline(never)
  static func spelling(_ i: Int, _ document: borrowing Document) -> UInt64 {
    var key: UInt64 = 0
    for k in Int(document.tokens.start[i])..<Int(document.tokens.end[i]) {
      key = (key ^ UInt64(document.bytes[k])) &* 0x0000_0100_0000_01B3
    }
    return key
  }
}

extension WordSums {
  /// The memory as plain pointers: counting references for each token costs more than the look-ups.
  struct Parts {
    let lines: UnsafeMutableRawPointer
    var directory: UnsafeMutablePointer<UInt64>
    var mask: Int
    let used: UnsafeMutablePointer<Int>
    /// Packed rows of the model by `PairTable.place`, for ordinary and for caseless text; 0 where none was asked for.
    let pairs: UnsafeMutablePointer<UInt64>
    let cues: UnsafeMutablePointer<UInt64>
    /// What form, length, tendency and parts of a word bring together, for ordinary and for caseless text; the last place of
    /// a row tells that it is known.
    let writings: UnsafeMutablePointer<SIMD8<Int16>>
    /// The tokens that are looked at, and their keys.
    let near: UnsafeMutablePointer<Int32>
    let keys: UnsafeMutablePointer<UInt64>
    /// The cell of the directory of each token of the document that is looked at.
    var cells: UnsafeMutablePointer<UInt64>
    let weights: TaggerModel.Weights
  }

  /// The sums as those see them who score tokens, valid until the next tokens are scored.
  struct View {
    let parts: UnsafePointer<Parts>
  }

  /// A cell of the directory: the upper bits of a word's key, of which the lowest is always set, so that no cell in use is 0;
  /// the number of its line; its coarse class.
  enum Cell {
    static let lineAt: UInt64 = 16
    static let keyBits: UInt64 = ~0 << 33

    @inline(__always)
    static func key(_ key: UInt64) -> UInt64 { (key | 1 << 33) & keyBits }

    @inline(__always)
    static func coarse(_ cell: UInt64) -> UInt64 { cell & 0xFFFF }

    /// How far the cell's line is from the first one.
    @inline(__always)
    static func place(_ cell: UInt64) -> Int {
      Int(truncatingIfNeeded: (cell & ~keyBits) &>> lineAt) &<< WordSums.lineShift
    }
  }
}

extension WordSums.View {
  private typealias Entry = WordSums.Entry
  private typealias Cell = WordSums.Cell

  /// Finds the lines of all words that the gated tokens look at, and fills what those lack. Each step asks memory for what the
  /// next one reads.
  func prepare(
    _ gated: UnsafeBufferPointer<Int32>, _ context: borrowing EntityContext, _ document: borrowing Document
  ) {
    let rows = context.rows.baseAddress.unsafelyUnwrapped
    let count = document.tokens.count
    let first = gated[0]
    precondition(document.tokens.hash.limit >= count)
    let hashes = UnsafePointer(document.tokens.hash.base)
    let parts = parts.pointee
    var used = 0
    var next = 0
    var lastRun: Int32 = -1
    for g in gated {
      let i = Int(g)
      var near = max(next, i &- 2)
      next = min(count, i &+ 3)
      while near < next {
        note(near, &used, rows, hashes, parts, document)
        near &+= 1
      }
      let start = rows[i].runStart
      // A run that begins where the tagger does not look now.
      if rows[i].runEnd > start, start < first || rows[Int(start)].gate == 0, start != lastRun {
        lastRun = start
        note(Int(start), &used, rows, hashes, parts, document)
        if start > 0 { note(Int(start) &- 1, &used, rows, hashes, parts, document) }
      }
    }
    for k in 0..<used {
      let i = Int(parts.near[k])
      let cell = find(parts.keys[k], i, parts, context, document)
      parts.cells[i] = cell
      fk_prefetch(parts.lines + Cell.place(cell))
    }
    for g in gated { complete(Int(g), count, rows, parts, context, document) }
  }

  /// Notes a token that is looked at, with its key, of which the low bits are the place in the directory.
  @inline(__always)
  private func note(
    _ i: Int, _ used: inout Int, _ rows: UnsafePointer<TokenInfo>, _ hashes: UnsafePointer<UInt64>,
    _ parts: WordSums.Parts, _ document: borrowing Document
  ) {
    let row = rows + i
    var key = UInt64(row.pointee.starts.rawValue) << 32 | UInt64(row.pointee.ends.rawValue)
    key = (key ^ UInt64(row.pointee.id) << 24) &* 0x9E37_79B9_7F4A_7C15
    // Marks have no hash, but a kind each.
    let written = UInt64(row.pointee.kind) << 8 | UInt64(row.pointee.form << 1 | row.pointee.isCaseless)
    key ^= hashes[i] &+ written &* 0xD6E8_FEB8_6659_FD93
    // Letters beyond ASCII can differ within one form.
    if row.pointee.hasNonASCII != 0 { key ^= WordSums.spelling(i, document) }
    key = (key ^ key >> 32) &* 0xBF58_476D_1CE4_E5B9
    key ^= key >> 32
    // Frequent words have small ids: their cells stand side by side.
    let id = row.pointee.id
    let home = UInt64(id << 2 | UInt32(row.pointee.form & 3))
    key = id &- 1 < WordSums.frequentWords ? key & WordSums.Cell.keyBits | home : key
    fk_prefetch(parts.directory + Int(truncatingIfNeeded: key) & parts.mask)
    parts.near[used] = Int32(truncatingIfNeeded: i)
    parts.keys[used] = key
    used &+= 1
  }

  /// The cell of the word with this key, which token `i` is.
  @inline(__always)
  private func find(
    _ key: UInt64, _ i: Int, _ parts: WordSums.Parts, _ context: borrowing EntityContext,
    _ document: borrowing Document
  ) -> UInt64 {
    let wanted = Cell.key(key)
    var place = Int(truncatingIfNeeded: key) & parts.mask
    while true {
      let cell = parts.directory[place]
      if (cell ^ wanted) & Cell.keyBits == 0 { return cell }
      if cell == 0 { return begin(wanted, place, i, context, document) }
      place = (place &+ 1) & parts.mask
    }
  }

  /// Gives the word a line.
  @inline(never)
  private func begin(
    _ key: UInt64, _ place: Int, _ i: Int, _ context: borrowing EntityContext, _ document: borrowing Document
  ) -> UInt64 {
    let facts = TaggerFeatures.facts(i, context, document)
    let coarse = UInt16(truncatingIfNeeded: facts.coarse)
    let cell = key | UInt64(parts.pointee.used.pointee) << Cell.lineAt | UInt64(coarse)
    parts.pointee.used.pointee += 1
    parts.pointee.directory[place] = cell
    Self.entry(cell, parts.pointee.lines).initialize(
      to: Entry(
        coarse: coarse, fine: UInt16(truncatingIfNeeded: facts.fine),
        tendency: UInt8(truncatingIfNeeded: facts.tendency), filled: 0, parts: UInt16(truncatingIfNeeded: facts.parts),
        runs: 0))
    return cell
  }

  @inline(__always)
  private static func entry(_ cell: UInt64, _ lines: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Entry> {
    (lines + Cell.place(cell)).assumingMemoryBound(to: Entry.self)
  }

  /// Sees to it that all sums are there that the score of token `i` needs.
  @inline(__always)
  private func complete(
    _ i: Int, _ count: Int, _ rows: UnsafePointer<TokenInfo>, _ parts: WordSums.Parts,
    _ context: borrowing EntityContext,
    _ document: borrowing Document
  ) {
    let (cells, lines) = (parts.cells, parts.lines)
    let row = rows + i
    let pairs = parts.pairs + (row.pointee.isCaseless == 0 ? 0 : PairTable.size)
    let own = Self.entry(cells[i], lines).pointee.filled
    // Where there is no neighbour the token stands for it, and nothing is asked of it.
    let hasPrevious = (i > 0).number & (row.pointee.begin != 2).number
    let previous =
      Self.entry(cells[i &- hasPrevious], lines).pointee.filled | UInt8(truncatingIfNeeded: (hasPrevious ^ 1) << 1)
    let hasNext = i &+ 1 < count ? (rows[i &+ 1].begin != 2).number : 0
    let next = Self.entry(cells[i &+ hasNext], lines).pointee.filled | UInt8(truncatingIfNeeded: (hasNext ^ 1) << 2)
    // The pairs of classes are many: by the time of the score memory has answered.
    let coarse = Cell.coarse(cells[i])
    let before = hasPrevious != 0 ? Cell.coarse(cells[i &- 1]) : 999
    fk_prefetch(pairs + PairTable.pair(before, coarse))
    fk_prefetch(pairs + PairTable.pair(coarse, hasNext != 0 ? Cell.coarse(cells[i &+ 1]) : 999))
    // Asked of all, since which token is in a list cannot be foretold: for the others it is one of few lines.
    fk_prefetch(pairs + PairTable.hit(UInt64(row.pointee.hit), before))
    if own & previous >> 1 & next >> 2 & 1 == 0 {
      fill(.own, i, context, document)
      if hasPrevious != 0 { fill(.previous, i &- 1, context, document) }
      if hasNext != 0 { fill(.next, i &+ 1, context, document) }
    }
    let start = Int(row.pointee.runStart)
    guard Int(row.pointee.runEnd) > start else { return }
    let isFirst = start == i
    let first = Self.entry(cells[start], lines)
    var filled = first.pointee.filled >> (isFirst ? 4 : 3)
    fk_prefetch(lines + Int(first.pointee.runs) &<< WordSums.lineShift)
    let hasOutside = start > 0 && rows[start].begin != 2
    if hasOutside {
      let outside = Self.entry(cells[start &- 1], lines)
      filled &= outside.pointee.filled >> (isFirst ? 6 : 5)
      fk_prefetch(lines + Int(outside.pointee.runs) &<< WordSums.lineShift)
    }
    if filled & 1 == 0 {
      fill(isFirst ? .runOwn : .runFirst, start, context, document)
      if hasOutside { fill(isFirst ? .outsideOwn : .outside, start &- 1, context, document) }
    }
  }

  /// Sums what the word `i` brings in a place, unless that is known.
  @inline(never)
  private func fill(
    _ role: TaggerFeatures.Role, _ i: Int, _ context: borrowing EntityContext, _ document: borrowing Document
  ) {
    let (cell, lines, used) = (parts.pointee.cells[i], parts.pointee.lines, parts.pointee.used)
    let entry = Self.entry(cell, lines)
    guard entry.pointee.filled >> UInt8(role.rawValue) & 1 == 0 else { return }
    let total = total(entry.pointee, role, i, context, document)
    let isAtRun = role.rawValue >= TaggerFeatures.Role.runFirst.rawValue
    if isAtRun, entry.pointee.runs == 0 {
      entry.pointee.runs = UInt32(truncatingIfNeeded: used.pointee)
      used.pointee += 1
    }
    let place = isAtRun ? Self.runPlace(role, cell, lines) : Self.place(role, cell, lines)
    place.pointee = total
    entry.pointee.filled |= 1 << UInt8(role.rawValue)
  }

  /// Where the sum of a word in a place stands.
  @inline(__always)
  static func place(
    _ role: TaggerFeatures.Role, _ cell: UInt64, _ lines: UnsafeMutableRawPointer
  ) -> UnsafeMutablePointer<SIMD8<Int16>> {
    (lines + (Cell.place(cell) &+ WordSums.head &+ role.rawValue &* 16)).assumingMemoryBound(to: SIMD8<Int16>.self)
  }

  /// The same for the roles of runs.
  @inline(__always)
  static func runPlace(
    _ role: TaggerFeatures.Role, _ cell: UInt64, _ lines: UnsafeMutableRawPointer
  ) -> UnsafeMutablePointer<SIMD8<Int16>> {
    let column = role.rawValue &- TaggerFeatures.Role.runFirst.rawValue
    let line = Int(entry(cell, lines).pointee.runs) &<< WordSums.lineShift
    return (lines + (line &+ column &* 16)).assumingMemoryBound(to: SIMD8<Int16>.self)
  }

  /// More than a word has in any role.
  private static var mostFeatures: Int { 24 }

  /// Asks the model for all that a word brings in a place.
  @inline(never)
  private func total(
    _ entry: Entry, _ role: TaggerFeatures.Role, _ i: Int, _ context: borrowing EntityContext,
    _ document: borrowing Document
  ) -> SIMD8<Int16> {
    let item = context[i]
    let facts = TaggerFeatures.WordFacts(
      word: item.word(document.tokens.hash[i]), form: UInt64(item.form), coarse: UInt64(entry.coarse),
      fine: UInt64(entry.fine),
      tendency: UInt64(entry.tendency), parts: UInt64(entry.parts), isWord: item.kind == TokenKind.word,
      starts: item.starts, ends: item.ends)
    let salt = item.isCaseless != 0 ? TaggerFeatures.caselessSalt : 0
    let (writing, place) = role == .own ? writing(facts, i, item.isCaseless != 0, document) : (SIMD8(repeating: 0), -1)
    // All rows are asked for before the first is read: each would be waited for by itself.
    let weights = parts.pointee.weights
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.mostFeatures) { wanted in
      var used = 0
      TaggerFeatures.expand(role, facts, i, document) {
        if place >= 0, TaggerFeatures.isOfWriting($0) { return }
        let key = TaggerFeatures.key($0, $1) ^ salt
        guard used < Self.mostFeatures else { return }
        weights.ask(key)
        wanted[used] = key
        used += 1
      }
      var total = writing
      for k in 0..<used { total &+= weights.row(wanted[k]) }
      return total
    }
  }

  /// What the features bring that only look at how a word is written, and where it is kept: the same few come again and
  /// again. The place is -1 where it is not kept.
  @inline(__always)
  private func writing(
    _ facts: TaggerFeatures.WordFacts, _ i: Int, _ isCaseless: Bool, _ document: borrowing Document
  ) -> (SIMD8<Int16>, Int) {
    let parts = UInt64(CueSet.given.rawValue | CueSet.family.rawValue)
    guard facts.isWord, facts.form < 8, facts.tendency < 8, facts.parts & ~parts == 0 else {
      return (SIMD8(repeating: 0), -1)
    }
    let length = UInt64(truncatingIfNeeded: min(document.tokens.length(i), 12))
    let part = facts.parts / UInt64(CueSet.given.rawValue)
    var place = Int(truncatingIfNeeded: part << 10 | facts.tendency << 7 | length << 3 | facts.form)
    if isCaseless { place += WordSums.writingSize }
    let row = self.parts.pointee.writings + place
    if row.pointee[7] == 0 {
      let salt = isCaseless ? TaggerFeatures.caselessSalt : 0
      let weights = self.parts.pointee.weights
      var sum = SIMD8<Int16>(repeating: 0)
      TaggerFeatures.expand(.own, facts, i, document) {
        if TaggerFeatures.isOfWriting($0) { sum &+= weights.row(TaggerFeatures.key($0, $1) ^ salt) }
      }
      sum[7] = 1
      row.pointee = sum
    }
    return (row.pointee, place)
  }

  /// Asks the model for the cues that end before a token and keeps their row.
  @inline(never)
  func fillCue(_ at: UnsafeMutablePointer<UInt64>, _ name: UInt64, _ value: UInt64, _ isCaseless: Bool) {
    at[1] = packed(61, value, isCaseless)
    at[0] = name
  }

  /// Asks the model for a pair and keeps its row.
  @inline(never)
  func fillPair(_ place: Int, _ kind: UInt64, _ value: UInt64, _ isCaseless: Bool) -> UInt64 {
    let row = packed(kind, value, isCaseless) | 1 << 56
    parts.pointee.pairs[(isCaseless ? PairTable.size : 0) + place] = row
    return row
  }

  /// Asks the model for a feature.
  @inline(never)
  func packed(_ kind: UInt64, _ value: UInt64, _ isCaseless: Bool) -> UInt64 {
    parts.pointee.weights.packed(TaggerFeatures.key(kind, value) ^ (isCaseless ? TaggerFeatures.caselessSalt : 0))
  }
}
