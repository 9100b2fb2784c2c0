/// Statements without quotation marks.
extension FactContext {
  /// Adds the statement that the cue at `i` introduces, and returns where to read on.
  mutating func addIndirect(
    _ i: Int, _ cue: FactWords.SpeechCue, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int, _ document: Document
  ) -> Int {
    switch cue.form {
    case .verb, .modal: return addVerb(i, cue, cueEnd, low, high, s, document)
    case .according: return addAccording(i, cueEnd, low, high, s, document)
    case .noun, .suffixed: return addTrailing(i, cue, cueEnd, low, high, s, document)
    case .passive: return addPassive(i, cueEnd, low, high, s, document)
    case .citation: return addCitation(i, cueEnd, low, high, s, document)
    case .source, .setting, .never: return cueEnd
    }
  }

  /// `Budi mengatakan (kepada wartawan) (bahwa) …`
  private mutating func addVerb(
    _ i: Int, _ cue: FactWords.SpeechCue, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int, _ document: Document
  ) -> Int {
    guard !isNegated(i, low), !has(i - 1, [.preposition, .purpose]) || has(i - 1, .entity) else { return cueEnd }
    var draft = StatementDraft(content: .none, procedure: .indirectVerb)
    draft.sentence = Int32(s)
    draft.cue = TokenSpan(i, cueEnd)
    if let end = addBackReference(i, cueEnd, low, high, s, document) { return end }
    let start = contentStart(cueEnd, high, &draft, document)
    guard start < high, !has(start, .quote) else { return cueEnd }
    let end = contentEnd(start, high, &draft, document)
    guard end - start >= 2, !(end - start == 2 && has(end - 1, .hardMark)) else { return cueEnd }
    let isSure = start > cueEnd && has(start - 1, [.clause, .comma])
    guard isSure || states(start, end, cue.form == .modal, document) else { return cueEnd }
    let clauseLow = clauseStart(of: i, low)
    draft.speaker = speaker(before: i, low: clauseLow, document)
    if draft.speaker.isNone, clauseLow > low, has(clauseLow - 1, .and) {
      draft.speaker = statements.last?.speaker ?? .none
    }
    if pointsBack(draft.speaker, document) { draft.speaker = referent(at: i, document) }
    guard !draft.speaker.isNone else { return cueEnd }
    draft.content = TokenSpan(start, end)
    if draft.time.isNone { draft.time = settingDate(low, i, document) }
    addStatement(draft, document)
    return end
  }

  /// The token behind the last quotation mark before `i`: attributions do not reach over it.
  func clauseStart(of i: Int, _ low: Int) -> Int {
    var k = i - 1
    while k >= low {
      if has(k, .quote) { return k + 1 }
      k -= 1
    }
    return low
  }

  /// A date before the verb of saying that belongs to no other verb: `Kemarin, Hollande menyatakan`.
  private func settingDate(_ low: Int, _ v: Int, _ document: Document) -> TokenSpan {
    var best = TokenSpan.none
    var k = low
    while k < v {
      if isVerb(k) { best = .none }
      if view.dateAt[k] >= 0 {
        let date = document.dates[Int(view.dateAt[k])]
        if date.kind == .date || date.kind == .time, best.isNone || date.span.count > best.count { best = date.span }
        k = Int(date.span.end)
        continue
      }
      k += 1
    }
    return best
  }

  /// `Budi mengatakan hal itu dalam jumpa pers, Senin (9/11)`: the sentence before is what was said.
  private mutating func addBackReference(
    _ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int, _ document: Document
  ) -> Int? {
    guard let match = document.longestMatch(at: cueEnd, of: words.backReference, in: words.lexicon) else { return nil }
    let speaker = speaker(before: i, low: clauseStart(of: i, low), document)
    let who = pointsBack(speaker, document) ? referent(at: i, document) : speaker
    guard !who.isNone, addPrevious(TokenSpan(i, cueEnd), who, Int(match.end), high, s, document) else { return cueEnd }
    return high
  }

  /// Adds the sentence before `s` as the content of a statement, when it is none yet; else notes who speaks next.
  private mutating func addPrevious(
    _ cue: TokenSpan, _ speaker: TokenSpan, _ tail: Int, _ high: Int, _ s: Int, _ document: Document
  ) -> Bool {
    introduced = (speaker, Int32(s))
    guard s > 0, !followsQuotation(high, document) else { return false }
    let previous = document.sentences[s - 1]
    let p = Int(previous.start)
    guard view.sentenceOf[p] >= 0, statementOf[p] < 0, statementOf[max(p, Int(previous.end) - 2)] < 0, !has(p, .quote),
      !isDateline(s - 1, document)
    else { return false }
    var draft = StatementDraft(content: previous, cue: cue, speaker: speaker, procedure: .indirectPassive)
    draft.sentence = Int32(s)
    readTail(tail, high, &draft, document)
    addStatement(draft, document)
    return true
  }

