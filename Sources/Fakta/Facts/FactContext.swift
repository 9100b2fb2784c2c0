/// What the finders of facts share about one document: bits per token, quotations, and what was found so far.
///
/// All columns are scratch memory that is reused; nothing is known from one document to the next. A class, so that the
/// finders share it without copies; a stage that is copied to another thread makes its own (`FactStage`).
final class FactContext: @unchecked Sendable {
  let words: FactWords
  let text = FactText()
  let matcher: RuleMatcher
  let reader: WordBitReader
  let cuesByState = StateCache<FactWords.SpeechCue>(room: 1024)
  let prepositionsByState = StateCache<FactWords.PrepositionSense>(room: 512)
  let usesByState = StateCache<FactWords.ClauseUse>(room: 256)
  let verbsByState = StateCache<UInt32>(room: 4096)
  /// Bits of a token by its kind, and those of the lists' bits that it takes.
  let kindBits: UnsafeMutablePointer<(bits: UInt32, lists: UInt32)>
  /// Bits per token; one more at the end.
  @exclusivity(unchecked) var bits = TokenColumn<WordBits>.none()
  /// Words with a capital inside a sentence of small words: parts of names, whatever their class.
  @exclusivity(unchecked) var isName = TokenColumn<Bool>.none()
  /// Words of a headline or another sentence of capitals: verbs stand without their prefix there.
  @exclusivity(unchecked) var isHeadline = TokenColumn<Bool>.none()
  @exclusivity(unchecked) var paragraphOf = TokenColumn<Int32>.none()
  @exclusivity(unchecked) var quotations: [Quotation] = []
  /// Index of the quotation that covers a token between its marks, -1 for none.
  @exclusivity(unchecked) var quotationOf = TokenColumn<Int32>.none()
  @exclusivity(unchecked) var statements: [StatementDraft] = []
  /// Index of the last statement that somebody makes, and not an outlet that is only cited; -1 for none.
  @exclusivity(unchecked) var lastSpoken = -1
  /// Index of the statement whose content covers a token, -1 for none.
  @exclusivity(unchecked) var statementOf = TokenColumn<Int32>.none()
  /// What rules say of cues, in text order (`Attributions.swift`).
  @exclusivity(unchecked) var attributions: [Attribution] = []
  @exclusivity(unchecked) var figures: [PredicateDraft] = []
  @exclusivity(unchecked) var events: [PredicateDraft] = []
  /// Persons whose title stands before them, by where the title begins: roles that rules have found.
  @exclusivity(unchecked) var holders: [(start: Int32, person: TokenSpan)] = []
  /// The roles that rules have found, by where the title begins (`Holders.swift`).
  @exclusivity(unchecked) var titles: [Holder] = []
  /// A person who was said to speak, before the words are given: `Hal senada diungkapkan Deny`.
  @exclusivity(unchecked) var introduced: (speaker: TokenSpan, sentence: Int32)?
  /// What is said where a speaker is looked for: a pronoun hardly stands for somebody whom it names.
  @exclusivity(unchecked) var said = TokenSpan.none
  /// Whether a token is part of a statement's cue.
  @exclusivity(unchecked) var isCue = TokenColumn<Bool>.none()
  /// Sums over the tokens of a sentence of what it costs to look past them (`Figures+Place.swift`), for the sentences that
  /// `sumCosts` was called for.
  @exclusivity(unchecked) var cost = TokenColumn<Int32>.none()
  @exclusivity(unchecked) var isSummed = TokenColumn<Bool>.none()
  /// Dates that a statement or figure has taken.
  @exclusivity(unchecked) var isDateTaken = TokenColumn<Bool>.none()
  /// A bit per token: a quotation mark, or the first word of a phrase of saying.
  @exclusivity(unchecked) var cues = TokenColumn<UInt64>.none()
  @exclusivity(unchecked) var hasQuotes = false
  /// Tokens where a phrase of several words begins that says what the words behind the first are.
  @exclusivity(unchecked) var spreaders: [Int32] = []
  /// Matches that rules or finders look for, and those of several tokens, by their numbers.
  @exclusivity(unchecked) var marked = TokenColumn<(start: Int32, state: UInt32)>.none()
  @exclusivity(unchecked) var longer = TokenColumn<Int32>.none()
  /// Words with a capital of the sentence that is read.
  @exclusivity(unchecked) var names = TokenColumn<Int32>.none()
  /// The rules' matches that won, by kind and in text order.
  @exclusivity(unchecked) var winners: [(kind: UInt8, start: Int32, match: Int32)] = []
  /// Where `write` puts what was found.
  @exclusivity(unchecked) var facts: [Fact] = []
  @exclusivity(unchecked) var slots: [FactSlot] = []

  convenience init(lexicon: Lexicon) {
    self.init(words: FactWords(lexicon: lexicon), tables: RuleTables(lexicon: lexicon, rules: lexicon.rules))
  }

  /// A context of its own memory for another thread.
  convenience init(like other: FactContext) { self.init(words: other.words, tables: other.matcher.tables) }

