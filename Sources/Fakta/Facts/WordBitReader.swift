import CFaktaText
import Glibc

/// Finds the bits of words, and keeps what it found: lists by node of the phrase tree, affixes by vocabulary id, or by hash
/// where no list knows the word.
///
/// The columns are memory of the thread that reads; what is in them depends on the lists alone, never on a document.
final class WordBitReader: @unchecked Sendable {
  /// What the lists say of a node of the phrase tree.
  struct Node: BitwiseCopyable {
    var bits: UInt32 = 0
    /// The number of its set of classes in `sets`; above it the conditions of rules that its rows fulfil, and flags.
    fileprivate var row: UInt32 = 0

    fileprivate static let isKnown: UInt32 = 1 << 31
    /// A phrase of saying, or one of a class at which rules begin to look or for which they have conditions.
    fileprivate static let isMarked: UInt32 = 1 << 30
    fileprivate static let number: UInt32 = (1 << 20) - 1
    fileprivate static let conditions: UInt32 = 0x7F << 20

    /// The features of rules' classes with conditions (`RuleAnchors.Feature.condition`).
    @inline(__always)
    var conditions: UInt64 { UInt64(row & Self.conditions) << 5 }

    @inline(__always)
    var isMarked: Bool { row & Self.isMarked != 0 }
  }

  /// The nodes of one of the two images of lists.
  private struct Image {
    let nodes: UnsafeMutablePointer<Node>
    let count: Int
    let stateSet: Section<UInt16>
    let firstSet: Int
    let setCount: Int

    /// The system gives memory that is zero, and only where it is touched.
    init(_ data: LexiconData, firstSet: Int) {
      stateSet = data.stateSet
      setCount = data.setLow.count
      count = stateSet.count
      let memory = calloc(max(1, count), MemoryLayout<Node>.stride)
      guard let memory else { fatalError("out of memory") }
      nodes = memory.bindMemory(to: Node.self, capacity: max(1, count))
      self.firstSet = firstSet
    }
  }

  private let words: FactWords
  private let base: Image
  private let user: Image?
  /// The empty set, the sets of classes, and those of the user's lists.
  private let sets: UnsafeMutablePointer<ClassSet>
  /// Voice by vocabulary id where the affixes give one, found once: 0 not yet known, 1 none, else 1 + the bits.
  private let affixBits: UnsafeMutablePointer<UInt8>
  private let wordCount: Int
  /// Hashes of words that no list has, and their voices: a word that comes again soon is not taken apart again.
  private let unknown: UnsafeMutablePointer<(hash: UInt64, bits: UInt32)>
  private static let unknownCount = 512
  private let tables: RuleTables

  init(words: FactWords, tables: RuleTables) {
    self.words = words
    self.tables = tables
    let images = [words.lexicon.base] + (words.lexicon.user.map { [$0] } ?? [])
    base = Image(images[0], firstSet: 1)
    user = images.count > 1 ? Image(images[1], firstSet: 1 + images[0].setLow.count) : nil
    sets = .allocate(capacity: images.reduce(1) { $0 + $1.setLow.count })
    sets.initialize(to: ClassSet())
    var row = sets + 1
    for image in images {
      for i in 0..<image.setLow.count {
        row.initialize(to: image.classes(set: UInt16(truncatingIfNeeded: i)))
        row += 1
      }
    }
    wordCount = words.lexicon.wordCount + 1
    affixBits = .allocate(capacity: wordCount)
    affixBits.initialize(repeating: 0, count: wordCount)
    unknown = .allocate(capacity: Self.unknownCount)
    unknown.initialize(repeating: (0, 0), count: Self.unknownCount)
  }

  deinit {
    free(base.nodes)
    if let user { free(user.nodes) }
    sets.deallocate()
    affixBits.deallocate()
    unknown.deallocate()
  }

  /// Bits of a word that can be no verb by its affixes alone.
  static let known: WordBits = [
    .active, .passive, .intransitive, .stative, .preposition, .auxiliary, .pronoun, .clause, .and, .adverb, .connective,
    .title, .copula, .honorific, .negation, .determiner, .demonstrative, .adjective, .relative,
  ]

  /// What a loop over many nodes has at hand.
  struct View {
    fileprivate let nodes: UnsafeMutablePointer<Node>
    fileprivate let count: Int
    fileprivate let sets: UnsafeMutablePointer<ClassSet>
  }

  var view: View { View(nodes: base.nodes, count: base.count, sets: sets) }

  /// Bits of the entries that end at a node, and what gives their classes.
  @inline(__always)
  func node(_ state: UInt32, _ view: View) -> Node {
    // The nodes of the user's lists have numbers beyond all others.
    if Int(state) < view.count {
      let found = view.nodes[Int(state)]
      if found.row & Node.isKnown != 0 { return found }
    }
    return learn(state)
  }

  @inline(__always)
  func classes(_ node: Node, _ view: View) -> ClassSet { view.sets[Int(node.row & Node.number)] }

  /// All classes of the entries that end at a node.
  @inline(__always)
  func classes(at state: UInt32) -> ClassSet {
    let view = view
    return classes(node(state, view), view)
  }

  /// Brings a node near, so that `node` need not wait for it.
  @inline(__always)
  func prefetch(_ state: UInt32, _ view: View) { fk_prefetch(view.nodes + Int(state & ~Lexicon.userBit)) }

  /// Brings the voice of a word near.
  @inline(__always)
  func prefetchVoice(_ id: UInt32) { fk_prefetch(affixBits + Int(id)) }

  @inline(never)
  private func learn(_ state: UInt32) -> Node {
    var (image, slot) = (base, Int(state & ~Lexicon.userBit))
    if state & Lexicon.userBit != 0, let user { image = user }
    if slot < image.count, image.nodes[slot].row & Node.isKnown != 0 { return image.nodes[slot] }
    let set = Int(image.stateSet[slot])
    let number = set < image.setCount ? image.firstSet + set : 0
    var found = Node(bits: words.readBits(state).rawValue, row: UInt32(truncatingIfNeeded: number) | Node.isKnown)
    let marked = words.speech.union(tables.anchorClasses).union(tables.conditioned)
    if sets[number].intersects(marked) {
      found.row |= Node.isMarked
      found.row |= UInt32(truncatingIfNeeded: tables.findConditionFeatures(state) >> 5) & Node.conditions
    }
    if slot < image.count { image.nodes[slot] = found }
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