  func isDateline(_ s: Int, _ document: Document) -> Bool {
    s >= 0 && s < view.isDateline.count && view.isDateline[s]
  }

  /// Where the content begins: behind `bahwa`, else behind settings, dates and a comma.
  private func contentStart(_ s: Int, _ high: Int, _ draft: inout StatementDraft, _ document: Document) -> Int {
    // `bahwa` within the clause decides.
    var k = s
    var date = TokenSpan.none
    while k < high, k - s < 24, !has(k, [.quote]),
      !(has(k, .hardMark) && document.tokens.kind[k] != TokenKind.openParen
        && document.tokens.kind[k] != TokenKind.closeParen)
    {
      if view.dateAt[k] >= 0 {
        date = document.dates[Int(view.dateAt[k])].span
        k = Int(date.end)
        continue
      }
      if isContentWord(k, document) {
        draft.time = date
        return k + 1
      }
      if isVerb(k), !has(k - 1, .relative) { break }
      k += 1
    }
    var i = s
    while i < high {
      if has(i, .comma) { return i + 1 }
      if view.classes[i].intersects(words.opener) { return i + 1 }
      if let found = words.cue(at: i, document, view), found.cue.form == .setting {
        i = found.end
        continue
      }
      if view.dateAt[i] >= 0, i == s || has(i - 1, [.timePreposition]) {
        // A date directly behind the cue, before the content.
        let end = Int(document.dates[Int(view.dateAt[i])].span.end)
        if has(end, .comma) {
          draft.time = document.dates[Int(view.dateAt[i])].span
          return end + 1
        }
        return i
      }
      if has(i, .adverb), i == s, !has(i, .entity), !has(i, .negation) {
        i += 1
        continue
      }
      if let found = words.preposition(at: i, document, view), i == s, let comma = commaSoon(found.end, high, document)
      {
        return comma + 1
      }
      return i
    }
    return i
  }

  /// Words that open the content: `bahwa`, `agar`, `jika`; the first one also after a setting.
  private func isContentWord(_ k: Int, _ document: Document) -> Bool {
    guard view.classes[k].intersects(words.contentWord), has(k, .clause), !has(k, [.relative, .copula]) else {
      return false
    }
    return true
  }

  /// A comma within a short prepositional phrase without a verb.
  private func commaSoon(_ s: Int, _ high: Int, _ document: Document) -> Int? {
    var k = s
    while k < high, k - s < 14 {
      if has(k, .comma) { return k }
      if isVerb(k) || has(k, [.quote, .relative, .clause]) { return nil }
      k += 1
    }
    return nil
  }

  /// Where the content ends: the sentence, less a citation or attribution behind a comma.
  private func contentEnd(_ s: Int, _ high: Int, _ draft: inout StatementDraft, _ document: Document) -> Int {
    var k = s + 1
    while k < high {
      if has(k - 1, .comma), let found = words.cue(at: k, document, view),
        found.cue.form == .citation || found.cue.form == .noun || found.cue.form == .suffixed
      {
        readOutlet(k, high, &draft, document)
        return k - 1
      }
      if let found = words.cue(at: k, document, view), found.cue.form == .citation, found.end - k >= 2,
        has(k, [.preposition, .clause, .connective])
      {
        readOutlet(k, high, &draft, document)
        return k
      }
      k += 1
    }
    // ", Senin (9/11)." at the very end is the date of the statement.
    var e = high
    while e > s, has(e - 1, .hardMark), document.tokens.kind[e - 1] != TokenKind.closeParen { e -= 1 }
    if e > s, view.dateIn[e - 1] >= 0 {
      let date = document.dates[Int(view.dateIn[e - 1])]
      let start = Int(date.span.start)
      if start - 1 > s, has(start - 1, .comma), draft.time.isNone, date.kind == .date || date.kind == .time,
        !hasDateBefore(start - 1, document)
      {
        draft.time = date.span
        return start - 1
      }
    }
    return high
  }

  private func hasDateBefore(_ i: Int, _ document: Document) -> Bool { i > 0 && view.dateIn[i - 1] >= 0 }

  private func readOutlet(_ s: Int, _ high: Int, _ draft: inout StatementDraft, _ document: Document) {
    var i = s
    while i < high {
      if view.entityAt[i] >= 0 {
        let entity = document.entities[Int(view.entityAt[i])]
        if entity.label == .organization, draft.outlet.isNone { draft.outlet = entity.span }
      }
      if view.dateAt[i] >= 0, draft.time.isNone { draft.time = document.dates[Int(view.dateAt[i])].span }
      i += 1
    }
  }

