/// Which verb a date belongs to: one before it, one behind it, or the one of the clause that it opens.
extension FactContext {
  /// Whether the word at `k` is the verb of something that happens: also where it elsewhere joins clauses or leads somewhere (`akan JADI
  /// juri`, `telah MELALUI perbatasan`, `SAMPAI di Bogor`), and not inside a noun (`acara BUKA puasa`) or a doubled word.
  func isPredicate(_ k: Int) -> Bool {
    guard isVerb(k) else { return actsAsVerb(k) }
    if k > 1, text.kind[k - 1] == TokenKind.hyphen,
      text.attached(k - 1) && text.attached(k) || text.id[k - 2] == text.id[k]
    {
      return false
    }
    // "satu bulan PENUH", "arus MUDIK 2016"
    if has(k + 1, .date), says(.dated, at: k) { return false }
    if k > 0, has(k, .adjective), !has(k, [.passive, .active]), text.dateIn[k - 1] >= 0 {
      let span = text.dates[Int(text.dateIn[k - 1])]
      if span.kind == .duration, span.from == nil { return false }
    }
    // "MelajuFest"
    if k + 1 < count, text.attached(k + 1), text.kind[k + 1] == TokenKind.word { return false }
    // "tiba-tiba", which the list of adverbs has
    if text.kindAt(k + 1) == TokenKind.hyphen, has(k, .adverb) { return false }
    guard text.classes[k].intersects(words.compound), let noun = longestMatch(at: k, of: words.compound) else {
      return true
    }
    return noun.end <= verbEnd(k) || has(k - 1, [.entity, .pronoun, .auxiliary, .demonstrative])
  }

  /// Whether a word that elsewhere is none is a verb here: a conjunction or preposition behind an auxiliary, `jadi` between who it is and
  /// what, an auxiliary before a time (`dapat SELESAI pada Mei`), a bare form between a noun and a time (`lagu itu RILIS pada 1995`), and
  /// `kembali` between a verb of success and a goal (`sukses KEMBALI ke Solo`).
  private func actsAsVerb(_ k: Int) -> Bool {
    guard !has(k, [.entity, .date, .quantity, .comma, .hardMark]), k > 0, k < count, !isName[k] else { return false }
    let next = k + 1
    if has(k, .bareVerb), has(next, [.timePreposition, .date]) {
      // "diperkirakan RILIS pada Mei"
      return has(k - 1, [.demonstrative, .relative]) && !has(k - 1, .entity) || says(.report, at: k - 1)
    }
    let isTimed = has(next, [.timePreposition, .date]) && !has(next, .clause)
    if has(k, .auxiliary), has(k, [.stative, .intransitive]), at(k).isDisjoint(with: [.clause, .preposition]) {
      return isTimed && !isVerb(k - 1)
    }
    if has(k, .adverb), has(k, .intransitive), !has(k, [.clause, .preposition]) {
      // "telah KEMBALI dengan film"
      return has(next, .preposition) && has(k - 1, .auxiliary) && !has(k - 1, .adverb)
        || preposition(at: next)?.sense.isTo == true && has(next, .placePreposition) && says(.success, at: k - 1)
    }
    guard has(k, [.clause, .preposition]) else { return false }
    if text.classes[k].intersects(words.arrival) {
      return has(next, .placePreposition) && preposition(at: next)?.sense.relation == .at
        && !has(next, .timePreposition)
        && (isPerson(k - 1)
          || !has(k - 1, .entity) && has(k - 1, [.auxiliary, .negation, .and, .timePreposition, .pronoun]))
    }
    guard has(k, WordBits.sureVerb),
      at(next).isDisjoint(with: [.comma, .hardMark, .quote, .auxiliary, .negation, .preposition, .clause, .and])
    else { return false }
    if has(k, .copula) {
      return !isVerb(next) && !has(next, [.adjective, .adverb])
        && (has(k - 1, [.auxiliary, .negation, .pronoun, .entity])
          || text.dateIn[k - 1] >= 0 && text.dates[Int(text.dateIn[k - 1])].isPresentOrPast
          || has(k - 1, .adverb) && k > 1 && !has(k - 2, .comma))
    }
    return has(k, .active) && has(k - 1, .auxiliary) && !has(k - 1, .adverb)
  }

