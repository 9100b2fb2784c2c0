/// Events: predicates with a date, outside statements, for dates that no figure or statement uses.
///
///     Suriah telah dilanda konflik sejak Maret 2011.
///     subject      action  object  since   time
extension FactContext {
  func findEvents() {
    for figure in figures where figure.date >= 0 { isDateTaken[Int(figure.date)] = true }
    for i in text.dates.indices where !isDateTaken[i] {
      let date = text.dates[i]
      let at = Int(date.span.start)
      guard at >= 0, at < count, text.sentenceOf[at] >= 0, statementOf[at] < 0, quotationOf[at] < 0 else { continue }
      // "pada 2008, 2013 dan 2014": years behind a comma are in no name where the first is in none.
      let first = firstOfList(at, date, Int(sentence(at).start))
      guard isDated(date), !isInName(first == at ? i : dateIndex(at: first) ?? i), !isPartOfFuller(i),
        !isCompared(i, with: nil), !isExplained(at),
        !isRestated(at, date), !isExceeded(at),
        !isDateline(Int(text.sentenceOf[at]))
      else { continue }
      if let event = event(Int32(i), date) { add(event) }
    }
  }

  /// Whether the date stands right beside another one that says the same more fully: `hari ini, Senin (17/4)`, `Idulfitri | 1
  /// Syawal 1436 Hijriah`. Lists of dates (`13 April, 1 Mei`) are times of their own.
  private func isPartOfFuller(_ index: Int) -> Bool {
    let span = text.dates[index].span
    let s = text.sentenceOf[Int(span.start)]
    let before = Int(span.start) - (joins(Int(span.start) - 1) ? 2 : 1)
    if before >= 0, text.dateIn[before] >= 0, text.sentenceOf[before] == s {
      let other = text.dates[Int(text.dateIn[before])].span
      // "Setelah dibuka pada 2014, KINI pasar itu ditutup", "yang dirilis Mei lalu KINI populer"
      if !text.dates[index].isPresent, isApposition(other, span), other.count >= span.count { return true }
    }
    // "tiga pekan lagi, TEPATNYA pada 3 Mei"
    var next = Int(span.end) + 1
    if has(next - 1, .comma), says(.alternative, at: next), has(next, .timePreposition) {
      while has(next, .timePreposition) { next += 1 }
      return dateIndex(at: next) != nil
    }
    guard let after = dateIndex(at: Int(span.end) + (joins(Int(span.end)) ? 1 : 0)) else { return false }
    // "sejak 2014, setiap tahun", "pada 2006, tujuh tahun sebelum": how often and how long say no time again.
    guard text.dates[after].kind != .set, text.dates[after].kind != .duration || !joins(Int(span.end)) else {
      return false
    }
    return text.dates[after].span.count > span.count
  }

  /// Whether the date at `at` stands in a bracket behind another date, which it only says again: `23, 27 dan 30 Juni (Jumat, Selasa, Jumat)`.
  private func isExplained(_ at: Int) -> Bool {
    var k = at - 1
    while k > 0, at - k < 24, has(k, [.comma, .and, .date]) { k -= 1 }
    return k > 0 && text.kind[k] == TokenKind.openParen && text.dateIn[k - 1] >= 0
  }

  /// Whether the time at `at` says the one before it once more for another zone: `Senin sore waktu setempat atau SELASA PAGI WIB`, `Rabu
  /// (4/11) atau sekitar KAMIS PUKUL 02.00 WIB`, `pukul 08.10 waktu setempat (WS) atau 09.10 WIB`, `pukul 18.00 waktu setempat (20.00 WIB)`.
  private func isRestated(_ at: Int, _ date: DateExpression) -> Bool {
    guard date.kind == .time else { return false }
    var or = at - 1
    while or > 0, at - or < 3, has(or, [.adverb, .timePreposition]), !says(.alternative, at: or) { or -= 1 }
    let isBracket = text.kindAt(at - 1) == TokenKind.openParen
    if isBracket { or = at - 1 }
    guard or > 0, isBracket || says(.alternative, at: or) else { return false }
    var k = or - 1
    while k > 0, or - k < 7, text.dateIn[k] < 0,
      text.kind[k] == TokenKind.word || text.kind[k] == TokenKind.comma || text.kind[k] == TokenKind.openParen
        || text.kind[k] == TokenKind.closeParen
    {
      k -= 1
    }
    guard k >= 0, text.dateIn[k] >= 0, text.sentenceOf[k] == text.sentenceOf[at] else { return false }
    let earlier = text.dates[Int(text.dateIn[k])]
    return earlier.kind == .time || !isBracket && earlier.kind == .date && earlier.value.count == 10
  }

