// What is said by somebody: passives and citations.

extension FactContext {
  /// `Hal itu disampaikan Budi`: the sentence before is what was said; `Ditambahkan Budi, …`: the words behind the comma.
  func addPassive(
    _ i: Int, _ cue: FactWords.SpeechCue, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int
  ) -> Int {
    // "Kabar itu disebut membuat": no speaker stands there.
    guard !isNegated(i, low), !isVerb(cueEnd) else { return cueEnd }
    var draft = StatementDraft(content: .none, cue: TokenSpan(i, cueEnd), procedure: .indirectPassive)
    var search = speaker(after: cueEnd, ofCueAt: i, high: high, &draft)
    if let found = preposition(at: cueEnd), found.sense.isBy { draft.cue = TokenSpan(i, found.end) }
    if isOpening(i, low) {
      guard draft.rule >= 0 || isSpeaker(search.speaker), has(search.end, .comma) else { return cueEnd }
      draft.sentence = Int32(s)
      draft.speaker = antecedent(of: search.speaker, at: i)
      return addContent(from: search.end + 1, high, &draft)
    }
    if cue.isSure, let end = addReported(i, search, draft, low, high, s) { return end }
    guard pointsToBefore(low, i) else { return cueEnd }
    if search.speaker.isNone || !isSpeaker(search.speaker),
      let person = person(from: cueEnd, before: high),
      !has(cueEnd, .comma),
      (cueEnd..<Int(person.start)).allSatisfy({
        has($0, [.clause, .preposition, .title, .honorific, .entity, .adverb, .pronoun, .comma])
          || text.isCapitalized($0)
      })
    {
      // "Hal itu disampaikan saat Teddy berkunjung".
      search = SpeakerSearch(speaker: person, end: Int(person.end))
    }
    guard draft.rule >= 0 || isSpeaker(search.speaker) else { return cueEnd }
    draft.speaker = antecedent(of: search.speaker, at: i)
    return addPrevious(draft, search.end, high, s) ? high : cueEnd
  }

  /// `Pasar itu disebut Budi akan ditutup`, `Pasar itu, dikatakan Budi, akan ditutup`: what somebody says of the subject goes on behind the name.
  private func addReported(
    _ i: Int, _ search: SpeakerSearch, _ said: StatementDraft, _ low: Int, _ high: Int, _ s: Int
  ) -> Int? {
    let before = beforeVerbPhrase(i, low: low)
    guard isPerson(search.speaker), before >= low, relative(before: i, low: low) == nil,
      !(i..<max(i, Int(search.speaker.start))).contains(where: { has($0, .comma) })
    else { return nil }
    var after = search.end
    if has(before, .comma) {
      guard has(after, .comma) else { return nil }
      after += 1
    } else if !isNoun(before, first: false), !has(before, [.demonstrative, .adjective]) || has(before, .date) {
      return nil
    }
    // "Dalam surat dakwaan disebutkan RUDI menerima suap": no subject stands before the cue, and RUDI is told of.
    if has(low, .preposition), !(low..<i).contains(where: { has($0, .comma) }) { return nil }
    guard
      beginsPredicate(after)
        || has(after, [.adverb, .adjective]) && !has(after, [.clause, .preposition, .connective]),
      goesOn(after, high), predicates(after, high)
    else { return nil }
    var draft = said
    draft.sentence = Int32(s)
    draft.speaker = search.speaker
    return addContent(from: after, high, &draft)
  }

  /// Whether only connectives stand before the cue in its sentence: `Selain itu, `, `Padahal `.
  func isOpening(_ i: Int, _ low: Int) -> Bool {
    for k in low..<i where !has(k, [.connective, .adverb, .comma, .and, .auxiliary]) && !says(.contrast, at: k) {
      return false
    }
    return true
  }

  func followsQuotation(_ i: Int) -> Bool { i < count && has(i, .quote) }

  /// Whether the words from the sentence's beginning to the cue are `hal itu`, `hal tersebut`, `demikian`.
  func pointsToBefore(_ low: Int, _ i: Int) -> Bool {
    var sawDemonstrative = false
    var n = 0
    // "Hingga berita ini ditulis", "Setelah hal itu diungkap"
    guard !has(low, .clause) || !has(low, .preposition) else { return false }
    for k in low..<i {
      if has(k, .demonstrative) { sawDemonstrative = true }
      if has(k, [.entity, .date, .quantity, .hardMark, .quote]) || isVerb(k) && cue(at: k) == nil {
        return false
      }
      if text.classes[k].intersects(words.backReference) { sawDemonstrative = true }
      n += 1
    }
    return sawDemonstrative && n <= 6
  }

  /// `Demikian dilansir Antara`, `…, lapor Reuters`: a citation without another attribution gives the last statement its outlet,
  /// in its own sentence, or in the next one when that says nothing else.
  func addCitation(_ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int)
    -> Int
  {
    guard let found = attribution(at: i), !found.outlet.isNone, let last = statements.indices.last,
      statements[last].outlet.isNone, statements[last].sentence >= Int32(s) - 1
    else { return cueEnd }
    let says = { (range: Range<Int>) in range.contains { self.isVerb($0) } }
    if statements[last].sentence < Int32(s), says(low..<i) || says(Int(found.outlet.end)..<high) { return cueEnd }
    statements[last].outlet = found.outlet
    return cueEnd
  }
}
