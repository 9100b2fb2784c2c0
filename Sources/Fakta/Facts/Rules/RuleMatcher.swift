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
///     for each token, the rules anchored on it  →  the starts before each anchor  →  one forward pass per window, 64
///     positions at a time; where a match ends, one backward pass (which positions lead to an end) and one walk per match
///     in the order of preference
///
/// Matches of one kind that claim the same words compete: the higher priority wins, then the longer match, then the earlier
/// rule.
///
/// **Cost.** A token is looked up once, and visited by the windows of rules that have an anchor at most 80 tokens away; at
/// most 63 tests each. A walk has at most 80 steps. Linear in the text for any rules and any text.
struct RuleMatcher: Sendable {
  private let tables: RuleTables
  private var rules: RuleSet { tables.rules }
  private(set) var matches: [RuleMatch] = []
  private(set) var slotSpans: [TokenSpan] = []
  private var hits: [UInt64] = []
  private var sortedHits: [UInt64] = []
  private var perRule: [Int32] = []
  private var leads: [UInt64] = []
  /// Positions that something leads to, and that fit, per token of the window; zero between windows.
  private var active: [UInt64] = []
  private var fits: [UInt64] = []
  private var owner: [Int32] = []
  private var ownerKind: [Int32] = []
  private var captured: [TokenSpan] = []
  /// When set, only this rule is tried.
  var only: Int?

  init(lexicon: Lexicon) {
    tables = RuleTables(lexicon: lexicon)
  }

  /// Fills `matches`, in the order of their claims.
  mutating func run(_ document: Document, _ view: FactTokens) {
    matches.removeAll(keepingCapacity: true)
    slotSpans.removeAll(keepingCapacity: true)
    guard rules.count > 0 else { return }
    collectHits(document, view)
    sortHits()
    var i = 0
    while i < sortedHits.count {
      let rule = Int(sortedHits[i] >> 32)
      var end = i
      while end < sortedHits.count, Int(sortedHits[end] >> 32) == rule { end += 1 }
      runWindows(rule, i..<end, document, view)
      i = end
    }
    compete()
  }

  // MARK: anchors

  private mutating func collectHits(_ document: Document, _ view: FactTokens) {
    hits.removeAll(keepingCapacity: true)
    let anchors = rules.anchors
    for i in 0..<view.count where view.sentenceOf[i] >= 0 {
      for r in anchors.rules(forWord: document.tokens.hash[i]) { hit(anchors.ruleList[r], i) }
      if !anchors.markLists.isEmpty, document.tokens.kind[i] >= TokenKind.period,
        let list = anchors.markLists[RuleTables.packed(i, document)]
      {
        for r in list { hit(r, i) }
      }
      let classes = view.classes[i]
      let features = Self.features(i, document, view) & anchors.features
      guard features != 0 || classes.intersects(anchors.classes) else { continue }
      for other in anchors.others where other.features & features != 0 || other.classes.intersects(classes) {
        for r in other.rules { hit(r, i) }
      }
    }
  }

  private mutating func hit(_ rule: Int32, _ token: Int) {
    if let only, only != Int(rule) { return }
    hits.append(UInt64(UInt32(rule)) << 32 | UInt64(UInt32(token)))
  }

  private static func features(_ i: Int, _ document: Document, _ view: FactTokens) -> UInt32 {
    typealias F = RuleAnchors.Feature
    var bits: UInt32 = 0
    if view.entityAt[i] >= 0 { bits |= 1 << UInt32(document.entities[Int(view.entityAt[i])].label.rawValue) }
    if view.dateAt[i] >= 0 { bits |= 1 << (F.dateShift + UInt32(document.dates[Int(view.dateAt[i])].kind.rawValue)) }
    if view.quantityAt[i] >= 0 {
      bits |= 1 << (F.quantityShift + UInt32(document.quantities[Int(view.quantityAt[i])].kind.rawValue))
    }
    if view.numberAt[i] >= 0 { bits |= F.number }
    let kind = document.tokens.kind[i]
    if kind == TokenKind.word {
      if document.tokens.isCapitalized(i) { bits |= F.capital }
    } else if kind == TokenKind.number {
      bits |= F.digits
    } else if kind >= TokenKind.period {
      bits |= F.mark
      if isQuote(kind) { bits |= F.quote }
    }
    return bits
  }

  /// Groups the hits by rule, in text order: a counting sort.
  private mutating func sortHits() {
    perRule.removeAll(keepingCapacity: true)
    perRule.append(contentsOf: repeatElement(0, count: rules.count + 1))
    for h in hits { perRule[Int(h >> 32) + 1] += 1 }
    for r in 1...rules.count { perRule[r] += perRule[r - 1] }
    sortedHits.removeAll(keepingCapacity: true)
    sortedHits.append(contentsOf: repeatElement(0, count: hits.count))
    for h in hits {
      let r = Int(h >> 32)
      sortedHits[Int(perRule[r])] = h
      perRule[r] += 1
    }
  }

  // MARK: windows

