/// The rules as the matcher reads them: flat tables that never change, shared by all copies of a matcher.
///
/// A reference and not a struct, since the matcher calls `length` while it changes its own columns: a struct would be
/// copied for each call.
final class RuleTables: @unchecked Sendable {
  /// Holds what all the pointers lead to.
  private let memory: RuleMemory
  let rules: RuleSet
  let lexicon: Lexicon
  let stateSet: Section<UInt16>
  let setLow: Section<UInt64>
  let setHigh: Section<UInt64>
  let rows: UnsafeMutablePointer<Row>
  let positions: UnsafeMutablePointer<Position>
  /// By position: the sketch of what a token must offer. Those of a rule stand in a few lines of the cache.
  let sketches: UnsafeMutablePointer<UInt64>
  /// By position: the positions that may stand before it, as bits.
  let preceding: UnsafeMutablePointer<UInt64>
  /// By element: what answers most questions.
  let steps: UnsafeMutablePointer<Step>
  /// Annotations that a rule may ask a sentence for.
  let askedAnnotations: UInt64
  /// What sentences must offer to rules (`Row.cuts`).
  let cuts: UnsafeMutablePointer<RuleNeed>
  /// For each position, the steps that may follow, in order of preference, as runs of `preferences`.
  let followRuns: UnsafeMutablePointer<(start: Int32, end: Int32)>
  let preferences: UnsafeMutablePointer<UInt8>
  /// Elements that must not stand beside a match, and captures of slots, as `Row` says.
  let refusals: UnsafeMutablePointer<Int32>
  let slotCaptures: UnsafeMutablePointer<UInt8>
  let slotNames: UnsafeMutablePointer<UInt16>
  let elements: UnsafeMutablePointer<RuleSet.BoundElement>
  let tests: UnsafeMutablePointer<RuleSet.BoundTest>

  // Where rules begin to look (`RuleAnchors`).
  /// What a token must offer to be an anchor of any rule, if not by its word.
  let anchor: RuleNeed
  /// The classes of `anchor`, and those that an anchor asks for with conditions.
  let anchorClasses: ClassSet
  /// Sets of rules have a bit for each, in so many words.
  let setWords: Int
  /// By feature (32), then by class (128): the set of rules that wait for it.
  private let others: UnsafeMutablePointer<UInt64>
  /// By rule: what the token behind an anchor must offer; anything where a match may end there.
  let behindAnchor: UnsafeMutablePointer<RuleNeed>
  /// Rules whose anchors are all names; and those whose matches hold a person behind the first anchor.
  let namesOnly: UnsafeMutablePointer<UInt64>
  let personBehind: UnsafeMutablePointer<UInt64>
  /// The marks that rules wait for, and behind them the sets of these rules.
  private let marks: UnsafeMutablePointer<UInt64>
  private let markCount: Int
  /// The words that rules wait for as an open-addressing table of hashes, and by place the sets of these rules; an empty set.
  private let keys: UnsafeMutablePointer<UInt64>
  private let wordSets: UnsafeMutablePointer<UInt64>
  private let noRules: UnsafeMutablePointer<UInt64>
  private let keyMask: Int
  /// By some bits of a word's hash (`trace`): whether rules may wait for the word, and whether a step may ask for it. Says no
  /// to most others.
  let traces: UnsafeMutablePointer<UInt8>
  static let isWaitedFor: UInt8 = 1
  static let isAskedFor: UInt8 = 2
  /// Classes that rules ask for with conditions.
  let conditioned: ClassSet
  /// What the sentences of a rule must hold, each once.
  private let gates: UnsafeMutablePointer<Gate>
  private let gateCount: Int

  /// A position of a rule as the search sees it.
  struct Position: BitwiseCopyable {
    /// The positions that may follow, as bits; bit 63 where the rule may end.
    var follow: UInt64
    /// All positions of the rule with its element, as bits.
    var alike: UInt64
    /// What the token behind must offer for the match to go on.
    var next: RuleNeed
    var element: Int32
    /// The captures that hold it.
    var captures: UInt16
  }

  /// An element as the search sees it: most tokens are told by it alone, in one line of the cache.
  struct Step {
    /// What a token must offer to fit.
    var need: RuleNeed
    /// What a token offers when a test may refuse it, annotations aside.
    var refused = RuleNeed()
    /// The hash of a word that stands alone.
    var word: UInt64 = 0
    /// Annotations that keep out all their tokens: bits by label and kind, as in `RuleAnchors.Feature`.
    var covering: UInt16 = 0
    /// What is known of all tests that accept.
    var form: Form

    enum Form: UInt8 {
      case tested
      /// A kind of token: what offers the need fits with its one token.
      case oneToken
      /// Names.
      case names
      /// Phrases of classes, whatever their rows say.
      case listed
      /// A single word.
      case word
    }

