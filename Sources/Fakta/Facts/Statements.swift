/// Statements: who says what, in direct and indirect speech.
///
///     "Kami siap," kata Budi. "Besok kami berangkat."      two quotations, one speaker
///     Menurut Budi, harga naik.                            content behind the comma
///     Budi mengatakan bahwa harga naik, seperti dikutip Antara, Senin (9/11).
///
/// Quotations are read first, in text order, then the cues outside quotations, sentence by sentence, so that a pronoun finds
/// the last speaker.
extension FactContext {
  func findStatements() {
    var quotation = 0
    for s in text.sentences.indices {
      let sentence = text.sentences[s]
      let low = Int(sentence.start)
      let high = min(Int(sentence.end), count)
      guard low < high, text.sentenceOf[low] >= 0 else { continue }
      while quotation < quotations.count, Int(quotations[quotation].open) < low {
        quotation += 1
      }
      let first = statements.count
      // Direct and indirect speech of one sentence, in the order of their places.
      var i = nextCue(low, high)
      while i < high {
        if quotation < quotations.count, Int(quotations[quotation].open) == i {
          addQuotation(quotation, max(low, i - Self.reach), high, s)
          i = nextCue(max(i + 1, min(Int(quotations[quotation].close) + 1, high)), high)
          quotation += 1
          continue
        }
        if statementOf[i] < 0, quotationOf[i] < 0, let found = attribution(at: i) {
          if found.isDenied {
            i = nextCue(max(i + 1, Int(found.cue.end)), high)
            continue
          }
          if !found.next.isNone {
            introduced = (found.next, Int32(s))
            i = nextCue(max(i + 1, Int(found.next.end)), high)
            continue
          }
          if !found.content.isNone {
            i = nextCue(max(i + 1, addAttributed(found, high, s)), high)
            continue
          }
        }
        if statementOf[i] < 0, quotationOf[i] < 0, let found = cue(at: i) {
          // What a cue governs lies near it: a bound that no real sentence reaches.
          i = nextCue(
            max(
              i + 1,
              addIndirect(
                i, found.cue, found.end, max(low, i - Self.reach), min(high, i + 2 * Self.reach), s)
            ),
            high)
          continue
        }
        i = nextCue(i + 1, high)
      }
      cite(sentence, statements: first, s)
    }
  }

  /// Tokens that a finder looks back from a cue or number, at most.
  static let reach = 200

  func addStatement(_ draft: StatementDraft) {
    var draft = draft
    draft.content = trimmed(draft.content)
    guard !draft.content.isNone, draft.content.count > 0 else { return }
    draft.paragraph = paragraphOf[Int(draft.content.end) - 1]
    let index = Int32(statements.count)
    for t in draft.content.range { statementOf[t] = index }
    for t in draft.cue.range where t < count { isCue[t] = true }
    if !draft.time.isNone, let d = dateIndex(at: Int(draft.time.start)) { isDateTaken[d] = true }
    if !isCited(draft) { lastSpoken = statements.count }
    statements.append(draft)
  }

  /// Whether an outlet is cited for the statement and nobody speaks.
  func isCited(_ statement: StatementDraft) -> Bool {
    statement.procedure == .citation && statement.speaker == statement.outlet
  }

  func dateIndex(at i: Int) -> Int? {
    guard i >= 0, i < count, text.dateIn[i] >= 0 else { return nil }
    return Int(text.dateIn[i])
  }

  /// The span without commas, full stops, quotation marks and brackets at its ends.
  private func trimmed(_ span: TokenSpan) -> TokenSpan {
    guard !span.isNone else { return span }
    var s = Int(span.start)
    var e = min(Int(span.end), count)
    while s < e,
      has(s, [.comma, .quote]) || (has(s, .hardMark) && text.kind[s] != TokenKind.openParen)
    {
      s += 1
    }
    while e > s,
      has(e - 1, [.comma, .quote])
        || (has(e - 1, .hardMark) && text.kind[e - 1] != TokenKind.closeParen)
    { e -= 1 }
    return s < e ? TokenSpan(s, e) : .none
  }

  // MARK: direct speech