  private func joins(_ k: Int) -> Bool {
    has(k, .comma) || text.kindAt(k) == TokenKind.hyphen || text.kindAt(k) == TokenKind.dash
  }

  /// Whether the second of two dates side by side says no other time: nothing or a dash between them, or a number in only one.
  private func isApposition(_ a: TokenSpan, _ b: TokenSpan) -> Bool {
    guard has(Int(a.end), .comma) else { return true }
    func isCounted(_ span: TokenSpan) -> Bool { span.range.contains { text.isNumber($0) } }
    return isCounted(a) != isCounted(b)
  }

  /// Whether an event can have the date: not how often; a future without bounds where it opens its clause or a preposition says that it is a
  /// time (`namun KE DEPANNYA`, `dalam WAKTU DEKAT`; not `umpan ke depan`, `film mendatang`).
  private func isDated(_ date: DateExpression) -> Bool {
    guard date.isFuture else { return date.kind != .set }
    let start = Int(date.span.start)
    if text.numberAt[start] >= 0 || text.classes[start].intersects(words.determiner) || has(start - 1, .timePreposition)
    {
      return true
    }
    return start == Int(sentence(start).start) || has(start - 1, [.comma, .clause, .and, .connective])
  }

  private func event(_ index: Int32, _ date: DateExpression) -> PredicateDraft? {
    let (low, high) = clause(of: date)
    guard let timing = timing(of: date, low),
      let found = predicate(of: date, hasRelation: timing.relation != nil, low, high)
    else { return nil }
    let v = whatMade(found, low)
    if timing.relation == nil, isSubject(of: v, date, low) { return nil }
    var draft = PredicateDraft(anchor: index, time: date.span, date: index, procedure: .eventVerb)
    draft.relation = timing.relation ?? (opensSpan(date) ? .since : .at)
    draft.action = TokenSpan(v, verbEnd(v))
    draft.actor = subjectBefore(v, openedBy: timing.opener, date, low)
    if timing.opener == nil, datesSubject(draft.actor, before: v, date, draft.relation) { return nil }
    if v == found, tellsWhenSaid(v, draft.actor, low) { return nil }
    findParticipants(&draft, at: found, hasOpener: timing.opener != nil, low, high)
    return draft
  }

  /// Whether the date that opens the clause is the subject of `menjadi` at `v`: `Rabu ini akan MENJADI hari besar`.
  private func isSubject(of v: Int, _ date: DateExpression, _ low: Int) -> Bool {
    Int(date.span.start) == low && has(v, .copula) && !text.classes[v].intersects(words.existential)
      && beforeVerbPhrase(v, low: low) < Int(date.span.end)
  }

  /// The words of the sentence among which the date's predicate stands: outside statements, and inside its bracket.
  private func clause(of date: DateExpression) -> (low: Int, high: Int) {
    let at = Int(date.span.start)
    var low = max(Int(sentence(at).start), at - Self.reach)
    var high = min(Int(sentence(at).end), at + Self.reach, count)
    var k = at
    while k >= low, statementOf[k] < 0 { k -= 1 }
    low = max(low, k + 1)
    k = at
    while k < high, statementOf[k] < 0 { k += 1 }
    high = min(high, k)
    // "final Piala Melati (SEKARANG Liga Mawar)": what a bracket says is for itself.
    if at > low, text.kind[at - 1] == TokenKind.openParen, text.kindAt(Int(date.span.end)) != TokenKind.closeParen {
      return (at, bracketEnd(Int(date.span.end), high))
    }
    return (low, high)
  }