  /// The verb of the phrase that a word for now or then opens (`pabrik yang berdiri di Bogor KINI telah membuat`), or any date between its
  /// subject and an auxiliary (`dibuka Mei, dan Rina TAHUN INI akan mengajar`).
  func verbInPhrase(behind date: DateExpression, _ low: Int, _ high: Int) -> Int? {
    guard date.kind == .date else { return nil }
    let end = Int(date.span.end)
    // "toko yang ADA saat ini kecil": what there is now, whatever is told of it.
    let e = Int(date.span.start) - 1
    if e > low, has(e - 1, .relative), has(e, .copula), text.classes[e].intersects(words.existential) { return nil }
    var k = end
    while k < high, k - end < 2, has(k, .adverb), !has(k, .auxiliary) { k += 1 }
    guard
      date.isPresentOrPast || date.isFuture || has(k, .auxiliary) && followsSubject(Int(date.span.start), low)
        || isPredicate(k) && (followsActor(Int(date.span.start), low) || followsSetting(Int(date.span.start), low))
    else { return nil }
    // "kini sudah siap untuk membuka"
    while k < high, k - end < 5, !isPredicate(k),
      has(k, [.auxiliary, .negation, .adverb]) || has(k, .purpose) && k > end && isIntent(k - 1),
      !has(k, [.demonstrative, .relative])
    {
      k += 1
    }
    return k < high && isPredicate(k) ? verbAfter(date: end, high) : nil
  }

  /// Whether nothing but a noun phrase stands between a comma or `dan` and token `at`.
  func followsSubject(_ at: Int, _ low: Int) -> Bool {
    var k = at - 1
    while k > low, at - k < 10 {
      if has(k, [.comma, .and]), !has(k, .entity) { return k < at - 1 }
      if isPredicate(k) || has(k, [.relative, .hardMark, .quote, .date, .clause])
        || has(k, .preposition) && preposition(at: k)?.sense.isBy != true, !has(k, .entity)
      {
        return false
      }
      k -= 1
    }
    return false
  }

  /// The verb of the clause that a date opens behind a comma, `dan` or `karena`, before which stands its subject: `dibuka Senin, Selasa
  /// | Rudi menyerahkan`. A date that ends its clause, and one with another clause behind it, belongs to the verb before.
  func verbOfOwnClause(_ at: Int, _ end: Int, _ low: Int, _ high: Int) -> Int? {
    if let opener = clauseOpener(before: text.dates[Int(text.dateAt[at])], low) {
      return verb(openedBy: opener, end, high)
    }
    var p = at - 1
    while p > low, has(p, [.preposition, .adverb]), !has(p, [.entity, .and]), !opensReason(p) { p -= 1 }
    // "hari ini, Senin (9/11)" says one time twice, "dibuka Senin, pada Selasa Rudi …" another one.
    guard p > low, has(p, [.comma, .and]) || opensReason(p), !has(p, .entity),
      text.dateIn[p - 1] < 0 || p < at - 1 || isOtherTime(Int(text.dateIn[p - 1]), than: at)
    else {
      return nil
    }
    // "dan kini, Rudi diangkut"
    let isSetOff = has(end, .comma) && !has(p, .comma)
    return verb(openedBy: p, isSetOff ? end + 1 : end, high)
  }

  /// The main verb behind a date that a demonstrative parts from the relative clause of the subject: `Rina yang lahir di Bogor ITU | kemarin |
  /// PULANG`.
  func verbBehindRelative(closedBefore at: Int, _ end: Int, _ low: Int, _ high: Int) -> Int? {
    var p = at - 1
    while p > low, has(p, [.timePreposition, .adverb]), !has(p, [.entity, .demonstrative]) { p -= 1 }
    guard p > low, has(p, .demonstrative), !has(p, [.entity, .relative, .date]), end < high,
      isPredicate(verbBehind(end - 1)) || has(end, [.auxiliary, .negation]), let v = verb(before: p, low: low),
      relative(before: v, low: low) != nil
    else { return nil }
    return verbAfter(date: end, high)
  }

