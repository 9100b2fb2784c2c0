// The subject that stands somewhere in the clause before a verb.

/// Where the search for the subject has come that begins at the end of a clause and goes to its left.
private struct ClauseSearch {
  /// The last token of the clause, before the verb phrase.
  let end: Int
  let low: Int
  let depth: Int
  /// The token to look at, then the one before the clause.
  var s: Int
  var and: Int?
  /// The verb of the clause before, behind which the subject stands.
  var governor: Int?
  /// Where a word that is conjunction and preposition stands: `membatasi penjualan KARENA kapasitas gudang hanya menampung`.
  var opener: Int?

  /// Goes on before token `i`: what lies between is of another clause.
  mutating func skip(to i: Int) {
    s = i - 1
    (and, opener) = (nil, nil)
  }
}

extension FactContext {
  /// The first noun phrase of the clause that ends with token `e`, before its verb.
  func subject(inClauseBefore e: Int, low: Int, _ depth: Int) -> TokenSpan {
    var search = ClauseSearch(end: e, low: low, depth: depth, s: e)
    if let found = findClause(&search) { return found }
    let (s, governor) = (search.s, search.governor)
    // "Ini PENTING karena harga yang dibayar warga naik"
    if governor == nil, let opener = search.opener, search.and ?? 0 <= opener, has(opener - 1, .adjective),
      tellsOfSubject(behind: e)
    {
      let own = firstPhrase(from: opener + 1, high: e + 1)
      if own.count > 1 || !own.isNone && (has(Int(own.start), .entity) || isSomebody(Int(own.start))) { return own }
    }
    // "Selama membela Persib IA telah bermain"
    if governor != nil, has(e, .pronoun), isSomebody(e), !has(e, .entity), has(e - 1, .entity) {
      return TokenSpan(e, e + 1)
    }
    // "bekerja sama dengan Budi mengirimkan": a verb of several words.
    let from = governor.map { max($0 + 1, verbEnd($0)) } ?? s + 1
    if let governor, from > s + 1, firstPhrase(from: from, high: e + 1).isNone {
      return subject(of: governor, low: low, depth: depth + 1)
    }
    let phrase = firstPhrase(from: from, high: e + 1)
    return phrase.isNone ? subjectInSetting(search) : subject(besides: phrase, search)
  }

  /// Finds where the clause begins and the verb before it; returns the subject where one of its words already tells that.
  private func findClause(_ search: inout ClauseSearch) -> TokenSpan? {
    let (e, low) = (search.end, search.low)
    while search.s >= low {
      let s = search.s
      if let open = openParen(closedAt: s, low: low) {
        search.s = open - 1
        continue
      }
      let b = at(s)
      if b.contains(.quote), let open = openQuote(closedAt: s, low: low) {
        search.s = open - 1
        continue
      }
      if !b.isDisjoint(with: [.comma, .hardMark, .quote]), !isVersionDot(s) {
        // "Tim SAR, TNI, dan relawan": a list that a comma closes before its last member.
        if search.and == s + 1, b.contains(.comma), let start = listStart(before: s, low: low) { search.s = start - 1 }
        return nil
      }
      if b.contains(.relative), s < e, let found = subject(inRelativeAt: s, search) { return found }
      if opensClauseOf(e, at: s) { return nil }
      if b.contains(.and), !b.contains(.entity) { search.and = search.and ?? s }
      if search.opener == nil, s < e, opensClause(s) { search.opener = s }
      if isVerb(s), !(s == e && describes(s)), s == e || !says(.attributive, at: s) {
        if let noun = nounOfOtherVerb(search) {
          if let own = nameJoined(behind: s, search) { return own }
          search.skip(to: noun)
          continue
        }
        if let opener = search.opener, search.and ?? 0 <= opener, !(has(s, .stative) && has(s, .adjective)),
          tellsOfSubject(behind: e)
        {
          let own = firstPhrase(from: opener + 1, high: e + 1)
          if !own.isNone { return own }
        }
        if let and = search.and { search.s = and } else { search.governor = s }
        return nil
      }
      search.s -= 1
    }
    return nil
  }

