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
  /// (4/11) atau sekitar KAMIS PUKUL 02.00 WIB`, `pukul 08.10 waktu setempat (WS) atau 09.10 WIB`.
  private func isRestated(_ at: Int, _ date: DateExpression) -> Bool {
    guard date.kind == .time else { return false }
    var or = at - 1
    while or > 0, at - or < 3, has(or, [.adverb, .timePreposition]), !says(.alternative, at: or) { or -= 1 }
    guard or > 0, says(.alternative, at: or) else { return false }
    var k = or - 1
    while k > 0, or - k < 7, text.dateIn[k] < 0,
      text.kind[k] == TokenKind.word || text.kind[k] == TokenKind.comma || text.kind[k] == TokenKind.openParen
        || text.kind[k] == TokenKind.closeParen
    {
      k -= 1
    }
    guard k >= 0, text.dateIn[k] >= 0, text.sentenceOf[k] == text.sentenceOf[at] else { return false }
    let earlier = text.dates[Int(text.dateIn[k])]
    return earlier.kind == .time || earlier.kind == .date && earlier.value.count == 10
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
    if v == found, tellsWhenSaid(v, draft.actor, low) { return nil }
    findParticipants(&draft, at: found, hasOpener: timing.opener != nil, low, high)
    return draft
  }

  /// What the words around a date say of when it is, and the word before it that opens a clause of its own (`clauseOpener`); nil where they make it
  /// no time of an event.
  private func timing(of date: DateExpression, _ low: Int) -> (relation: Fact.Relation?, opener: Int?)? {
    let at = Int(date.span.start)
    // "Dua tahun terakhir, Rina melatih": its days are known; "beberapa hari belakangan" is as much a time.
    let isDatedSpan =
      date.kind == .duration && (date.from != nil || isVagueSpan(date)) && !has(at - 1, .quantity)
    var relation = relation(before: at, low: low, date) ?? (isDatedSpan ? .during : nil)
    if relation == nil || relation == .at, let own = relationOfOccasion(datedAt: at, date, low) { relation = own }
    if relation == .since, datesNoun(from: at, date, low) { return nil }
    let opener = clauseOpener(before: date, low)
    if opener != nil { relation = .at }
    if relation == nil, isNoTime(date, low) { return nil }
    if opensRange(Int(date.span.end)) || isOfFrontedNoun(date, low) { return nil }
    return (relation, opener)
  }

  /// Whether a date without a word for when is a length, the subject, what a noun is like, or what the clause is about.
  private func isNoTime(_ date: DateExpression, _ low: Int) -> Bool {
    let (at, end) = (Int(date.span.start), Int(date.span.end))
    if date.kind == .duration { return true }
    // "Tahun 2016 adalah titik balik": the date itself is the subject.
    if at == low, has(end, .copula), !isVerb(end) { return true }
    // "tertinggal DULU": first, no time (PAST_REF).
    if date.isPast, date.span.count == 1, isVerb(at - 1), text.sentenceOf[at - 1] == text.sentenceOf[at] { return true }
    if describesNoun(date) || tellsWhich(at, low) || namesOccasion(date, low) || datesOffice(date, low) { return true }
    // "Lebaran Betawi dijadikan ajang", "menetapkan awal puasa Ramadan": a feast without a word for when is what the clause is about.
    return text.classes[at].intersects(words.holiday) && !has(at - 1, .placePreposition)
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

  /// Whether the date is that of a noun which opens the sentence behind `sejak`, `setelah` or the like (`Sejak KEPERGIAN Rudi pada Mei 2015, Sari
  /// mengelola toko`), or behind a word that is of neither a place nor a time (`Berdasarkan HASIL survei tahun ini, Sari unggul`).
  private func isOfFrontedNoun(_ date: DateExpression, _ low: Int) -> Bool {
    let at = Int(date.span.start)
    guard let found = preposition(at: low), !found.sense.isFrom, found.end < at else { return false }
    let isApart = has(Int(date.span.end), .comma)
    switch found.sense.relation {
    case .since, .before, .after: guard found.end < at - 1, has(at - 1, .timePreposition) else { return false }
    default:
      // "Karena | sampai saat ini,": nothing that the date could be of.
      guard isApart, !found.sense.place, !found.sense.time, !found.sense.isTo || found.sense.isWith,
        (found.end..<at).contains(where: { has($0, .entity) || isNoun($0, first: false) && !has($0, .timePreposition) })
      else { return false }
    }
    let other: WordBits = isApart ? [.auxiliary] : [.auxiliary, .relative]
    return !(found.end..<at).contains {
      has($0, .comma) || isPredicate($0) || text.dateIn[$0] >= 0 || has($0, other) && !has($0, .entity)
    }
  }

  /// Whether a noun right before the date at `at` has it for its own, without a preposition of time: `penyanyi KELAHIRAN 1984`, `menyambut
  /// BULAN SUCI Ramadan`; not `Zaman dahulu, Rina menulis`.
  private func tellsWhich(_ at: Int, _ low: Int) -> Bool {
    if isBirthday(at, low) { return true }
    // "lomba TERBESAR tahun ini"; not "lomba terbesar kini DIGELAR".
    let end = Int(text.dates[Int(text.dateAt[at])].span.end)
    if says(.superlative, at: at - 1), at - 1 > low, !isPredicate(end), !has(end, [.auxiliary, .negation]) { return true }
    for noun in [at - 1, at - 2] where noun > low && says(.dated, at: noun) {
      guard noun == at - 1 || longestMatch(at: noun, of: words.clauseWord)?.end ?? 0 == Int32(at) else { continue }
      var k = noun - 1
      // "dalam koran MELATI edisi Senin": the date of what has the name.
      while k >= low, noun - k < 4, !has(k, .entity) {
        if has(k, [.timePreposition, .placePreposition]) { return false }
        k -= 1
      }
      return true
    }
    return false
  }

  /// Whether the date says who had an office then: `Wali Kota Bogor SAAT ITU, Rina`, `Rina, kapten Persib SAAT INI`; not `Wali Kota Bogor saat itu
  /// membuka`.
  private func datesOffice(_ date: DateExpression, _ low: Int) -> Bool {
    let (at, end) = (Int(date.span.start), Int(date.span.end))
    guard date.isPresentOrPast, date.span.count > 1, has(at - 1, [.entity, .title]), !isPerson(at - 1) else { return false }
    var k = at - 1
    while k > low, at - k < 8, !has(k, .title) || has(k, .entity) {
      guard has(k, .entity) || isNoun(k, first: false) && !isVerb(k) else { return false }
      k -= 1
    }
    guard has(k, .title), !has(k, .entity) else { return false }
    if isPerson(end) || has(end, .comma) && isPerson(end + 1) { return true }
    while k > low, has(k - 1, .title), !has(k - 1, .entity) { k -= 1 }
    return k - 2 >= low && has(k - 1, .comma) && isPerson(k - 2)
  }

  /// Whether the date at `at` stands behind the place where somebody was born on it: `perempuan kelahiran Bogor, | 12 Mei 1990, membuka toko`.
  private func isBirthday(_ at: Int, _ low: Int) -> Bool {
    let e = has(at - 1, .comma) ? at - 2 : at - 1
    guard e > low, text.entityIn[e] >= 0 else { return false }
    let place = text.entities[Int(text.entityIn[e])]
    return place.label == .location && place.span.start > low && says(.dated, at: Int(place.span.start) - 1)
  }

  /// Whether the date is part of what an occasion is called: a bare year behind the bracket of its short form (`Pekan Raya Melati (PRM) 2017`), a
  /// day behind a noun with a capital (`Gerakan 12 MEI 1966`); not `tiba di Kemuning 12 Mei`.
  private func namesOccasion(_ date: DateExpression, _ low: Int) -> Bool {
    let start = Int(date.span.start)
    guard date.kind == .date, start - 1 > low, text.isNumber(start) else { return false }
    let p = start - 1
    if date.span.count == 1 {
      guard date.value.count == 4, let open = openParen(closedAt: p, low: low), open > low, p - open <= 4 else {
        return false
      }
      return has(open - 1, [.entity, .quote]) || text.isCapitalized(open - 1)
    }
    return date.value.count == 10 && text.isWord(p) && text.isCapitalized(p) && at(p).isDisjoint(with: Self.covered)
      && !isVerb(p) && !has(p, [.preposition, .adverb, .clause]) && !has(p - 1, [.placePreposition, .timePreposition])
      && !isHeadline[p]
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

  /// Whether a preposition of time stands before a length of time, over nouns and adverbs: `selama kurang lebih 9 minggu`,
  /// `dalam waktu kurun 50 hari`, `pada tiga hari itu`; not `setelah` and `sebelum`, which say from when on.
  func spansTime(before at: Int, low: Int) -> Bool {
    var k = at - 1
    while k >= low, at - k <= 4 {
      if let found = preposition(at: k), found.sense.time, !isPartOfAmount(k) {
        return found.sense.relation != .before && found.sense.relation != .after
      }
      if has(k, [.comma, .hardMark, .entity, .quantity]) || isVerb(k) { return false }
      k -= 1
    }
    return false
  }

  /// `lebih DARI 18 bulan`: the preposition belongs to the words for how much, and says nothing of when.
  private func isPartOfAmount(_ k: Int) -> Bool {
    has(k, .adverb) && has(k - 1, .adverb) && preposition(at: k)?.sense.isFrom == true
  }

  /// Whether a length of time says not how long, and a word behind it when: `beberapa hari BELAKANGAN`; not `bertahun-tahun`.
  private func isVagueSpan(_ date: DateExpression) -> Bool {
    guard date.span.count > 2, !isDash(Int(date.span.start) + 1) else { return false }
    for i in 0..<date.value.count where date.value[i] == UInt8(ascii: "X") { return true }
    return false
  }

  /// The relation that the words before a date give; nil for none.
  private func relation(before at: Int, low: Int, _ date: DateExpression) -> Fact.Relation? {
    var at = firstOfList(at, date, low)
    if isPartOfAmount(at - 1) { at -= 2 }
    var k = at - 1
    var nearest = at - 1
    // "sejak MUSIM PANAS 2016", "hingga final 2015"
    let isOfNoun = text.isNumber(at) && (date.value.count == 4 || date.value.count == 9)
    while k >= low, at - k <= 3 {
      // "selamat dari TSUNAMI 13 tahun silam"
      if let found = preposition(at: k), found.sense.time, !found.sense.isFrom || found.end == at,
        found.end >= nearest || isOfNoun && found.sense.relation != .at && found.sense.relation != .none
      {
        if date.kind == .duration {
          // "dalam (kurun) waktu enam menit"
          if found.sense.relation == .at, k == at - 1 {
            nearest = at - 3
            k -= 1
            continue
          }
          let isBound = found.sense.relation == .during || found.sense.relation == .since
          return isBound || found.sense.relation == .until && date.from != nil ? found.sense.relation : nil
        }
        if found.sense.relation == .none || found.sense.relation == .at || found.sense.relation == .during,
          opensSpan(date)
        {
          return .since
        }
        if found.sense.relation == .during { return date.span.count >= 3 && isInterval(date) ? .during : .at }
        return found.sense.relation == .none ? .at : found.sense.relation
      }
      // "berakhir di musim 2018", "tampil di edisi 2018": of a common noun the year says when.
      if isOfNoun, k == at - 2, let found = preposition(at: k), found.sense.place, found.sense.relation == .at,
        found.end == at - 1, !found.sense.isTo, !has(at - 1, [.entity, .date]), !text.isCapitalized(at - 1)
      {
        return .at
      }
      if has(k, [.comma, .hardMark, .entity]) || isVerb(k) { return nil }
      k -= 1
    }
    return nil
  }

  /// The relation to the occasion whose date begins at `at`, where no conjunction opens its phrase: `berlatih JELANG lomba di Bogor pada Mei`,
  /// `membaik PASCA kecelakaan tahun lalu`.
  private func relationOfOccasion(datedAt at: Int, _ date: DateExpression, _ low: Int) -> Fact.Relation? {
    guard date.kind == .date else { return nil }
    var k = at - 1
    while k > low, at - k < 12 {
      if has(k, .timePreposition), !has(k, [.clause, .entity]), let found = preposition(at: k), found.end < at - 1,
        found.sense.relation == .before || found.sense.relation == .after
      {
        return found.sense.relation
      }
      if has(k, [.comma, .hardMark, .quote, .relative, .date]) && !has(k, .entity) || isPredicate(k) { return nil }
      k -= 1
    }
    return nil
  }

  /// Whether a word for until and another date stand behind the date: `digelar 30 OKTOBER hingga 2 November`.
  private func opensSpan(_ date: DateExpression) -> Bool {
    guard date.kind != .duration, let until = preposition(at: Int(date.span.end)), until.sense.relation == .until else {
      return false
    }
    return until.end < count && text.dateAt[until.end] >= 0
  }

  func isInterval(_ date: DateExpression) -> Bool {
    for i in 0..<date.value.count where date.value[i] == 0x2F { return true }
    return false
  }
}