  /// Whether a word for now or then opens the clause behind a comma or `dan`: no verb before is its own (`Setelah berlatih di Bogor, KINI
  /// pemain yang cedera itu …`; not `menjual kopi, kini, …`, `menjual kopi, kini di Depok`).
  func opensOwnClause(_ date: DateExpression, _ low: Int) -> Bool {
    let end = Int(date.span.end)
    guard date.isPresentOrPast || date.isFuture, end < count,
      !has(end, [.comma, .hardMark, .quote, .preposition])
    else { return false }
    var p = Int(date.span.start) - 1
    while p > low, has(p, .adverb), !has(p, [.entity, .and]) { p -= 1 }
    return p > low && has(p, [.comma, .and]) && !has(p, .entity)
  }

  /// The verb of the clause that the word at `p` opens, behind its date, which ends before `end`.
  func verb(openedBy p: Int, _ end: Int, _ high: Int) -> Int? {
    var k = end
    while k < high, k - end < 12 {
      if isPredicate(k) {
        let which = relative(before: k, low: end)
        guard which.map({ isTurn(at: $0) }) ?? true, k > end || !has(p, .comma) else { return nil }
        return beforeVerbPhrase(k, low: end) < end || !nounPhrase(from: end, high: k).isNone ? k : nil
      }
      // "kini Rina JUGA membuka": an adverb; "kini Rina AKAN membuka", elsewhere a preposition.
      if has(k, [.comma, .hardMark, .quote, .and, .clause, .relative, .preposition, .date]),
        !has(k, [.entity, .auxiliary]), !has(k, .adverb) || has(k, .preposition), !isTurn(at: k)
      {
        return nil
      }
      k += 1
    }
    return nil
  }

  /// Whether the relative at `r` stands between whose turn it is and what that does: `giliran Rina YANG menyanyi`.
  func isTurn(at r: Int) -> Bool {
    guard has(r, .relative), !has(r, .entity) else { return false }
    var k = r - 1
    while k >= 0, r - k < 9, !has(k, [.comma, .hardMark, .quote, .relative]) || has(k, .entity) {
      if says(.turn, at: k) { return k < r - 1 }
      k -= 1
    }
    return false
  }

  /// Whether the word at `k` opens a clause that gives a cause, a result or a condition: `karena`, `sehingga`, `meski`.
  func opensReason(_ k: Int) -> Bool {
    has(k, .clause) && !has(k, [.timePreposition, .relative, .purpose, .copula, .entity, .comma])
  }

  /// The verb that a date behind it belongs to.
  func verbBefore(date at: Int, _ low: Int) -> Int? {
    var k = at - 1
    var attribute: Int?
    var isPredicated = false
    while k >= low {
      if let open = openParen(closedAt: k, low: low) {
        k = open - 1
        continue
      }
      if has(k, [.quote, .hardMark]), text.kind[k] != TokenKind.openParen { return attribute }
      if has(k, .clause), !has(k, [.preposition, .relative, .copula, .purpose]), !has(k, .entity) { return attribute }
      if isPredicate(k) {
        // "Pemain yang pernah MENANG adalah Rina pada 2011": the date is not that of the relative.
        if isPredicated, relative(before: k, low: low) != nil { return nil }
        guard says(.attributive, at: k) else { return firstOfPair(k, low) }
        // "meluncurkan aplikasi bernama Melati, Senin"
        if !isAttributeOnly(k, from: low) { attribute = attribute ?? k }
      }
      if has(k, .copula), k + 2 < at, text.kind[at - 1] != TokenKind.openParen,
        !has(k, [.entity, .preposition, .auxiliary, .stative, .adverb])
      {
        isPredicated = true
      }
      // "hasil yang sejak 2010 menurun": the date belongs to the verb behind it.
      if has(k, .relative), (k + 1..<at).allSatisfy({ has($0, .preposition) }) { return nil }
      k -= 1
    }
    return attribute
  }

