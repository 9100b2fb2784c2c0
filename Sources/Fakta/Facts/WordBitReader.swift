/// Finds the bits of words, and keeps what it found: lists by node of the phrase tree, affixes by vocabulary id.
///
/// The columns are memory of the thread that reads; what is in them depends on the lists alone, never on a document.
struct WordBitReader: Sendable {
  private let words: FactWords
  private let telling: ClassSet
  /// Voice by vocabulary id where the affixes give one, found once: 0 not yet known, 1 none, else 1 + the bits.
  private var affixBits: [UInt8]
  /// Bits per node of the phrase trees, 0 where they are not yet known.
  private var stateBits: [UInt32] = []
  private var userBits: [UInt32] = []

  init(words: FactWords) {
    self.words = words
    telling = words.telling
    affixBits = [UInt8](repeating: 0, count: words.lexicon.wordCount + 1)
  }

  /// Bits of a word that can be no verb by its affixes alone.
  private static let known: WordBits = [
    .active, .passive, .intransitive, .stative, .preposition, .auxiliary, .pronoun, .clause, .and, .adverb, .connective,
    .title, .copula, .honorific, .negation, .determiner, .demonstrative, .adjective, .relative,
  ]

  /// The bits of token `i` from lists and affixes; marks and annotations are the caller's.
  mutating func bits(_ i: Int, _ document: Document, _ view: FactTokens) -> WordBits {
    var raw: UInt32 = 0
    guard view.classes[i].intersects(telling) else { return affixes(of: i, [], document, view) }
    let range = document.matchRange(at: i)
    var m = range.lowerBound
    while m < range.upperBound {
      raw |= listed(document.matches[m].state)
      m += 1
    }
    return affixes(of: i, WordBits(rawValue: raw), document, view)
  }

  /// The bits, with a voice by affixes where the lists know nothing of the word.
  private mutating func affixes(of i: Int, _ bits: WordBits, _ document: Document, _ view: FactTokens) -> WordBits {
    guard bits.isDisjoint(with: Self.known), view.kind[i] == TokenKind.word,
      !view.isCapital[i] || i == 0 || view.sentenceOf[i] != view.sentenceOf[i - 1]
    else { return bits }
    return bits.union(byAffixes(i, document))
  }

  /// Lists never give a word this bit: here it marks what is known.
  private static let isKnown = WordBits.quote.rawValue

  private mutating func listed(_ state: UInt32) -> UInt32 {
    let isUser = state & Lexicon.userBit != 0
    let slot = Int(state & ~Lexicon.userBit)
    let kept = isUser ? Self.kept(userBits, slot) : Self.kept(stateBits, slot)
    if kept != 0 { return kept & ~Self.isKnown }
    let found = words.readBits(state).rawValue
    if isUser { Self.keep(found, slot, &userBits) } else { Self.keep(found, slot, &stateBits) }
    return found
  }

  private static func kept(_ column: [UInt32], _ slot: Int) -> UInt32 { slot < column.count ? column[slot] : 0 }

  private static func keep(_ bits: UInt32, _ slot: Int, _ column: inout [UInt32]) {
    if slot >= column.count { column.append(contentsOf: repeatElement(0, count: slot + 4096 - column.count)) }
    column[slot] = bits | isKnown
  }

  private mutating func byAffixes(_ i: Int, _ document: Document) -> WordBits {
    let id = Int(document.tokens.id[i])
    if id > 0, id < affixBits.count, affixBits[id] != 0 { return WordBits(rawValue: UInt32(affixBits[id] - 1)) }
    let found = words.morphology.voice(
      document.bytes, Int(document.tokens.start[i]), Int(document.tokens.end[i]), words.lexicon)
    if id > 0, id < affixBits.count { affixBits[id] = UInt8(truncatingIfNeeded: found.rawValue + 1) }
    return found
  }
}
