/// Statements without quotation marks.
extension FactContext {
  /// Adds the statement that the cue at `i` introduces, and returns where to read on.
  func addIndirect(
    _ i: Int, _ cue: FactWords.SpeechCue, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int
  ) -> Int {
    said = cue.form == .noun || cue.form == .suffixed ? TokenSpan(low, i) : TokenSpan(cueEnd, high)
    switch cue.form {
    case .verb, .modal: return addVerb(i, cue, cueEnd, low, high, s)
    case .according: return addAccording(i, cueEnd, low, high, s)
    case .noun, .suffixed: return addTrailing(i, cue, cueEnd, low, high, s)
    case .passive: return addPassive(i, cueEnd, low, high, s)
    case .citation: return addCitation(i, cueEnd, low, high, s)
    case .source, .setting, .never: return cueEnd
    }
  }

  /// `Budi mengatakan (kepada wartawan) (bahwa) …`
  private func addVerb(
    _ i: Int, _ cue: FactWords.SpeechCue, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int
  ) -> Int {
    guard !isNegated(i, low), !has(i - 1, [.preposition, .purpose]) || has(i - 1, .entity) else { return cueEnd }
    var draft = StatementDraft(content: .none, procedure: .indirectVerb)
    draft.sentence = Int32(s)
    draft.cue = TokenSpan(i, cueEnd)
    guard !isReader(at: beforeVerbPhrase(i, low: low)) else { return cueEnd }
    if let end = addBackReference(i, cueEnd, low, high, s) { return end }
    // "Rina menjelaskan:", and the quotation is the next paragraph.
    if text.kindAt(cueEnd) == TokenKind.colon, cueEnd + 1 >= high {
      introduce(i, clauseStart(of: i, low), s)
      return cueEnd
    }
    // "Merasa lapar, Budi pulang": what the subject feels while it does something else.
    guard !isOpening(i, low) else { return cueEnd }
    let start = behindCitation(contentStart(cueEnd, high, &draft), high, &draft) ?? high
    guard start < high, !has(start, .quote) else { return cueEnd }
    let end = contentEnd(start, high, &draft)
    guard end - start >= 2, !(end - start == 2 && has(end - 1, .hardMark)) else { return cueEnd }
    let isSure = start > cueEnd && has(start - 1, [.clause, .comma])
    guard
      isSure || states(start, end, cue.form == .modal, needsPredicate: cue.needsPredicate)
        || cue.isSure && isPlain(start, end)
    else {
      if cue.form == .verb { introduce(i, clauseStart(of: i, low), s) }
      return cueEnd
    }
    if !isSure, quotationFollows(start, end) { return cueEnd }
    let clauseLow = clauseStart(of: i, low)
    draft.speaker = speaker(beforeCueAt: i, low: clauseLow, &draft)
    if draft.speaker.isNone, clauseLow > low, has(clauseLow - 1, .and) {
      draft.speaker = spoken?.speaker ?? .none
    }
    guard draft.rule >= 0 || speaksInRelativeClause(draft.speaker, i, low, cue.form == .modal),
      !isReader(draft.speaker)
    else { return cueEnd }
    draft.speaker = antecedent(of: draft.speaker, at: i)
    guard !draft.speaker.isNone, !says(.deed, at: i) || isSomebody(draft.speaker) else { return cueEnd }
    draft.content = TokenSpan(start, end)
    if draft.time.isNone { draft.time = settingDate(low, i) }
    if draft.outlet.isNone { draft.outlet = outletTold(low, i) }
    if draft.outlet.isNone, start > cueEnd + 1 { draft.outlet = outletTold(cueEnd - 1, start) }
    addStatement(draft)
    return end
  }

  /// `Budi menjelaskan rencananya.`: nothing is said yet, but the words that follow are Budi's.
  private func introduce(_ i: Int, _ low: Int, _ s: Int) {
    var draft = StatementDraft(content: .none)
    let speaker = speaker(beforeCueAt: i, low: low, &draft)
    guard isPerson(speaker), speaksInRelativeClause(speaker, i, low, false) else { return }
    introduced = (speaker, Int32(s))
  }