  /// The first word of the verb of two words that ends with the one at `k` (`bermain IMBANG`, `hangus TERBAKAR`), or the passive before how somebody
  /// was not (`ditemukan tak BERNYAWA`); else `k`.
  func firstOfPair(_ k: Int, _ low: Int) -> Int {
    guard k > low else { return k }
    if has(k, .stative), has(k - 1, .negation), k - 2 >= low, has(k - 2, .passive), isPredicate(k - 2),
      !says(.report, at: k - 2)
    {
      return k - 2
    }
    return verbEnd(k - 1) > k || isPredicate(k - 1) && isOutcome(k, of: k - 1) ? k - 1 : k
  }

  /// `Proyek ditargetkan rampung sebelum 2019`: an adjective or auxiliary before the date's preposition, where no verb is.
  func state(before at: Int, _ low: Int) -> Int? {
    var k = at - 1
    while k > low, has(k, .preposition), !has(k, .adjective) { k -= 1 }
    guard k > low, k < at - 1, has(k, [.adjective, .auxiliary]), !has(k, .entity), !has(k - 1, .relative) else {
      return nil
    }
    // "laporan media LOKAL pada Senin": of the noun before it; "Tenornya MAKSIMAL selama": said of the clause's only noun.
    let isSaid =
      has(k, .auxiliary) || k - 1 == low
      || has(k - 1, [.auxiliary, .negation, .adverb, .entity, .pronoun, .demonstrative])
    return isSaid ? k : nil
  }

  /// `Melati sangat TERKENAL di Bogor pada 2014`: an adjective with an auxiliary or adverb before it, between which and the date stands nothing but
  /// where or as what.
  func statePhrase(before at: Int, _ low: Int) -> Int? {
    var k = at - 1
    while k > low, at - k < 12 {
      if has(k, .adjective), !has(k, [.entity, .preposition, .adverb]), has(k + 1, .preposition),
        has(k - 1, [.auxiliary, .negation]) || text.classes[k - 1].intersects(words.degree)
      {
        let e = beforeVerbPhrase(k, low: low)
        // "lebih tinggi DARI capaian pada 2014"
        guard let found = preposition(at: k + 1), !found.sense.isFrom, !found.sense.isLike else { return nil }
        return k < at - 2 && e >= low && e < k - 1
          && (has(e, [.entity, .demonstrative]) || has(e, .pronoun) || isNoun(e, first: false)) ? k : nil
      }
      if isVerb(k) || has(k, [.comma, .hardMark, .quote, .relative, .clause, .date, .and]),
        !has(k, [.entity, .preposition])
      {
        return nil
      }
      k -= 1
    }
    return nil
  }