  /// Whether the words say something: a predicate, not just an object (`menjelaskan motif pelaku`).
  private func states(_ s: Int, _ e: Int, _ isModal: Bool, _ document: Document) -> Bool {
    for k in s..<e {
      if has(k, [.entity, .date, .quantity]) { continue }
      if isVerb(k), !has(k - 1, .purpose), k == s || relative(before: k, low: s) == nil { return true }
      if has(k, [.copula, .negation, .auxiliary]), k == s || relative(before: k + 1, low: s) == nil { return true }
      if has(k, .adjective), isModal || k > s { return true }
      if k > s, view.classes[k].intersects(words.degree), k + 1 < e,
        at(k + 1).isDisjoint(with: [.preposition, .hardMark])
      {
        return true
      }
      if k > s, has(k, .demonstrative), k + 1 < e, at(k + 1).isDisjoint(with: [.preposition, .hardMark, .comma, .date])
      {
        return true
      }
    }
    return false
  }

  /// `Menurut X, …` or `…, menurut X`.
  private mutating func addAccording(_ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int, _ document: Document)
    -> Int
  {
    var draft = StatementDraft(content: .none, cue: TokenSpan(i, cueEnd), procedure: .indirectAccording)
    draft.sentence = Int32(s)
    let isWithPerson = has(cueEnd - 1, .thirdPerson) || isSuffixed(cueEnd - 1, document)
    var after = cueEnd
    if isWithPerson {
      if cueEnd - i > 1 { draft.cue = TokenSpan(i, cueEnd - 1) }
      draft.speaker = referent(at: i, document)
    } else {
      let search = speaker(after: cueEnd, high: high, document)
      after = search.end
      draft.speaker = pointsBack(search.speaker, document) ? referent(at: i, document) : search.speaker
      guard isSpeaker(search.speaker, document) else { return cueEnd }
    }
    if words.isStill(at: i, document), cueEnd - i > 1 { draft.cue = TokenSpan(cueEnd - 1, cueEnd) }
    // Skip an apposition or setting up to the comma.
    var start = after
    if !has(start, .comma), let comma = commaSoon(start, high, document) { start = comma }
    if has(start, .comma) { start += 1 }
    let tail = high - start
    let isEnd = start >= high || tail <= 1 || has(start, .hardMark)
    if isEnd {
      draft.content = TokenSpan(low, i)
      readOutlet(after, high, &draft, document)
    } else {
      let end = contentEnd(start, high, &draft, document)
      draft.content = TokenSpan(start, end)
    }
    let end = Int(draft.content.end)
    addStatement(draft, document)
    return isEnd ? high : end
  }

  /// `menurutnya`: the cue itself points back.
  private func isSuffixed(_ i: Int, _ document: Document) -> Bool { view.classes[i].intersects(words.suffixedCue) }

  /// Whether a phrase can speak: a person, a body, a country, or people by a noun that the lists know as such.
  private func isSpeaker(_ span: TokenSpan, _ document: Document) -> Bool {
    guard !span.isNone else { return false }
    if has(Int(span.start), [.entity, .thirdPerson]) { return true }
    if span.range.contains(where: {
      view.entityAt[$0] >= 0 && document.entities[Int(view.entityAt[$0])].label != .location
    }) {
      return true
    }
    return span.range.contains { view.classes[$0].intersects(words.people) }
  }

  /// `…, kata Budi` outside quotation marks.
  private mutating func addTrailing(
    _ i: Int, _ cue: FactWords.SpeechCue, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int, _ document: Document
  ) -> Int {
    if cue.form == .noun, i > low, has(i - 1, .thirdPerson), pointsToBefore(low, i - 1, document) {
      // "Hal tersebut dia sampaikan dalam video".
      return addPrevious(TokenSpan(i, cueEnd), referent(at: i, document), cueEnd, high, s, document) ? high : cueEnd
    }
    guard i > low, has(i - 1, .comma) || has(i - 1, .quote), statementOf[max(low, i - 2)] < 0 else { return cueEnd }
    guard has(i - 1, .comma) else { return cueEnd }
    var draft = StatementDraft(content: .none, cue: TokenSpan(i, cueEnd), procedure: .indirectTrailing)
    draft.sentence = Int32(s)
    var after = cueEnd
    if cue.form == .noun {
      let isWithPerson = cueEnd - i == 2 && has(cueEnd - 1, [.thirdPerson, .pronoun])
      if isWithPerson {
        draft.cue = TokenSpan(i, i + 1)
        draft.speaker = referent(at: i, document)
      } else {
        let search = speaker(after: cueEnd, high: high, document)
        guard isSpeaker(search.speaker, document) else { return cueEnd }
        after = search.end
        draft.speaker = pointsBack(search.speaker, document) ? referent(at: i, document) : search.speaker
      }
    } else {
      draft.speaker = referent(at: i, document)
    }
    if has(after, .comma), after + 2 < high, !has(after + 1, [.date, .quote, .speech]),
      !isSettingTail(after + 1, high, document)
    {
      // "Selain itu, kata dia, akan ada kirab": the content goes on behind the attribution.
      let end = contentEnd(after + 1, high, &draft, document)
      draft.content = TokenSpan(after + 1, end)
      addStatement(draft, document)
      return end
    }
    let from = clauseStart(of: i, low)
    draft.content = TokenSpan(from, i)
    guard draft.content.count >= 3 else { return cueEnd }
    readOutlet(after, high, &draft, document)
    addStatement(draft, document)
    return high
  }

