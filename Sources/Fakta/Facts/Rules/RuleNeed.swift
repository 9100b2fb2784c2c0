/// What a token offers to the steps of rules, or what a step asks of one: classes, annotations, kinds and traces of words.
///
/// A step fits only where its need and the token's offer share a bit. The test is cheap and never says no to a token that
/// fits, so that the exact tests of a step (`RuleTables.length`) run for the few tokens that are left.
struct RuleNeed: Equatable, Sendable, BitwiseCopyable {
  var classes = ClassSet()
  /// `RuleAnchors.Feature`; from bit 32 on a bit by the first byte of a mark; from bit 40 on a bit by the hash of a word.
  var features: UInt64 = 0

  /// Entities, dates, quantities and numbers.
  static let annotations: UInt64 = 0x1_FFFF
  /// Kinds of tokens, from quotation marks to gaps within a clause.
  static let shapes: UInt64 = 0xFF << 17
  static let conditions: UInt64 = 0x7F << 25
  static let marks: UInt64 = 0xFF << 32
  static let words: UInt64 = 0xFF_FFFF << 40

  @inline(__always)
  static func word(_ hash: UInt64) -> UInt64 { 1 << (40 &+ ((hash >> 32) &* 24) >> 32) }

  @inline(__always)
  static func mark(_ byte: UInt8) -> UInt64 { 1 << (32 &+ UInt64(byte & 7)) }

  @inline(__always)
  func meets(_ classes: ClassSet, _ features: UInt64) -> Bool {
    (self.classes.low & classes.low) | (self.classes.high & classes.high) | (self.features & features) != 0
  }

  @inline(__always)
  func meets(_ other: RuleNeed) -> Bool { meets(other.classes, other.features) }

  /// All of a need or an offer in one word: two that share a bit have sketches that do. The classes lie over the bits of
  /// marks and words, of which a token has few.
  @inline(__always)
  static func sketch(_ classes: ClassSet, _ features: UInt64) -> UInt64 {
    let all = classes.low | classes.high
    return features | (all | all << 32) & (0xFFFF_FFFF << 32)
  }

  /// Whether nothing but annotations are asked for.
  var isAnnotation: Bool { classes.isEmpty && features & ~Self.annotations == 0 }

  /// Whether nothing but names are asked for.
  var isName: Bool { classes.isEmpty && features & ~0xF == 0 }

  /// Whether all that `other` asks for is asked for here.
  func holds(_ other: RuleNeed) -> Bool {
    other.classes.low & ~classes.low | other.classes.high & ~classes.high | other.features & ~features == 0
  }

  mutating func formUnion(_ other: RuleNeed) {
    classes.formUnion(other.classes)
    features |= other.features
  }

  init() {}

  /// What all tokens offer, and the place behind the text.
  static let anything: RuleNeed = {
    var need = RuleNeed()
    need.features = .max
    return need
  }()

  /// What a token must offer for `test` to fit.
  init(_ test: RuleSet.BoundTest) {
    typealias F = RuleAnchors.Feature
    switch test.kind {
    case .literal: features = Self.word(test.a)
    case .mark: features = Self.mark(UInt8(truncatingIfNeeded: test.a))
    case .listed where test.feature != 0: features = UInt64(test.feature)
    case .listed: classes = ClassSet(low: test.a, high: test.b)
    case .entity: features = test.a & 0xF
    case .date: features = test.a << UInt64(F.dateShift) & 0xF0
    case .quantity: features = test.a << UInt64(F.quantityShift) & 0xFF00
    case .number: features = UInt64(F.number)
    case .shape:
      switch RuleShape(rawValue: UInt8(truncatingIfNeeded: test.a)) ?? .any {
      case .word: features = UInt64(F.word)
      case .capital: features = UInt64(F.capital)
      case .lower: features = UInt64(F.lower)
      case .digits: features = UInt64(F.digits)
      case .mark: features = UInt64(F.mark)
      case .quote: features = UInt64(F.quote)
      case .any, .sentenceGap: features = UInt64(F.any)
      case .clauseGap: features = UInt64(F.inClause)
      }
    }
  }

