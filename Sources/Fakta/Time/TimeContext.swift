/// What surrounds the expressions of a document: quotations, attributions, paragraphs, words that speak of the future.
///
/// **Cost.** One pass over the marks, bounded work per expression; keeps its buffers.
struct TimeContext: Sendable {
  /// Quotations as tokens behind the opening and of the closing mark.
  private var quotes: [TokenSpan] = []
  private var paragraphs: [Int32] = []
  private var ends: [Int32] = []
  /// Whether reading `i` and the next are both ends of a range ("28 Oktober hingga 2 November").
  private(set) var isRangeJoint: [Bool] = []
  /// Whether reading `i` is a clock time and the next one its day ("pukul 18.00 WIB PADA 31 Desember").
  private(set) var hasDayBehind: [Bool] = []

  mutating func fill(_ readings: inout [TimeReading], _ grammar: TimeGrammar) {
    quotes.removeAll(keepingCapacity: true)
    paragraphs.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    isRangeJoint.removeAll(keepingCapacity: true)
    hasDayBehind.removeAll(keepingCapacity: true)
    guard !readings.isEmpty else { return }
    scan(grammar.tokens)
    var quote = 0
    for i in readings.indices {
      let start = Int(readings[i].span.start)
      while quote < quotes.count, Int(quotes[quote].end) <= start { quote += 1 }
      if quote < quotes.count, quotes[quote].contains(start) { readings[i].quoteEnd = quotes[quote].end }
      readings[i].isFuture = isFuture(readings[i], grammar)
      readings[i].isStatement = readings[i].quoteEnd < 0 && isStatement(readings[i], grammar)
      let before = start > 0 ? grammar.tokens.kind[start - 1] : TokenKind.other
      readings[i].isReport =
        readings[i].isStatement && (readings[i].isSlashed || before == TokenKind.comma || before == TokenKind.dash)
      readings[i].isTitleYear = readings[i].base == .year && start > 0 && grammar.tokens.isNumber(start - 1)
      isRangeJoint.append(i + 1 < readings.count && isJoint(readings[i], readings[i + 1], grammar))
      hasDayBehind.append(i + 1 < readings.count && leans(readings[i], on: readings[i + 1], grammar))
    }
  }

  /// Finds quotations, paragraphs and ends of sentences.
  private mutating func scan(_ tokens: TokenTable) {
    var open = -1
    let (kinds, gaps) = (tokens.kind, tokens.gap)
    var i = 0
    while true {
      i = tokens.next(from: i, with: TokenTrigger.boundary)
      guard i < tokens.count else { break }
      if gaps[i] >= TokenGap.line { line(i, kinds, isParagraph: gaps[i] == TokenGap.paragraph, &open) }
      mark(i, kinds[i], tokens, &open)
      i += 1
    }
    if open >= 0 { quotes.append(TokenSpan(open, tokens.count)) }
  }

  /// A line begins at `i`: a paragraph too, where a blank line or the end of a sentence stands before it.
  private mutating func line(_ i: Int, _ kinds: TokenColumn<UInt8>, isParagraph: Bool, _ open: inout Int) {
    if isParagraph || i > 0 && isEnd(kinds[i - 1]) { paragraphs.append(Int32(i)) }
    guard isParagraph, open >= 0 else { return }
    quotes.append(TokenSpan(open, i))
    open = -1
  }

  private mutating func mark(_ i: Int, _ kind: UInt8, _ tokens: TokenTable, _ open: inout Int) {
    switch kind {
    case TokenKind.period, TokenKind.question, TokenKind.exclamation:
      if i + 1 == tokens.count || tokens.gap[i + 1] != TokenGap.none || tokens.kind[i + 1] == TokenKind.quote
        || tokens.isCapitalized(i + 1)
      {
        ends.append(Int32(i))
      }
    case TokenKind.openQuote: open = i + 1
    case TokenKind.closeQuote:
      if open >= 0 { quotes.append(TokenSpan(open, i)) }
      open = -1
    case TokenKind.quote:
      if open >= 0 {
        quotes.append(TokenSpan(open, i))
        open = -1
      } else {
        open = i + 1
      }
    default: break
    }
  }

