import CFaktaText

/// Finds the bits of words, and keeps what it found: lists by node of the phrase tree, affixes by vocabulary id, or by hash
/// where no list knows the word.
///
/// The columns are memory of the thread that reads; what is in them depends on the lists alone, never on a document.
final class WordBitReader: @unchecked Sendable {
  /// What the lists say of a node of the phrase tree. Many nodes are of one kind.
  struct Kind: BitwiseCopyable {
    var classes = ClassSet()
    var bits: UInt32 = 0
    private var flags: UInt32 = 0

    private static let isMarked: UInt32 = 1

    fileprivate init(_ classes: ClassSet, _ bits: UInt32, isMarked: Bool, conditions: UInt64) {
      self.classes = classes
      self.bits = bits
      flags = UInt32(truncatingIfNeeded: conditions & RuleNeed.conditions) | (isMarked ? Self.isMarked : 0)
    }

    /// A phrase of saying, or one of a class at which rules begin to look or for which they have conditions.
    /// As a number: 1, or 0 for most.
    @inline(__always)
    var markedBit: UInt32 { flags & Self.isMarked }

    /// The features of rules' classes with conditions (`RuleAnchors.Feature.condition`).
    @inline(__always)
    var conditions: UInt64 { UInt64(flags & ~Self.isMarked) }

    fileprivate var key: Key { Key(low: classes.low, high: classes.high, rest: UInt64(bits) << 32 | UInt64(flags)) }
  }

  fileprivate struct Key: Hashable {
    var low: UInt64
    var high: UInt64
    var rest: UInt64
  }

  private let words: FactWords
  /// By node of the two images of lists: the number of its kind, 0 where it is not yet known.
  private let base: VocabularyColumn<UInt16>
  private let user: VocabularyColumn<UInt16>?
  /// The kinds that were met, from 1 on.
  @exclusivity(unchecked) private var kinds: UnsafeMutablePointer<Kind>
  @exclusivity(unchecked) private var kindRoom = 256
  @exclusivity(unchecked) private var kindNumbers: [Key: UInt16] = [:]
  /// Voice by vocabulary id where the affixes give one, found once: 0 not yet known, 1 none, else 1 + the bits.
  private let affixBits: VocabularyColumn<UInt8>
  /// Hashes of words that no list has, and their voices: a word that comes again soon is not taken apart again.
  private let unknown: UnsafeMutablePointer<(hash: UInt64, bits: UInt32)>
  private static let unknownCount = 512
  private let tables: RuleTables

  init(words: FactWords, tables: RuleTables) {
    self.words = words
    self.tables = tables
    base = VocabularyColumn(count: words.lexicon.base.stateSet.count)
    user = words.lexicon.user.map { VocabularyColumn(count: $0.stateSet.count) }
    kinds = .allocate(capacity: kindRoom)
    kinds.initialize(repeating: Kind(ClassSet(), 0, isMarked: false, conditions: 0), count: kindRoom)
    affixBits = VocabularyColumn(count: words.lexicon.wordCount + 1)
    unknown = .allocate(capacity: Self.unknownCount)
    unknown.initialize(repeating: (0, 0), count: Self.unknownCount)
  }

  deinit {
    kinds.deallocate()
    unknown.deallocate()
  }

  /// Bits of a word that can be no verb by its affixes alone.
  static let known: WordBits = [
    .active, .passive, .intransitive, .stative, .preposition, .auxiliary, .pronoun, .clause, .and, .adverb, .connective,
    .title, .copula, .honorific, .negation, .determiner, .demonstrative, .adjective, .relative,
  ]

  /// What the lists say of a node.
  @inline(__always)
  func kind(_ state: UInt32) -> Kind {
    // The nodes of the user's lists have numbers beyond all others.
    let number = Int(base[Int(state)])
    return number != 0 ? kinds[number] : learn(state)
  }

  /// All classes of the entries that end at a node.
  @inline(__always)
  func classes(at state: UInt32) -> ClassSet { kind(state).classes }

  /// Brings the number of a node's kind near, so that `kind` need not wait for it.
  @inline(__always)
  func prefetch(_ state: UInt32) { fk_prefetch(base.base + Int(state & ~Lexicon.userBit)) }

  /// Brings the voice of a word near.
  @inline(__always)
  func prefetchVoice(_ id: UInt32) { fk_prefetch(affixBits.base + Int(id)) }

  @inline(never)
  private func learn(_ state: UInt32) -> Kind {
    let slot = Int(state & ~Lexicon.userBit)
    var nodes = base
    if state & Lexicon.userBit != 0, let user { nodes = user }
    if nodes[slot] != 0 { return kinds[Int(nodes[slot])] }
    let classes = words.lexicon.classes(at: state)
    let isMarked = classes.intersects(words.speech.union(tables.anchorClasses).union(tables.conditioned))
    let found = Kind(
      classes, words.readBits(state).rawValue, isMarked: isMarked,
      conditions: isMarked ? tables.findConditionFeatures(state) : 0)
    nodes[slot] = number(of: found)
    return found
  }

  /// The number of a kind, 0 for one too many.
  private func number(of kind: Kind) -> UInt16 {
    let key = kind.key
    if let known = kindNumbers[key] { return known }
    let number = kindNumbers.count + 1
    guard number <= Int(UInt16.max) else { return 0 }
    if number == kindRoom {
      let grown = UnsafeMutablePointer<Kind>.allocate(capacity: kindRoom * 2)
      grown.initialize(repeating: kind, count: kindRoom * 2)
      grown.update(from: kinds, count: kindRoom)
      kinds.deallocate()
      kinds = grown
      kindRoom *= 2
    }
    kinds[number] = kind
    kindNumbers[key] = UInt16(number)
    return UInt16(number)
  }

  /// The voice of a vocabulary word as its affixes give it, plus one; 0 when `voice` has to be asked.
  @inline(__always)
  func keptVoice(_ id: UInt32) -> UInt32 {
    UInt32(affixBits[Int(id)])
  }

  /// The voice that the affixes give the word at `i`, of ASCII letters, where `keptVoice` knows none.
  @inline(never)
  func voice(_ i: Int, _ text: FactText) -> WordBits {
    let id = Int(text.id[i])
    return id > 0 && id < affixBits.count ? readVoice(i, id, text) : unknownVoice(i, text)
  }

  private func readVoice(_ i: Int, _ id: Int, _ text: FactText) -> WordBits {
    let found = words.morphology.voice(text.bytes, Int(text.start[i]), Int(text.end[i]), words.lexicon)
    affixBits[id] = UInt8(truncatingIfNeeded: found.rawValue + 1)
    return found
  }

  private func unknownVoice(_ i: Int, _ text: FactText) -> WordBits {
    let hash = text.hash[i]
    let slot = unknown + Int(truncatingIfNeeded: hash >> 7) & (Self.unknownCount - 1)
    if hash != 0, slot.pointee.hash == hash { return WordBits(rawValue: slot.pointee.bits) }
    let found = words.morphology.voice(text.bytes, Int(text.start[i]), Int(text.end[i]), words.lexicon)
    slot.pointee = (hash, found.rawValue)
    return found
  }
}