  /// What a token offers by its kind and its capital; annotations, words and the bytes of marks are the caller's.
  static func offer(kind: UInt8, isCapital: Bool) -> UInt64 {
    typealias F = RuleAnchors.Feature
    var bits = F.any
    if kind == TokenKind.word || kind == TokenKind.otherWord { bits |= F.word }
    if kind == TokenKind.word { bits |= isCapital ? F.capital : F.lower }
    if kind == TokenKind.number { bits |= F.digits }
    if kind >= TokenKind.period { bits |= F.mark }
    if RuleMatcher.isQuote(kind) { bits |= F.quote }
    if !RuleMatcher.endsClause(kind) { bits |= F.inClause }
    return UInt64(bits)
  }
}

/// Finds what no match of a rule can do without: the cuts of its automaton.
///
///     <PER> .. (menangkap|membekuk) <PER>      cuts: <PER>; menangkap or membekuk
///
/// A sentence that lacks one of them is not searched. A cut is a set of steps through one of which every way from the entry
/// to the end leads; smaller sets are sought from several sides: words, lists, annotations.
struct RuleCuts {
  /// For each step, the steps that may follow; bit 63 for the end.
  let follow: UnsafeBufferPointer<UInt64>
  let entry: UInt64

  static let most = 8

  /// Whether every way leads through one of `steps`.
  func isCut(_ steps: UInt64) -> Bool {
    var seen = entry & ~steps
    var left = seen
    while left != 0 {
      let p = left.trailingZeroBitCount
      left &= left - 1
      let next = follow[p]
      if next >> 63 != 0 { return false }
      let new = next & ~steps & ~seen
      seen |= new
      left |= new
    }
    return true
  }

  /// As few of `steps` as every way still leads through, the first ones rather than later ones, and how many tokens can stand
  /// before the first of them that a way meets; nil where some way meets none of them.
  ///
  /// - Parameter lengths: The most tokens that each step takes.
  func firsts(of steps: UInt64, _ lengths: [Int]) -> (steps: UInt64, reach: Int)? {
    guard isCut(steps) else { return nil }
    var firsts = steps
    for p in follow.indices.reversed() where firsts >> UInt64(p) & 1 != 0 && isCut(firsts & ~(1 << UInt64(p))) {
      firsts &= ~(1 << UInt64(p))
    }
    let most = CompiledRule.longestMatch
    var before = follow.indices.map { entry >> UInt64($0) & 1 != 0 ? 0 : -1 }
    var isDone = false
    while !isDone {
      isDone = true
      for p in follow.indices where before[p] >= 0 && firsts >> UInt64(p) & 1 == 0 {
        let behind = min(most, before[p] + lengths[p])
        var left = follow[p] & ~(1 << 63)
        while left != 0 {
          let next = left.trailingZeroBitCount
          left &= left - 1
          guard before[next] < behind else { continue }
          before[next] = behind
          isDone = false
        }
      }
    }
    return (firsts, follow.indices.reduce(0) { firsts >> UInt64($1) & 1 != 0 ? max($0, before[$1]) : $0 })
  }

  /// The needs of the cuts; `groups` holds the steps with the same need and their rank: 0 for annotations, 1 for marks, 2 for
  /// lists, 3 for words, and more for steps that nearly every token fits.
  func needs(_ groups: [(need: RuleNeed, steps: UInt64, rank: Int)]) -> [RuleNeed] {
    var out: [RuleNeed] = []
    var known: [UInt64] = []
    func add(_ steps: UInt64) {
      guard !known.contains(steps), out.count < Self.most else { return }
      known.append(steps)
      var need = RuleNeed()
      for group in groups where group.steps & steps != 0 { need.formUnion(group.need) }
      if !out.contains(need) { out.append(need) }
    }
    let useful = groups.filter { $0.rank < 4 }
    let all = useful.reduce(0) { $0 | $1.steps }
    guard isCut(all) else { return [] }
    // From all steps, those are given up first that the cut shall not rest on. Where that is none or all of them, the order
    // is the same each time.
    var isPlainDone = false
    for kept in 0..<4 {
      let count = useful.count { $0.rank == kept }
      if count == 0 || count == useful.count {
        if isPlainDone { continue }
        isPlainDone = true
      }
      for isReversed in [false, true] {
        var steps = all
        for isKept in [false, true] {
          for k in useful.indices {
            let group = useful[isReversed ? useful.count - 1 - k : k]
            if (group.rank == kept) == isKept, isCut(steps & ~group.steps) { steps &= ~group.steps }
          }
        }
        add(steps)
      }
    }
    for group in useful where isCut(group.steps) { add(group.steps) }
    return out
  }
}