  /// The subject of a relative clause that the word at `s` opens; nil where it has none of its own.
  private func subject(inRelativeAt s: Int, _ search: ClauseSearch) -> TokenSpan? {
    let e = search.end
    // "hasil yang sejak 2010 menurun"
    if (s + 1...e).allSatisfy({ has($0, [.preposition, .date, .adverb]) }) {
      return antecedent(of: s, low: search.low, search.depth)
    }
    // "lomba di mana IA menjadi", "tren yang MEREKA bangun"
    if s == e - 1, has(e, .pronoun), !has(e, .entity), isSomebody(e) { return TokenSpan(e, e + 1) }
    // "perkara yang NILAI KERUGIANNYA mencapai", "jembatan di mana LENGKUNGNYA mencapai"
    let own = opensPlaceClause(s) ? firstPhrase(from: s, high: e + 1) : nounPhrase(from: s + 1, high: e + 1)
    guard !own.isNone, opensPlaceClause(s) || Int(own.end) == e + 1 && endsInClitic(e) && !says(.manner, at: s + 1)
    else { return nil }
    return own
  }

  /// Whether the word at `s` opens the clause that ends with token `e`.
  private func opensClauseOf(_ e: Int, at s: Int) -> Bool {
    let b = at(s)
    guard b.contains(.clause) else { return false }
    if b.isDisjoint(with: [.preposition, .relative, .copula, .entity]) { return true }
    return b.contains(.preposition) && b.isDisjoint(with: [.entity, .purpose]) && s < e
      && (b.contains(.timePreposition) && actsByName(s + 1) || actsByClitic(s + 1, e))
  }

  /// The token before which the clause goes on where the verb at `search.s` is of a relative clause or of an aim in it.
  private func nounOfOtherVerb(_ search: ClauseSearch) -> Int? {
    let (s, e, low) = (search.s, search.end, search.low)
    if let before = relative(before: s, low: low), !leads(s, to: e) { return before }
    guard s < e else { return nil }
    // "KEPUTUSAN RINA menutup pasar | menuai protes"
    if let noun = nounOfDeed(s, low: low) { return noun }
    // "PERMINTAAN WARGA untuk memperbaiki jalan | dikabulkan": an aim belongs to its noun.
    let aim = beforeVerbPhrase(s, low: low)
    guard aim > low else { return nil }
    // "JUMLAH RELAWAN yang diperlukan untuk mendukung lomba | mencapai"
    if has(aim, .purpose), isVerb(aim - 1), let before = relative(before: aim - 1, low: low) { return before }
    // "RINA yang terpilih saat menghadapi Melati | mengaku": and so does the object of a verb without a subject.
    if search.and == nil, has(s, .active), opensClause(aim), has(verbBehind(e), .speech), followsNoun(aim, low) {
      return aim
    }
    let isAim =
      search.opener == nil && has(aim, .purpose) && !has(e, .purpose) && !isIntent(aim - 1) && followsNoun(aim, low)
      && !has(verbBehind(e), .copula) && verb(before: aim, low: low) == nil
    return isAim ? aim : nil
  }

  /// Who acts in a clause that `dan` joins to a relative clause which its verb ends: `tidak ada gol yang tercipta dan PERSIB | menambah`; none of
  /// two that the verb names (`yang mempertemukan Rina dan Sari`).
  private func nameJoined(behind v: Int, _ search: ClauseSearch) -> TokenSpan? {
    guard search.and == verbEnd(v), let and = search.and, and < search.end,
      has(and + 1, .entity) || has(and + 1, .pronoun) && isSomebody(and + 1)
    else { return nil }
    let own = nounPhrase(from: and + 1, high: search.end + 1)
    return Int(own.end) == search.end + 1 ? own : nil
  }

