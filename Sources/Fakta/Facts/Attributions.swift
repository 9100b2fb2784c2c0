/// What a rule says of a cue: who speaks, who is cited, or that nothing is said.
///
///     kata Ketua Karang Taruna, Bogor, Budi Santoso      cue kata, speaker Budi Santoso
///     Hal senada disampaikan Budi Santoso.               cue disampaikan, next Budi Santoso
///     dikutip dari laman Reuters                         cue dikutip dari, outlet Reuters
///
/// Rules of the kind `attribution` say what the order of words decides. How far the content reaches, and for whom a pronoun
/// stands, needs memory and is decided where statements are found (`Statements.swift`).
struct Attribution: Sendable {
  var rule: Int32
  var cue: TokenSpan
  var speaker = TokenSpan.none
  /// Who speaks in the sentences that follow; nothing is said yet.
  var next = TokenSpan.none
  var outlet = TokenSpan.none
  var time = TokenSpan.none
  /// Words where the content begins.
  var content = TokenSpan.none
  /// The words only look like a cue: a rule gives `no-attribution`.
  var isDenied = false
}

extension RuleTables {
  /// Whether a rule says that its cue is none; nil for a rule that says nothing of cues.
  @inline(__always)
  func isDenial(_ rule: Int) -> Bool? {
    switch rows[rule].kind {
    case RuleKinds.attributionNumber: false
    case RuleKinds.noAttributionNumber: true
    default: nil
    }
  }
}

extension FactContext {
  /// Takes over what the matched rules say of cues.
  func readAttributions() {
    attributions.removeAll(keepingCapacity: true)
    let (tables, spans) = (matcher.tables, matcher.slotSpans)
    for match in matcher.matches where match.lostTo < 0 {
      guard let isDenied = tables.isDenial(Int(match.rule)) else { continue }
      var found = Attribution(rule: match.rule, cue: .none, isDenied: isDenied)
      for (i, name) in tables.rules.slots[Int(match.rule)].enumerated() {
        let span = spans[Int(match.slots) + i]
        switch name {
        case .cue: found.cue = span
        case .speaker: found.speaker = span
        case .outlet: found.outlet = span
        case .time: found.time = span
        case .content: found.content = span
        // The only slot that no fact has (`RuleKinds.problems`).
        default: found.next = span
        }
      }
      guard !found.cue.isNone else { continue }
      attributions.append(found)
      addCue(Int(found.cue.start))
    }
    // A denial comes first.
    attributions.sort { ($0.cue.start, $0.isDenied ? 0 : 1) < ($1.cue.start, $1.isDenied ? 0 : 1) }
  }

  /// What a rule says of the cue that begins at `i`.
  func attribution(at i: Int) -> Attribution? {
    let at = firstAttribution(from: i)
    return at < attributions.count && Int(attributions[at].cue.start) == i ? attributions[at] : nil
  }

