/// Statements: who says what, in direct and indirect speech.
///
///     "Kami siap," kata Budi. "Besok kami berangkat."      two quotations, one speaker
///     Menurut Budi, harga naik.                            content behind the comma
///     Budi mengatakan bahwa harga naik, seperti dikutip Antara, Senin (9/11).
///
/// Quotations are read first, in text order, then the cues outside quotations, sentence by sentence, so that a pronoun finds
/// the last speaker.
extension FactContext {
  mutating func findStatements(_ document: Document) {
    var quotation = 0
    for (s, sentence) in document.sentences.enumerated() {
      let low = Int(sentence.start)
      let high = min(Int(sentence.end), count)
      guard low < high, view.sentenceOf[low] >= 0 else { continue }
      while quotation < quotations.count, Int(quotations[quotation].open) < low {
        quotation += 1
      }
      // Direct and indirect speech of one sentence, in the order of their places.
      var i = low
      while i < high {
        if quotation < quotations.count, Int(quotations[quotation].open) == i {
          addQuotation(quotation, max(low, i - Self.reach), high, s, document)
          i = max(i + 1, min(Int(quotations[quotation].close) + 1, high))
          quotation += 1
          continue
        }
        if statementOf[i] < 0, quotationOf[i] < 0, let found = words.cue(at: i, document, view) {
          // What a cue governs lies near it: a bound that no real sentence reaches.
          i = max(
            i + 1,
            addIndirect(i, found.cue, found.end, max(low, i - Self.reach), min(high, i + 2 * Self.reach), s, document))
          continue
        }
        i += 1
      }
    }
  }

  /// Tokens that a finder looks back from a cue or number, at most.
  static let reach = 200

  mutating func addStatement(_ draft: StatementDraft, _ document: Document) {
    var draft = draft
    draft.content = trimmed(draft.content, document)
    guard !draft.content.isNone, draft.content.count > 0 else { return }
    draft.paragraph = paragraphOf[Int(draft.content.end) - 1]
    let index = Int32(statements.count)
    for t in draft.content.range { statementOf[t] = index }
    for t in draft.cue.range where t < count { isCue[t] = true }
    if !draft.time.isNone, let d = dateIndex(at: Int(draft.time.start)) { isDateTaken[d] = true }
    statements.append(draft)
  }

  func dateIndex(at i: Int) -> Int? {
    guard i >= 0, i < count, view.dateIn[i] >= 0 else { return nil }
    return Int(view.dateIn[i])
  }

  /// The span without commas, full stops, quotation marks and brackets at its ends.
  private func trimmed(_ span: TokenSpan, _ document: Document) -> TokenSpan {
    guard !span.isNone else { return span }
    var s = Int(span.start)
    var e = min(Int(span.end), count)
    while s < e, has(s, [.comma, .quote]) || (has(s, .hardMark) && document.tokens.kind[s] != TokenKind.openParen) {
      s += 1
    }
    while e > s,
      has(e - 1, [.comma, .quote]) || (has(e - 1, .hardMark) && document.tokens.kind[e - 1] != TokenKind.closeParen)
    { e -= 1 }
    return s < e ? TokenSpan(s, e) : .none
  }

  // MARK: direct speech

  private mutating func addQuotation(_ q: Int, _ low: Int, _ high: Int, _ s: Int, _ document: Document) {
    let quotation = quotations[q]
    if !quotation.isClosed {
      addUnclosed(quotation, low, s, document)
      return
    }
    let close = Int(quotation.close)
    let end = sentence(close, document).isNone ? high : min(Int(sentence(close, document).end), count)
    if let draft = attributed(after: close + 1, quotation, end, document) {
      var draft = draft
      draft.sentence = max(Int32(s), view.sentenceOf[close])
      quotations[q].statement = Int32(statements.count)
      addStatement(draft, document)
    } else if let draft = attributed(before: Int(quotation.open), quotation, low, end, document) {
      var draft = draft
      draft.sentence = Int32(s)
      quotations[q].statement = Int32(statements.count)
      addStatement(draft, document)
    } else if let draft = continued(quotation, low, document) {
      var draft = draft
      draft.sentence = Int32(s)
      quotations[q].statement = Int32(statements.count)
      addStatement(draft, document)
    }
  }