  private func addQuotation(_ q: Int, _ low: Int, _ high: Int, _ s: Int) {
    let quotation = quotations[q]
    said = quotation.content
    if !quotation.isClosed {
      addUnclosed(q, low, s)
      return
    }
    let close = Int(quotation.close)
    let end = sentence(close).isNone ? high : min(Int(sentence(close).end), count)
    if let draft = attributed(after: close + 1, quotation, end) {
      var draft = draft
      draft.sentence = max(Int32(s), text.sentenceOf[close])
      quotations[q].statement = Int32(statements.count)
      addStatement(draft)
    } else if let draft = attributed(before: Int(quotation.open), quotation, low, end) {
      var draft = draft
      draft.sentence = Int32(s)
      quotations[q].statement = Int32(statements.count)
      addStatement(draft)
    } else if let draft = adjoined(q, low) {
      var draft = draft
      draft.sentence = Int32(s)
      quotations[q].statement = Int32(statements.count)
      addStatement(draft)
    }
  }

  /// `"…," kata Budi …`: a cue directly behind the closing mark.
  func attributed(after s: Int, _ quotation: Quotation, _ high: Int) -> StatementDraft? {
    var i = s
    while i < high,
      has(i, [.comma]) || (has(i, .hardMark) && i == s) || has(i, .adverb) && cue(at: i) == nil
        || text.kind[i] == TokenKind.closeParen
    { i += 1 }
    if i < high, has(i, .demonstrative), cue(at: i) == nil,
      cue(at: i + 1) != nil
    {
      i += 1
    }
    guard i < high, i - s < 4, attribution(at: i)?.isDenied != true else { return nil }
    guard let found = cue(at: i) else { return attributed(bySubjectAt: i, quotation, high) }
    var draft = StatementDraft(
      content: quotation.content, isQuoted: true, procedure: .quoteCueAfter)
    draft.cue = TokenSpan(i, found.end)
    switch found.cue.form {
    case .noun, .passive, .verb, .modal:
      if found.cue.form == .verb || found.cue.form == .modal {
        // `"…" mengatakan`: only as a cue of the form before; a verb wants its speaker in front.
        return nil
      }
      let search = speaker(after: found.end, ofCueAt: i, high: high, &draft)
      guard !search.speaker.isNone || found.cue.form == .noun else { return nil }
      if found.cue.form == .noun, search.speaker.isNone { draft.speaker = referent(at: i) }
      draft.speaker = antecedent(of: search.speaker, at: i)
      if found.cue.form == .noun, draft.cue.count == 2 { draft.cue = TokenSpan(i, i + 1) }
      readTail(search.end, high, &draft)
    case .suffixed:
      draft.speaker = referent(at: i)
      readTail(found.end, high, &draft)
    case .according:
      let search = speaker(after: found.end, ofCueAt: i, high: high, &draft)
      draft.speaker = antecedent(of: search.speaker, at: i)
      readTail(search.end, high, &draft)
    case .citation:
      draft.procedure = .citation
      let search = speaker(after: found.end, ofCueAt: i, high: high, &draft)
      if draft.rule >= 0 {
        draft.speaker = search.speaker
        readTail(search.end, high, &draft)
        return draft
      }
      readTail(i, high, &draft)
      if let last = spoken, last.paragraph >= paragraphOf[i] - 1 {
        draft.speaker = last.speaker
      } else {
        draft.speaker = referent(at: i)
      }
    case .source, .setting, .never: return nil
    }
    return draft
  }

  /// `"…," Budi menambahkan.`: behind the comma the speaker and a verb of saying, behind which nothing more is said.
  private func attributed(bySubjectAt i: Int, _ quotation: Quotation, _ high: Int)
    -> StatementDraft?
  {
    let close = Int(quotation.close)
    guard has(close - 1, .comma) || has(close + 1, .comma),
      has(i, [.entity, .thirdPerson, .title]) || text.classes[i].intersects(words.described)
    else { return nil }
    var v = i
    while v < min(high, i + 12), !has(v, [.comma, .hardMark, .quote]) {
      guard let found = cue(at: v), found.cue.form == .verb, found.cue.takesQuote else {
        v += 1
        continue
      }
      guard
        found.end >= high || has(found.end, [.hardMark, .comma, .preposition])
          || cue(at: found.end)?.cue.form == .citation, !isNegated(v, i)
      else { return nil }
      var draft = StatementDraft(
        content: quotation.content, isQuoted: true, procedure: .quoteCueAfter)
      draft.cue = TokenSpan(v, found.end)
      draft.speaker = speaker(beforeCueAt: v, low: i, &draft)
      // "…," petenis asal Swiss itu menambahkan: who was named before.
      guard !draft.speaker.isNone,
        Int(draft.speaker.start) >= i || has(beforeVerbPhrase(v, low: i), .demonstrative)
      else { return nil }
      draft.speaker = antecedent(of: draft.speaker, at: i)
      readTail(found.end, high, &draft)
      return draft
    }
    return named(i, quotation, high)
  }

