/// A place where a rule matched, with the spans of its slots.
struct RuleMatch: Sendable {
  var rule: Int32
  var span: TokenSpan
  /// Index of the first slot in `RuleMatcher.slotSpans`; the rule's slots follow in order, `.none` where empty.
  var slots: Int32
  /// The span that no other match of the same kind may share: the first slot, or the whole match.
  var claim: TokenSpan
  var isFormer = false
  var isQuoted = false
  /// Index in `matches` of the match that won the claim, -1 for a winner.
  var lostTo: Int32 = -1
}

/// Finds the matches of all rules in a document.
///
///     for each token, the rules anchored on it  →  whether the anchor leads on to an end  →  the starts before it  →  one
///     forward pass per window, 64 positions at a time; where a match ends, one backward pass (which positions lead to an
///     end) and one walk per match in the order of preference
///
/// Matches of one kind that claim the same words compete: the higher priority wins, then the longer match, then the earlier
/// rule.
///
/// **Cost.** A token is looked up once, and visited by the windows of rules that have an anchor at most 80 tokens away; at
/// most 63 tests each. A walk has at most 80 steps. Linear in the text for any rules and any text.
final class RuleMatcher: @unchecked Sendable {
  let tables: RuleTables
  @exclusivity(unchecked) var matches: [RuleMatch] = []
  @exclusivity(unchecked) var slotSpans: [TokenSpan] = []
  /// What the tokens offer to the steps of rules, beside their classes.
  @exclusivity(unchecked) private(set) var features = TokenColumn<UInt64>.none()
  /// What the sentences offer: their annotations, and where a rule asks, all that their tokens do.
  @exclusivity(unchecked) var held = TokenColumn<RuleNeed>.none()
  /// A bit per token at which rules may begin to look. The reader of the lists' phrases sets those of `anchorClasses`.
  @exclusivity(unchecked) private(set) var waiting = TokenColumn<UInt64>.none()
  /// Per rule: the sentence that was looked at last, and in bit 0 whether the rule can match there.
  @exclusivity(unchecked) var states = TokenColumn<Int32>.none()
  /// By sentence: where its last person begins.
  @exclusivity(unchecked) var lastPerson = TokenColumn<Int32>.none()
  /// Sets of rules: by a trace of the annotations of a sentence those that it can match.
  let live: UnsafeMutablePointer<UInt64>
  let liveKeys: UnsafeMutablePointer<(annotations: UInt64, isOpen: Bool, isOpenToCues: Bool)>
  static let liveCount = 128
  /// By a trace of what a token offers: that, and the set of rules that wait for it.
  let waitingKeys: UnsafeMutablePointer<RuleNeed>
  let waitingSets: UnsafeMutablePointer<UInt64>
  static let waitingCount = 256
  /// Per rule: the token up to which its steps were found to lead on.
  @exclusivity(unchecked) var leadsTo = TokenColumn<Int32>.none()
  @exclusivity(unchecked) var hits: [UInt64] = []
  @exclusivity(unchecked) var sortedHits: [UInt64] = []
  @exclusivity(unchecked) var perRule: [Int32] = []
  /// Positions that lead to an end, per token of the window.
  @exclusivity(unchecked) var leads = TokenColumn<UInt64>.none()
  @exclusivity(unchecked) var leadsEnd = 0
  /// Positions that something leads to, and that fit, per token of the window; `active` is zero between windows.
  @exclusivity(unchecked) var active = TokenColumn<UInt64>.none()
  @exclusivity(unchecked) var fits = TokenColumn<UInt64>.none()
  @exclusivity(unchecked) private var owner: [Int32] = []
  @exclusivity(unchecked) private var ownerKind: [Int32] = []
  let captured: UnsafeMutablePointer<TokenSpan>
  /// What a token offers by kind; another 256 for those with a capital.
  private let offers: UnsafeMutablePointer<UInt64>
  /// When set, only this rule is tried.
  @exclusivity(unchecked) var only: Int?

  var rules: RuleSet { tables.rules }

  init(tables: RuleTables) {
    self.tables = tables
    captured = .allocate(capacity: CompiledRule.mostCaptures)
    captured.initialize(repeating: .none, count: CompiledRule.mostCaptures)
    live = .allocate(capacity: Self.liveCount * tables.setWords)
    live.initialize(repeating: 0, count: Self.liveCount * tables.setWords)
    liveKeys = .allocate(capacity: Self.liveCount)
    liveKeys.initialize(repeating: (.max, false, false), count: Self.liveCount)
    waitingKeys = .allocate(capacity: Self.waitingCount)
    waitingKeys.initialize(repeating: RuleNeed(), count: Self.waitingCount)
    waitingSets = .allocate(capacity: Self.waitingCount * tables.setWords)
    waitingSets.initialize(repeating: 0, count: Self.waitingCount * tables.setWords)
    offers = .allocate(capacity: 512)
    for kind in 0..<256 {
      for capital in 0...1 {
        (offers + kind + capital * 256).initialize(
          to: RuleNeed.offer(kind: UInt8(kind), isCapital: capital == 1))
      }
    }
  }

