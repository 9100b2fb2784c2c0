/// What the words around a date say of when something was, and dates that say no time of an event.
extension FactContext {
  /// What the words around a date say of when it is, and the word before it that opens a clause of its own (`clauseOpener`); nil where they make it
  /// no time of an event.
  func timing(of date: DateExpression, _ low: Int) -> (relation: Fact.Relation?, opener: Int?)? {
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

  /// Whether the date is that of a noun which opens the sentence behind `sejak`, `setelah` or the like (`Sejak KEPERGIAN Rudi pada Mei 2015, Sari
  /// mengelola toko`), or behind a word that is of neither a place nor a time (`Berdasarkan HASIL survei tahun ini, Sari unggul`).
  private func isOfFrontedNoun(_ date: DateExpression, _ low: Int) -> Bool {
    let at = Int(date.span.start)
    guard has(low, .preposition), let found = preposition(at: low), !found.sense.isFrom, found.end < at else {
      return false
    }
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
    if says(.superlative, at: at - 1), at - 1 > low, !isPredicate(end), !has(end, [.auxiliary, .negation]) {
      return true
    }
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

  /// Whether the date between the subject and the verb at `v` says which one that is, not when it did so: of something that happened
  /// (`Kekalahan dari Arema, Minggu (4/6), menyulitkan Persib`), and of a thing with a demonstrative behind the date (`Brosur pada 2014 itu
  /// memuat`); not of what is held or begins then.
  func datesSubject(_ subject: TokenSpan, before v: Int, _ date: DateExpression, _ relation: Fact.Relation) -> Bool {
    let (at, end, head) = (Int(date.span.start), Int(date.span.end), Int(subject.start))
    guard v >= end, !subject.isNone, Int(subject.end) <= at, relation == .at || relation == .during,
      !date.isPresentOrPast, !has(head, .entity)
    else { return false }
    let isClosed = has(end, .demonstrative) && !has(end, .entity) && !text.classes[head].intersects(words.people)
    guard isClosed || isOccasion(head) && !says(.held, at: v) else { return false }
    return !(Int(subject.end)..<at).contains {
      has($0, [.relative, .demonstrative]) && !has($0, .entity) || isPredicate($0)
    }
  }

  /// Whether the word at `i` names what happens or is done: `kekalahan`, `penurunan`, `kegagalan`.
  private func isOccasion(_ i: Int) -> Bool {
    says(.occasion, at: i) || says(.change, at: i) || says(.complement, at: i)
  }

  /// Whether the date says who had an office then: `Wali Kota Bogor SAAT ITU, Rina`, `Rina, kapten Persib SAAT INI`; not `Wali Kota Bogor saat itu
  /// membuka`.
  private func datesOffice(_ date: DateExpression, _ low: Int) -> Bool {
    let (at, end) = (Int(date.span.start), Int(date.span.end))
    guard date.isPresentOrPast, date.span.count > 1, has(at - 1, [.entity, .title]), !isPerson(at - 1) else {
      return false
    }
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
  func opensSpan(_ date: DateExpression) -> Bool {
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
