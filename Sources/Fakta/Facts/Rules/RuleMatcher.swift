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
  @exclusivity(unchecked) private(set) var matches: [RuleMatch] = []
  @exclusivity(unchecked) private(set) var slotSpans: [TokenSpan] = []
  /// What the tokens offer to the steps of rules, beside their classes.
  @exclusivity(unchecked) private(set) var features = TokenColumn<UInt64>.none()
  /// What the sentences offer: their annotations, and where a rule asks, all that their tokens do.
  @exclusivity(unchecked) private var held = TokenColumn<RuleNeed>.none()
  /// A bit per token at which rules may begin to look. The reader of the lists' phrases sets those of `anchorClasses`.
  @exclusivity(unchecked) private(set) var waiting = TokenColumn<UInt64>.none()
  /// Per rule: the sentence that was looked at last, and in bit 0 whether the rule can match there.
  @exclusivity(unchecked) private var states = TokenColumn<Int32>.none()
  /// By sentence: where its last person begins.
  @exclusivity(unchecked) private var lastPerson = TokenColumn<Int32>.none()
  /// Sets of rules: those that wait for a token, and by a trace of the annotations of a sentence those that it can match.
  private let candidates: UnsafeMutablePointer<UInt64>
  private let live: UnsafeMutablePointer<UInt64>
  private let liveKeys: UnsafeMutablePointer<(annotations: UInt64, isOpen: Bool, isOpenToCues: Bool)>
  private static let liveCount = 128
  /// By a trace of classes: the classes, and the set of rules that wait for one of them.
  private let classKeys: UnsafeMutablePointer<ClassSet>
  private let classSets: UnsafeMutablePointer<UInt64>
  private static let classCount = 256
  /// Per rule: the token up to which its steps were found to lead on.
  @exclusivity(unchecked) private var leadsTo = TokenColumn<Int32>.none()
  @exclusivity(unchecked) private var hits: [UInt64] = []
  @exclusivity(unchecked) private var sortedHits: [UInt64] = []
  @exclusivity(unchecked) private var perRule: [Int32] = []
  /// Positions that lead to an end, per token of the window.
  @exclusivity(unchecked) private var leads = TokenColumn<UInt64>.none()
  @exclusivity(unchecked) private var leadsEnd = 0
  /// Positions that something leads to, and that fit, per token of the window; `active` is zero between windows.
  @exclusivity(unchecked) private var active = TokenColumn<UInt64>.none()
  @exclusivity(unchecked) private var fits = TokenColumn<UInt64>.none()
  @exclusivity(unchecked) private var owner: [Int32] = []
  @exclusivity(unchecked) private var ownerKind: [Int32] = []
  private let captured: UnsafeMutablePointer<TokenSpan>
  private static let mostCaptures = 16
  /// What a token offers by kind; another 256 for those with a capital.
  private let offers: UnsafeMutablePointer<UInt64>
  /// When set, only this rule is tried.
  @exclusivity(unchecked) var only: Int?

  private var rules: RuleSet { tables.rules }

  init(tables: RuleTables) {
    self.tables = tables
    candidates = .allocate(capacity: tables.setWords)
    candidates.initialize(repeating: 0, count: tables.setWords)
    captured = .allocate(capacity: Self.mostCaptures)
    captured.initialize(repeating: .none, count: Self.mostCaptures)
    live = .allocate(capacity: Self.liveCount * tables.setWords)
    live.initialize(repeating: 0, count: Self.liveCount * tables.setWords)
    liveKeys = .allocate(capacity: Self.liveCount)
    liveKeys.initialize(repeating: (.max, false, false), count: Self.liveCount)
    classKeys = .allocate(capacity: Self.classCount)
    classKeys.initialize(repeating: ClassSet(), count: Self.classCount)
    classSets = .allocate(capacity: Self.classCount * tables.setWords)
    classSets.initialize(repeating: 0, count: Self.classCount * tables.setWords)
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
    candidates.deallocate()
    live.deallocate()
    captured.deallocate()
    leads.free()
    liveKeys.deallocate()
    classKeys.deallocate()
    classSets.deallocate()
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
    precondition(text.hash.capacity >= count && waiting.capacity > count >> 6)
    let (hashes, waiting) = (text.hash.base, waiting.base)
    var i = 0
    while i < count {
      waiting[i >> 6] |= tables.mayWait(forWords: hashes + i, min(64, count &- i))
      i &+= 64
    }
  }

  private func wait(at i: Int) { waiting[i >> 6] |= 1 << UInt64(i & 63) }

  /// The set of rules that wait for a token by its classes. Few classes are waited for, and the same ones come again.
  @inline(__always)
  private func waitingForClasses(_ set: ClassSet) -> UnsafeMutablePointer<UInt64> {
    let asked = ClassSet(low: set.low & tables.anchor.classes.low, high: set.high & tables.anchor.classes.high)
    let trace = (asked.low ^ asked.high &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
    let slot = Int(truncatingIfNeeded: trace >> 56)
    let sets = classSets + slot &* tables.setWords
    if classKeys[slot] != asked {
      classKeys[slot] = asked
      for w in 0..<tables.setWords { sets[w] = tables.waiting(w, asked) }
    }
    return sets
  }

  /// The set of rules that are tried in the sentence, as far as its annotations say; nil for none.
  private func live(
    _ sentence: Int, _ text: FactText, _ cues: TokenColumn<UInt64>, _ onlyWithCues: Bool
  ) -> UnsafeMutablePointer<UInt64>? {
    let annotations = held[sentence].features & tables.askedAnnotations
    let slot = Int(truncatingIfNeeded: (annotations &* 0x9E37_79B9_7F4A_7C15) >> 57)
    let (key, sets) = (liveKeys + slot, live + slot &* tables.setWords)
    if key.pointee.annotations != annotations {
      key.pointee = (annotations, tables.isOpen(annotations), tables.isOpenToCues(annotations))
      tables.fillLive(annotations, sets)
    }
    if key.pointee.isOpen, !onlyWithCues { return sets }
    guard key.pointee.isOpen || key.pointee.isOpenToCues else { return nil }
    return Self.holds(cues, text.sentences[sentence], text.count) ? sets : nil
  }

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
  private func offer(of i: Int, _ text: FactText) -> UInt64 {
    // All tokens offer this one bit.
    let known = features[i]
    return known & UInt64(RuleAnchors.Feature.any) != 0 ? known : readFeatures(i, text)
  }

  @inline(never)
  private func readFeatures(_ i: Int, _ text: FactText) -> UInt64 {
    let kind = text.kind[i]
    var bits = features[i] | offers[Int(kind) | Int(text.capital[i]) << 8]
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
  private func readTokens(ofSentence sentence: Int, _ text: FactText) -> RuleNeed {
    var sum = held[sentence]
    sum.features |= RuleNeed.shapes | RuleNeed.marks
    let span = text.sentences[sentence]
    let (low, high) = (max(0, Int(span.start)), min(text.count, Int(span.end)))
    precondition(text.classes.capacity >= high && text.hash.capacity >= high)
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

  private func collectHits(_ text: FactText, _ cues: TokenColumn<UInt64>, _ onlyWithCues: Bool) {
    hits.removeAll(keepingCapacity: true)
    states.clear(tables.rules.count, 0)
    leadsTo.clear(tables.rules.count, 0)
    active.growKeeping(CompiledRule.longestMatch + 4)
    let sets = tables.setWords
    var (last, low, end, person) = (-1, 0, 0, -1)
    var live: UnsafeMutablePointer<UInt64>?
    var (word, bits) = (-1, UInt64(0))
    let words = (text.count + 63) >> 6
    while true {
      while bits == 0 {
        word &+= 1
        guard word < words else { return }
        bits = waiting[word]
      }
      let i = word << 6 | bits.trailingZeroBitCount
      bits &= bits &- 1
      let sentence = Int(text.sentenceOf[i])
      guard sentence >= 0 else { continue }
      if sentence != last {
        last = sentence
        live = self.live(sentence, text, cues, onlyWithCues)
        low = max(Int(text.sentences[sentence].start), 0)
        end = min(Int(text.sentences[sentence].end), text.count)
        person = Int(lastPerson[sentence])
      }
      guard let live else { continue }
      let (set, offered) = (text.classes[i], offer(of: i, text))
      tables.addWaiting(i, offered, text, candidates)
      let waitingFor = waitingForClasses(set)
      var next = -1
      for w in 0..<sets {
        var rules = (candidates[w] | waitingFor[w] | tables.waiting(w, offered)) & live[w]
        candidates[w] = 0
        if i >= person { rules &= ~tables.personBehind[w] }
        if rules == 0 { continue }
        if next < 0 { next = behind(i, offered, text) }
        if next < end {
          rules = goingOn(rules, w, text.entityAt[i] >= 0, text.classes[next], offer(of: next, text))
        } else if next == .max {
          rules = goingOnBehindPhrases(rules, w, i, end, text)
        }
        while rules != 0 {
          let rule = w << 6 | rules.trailingZeroBitCount
          rules &= rules &- 1
          if mayMatch(rule, sentence, text), leadsBack(rule, i, low, text), leadsOn(rule, i, end, text) {
            hits.append(UInt64(UInt32(truncatingIfNeeded: rule)) << 32 | UInt64(UInt32(truncatingIfNeeded: i)))
          }
        }
      }
    }
  }

  /// The token behind all that begins at `i`, where that is one token or a name; else one beyond all texts.
  @inline(__always)
  private func behind(_ i: Int, _ offered: UInt64, _ text: FactText) -> Int {
    if text.entityAt[i] >= 0 { return Int(text.entities[Int(text.entityAt[i])].span.end) }
    let range = text.matchRange(at: i)
    let isSingle =
      offered & RuleNeed.annotations == 0
      && (range.isEmpty || Int(text.matches[range.upperBound &- 1].end) <= i &+ 1)
    return isSingle ? i &+ 1 : .max
  }

  /// The rules of a set whose steps behind the anchor can begin with a token: most anchors stand where nothing goes on, and
  /// are passed over here.
  ///
  /// - Parameter isName: Whether the anchor is a name; rules with other anchors may then see something shorter in it.
  @inline(__always)
  private func goingOn(_ rules: UInt64, _ w: Int, _ isName: Bool, _ set: ClassSet, _ offer: UInt64) -> UInt64 {
    var left = isName ? rules & tables.namesOnly[w] : rules
    var found = rules & ~left
    let needs = tables.behindAnchor + w << 6
    while left != 0 {
      let rule = left.trailingZeroBitCount
      left &= left &- 1
      found |= (needs[rule].meets(set, offer) ? 1 : 0) &<< UInt64(truncatingIfNeeded: rule)
    }
    return found
  }

  /// The same where several phrases or annotations begin at `i`: rules whose steps can begin behind one of them.
  @inline(never)
  private func goingOnBehindPhrases(_ rules: UInt64, _ w: Int, _ i: Int, _ end: Int, _ text: FactText) -> UInt64 {
    var found: UInt64 = 0
    func look(at next: Int) {
      guard next < end else {
        found = rules
        return
      }
      found |= goingOn(rules & ~found, w, false, text.classes[next], offer(of: next, text))
    }
    look(at: i + 1)
    for m in text.matchRange(at: i) where Int(text.matches[m].end) > i + 1 { look(at: Int(text.matches[m].end)) }
    if text.dateAt[i] >= 0 { look(at: Int(text.dates[Int(text.dateAt[i])].span.end)) }
    if text.quantityAt[i] >= 0 { look(at: Int(text.quantities[Int(text.quantityAt[i])].span.end)) }
    if text.numberAt[i] >= 0 { look(at: Int(text.numbers[Int(text.numberAt[i])].span.end)) }
    return found
  }

  /// Whether the rule can match in the sentence; found once.
  @inline(__always)
  private func mayMatch(_ rule: Int, _ sentence: Int, _ text: FactText) -> Bool {
    if let only, only != rule { return false }
    let place = Int32(truncatingIfNeeded: (sentence + 1) << 1)
    var state = states[rule]
    if state & ~1 != place {
      state = place | (canMatch(rule, sentence, text) ? 1 : 0)
      states[rule] = state
    }
    return state & 1 != 0
  }

  private func canMatch(_ rule: Int, _ sentence: Int, _ text: FactText) -> Bool {
    let row = tables.rows + rule
    var offered = held[sentence]
    for cut in Int(row.pointee.cutStart)..<Int(row.pointee.cutEnd) where !tables.cuts[cut].meets(offered) {
      guard !tables.cuts[cut].isAnnotation, offered.features & UInt64(RuleAnchors.Feature.any) == 0 else {
        return false
      }
      offered = readTokens(ofSentence: sentence, text)
      guard tables.cuts[cut].meets(offered) else { return false }
    }
    return true
  }

  /// How many tokens before an anchor are asked whether a match can lead over them.
  private static let farthestBack = 8

  /// Whether the tokens before the anchor at `i` can belong to a match that goes through it: where many anchors stand, as at
  /// every name, the token before says that none does. Decided by sketches, and only where phrases are single tokens.
  private func leadsBack(_ rule: Int, _ i: Int, _ low: Int, _ text: FactText) -> Bool {
    let row = tables.rows + rule
    guard row.pointee.reach > 0 else { return true }
    let first = Int(row.pointee.firstPosition)
    let (steps, preceding) = (RuleSteps(tables, first), tables.preceding + first)
    var bits = steps.possible(row.pointee.anchorMask, RuleNeed.sketch(text.classes[i], offer(of: i, text)))
    var at = i
    while bits & row.pointee.entryMask == 0 {
      var before: UInt64 = 0
      while bits != 0 {
        before |= preceding[bits.trailingZeroBitCount]
        bits &= bits &- 1
      }
      guard before != 0, at > low else { return false }
      at &-= 1
      if i &- at > Self.farthestBack || text.continues(at) { return true }
      bits = steps.possible(before, RuleNeed.sketch(text.classes[at], offer(of: at, text)))
    }
    return true
  }

  /// How far the steps behind an anchor are followed before a window is opened all the same.
  private static let farthestLead = 16

  /// Whether the steps of the rule lead from the anchor at `i` to an end, as far as its next tokens show: most anchors stand
  /// where they match nothing, and a few tests behind them say so.
  private func leadsOn(_ rule: Int, _ i: Int, _ sentenceEnd: Int, _ text: FactText) -> Bool {
    // Where an earlier anchor led as far as here, the window is searched anyway.
    if Int(leadsTo[rule]) > i { return true }
    let row = tables.rows + rule
    let first = Int(row.pointee.firstPosition)
    let high = min(sentenceEnd, i + 1 + CompiledRule.longestMatch)
    // The loop lies within the text.
    precondition(i >= 0 && high <= text.count && active.capacity > CompiledRule.longestMatch + 2)
    let active = active.base
    let steps = RuleSteps(tables, first)
    var furthest = i
    var leads = false
    active[0] = row.pointee.anchorMask
    var at = i
    while at <= furthest, at < high, !leads {
      let bits = active[at &- i]
      active[at &- i] = 0
      if bits != 0, at &- i >= Self.farthestLead {
        leadsTo[rule] = Int32(truncatingIfNeeded: at)
        leads = true
      } else {
        leads = go(on: steps, bits, at, from: i, high, text, endsAtOnce: true, &furthest).ends
      }
      at &+= 1
    }
    if at <= furthest { (active + (at &- i)).update(repeating: 0, count: furthest &- at &+ 1) }
    return leads
  }

  /// The columns of one rule's positions as plain pointers, and the steps of all.
  private struct RuleSteps {
    let positions: UnsafeMutablePointer<RuleTables.Position>
    let steps: UnsafeMutablePointer<RuleTables.Step>
    let sketches: UnsafeMutablePointer<UInt64>

    @inline(__always)
    init(_ tables: RuleTables, _ first: Int) {
      positions = tables.positions + first
      steps = tables.steps
      sketches = tables.sketches + first
    }

    /// Those of the positions `bits` that a token may fit by its sketch. Asked of all at once, without a branch: nearly all
    /// cannot, and which of them can nobody foresees.
    @inline(__always)
    func possible(_ bits: UInt64, _ sketch: UInt64) -> UInt64 {
      var left = bits
      var found: UInt64 = 0
      while left != 0 {
        let p = left.trailingZeroBitCount
        left &= left &- 1
        found |= (sketches[p] & sketch != 0 ? 1 : 0) &<< UInt64(truncatingIfNeeded: p)
      }
      return found
    }
  }

  /// Tries the positions `bits`, to which something leads, at token `i` of a window: marks in `active` those that may follow
  /// each one that fits, where the token behind could fit one of them.
  ///
  /// - Parameters:
  ///   - low: Where the window, and with it `active`, begins.
  ///   - endsAtOnce: Whether nothing more is asked for once a match may end.
  ///   - furthest: Becomes the last token of which a position is marked.
  /// - Returns: The positions that fit, and whether a match may end behind one.
  @inline(__always)
  private func go(
    on rule: RuleSteps, _ bits: UInt64, _ i: Int, from low: Int, _ high: Int, _ text: FactText, endsAtOnce: Bool,
    _ furthest: inout Int
  ) -> (fitting: UInt64, ends: Bool) {
    let (classes, active) = (text.classes.base, active.base)
    let (set, offer) = (classes[i], offer(of: i, text))
    var bits = rule.possible(bits, RuleNeed.sketch(set, offer))
    var fitting: UInt64 = 0
    var ends = false
    while bits != 0 {
      let position = rule.positions + bits.trailingZeroBitCount
      let element = Int(position.pointee.element)
      var alike = position.pointee.alike & bits
      bits &= ~alike
      guard rule.steps[element].need.meets(set, offer) else { continue }
      let length = tables.length(element, i, set, offer, text)
      guard length > 0, i &+ length <= high else { continue }
      fitting |= alike
      let next = i &+ length
      let (nextSet, nextOffer) = next < high ? (classes[next], self.offer(of: next, text)) : (ClassSet(), 0)
      var follow: UInt64 = 0
      while alike != 0 {
        let position = rule.positions + alike.trailingZeroBitCount
        alike &= alike &- 1
        // Else nothing that may follow fits what follows.
        if position.pointee.follow >> 63 != 0 || position.pointee.next.meets(nextSet, nextOffer) {
          follow |= position.pointee.follow
        }
      }
      if follow >> 63 != 0 {
        ends = true
        if endsAtOnce { break }
      }
      if follow != 0 {
        active[next &- low] |= follow & ~(1 << 63)
        furthest = max(furthest, next)
      }
    }
    return (fitting, ends)
  }

  /// Groups the hits by rule, in text order: a counting sort.
  private func sortHits() {
    let count = tables.rules.count
    perRule.removeAll(keepingCapacity: true)
    perRule.append(contentsOf: repeatElement(0, count: count + 1))
    sortedHits.removeAll(keepingCapacity: true)
    sortedHits.append(contentsOf: repeatElement(0, count: hits.count))
    perRule.withUnsafeMutableBufferPointer { perRule in
      sortedHits.withUnsafeMutableBufferPointer { sorted in
        for h in hits { perRule[Int(h >> 32) + 1] += 1 }
        for r in 1...count { perRule[r] += perRule[r - 1] }
        for h in hits {
          let r = Int(h >> 32)
          sorted[Int(perRule[r])] = h
          perRule[r] += 1
        }
      }
    }
  }

  // MARK: windows

  private func runWindows(_ rule: Int, _ range: Range<Int>, _ text: FactText) {
    let reach = Int(tables.rows[rule].reach)
    var i = range.lowerBound
    while i < range.upperBound {
      let token = Int(sortedHits[i] & 0xFFFF_FFFF)
      let sentence = text.sentences[Int(text.sentenceOf[token])]
      let low = max(Int(sentence.start), token - reach)
      var startsEnd = token + 1
      i += 1
      while i < range.upperBound {
        let next = Int(sortedHits[i] & 0xFFFF_FFFF)
        guard next - reach <= startsEnd + 8, next < Int(sentence.end) else { break }
        startsEnd = next + 1
        i += 1
      }
      search(rule, low, startsEnd, Int(sentence.end), text)
    }
  }

  /// Finds the matches that begin in `low..<startsEnd`.
  private func search(_ rule: Int, _ low: Int, _ startsEnd: Int, _ sentenceEnd: Int, _ text: FactText) {
    // Nothing before the first token that can begin a match matters.
    let row = tables.rows + rule
    let last = min(startsEnd, text.count)
    let first = beginning(row, low, last, text)
    guard first < last else { return }
    let (end, found, furthest) = advance(
      row, first, startsEnd, min(sentenceEnd, startsEnd + CompiledRule.longestMatch, text.count), text)
    if found { collect(rule, first, startsEnd, end, text) }
    active.base.update(repeating: 0, count: furthest - first + 1)
  }

  /// The first token in `i..<high` at which a match of the rule may begin; `high` when there is none.
  @inline(__always)
  private func beginning(
    _ row: UnsafeMutablePointer<RuleTables.Row>, _ i: Int, _ high: Int, _ text: FactText
  ) -> Int {
    let start = row.pointee.start
    var i = i
    while i < high, !start.meets(text.classes[i], offer(of: i, text)) { i &+= 1 }
    return i
  }

  /// Runs the automaton over the window: records in `fits` which positions fit where, and says whether any match ends.
  ///
  /// Only positions that something leads to are tried, so most windows end after a few tests.
  private func advance(
    _ row: UnsafeMutablePointer<RuleTables.Row>, _ low: Int, _ startsEnd: Int, _ high: Int, _ text: FactText
  ) -> (end: Int, found: Bool, furthest: Int) {
    let first = Int(row.pointee.firstPosition)
    let steps = RuleSteps(tables, first)
    active.growKeeping(high - low + 2)
    fits.growKeeping(high - low + 2)
    // Plain pointers for the loop over the window, which lies within the text.
    precondition(low >= 0 && high <= text.count)
    let (active, fits) = (active.base, fits.base)
    let (start, entry) = (row.pointee.start, row.pointee.entryMask)
    var furthest = low
    var found = false
    var i = low
    while i < high {
      if i > furthest {
        // Nothing leads on from here: the next beginning, if there is one.
        let next = beginning(row, i, min(startsEnd, high), text)
        (fits + (i &- low)).update(repeating: 0, count: max(0, next &- i))
        i = max(i, next)
        if i >= startsEnd || i >= high { break }
      }
      var bits = active[i &- low]
      if i < startsEnd, start.meets(text.classes[i], offer(of: i, text)) { bits |= entry }
      let step = go(on: steps, bits, i, from: low, high, text, endsAtOnce: false, &furthest)
      found = found || step.ends
      fits[i &- low] = step.fitting
      i &+= 1
    }
    return (max(i, min(furthest, high)), found, furthest)
  }

  /// Walks every match of a window in which `advance` found some.
  private func collect(
    _ rule: Int, _ low: Int, _ startsEnd: Int, _ end: Int, _ text: FactText
  ) {
    let row = tables.rows + rule
    let first = Int(row.pointee.firstPosition)
    leadsEnd = end - low + 1
    leads.clear(leadsEnd, 0)
    var i = end - 1
    while i >= low {
      var bits = fits[i - low]
      var leading: UInt64 = 0
      while bits != 0 {
        let position = tables.positions + (first + bits.trailingZeroBitCount)
        let element = Int(position.pointee.element)
        var alike = position.pointee.alike & bits
        bits &= ~alike
        let length = tables.length(element, i, text.classes[i], offer(of: i, text), text)
        guard i + length <= end else { continue }
        let behind = leads[i + length - low]
        while alike != 0 {
          let q = alike.trailingZeroBitCount
          alike &= alike - 1
          let follow = tables.positions[first + q].follow
          if follow & behind != 0 || (follow >> 63 != 0 && mayEnd(rule, i + length, text)) {
            leading |= 1 << UInt64(q)
          }
        }
      }
      leads[i - low] = leading
      i -= 1
    }
    i = low
    while i < min(startsEnd, end) {
      guard leads[i - low] & row.pointee.entryMask != 0, mayBegin(rule, i, text),
        let match = walk(rule, i, low, text)
      else {
        i += 1
        continue
      }
      matches.append(match)
      i = max(i + 1, Int(match.claim.end))
    }
  }

  /// Follows the preferred steps from token `start`, where the window's bits say that a match begins.
  private func walk(_ rule: Int, _ start: Int, _ low: Int, _ text: FactText)
    -> RuleMatch?
  {
    let row = tables.rows + rule
    let first = Int(row.pointee.firstPosition)
    captured.update(repeating: .none, count: Self.mostCaptures)
    var at = start
    var list = (start: row.pointee.entryStart, end: row.pointee.entryEnd)
    while at - start <= CompiledRule.longestMatch {
      let candidates = at - low < leadsEnd ? leads[at - low] : 0
      var chosen: UInt8?
      for s in Int(list.start)..<Int(list.end) {
        let p = tables.preferences[s]
        if p == CompiledRule.accept {
          if mayEnd(rule, at, text) { return finish(rule, start, at) }
        } else if candidates & 1 << UInt64(p) != 0 {
          chosen = p
          break
        }
      }
      guard let chosen else { return nil }
      let position = first + Int(chosen)
      let (element, captures) = (tables.positions[position].element, tables.positions[position].captures)
      let length = tables.length(Int(element), at, text.classes[at], offer(of: at, text), text)
      guard length > 0 else { return nil }
      if captures != 0 { capture(captures, at, at + length) }
      at += length
      list = tables.followRuns[position]
    }
    return nil
  }

  private func capture(_ bits: UInt16, _ start: Int, _ end: Int) {
    var left = bits
    while left != 0 {
      let c = left.trailingZeroBitCount
      left &= left &- 1
      captured[c] = captured[c].isNone ? TokenSpan(start, end) : TokenSpan(Int(captured[c].start), end)
    }
  }

  private func finish(_ rule: Int, _ start: Int, _ end: Int) -> RuleMatch {
    let row = tables.rows + rule
    let slots = slotSpans.count
    for s in Int(row.pointee.slotStart)..<Int(row.pointee.slotEnd) {
      let capture = Int(tables.slotCaptures[s])
      precondition(capture < Self.mostCaptures)
      slotSpans.append(captured[capture])
    }
    let span = TokenSpan(start, end)
    let claim = slots == slotSpans.count || slotSpans[slots].isNone ? span : slotSpans[slots]
    return RuleMatch(
      rule: Int32(rule), span: span, slots: Int32(slots), claim: claim, isFormer: isFilled(row.pointee.formerCapture),
      isQuoted: isFilled(row.pointee.quotedCapture))
  }

  private func isFilled(_ capture: UInt8) -> Bool { capture == 254 || (capture < 16 && !captured[Int(capture)].isNone) }

  private func mayBegin(_ rule: Int, _ i: Int, _ text: FactText) -> Bool {
    let row = tables.rows + rule
    guard row.pointee.notAfterStart < row.pointee.notAfterEnd, i > 0, text.sentenceOf[i - 1] == text.sentenceOf[i]
    else { return true }
    for e in Int(row.pointee.notAfterStart)..<Int(row.pointee.notAfterEnd) {
      // Phrases and annotations that end here may have begun some tokens before.
      for back in 1...min(8, i) where tables.length(Int(tables.refusals[e]), i - back, text) == back { return false }
    }
    return true
  }

  private func mayEnd(_ rule: Int, _ i: Int, _ text: FactText) -> Bool {
    let row = tables.rows + rule
    guard row.pointee.notAfterEnd < row.pointee.notBeforeEnd, i < text.count, text.sentenceOf[i] >= 0 else {
      return true
    }
    for e in Int(row.pointee.notAfterEnd)..<Int(row.pointee.notBeforeEnd)
    where tables.length(Int(tables.refusals[e]), i, text) > 0 {
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
  func trace(_ rule: Int, in sentence: TokenSpan, _ text: FactText) -> Trace? {
    let compiled = rules.rules[rule]
    let first = Int(tables.rows[rule].firstPosition)
    let width = compiled.positions.count
    let low = Int(sentence.start)
    let high = min(Int(sentence.end), text.count)
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
        let length = tables.length(Int(tables.positions[first + p].element), i, text)
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
