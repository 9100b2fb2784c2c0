/// One article on its way through the pipeline: raw text, normalised text, and a layer per stage.
///
/// A document is reused from article to article (`reset`), so that its columns keep their memory. Spans are runs of
/// tokens; tokens are UTF-8 bytes of `bytes`, the normalised text; `rawRange(of:)` maps them to the article as it came.
public struct Document: Sendable {
  /// The text as it came, valid UTF-8.
  public internal(set) var raw: [UInt8] = []
  /// The text that the stages read.
  public internal(set) var bytes: [UInt8] = []
  public internal(set) var origin = OriginMap()
  public internal(set) var tokens = TokenTable()
  public internal(set) var matches: [Match] = []
  /// For each token, the index of its first match; one more entry at the end.
  public internal(set) var matchIndex: [UInt32] = []
  public internal(set) var regions: [Region] = []
  public internal(set) var sentences: [TokenSpan] = []
  public internal(set) var numbers: [Number] = []
  public internal(set) var quantities: [Quantity] = []
  public internal(set) var dates: [DateExpression] = []
  public internal(set) var entities: [Entity] = []
  public internal(set) var evidence: [Evidence] = []
  public internal(set) var facts: [Fact] = []
  public internal(set) var slots: [FactSlot] = []

  /// The record's title and date as written, where it has them.
  public internal(set) var title: [UInt8] = []
  public internal(set) var recordDate: [UInt8] = []
  /// The day that `--date` gives.
  public internal(set) var optionDate: CalendarDay?
  public internal(set) var referenceDate: CalendarDay?
  public internal(set) var referenceSource = ReferenceSource.none
  /// The rule that named the day in the text (index into `Lexicon.dateRules`), -1 for none.
  public internal(set) var referenceRule: Int32 = -1
  /// Whether boilerplate yields annotations too.
  public var includesBoilerplate = false

  public enum ReferenceSource: UInt8, Sendable { case none, option, record, dateline, text }

  public init() {}

  /// Empties every layer and takes a new text, which must be valid UTF-8.
  public mutating func reset(text: [UInt8], title: [UInt8] = [], date: [UInt8] = [], optionDate: CalendarDay? = nil) {
    raw.removeAll(keepingCapacity: true)
    raw.append(contentsOf: text)
    reset(title: title, date: date, optionDate: optionDate)
  }

  /// Empties every layer and exchanges its old text for a new one, which must be valid UTF-8: nothing is copied.
  mutating func reset(
    exchanging text: inout [UInt8], title: [UInt8] = [], date: [UInt8] = [], optionDate: CalendarDay? = nil
  ) {
    swap(&raw, &text)
    reset(title: title, date: date, optionDate: optionDate)
  }

  /// Empties every layer but the raw text.
  private mutating func reset(title: [UInt8], date: [UInt8], optionDate: CalendarDay?) {
    self.title.removeAll(keepingCapacity: true)
    self.title.append(contentsOf: title)
    recordDate.removeAll(keepingCapacity: true)
    recordDate.append(contentsOf: date)
    self.optionDate = optionDate
    referenceDate = nil
    referenceSource = .none
    referenceRule = -1
    bytes.removeAll(keepingCapacity: true)
    origin.removeAll()
    tokens.removeAll()
    matches.removeAll(keepingCapacity: true)
    matchIndex.removeAll(keepingCapacity: true)
    regions.removeAll(keepingCapacity: true)
    sentences.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    quantities.removeAll(keepingCapacity: true)
    dates.removeAll(keepingCapacity: true)
    entities.removeAll(keepingCapacity: true)
    evidence.removeAll(keepingCapacity: true)
    facts.removeAll(keepingCapacity: true)
    slots.removeAll(keepingCapacity: true)
  }

  /// Bytes of the normalised text that a span covers.
  public func range(of span: TokenSpan) -> Range<Int> {
    guard !span.isNone, span.end > span.start else { return 0..<0 }
    return Int(tokens.start[Int(span.start)])..<Int(tokens.end[Int(span.end) - 1])
  }

  /// Bytes of the raw text that a span covers, less `trim` bytes at its end.
  public func rawRange(of span: TokenSpan, trim: Int = 0) -> Range<Int> {
    let range = range(of: span)
    guard !range.isEmpty else { return 0..<0 }
    if origin.isIdentity { return range.lowerBound..<max(range.lowerBound, range.upperBound - trim) }
    let start = origin.rawStart(range.lowerBound)
    return start..<max(start, origin.rawEnd(range.upperBound - trim))
  }

  /// Calls `body` for each part of the name that a mention gives, as bytes of the normalised text: a plain space stands between two
  /// parts, whatever white space the article has there.
  func forEachNamePart(of mention: Entity, _ body: (Range<Int>) -> Void) {
    guard !mention.span.isNone, mention.span.end > mention.span.start else { return }
    let (first, end) = (Int(mention.span.start), Int(mention.span.end))
    var start = Int(tokens.start[first])
    for i in first + 1..<max(end, first + 1) where tokens.gapAt(i) != TokenGap.none {
      body(start..<Int(tokens.end[i - 1]))
      start = Int(tokens.start[i])
    }
    body(start..<max(start, Int(tokens.end[end - 1]) - Int(mention.trim)))
  }

  /// The normalised text of a span, for messages and tests.
  public func text(of span: TokenSpan) -> String { String(decoding: bytes[range(of: span)], as: UTF8.self) }

  /// The article's own text of a span, for messages and tests.
  public func rawText(of span: TokenSpan, trim: Int = 0) -> String {
    String(decoding: raw[rawRange(of: span, trim: trim)], as: UTF8.self)
  }

  /// Bytes at the end of a match that are a clitic and no part of the name (`Entity.trim`).
  public func trim(of match: Match) -> UInt8 {
    match.end > 0 && Int(match.end) <= tokens.count ? tokens.trim[Int(match.end) - 1] : 0
  }

  /// Bytes at the end of a slot that its annotation leaves out: a clitic, the next item's number glued to a year.
  func trim(of slot: FactSlot) -> Int {
    switch slot.layer {
    case .entity: Int(entities[Int(slot.index)].trim)
    case .date: slot.span.end == dates[Int(slot.index)].span.end ? Int(dates[Int(slot.index)].trim) : 0
    default: 0
    }
  }

  /// The matches that begin at token `i`, shortest first.
  @inlinable public func matchRange(at i: Int) -> Range<Int> {
    guard i >= 0, i + 1 < matchIndex.count else { return 0..<0 }
    return Int(matchIndex[i])..<Int(matchIndex[i + 1])
  }

  /// The longest match at token `i` that has one of the classes.
  public func longestMatch(at i: Int, of set: ClassSet, in lexicon: Lexicon) -> Match? {
    for m in matchRange(at: i).reversed() where lexicon.classes(at: matches[m].state).intersects(set) {
      return matches[m]
    }
    return nil
  }

  /// Whether the word at `i` by itself has one of the classes.
  @inlinable public func word(_ i: Int, has set: ClassSet, in lexicon: Lexicon) -> Bool {
    lexicon.classes(ofWord: tokens.idAt(i)).intersects(set)
  }
}