  /// The verb that the date says when it was.
  private func predicate(of date: DateExpression, hasRelation: Bool, _ low: Int, _ high: Int) -> Int? {
    let at = Int(date.span.start)
    let end = Int(date.span.end)
    guard
      var v = verbOfOwnClause(at, end, low, high) ?? verbInPhrase(behind: date, low, high)
        ?? verbBehindRelative(closedBefore: at, end, low, high)
        ?? (opensOwnClause(date, low)
          ? verbAfter(date: end, high)
          : verbBefore(date: at, low) ?? statePhrase(before: at, low) ?? verbAfter(date: end, high)
            ?? state(before: at, low)
            ?? verbAsPreposition(before: at, low))
    else { return nil }
    // "Bogor, Senin (9/11) - Harga emas naik"
    if v > at, isDash(end) { return nil }
    if v < at, let whole = mainVerb(over: v, date: firstOfList(at, date, low), low) { v = whole }
    // "surat tertanggal 9 November": a date that says what a noun is like; "berbeda dengan tahun lalu": one that is compared.
    if !hasRelation, says(.attributive, at: at - 1) || isOtherThan(at) { return nil }
    if says(.report, at: v) { v = reported(by: v, date, high) }
    // "dijadwalkan | RILIS pada Mei": without its prefix.
    let bare = verbEnd(v)
    if v < at, bare < at, has(v, .passive), has(bare, .bareVerb), !isVerb(bare),
      has(bare + 1, [.date, .timePreposition])
    {
      v = bare
    }
    // "Diketahui panen desa itu hari ini adalah yang terbesar": how it is known is no event.
    if v == Int(sentence(at).start), says(.report, at: v) { return nil }
    // "merayakan Natal", "menjadi Mei": the time is what the verb is about; "Memasuki 2023, Rina MENGAJAR"
    if !hasRelation, v < at, verbEnd(v) == at, !date.isPresentOrPast,
      says(.period, at: v) || says(.possession, at: v)
        || has(v, .copula) && has(v, .intransitive) && !text.classes[v].intersects(words.existential)
    {
      return v == low && has(end, .comma) ? verbAfter(date: end, high) : nil
    }
    return v
  }

  /// What the verb at `v` reports, which is what happens: `kini dikabarkan | akan PULANG`, `dikabarkan | tahun depan akan PULANG`,
  /// `diharapkan | dapat SELESAI pada Mei`; else that verb.
  private func reported(by v: Int, _ date: DateExpression, _ high: Int) -> Int {
    let at = Int(date.span.start)
    let end = Int(date.span.end)
    if v > at {
      let last = lastOfChain(v, high)
      // "disebut-sebut | MENJADI"
      let next = verbEnd(last)
      return says(.report, at: last) && next < high && isVerb(next) && has(next, .copula) ? next : last
    }
    if verbEnd(v) == at, has(end, .auxiliary), let next = verbAfter(date: end, high) { return next }
    guard let next = state(before: at, verbEnd(v) - 1), has(next, .auxiliary) || has(verbEnd(v), .auxiliary),
      !has(next, .preposition)
    else { return v }
    return next
  }

  /// Whether the verb at `v` only tells when something was said: `Hal ini DIUNGKAPKAN Rudi, Senin`, `saat DITEMUI wartawan, Senin`,
  /// `Rina MENYAMPAIKAN hal itu seusai rapat, Senin`.
  private func tellsWhenSaid(_ v: Int, _ actor: TokenSpan, _ low: Int) -> Bool {
    if let found = cue(at: v) {
      if isCue[v] || cites(v, found.cue.form, actor, low) || found.cue.form == .source { return true }
      let isSaid = found.cue.form == .passive || found.cue.form == .suffixed
      if isSaid, actor.isNone || longestMatch(at: Int(actor.start), of: words.backReference) != nil { return true }
      if longestMatch(at: found.end, of: words.backReference) != nil { return true }
    }
    if tellsHowHeard(v, low) { return true }
    guard let before = cue(at: v - 1) else { return false }
    return before.cue.form == .setting && before.end > v
  }

  /// Whether the passive at `v` tells how something came to be said or known: it opens its clause (`DITEMUI di Bogor, Senin, Rina menolak`, `saat
  /// DITANYA soal rencana tahun depan`), or an outlet does it (`rilis yang DITERIMA Antara, Senin`).
  private func tellsHowHeard(_ v: Int, _ low: Int) -> Bool {
    if says(.learned, at: v) {
      let agent = agent(after: verbEnd(v), high: Int(sentence(v).end))
      return !agent.isNone && isOutlet(Int(agent.start))
    }
    guard says(.asked, at: v) else { return false }
    let e = beforeVerbPhrase(v, low: low)
    return e < low || has(e, [.comma, .relative]) || opensClause(e)
  }

  /// Whether the date that begins at `at` is one with which something is compared: `lebih baik dari | 2014`.
  private func isExceeded(_ at: Int) -> Bool {
    has(at - 2, .adjective) && preposition(at: at - 1)?.sense.isFrom == true
      && text.classes[max(0, at - 3)].intersects(words.degree)
  }

  /// Whether a preposition that is neither of place nor of time stands right before token `at`: `dengan`, `seperti`.
  private func isOtherThan(_ at: Int) -> Bool {
    guard let found = preposition(at: at - 1), found.end == at else { return false }
    return (found.sense.isTo || found.sense.isLike) && !found.sense.time && !found.sense.place
  }
}