  deinit {
    offers.deallocate()
    live.deallocate()
    captured.deallocate()
    leads.free()
    liveKeys.deallocate()
    waitingKeys.deallocate()
    waitingSets.deallocate()
    lastPerson.free()
    features.free()
    held.free()
    waiting.free()
    states.free()
    leadsTo.free()
    active.free()
    fits.free()
  }

  /// Makes room for the anchors and features of a text; none is known yet.
  func clear(_ count: Int) {
    waiting.clear((count >> 6) + 1, 0)
    features.clear(count + 1, 0)
  }

  /// Fills `matches`, in the order of their claims. Since `clear`, the anchors by classes and the features by conditions
  /// have been marked.
  ///
  /// - Parameters:
  ///   - cues: A bit per token where a phrase of saying may begin.
  ///   - onlyWithCues: Whether these tokens are all at which a rule waits.
  func run(_ text: FactText, cues: TokenColumn<UInt64>, onlyWithCues: Bool = false) {
    matches.removeAll(keepingCapacity: true)
    slotSpans.removeAll(keepingCapacity: true)
    guard tables.rules.count > 0, text.count > 0 else { return }
    readAnnotations(text)
    findAnchors(text)
    collectHits(text, cues, onlyWithCues)
    guard !hits.isEmpty else { return }
    sortHits()
    var i = 0
    while i < sortedHits.count {
      let rule = Int(sortedHits[i] >> 32)
      var end = i
      while end < sortedHits.count, Int(sortedHits[end] >> 32) == rule { end += 1 }
      runWindows(rule, i..<end, text)
      i = end
    }
    compete()
  }

  // MARK: anchors

  /// Gives `features` and `held` the annotations.
  private func readAnnotations(_ text: FactText) {
    typealias F = RuleAnchors.Feature
    held.clear(text.sentences.count, RuleNeed())
    lastPerson.clearToNone(text.sentences.count)
    for i in text.entities.indices { offer(1 << UInt64(text.entities[i].label.rawValue), text.entities[i].span, text) }
    for i in text.dates.indices {
      offer(1 << (UInt64(F.dateShift) + UInt64(text.dates[i].kind.rawValue)), text.dates[i].span, text)
    }
    for i in text.quantities.indices {
      offer(1 << (UInt64(F.quantityShift) + UInt64(text.quantities[i].kind.rawValue)), text.quantities[i].span, text)
    }
    for i in text.numbers.indices { offer(UInt64(F.number), text.numbers[i].span, text) }
  }

  /// Marks the tokens for whose words a rule may wait, and few others.
  private func findAnchors(_ text: FactText) {
    let count = text.count
    if tables.anchor.features & (RuleNeed.shapes | RuleNeed.marks) != 0 {
      // Rules that wait for a kind of token or a mark: rare, and all tokens have to be asked.
      for i in 0..<count where tables.anchor.features & offer(of: i, text) != 0 { wait(at: i) }
    }
    // Plain pointers for the loop over the tokens: each column has room for all of them.
    precondition(text.hash.limit >= count && waiting.limit > count >> 6)
    let (hashes, waiting) = (text.hash.base, waiting.base)
    var i = 0
    while i < count {
      waiting[i >> 6] |= tables.mayWait(forWords: hashes + i, min(64, count &- i))
      i &+= 64
    }
  }

  private func wait(at i: Int) { waiting[i >> 6] |= 1 << UInt64(i & 63) }

  /// Whether a bit is set for a token of the span.
  static func holds(_ bits: TokenColumn<UInt64>, _ span: TokenSpan, _ count: Int) -> Bool {
    let (low, high) = (max(0, Int(span.start)), min(count, Int(span.end)))
    guard low < high else { return false }
    var word = low >> 6
    var left = bits[word] & (.max << UInt64(low & 63))
    while left == 0 {
      word += 1
      guard word << 6 < high else { return false }
      left = bits[word]
    }
    return word << 6 | left.trailingZeroBitCount < high
  }

