import Glibc

/// Rows of a document for as long as it is read: a view without a reference to count, with one check per access.
struct FactRows<Element> {
  fileprivate let base: UnsafePointer<Element>?
  let count: Int

  fileprivate init(_ rows: UnsafeBufferPointer<Element>) {
    base = rows.baseAddress
    count = rows.count
  }

  fileprivate init() {
    base = nil
    count = 0
  }

  var indices: Range<Int> { 0..<count }

  @inline(__always)
  subscript(_ i: Int) -> Element {
    precondition(UInt(bitPattern: i) < UInt(bitPattern: count), "row out of range")
    return base.unsafelyUnwrapped[i]
  }

  /// The rows for a loop that has compared its bounds with `count`.
  var unchecked: UnsafePointer<Element>? { base }
}

/// A document as rules and fact finders see it: its tokens, and what starts at and what covers each of them.
///
/// The rows and token columns are views that `read` opens and closes. A class, since all finders share it: a struct of so
/// many columns would be copied for each call.
///
/// **Cost.** One pass over tokens, matches and annotations; the columns keep their memory from document to document.
final class FactText: @unchecked Sendable {
  // MARK: the document's own

  @exclusivity(unchecked) private(set) var count = 0
  @exclusivity(unchecked) private(set) var kind = TokenColumn<UInt8>.none()
  @exclusivity(unchecked) private(set) var shape = TokenColumn<UInt8>.none()
  @exclusivity(unchecked) private(set) var gap = TokenColumn<UInt8>.none()
  @exclusivity(unchecked) private(set) var hash = TokenColumn<UInt64>.none()
  @exclusivity(unchecked) private(set) var id = TokenColumn<UInt32>.none()
  @exclusivity(unchecked) private(set) var start = TokenColumn<UInt32>.none()
  @exclusivity(unchecked) private(set) var end = TokenColumn<UInt32>.none()
  @exclusivity(unchecked) private(set) var bytes = FactRows<UInt8>()
  @exclusivity(unchecked) private(set) var matches = FactRows<Match>()
  @exclusivity(unchecked) private(set) var matchIndex = FactRows<UInt32>()
  @exclusivity(unchecked) private(set) var sentences = FactRows<TokenSpan>()
  @exclusivity(unchecked) private(set) var numbers = FactRows<Number>()
  @exclusivity(unchecked) private(set) var dates = FactRows<DateExpression>()
  @exclusivity(unchecked) private(set) var entities = FactRows<Entity>()
  @exclusivity(unchecked) private(set) var quantities = FactRows<Quantity>()

  // MARK: columns over the tokens, one more row at the end

  /// Index of the entity, date, quantity or number that begins at a token, -1 for none.
  @exclusivity(unchecked) private(set) var entityAt = TokenColumn<Int32>.none()
  @exclusivity(unchecked) private(set) var dateAt = TokenColumn<Int32>.none()
  @exclusivity(unchecked) private(set) var quantityAt = TokenColumn<Int32>.none()
  @exclusivity(unchecked) private(set) var numberAt = TokenColumn<Int32>.none()
  /// Index of the entity, date or quantity that covers a token, -1 for none.
  @exclusivity(unchecked) private(set) var entityIn = TokenColumn<Int32>.none()
  @exclusivity(unchecked) private(set) var dateIn = TokenColumn<Int32>.none()
  @exclusivity(unchecked) private(set) var quantityIn = TokenColumn<Int32>.none()
  /// A bit per token: an entity, or a date, begins there.
  @exclusivity(unchecked) private var entityStarts = TokenColumn<UInt64>.none()
  @exclusivity(unchecked) private var dateStarts = TokenColumn<UInt64>.none()
  /// A bit per token: it goes on with an annotation, or with a phrase of the lists, that begins before it.
  @exclusivity(unchecked) private var continued = TokenColumn<UInt64>.none()
  /// Index of the sentence that holds a token; -1 in captions and outside sentences, which yield no facts.
  @exclusivity(unchecked) private(set) var sentenceOf = TokenColumn<Int32>.none()
  /// Classes of all list phrases that begin at a token; empty inside an entity.
  @exclusivity(unchecked) private(set) var classes = TokenColumn<ClassSet>.none()
  /// What rows with conditions the phrases that end at a node of the phrase tree have (`RuleTables.conditionFeatures`).
  let rowFeatures = StateCache<UInt64>(room: 1024)
  /// Whether a sentence is a dateline, by its index.
  @exclusivity(unchecked) private(set) var isDateline: [Bool] = []

  deinit {
    for column in [entityAt, dateAt, quantityAt, numberAt, entityIn, dateIn, quantityIn, sentenceOf] { column.free() }
    classes.free()
    entityStarts.free()
    dateStarts.free()
    continued.free()
  }

