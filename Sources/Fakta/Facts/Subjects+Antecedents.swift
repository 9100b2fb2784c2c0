// The noun to which a relative clause, a place or a list of names belongs.

extension FactContext {
  /// What the relative word at `r` stands for: `juri KETIGA yang mundur` a juror, behind an amount its noun (`mesin 1,8 liter YANG`),
  /// and behind an amount and a comma the subject of its verb (`Jumlah motor mencapai 500 unit, yang terdiri dari`).
  func antecedent(of r: Int, low: Int, _ depth: Int) -> TokenSpan {
    let isBehindComma = r > low && has(r - 1, .comma)
    let k = isBehindComma ? r - 2 : r - 1
    if k > low, isDash(k) { return nounBeforeDash(k, relative: r, low) }
    // "menetap di DAERAH yang dikuasai": the noun is part of the preposition.
    if k - 1 > low, let found = preposition(at: k - 1), found.end == r, found.sense.place,
      text.classes[k].intersects(words.placeHead)
    {
      return TokenSpan(k, r)
    }
    let titled = nounOfTitle(endingAt: k, low)
    if !titled.isNone { return titled }
    // "Kongres Melati ke-4 (KM 4) yang": whose number stands before the short form.
    if let open = openParen(closedAt: k, low: low), open - 1 > low, text.quantityIn[open - 1] >= 0 {
      let quantity = text.quantities[Int(text.quantityIn[open - 1])]
      if quantity.kind == .ordinal { return nounPhrase(before: Int(quantity.span.start), low: low) }
    }
    if let noun = nounOfQuantity(endingAt: k, isBehindComma, low, depth) { return noun }
    var end = beforeWhereabouts(r, low)
    if k > low, text.dateIn[k] >= 0 {
      let start = Int(text.dates[Int(text.dateIn[k])].span.start)
      if !isBehindComma { return nounOfDate(from: start, relative: r, low, depth) }
      // "Festival Melati 2015, yang berlangsung"
      if text.isNumber(k), text.dates[Int(text.dateIn[k])].value.count == 4, start > low,
        has(start - 1, .entity) || isNoun(start - 1, first: false) && !isVerb(start - 1)
      {
        return nounPhrase(before: start, low: low)
      }
      // "kontraknya saat ini, yang", "target kredit pada 2015, yang"
      end = start
      while end > low, has(end - 1, .timePreposition), !has(end - 1, .entity) { end -= 1 }
      guard end > low, !has(end - 1, .entity), isNoun(end - 1, first: false), quantity(endingAt: end) == nil else {
        return .none
      }
    }
    return antecedent(endingBefore: end, relative: r, isBehindComma, low)
  }

  /// What the relative at `r` stands for behind the dash at `k`, which may close an insertion: `TOKO MELATI – yang buka kemarin`, `RINA -- ibu Budi --
  /// yang menang`.
  private func nounBeforeDash(_ k: Int, relative r: Int, _ low: Int) -> TokenSpan {
    var end = openDash(closedAt: k, low: low) ?? k
    while end > low, isDash(end - 1) { end -= 1 }
    return end > low ? antecedent(endingBefore: end, relative: r, true, low) : .none
  }

  /// What the relative stands for behind the quantity that ends with token `k`, or close to it; nil where that is no matter of the quantity.
  private func nounOfQuantity(endingAt k: Int, _ isBehindComma: Bool, _ low: Int, _ depth: Int) -> TokenSpan? {
    var q = k
    while q >= low, k - q < 4, text.quantityIn[q] < 0 { q -= 1 }
    guard q >= low, text.quantityIn[q] >= 0 else { return nil }
    let index = Int(text.quantityIn[q])
    let quantity = text.quantities[index]
    let start = Int(quantity.span.start)
    if quantity.kind == .ordinal, q == k { return nounPhrase(before: start, low: low) }
    if !isBehindComma, q == k,
      quantity.kind == .measure || quantity.kind == .money || quantity.kind == .percent || quantity.kind == .age
    {
      return nounOfAmount(before: start, low)
    }
    guard isBehindComma, endsQuantity(k, index), q == k || quantity.kind == .count,
      let v = verb(before: start, low: low)
    else { return nil }
    let counted = subject(of: v, low: low, depth: depth + 1)
    return counted.isNone ? nil : counted
  }