  private init(words: FactWords, tables: RuleTables) {
    self.words = words
    reader = WordBitReader(words: words, tables: tables)
    matcher = RuleMatcher(tables: tables)
    kindBits = .allocate(capacity: 256)
    for kind in 0...UInt8.max {
      let isWord = kind == TokenKind.word || kind == TokenKind.otherWord
      (kindBits + Int(kind)).initialize(to: (Self.bits(ofKind: kind).rawValue, isWord ? .max : 0))
    }
  }

  deinit {
    kindBits.deallocate()
    bits.free()
    isName.free()
    isHeadline.free()
    paragraphOf.free()
    quotationOf.free()
    statementOf.free()
    isCue.free()
    cost.free()
    isSummed.free()
    isDateTaken.free()
    cues.free()
    names.free()
    marked.free()
    longer.free()
  }

  static func bits(ofKind kind: UInt8) -> WordBits {
    if kind == TokenKind.comma { return .comma }
    if RuleMatcher.isQuote(kind) { return .quote }
    switch kind {
    case TokenKind.period...TokenKind.exclamation, TokenKind.colon, TokenKind.semicolon, TokenKind.dash,
      TokenKind.openParen...TokenKind.closeBracket, TokenKind.bullet:
      return .hardMark
    default: return []
    }
  }

  var count: Int { text.count }

  /// Opens `document` for the time of `body`, with the bits of its tokens and its quotations.
  func read(_ document: borrowing Document, _ body: () -> Void) {
    text.read(document) {
      prepare()
      body()
    }
  }

  static let covered: WordBits = [.entity, .date, .quantity]

  /// Makes short quotations that nobody says plain words without verbs: `film "Menunggu Pagi"`; not those with a number, which may be
  /// said, and what a comma ends, which is.
  func openTitles() {
    for quotation in quotations where quotation.statement < 0 && quotation.isClosed && quotation.content.count <= 10 {
      let (open, close) = (Int(quotation.open), Int(quotation.close))
      guard statementOf[open + 1] < 0, text.sentenceOf[open] == text.sentenceOf[close],
        !has(close - 1, [.comma, .hardMark]), !(open...close).contains(where: { has($0, .quantity) })
      else { continue }
      for i in open...close where bits[i].isDisjoint(with: Self.covered) { bits[i] = [] }
    }
  }

  /// Fills `cost` for a sentence.
  func sumCosts(_ sentence: Int32) {
    guard sentence >= 0, !isSummed[Int(sentence)] else { return }
    isSummed[Int(sentence)] = true
    let span = text.sentences[Int(sentence)]
    let (low, high) = (max(0, Int(span.start)), min(count, Int(span.end)))
    guard low < high else { return }
    precondition(bits.limit > high && text.quantityAt.limit > high && cost.limit > high)
    let (bits, quantityAt, cost) = (bits.base, text.quantityAt.base, cost.base)
    var sum: Int32 = 0
    for i in low..<high {
      cost[i] = sum
      sum &+= 1
      if quantityAt[i] >= 0 { sum &+= 6 }
      let own = bits[i]
      if !own.isDisjoint(with: [.comma, .clause]) {
        if own.contains(.comma) { sum &+= 2 }
        if own.contains(.clause), own.isDisjoint(with: [.preposition, .relative, .copula]) { sum &+= 8 }
      }
    }
  }

  /// Fills `matcher.matches` and what the rules say of cues.
  func matchRules() {
    matcher.run(text, cues: cues)
    readAttributions()
  }

  /// The last statement that somebody makes: whom a pronoun can stand for, and whose words a quotation goes on with.
  var spoken: StatementDraft? { lastSpoken >= 0 ? statements[lastSpoken] : nil }

  /// Makes token `i` one at which statements are looked for.
  func addCue(_ i: Int) { cues[i >> 6] |= 1 << UInt64(i & 63) }

  /// The first token in `i..<high` that is a quotation mark or begins a phrase of saying; `high` when there is none.
  func nextCue(_ i: Int, _ high: Int) -> Int {
    let i = max(0, i)
    guard i < min(high, count) else { return high }
    var word = i >> 6
    var left = cues[word] & (UInt64.max << UInt64(i & 63))
    while left == 0 {
      word += 1
      guard (word << 6) < min(high, count) else { return high }
      left = cues[word]
    }
    return min(high, (word << 6) + left.trailingZeroBitCount)
  }

  /// The bits of token `i`, empty outside the text.
  @inline(__always)
  func at(_ i: Int) -> WordBits { UInt(bitPattern: i) < UInt(bitPattern: count) ? bits[i] : [] }

  @inline(__always)
  func has(_ i: Int, _ wanted: WordBits) -> Bool { !at(i).isDisjoint(with: wanted) }

  /// The sentence that holds token `i`.
  func sentence(_ i: Int) -> TokenSpan {
    guard i >= 0, i < count, text.sentenceOf[i] >= 0 else { return .none }
    return text.sentences[Int(text.sentenceOf[i])]
  }
}