  private mutating func runWindows(_ rule: Int, _ range: Range<Int>, _ document: Document, _ view: FactTokens) {
    let reach = Int(tables.bound[rule].reach)
    var i = range.lowerBound
    while i < range.upperBound {
      let token = Int(sortedHits[i] & 0xFFFF_FFFF)
      let sentence = document.sentences[Int(view.sentenceOf[token])]
      let low = max(Int(sentence.start), token - reach)
      var startsEnd = token + 1
      i += 1
      while i < range.upperBound {
        let next = Int(sortedHits[i] & 0xFFFF_FFFF)
        guard next - reach <= startsEnd + 8, next < Int(sentence.end) else { break }
        startsEnd = next + 1
        i += 1
      }
      search(rule, low, startsEnd, Int(sentence.end), document, view)
    }
  }

  /// Finds the matches that begin in `low..<startsEnd`.
  private mutating func search(
    _ rule: Int, _ low: Int, _ startsEnd: Int, _ sentenceEnd: Int, _ document: Document, _ view: FactTokens
  ) {
    let (end, found) = advance(
      rule, low, startsEnd, min(sentenceEnd, startsEnd + CompiledRule.longestMatch), document, view)
    if found { collect(rule, low, startsEnd, end, document, view) }
    for k in 0...(end - low) { active[k] = 0 }
  }

  /// Runs the automaton over the window: records in `fits` which positions fit where, and says whether any match ends.
  ///
  /// Only positions that something leads to are tried, so most windows end after a few tests.
  private mutating func advance(
    _ rule: Int, _ low: Int, _ startsEnd: Int, _ high: Int, _ document: Document, _ view: FactTokens
  ) -> (end: Int, found: Bool) {
    let bound = tables.bound[rule]
    let first = Int(bound.firstPosition)
    while active.count < high - low + 2 {
      active.append(0)
      fits.append(0)
    }
    var furthest = low
    var found = false
    var i = low
    while i < high {
      var bits = active[i - low]
      if i < startsEnd { bits |= bound.entryMask } else if i > furthest { break }
      var fitting: UInt64 = 0
      while bits != 0 {
        let p = bits.trailingZeroBitCount
        bits &= bits - 1
        let length = tables.length(Int(tables.positionElement[first + p]), i, document, view)
        guard length > 0, i + length <= high else { continue }
        fitting |= 1 << UInt64(p)
        let follow = tables.followMask[first + p]
        active[i + length - low] |= follow & ~(1 << 63)
        furthest = max(furthest, i + length)
        if follow >> 63 != 0 { found = true }
      }
      fits[i - low] = fitting
      i += 1
    }
    return (max(i, min(furthest, high)), found)
  }

  /// Walks every match of a window in which `advance` found some.
  private mutating func collect(
    _ rule: Int, _ low: Int, _ startsEnd: Int, _ end: Int, _ document: Document, _ view: FactTokens
  ) {
    let bound = tables.bound[rule]
    let first = Int(bound.firstPosition)
    leads.removeAll(keepingCapacity: true)
    leads.append(contentsOf: repeatElement(0, count: end - low + 1))
    var i = end - 1
    while i >= low {
      var bits = fits[i - low]
      var leading: UInt64 = 0
      while bits != 0 {
        let p = bits.trailingZeroBitCount
        bits &= bits - 1
        let length = tables.length(Int(tables.positionElement[first + p]), i, document, view)
        guard i + length <= end else { continue }
        let follow = tables.followMask[first + p]
        if follow & leads[i + length - low] != 0 || (follow >> 63 != 0 && mayEnd(rule, i + length, document, view)) {
          leading |= 1 << UInt64(p)
        }
      }
      leads[i - low] = leading
      i -= 1
    }
    i = low
    while i < min(startsEnd, end) {
      guard leads[i - low] & bound.entryMask != 0, mayBegin(rule, i, document, view),
        let match = walk(rule, i, low, document, view)
      else {
        i += 1
        continue
      }
      matches.append(match)
      i = max(i + 1, Int(match.claim.end))
    }
  }

  /// Follows the preferred steps from token `start`, where the window's bits say that a match begins.
  private mutating func walk(_ rule: Int, _ start: Int, _ low: Int, _ document: Document, _ view: FactTokens)
    -> RuleMatch?
  {
    let compiled = rules.rules[rule]
    let first = Int(tables.bound[rule].firstPosition)
    captured.removeAll(keepingCapacity: true)
    captured.append(contentsOf: repeatElement(.none, count: 16))
    var at = start
    var list = compiled.entry
    while at - start <= CompiledRule.longestMatch {
      let candidates = at - low < leads.count ? leads[at - low] : 0
      var chosen: UInt8?
      for p in list {
        if p == CompiledRule.accept {
          if mayEnd(rule, at, document, view) { return finish(rule, start, at, compiled) }
        } else if candidates & 1 << UInt64(p) != 0 {
          chosen = p
          break
        }
      }
      guard let chosen else { return nil }
      let position = compiled.positions[Int(chosen)]
      let length = tables.length(Int(tables.positionElement[first + Int(chosen)]), at, document, view)
      guard length > 0 else { return nil }
      if position.captures != 0 { capture(position.captures, at, at + length) }
      at += length
      list = position.follow
    }
    return nil
  }