  /// What the relative at `r` stands for behind the time that begins at `start`: `Pameran Pangan (PP) 2015 yang digelar`, `realisasi kuartal II
  /// yang naik`.
  private func nounOfDate(from start: Int, relative r: Int, _ low: Int, _ depth: Int) -> TokenSpan {
    // "libur Natal yang jatuh pada Rabu"
    let date = text.dates[Int(text.dateAt[start])]
    if isHoliday(date) { return date.span }
    if start > low, has(start - 1, .preposition) { return nounOfTime(before: start, low: low, depth) }
    guard start > low,
      has(start - 1, .entity) || isNoun(start - 1, first: false)
        || text.kind[start - 1] == TokenKind.closeParen, !has(start - 2, .relative)
    else { return .none }
    let name = nounPhrase(before: start, low: low)
    guard preposition(before: Int(name.start))?.time == true else { return name }
    // "dalam Pameran Buku 2016 yang digelar": an occasion is held.
    var v = r + 1
    while v < count, v - r < 5, !isVerb(v), has(v, [.auxiliary, .adverb]), !has(v, .amount) { v += 1 }
    if says(.held, at: v) { return name }
    // "JUMLAH PEMILIH pada Pemilu Raya 2014 yang mencapai": of the number, not of the occasion.
    var p = Int(name.start)
    while p > low, has(p - 1, .preposition) { p -= 1 }
    return text.isCapitalized(Int(name.start)) && (has(r + 1, [.adverb, .amount]) || says(.change, at: r + 1))
      ? nounPhrase(before: p, low: low) : .none
  }

  /// What the relative at `r` stands for: the noun phrase that ends before `end`, or the one of which that is a part.
  private func antecedent(endingBefore end: Int, relative r: Int, _ isBehindComma: Bool, _ low: Int) -> TokenSpan {
    var phrase = nounPhrase(before: end, low: low)
    // "ANAK pertama mereka yang": whose it is stands behind its number.
    if phrase.count == 1, has(Int(phrase.start), .pronoun), let number = quantity(endingAt: Int(phrase.start)),
      text.quantities[Int(text.quantityAt[number])].kind == .ordinal
    {
      phrase = nounPhrase(before: number, low: low)
    }
    // "mesin BERDESAIN BARU yang memakai": of what is so.
    let v = Int(phrase.start) - 1
    if !isBehindComma, phrase.count == 1, has(Int(phrase.start), .adjective), v - 1 > low, isVerb(v),
      says(.attributive, at: v) || has(v, [.intransitive, .stative]) && !has(v, [.active, .passive, .copula]),
      text.kind[v - 1] == TokenKind.word, !isVerb(v - 1), isNoun(v - 1, first: false)
    {
      phrase = nounPhrase(before: v, low: low)
    }
    // "menjual kopi SECARA DARING yang"
    if phrase.count == 1, v > low, has(v, .preposition), preposition(at: v)?.sense.isManner == true {
      phrase = nounPhrase(before: v, low: low)
    }
    if let head = headBefore(place: phrase, low: low) { phrase = head }
    let and = Int(phrase.start) - 1
    // "Tim SAR, TNI, dan relawan yang bertugas"
    if !phrase.isNone, and > low, has(and, .and), has(and - 1, .comma), let start = listStart(before: and - 1, low: low)
    {
      let head = firstPhrase(from: start, high: and - 1)
      if !head.isNone { return head }
    }
    if phrase.isNone, !isBehindComma { return nounOfState(endingAt: r - 1, low) }
    // "sektor TAMBANG dan properti yang masing-masing naik 2 dan 3 persen"
    if and > low, has(and, .and), !has(and, .entity), says(.each, at: r + 1) {
      let first = nounPhrase(before: and, low: low)
      if Int(first.end) == and, !has(Int(first.start) - 1, .comma) { return first }
    }
    return holder(of: phrase, low)
  }

  /// The end of the first place of those that say where one lies in another and end before `r`: `pasar di BOGOR | , Jawa Barat, yang`; `r` where
  /// there is one place alone.
  private func beforeWhereabouts(_ r: Int, _ low: Int) -> Int {
    var end = has(r - 1, .comma) ? r - 1 : r
    var members = 0
    while members < 4, end - 1 > low, isLocation(end - 1) {
      let start = Int(text.entities[Int(text.entityIn[end - 1])].span.start)
      guard start - 2 > low, has(start - 1, .comma), isLocation(start - 2) else { break }
      end = start - 1
      members += 1
    }
    return members > 0 ? end : r
  }

  private func isLocation(_ i: Int) -> Bool {
    text.entityIn[i] >= 0 && text.entities[Int(text.entityIn[i])].label == .location
  }

