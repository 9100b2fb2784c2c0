// Where rules begin to look: the tokens they wait for, and which of these can lead to a match.

extension RuleMatcher {
  /// The set of rules that wait for a token by what it offers, its word aside. Little is waited for, and the same comes again.
  @inline(__always)
  private func waiting(for set: ClassSet, _ offered: UInt64) -> UnsafeMutablePointer<UInt64> {
    var asked = tables.anchor
    asked.classes.low &= set.low
    asked.classes.high &= set.high
    asked.features &= offered & 0xFFFF_FFFF
    let mixed = asked.classes.low ^ asked.classes.high &* 0x9E37_79B9_7F4A_7C15 ^ asked.features << 32
    let slot = Int(truncatingIfNeeded: (mixed &* 0xD6E8_FEB8_6659_FD93) >> 56)
    let sets = waitingSets + slot &* tables.setWords
    if waitingKeys[slot] != asked {
      waitingKeys[slot] = asked
      for w in 0..<tables.setWords { sets[w] = tables.waiting(w, for: asked) }
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

  func collectHits(_ text: FactText, _ cues: TokenColumn<UInt64>, _ onlyWithCues: Bool) {
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
      let (own, waitingFor) = (tables.waiting(forWordAt: i, offered, text), waiting(for: set, offered))
      var next = -1
      for w in 0..<sets {
        var rules = (own[w] | waitingFor[w]) & live[w]
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
    precondition(i >= 0 && high <= text.count && active.limit > CompiledRule.longestMatch + 2)
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
  struct RuleSteps {
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
  func go(
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
  func sortHits() {
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
}