  /// The outlet that somebody told it to before the verb: `Kepada Kompas.com, ia mengatakan`, `Budi kepada Antara menyebut`.
  private func outletTold(_ low: Int, _ v: Int) -> TokenSpan {
    var k = v - 1
    while k > low, v - k < 30, !has(k, .quote) {
      if text.entityAt[k] >= 0 {
        let entity = text.entities[Int(text.entityAt[k])]
        if entity.label == .organization, isMedia(entity) || isDomain(entity), let found = preposition(at: k - 1),
          found.end == k, found.sense.isTo, !found.sense.place
        {
          return entity.span
        }
      }
      k -= 1
    }
    return .none
  }

  /// Whether only words that say nothing stand before a quotation: `menjawab SINGKAT, "Tidak tahu."`
  private func quotationFollows(_ s: Int, _ e: Int) -> Bool {
    var k = s
    while k < e, k - s < 10 {
      if has(k, .quote) {
        return k > s && (has(k - 1, .comma) || text.kind[k - 1] == TokenKind.colon) && quotationOf[min(k + 1, e)] >= 0
      }
      if isVerb(k) || has(k, [.copula, .negation, .auxiliary]) { return false }
      k += 1
    }
    return false
  }

  private func isReader(_ span: TokenSpan) -> Bool {
    !span.isNone && span.count == 1 && isReader(at: Int(span.start))
  }

  /// `alasan SAYA memuji`: who writes or reads.
  private func isReader(at i: Int) -> Bool {
    i >= 0 && text.classes[i].intersects(words.reader) && !has(i, .entity)
  }