  /// `"…," kata Budi …`: a cue directly behind the closing mark.
  private func attributed(after s: Int, _ quotation: Quotation, _ high: Int, _ document: Document) -> StatementDraft? {
    var i = s
    while i < high,
      has(i, [.comma]) || (has(i, .hardMark) && i == s) || has(i, .adverb) && words.cue(at: i, document, view) == nil
        || document.tokens.kind[i] == TokenKind.closeParen
    { i += 1 }
    if i < high, has(i, .demonstrative), words.cue(at: i, document, view) == nil,
      words.cue(at: i + 1, document, view) != nil
    {
      i += 1
    }
    guard i < high, i - s < 4, let found = words.cue(at: i, document, view) else { return nil }
    var draft = StatementDraft(content: quotation.content, isQuoted: true, procedure: .quoteCueAfter)
    draft.cue = TokenSpan(i, found.end)
    switch found.cue.form {
    case .noun, .passive, .verb, .modal:
      if found.cue.form == .verb || found.cue.form == .modal {
        // `"…" mengatakan`: only as a cue of the form before; a verb wants its speaker in front.
        return nil
      }
      let search = speaker(after: found.end, high: high, document)
      guard !search.speaker.isNone || found.cue.form == .noun else { return nil }
      if found.cue.form == .noun, search.speaker.isNone { draft.speaker = referent(at: i, document) }
      draft.speaker = pointsBack(search.speaker, document) ? referent(at: i, document) : search.speaker
      if found.cue.form == .noun, draft.cue.count == 2 { draft.cue = TokenSpan(i, i + 1) }
      readTail(search.end, high, &draft, document)
    case .suffixed:
      draft.speaker = referent(at: i, document)
      readTail(found.end, high, &draft, document)
    case .according:
      let search = speaker(after: found.end, high: high, document)
      draft.speaker = pointsBack(search.speaker, document) ? referent(at: i, document) : search.speaker
      readTail(search.end, high, &draft, document)
    case .citation:
      draft.procedure = .citation
      readTail(i, high, &draft, document)
      if let last = statements.last, last.paragraph >= paragraphOf[i] - 1 {
        draft.speaker = last.speaker
      } else {
        draft.speaker = referent(at: i, document)
      }
    case .source, .setting, .never: return nil
    }
    return draft
  }

  /// `Budi mengatakan, "…"`, `Budi: "…"`.
  private func attributed(before open: Int, _ quotation: Quotation, _ low: Int, _ high: Int, _ document: Document)
    -> StatementDraft?
  {
    var i = open - 1
    let touches = i >= low && (has(i, .comma) || document.tokens.kindAt(i) == TokenKind.colon)
    if touches { i -= 1 }
    guard i >= low else { return nil }
    var draft = StatementDraft(content: quotation.content, isQuoted: true, procedure: .quoteCueBefore)
    // The cue stands at the mark, or settings stand between: "kata dia dalam sambutannya, “…”".
    var k = i
    while k >= low, i - k < 16 {
      if has(k, .quote) || (has(k, .hardMark) && openParen(closedAt: k, low: low, document) == nil) { break }
      if let found = words.cue(at: k, document, view), statementOf[k] < 0 {
        let gap = i + 1 - found.end
        let isVerb = found.cue.form == .verb || found.cue.form == .modal
        if gap <= 0 || touches || (gap == 1 && isVerb), quotation.content.count >= 2 || touches {
          if isNegated(k, low) { return nil }
          draft.cue = TokenSpan(k, found.end)
          switch found.cue.form {
          case .verb, .modal: draft.speaker = speaker(before: k, low: low, document)
          case .noun, .passive, .according: draft.speaker = speaker(after: found.end, high: open, document).speaker
          case .suffixed: draft.speaker = referent(at: k, document)
          case .citation, .source, .setting, .never:
            k -= 1
            continue
          }
          if found.cue.form == .passive, draft.speaker.isNone { return nil }
          if pointsBack(draft.speaker, document) { draft.speaker = referent(at: k, document) }
          readTail(Int(quotation.close) + 1, high, &draft, document)
          if draft.time.isNone { draft.time = date(in: low..<k, document) }
          return draft
        }
        if isVerb, gap > 1 { return nil }
      }
      k -= 1
    }
    // `Budi: "…"`
    if document.tokens.kindAt(open - 1) == TokenKind.colon, i >= low, view.entityIn[i] >= 0,
      document.entities[Int(view.entityIn[i])].label == .person
    {
      draft.speaker = document.entities[Int(view.entityIn[i])].span
      return draft
    }
    return nil
  }

  /// A quotation without attribution behind a statement of the same or the paragraph before it.
  private func continued(_ quotation: Quotation, _ low: Int, _ document: Document) -> StatementDraft? {
    guard let last = statements.last, quotation.content.count >= 3 else { return nil }
    let open = Int(quotation.open)
    // A quotation that is a paragraph of its own may follow a little later.
    let isParagraph = (open == 0 || paragraphOf[open - 1] != paragraphOf[open]) && quotation.content.count >= 8
    guard paragraphOf[open] - last.paragraph <= (isParagraph ? 3 : 1), !last.speaker.isNone else { return nil }
    // It must be a sentence of its own: at the beginning, or behind the attribution of the one before.
    let begins = open == low || (open - 1 >= low && has(open - 1, [.hardMark]))
    let follows = has(open - 1, .comma) && last.isQuoted && last.paragraph == paragraphOf[open]
    guard begins || follows else { return nil }
    let close = Int(quotation.close)
    let tail = close + 1
    let closes =
      tail >= count || view.sentenceOf[tail] != view.sentenceOf[close] || has(tail, [.hardMark, .quote]) || follows
    guard closes else { return nil }
    return StatementDraft(
      content: quotation.content, speaker: last.speaker, isQuoted: true, procedure: .quoteContinued)
  }