  /// `"Kami siap," Ketua RT 03 Budi Santoso dalam rapat itu.`: the title and name of who speaks, and no verb.
  private func named(_ i: Int, _ quotation: Quotation, _ high: Int) -> StatementDraft? {
    guard has(Int(quotation.close) - 1, .comma), let person = holder(at: i, high: high) else { return nil }
    let end = Int(person.end)
    guard end >= high || has(end, [.hardMark, .comma, .preposition, .date]) || cue(at: end)?.cue.form == .setting,
      !predicates(end, high)
    else { return nil }
    var draft = StatementDraft(content: quotation.content, isQuoted: true, procedure: .quoteCueAfter)
    draft.speaker = person
    readTail(end, high, &draft)
    return draft
  }

  /// `Budi mengatakan, "…"`, `Budi: "…"`.
  private func attributed(before open: Int, _ quotation: Quotation, _ low: Int, _ high: Int)
    -> StatementDraft?
  {
    var i = open - 1
    let touches = i >= low && (has(i, .comma) || text.kindAt(i) == TokenKind.colon)
    if touches { i -= 1 }
    guard i >= low else { return nil }
    var draft = StatementDraft(
      content: quotation.content, isQuoted: true, procedure: .quoteCueBefore)
    // The cue stands at the mark, or settings stand between: "kata dia dalam sambutannya, “…”".
    var k = i
    while k >= low, i - k < 16 {
      if has(k, .quote) || (has(k, .hardMark) && openParen(closedAt: k, low: low) == nil) { break }
      if let found = cue(at: k), statementOf[k] < 0 {
        let gap = i + 1 - found.end
        let isVerb = found.cue.form == .verb || found.cue.form == .modal
        if gap <= 0 || touches || (gap == 1 && isVerb), quotation.content.count >= 2 || touches {
          if isNegated(k, low) { return nil }
          draft.cue = TokenSpan(k, found.end)
          switch found.cue.form {
          case .verb, .modal: draft.speaker = speaker(beforeCueAt: k, low: low, &draft)
          case .noun, .passive, .according:
            draft.speaker = speaker(after: found.end, ofCueAt: k, high: open, &draft).speaker
          case .suffixed:
            // "Rina memberikan KOMENTARNYA, "…"": the verb's subject.
            let isObject = self.isVerb(k - 1) && has(k - 1, .active)
            draft.speaker = isObject ? speaker(before: k - 1, low: low) : .none
            if draft.speaker.isNone { draft.speaker = referent(at: k) }
          case .citation, .source, .setting, .never:
            k -= 1
            continue
          }
          if found.cue.form == .passive, draft.speaker.isNone { return nil }
          draft.speaker = antecedent(of: draft.speaker, at: k)
          readTail(Int(quotation.close) + 1, high, &draft)
          if draft.time.isNone { draft.time = date(in: low..<k) }
          return draft
        }
        if isVerb, gap > 1 { return nil }
      }
      k -= 1
    }
    // `Budi: "…"`
    if text.kindAt(open - 1) == TokenKind.colon, i >= low, text.entityIn[i] >= 0,
      text.entities[Int(text.entityIn[i])].label == .person
    {
      draft.speaker = text.entities[Int(text.entityIn[i])].span
      return draft
    }
    return nil
  }