    init(_ bound: RuleSet.BoundElement, _ tests: [RuleSet.BoundTest], _ need: RuleNeed) {
      self.need = need
      let accepting = tests[Int(bound.start)..<Int(bound.end)]
      form = .tested
      if accepting.allSatisfy({ $0.kind == .shape }) {
        form = .oneToken
      } else if accepting.allSatisfy({ $0.kind == .entity }) {
        form = .names
      } else if accepting.allSatisfy({ $0.kind == .listed && $0.rows < 0 }) {
        form = .listed
      } else if accepting.count == 1, let test = accepting.first, test.kind == .literal {
        form = .word
        word = test.a
      }
      for test in tests[Int(bound.excludedStart)..<Int(bound.excludedEnd)] {
        switch test.kind {
        case .entity, .date, .quantity: covering |= UInt16(truncatingIfNeeded: RuleNeed(test).features)
        default: refused.formUnion(RuleNeed(test))
        }
      }
    }
  }

  /// A rule: first what the search reads, in one line of the cache.
  struct Row {
    var firstPosition: Int32
    var cutStart: Int32
    var cutEnd: Int32
    var reach: Int32
    /// The positions of the anchors: every match goes through one of them. `reach` tokens may stand before the first.
    var anchorMask: UInt64
    var entryMask: UInt64
    /// What a token must offer for a match to begin there.
    var start = RuleNeed()
    var kind: Int32
    var priority: Int32
    /// The steps of the entry, in order of preference.
    var entryStart: Int32 = 0
    var entryEnd: Int32 = 0
    /// Runs of `refusals`: what must not stand before a match, then what must not stand behind it.
    var notAfterStart: Int32 = 0
    var notAfterEnd: Int32 = 0
    var notBeforeEnd: Int32 = 0
    /// The slots, as a run of `slotCaptures` and `slotNames`.
    var slotStart: Int32 = 0
    var slotEnd: Int32 = 0
    var formerCapture: UInt8
    var quotedCapture: UInt8
    /// Fills the second line.
    var unused: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  }

  /// Annotations of which a sentence must hold one each, 0 for no need; and whether it must hold a phrase of saying.
  struct Gate: Equatable {
    var a: UInt64 = 0
    var b: UInt64 = 0
    var needsCue = false
    static let most = 32

    init(_ cuts: ArraySlice<RuleNeed>, needsCue: Bool) {
      let masks = cuts.filter { $0.isAnnotation }.map(\.features)
      a = masks.first ?? 0
      b = masks.dropFirst().first ?? 0
      self.needsCue = needsCue
    }

    func opens(_ annotations: UInt64) -> Bool {
      (a == 0 || a & annotations != 0) && (b == 0 || b & annotations != 0)
    }
  }

  init(lexicon: Lexicon, rules: RuleSet) {
    self.lexicon = lexicon
    self.rules = rules
    (stateSet, setLow, setHigh) = (lexicon.base.stateSet, lexicon.base.setLow, lexicon.base.setHigh)
    let memory = RuleMemory()
    self.memory = memory
    setWords = max(1, (rules.count + 63) >> 6)
    elements = memory.copy(rules.elements)
    tests = memory.copy(rules.tests)
    slotNames = memory.copy(rules.slots.flatMap { $0.map(\.raw) })

    let parts = RuleTableParts(rules, setWords: setWords)
    rows = memory.lines(parts.rows)
    positions = memory.lines(parts.positions)
    preceding = memory.copy(parts.preceding)
    followRuns = memory.copy(parts.followRuns)
    preferences = memory.copy(parts.preferences)
    refusals = memory.copy(parts.refusals)
    slotCaptures = memory.copy(parts.slotCaptures)
    behindAnchor = memory.copy(parts.behindAnchor)
    namesOnly = memory.copy(parts.namesOnly)
    personBehind = memory.copy(parts.personBehind)
    cuts = memory.copy(parts.cuts)
    askedAnnotations = parts.cuts.reduce(0) { $1.isAnnotation ? $0 | $1.features : $0 }
    let gates = parts.gates.count > Gate.most ? [Gate([], needsCue: false)] : parts.gates
    self.gates = memory.copy(gates)
    gateCount = gates.count
    let needs = parts.elementNeeds
    steps = memory.lines(rules.elements.indices.map { Step(rules.elements[$0], rules.tests, needs[$0]) })
    sketches = memory.copy(
      rules.positionElement.map { RuleNeed.sketch(needs[Int($0)].classes, needs[Int($0)].features) })

    let anchors = RuleAnchorParts(rules, setWords: setWords)
    anchor = anchors.anchor
    anchorClasses = anchors.classes
    conditioned = rules.conditions.reduce(ClassSet()) { $0.union(ClassSet(low: $1.a, high: $1.b)) }
    others = memory.copy(anchors.others)
    marks = memory.copy(anchors.marks)
    markCount = rules.anchors.markLists.count
    traces = memory.copy(anchors.traces)
    keys = memory.copy(rules.anchors.keys)
    keyMask = rules.anchors.keys.count - 1
    wordSets = memory.copy(anchors.wordSets)
    noRules = memory.copy([UInt64](repeating: 0, count: setWords))
  }