  /// A quotation that is never closed: to the attribution in its paragraph, else to the paragraph's end.
  private mutating func addUnclosed(_ quotation: Quotation, _ low: Int, _ s: Int, _ document: Document) {
    let open = Int(quotation.open)
    var end = Int(quotation.close)
    var draft = StatementDraft(content: quotation.content, isQuoted: true, procedure: .quoteUnclosed)
    var i = open + 1
    while i < end {
      if let found = words.cue(at: i, document, view), has(i - 1, [.comma, .hardMark]),
        found.cue.form == .noun || found.cue.form == .suffixed
      {
        let sentenceEnd = min(Int(sentence(i, document).end), count)
        draft.cue = TokenSpan(i, found.end)
        draft.content = TokenSpan(open + 1, i)
        let search =
          found.cue.form == .noun
          ? speaker(after: found.end, high: sentenceEnd, document) : SpeakerSearch(end: found.end)
        draft.speaker = search.speaker
        if pointsBack(draft.speaker, document) { draft.speaker = referent(at: i, document) }
        readTail(search.end, sentenceEnd, &draft, document)
        end = i
        break
      }
      i += 1
    }
    if draft.cue.isNone {
      if let before = attributed(before: open, quotation, low, end, document) {
        draft = before
        draft.content = TokenSpan(open + 1, end)
      } else if let next = continued(quotation, low, document) {
        draft.speaker = next.speaker
      } else {
        // Nobody says it: words in quotation marks, or a mark too many. Read its sentences as ordinary text.
        for t in (open + 1)..<Int(quotation.close) { quotationOf[t] = -1 }
        return
      }
    }
    for t in max(open + 1, end)..<max(open + 1, Int(quotation.close)) { quotationOf[t] = -1 }
    draft.sentence = end > 0 ? max(Int32(s), view.sentenceOf[end - 1]) : Int32(s)
    addStatement(draft, document)
  }

  /// Reads outlet and date of a statement from the words behind its attribution.
  func readTail(_ s: Int, _ high: Int, _ draft: inout StatementDraft, _ document: Document) {
    var i = s
    var cites = false
    while i < high, i - s < 60 {
      if has(i, .quote)
        || (i > s && isVerb(i) && has(i - 1, .relative) && words.cue(at: i - 1, document, view) == nil
          && words.cue(at: i, document, view) == nil)
      {
        break
      }
      if view.entityAt[i] >= 0 {
        let entity = document.entities[Int(view.entityAt[i])]
        if entity.label == .organization, draft.outlet.isNone, cites || isMedia(entity) || isDomain(entity, document) {
          draft.outlet = entity.span
        }
        i = Int(entity.span.end)
        continue
      }
      if view.dateAt[i] >= 0 {
        let date = document.dates[Int(view.dateAt[i])]
        // A bare year belongs to a name: "Peparnas XV/2016".
        let isYear = date.kind == .date && date.value.count == 4 && date.value[0] <= 0x39
        if !isYear,
          draft.time.isNone
            || has(Int(draft.time.end), .comma) && isFuller(Int(view.dateAt[i]), than: draft.time, document),
          date.kind == .date || date.kind == .time
        {
          draft.time = date.span
        }
        i = Int(date.span.end)
        continue
      }
      if let found = words.cue(at: i, document, view), found.cue.form == .citation {
        cites = true
        i = found.end
        continue
      }
      i += 1
    }
  }

  /// "kemarin, Senin, 9 November 2015": the full date of an apposition.
  private func isFuller(_ index: Int, than time: TokenSpan, _ document: Document) -> Bool {
    let span = document.dates[index].span
    return Int(span.start) <= Int(time.end) + 1 && span.count > time.count
  }

  func isMedia(_ entity: Entity) -> Bool {
    if let entry = entity.entry, words.lexicon.entry(entry, has: words.media) { return true }
    return false
  }

  /// A body by its domain: `Kontan.co.id`.
  func isDomain(_ entity: Entity, _ document: Document) -> Bool {
    entity.span.range.contains {
      document.tokens.kind[$0] == TokenKind.period && document.tokens.attached($0) && document.tokens.attached($0 + 1)
    }
  }

  /// The first date in a range that is no duration.
  private func date(in range: Range<Int>, _ document: Document) -> TokenSpan {
    var i = range.lowerBound
    while i < range.upperBound {
      if view.dateAt[i] >= 0 {
        let date = document.dates[Int(view.dateAt[i])]
        if date.kind == .date || date.kind == .time {
          // The later one of an apposition: "kemarin, Senin, 9 November 2015".
          let end = Int(date.span.end)
          if has(end, .comma), end + 1 < range.upperBound, view.dateAt[end + 1] >= 0 {
            return document.dates[Int(view.dateAt[end + 1])].span
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