  /// Whether the verb at `i` is said of its speaker, if a relative clause holds it: of a name that stands before `yang` and of
  /// nothing else (`BUDI, yang menyebut harga naik`); not of a thing (`video yang menyebutkan`) or of anybody (`banyak yang
  /// mengatakan`), and no wish (`anak yang merasa takut`).
  private func speaksInRelativeClause(_ speaker: TokenSpan, _ i: Int, _ low: Int, _ isModal: Bool) -> Bool {
    let r = beforeVerbPhrase(i, low: low)
    guard r > low, has(r, .relative), !has(r, .entity) else { return true }
    guard !isModal, !speaker.isNone, text.entityAt[Int(speaker.start)] >= 0 else { return false }
    switch text.entities[Int(text.entityAt[Int(speaker.start)])].label {
    case .person: return true
    case .organization:
      let phrase = nounPhrase(before: r, low: low)
      return phrase.isNone || speaker.start <= phrase.start || has(Int(phrase.start), [.title, .determiner])
    case .location, .none: return false
    }
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

  /// Where the clause before the attribution at `i` begins, over words in quotation marks that nobody says alone: `merebut "ibu kota"
  /// ISIS, kata`.
  private func wholeClauseStart(of i: Int, _ low: Int) -> Int {
    var from = clauseStart(of: i, low)
    while from - 2 > low, quotationOf[from - 2] >= 0, from < i {
      let quotation = quotations[Int(quotationOf[from - 2])]
      guard quotation.isClosed, quotation.statement < 0, Int(quotation.open) >= low else { break }
      from = clauseStart(of: Int(quotation.open), low)
    }
    return from
  }

  /// A date before the verb of saying that belongs to no other verb: `Kemarin, Hollande menyatakan`.
  private func settingDate(_ low: Int, _ v: Int) -> TokenSpan {
    var best = TokenSpan.none
    // "Setelah PULANG pada Senin, Rina mengatakan": when she came.
    var isOther = false
    let isSubordinate = opensClause(low)
    var k = low
    while k < v {
      if isVerb(k) {
        best = .none
        isOther = isSubordinate && cue(at: k) == nil && cue(at: low)?.cue.form != .setting
      }
      if has(k, .comma) { isOther = false }
      if text.dateAt[k] >= 0 {
        let date = text.dates[Int(text.dateAt[k])]
        if date.kind == .date || date.kind == .time, !isOther, saysWhen(date),
          best.isNone || date.span.count > best.count
        {
          best = date.span
        }
        k = Int(date.span.end)
        continue
      }
      k += 1
    }
    return best
  }

  /// Whether somebody can speak at a date: at no whole year, part of one or decade, and not since or until then.
  private func saysWhen(_ date: DateExpression) -> Bool {
    let value = date.value
    if date.isFuture { return false }
    // "199", "2015", "2015-Q3", "2015-H1"
    if (2...4).contains(value.count) && value[0] <= 0x39 || value.count == 7 && value[0] <= 0x39 && value[5] > 0x39 {
      return false
    }
    let before = Int(date.span.start) - 1
    guard let found = preposition(at: before), found.end == before + 1 else { return true }
    return found.sense.relation != .since && found.sense.relation != .until
  }

  /// `Budi mengatakan hal itu dalam jumpa pers, Senin (9/11)`: the sentence before is what was said.
  private func addBackReference(
    _ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int
  ) -> Int? {
    guard let match = longestMatch(at: cueEnd, of: words.backReference) else { return nil }
    // "mengatakan hal ini belum selesai": what is said begins with it.
    guard !has(Int(match.end), [.auxiliary, .negation]), !isVerb(Int(match.end)) else { return nil }
    var draft = StatementDraft(content: .none, cue: TokenSpan(i, cueEnd), procedure: .indirectPassive)
    draft.speaker = speaker(beforeCueAt: i, low: clauseStart(of: i, low), &draft)
    guard speaksInRelativeClause(draft.speaker, i, low, false), !isReader(draft.speaker) else { return cueEnd }
    draft.speaker = antecedent(of: draft.speaker, at: i)
    guard !draft.speaker.isNone, addPrevious(draft, Int(match.end), high, s) else { return cueEnd }
    return high
  }

  /// Adds the sentence before `s` as the content of a statement, when it is none yet; else notes who speaks next.
  private func addPrevious(_ said: StatementDraft, _ tail: Int, _ high: Int, _ s: Int) -> Bool {
    introduced = (said.speaker, Int32(s))
    guard s > 0, !followsQuotation(high) else { return false }
    let previous = text.sentences[s - 1]
    let p = Int(previous.start)
    guard text.sentenceOf[p] >= 0, statementOf[p] < 0, statementOf[max(p, Int(previous.end) - 2)] < 0, !has(p, .quote),
      !isDateline(s - 1)
    else { return false }
    var draft = said
    draft.content = previous
    draft.sentence = Int32(s)
    readTail(tail, high, &draft)
    addStatement(draft)
    return true
  }

  func isDateline(_ s: Int) -> Bool {
    s >= 0 && s < text.isDateline.count && text.isDateline[s]
  }

  /// Where the content begins: behind `bahwa`, else behind settings, dates and a comma.
  private func contentStart(_ s: Int, _ high: Int, _ draft: inout StatementDraft) -> Int {
    // `bahwa` within the clause decides.
    var k = s
    var date = TokenSpan.none
    while k < high, k - s < 24, !has(k, [.quote]),
      !(has(k, .hardMark) && text.kind[k] != TokenKind.openParen
        && text.kind[k] != TokenKind.closeParen)
    {
      if text.dateAt[k] >= 0 {
        date = text.dates[Int(text.dateAt[k])].span
        k = Int(date.end)
        continue
      }
      if isContentWord(k) {
        draft.time = date
        return k + 1
      }
      if isVerb(k), !has(k - 1, .relative) { break }
      k += 1
    }
    var i = s
    while i < high {
      if has(i, .comma) { return i + 1 }
      if text.classes[i].intersects(words.opener) { return i + 1 }
      if let found = cue(at: i), found.cue.form == .setting {
        i = found.end
        continue
      }
      if text.dateAt[i] >= 0, i == s || has(i - 1, [.timePreposition]) {
        // A date directly behind the cue, before the content.
        let end = Int(text.dates[Int(text.dateAt[i])].span.end)
        if has(end, .comma) {
          draft.time = text.dates[Int(text.dateAt[i])].span
          return end + 1
        }
        return i
      }
      // "menambahkan JUGA harga naik"; "mengaku sangat terbantu"
      if has(i, .adverb), has(i, [.connective, .and]) || has(i + 1, .comma), i == s, !has(i, .entity) {
        i += 1
        continue
      }
      if let found = preposition(at: i), i == s, let comma = commaSoon(found.end, high) {
        return comma + 1
      }
      return i
    }
    return i
  }

  /// Where the content begins behind a citation: `Menurut BNPB, SEPERTI DIKUTIP ANTARA, gempa itu …`; nil when nothing follows it.
  private func behindCitation(_ s: Int, _ high: Int, _ draft: inout StatementDraft) -> Int? {
    guard let found = cue(at: s), found.cue.form == .citation else { return s }
    var k = found.end
    while k < high, k - s < 24, !has(k, [.comma, .quote]) { k += 1 }
    guard k + 1 < high, has(k, .comma) else { return k < high && has(k, .quote) ? s : nil }
    if draft.outlet.isNone { draft.outlet = citedOutlet(in: s..<k) ?? .none }
    return isContentWord(k + 1) ? k + 2 : k + 1
  }

  /// Words that open the content: `bahwa`, `agar`, `jika`; the first one also after a setting.
  private func isContentWord(_ k: Int) -> Bool {
    guard text.classes[k].intersects(words.contentWord), has(k, .clause), !has(k, [.relative, .copula]) else {
      return false
    }
    return true
  }

  /// A comma within a short prepositional phrase without a verb.
  private func commaSoon(_ s: Int, _ high: Int) -> Int? {
    var k = s
    while k < high, k - s < 14 {
      if has(k, .comma) { return k }
      if isVerb(k) || has(k, [.quote, .relative, .clause]) { return nil }
      k += 1
    }
    return nil
  }

  /// Where the content ends: the sentence, less a citation or attribution behind a comma.
  func contentEnd(_ s: Int, _ high: Int, _ draft: inout StatementDraft) -> Int {
    var k = nextCue(s + 1, high)
    while k < high {
      if has(k - 1, .comma), let found = cue(at: k),
        found.cue.form == .citation || found.cue.form == .noun || found.cue.form == .suffixed
      {
        readOutlet(k, high, &draft)
        return k - 1
      }
      if let found = cue(at: k), found.cue.form == .citation, found.end - k >= 2,
        has(k, [.preposition, .clause, .connective])
      {
        readOutlet(k, high, &draft)
        return k
      }
      k = nextCue(k + 1, high)
    }
    // ", Senin (9/11)." at the very end is the date of the statement, if the words before say how it was made; else of what is
    // told: "mengatakan gudang itu terbakar di Bogor, Senin (9/11)".
    var e = high
    while e > s, has(e - 1, .hardMark), text.kind[e - 1] != TokenKind.closeParen { e -= 1 }
    if e > s, text.dateIn[e - 1] >= 0 {
      let date = text.dates[Int(text.dateIn[e - 1])]
      let start = Int(date.span.start)
      if start - 1 > s, has(start - 1, .comma), draft.time.isNone, date.kind == .date || date.kind == .time,
        !hasDateBefore(start - 1), hasSetting(s, start - 1)
      {
        draft.time = date.span
        return start - 1
      }
    }
    return high
  }

  private func hasDateBefore(_ i: Int) -> Bool { i > 0 && text.dateIn[i - 1] >= 0 }

  /// Whether the words before `e` tell how a statement was made: `kepada wartawan di Bogor`, `kepada Antara`.
  private func hasSetting(_ s: Int, _ e: Int) -> Bool {
    (max(s, e - 14)..<max(s, e)).contains { cue(at: $0)?.cue.form == .setting } || !outletTold(s, e).isNone
  }

  /// What stands behind the speaker, who may reach beyond `high`.
  private func readOutlet(_ s: Int, _ high: Int, _ draft: inout StatementDraft) {
    guard s < high else { return }
    if draft.outlet.isNone { draft.outlet = citedOutlet(in: s..<high) ?? .none }
    var i = s
    while i < high {
      if text.entityAt[i] >= 0, draft.outlet.isNone {
        let entity = text.entities[Int(text.entityAt[i])]
        if entity.label == .organization, isMedia(entity) || isDomain(entity) { draft.outlet = entity.span }
      }
      if text.dateAt[i] >= 0, draft.time.isNone { draft.time = text.dates[Int(text.dateAt[i])].span }
      i += 1
    }
  }

  /// Whether the words say something: a predicate, not just an object (`menjelaskan motif pelaku`).
  ///
  /// - Parameter needsPredicate: Whether an adjective counts only where it must be one: `mengumumkan TARIF BARU`, but `mengumumkan tarif
  ///   itu tidak mahal`.
  func states(_ s: Int, _ e: Int, _ isModal: Bool, needsPredicate: Bool = false) -> Bool {
    // "mengutarakan niatnya meminang Rina"
    if !isModal, says(.stance, at: s) {
      return (s + 1..<max(s + 1, e)).contains {
        has($0, [.copula, .auxiliary, .negation, .demonstrative]) && !has($0, .entity)
          && relative(before: $0 + 1, low: s) == nil
      }
    }
    // "menyatakan INILAH waktu yang tepat"
    if has(s, .demonstrative), !has(s, .entity) { return true }
    for k in s..<e {
      if has(k, [.entity, .date, .quantity]) { continue }
      // "meminta WARGA untuk mengungsi"; not "menjelaskan rencana untuk membangun"
      if isVerb(k), !has(k - 1, .purpose) || isModal && k - 1 > s && namesSomebody(s),
        k == s || relative(before: k, low: s) == nil
      {
        return true
      }
      // "tarif BARU untuk kereta"
      let isAttribute = needsPredicate && k > s && has(k, .adjective) && !isVerb(k + 1) && !has(k + 1, .auxiliary)
      if has(k, [.copula, .negation, .auxiliary]), !isAttribute,
        !needsPredicate || !has(k, .negation) || !has(k, .preposition),
        k == s || relative(before: k + 1, low: s) == nil
      {
        return true
      }
      // "tanpa bukti yang CUKUP KUAT": of the noun.
      if k > s, has(k - 1, .relative), !has(k - 1, .entity) { continue }
      if has(k, .adjective), isModal || k > s,
        !needsPredicate || k > s && has(k - 1, [.adverb, .demonstrative, .pronoun]) && !has(k - 2, .relative)
      {
        return true
      }
      if k > s, text.classes[k].intersects(words.degree), k + 1 < e, !needsPredicate,
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

  /// Whether a person, a body or people begin at `i`.
  private func namesSomebody(_ i: Int) -> Bool {
    if text.entityAt[i] >= 0 { return text.entities[Int(text.entityAt[i])].label != .location }
    return has(i, [.pronoun, .title, .determiner]) || text.classes[i].intersects(words.people)
  }

  /// `mengatakan anggaran pilkada itu sekitar 5 miliar`: words enough for what is said without a verb, and no quotation.
  private func isPlain(_ s: Int, _ e: Int) -> Bool { e - s >= 5 && !(s..<e).contains { has($0, .quote) } }

  /// `Menurut X, …` or `…, menurut X`.
  private func addAccording(_ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int)
    -> Int
  {
    var draft = StatementDraft(content: .none, cue: TokenSpan(i, cueEnd), procedure: .indirectAccording)
    draft.sentence = Int32(s)
    let isWithPerson = has(cueEnd - 1, .thirdPerson) || isSuffixed(cueEnd - 1)
    var after = cueEnd
    if isWithPerson {
      if cueEnd - i > 1 { draft.cue = TokenSpan(i, cueEnd - 1) }
      draft.speaker = referent(at: i)
    } else {
      let search = speaker(after: cueEnd, ofCueAt: i, high: high, &draft)
      after = search.end
      draft.speaker = antecedent(of: search.speaker, at: i)
      guard draft.rule >= 0 || isSpeaker(search.speaker) else { return cueEnd }
    }
    if longestMatch(at: i, of: words.stillCue) != nil, cueEnd - i > 1 { draft.cue = TokenSpan(cueEnd - 1, cueEnd) }
    // Skip an apposition or setting up to the comma.
    var start = after
    if has(start, .relative) || text.kindAt(start) == TokenKind.openParen {
      // "menurut USGS (…) yang dilaporkan Reuters, …"
      var k = start
      while k < high, k - start < 16, !has(k, .comma) { k += 1 }
      if has(k, .comma) { start = k }
    } else if !has(start, .comma), let comma = commaSoon(start, high) {
      start = comma
    }
    if has(start, .comma) { start += 1 }
    start = behindCitation(start, high, &draft) ?? start
    let tail = high - start
    let isEnd =
      start >= high || tail <= 1 || has(start, .hardMark) || isDate(start, high)
      || i > low + 3 && has(i - 1, .comma) && !predicates(start, high) && predicates(low, i)
    if isEnd {
      // ""…," tutur Budi menurut Antara": somebody else said it.
      let first = min(low + 1, i - 1)
      if has(low, .quote), statementOf[first] >= 0, statements[Int(statementOf[first])].isQuoted {
        let statement = Int(statementOf[first])
        if isBody(draft.speaker), statements[statement].outlet.isNone { statements[statement].outlet = draft.speaker }
        return high
      }
      draft.content = TokenSpan(low, i)
      readOutlet(after, high, &draft)
    } else {
      let end = contentEnd(start, high, &draft)
      draft.content = TokenSpan(start, end)
    }
    let end = Int(draft.content.end)
    addStatement(draft)
    return isEnd ? high : end
  }

  /// Whether nothing but a date stands there: `menurut Antara, SENIN (9/11).`
  private func isDate(_ s: Int, _ high: Int) -> Bool {
    guard text.dateAt[s] >= 0 else { return false }
    let end = Int(text.dates[Int(text.dateAt[s])].span.end)
    return end >= high || has(end, .hardMark)
  }

  /// `menurutnya`: the cue itself points back.
  private func isSuffixed(_ i: Int) -> Bool { endsInClitic(i) && !has(i, .entity) }

  /// Whether a phrase can speak: a person, a body, a country, or people by a noun that the lists know as such.
  private func isSpeaker(_ span: TokenSpan) -> Bool {
    guard !span.isNone else { return false }
    if has(Int(span.start), [.entity, .thirdPerson]) || text.classes[Int(span.start)].intersects(words.group) {
      return true
    }
    if span.range.contains(where: {
      text.entityAt[$0] >= 0 && text.entities[Int(text.entityAt[$0])].label != .location
    }) {
      return true
    }
    return span.range.contains { text.classes[$0].intersects(words.people) }
  }

  /// `…, kata Budi` outside quotation marks.
  private func addTrailing(
    _ i: Int, _ cue: FactWords.SpeechCue, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int
  ) -> Int {
    if cue.form == .noun, i > low, has(i - 1, .thirdPerson), pointsToBefore(low, i - 1) {
      // "Hal itu dia katakan lewat telepon".
      let draft = StatementDraft(
        content: .none, cue: TokenSpan(i, cueEnd), speaker: referent(at: i), procedure: .indirectPassive)
      return addPrevious(draft, cueEnd, high, s) ? high : cueEnd
    }
    if cue.form == .suffixed, isOpening(i, low), has(cueEnd, .comma), cueEnd + 3 < high {
      // "Dikatakannya, akhir tahun ini selesai."
      var draft = StatementDraft(content: .none, cue: TokenSpan(i, cueEnd), procedure: .indirectTrailing)
      draft.sentence = Int32(s)
      draft.speaker = referent(at: i)
      let end = contentEnd(cueEnd + 1, high, &draft)
      draft.content = TokenSpan(cueEnd + 1, end)
      addStatement(draft)
      return end
    }
    if cue.form == .noun, let end = addLeading(i, cueEnd, low, high, s) { return end }
    guard i > low, has(i - 1, .comma) || has(i - 1, .quote), statementOf[max(low, i - 2)] < 0 else { return cueEnd }
    guard has(i - 1, .comma) else { return cueEnd }
    var draft = StatementDraft(content: .none, cue: TokenSpan(i, cueEnd), procedure: .indirectTrailing)
    draft.sentence = Int32(s)
    var after = cueEnd
    if cue.form == .noun {
      let isWithPerson = cueEnd - i == 2 && has(cueEnd - 1, [.thirdPerson, .pronoun])
      if isWithPerson {
        draft.cue = TokenSpan(i, i + 1)
        draft.speaker = referent(at: i)
      } else {
        let search = speaker(after: cueEnd, ofCueAt: i, high: high, &draft)
        guard draft.rule >= 0 || isSpeaker(search.speaker) else { return cueEnd }
        after = search.end
        draft.speaker = antecedent(of: search.speaker, at: i)
      }
    } else {
      draft.speaker = referent(at: i)
    }
    let from = wholeClauseStart(of: i, low)
    let isFragment = !predicates(from, i)
    // "Hanya saja, kata dia LAGI, jalan itu ditutup"
    if has(after, .adverb), has(after + 1, .comma) { after += 1 }
    if isFragment, !has(after, .comma), isPerson(draft.speaker), goesOn(after, high), predicates(after, high) {
      // "Pasar itu, kata Budi akan ditutup"
      let end = contentEnd(after, high, &draft)
      draft.content = TokenSpan(after, end)
      addStatement(draft)
      return end
    }
    if has(after, .comma), after + 2 < high, !has(after + 1, [.date, .quote]),
      !has(after + 1, .speech) || isFragment && isVerb(after + 1) && self.cue(at: after + 1)?.cue.form != .citation,
      !isSettingTail(after + 1, high) || isFragment && high - after > 4 && goesOn(after + 1, high)
    {
      // "Selain itu, kata dia, akan ada kirab": the content goes on behind the attribution.
      let start = behindCitation(after + 1, high, &draft) ?? after + 1
      let end = contentEnd(start, high, &draft)
      draft.content = TokenSpan(start, end)
      addStatement(draft)
      return end
    }
    draft.content = TokenSpan(from, i)
    guard draft.content.count >= 3 else { return cueEnd }
    readOutlet(after, high, &draft)
    addStatement(draft)
    return high
  }

  /// `Kata Budi, jalan itu ditutup`: the attribution opens the sentence, and what was said follows behind the comma.
  private func addLeading(_ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int) -> Int? {
    guard isOpening(i, low), i == 0 || !has(i - 1, [.quote, .comma]), !has(cueEnd, .comma) || cueEnd == i + 2,
      cueEnd == i + 1 || has(cueEnd - 1, .thirdPerson)
    else { return nil }
    var draft = StatementDraft(content: .none, cue: TokenSpan(i, i + 1), procedure: .indirectLeading)
    draft.sentence = Int32(s)
    var after = cueEnd
    if cueEnd == i + 2 {
      draft.speaker = referent(at: i)
    } else {
      let search = speaker(after: cueEnd, ofCueAt: i, high: high, &draft)
      guard isPerson(search.speaker) || pointsBack(search.speaker), !search.speaker.isNone else { return nil }
      after = search.end
      draft.speaker = antecedent(of: search.speaker, at: i)
    }
    guard has(after, .comma) else { return nil }
    var start = after + 1
    // "Kata Budi, direktur maskapai itu, pesawat belum datang"
    if has(start, .title), let comma = commaSoon(start, high) { start = comma + 1 }
    guard start + 2 < high, !has(start, .quote), states(start, high, false) else { return nil }
    let end = contentEnd(start, high, &draft)
    draft.content = TokenSpan(start, end)
    addStatement(draft)
    return end
  }

  private func isBody(_ span: TokenSpan) -> Bool {
    !span.isNone && text.entityAt[Int(span.start)] >= 0
      && text.entities[Int(text.entityAt[Int(span.start)])].label == .organization
  }

  private func isPerson(_ span: TokenSpan) -> Bool {
    !span.isNone && text.entityAt[Int(span.start)] >= 0
      && text.entities[Int(text.entityAt[Int(span.start)])].label == .person
  }

  /// Whether the words say something of their subject.
  private func predicates(_ s: Int, _ e: Int) -> Bool {
    (s..<max(s, e)).contains { k in
      (isVerb(k) && relative(before: k, low: s) == nil || has(k, [.copula, .negation, .auxiliary, .adjective]))
        && !has(k, [.entity, .date, .connective])
    }
  }

  /// Whether the clause before an attribution can go on at `i`: no setting, mark or second attribution begins there.
  private func goesOn(_ i: Int, _ high: Int) -> Bool {
    guard i + 2 < high, !has(i, [.hardMark, .quote, .relative, .demonstrative, .speech, .and]) else { return false }
    return has(i, [.date, .entity, .auxiliary]) || !has(i, .preposition) && cue(at: i) == nil
  }

  private func isSettingTail(_ s: Int, _ high: Int) -> Bool {
    if let found = cue(at: s), found.cue.form == .setting || found.cue.form == .citation {
      return true
    }
    for k in s..<high where isVerb(k) || has(k, [.copula, .auxiliary]) { return false }
    return true
  }

  /// `Hal itu disampaikan Budi`: the sentence before is what was said; `Ditambahkan Budi, …`: the words behind the comma.
  private func addPassive(_ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int)
    -> Int
  {
    // "Kabar itu disebut membuat": no speaker stands there.
    guard !isNegated(i, low), !isVerb(cueEnd) else { return cueEnd }
    var draft = StatementDraft(content: .none, cue: TokenSpan(i, cueEnd), procedure: .indirectPassive)
    var search = speaker(after: cueEnd, ofCueAt: i, high: high, &draft)
    if let found = preposition(at: cueEnd), found.sense.isBy { draft.cue = TokenSpan(i, found.end) }
    if isOpening(i, low) {
      guard draft.rule >= 0 || isSpeaker(search.speaker), has(search.end, .comma) else { return cueEnd }
      draft.sentence = Int32(s)
      draft.speaker = antecedent(of: search.speaker, at: i)
      let end = contentEnd(search.end + 1, high, &draft)
      draft.content = TokenSpan(search.end + 1, end)
      addStatement(draft)
      return end
    }
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

  /// Whether only connectives stand before the cue in its sentence: `Selain itu, `, `Padahal `.
  func isOpening(_ i: Int, _ low: Int) -> Bool {
    for k in low..<i where !has(k, [.connective, .adverb, .comma, .and, .auxiliary]) && !says(.contrast, at: k) {
      return false
    }
    return true
  }

  func followsQuotation(_ i: Int) -> Bool { i < count && has(i, .quote) }

  /// Whether the words from the sentence's beginning to the cue are `hal itu`, `hal tersebut`, `demikian`.
  private func pointsToBefore(_ low: Int, _ i: Int) -> Bool {
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
  private func addCitation(_ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int)
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