  private func offer(_ bits: UInt64, _ span: TokenSpan, _ text: FactText) {
    let i = Int(span.start)
    guard i >= 0, i < text.count, text.sentenceOf[i] >= 0 else { return }
    features[i] |= bits
    let sentence = held.base + Int(text.sentenceOf[i])
    sentence.pointee.features |= bits
    if bits & tables.anchor.features != 0 { wait(at: i) }
    if bits == UInt64(RuleAnchors.Feature.person) { lastPerson[Int(text.sentenceOf[i])] = Int32(truncatingIfNeeded: i) }
  }

  /// What token `i` offers beside its classes; found when it is asked for first.
  @inline(__always)
  func offer(of i: Int, _ text: FactText) -> UInt64 {
    // All tokens offer this one bit.
    let known = features[i]
    return known & UInt64(RuleAnchors.Feature.any) != 0 ? known : readFeatures(i, text)
  }

  @inline(never)
  private func readFeatures(_ i: Int, _ text: FactText) -> UInt64 {
    let kind = text.kind[i]
    var bits = features[i] | offers[Int(kind) | Int(text.shape[i] & TokenShape.firstUpper) << 8]
    let hash = text.hash[i]
    if hash != 0 {
      bits |= RuleNeed.word(hash)
    } else if kind >= TokenKind.period {
      bits |= RuleNeed.mark(text.bytes[Int(text.start[i])])
    }
    features[i] = bits
    return bits
  }

  /// Adds to what a sentence offers the classes and words of its tokens. Kinds of tokens and marks are in nearly all.
  @inline(never)
  func readTokens(ofSentence sentence: Int, _ text: FactText) -> RuleNeed {
    var sum = held[sentence]
    sum.features |= RuleNeed.shapes | RuleNeed.marks
    let span = text.sentences[sentence]
    let (low, high) = (max(0, Int(span.start)), min(text.count, Int(span.end)))
    precondition(text.classes.limit >= high && text.hash.limit >= high)
    let (classes, hashes, traces) = (text.classes.base, text.hash.base, tables.traces)
    var i = low
    while i < high {
      sum.classes.formUnion(classes[i])
      i &+= 1
    }
    i = low
    while i < high {
      let hash = hashes[i]
      // One word in five: no branch could foresee it.
      let isAsked = UInt64(traces[RuleTables.trace(hash)] & RuleTables.isAskedFor) / UInt64(RuleTables.isAskedFor)
      sum.features |= RuleNeed.word(hash) & (0 &- isAsked)
      i &+= 1
    }
    if sum.classes.intersects(tables.conditioned) {
      i = low
      while i < high {
        if classes[i].intersects(tables.conditioned) { sum.features |= offer(of: i, text) & RuleNeed.conditions }
        i &+= 1
      }
    }
    held[sentence] = sum
    return sum
  }

  // MARK: marks

  static func isQuote(_ kind: UInt8) -> Bool {
    kind == TokenKind.quote || kind == TokenKind.openQuote || kind == TokenKind.closeQuote
  }

  /// Marks that end a clause.
  static func endsClause(_ kind: UInt8) -> Bool {
    switch kind {
    case TokenKind.period...TokenKind.semicolon, TokenKind.dash, TokenKind.openParen...TokenKind.closeQuote,
      TokenKind.bullet:
      true
    default: false
    }
  }

  // MARK: competition

  private func compete() {
    guard !matches.isEmpty else { return }
    let rows = tables.rows
    let order = matches.indices.sorted { a, b in
      let x = matches[a]
      let y = matches[b]
      let kx = rows[Int(x.rule)].kind
      let ky = rows[Int(y.rule)].kind
      if kx != ky { return kx < ky }
      let px = rows[Int(x.rule)].priority
      let py = rows[Int(y.rule)].priority
      if px != py { return px > py }
      if x.span.count != y.span.count { return x.span.count > y.span.count }
      return (x.span.start, x.rule, a) < (y.span.start, y.rule, b)
    }
    let most = matches.reduce(0) { max($0, Int($1.claim.end)) }
    owner.removeAll(keepingCapacity: true)
    owner.append(contentsOf: repeatElement(-1, count: most))
    ownerKind.removeAll(keepingCapacity: true)
    ownerKind.append(contentsOf: repeatElement(-1, count: most))
    for m in order {
      let kind = rows[Int(matches[m].rule)].kind
      var winner: Int32 = -1
      for t in matches[m].claim.range where ownerKind[t] == kind {
        winner = owner[t]
        break
      }
      matches[m].lostTo = winner
      if winner < 0 {
        for t in matches[m].claim.range {
          owner[t] = Int32(m)
          ownerKind[t] = kind
        }
      }
    }
  }
}