  /// A quotation that is never closed: to the attribution in its paragraph, else to the paragraph's end.
  private func addUnclosed(_ q: Int, _ low: Int, _ s: Int) {
    let quotation = quotations[q]
    let open = Int(quotation.open)
    var end = Int(quotation.close)
    var draft = StatementDraft(
      content: quotation.content, isQuoted: true, procedure: .quoteUnclosed)
    var i = open + 1
    while i < end {
      // Also "… “kata Budi": a mark that opens where it should close.
      if let found = cue(at: i),
        has(i - 1, [.comma, .hardMark]) || has(i - 1, .quote) && has(i - 2, [.comma, .hardMark]),
        found.cue.form == .noun || found.cue.form == .suffixed
      {
        let sentenceEnd = min(Int(sentence(i).end), count)
        draft.cue = TokenSpan(i, found.end)
        draft.content = TokenSpan(open + 1, i)
        let search =
          found.cue.form == .noun
          ? speaker(after: found.end, ofCueAt: i, high: sentenceEnd, &draft)
          : SpeakerSearch(end: found.end)
        draft.speaker = search.speaker
        draft.speaker = antecedent(of: draft.speaker, at: i)
        readTail(search.end, sentenceEnd, &draft)
        end = i
        break
      }
      i += 1
    }
    if draft.cue.isNone {
      if let before = attributed(before: open, quotation, low, end) {
        draft = before
        draft.content = TokenSpan(open + 1, end)
      } else if let next = adjoined(q, low) {
        draft.speaker = next.speaker
      } else {
        // Nobody says it: words in quotation marks, or a mark too many. Read its sentences as ordinary text.
        for t in (open + 1)..<Int(quotation.close) { quotationOf[t] = -1 }
        return
      }
    }
    for t in max(open + 1, end)..<max(open + 1, Int(quotation.close)) { quotationOf[t] = -1 }
    draft.sentence = end > 0 ? max(Int32(s), text.sentenceOf[end - 1]) : Int32(s)
    addStatement(draft)
  }

  /// Reads outlet and date of a statement from the words behind its attribution.
  func readTail(_ s: Int, _ high: Int, _ draft: inout StatementDraft) {
    var i = s
    // "kata Budi yang ditemui Antara di Bogor, Senin": in a relative clause only a date behind a comma is that of the statement.
    var isRelative = false
    while i < high, i - s < 60 {
      if has(i, .quote) {
        guard let name = quotedName(at: i, high) else { break }
        i = Int(name.close) + 1
        continue
      }
      if i > s, has(i - 1, .relative), cue(at: i - 1) == nil, opensTelling(i) { isRelative = true }
      // "yang kini menjabat ketua SAAT DIHUBUNGI Antara"
      if isRelative, cue(at: i)?.cue.form == .setting { isRelative = false }
      if text.entityAt[i] >= 0 {
        let entity = text.entities[Int(text.entityAt[i])]
        let isOpen = draft.isQuoted && !isRelative
        if entity.label == .organization, draft.outlet.isNone,
          !isRelative && (isMedia(entity) || isDomain(entity)) || isTold(entity, isQuoted: isOpen)
        {
          draft.outlet = entity.span
        }
        i = Int(entity.span.end)
        continue
      }
      if text.dateAt[i] >= 0 {
        let date = text.dates[Int(text.dateAt[i])]
        if !isOfYears(date) || isYearOfSaying(date), !isFeastOfNoun(date), !isRelative || has(i - 1, .comma),
          draft.time.isNone
            || has(Int(draft.time.end), .comma) && isFuller(Int(text.dateAt[i]), than: draft.time),
          date.kind == .date || date.kind == .time
        {
          draft.time = date.span
        }
        i = Int(date.span.end)
        continue
      }
      if !isRelative, let found = attribution(at: i), !found.outlet.isNone {
        if draft.outlet.isNone { draft.outlet = found.outlet }
        i = Int(found.outlet.end)
        continue
      }
      i += 1
    }
  }

  /// `rapat persiapan IDUL FITRI`, `rapat menjelang LEBARAN`: a feast that says what something is about.
  private func isFeastOfNoun(_ date: DateExpression) -> Bool {
    let i = Int(date.span.start)
    guard i > 0, text.classes[i].intersects(words.holiday) else { return false }
    guard let found = preposition(at: i - 1), found.end == i else { return isNoun(i - 1, first: false) }
    return found.sense.relation == .before
  }