  private func isSettingTail(_ s: Int, _ high: Int, _ document: Document) -> Bool {
    if let found = words.cue(at: s, document, view), found.cue.form == .setting || found.cue.form == .citation {
      return true
    }
    for k in s..<high where isVerb(k) || has(k, [.copula, .auxiliary]) { return false }
    return true
  }

  /// `Hal itu disampaikan Budi`: the sentence before is what was said; `Ditambahkan Budi, …`: the words behind the comma.
  private mutating func addPassive(_ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int, _ document: Document)
    -> Int
  {
    guard !isNegated(i, low) else { return cueEnd }
    var search = speaker(after: cueEnd, high: high, document)
    var cue = TokenSpan(i, cueEnd)
    if let found = words.preposition(at: cueEnd, document, view), found.sense.isBy { cue = TokenSpan(i, found.end) }
    if isOpening(i, low) {
      guard isSpeaker(search.speaker, document), has(search.end, .comma) else { return cueEnd }
      var draft = StatementDraft(content: .none, cue: cue, procedure: .indirectPassive)
      draft.sentence = Int32(s)
      draft.speaker = pointsBack(search.speaker, document) ? referent(at: i, document) : search.speaker
      let end = contentEnd(search.end + 1, high, &draft, document)
      draft.content = TokenSpan(search.end + 1, end)
      addStatement(draft, document)
      return end
    }
    guard pointsToBefore(low, i, document) else { return cueEnd }
    if search.speaker.isNone || !isSpeaker(search.speaker, document),
      let person = person(from: cueEnd, before: high, document)
    {
      // "Hal itu disampaikan saat Teddy berkunjung".
      search = SpeakerSearch(speaker: person, end: Int(person.end))
    }
    guard isSpeaker(search.speaker, document) else { return cueEnd }
    let who = pointsBack(search.speaker, document) ? referent(at: i, document) : search.speaker
    return addPrevious(cue, who, search.end, high, s, document) ? high : cueEnd
  }

  /// Whether only connectives stand before the cue in its sentence.
  private func isOpening(_ i: Int, _ low: Int) -> Bool {
    for k in low..<i where !has(k, [.connective, .adverb, .comma, .and, .auxiliary]) { return false }
    return true
  }

  func followsQuotation(_ i: Int, _ document: Document) -> Bool { i < count && has(i, .quote) }

  /// Whether the words from the sentence's beginning to the cue are `hal itu`, `hal tersebut`, `demikian`.
  private func pointsToBefore(_ low: Int, _ i: Int, _ document: Document) -> Bool {
    var sawDemonstrative = false
    var n = 0
    for k in low..<i {
      if has(k, .demonstrative) { sawDemonstrative = true }
      if has(k, [.entity, .date, .quantity, .hardMark, .quote]) || isVerb(k) && words.cue(at: k, document, view) == nil
      {
        return false
      }
      if view.classes[k].intersects(words.backReference) { sawDemonstrative = true }
      n += 1
    }
    return sawDemonstrative && n <= 6
  }

  /// `Demikian dilansir Antara`, `…, lapor Reuters`: a citation without another attribution gives the last statement its outlet.
  private mutating func addCitation(_ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int, _ document: Document)
    -> Int
  {
    guard let last = statements.indices.last, statements[last].sentence >= Int32(s) - 1, statements[last].outlet.isNone
    else { return cueEnd }
    var k = cueEnd
    while k < high, k - cueEnd < 8 {
      if view.entityAt[k] >= 0 {
        let entity = document.entities[Int(view.entityAt[k])]
        if entity.label == .organization { statements[last].outlet = entity.span }
        return cueEnd
      }
      k += 1
    }
    return cueEnd
  }
}