  /// The first noun phrase of the clause, or who acts instead where that has its part in the verb before.
  private func subject(besides phrase: TokenSpan, _ search: ClauseSearch) -> TokenSpan {
    let (e, low, depth) = (search.end, search.low, search.depth)
    let owned = owned(endingAt: e, behind: phrase)
    if !owned.isNone { return owned }
    // "kasus yang SANTER terungkap", "yang PERTAMA dibangun": no noun behind the relative.
    let start = Int(phrase.start)
    if start - 1 > low, has(start - 1, .relative), Int(phrase.end) == e + 1, !has(e, [.entity, .pronoun]),
      !endsInClitic(e), !has(verbBehind(e), .bareVerb), has(start - 2, .entity) || isNoun(start - 2, first: false)
    {
      let noun = antecedent(of: start - 1, low: low, depth)
      if !noun.isNone { return noun }
    }
    if let name = nameBehindOpening(phrase, search) ?? nameDescribed(by: phrase, search) { return name }
    guard let governor = search.governor else { return phrase }
    // "menanam Rp 9 triliun membangun gudang", "memastikan DIRI lolos", "mendapat KESEMPATAN bermain": what stands behind the verb
    // acts nowhere; who does that verb does.
    if isBareAmount(phrase)
      || (Int(phrase.end) == e + 1 || has(start, .quantity)) && isComplement(phrase, governor)
    {
      return subject(of: governor, low: low, depth: depth + 1)
    }
    // "Untuk mengatasi banjir itu DINAS membangun", "Setelah membeli pasar dan kios tahun depan MELATI menyewa": behind the demonstrative or
    // time that ends the clause before.
    if opensSentencePart(governor, low: low), !isVerb(Int(phrase.end)),
      let end = (Int(phrase.end)..<max(e, Int(phrase.end))).last(where: { has($0, [.demonstrative, .date]) })
    {
      let own = firstPhrase(from: end + 1, high: e + 1)
      if Int(own.end) == e + 1 { return own }
    }
    // "aspal DICAMPUR plastik diuji": whatever stands behind a passive has its part in that.
    if has(governor, .passive), Int(phrase.start) == verbEnd(governor), followsNoun(governor, low),
      !isPerson(Int(phrase.start))
    {
      let own = subject(of: governor, low: low, depth: depth + 1)
      if !own.isNone { return own }
    }
    return phrase
  }

  /// The name directly before the verb, where a clause without a comma opens the sentence and has the first noun phrase: `Guna melengkapi
  /// gudang di Bogor MELATI | membuka`.
  private func nameBehindOpening(_ phrase: TokenSpan, _ search: ClauseSearch) -> TokenSpan? {
    let (e, low) = (search.end, search.low)
    guard has(e, .entity), !isNamed(e, .location) else { return nil }
    let name = text.entities[Int(text.entityIn[e])].span
    let before = Int(name.start) - 1
    guard before > Int(phrase.end), !has(before, [.preposition, .and, .comma, .title, .honorific, .relative]),
      let opening = search.governor ?? search.and.flatMap({ verb(before: $0, low: low) }),
      opensSentencePart(opening, low: low), beforeVerbPhrase(opening, low: low) >= low
    else { return nil }
    return name
  }

  /// The name at the beginning of the sentence that `phrase` behind a comma describes, where no other comma closes that: `RINA, istri Budi |
  /// melahirkan`, `MELATI, pemilik gudang itu | membuka toko`.
  private func nameDescribed(by phrase: TokenSpan, _ search: ClauseSearch) -> TokenSpan? {
    let (comma, low) = (search.s, search.low)
    guard comma > low, has(comma, .comma), Int(phrase.start) == comma + 1, search.governor == nil, search.and == nil,
      !has(comma + 1, [.entity, .pronoun, .quantity, .determiner]), text.entityIn[comma - 1] >= 0
    else { return nil }
    let name = text.entities[Int(text.entityIn[comma - 1])]
    var start = Int(name.span.start)
    while start > low, has(start - 1, [.title, .honorific]), !has(start - 1, .entity) { start -= 1 }
    // "Menurut Budi, | Rina, polisi menangkap": what is said begins behind a comma.
    guard name.label != .location, has(start - 1, [.connective, .date]) || start == low && !has(low - 1, .comma)
    else { return nil }
    return name.span
  }

