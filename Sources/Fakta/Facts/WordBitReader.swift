import CFaktaText

/// Finds the bits of words, and keeps what it found: lists by set of classes or by node of the phrase tree, affixes by
/// vocabulary id, or by hash where no list knows the word.
///
/// The columns are memory of the thread that reads; what is in them depends on the lists alone, never on a document.
final class WordBitReader: @unchecked Sendable {
  /// What the lists say of a node of the phrase tree.
  struct Listed {
    var classes = ClassSet()
    var bits: UInt32 = 0
    /// The rows of the node's entries say more than their classes.
    var readsRows = false
  }

  /// One of the two images of lists: its sets of classes, and the sets of its nodes.
  struct Image {
    fileprivate let sets: UnsafeMutablePointer<Listed>
    fileprivate let setCount: Int
    fileprivate let stateSet: Section<UInt16>

    init(_ data: LexiconData, _ words: FactWords) {
      setCount = data.setLow.count
      sets = .allocate(capacity: max(1, setCount))
      for i in 0..<setCount {
        let classes = data.classes(set: UInt16(truncatingIfNeeded: i))
        (sets + i).initialize(
          to: Listed(
            classes: classes, bits: words.simpleBits(classes).rawValue, readsRows: words.readsRows(classes)))
      }
      stateSet = data.stateSet
    }

    @inline(__always)
    func listed(_ state: Int) -> Listed {
      let set = Int(stateSet[state])
      return set < setCount ? sets[set] : Listed()
    }
  }

  private let words: FactWords
  let base: Image
  private let user: Image?
  /// Bits per node of the phrase trees, 0 where they are not yet known.
  @exclusivity(unchecked) private var stateBits = TokenColumn<UInt32>.none()
  @exclusivity(unchecked) private var userBits = TokenColumn<UInt32>.none()
  /// Voice by vocabulary id where the affixes give one, found once: 0 not yet known, 1 none, else 1 + the bits.
  private let affixBits: UnsafeMutablePointer<UInt8>
  private let wordCount: Int
  /// Hashes of words that no list has, and their voices: a word that comes again soon is not taken apart again.
  private let unknown: UnsafeMutablePointer<(hash: UInt64, bits: UInt32)>
  private static let unknownCount = 512

  init(words: FactWords) {
    self.words = words
    base = Image(words.lexicon.base, words)
    user = words.lexicon.user.map { Image($0, words) }
    wordCount = words.lexicon.wordCount + 1
    affixBits = .allocate(capacity: wordCount)
    affixBits.initialize(repeating: 0, count: wordCount)
    unknown = .allocate(capacity: Self.unknownCount)
    unknown.initialize(repeating: (0, 0), count: Self.unknownCount)
  }

  deinit {
    base.sets.deallocate()
    user?.sets.deallocate()
    stateBits.free()
    userBits.free()
    affixBits.deallocate()
    unknown.deallocate()
  }

  /// Bits of a word that can be no verb by its affixes alone.
  static let known: WordBits = [
    .active, .passive, .intransitive, .stative, .preposition, .auxiliary, .pronoun, .clause, .and, .adverb, .connective,
    .title, .copula, .honorific, .negation, .determiner, .demonstrative, .adjective, .relative,
  ]

  /// Classes and bits of the entries that end at a node.
  ///
  /// - Parameter base: `self.base`, which a loop has at hand.
  @inline(__always)
  func listed(_ state: UInt32, _ base: Image) -> Listed {
    let slot = Int(state & ~Lexicon.userBit)
    guard state & Lexicon.userBit == 0 else { return listedByUser(slot) }
    var found = base.listed(slot)
    if found.readsRows {
      let kept = slot < stateBits.capacity ? stateBits[slot] : 0
      found.bits = kept != 0 ? kept & ~Self.isKnown : read(state, slot, &stateBits)
    }
    return found
  }

  /// All classes of the entries that end at a node.
  @inline(__always)
  func classes(at state: UInt32) -> ClassSet {
    let slot = Int(state & ~Lexicon.userBit)
    if state & Lexicon.userBit != 0, let user { return user.listed(slot).classes }
    return base.listed(slot).classes
  }

  /// Brings what the lists say of a node near, so that `listed` need not wait for it.
  @inline(__always)
  func prefetch(_ state: UInt32, _ base: Image) {
    guard let column = base.stateSet.base else { return }
    let slot = Int(state & ~Lexicon.userBit)
    fk_prefetch(column + slot)
    fk_prefetch(stateBits.base + slot)
  }

  /// Brings the voice of a word near.
  @inline(__always)
  func prefetchVoice(_ id: UInt32) { fk_prefetch(affixBits + Int(id)) }

  @inline(never)
  private func listedByUser(_ slot: Int) -> Listed {
    // Without lists of the user the tag means nothing, as in `Lexicon.classes(at:)`.
    guard let user else { return listed(UInt32(truncatingIfNeeded: slot), base) }
    var found = user.listed(slot)
    if found.readsRows {
      let kept = slot < userBits.capacity ? userBits[slot] : 0
      found.bits =
        kept != 0 ? kept & ~Self.isKnown : read(UInt32(truncatingIfNeeded: slot) | Lexicon.userBit, slot, &userBits)
    }
    return found
  }

  /// Lists never give a word this bit: here it marks what is known.
  private static let isKnown = WordBits.quote.rawValue

  @inline(never)
  private func read(_ state: UInt32, _ slot: Int, _ column: inout TokenColumn<UInt32>) -> UInt32 {
    let found = words.readBits(state).rawValue
    column.growKeeping(slot + 1)
    column[slot] = found | Self.isKnown
    return found
  }

  /// The voice of a vocabulary word as its affixes give it, plus one; 0 when `voice` has to be asked.
  @inline(__always)
  func keptVoice(_ id: UInt32) -> UInt32 {
    Int(id) < wordCount ? UInt32(affixBits[Int(id)]) : 0
  }

  /// The voice that the affixes give the word at `i`, where `keptVoice` knows none.
  @inline(never)
  func voice(_ i: Int, _ text: FactText) -> WordBits {
    let id = Int(text.id[i])
    return id > 0 && id < wordCount ? readVoice(i, id, text) : unknownVoice(i, text)
  }

  private func readVoice(_ i: Int, _ id: Int, _ text: FactText) -> WordBits {
    let found = words.morphology.voice(text.bytes, Int(text.start[i]), Int(text.end[i]), words.lexicon)
    affixBits[id] = UInt8(truncatingIfNeeded: found.rawValue + 1)
    return found
  }

  private func unknownVoice(_ i: Int, _ text: FactText) -> WordBits {
    // Only where one hash is one word to the affixes as well, which know no capitals outside ASCII.
    let hash = text.hash[i]
    let slot = unknown + Int(truncatingIfNeeded: hash >> 7) & (Self.unknownCount - 1)
    let isPlain = text.shape[i] & TokenShape.nonASCII == 0
    if isPlain, hash != 0, slot.pointee.hash == hash { return WordBits(rawValue: slot.pointee.bits) }
    let found = words.morphology.voice(text.bytes, Int(text.start[i]), Int(text.end[i]), words.lexicon)
    if isPlain { slot.pointee = (hash, found.rawValue) }
    return found
  }
}