  /// The verb of the clause that a date opens: `Pada 1928, pemuda mengikrarkan`; of no aim (`Kini cara terbaik untuk MENABUNG`) and of no
  /// clause that another word opens (`kini sakit karena JATUH`).
  func verbAfter(date end: Int, _ high: Int) -> Int? {
    var k = end
    var isRelative = false
    var aim = -1
    var isOpen = true
    var attribute: Int?
    while k < high, k - end < 40, !endsClause(k) {
      if isOpen, let behind = behindInsertedCitation(k, high) {
        k = behind
        continue
      }
      // "gadis BERUSIA 22 tahun itu | mengaku", "Kini gadis itu BERUSIA 22 tahun, dan"
      if let attribute, has(k, [.comma, .and, .clause]), !has(k, [.entity, .preposition]) { return attribute }
      if !isRelative, attribute == nil, tellsOfNoun(k, from: end) {
        if !isAttributeOnly(k, from: end) { attribute = k }
        k += 1
        continue
      }
      if has(k, .relative) { isRelative = !isTurn(at: k) }
      // "negara yang terkenal dengan menara itu | MENYAJIKAN": the relative had no verb.
      if isRelative, closesRelative(k) { isRelative = false }
      if !isRelative, aim < 0, isState(k, behind: end) { return k }
      if isPredicate(k) {
        let isAim = !isRelative && aim >= 0 && aim == beforeVerbPhrase(k, low: end)
        // "rencana untuk pensiun | TERKUAK": behind an aim the clause's own verb.
        let last = isAim && !has(k, .passive) ? k : lastPredicate(k, high, inRelative: isRelative)
        if !isRelative, !isAim { return last }
        isRelative = false
        k = last
      } else if has(k, .purpose), !has(k, [.entity, .relative]) {
        if !isIntent(k - 1) { aim = k }
      } else if has(k, .clause), !has(k, [.entity, .relative]), opensOtherClause(k), isOpen || !namesCause(k) {
        // "Pada 2004, saat masih kecil, Rina menjuarai"
        guard isOpen else { return nil }
        while k < high, !has(k, [.comma, .hardMark, .quote]) { k += 1 }
      }
      if isOpen { isOpen = has(k, [.comma, .adverb, .connective, .date, .hardMark]) && !has(k, .entity) }
      k += 1
    }
    return attribute
  }

  /// Whether the word at `k` says what the noun before it came of: `kerugian AKIBAT banjir belum dihitung`; not `rusak akibat banjir`.
  private func namesCause(_ k: Int) -> Bool {
    k + 1 < count && preposition(at: k)?.sense.isBy == true && isNoun(k + 1, first: true) && !isVerb(k + 1)
      && text.isWord(k - 1) && isNoun(k - 1, first: false) && !isVerb(k - 1) && !has(k - 1, .adjective)
  }

  /// Whether a mark at `k` ends what a date before it can tell of: no bracket.
  private func endsClause(_ k: Int) -> Bool {
    has(k, [.quote, .hardMark]) && text.kind[k] != TokenKind.openParen && text.kind[k] != TokenKind.closeParen
  }

  /// The last one of the verbs from `k` on, each of which governs the next: `dijadwalkan BERTEMU`; of a relative clause that of all verbs.
  private func lastPredicate(_ k: Int, _ high: Int, inRelative: Bool) -> Int {
    var last = k
    while last + 1 < high, isPredicate(last + 1), inRelative || has(last, [.passive, .intransitive, .auxiliary]),
      !isOutcome(last + 1, of: last)
    {
      last += 1
    }
    return last
  }

  /// Whether the demonstrative at `k` closes a noun phrase with its relative clause before a verb phrase: `yang terkenal itu | akan pulang`.
  private func closesRelative(_ k: Int) -> Bool {
    guard has(k, .demonstrative), !has(k, .entity), !has(k - 1, .relative) else { return false }
    let next = verbBehind(k)
    return next < count && isPredicate(next) && !has(next, .bareVerb)
  }

  /// Whether the adjective at `k` is what the clause of a word for now or then before `start` says: right behind it (`kini AKTIF dalam`), or
  /// of a subject between them (`saat ini data itu sangat TERBATAS.`, `Kini, ia TENAR.`); not `kini dengan harga lebih murah,`.
  private func isState(_ k: Int, behind start: Int) -> Bool {
    guard has(k, .adjective), start > 0, text.dateIn[start - 1] >= 0,
      text.dates[Int(text.dateIn[start - 1])].isPresentOrPast,
      at(k).isDisjoint(with: [.entity, .date, .quantity, .auxiliary, .preposition, .determiner]),
      !isPredicate(k)
    else { return false }
    // "jalan yang dulu RAMAI pejalan kini sepi"
    if k == start, has(Int(text.dates[Int(text.dateIn[start - 1])].span.start) - 1, .relative) { return true }
    guard k + 1 >= count || has(k + 1, [.preposition, .comma, .hardMark, .quote, .clause]) else { return false }
    let e = beforeVerbPhrase(k, low: start)
    // "semakin JELAS": elsewhere an adverb.
    if has(k, .adverb) {
      return e < k - 1 && text.classes[k - 1].intersects(words.degree) && isStated(of: e, from: start)
    }
    guard e < k - 1 || e < start || closesSubject(e), !(e + 1..<k).contains(where: { says(.affirmed, at: $0) }) else {
      return false
    }
    return e < start || isStated(of: e, from: start)
  }

