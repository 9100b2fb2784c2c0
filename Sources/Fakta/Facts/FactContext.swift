/// A statement as it is found, before it is written as a fact.
struct StatementDraft: Sendable {
  var content: TokenSpan
  var cue = TokenSpan.none
  var speaker = TokenSpan.none
  var outlet = TokenSpan.none
  var time = TokenSpan.none
  var isQuoted = false
  /// The rule that named speaker or cue, -1 for none.
  var rule: Int32 = -1
  /// Index of the sentence where it ends, and of its paragraph.
  var sentence: Int32 = 0
  var paragraph: Int32 = 0
  var procedure = FactProcedure.none
}

/// A figure or event as it is found.
struct PredicateDraft: Sendable {
  var anchor: Int32
  var action = TokenSpan.none
  var actor = TokenSpan.none
  var object = TokenSpan.none
  var place = TokenSpan.none
  var time = TokenSpan.none
  var source = TokenSpan.none
  var date: Int32 = -1
  var relation = Fact.Relation.none
  var procedure = FactProcedure.none
}

/// What the finders of facts share about one document: bits per token, quotations, and what was found so far.
///
/// All columns are scratch memory that is reused; nothing is known from one document to the next. A class, so that the
/// finders share it without copies; a stage that is copied to another thread makes its own (`FactStage`).
final class FactContext: @unchecked Sendable {
  let words: FactWords
  let text = FactText()
  let matcher: RuleMatcher
  private let reader: WordBitReader
  private let cuesByState = StateCache<FactWords.SpeechCue>(room: 1024)
  private let prepositionsByState = StateCache<FactWords.PrepositionSense>(room: 512)
  private let usesByState = StateCache<FactWords.ClauseUse>(room: 256)
  let verbsByState = StateCache<UInt32>(room: 4096)
  /// Bits of a token by its kind, and those of the lists' bits that it takes.
  private let kindBits: UnsafeMutablePointer<(bits: UInt32, lists: UInt32)>
  /// Bits per token; one more at the end.
  @exclusivity(unchecked) private(set) var bits = TokenColumn<WordBits>.none()
  /// Words with a capital inside a sentence of small words: parts of names, whatever their class.
  @exclusivity(unchecked) private(set) var isName = TokenColumn<Bool>.none()
  /// Words of a headline or another sentence of capitals: verbs stand without their prefix there.
  @exclusivity(unchecked) private(set) var isHeadline = TokenColumn<Bool>.none()
  @exclusivity(unchecked) private(set) var paragraphOf = TokenColumn<Int32>.none()
  @exclusivity(unchecked) var quotations: [Quotation] = []
  /// Index of the quotation that covers a token between its marks, -1 for none.
  @exclusivity(unchecked) private(set) var quotationOf = TokenColumn<Int32>.none()
  @exclusivity(unchecked) var statements: [StatementDraft] = []
  /// Index of the last statement that somebody makes, and not an outlet that is only cited; -1 for none.
  @exclusivity(unchecked) var lastSpoken = -1
  /// Index of the statement whose content covers a token, -1 for none.
  @exclusivity(unchecked) private(set) var statementOf = TokenColumn<Int32>.none()
  /// What rules say of cues, in text order (`Attributions.swift`).
  @exclusivity(unchecked) var attributions: [Attribution] = []
  @exclusivity(unchecked) var figures: [PredicateDraft] = []
  @exclusivity(unchecked) var events: [PredicateDraft] = []
  /// Persons whose title stands before them, by where the title begins: roles that rules have found.
  @exclusivity(unchecked) var holders: [(start: Int32, person: TokenSpan)] = []
  /// A person who was said to speak, before the words are given: `Hal senada diungkapkan Deny`.
  @exclusivity(unchecked) var introduced: (speaker: TokenSpan, sentence: Int32)?
  /// What is said where a speaker is looked for: a pronoun hardly stands for somebody whom it names.
  @exclusivity(unchecked) var said = TokenSpan.none
  /// Whether a token is part of a statement's cue.
  @exclusivity(unchecked) private(set) var isCue = TokenColumn<Bool>.none()
  /// Sums over the tokens of a sentence of what it costs to look past them (`Figures+Place.swift`), for the sentences that
  /// `sumCosts` was called for.
  @exclusivity(unchecked) private(set) var cost = TokenColumn<Int32>.none()
  @exclusivity(unchecked) private var isSummed = TokenColumn<Bool>.none()
  /// Dates that a statement or figure has taken.
  @exclusivity(unchecked) private(set) var isDateTaken = TokenColumn<Bool>.none()
  /// A bit per token: a quotation mark, or the first word of a phrase of saying.
  @exclusivity(unchecked) private var cues = TokenColumn<UInt64>.none()
  @exclusivity(unchecked) private var hasQuotes = false
  /// Tokens where a phrase of several words begins that says what the words behind the first are.
  @exclusivity(unchecked) private var spreaders: [Int32] = []
  /// Matches that rules or finders look for, and those of several tokens, by their numbers.
  @exclusivity(unchecked) private var marked = TokenColumn<(start: Int32, state: UInt32)>.none()
  @exclusivity(unchecked) private var longer = TokenColumn<Int32>.none()
  /// Words with a capital of the sentence that is read.
  @exclusivity(unchecked) private var names = TokenColumn<Int32>.none()
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