  // MARK: reading

  /// Opens `document` for the time of `body`.
  func read(_ document: borrowing Document, _ body: () -> Void) {
    let (matches, matchIndex, sentences, bytes) = (
      document.matches, document.matchIndex, document.sentences, document.bytes
    )
    let (numbers, dates, entities, quantities) = (
      document.numbers, document.dates, document.entities, document.quantities
    )
    let (tokens, regions) = (document.tokens, document.regions)
    matches.withUnsafeBufferPointer { a in
      matchIndex.withUnsafeBufferPointer { b in
        sentences.withUnsafeBufferPointer { c in
          bytes.withUnsafeBufferPointer { d in
            (self.matches, self.matchIndex) = (FactRows(a), FactRows(b))
            (self.sentences, self.bytes) = (FactRows(c), FactRows(d))
            numbers.withUnsafeBufferPointer { e in
              dates.withUnsafeBufferPointer { f in
                entities.withUnsafeBufferPointer { g in
                  quantities.withUnsafeBufferPointer { h in
                    (self.numbers, self.dates) = (FactRows(e), FactRows(f))
                    (self.entities, self.quantities) = (FactRows(g), FactRows(h))
                    withExtendedLifetime(tokens) {
                      fill(tokens, regions)
                      body()
                      close()
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// The views end with the document's turn: a later access stops at their bounds.
  private func close() {
    count = 0
    (kind, shape, gap) = (.none(), .none(), .none())
    (id, start, end) = (.none(), .none(), .none())
    hash = .none()
    (matches, matchIndex, sentences, bytes) = (FactRows(), FactRows(), FactRows(), FactRows())
    (numbers, dates, entities, quantities) = (FactRows(), FactRows(), FactRows(), FactRows())
  }

  private func fill(_ tokens: TokenTable, _ regions: [Region]) {
    count = tokens.count
    (kind, shape, gap) = (tokens.kind, tokens.shape, tokens.gap)
    (id, start, end) = (tokens.id, tokens.start, tokens.end)
    hash = tokens.hash
    precondition(kind.limit >= count)
    entityAt.clearToNone(count + 1)
    dateAt.clearToNone(count + 1)
    quantityAt.clearToNone(count + 1)
    numberAt.clearToNone(count + 1)
    entityIn.clearToNone(count + 1)
    dateIn.clearToNone(count + 1)
    quantityIn.clearToNone(count + 1)
    sentenceOf.clearToNone(count + 1)
    entityStarts.clear((count >> 6) + 1, 0)
    dateStarts.clear((count >> 6) + 1, 0)
    continued.clear((count >> 6) + 1, 0)
    for i in entities.indices {
      mark(entities[i].span, Int32(truncatingIfNeeded: i), entityAt, entityIn)
      note(entities[i].span, entityStarts)
    }
    for i in dates.indices {
      mark(dates[i].span, Int32(truncatingIfNeeded: i), dateAt, dateIn)
      note(dates[i].span, dateStarts)
    }
    for i in quantities.indices { mark(quantities[i].span, Int32(truncatingIfNeeded: i), quantityAt, quantityIn) }
    for i in numbers.indices {
      let at = Int(numbers[i].span.start)
      if at >= 0, at < count { numberAt[at] = Int32(truncatingIfNeeded: i) }
      noteContinued(at, Int(numbers[i].span.end))
    }
    markSentences(regions)
  }

  /// Makes `classes` a column of empty sets, for the reader of the matches to fill.
  func clearClasses() {
    classes.clear(count + 1, ClassSet())
  }

  private func mark(_ span: TokenSpan, _ value: Int32, _ at: TokenColumn<Int32>, _ covering: TokenColumn<Int32>) {
    guard span.start >= 0, Int(span.end) <= count, span.start < span.end else { return }
    at[Int(span.start)] = value
    for i in Int(span.start)..<Int(span.end) { covering[i] = value }
    noteContinued(Int(span.start), Int(span.end))
  }

  /// Notes that the tokens behind `start` go on with what begins there.
  @inline(__always)
  func noteContinued(_ start: Int, _ end: Int) {
    var i = max(start, -1) + 1
    while i < min(end, count) {
      continued[i >> 6] |= 1 << UInt64(i & 63)
      i += 1
    }
  }

  /// Whether token `i` goes on with an annotation or phrase that begins before it.
  @inline(__always)
  func continues(_ i: Int) -> Bool { continued[i >> 6] >> UInt64(i & 63) & 1 != 0 }

  private func note(_ span: TokenSpan, _ starts: TokenColumn<UInt64>) {
    let i = Int(span.start)
    if i >= 0, i < count { starts[i >> 6] |= 1 << UInt64(i & 63) }
  }

  /// The first token in `i..<high` at which an entity begins; `high` when there is none.
  func nextEntity(_ i: Int, _ high: Int) -> Int { next(entityStarts, i, high) }

  /// The first token in `i..<high` at which a date begins; `high` when there is none.
  func nextDate(_ i: Int, _ high: Int) -> Int { next(dateStarts, i, high) }

  private func next(_ starts: TokenColumn<UInt64>, _ i: Int, _ high: Int) -> Int {
    guard i >= 0, i < min(high, count) else { return max(i, high) }
    var word = i >> 6
    var left = starts[word] & (.max << UInt64(i & 63))
    while left == 0 {
      word += 1
      guard word << 6 < min(high, count) else { return high }
      left = starts[word]
    }
    return min(high, word << 6 | left.trailingZeroBitCount)
  }

  private func markSentences(_ regions: [Region]) {
    isDateline.removeAll(keepingCapacity: true)
    var region = 0
    for i in sentences.indices {
      let sentence = sentences[i]
      while region < regions.count, regions[region].span.end <= sentence.start { region += 1 }
      let kind = region < regions.count && regions[region].span.contains(sentence) ? regions[region].kind : nil
      isDateline.append(kind == .dateline)
      if kind == .caption || kind == .boilerplate || kind == .byline { continue }
      let low = max(0, Int(sentence.start))
      let high = min(count, Int(sentence.end))
      if low < high { (sentenceOf.base + low).update(repeating: Int32(truncatingIfNeeded: i), count: high - low) }
    }
  }

  // MARK: tokens

  func isWord(_ i: Int) -> Bool { i < count && i >= 0 && kind[i] == TokenKind.word }
  func isNumber(_ i: Int) -> Bool { i < count && i >= 0 && kind[i] == TokenKind.number }
  /// The kind of token `i`, or `other` outside the text.
  func kindAt(_ i: Int) -> UInt8 { i >= 0 && i < count ? kind[i] : TokenKind.other }
  /// Whether token `i` follows the one before it without white space.
  func attached(_ i: Int) -> Bool { i > 0 && i < count && gap[i] == TokenGap.none }
  func isCapitalized(_ i: Int) -> Bool { i >= 0 && i < count && shape[i] & TokenShape.firstUpper != 0 }

  // MARK: matches

  /// The matches that begin at token `i`, shortest first.
  @inline(__always)
  func matchRange(at i: Int) -> Range<Int> {
    guard i >= 0, i + 1 < matchIndex.count else { return 0..<0 }
    return Int(matchIndex[i])..<Int(matchIndex[i + 1])
  }
}

extension TokenColumn {
  /// A column without rows.
  static func none() -> TokenColumn {
    TokenColumn(base: UnsafeMutablePointer(bitPattern: MemoryLayout<UInt64>.alignment).unsafelyUnwrapped, limit: 0)
  }

  /// Gives a column of the caller's own room for `count` rows; what it held is lost.
  mutating func grow(_ count: Int, _ zero: Element) {
    guard limit < count else { return }
    free()
    let room = Swift.max(count, limit * 2, 1024)
    guard let memory = malloc(room * MemoryLayout<Element>.stride) else { fatalError("no memory for a column") }
    let base = memory.bindMemory(to: Element.self, capacity: room)
    base.initialize(repeating: zero, count: room)
    self = TokenColumn(base: base, limit: room)
  }

  /// Gives a column of the caller's own room for `count` rows and keeps what it holds; new rows are 0.
  mutating func growKeeping(_ count: Int) where Element: FixedWidthInteger {
    guard limit < count else { return }
    let room = Swift.max(count, limit * 2, 1024)
    // Zero at first without being touched: of a large column few rows are ever asked for.
    guard let memory = calloc(room, MemoryLayout<Element>.stride) else { fatalError("no memory for a column") }
    let grown = memory.bindMemory(to: Element.self, capacity: room)
    grown.update(from: base, count: limit)
    free()
    self = TokenColumn(base: grown, limit: room)
  }

  /// Gives a column of the caller's own `count` rows that are `zero`, an empty set, `false` or 0: all its bits are 0.
  mutating func clear(_ count: Int, _ zero: Element) where Element: BitwiseCopyable {
    grow(count, zero)
    memset(base, 0, count * MemoryLayout<Element>.stride)
  }

  /// Gives a column of the caller's own `count` rows that are -1.
  mutating func clearToNone(_ count: Int) where Element == Int32 {
    grow(count, -1)
    memset(base, 0xFF, count * MemoryLayout<Int32>.stride)
  }

  /// Gives back the memory of a column that `grow` made.
  func free() { if limit > 0 { Glibc.free(base) } }
}
