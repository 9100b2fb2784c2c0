// Windows around the anchors: one forward pass, then the walks of the matches.

extension RuleMatcher {
  /// How many tokens before a match a phrase of the lists is looked for that must not stand there; annotations may be longer.
  private static let longestPhrase = 8

  func runWindows(_ rule: Int, _ range: Range<Int>, _ text: FactText) {
    let reach = Int(tables.rows[rule].reach)
    var i = range.lowerBound
    while i < range.upperBound {
      let token = Int(sortedHits[i] & 0xFFFF_FFFF)
      let sentence = text.sentences[Int(text.sentenceOf[token])]
      let low = max(Int(sentence.start), annotationStart(at: max(0, token - reach), text))
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

  /// Where the annotation begins that holds token `i`, else `i`: a name or date may be longer than a rule's reach reckons with.
  private func annotationStart(at i: Int, _ text: FactText) -> Int {
    var start = i
    let (entity, date, quantity) = (text.entityIn[i], text.dateIn[i], text.quantityIn[i])
    if entity >= 0 { start = min(start, Int(text.entities[Int(entity)].span.start)) }
    if date >= 0 { start = min(start, Int(text.dates[Int(date)].span.start)) }
    if quantity >= 0 { start = min(start, Int(text.quantities[Int(quantity)].span.start)) }
    return max(0, start)
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
    captured.update(repeating: .none, count: CompiledRule.mostCaptures)
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
      precondition(capture < CompiledRule.mostCaptures)
      slotSpans.append(captured[capture])
    }
    let span = TokenSpan(start, end)
    let claim = slots == slotSpans.count || slotSpans[slots].isNone ? span : slotSpans[slots]
    return RuleMatch(
      rule: Int32(rule), span: span, slots: Int32(slots), claim: claim, isFormer: isFilled(row.pointee.formerCapture),
      isQuoted: isFilled(row.pointee.quotedCapture))
  }

  private func isFilled(_ capture: UInt8) -> Bool {
    capture == CompiledRule.always || (capture < CompiledRule.mostCaptures && !captured[Int(capture)].isNone)
  }

  private func mayBegin(_ rule: Int, _ i: Int, _ text: FactText) -> Bool {
    let row = tables.rows + rule
    guard row.pointee.notAfterStart < row.pointee.notAfterEnd, i > 0, text.sentenceOf[i - 1] == text.sentenceOf[i]
    else { return true }
    // Phrases and annotations that end here may have begun some tokens before.
    let annotation = i - annotationStart(at: i - 1, text)
    for e in Int(row.pointee.notAfterStart)..<Int(row.pointee.notAfterEnd) {
      let refusal = Int(tables.refusals[e])
      for back in 1...min(Self.longestPhrase, i) where tables.length(refusal, i - back, text) == back { return false }
      if annotation > Self.longestPhrase, tables.length(refusal, i - annotation, text) == annotation { return false }
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
}