  private func isEnd(_ kind: UInt8) -> Bool {
    kind == TokenKind.period || kind == TokenKind.question || kind == TokenKind.exclamation || kind == TokenKind.quote
      || kind == TokenKind.closeQuote
      || kind == TokenKind.closeParen
  }

  /// First token of the paragraph of token `i`.
  func paragraphStart(before i: Int) -> Int { Int(last(in: paragraphs, upTo: i) ?? 0) }

  /// Whether no sentence ends between two tokens.
  func isSameSentence(_ a: Int, _ b: Int) -> Bool {
    guard paragraphStart(before: a) == paragraphStart(before: b) else { return false }
    guard let end = last(in: ends, upTo: b - 1) else { return true }
    return Int(end) <= a
  }

  /// The last value of a sorted list that is not above `i`. O(log n).
  private func last(in list: [Int32], upTo i: Int) -> Int32? {
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if Int(list[middle]) <= i { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : list[low - 1]
  }

  /// Whether a word before a bare weekday or month in its sentence makes it the coming one.
  private func isFuture(_ reading: TimeReading, _ grammar: TimeGrammar) -> Bool {
    guard reading.base == .weekday || reading.base == .month && !reading.hasYear, reading.shift == [] else {
      return false
    }
    let start = Int(reading.span.start)
    var at = start - 1
    guard at >= 0, grammar.tokens.kind[at] != TokenKind.comma else { return false }
    let stop = max(0, start - 25, Int(last(in: ends, upTo: start - 1) ?? -1) + 1, paragraphStart(before: start))
    while at >= stop {
      let kind = grammar.tokens.kind[at]
      if kind == TokenKind.quote || kind == TokenKind.openQuote || kind == TokenKind.closeQuote { return false }
      if kind == TokenKind.word, grammar.vocabulary.words[grammar.single(at)].roles.contains(.future) { return true }
      at -= 1
    }
    return false
  }

  /// Whether a day only says when somebody spoke or wrote: behind a comma in a sentence with a quotation or a verb of speech.
  private func isStatement(_ reading: TimeReading, _ grammar: TimeGrammar) -> Bool {
    guard reading.base == .day || reading.base == .weekday || reading.base == .offset && reading.unit == .day else {
      return false
    }
    let start = Int(reading.span.start)
    let stop = max(0, start - 40, Int(last(in: ends, upTo: start - 1) ?? -1) + 1, paragraphStart(before: start))
    var at = start - 1
    while at >= stop {
      let kind = grammar.tokens.kind[at]
      if kind == TokenKind.quote || kind == TokenKind.closeQuote { return true }
      if kind == TokenKind.word,
        grammar.lexicon.classes(ofWord: grammar.tokens.id[at]).intersects(grammar.classes.speech)
      {
        return true
      }
      at -= 1
    }
    // The quotation may have ended its sentence: "… besok." Budi, Senin (9/11).
    return stop > 0 && stop < grammar.count
      && (grammar.tokens.kind[stop] == TokenKind.quote || grammar.tokens.kind[stop] == TokenKind.closeQuote)
  }

  private func leans(_ clock: TimeReading, on day: TimeReading, _ grammar: TimeGrammar) -> Bool {
    guard clock.base == .clock, day.base == .day || day.base == .weekday, !day.isRange else { return false }
    let joint = Int(clock.span.end)
    return Int(day.span.start) == joint + 1 && grammar.tokens.gap[joint] <= TokenGap.space
      && grammar.roles(TimeGrammar.Hit(index: grammar.single(joint), end: joint + 1)).contains(.at)
  }

  private func isJoint(_ a: TimeReading, _ b: TimeReading, _ grammar: TimeGrammar) -> Bool {
    let from = Int(a.span.end)
    let to = Int(b.span.start)
    guard to > from, to - from <= 3 else { return false }
    return grammar.rangeMark(from) == to
      || grammar.roles(grammar.next(from)).contains(.and) && grammar.next(from).end == to
  }
}