  /// Who acts where prepositions govern all nouns of the clause: the one that a setting does not take, or the topic before the comma.
  private func subjectInSetting(_ search: ClauseSearch) -> TokenSpan {
    let (s, e, low, depth) = (search.s, search.end, search.low, search.depth)
    let nearest = nounPhrase(before: e + 1, low: max(low, s + 1))
    if let actor = actor(nearest: nearest, endingAt: e, low: low) { return actor }
    // "Rina, pemilik gudang itu, KINI membuka": the time alone stands between the comma and the verb.
    if s >= low, has(s, .comma), !isExistential(verbBehind(e)),
      (s + 1...e).allSatisfy({ has($0, [.date, .timePreposition]) && !has($0, .entity) })
    {
      let named = subject(acrossComma: s, low: low, depth)
      if !named.isNone { return named }
    }
    // ", dengan SUHU di Bogor mencapai": a clause of its own.
    if s < low || has(s, .comma), let found = preposition(at: s + 1), found.sense.isWith, !found.sense.place {
      let own = nounPhrase(from: found.end, high: e + 1)
      if !own.isNone, has(Int(own.end), .placePreposition), !has(Int(own.start), [.entity, .pronoun, .quantity]) {
        return own
      }
    }
    let topic = topic(before: s, low: low)
    // "Peserta tinggal di Bogor mencapai 20 orang": all that stands behind the verb before is where or when.
    if topic.isNone, let governor = search.governor, !has(governor, .active) {
      return subject(of: governor, low: low, depth: depth + 1)
    }
    return topic
  }

  /// Who acts of the `nearest` noun phrase before the verb behind token `e`, though a preposition stands before it.
  private func actor(nearest: TokenSpan, endingAt e: Int, low: Int) -> TokenSpan? {
    // "Di lokasi gempa ditemukan 16 jenazah": the noun of the setting is not who acts.
    if !nearest.isNone {
      let start = Int(nearest.start)
      // "Dari 24 laga MELATI mengemas 48 poin"
      if has(e, .entity), text.entityIn[start] != text.entityIn[e], start - 1 > low, has(start - 1, .quantity),
        opensWithPreposition(before: start - 1, low: low)
      {
        return text.entities[Int(text.entityIn[e])].span
      }
      guard let sense = preposition(before: start),
        sense.place || sense.time || sense.isLike || sense.isAbout && !isVerb(start - 2)
      else { return nearest }
    }
    // "Di liga KAMI hanya memiliki"
    if has(e, .pronoun), !has(e, .entity), isSomebody(e), Int(nearest.end) == e, has(verbBehind(e), .active) {
      return TokenSpan(e, e + 1)
    }
    // "Dari tangan pelaku POLISI menyita": behind a place without a comma, who acts is the last noun.
    let actsLast =
      nearest.count > 1 && Int(nearest.end) == e + 1 && !has(e, .entity) && text.classes[e].intersects(words.people)
      && has(verbBehind(e), .active) && !has(verbBehind(e), .copula) && !endsInClitic(e)
    return actsLast ? TokenSpan(e, e + 1) : nil
  }

  /// Whether a preposition opens the clause and the number that ends with token `k` stands right behind it: `Dari 24 | laga`.
  private func opensWithPreposition(before k: Int, low: Int) -> Bool {
    guard text.quantityIn[k] >= 0 else { return false }
    let p = Int(text.quantities[Int(text.quantityIn[k])].span.start) - 1
    return p >= low && has(p, .preposition) && !has(p, [.amount, .adverb, .determiner])
      && (p == low || has(p - 1, [.comma, .connective, .date]))
  }
}
