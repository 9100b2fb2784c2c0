/// A statement as it is found, before it is written as a fact.
struct StatementDraft: Sendable {
  var content: TokenSpan
  var cue = TokenSpan.none
  var speaker = TokenSpan.none
  var outlet = TokenSpan.none
  var time = TokenSpan.none
  var isQuoted = false
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
/// All columns are scratch memory that is reused; nothing is known from one document to the next.
struct FactContext: Sendable {
  var words: FactWords
  var view = FactTokens()
  var matcher: RuleMatcher
  /// Bits per token; one more at the end.
  var bits: [WordBits] = []
  /// Words with a capital inside a sentence of small words: parts of names, whatever their class.
  var isName: [Bool] = []
  /// Words of a headline or another sentence of capitals: verbs stand without their prefix there.
  var isHeadline: [Bool] = []
  /// Where the verb phrase of several words that begins here ends (`berunjuk rasa`); the token behind it for others.
  var paragraphOf: [Int32] = []
  var quotations: [Quotation] = []
  /// Index of the quotation that covers a token between its marks, -1 for none.
  var quotationOf: [Int32] = []
  var statements: [StatementDraft] = []
  /// Index of the statement whose content covers a token, -1 for none.
  var statementOf: [Int32] = []
  var figures: [PredicateDraft] = []
  var events: [PredicateDraft] = []
  /// A person who was said to speak, before the words are given: `Hal senada diungkapkan Deny`.
  var introduced: (speaker: TokenSpan, sentence: Int32)?
  /// Whether a token is part of a statement's cue.
  var isCue: [Bool] = []
  /// Sums over the tokens of what it costs to look past them (`Figures.swift`).
  var cost: [Int32] = []
  /// Dates that a statement or figure has taken.
  var isDateTaken: [Bool] = []

  init(lexicon: Lexicon) {
    words = FactWords(lexicon: lexicon)
    matcher = RuleMatcher(lexicon: lexicon)
  }

  var count: Int { view.count }

  mutating func prepare(_ document: Document) {
    view.fill(document, words.lexicon)
    bits.removeAll(keepingCapacity: true)
    paragraphOf.removeAll(keepingCapacity: true)
    statementOf.removeAll(keepingCapacity: true)
    statementOf.append(contentsOf: repeatElement(-1, count: count + 1))
    isDateTaken.removeAll(keepingCapacity: true)
    isDateTaken.append(contentsOf: repeatElement(false, count: document.dates.count))
    isCue.removeAll(keepingCapacity: true)
    isCue.append(contentsOf: repeatElement(false, count: count + 1))
    statements.removeAll(keepingCapacity: true)
    figures.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
    var paragraph: Int32 = 0
    var spread: (add: WordBits, isCompound: Bool, end: Int) = ([], false, 0)
    introduced = nil
    for i in 0..<count {
      if i > 0, document.tokens.gap[i] >= TokenGap.line,
        document.tokens.gap[i] == TokenGap.paragraph || view.sentenceOf[i] != view.sentenceOf[i - 1]
      {
        paragraph += 1
      }
      paragraphOf.append(paragraph)
      var own = bits(of: i, document)
      if i < spread.end, own.isDisjoint(with: [.entity, .date, .quantity]) {
        own.formUnion(spread.add)
        if spread.isCompound { own.subtract([.active, .passive, .intransitive, .stative, .bareVerb]) }
      } else if let found = words.spread(at: i, document, view) {
        spread = found
      }
      bits.append(own)
    }
    paragraphOf.append(paragraph)
    bits.append([])
    markNames(document)
    sumCosts()
    findQuotations(document)
  }

  private mutating func sumCosts() {
    cost.removeAll(keepingCapacity: true)
    var sum: Int32 = 0
    for i in 0..<count {
      cost.append(sum)
      sum &+= 1
      if view.quantityAt[i] >= 0 { sum &+= 6 }
      let b = bits[i]
      if b.contains(.comma) { sum &+= 2 }
      if b.contains(.clause), b.isDisjoint(with: [.preposition, .relative, .copula]) { sum &+= 8 }
    }
    cost.append(sum)
  }

  private mutating func markNames(_ document: Document) {
    isName.removeAll(keepingCapacity: true)
    isName.append(contentsOf: repeatElement(false, count: count + 1))
    isHeadline.removeAll(keepingCapacity: true)
    isHeadline.append(contentsOf: repeatElement(false, count: count + 1))
    for sentence in document.sentences {
      let range = Int(sentence.start)..<min(Int(sentence.end), count)
      var capitals = 0
      var words = 0
      for i in range where document.tokens.isWord(i) {
        words += 1
        if document.tokens.isCapitalized(i) { capitals += 1 }
      }
      // Headlines write most words with a capital: it says nothing there.
      guard capitals * 2 <= words else {
        let last = document.tokens.kindAt(Int(sentence.end) - 1)
        if last < TokenKind.period || last > TokenKind.exclamation { for i in range { isHeadline[i] = true } }
        continue
      }
      for i in range.dropFirst() where document.tokens.isWord(i) && document.tokens.isCapitalized(i) {
        isName[i] =
          document.tokens.isWord(i - 1) || document.tokens.kind[i - 1] == TokenKind.number
          || document.tokens.kind[i - 1] == TokenKind.comma
      }
    }
  }