  /// Whether nothing but a subject, which ends with token `e`, stands behind the time that ends before `start`.
  private func isStated(of e: Int, from start: Int) -> Bool {
    let first = has(start, .comma) ? start + 1 : start
    guard first <= e else { return false }
    var last = e
    // "rumor kepindahan Rudi KE DEPOK semakin kencang"
    if text.entityIn[e] >= 0 {
      let place = Int(text.entities[Int(text.entityIn[e])].span.start)
      if place - 1 > first, has(place - 1, .placePreposition) { last = place - 2 }
    }
    return !(first...last).contains { has($0, [.preposition, .clause, .relative, .comma]) && !has($0, .entity) }
  }

  /// Whether token `e` can only be the end of a subject before an adjective: `ia`, `itu`, a person, `kondisinya`.
  private func closesSubject(_ e: Int) -> Bool {
    has(e, .demonstrative) && !has(e, .entity) || has(e, .pronoun) && isSomebody(e) || isPerson(e)
  }

  /// Whether a clause of its own begins at `k`: `namun`, `karena`, `setelah`; not `sementara` and the like as adverbs, and no words that a
  /// mark ends at once (`waktu setempat,`).
  func opensOtherClause(_ k: Int) -> Bool {
    guard !has(k, [.copula, .determiner]), !has(k + 2, [.comma, .hardMark]),
      !has(k, [.adverb, .connective]) || says(.contrast, at: k) && has(k - 1, .comma)
    else { return false }
    return !has(k, .preposition) || opensClause(k)
  }

  /// `setelah` or the like before a date that only says when, in its clause: `menang SETELAH pekan lalu kalah`, not `buka setelah Lebaran`.
  func clauseOpener(before date: DateExpression, _ low: Int) -> Int? {
    let p = Int(date.span.start) - 1
    let end = Int(date.span.end)
    guard p >= low, date.kind == .date, date.span.count > 1, !isHoliday(date), !text.isNumber(end - 1),
      opensClause(p), preposition(at: p)?.sense.relation == .after, !date.isFuture,
      let v = verb(openedBy: p, end, min(end + 12, Int(sentence(p).end))), v - end < 12
    else { return nil }
    return p
  }

  /// Who acts in the clause of the verb at `v` that the word at `opener` opens: whom it names behind its date, else whoever acts in the clause before.
  func subject(of v: Int, openedBy opener: Int, _ date: DateExpression, _ low: Int) -> TokenSpan {
    let end = Int(date.span.end)
    guard beforeVerbPhrase(v, low: end) < end else { return subject(of: v, low: end) }
    guard let earlier = verb(before: opener, low: low) else { return .none }
    return subject(of: earlier, low: low)
  }

  /// Whether the date behind `dari` says from when the noun before is: `Lagunya DARI 1984`; not `dilakukan dari sekarang`, `dari 1984 hingga 1990`.
  func datesNoun(from at: Int, _ date: DateExpression, _ low: Int) -> Bool {
    let p = at - 1
    guard p > low, let found = preposition(at: p), found.sense.isFrom, found.end == at, !isInterval(date),
      preposition(at: Int(date.span.end))?.sense.relation != .until
    else { return false }
    if has(p - 1, .date) { return true }
    guard !date.isPresentOrPast, !isPredicate(p - 1) else { return false }
    return has(p - 1, .entity) || isNoun(p - 1, first: false) && text.kind[p - 1] == TokenKind.word
  }
}