  /// Of a name behind `di`, `asal` or `milik`, the noun before it, to which a relative clause belongs: `KEBAKARAN di Bogor yang menewaskan`,
  /// `KAPAL milik Rina yang memuat`; the phrase itself behind a verb (`berkunjung ke Bogor yang memiliki`).
  func holder(of phrase: TokenSpan, _ low: Int) -> TokenSpan {
    let start = Int(phrase.start)
    guard !phrase.isNone, start - 1 > low, let found = preposition(at: start - 1), found.end == start,
      !has(start - 1, .clause) || found.sense.isFrom, text.isWord(start - 2), !isVerb(start - 2)
    else { return phrase }
    let isName = text.entityAt[start] >= 0 && text.entities[Int(text.entityAt[start])].span == phrase
    let isWhere =
      found.sense.place && found.sense.relation == .at && !found.sense.isTo
      || found.sense.place && found.sense.isFrom
    guard !found.sense.time, isName && isWhere || found.sense.isBy && found.sense.actor else { return phrase }
    let noun = nounPhrase(before: start - 1, low: low)
    // "sejumlah | pimpinan perusahaan yang"
    let isOwner =
      !noun.isNone && Int(noun.end) == start - 1
      && !noun.range.allSatisfy { has($0, [.pronoun, .determiner]) && !has($0, .entity) }
    return isOwner ? noun : phrase
  }

  /// The noun phrase that the place says where it is: `PAMERAN BUKU di Solo | yang digelar`; nil where a verb stands before the place.
  private func headBefore(place: TokenSpan, low: Int) -> TokenSpan? {
    let start = Int(place.start)
    guard !place.isNone, start - 1 > low, text.entityAt[start] >= 0,
      text.entities[Int(text.entityAt[start])].label == .location, let found = preposition(at: start - 1),
      found.end == start, found.sense.place,
      // "pelari DARI Kenya yang": of somebody.
      !found.sense.time
        || found.sense.isFrom && (isPerson(start - 2) || text.classes[start - 2].intersects(words.people)),
      // "petenis ASAL Kroasia"
      found.sense.relation == .at || found.sense.isFrom,
      has(start - 2, .entity) || isNoun(start - 2, first: false) && !isVerb(start - 2)
    else { return nil }
    let head = nounPhrase(before: start - 1, low: low)
    return head.isNone || preposition(before: Int(head.start)) != nil ? nil : head
  }

  /// The head of a noun phrase whose attribute is a list of names, the last of which stands at `e`: `TIM GABUNGAN dari Basarnas,
  /// TNI dan BPBD mengangkut`, `GUDANG TUA di Jalan Melati, Beji, Depok terbakar`.
  func headOfNames(endingAt e: Int, low: Int) -> TokenSpan {
    guard text.entityIn[e] >= 0 else { return .none }
    let label = text.entities[Int(text.entityIn[e])].label
    var start = Int(text.entities[Int(text.entityIn[e])].span.start)
    var members = 1
    // "Menghadapi Persib, Persija menang": names of bodies and persons are no list without a conjunction.
    var isJoined = label == .location
    while start - 1 > low, has(start - 1, [.comma, .and]), !has(start - 1, .entity), members < 12 {
      var k = start - 1
      while k > low, has(k, [.comma, .and]), !has(k, .entity) {
        isJoined = isJoined || has(k, .and)
        k -= 1
      }
      guard text.entityIn[k] >= 0, text.entities[Int(text.entityIn[k])].label == label else { return .none }
      start = Int(text.entities[Int(text.entityIn[k])].span.start)
      members += 1
    }
    guard members > 1, isJoined else { return .none }
    for p in [start - 1, start - 2] where p > low {
      guard let found = preposition(at: p), found.end == start,
        label == .location || found.sense.isFrom || !found.sense.place
      else { continue }
      // "Dengan kemenangan ini, bersama Persib, Arema memimpin": a setting of its own.
      let noun = nounPhrase(before: p, low: low)
      let place = Int(noun.start) - 1
      // "KEBAKARAN di gudang di Beji, Depok menewaskan"
      if label == .location, !noun.isNone, place > low, has(place, .placePreposition), has(p, .placePreposition),
        preposition(at: place)?.sense.relation == .at, followsNoun(place, low)
      {
        return nounPhrase(before: place, low: low)
      }
      return has(p - 1, .comma) && label != .location ? .none : noun
    }
    return .none
  }
}