  private mutating func bits(of i: Int, _ document: Document) -> WordBits {
    if view.sentenceOf[i] < 0 { return .hardMark }
    if view.entityIn[i] >= 0 { return .entity }
    if view.dateIn[i] >= 0 { return .date }
    if view.quantityIn[i] >= 0 { return .quantity }
    let kind = view.kind[i]
    if kind == TokenKind.comma { return .comma }
    if RuleMatcher.isQuote(kind) { return .quote }
    switch kind {
    case TokenKind.period...TokenKind.exclamation, TokenKind.colon, TokenKind.semicolon, TokenKind.dash,
      TokenKind.openParen...TokenKind.closeBracket, TokenKind.bullet:
      return .hardMark
    case TokenKind.word, TokenKind.otherWord: return words.bits(i, document, view)
    default: return []
    }
  }

  /// The bits of token `i`, empty outside the text.
  func at(_ i: Int) -> WordBits { i >= 0 && i < count ? bits[i] : [] }

  func has(_ i: Int, _ wanted: WordBits) -> Bool { !at(i).isDisjoint(with: wanted) }

  /// The sentence that holds token `i`.
  func sentence(_ i: Int, _ document: Document) -> TokenSpan {
    guard i >= 0, i < count, view.sentenceOf[i] >= 0 else { return .none }
    return document.sentences[Int(view.sentenceOf[i])]
  }

  /// Whether token `i` is a verb that can govern: sure of its voice, and no auxiliary before another verb.
  func isVerb(_ i: Int) -> Bool {
    let b = at(i)
    if b.contains(.bareVerb), i < count, isHeadline[i] { return b.isDisjoint(with: [.entity, .date, .quantity]) }
    guard !b.isDisjoint(with: .sureVerb), b.isDisjoint(with: [.entity, .date, .quantity]) else { return false }
    if isName[i] { return false }
    if b.contains(.auxiliary) || b.contains(.adverb) || b.contains(.preposition) || b.contains(.clause) {
      // "dapat diterima", "usai rapat": an auxiliary or preposition here; "dapat 10 suara": a verb.
      if b.contains(.preposition) || b.contains(.clause) { return false }
      return !has(i + 1, [.active, .passive, .intransitive, .stative, .bareVerb, .auxiliary, .negation])
        && (i + 1 >= count || has(i + 1, [.quantity, .adverb, .entity, .hardMark, .comma]))
    }
    return true
  }

  /// Steps back over auxiliaries, negations and adverbs: the token before the verb phrase that `i` belongs to.
  func beforeVerbPhrase(_ i: Int, low: Int) -> Int {
    var e = i - 1
    while e >= low, has(e, [.auxiliary, .negation, .adverb]), !has(e, [.demonstrative, .relative]), !(isVerb(e)) {
      e -= 1
    }
    return e
  }

  /// The `yang` of the relative clause that the verb at `v` begins, over auxiliaries and other verbs.
  func relative(before v: Int, low: Int) -> Int? {
    var e = beforeVerbPhrase(v, low: low)
    var n = 0
    while e >= low, isVerb(e), n < 4 {
      e = beforeVerbPhrase(e, low: low)
      n += 1
    }
    return e >= low && has(e, .relative) ? e : nil
  }

  /// The end of the phrase of several words that a verb at `i` begins: `berunjuk rasa`.
  func verbEnd(_ i: Int, _ document: Document) -> Int {
    guard view.classes[i].intersects(words.verb) else { return i + 1 }
    if let match = document.longestMatch(at: i, of: words.verb, in: words.lexicon) {
      return max(i + 1, Int(match.end))
    }
    return i + 1
  }
}

/// How a fact was found where no rule did: named in the evidence.
enum FactProcedure: UInt8, Sendable {
  case none, figureObject, figureSubject, figureNominal, quoteCueAfter, quoteCueBefore, quoteContinued, quoteUnclosed,
    indirectVerb,
    indirectAccording, indirectTrailing, indirectPassive, citation, eventVerb

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
    case .indirectPassive: "statement:this-was-said-by"
    case .citation: "statement:cited-outlet"
    case .eventVerb: "event:verb-and-date"
    }
  }
}