  private mutating func capture(_ bits: UInt16, _ start: Int, _ end: Int) {
    for c in 0..<16 where bits & 1 << UInt16(c) != 0 {
      captured[c] = captured[c].isNone ? TokenSpan(start, end) : TokenSpan(Int(captured[c].start), end)
    }
  }

  private mutating func finish(_ rule: Int, _ start: Int, _ end: Int, _ compiled: CompiledRule) -> RuleMatch {
    let slots = Int32(slotSpans.count)
    for c in compiled.slotCaptures { slotSpans.append(captured[Int(c)]) }
    let span = TokenSpan(start, end)
    let claim = compiled.slots.isEmpty || slotSpans[Int(slots)].isNone ? span : slotSpans[Int(slots)]
    return RuleMatch(
      rule: Int32(rule), span: span, slots: slots, claim: claim, isFormer: isFilled(compiled.formerCapture),
      isQuoted: isFilled(compiled.quotedCapture))
  }

  private func isFilled(_ capture: UInt8) -> Bool { capture == 254 || (capture < 16 && !captured[Int(capture)].isNone) }

  private func mayBegin(_ rule: Int, _ i: Int, _ document: Document, _ view: FactTokens) -> Bool {
    let compiled = rules.rules[rule]
    guard !compiled.notAfter.isEmpty, i > 0, view.sentenceOf[i - 1] == view.sentenceOf[i] else { return true }
    for e in compiled.notAfter {
      let element = Int(tables.bound[rule].firstElement) + Int(e)
      // Phrases and annotations that end here may have begun some tokens before.
      for back in 1...min(8, i) where tables.length(element, i - back, document, view) == back { return false }
    }
    return true
  }

  private func mayEnd(_ rule: Int, _ i: Int, _ document: Document, _ view: FactTokens) -> Bool {
    let compiled = rules.rules[rule]
    guard !compiled.notBefore.isEmpty, i < view.count, view.sentenceOf[i] >= 0 else { return true }
    for e in compiled.notBefore
    where tables.length(Int(tables.bound[rule].firstElement) + Int(e), i, document, view) > 0 {
      return false
    }
    return true
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

  // MARK: explanation

  /// How far a rule came in a sentence before it failed.
  struct Trace: Sendable {
    var rule: Int
    /// The tokens that fitted, and the token at which the next step did not.
    var fitted: TokenSpan
    var failedAt: Int
    /// Steps that fitted, gaps not counted; and the steps that could have come next.
    var steps: Int
    var expected: [String]
  }

  /// The way of a rule through `sentence` that went furthest and failed; nil when no step fitted, or when all did.
  ///
  /// A slow path for explanations: O(tokens × steps).
  func trace(_ rule: Int, in sentence: TokenSpan, _ document: Document, _ view: FactTokens) -> Trace? {
    let compiled = rules.rules[rule]
    let first = Int(tables.bound[rule].firstPosition)
    let width = compiled.positions.count
    let low = Int(sentence.start)
    let high = min(Int(sentence.end), view.count)
    guard width > 0, low < high else { return nil }
    var steps = [Int](repeating: -1, count: (high - low + 1) * width)
    var begin = [Int](repeating: 0, count: steps.count)
    var best: Trace?
    for i in low..<high {
      for p in compiled.entry where p != CompiledRule.accept {
        let cell = (i - low) * width + Int(p)
        if steps[cell] < 0 {
          steps[cell] = 0
          begin[cell] = i
        }
      }
      for p in 0..<width where steps[(i - low) * width + p] >= 0 {
        let cell = (i - low) * width + p
        let element = compiled.elements[Int(compiled.positions[p].element)]
        let isGap = element.text.hasPrefix("..")
        let length = tables.length(Int(tables.positionElement[first + p]), i, document, view)
        if length > 0, i + length <= high {
          for next in compiled.positions[p].follow {
            if next == CompiledRule.accept { return nil }
            let to = (i + length - low) * width + Int(next)
            let count = steps[cell] + (isGap ? 0 : 1)
            if count > steps[to] {
              steps[to] = count
              begin[to] = begin[cell]
            }
          }
        } else if steps[cell] > 0, !isGap, steps[cell] > (best?.steps ?? 0) {
          best = Trace(
            rule: rule, fitted: TokenSpan(begin[cell], i), failedAt: i, steps: steps[cell], expected: [element.text])
        } else if !isGap, let found = best, found.steps == steps[cell], found.failedAt == i,
          !found.expected.contains(element.text)
        {
          best?.expected.append(element.text)
        }
      }
    }
    return best
  }

  // MARK: competition

  private mutating func compete() {
    guard !matches.isEmpty else { return }
    let bound = rules.bound
    let order = matches.indices.sorted { a, b in
      let x = matches[a]
      let y = matches[b]
      let kx = bound[Int(x.rule)].kind
      let ky = bound[Int(y.rule)].kind
      if kx != ky { return kx < ky }
      let px = bound[Int(x.rule)].priority
      let py = bound[Int(y.rule)].priority
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
      let kind = bound[Int(matches[m].rule)].kind
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