  private static func bits(ofKind kind: UInt8) -> WordBits {
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

  private func prepare() {
    statementOf.clearToNone(count + 1)
    quotationOf.clearToNone(count + 1)
    isDateTaken.clear(text.dates.count, false)
    isCue.clear(count + 1, false)
    isName.clear(count + 1, false)
    isHeadline.clear(count + 1, false)
    cues.clear((count >> 6) + 1, 0)
    cost.grow(count + 1, 0)
    isSummed.clear(text.sentences.count, false)
    matcher.clear(count)
    statements.removeAll(keepingCapacity: true)
    figures.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
    introduced = nil
    said = .none
    lastSpoken = -1
    hasQuotes = false
    readParagraphs()
    readMatches()
    cover()
    readWords()
    spread()
    quotations.removeAll(keepingCapacity: true)
    if hasQuotes { findQuotations() }
  }

  private func readParagraphs() {
    paragraphOf.grow(count + 1, 0)
    precondition(text.gap.capacity >= count && text.sentenceOf.capacity > count)
    let (gaps, sentences, out) = (text.gap.base, text.sentenceOf.base, paragraphOf.base)
    let count = count
    var paragraph: Int32 = 0
    for i in 0..<count {
      let gap = gaps[i]
      if gap >= TokenGap.line, i > 0, gap == TokenGap.paragraph || sentences[i] != sentences[i &- 1] {
        paragraph &+= 1
      }
      out[i] = paragraph
    }
    out[count] = paragraph
  }

  /// Reads classes and bits of the lists' phrases, for the tokens where they begin.
  private func readMatches() {
    bits.clear(count + 1, [])
    text.clearClasses()
    spreaders.removeAll(keepingCapacity: true)
    // Plain pointers for the loop that visits all matches: each column has room for `count`.
    let count = count
    guard text.matches.count > 0, let matches = text.matches.unchecked else { return }
    precondition(text.classes.capacity > count && text.entityIn.capacity > count && text.entityAt.capacity > count)
    marked.grow(text.matches.count + 1, (0, 0))
    longer.grow(text.matches.count + 1, 0)
    let (classes, bits) = (text.classes.base, bits.base)
    let (left, phrases) = (marked.base, longer.base)
    var (marks, found) = (0, 0)
    let reader = reader
    let last = text.matches.count &- 1
    let tokens = UInt(bitPattern: count)
    var m = 0
    while m <= last {
      let match = matches[m]
      reader.prefetch(matches[min(m &+ 20, last)].state)
      let i = Int(match.start)
      m &+= 1
      guard UInt(bitPattern: i) < tokens else { continue }
      let node = reader.kind(match.state)
      classes[i] = classes[i].union(node.classes)
      bits[i] = WordBits(rawValue: bits[i].rawValue | node.bits)
      // What one match in five has is put aside: no branch could foresee it.
      left[marks] = (match.start, match.state)
      marks &+= Int(node.markedBit)
      phrases[found] = Int32(truncatingIfNeeded: m &- 1)
      found &+= Int(match.end) == i &+ 1 ? 0 : 1
    }
    clearInsideNames()
    let (spreading, waiting, features) = (words.spreading, matcher.tables.anchorClasses, matcher.features.base)
    let (entityIn, entityAt, anchors) = (text.entityIn.base, text.entityAt.base, matcher.waiting.base)
    for k in 0..<marks {
      let (i, node) = (Int(left[k].start), reader.kind(left[k].state))
      guard entityIn[i] | ~entityAt[i] < 0 else { continue }
      if node.bits & WordBits.speech.rawValue != 0 { addCue(i) }
      if node.classes.intersects(waiting) { anchors[i >> 6] |= 1 << UInt64(i & 63) }
      features[i] |= node.conditions
    }
    for k in 0..<found {
      let m = Int(phrases[k])
      let i = Int(matches[m].start)
      guard entityIn[i] | ~entityAt[i] < 0 else { continue }
      text.noteContinued(i, Int(matches[m].end))
      // The longest match comes last.
      if entityIn[i] < 0, m == last || matches[m &+ 1].start != matches[m].start, classes[i].intersects(spreading) {
        spreaders.append(Int32(truncatingIfNeeded: i))
      }
    }
  }

  /// Inside a name, behind its first word, no phrase begins.
  private func clearInsideNames() {
    for i in text.entities.indices {
      let span = text.entities[i].span
      guard span.start >= 0, Int(span.end) <= count, span.count > 1 else { continue }
      for k in Int(span.start) + 1..<Int(span.end) where text.entityAt[k] < 0 {
        text.classes[k] = ClassSet()
        bits[k] = []
      }
    }
  }

  /// Gives the tokens of annotations their bits: entities before dates before quantities.
  private func cover() {
    for i in text.quantities.indices { cover(text.quantities[i].span, .quantity) }
    for i in text.dates.indices { cover(text.dates[i].span, .date) }
    for i in text.entities.indices { cover(text.entities[i].span, .entity) }
  }

  private func cover(_ span: TokenSpan, _ value: WordBits) {
    guard span.start >= 0, Int(span.end) <= count, span.start < span.end else { return }
    for i in Int(span.start)..<Int(span.end) { bits[i] = value }
  }

  /// Gives marks the bits of their kind, and words that the lists do not know the voice of their affixes; notes names.
  private func readWords() {
    let count = count
    names.grow(count + 1, 0)
    // Plain pointers for the loop that visits all tokens: each column has room for `count`.
    precondition(text.kind.capacity >= count && text.shape.capacity >= count && bits.capacity > count)
    let (kinds, sentences, bits, shapes) = (text.kind.base, text.sentenceOf.base, bits.base, text.shape.base)
    let (ids, names, kindBits, reader) = (text.id.base, names.base, kindBits, reader)
    let (decided, covered) = (WordBitReader.known.union(Self.covered).rawValue, Self.covered.rawValue)
    let (last, quote) = (count - 1, WordBits.quote.rawValue)
    var i = 0
    while i < count {
      let sentence = sentences[i]
      let first = i
      if sentence < 0 {
        while i < count, sentences[i] < 0 {
          bits[i] = .hardMark
          i &+= 1
        }
        continue
      }
      let end = max(i + 1, min(count, Int(text.sentences[Int(sentence)].end)))
      var words = 0
      var found = 0
      // A capital at the beginning of a sentence says nothing.
      var isFirst: UInt32 = 1
      while i < end {
        reader.prefetchVoice(ids[min(i &+ 8, last)])
        let kind = kinds[i]
        let listed = bits[i].rawValue
        let own = kindBits[Int(kind)]
        // Branches that no one could foresee are written as numbers: one word in four wants its voice.
        let isPlainWord: UInt32 = kind == TokenKind.word ? 1 : 0
        let capital = UInt32(shapes[i] & TokenShape.firstUpper) & isPlainWord
        let isOpen: UInt32 = listed & decided == 0 ? 1 : 0
        // Affixes know no letters outside ASCII: of two spellings of one vocabulary id they would know but one.
        let isASCII: UInt32 = shapes[i] & TokenShape.nonASCII == 0 ? 1 : 0
        let wantsVoice = isPlainWord & isASCII & isOpen & (capital ^ 1 | isFirst)
        let kept = reader.keptVoice(ids[i] & (0 &- wantsVoice))
        let isCovered: UInt32 = listed & covered == 0 ? 0 : .max
        let isKnown: UInt32 = kept == 0 ? 0 : 1
        let new =
          listed & isCovered | (listed & own.lists | own.bits) & ~isCovered | (kept &- isKnown) & (0 &- wantsVoice)
        bits[i] = WordBits(rawValue: new)
        words &+= Int(isPlainWord)
        names[found] = Int32(truncatingIfNeeded: i)
        found &+= Int(capital)
        isFirst = 0
        if wantsVoice > isKnown {
          bits[i].formUnion(reader.voice(i, text))
        } else if new == quote {
          hasQuotes = true
          addCue(i)
        }
        i &+= 1
      }
      // "Diketahui, lima rumah rusak": a verb that a comma sets off at once says how the sentence is known.
      if first + 1 < i, kinds[first + 1] == TokenKind.comma {
        let own = bits[first]
        if own.contains(.passive), own.isDisjoint(with: Self.covered.union(.active)) {
          bits[first] = own.subtracting([.passive, .stative, .intransitive]).union(.connective)
        }
      }
      markNames(sentence, first..<i, words, found)
    }
  }

  /// Marks the names or the headline among the tokens of a sentence, whose words with a capital are the first of `names`.
  private func markNames(_ sentence: Int32, _ range: Range<Int>, _ words: Int, _ capitals: Int) {
    // Headlines write most words with a capital: it says nothing there.
    if capitals * 2 > words {
      let last = text.kindAt(Int(text.sentences[Int(sentence)].end) - 1)
      guard last >= TokenKind.period, last <= TokenKind.exclamation else {
        for i in range { isHeadline[i] = true }
        return
      }
      // "Direktur Utama PT Melati Jaya Rudi Hartawan menyatakan setuju."
      guard capitals * 3 <= words * 2 else { return }
    }
    for n in 0..<capitals {
      let i = Int(names[n])
      guard i > range.lowerBound else { continue }
      let before = text.kind[i - 1]
      isName[i] = before == TokenKind.word || before == TokenKind.number || before == TokenKind.comma
    }
  }

  static let covered: WordBits = [.entity, .date, .quantity]

  /// Gives the words behind the first of a phrase what the whole is: `oleh karena`, `rumah SAKIT`.
  private func spread() {
    var open: (add: WordBits, isCompound: Bool, end: Int) = ([], false, 0)
    var from = 0
    for s in spreaders {
      let i = Int(s)
      if i < open.end, bits[i].isDisjoint(with: Self.covered) { continue }
      guard let found = words.spread(at: i, text, reader) else { continue }
      add(open.add, open.isCompound, from, min(open.end, i))
      open = found
      from = i + 1
    }
    add(open.add, open.isCompound, from, open.end)
  }

  private func add(_ value: WordBits, _ isCompound: Bool, _ from: Int, _ to: Int) {
    var i = from
    while i < min(to, count) {
      if bits[i].isDisjoint(with: Self.covered) {
        var own = bits[i].union(value)
        if isCompound { own.subtract([.active, .passive, .intransitive, .stative, .bareVerb]) }
        bits[i] = own
      }
      i += 1
    }
  }

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
    precondition(bits.capacity > high && text.quantityAt.capacity > high && cost.capacity > high)
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

  /// Whether token `i` is a verb that can govern: sure of its voice, and no auxiliary before another verb.
  @inline(__always)
  func isVerb(_ i: Int) -> Bool {
    let b = at(i)
    return !b.isDisjoint(with: WordBits.sureVerb.union(.bareVerb)) && b.isDisjoint(with: Self.covered) && governs(i, b)
  }

  @inline(never)
  private func governs(_ i: Int, _ b: WordBits) -> Bool {
    // "akan gelar lomba", "kami TEMUKAN": without its prefix also behind an auxiliary or pronoun.
    if b.contains(.bareVerb), i < count,
      isHeadline[i]
        || i > 0 && !b.contains(.auxiliary) && !isName[i]
          && (has(i - 1, .auxiliary) || has(i - 1, .pronoun) && isSomebody(i - 1))
    {
      return true
    }
    guard !b.isDisjoint(with: .sureVerb), !isName[i] else { return false }
    // "secara MENGEJUTKAN"
    if i > 0, at(i - 1).isSuperset(of: [.adverb, .preposition]), preposition(at: i - 1)?.sense.isManner == true {
      return false
    }
    if b.contains(.auxiliary) || b.contains(.adverb) || b.contains(.preposition) || b.contains(.clause) {
      // "dapat diterima", "usai rapat": an auxiliary or preposition here; "dapat 10 suara": a verb.
      if b.contains(.preposition) || b.contains(.clause) { return false }
      // "laga dilanjutkan KEMBALI"
      if b.contains(.adverb), !b.contains(.active), has(i - 1, [.active, .passive]), has(i + 1, [.hardMark, .comma]),
        at(i - 1).isDisjoint(with: [.adverb, .auxiliary, .entity, .date, .quantity])
      {
        return false
      }
      // "telah IKUT SERTA dalam"
      if b.contains(.auxiliary), verbEnd(i) > i + 1 { return true }
      let verbs: WordBits = [.active, .passive, .intransitive, .stative, .bareVerb, .auxiliary, .negation]
      return !has(i + 1, verbs)
        // "dapat LEBIH mengembangkan"
        && !(b.contains(.auxiliary) && has(i + 1, .adverb) && has(i + 2, [.active, .passive]))
        && (i + 1 >= count || has(i + 1, [.quantity, .adverb, .entity, .hardMark, .comma])
          || b.contains(.active) && !b.contains(.auxiliary)
          // "sudah KEMBALI ke Bogor"; not "dibuka kembali di Bogor".
          || b.contains(.intransitive) && has(i + 1, [.placePreposition, .timePreposition])
            && at(i - 1).isDisjoint(with: .sureVerb))
    }
    return true
  }

  /// Whether the pronoun at `i` stands for somebody: `kami`; not `semua`, `masing-masing`, `sendiri`.
  func isSomebody(_ i: Int) -> Bool {
    has(i, .thirdPerson) || text.classes[i].intersects(words.reader) || text.classes[i].intersects(words.group)
  }

  /// The pronoun that does the verb without a prefix at `v`: `20 karung yang KAMI temukan`.
  func pronoun(doing v: Int) -> TokenSpan {
    guard has(v, .bareVerb), at(v).isDisjoint(with: .sureVerb) else { return .none }
    return has(v - 1, .pronoun) && isSomebody(v - 1) ? TokenSpan(v - 1, v) : .none
  }

  /// Steps back over auxiliaries, negations and adverbs: the token before the verb phrase that `i` belongs to.
  func beforeVerbPhrase(_ i: Int, low: Int) -> Int {
    var e = i - 1
    while e >= low, has(e, [.auxiliary, .negation, .adverb]), !has(e, [.demonstrative, .relative]), !(isVerb(e)) {
      e -= 1
    }
    return e
  }

  /// Whether a passive has no agent right behind it: `tertimbun longsor`, `diberi bingkisan`; with a preposition it may.
  func isAgentless(_ v: Int) -> Bool {
    words.isAgentless(v, text) || says(.recipient, at: v) && preposition(at: verbEnd(v))?.sense.isBy != true
  }

  /// The `yang` of the relative clause that the verb at `v` begins, over auxiliaries and other verbs.
  func relative(before v: Int, low: Int) -> Int? {
    var e = beforeVerbPhrase(v, low: low)
    var n = 0
    while e >= low, isVerb(e), n < 4 {
      e = beforeVerbPhrase(e, low: low)
      n += 1
    }
    // "kapal yang SAAT INI dipimpin Rina"
    if e >= low, has(e, .date) {
      n = 0
      while e >= low, n < 8, has(e, [.date, .timePreposition]), !has(e, .entity) {
        e -= 1
        n += 1
      }
      e = beforeVerbPhrase(e + 1, low: low)
    }
    if e >= low, has(e, .relative) { return e }
    // "jalan yang PEMBANGUNANNYA dibiayai PT Melati"
    return e > low && has(e - 1, .relative) && endsInClitic(e) && !isVerb(e) ? e - 1 : nil
  }

  /// Whether the word at `i` ends in a clitic: `luasnya`.
  func endsInClitic(_ i: Int) -> Bool {
    text.kindAt(i) == TokenKind.word && words.morphology.endsInClitic(text.bytes, Int(text.start[i]), Int(text.end[i]))
  }

  /// The end of the phrase of several words that a verb at `i` begins: `berunjuk rasa`, `disebut-sebut`.
  func verbEnd(_ i: Int) -> Int {
    let end = isDoubled(i) ? i + 3 : i + 1
    guard text.classes[i].intersects(words.verb) else { return end }
    if let match = longestMatch(at: i, of: words.verb) {
      return max(end, Int(match.end))
    }
    return end
  }

  /// Whether the word at `i` is said twice, the second time without its prefix: `berjalan-jalan`.
  func isDoubled(_ i: Int) -> Bool {
    guard text.kindAt(i + 1) == TokenKind.hyphen, i + 2 < count, text.kind[i + 2] == TokenKind.word else {
      return false
    }
    let (start, end) = (Int(text.start[i + 2]), Int(text.end[i + 2]))
    let shift = Int(text.end[i]) - end
    guard start + shift >= Int(text.start[i]) else { return false }
    return (start..<end).allSatisfy { text.bytes[$0] == text.bytes[$0 + shift] }
  }

  // MARK: phrases of the lists

  /// The longest match at token `i` that has one of the classes.
  func longestMatch(at i: Int, of set: ClassSet) -> Match? {
    let range = text.matchRange(at: i)
    var m = range.upperBound
    while m > range.lowerBound {
      m -= 1
      let match = text.matches[m]
      if reader.classes(at: match.state).intersects(set) { return match }
    }
    return nil
  }

  /// The cue that begins at `i`: the longest one, with its end.
  @inline(__always)
  func cue(at i: Int) -> (cue: FactWords.SpeechCue, end: Int)? { begins(i, words.speech) ? findCue(i) : nil }

  @inline(never)
  private func findCue(_ i: Int) -> (cue: FactWords.SpeechCue, end: Int)? {
    guard let found = longest(at: i, of: words.speech, cuesByState, { words.cue(at: $0) }) else { return nil }
    return found.value.form == .never ? nil : (found.value, found.end)
  }

  /// The preposition that begins at `i`: the longest one, with its end.
  @inline(__always)
  func preposition(at i: Int) -> (sense: FactWords.PrepositionSense, end: Int)? {
    begins(i, words.preposition) ? findPreposition(i) : nil
  }

  @inline(never)
  private func findPreposition(_ i: Int) -> (sense: FactWords.PrepositionSense, end: Int)? {
    guard let found = longest(at: i, of: words.preposition, prepositionsByState, { words.preposition(at: $0) }) else {
      return nil
    }
    return (found.value, found.end)
  }

  /// Whether token `i` begins a word that says `use` of its clause.
  @inline(__always)
  func says(_ use: FactWords.ClauseUse, at i: Int) -> Bool { begins(i, words.clauseWord) && findUse(i) == use }

  @inline(never)
  private func findUse(_ i: Int) -> FactWords.ClauseUse? {
    longest(at: i, of: words.clauseWord, usesByState) { words.clauseUse(at: $0) }?.value
  }

  /// Whether a phrase of one of the classes begins at `i`: most tokens say no.
  @inline(__always)
  private func begins(_ i: Int, _ set: ClassSet) -> Bool {
    UInt(bitPattern: i) < UInt(bitPattern: count) && text.classes[i].intersects(set)
  }

  /// What the rows say of the longest match at token `i` that has one of the classes and a row with a value.
  @inline(__always)
  private func longest<Value>(
    at i: Int, of set: ClassSet, _ cache: StateCache<Value>, _ find: (UInt32) -> Value?
  ) -> (value: Value, end: Int)? {
    let range = text.matchRange(at: i)
    var m = range.upperBound
    while m > range.lowerBound {
      m -= 1
      let match = text.matches[m]
      guard reader.classes(at: match.state).intersects(set) else { continue }
      if let value = cache.value(match.state, find) { return (value, Int(match.end)) }
    }
    return nil
  }
}

/// How a fact was found where no rule did: named in the evidence.
enum FactProcedure: UInt8, Sendable {
  case none, figureObject, figureSubject, figureNominal, quoteCueAfter, quoteCueBefore, quoteContinued, quoteUnclosed,
    indirectVerb,
    indirectAccording, indirectTrailing, indirectLeading, indirectPassive, citation, eventVerb

  /// The name in evidence and explanations.
  var name: StaticString {
    switch self {
    case .none: ""
    case .figureObject: "figure:object-of-verb"
    case .figureSubject: "figure:subject-of-verb"
    case .figureNominal: "figure:noun-and-amount"
    case .quoteCueAfter: "statement:quotation-then-cue"
    case .quoteCueBefore: "statement:cue-then-quotation"
    case .quoteContinued: "statement:quotation-of-last-speaker"
    case .quoteUnclosed: "statement:unclosed-quotation"
    case .indirectVerb: "statement:speaker-verb-content"
    case .indirectAccording: "statement:according-to"
    case .indirectTrailing: "statement:content-then-cue"
    case .indirectLeading: "statement:cue-then-content"
    case .indirectPassive: "statement:this-was-said-by"
    case .citation: "statement:cited-outlet"
    case .eventVerb: "event:verb-and-date"
    }
  }
}