  /// Whether the words from `i`, behind `yang`, tell what somebody does or says, not where something is cited: `yang KINI MENJABAT ketua`.
  private func opensTelling(_ i: Int) -> Bool {
    var v = i
    while v < count, v - i < 6, text.dateIn[v] >= 0 || has(v, [.auxiliary, .adverb]) && !isVerb(v) { v += 1 }
    guard isVerb(v) else { return false }
    return cue(at: v).map { $0.cue.form == .verb || $0.cue.form == .modal } ?? true
  }

  /// The name in quotation marks that opens at `i`, a word behind a noun: `kata Rina dalam acara "Pasar Kita" di Bogor, Senin`.
  private func quotedName(at i: Int, _ high: Int) -> Quotation? {
    guard i + 1 < high, quotationOf[i + 1] >= 0, isNoun(i - 1, first: false), !has(i - 1, .hardMark) else { return nil }
    let quotation = quotations[Int(quotationOf[i + 1])]
    guard Int(quotation.open) == i, quotation.isClosed, Int(quotation.close) < high,
      quotation.content.count < Self.reachOfName, !has(Int(quotation.close) - 1, [.comma, .hardMark])
    else { return nil }
    return quotation
  }

  /// Tokens in the quoted name of an event, at most.
  private static let reachOfName = 12

  /// A bare year belongs to a name (`Peparnas XV/2016`), two of them to an office (`Ketua Umum periode 2016-2019`).
  func isOfYears(_ date: DateExpression) -> Bool {
    let value = date.value
    guard date.kind == .date, value.count == 4 || value.count == 9, value[0] <= 0x39 else {
      return false
    }
    return value.count == 4 || value[4] == UInt8(ascii: "/")
  }

  /// Whether the year of a date behind the speaker is that in which he spoke: `dalam wawancara PADA 2012`; not `bupati pada 2012`.
  private func isYearOfSaying(_ date: DateExpression) -> Bool {
    let p = Int(date.span.start) - 1
    guard date.value.count == 4, has(p, .timePreposition), let found = preposition(at: p), found.end == p + 1,
      found.sense.relation == .at
    else { return false }
    return isNoun(p - 1, first: false)
      && (has(p - 2, .preposition) || has(p - 2, .adjective) && has(p - 3, .preposition))
  }

  /// "kemarin, Senin, 9 November 2015": the full date of an apposition.
  private func isFuller(_ index: Int, than time: TokenSpan) -> Bool {
    let span = text.dates[index].span
    return Int(span.start) <= Int(time.end) + 1 && span.count > time.count
  }

  func isMedia(_ entity: Entity) -> Bool {
    if let entry = entity.entry, words.lexicon.entry(entry, has: words.media) { return true }
    return false
  }

  /// A body by its domain: `Kontan.co.id`.
  func isDomain(_ entity: Entity) -> Bool {
    entity.span.range.contains {
      text.kind[$0] == TokenKind.period && text.attached($0) && text.attached($0 + 1)
    }
  }

  /// The first date in a range that is no duration.
  private func date(in range: Range<Int>) -> TokenSpan {
    var i = range.lowerBound
    while i < range.upperBound {
      if text.dateAt[i] >= 0 {
        let date = text.dates[Int(text.dateAt[i])]
        if date.kind == .date || date.kind == .time, date.value.count == 4 || !isOfYears(date),
          !isOfNoun(date, range.lowerBound)
        {
          // The later one of an apposition: "kemarin, Senin, 9 November 2015".
          let end = Int(date.span.end)
          if has(end, .comma), end + 1 < range.upperBound, text.dateAt[end + 1] >= 0 {
            return text.dates[Int(text.dateAt[end + 1])].span
          }
          return date.span
        }
      }
      i += 1
    }
    return .none
  }

  /// Whether the verb at `v` is denied: nothing was said then.
  func isNegated(_ v: Int, _ low: Int) -> Bool {
    var e = v - 1
    while e >= low, v - e <= 4, has(e, [.auxiliary, .adverb, .negation]) {
      if has(e, .negation) { return true }
      e -= 1
    }
    return false
  }
}