  /// The kind of fact that a rule gives, `.user` for kinds that Fakta does not know itself; nil when a stage reads it.
  @inline(__always)
  func factKind(_ rule: Int) -> Fact.Kind? {
    switch Int(rows[rule].kind) {
    case 0: .figure
    case 1: .role
    case 2: .statement
    case 3: .event
    case 4..<RuleKinds.known.count: nil
    default: .user
    }
  }

  /// Whether a sentence with these annotations can hold a match of any rule.
  @inline(__always)
  func isOpen(_ annotations: UInt64) -> Bool {
    for g in 0..<gateCount where !gates[g].needsCue && gates[g].opens(annotations) { return true }
    return false
  }

  /// Whether a sentence with these annotations and a phrase of saying can hold a match of any rule.
  @inline(__always)
  func isOpenToCues(_ annotations: UInt64) -> Bool {
    for g in 0..<gateCount where gates[g].needsCue && gates[g].opens(annotations) { return true }
    return false
  }

  /// For which of at most 64 words with these hashes a rule may wait, as bits.
  @inline(__always)
  func mayWait(forWords hashes: UnsafePointer<UInt64>, _ count: Int) -> UInt64 {
    let traces = traces
    var bits: UInt64 = 0
    // One token in ten is an anchor: no branch could foresee it.
    for k in 0..<count {
      let isWaitedFor = traces[Self.trace(hashes[k])] & Self.isWaitedFor
      bits |= UInt64(isWaitedFor) &<< UInt64(truncatingIfNeeded: k)
    }
    return bits
  }

  /// Whether a rule may wait for the word with this hash.
  @inline(__always)
  func mayWait(forWord hash: UInt64) -> Bool { traces[Self.trace(hash)] & Self.isWaitedFor != 0 }

  /// Whether a rule waits for the word with this hash.
  @inline(__always)
  func waits(forWord hash: UInt64) -> Bool {
    // One question, since every sixth token is a mark and has no hash.
    guard traces[Self.trace(hash)] & Self.isWaitedFor & (hash != 0 ? .max : 0) != 0 else { return false }
    var slot = Int(truncatingIfNeeded: hash) & keyMask
    while keys[slot] != 0 {
      if keys[slot] == hash { return true }
      slot = (slot &+ 1) & keyMask
    }
    return false
  }

  /// The place of a word in `traces`.
  @inline(__always)
  static func trace(_ hash: UInt64) -> Int { Int(hash >> 20 & 4095) }

  /// Word `w` of the set of rules that wait for a token with one of these classes, annotations or its kind.
  func waiting(_ w: Int, for need: RuleNeed) -> UInt64 {
    var found: UInt64 = 0
    func add(_ bits: UInt64, _ first: Int) {
      var left = bits
      while left != 0 {
        found |= others[(first &+ left.trailingZeroBitCount) &* setWords &+ w]
        left &= left &- 1
      }
    }
    add(need.features & 0xFFFF_FFFF, 0)
    add(need.classes.low, 32)
    add(need.classes.high, 96)
    return found
  }

  /// The set of rules that wait for a token by its word or mark.
  @inline(__always)
  func waiting(forWordAt i: Int, _ features: UInt64, _ text: FactText) -> UnsafeMutablePointer<UInt64> {
    let hash = text.hash[i]
    if hash != 0, mayWait(forWord: hash) {
      var slot = Int(truncatingIfNeeded: hash) & keyMask
      while keys[slot] != hash, keys[slot] != 0 { slot = (slot &+ 1) & keyMask }
      return wordSets + slot &* setWords
    }
    if features & anchor.features & RuleNeed.marks != 0 {
      let mark = Self.packed(i, text)
      for m in 0..<markCount where marks[m] == mark { return marks + (markCount &+ m &* setWords) }
    }
    return noRules
  }

  /// The set of rules that a sentence with these annotations can match, as far as those say.
  func fillLive(_ annotations: UInt64, _ sets: UnsafeMutablePointer<UInt64>) {
    sets.update(repeating: 0, count: setWords)
    for rule in 0..<rules.count {
      let row = rows + rule
      var isLive = true
      for cut in Int(row.pointee.cutStart)..<Int(row.pointee.cutEnd)
      where cuts[cut].isAnnotation && cuts[cut].features & annotations == 0 { isLive = false }
      if isLive { sets[rule >> 6] |= 1 << UInt64(rule & 63) }
    }
  }
}