  /// The number of the first attribution whose cue begins at `i` or later.
  private func firstAttribution(from i: Int) -> Int {
    var (low, high) = (0, attributions.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(attributions[middle].cue.start) < i { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The citation whose outlet closes the words up to `e`, but for a date: `Rina, SEPERTI DIKUTIP REUTERS, Senin, menilai`.
  private func citation(upTo e: Int, low: Int) -> Attribution? {
    guard !attributions.isEmpty else { return nil }
    let at = firstAttribution(from: e + 1) - 1
    guard at >= 0, !attributions[at].outlet.isNone, Int(attributions[at].cue.start) > low,
      Int(attributions[at].outlet.end) <= e + 1,
      (Int(attributions[at].outlet.end)..<e + 1).allSatisfy({ has($0, [.comma, .date, .timePreposition]) })
    else { return nil }
    return attributions[at]
  }

  /// Who speaks before a citation that ends at `e`: `SEORANG SUMBER yang dikutip Reuters mengatakan`, not the outlet; nil where no citation does.
  func beforeCited(upTo e: Int, low: Int) -> TokenSpan? {
    guard let found = citation(upTo: e, low: low) else { return nil }
    var k = Int(found.cue.start)
    let links: WordBits = [.comma, .relative, .preposition, .clause, .connective, .auxiliary]
    while k > low, has(k - 1, links), !has(k - 1, .entity) { k -= 1 }
    if k > low, has(k - 1, .demonstrative), !has(k - 1, .entity),
      let known = namedBefore(describedUpTo: k - 1, low: low, at: e)
    {
      return known
    }
    let phrase = nounPhrase(before: k, low: low)
    guard !phrase.isNone, phrase.start > low || preposition(at: low) == nil else { return nil }
    return mention(in: phrase)
  }

  /// The outlet that something is cited from before the verb at `v`: a medium, or behind `seperti`.
  func outletCited(_ low: Int, _ v: Int) -> TokenSpan {
    let at = firstAttribution(from: low)
    guard at < attributions.count, Int(attributions[at].cue.start) < v, !attributions[at].outlet.isNone,
      Int(attributions[at].outlet.end) <= v
    else { return .none }
    let (start, outlet) = (Int(attributions[at].cue.start), attributions[at].outlet)
    if preposition(at: start)?.sense.isLike == true { return outlet }
    guard text.entityAt[Int(outlet.start)] >= 0 else { return .none }
    let entity = text.entities[Int(text.entityAt[Int(outlet.start)])]
    return isMedia(entity) || isDomain(entity) ? outlet : .none
  }

  /// The outlet that is cited first in the range.
  func citedOutlet(in range: Range<Int>) -> TokenSpan? {
    var at = firstAttribution(from: range.lowerBound)
    while at < attributions.count, Int(attributions[at].cue.start) < range.upperBound {
      if !attributions[at].outlet.isNone { return attributions[at].outlet }
      at += 1
    }
    return nil
  }

  /// The speaker behind the cue at `i`, which ends before `end`: by a rule, else the mention nearest to it.
  func speaker(after end: Int, ofCueAt i: Int, high: Int, _ draft: inout StatementDraft) -> SpeakerSearch {
    if let found = attribution(at: i), !found.speaker.isNone, Int(found.speaker.start) >= end {
      draft.rule = found.rule
      if let known = namedBefore(describedFrom: Int(found.speaker.start), high: high, at: i) { return known }
      let close = Int(found.speaker.end)
      return SpeakerSearch(speaker: found.speaker, end: has(close, .demonstrative) ? close + 1 : close)
    }
    return speaker(after: end, high: high)
  }

  /// The speaker before the cue at `v`: by a rule, else the subject.
  func speaker(beforeCueAt v: Int, low: Int, _ draft: inout StatementDraft) -> TokenSpan {
    if let found = attribution(at: v), !found.speaker.isNone, Int(found.speaker.end) <= v {
      draft.rule = found.rule
      if let known = namedBefore(describedFrom: Int(found.speaker.start), high: v, at: v) { return known.speaker }
      return found.speaker
    }
    return speaker(before: v, low: low)
  }

  /// Adds the statement of an attribution that says where its content begins, and returns where to read on.
  func addAttributed(_ found: Attribution, _ high: Int, _ s: Int) -> Int {
    var draft = StatementDraft(content: .none, cue: found.cue, speaker: found.speaker, outlet: found.outlet)
    draft.time = found.time
    draft.rule = found.rule
    draft.sentence = Int32(s)
    draft.speaker = antecedent(of: draft.speaker, at: Int(found.cue.start))
    let start = Int(found.content.start)
    let end = contentEnd(start, high, &draft)
    draft.content = TokenSpan(start, end)
    addStatement(draft)
    return end
  }

  /// Gives the statements of a sentence that a citation opens their outlet, and makes the sentence one where it holds none: `Dilansir Antara,
  /// Senin (9/11), GEMPA ITU MERUSAK 20 RUMAH`, `GEMPA ITU MERUSAK 20 RUMAH, seperti dilansir Antara`.
  func cite(_ sentence: TokenSpan, statements first: Int, _ s: Int) {
    guard !attributions.isEmpty else { return }
    let low = Int(sentence.start)
    let at = firstAttribution(from: low)
    guard at < attributions.count, !attributions[at].outlet.isNone, Int(attributions[at].cue.start) < Int(sentence.end)
    else { return }
    let found = attributions[at]
    let isOpening = isOpening(Int(found.cue.start), low)
    guard first < statements.count else {
      addCited(found, isOpening: isOpening, low, min(Int(sentence.end), count), s)
      return
    }
    // "Seperti disampaikan Ketua KPK Budi, …": the body of whoever said it.
    guard isOpening, statements[first].cue.start != found.cue.start else { return }
    for i in first..<statements.count where statements[i].outlet.isNone { statements[i].outlet = found.outlet }
  }

  /// Adds what the outlet of `found` is cited for: what stands behind its comma where the citation opens the sentence `low..<high`, else
  /// what stands before a citation that closes it.
  private func addCited(_ found: Attribution, isOpening: Bool, _ low: Int, _ high: Int, _ s: Int) {
    guard cue(at: Int(found.cue.start))?.cue.form == .citation, found.speaker.isNone, found.content.isNone,
      high - low < 2 * Self.reach
    else { return }
    var draft = StatementDraft(content: .none, procedure: .citation)
    (draft.cue, draft.speaker, draft.outlet, draft.time) = (found.cue, found.outlet, found.outlet, found.time)
    (draft.rule, draft.sentence) = (found.rule, Int32(s))
    var k = max(Int(found.outlet.end), Int(found.time.end))
    if isOpening {
      var isBehindComma = false
      while k < high {
        if has(k, .comma) {
          isBehindComma = true
          k += 1
        } else if let date = dateIndex(at: has(k, .timePreposition) ? k + 1 : k),
          has(Int(text.dates[date].span.end), .comma)
        {
          // "Reuters, Senin (9/11), …": when it was said; "Reuters, kini …" is what was said.
          if draft.time.isNone { draft.time = text.dates[date].span }
          k = Int(text.dates[date].span.end)
        } else {
          break
        }
      }
      guard isBehindComma, k < high, text.kind[high - 1] != TokenKind.colon else { return }
      draft.content = TokenSpan(k, high)
    } else {
      var end = Int(found.cue.start)
      let isLike = has(end, [.preposition, .clause, .connective]) || has(end, .relative) && has(end - 1, .preposition)
      guard isLike || has(end - 1, .comma) && !has(end, .relative) else { return }
      while end > low, has(end - 1, [.comma, .relative, .preposition]), !has(end - 1, .entity) { end -= 1 }
      // The outlet and a date close the sentence.
      while k < high, has(k, [.comma, .timePreposition]) { k += 1 }
      if let date = dateIndex(at: k) {
        if draft.time.isNone { draft.time = text.dates[date].span }
        k = Int(text.dates[date].span.end)
      }
      guard end > low, (k..<max(k, high)).allSatisfy({ has($0, .hardMark) }),
        longestMatch(at: low, of: words.backReference) == nil
      else { return }
      draft.content = TokenSpan(low, end)
    }
    guard draft.content.count > 2, states(Int(draft.content.start), Int(draft.content.end), false),
      draft.content.range.allSatisfy({ statementOf[$0] < 0 && quotationOf[$0] < 0 && !has($0, .quote) })
    else { return }
    addStatement(draft)
  }
}
