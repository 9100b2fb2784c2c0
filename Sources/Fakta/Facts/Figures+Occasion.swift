/// Dates that belong to a noun: its name, its term of office, what happened in it: `Liga Melati | 2016`, `ponsel keluaran | tahun 2016`.
extension FactContext {
  /// `Ketua PSSI periode 2012-2016`: years of office behind a name or title.
  func isTerm(_ date: DateExpression) -> Bool {
    let start = Int(date.span.start)
    for first in [start - 1, start - 2] where first > 0 {
      guard let match = longestMatch(at: first, of: words.term), Int(match.end) == start else { continue }
      // "penjualan periode Januari-Mei 2017": months are no term of office.
      guard date.value.count == 4 || date.value.count == 9 else { return false }
      return !has(first - 1, [.preposition, .comma, .adverb]) && !isVerb(first - 1)
    }
    return false
  }

  /// `ponsel keluaran tahun 2016`, `Angkutan Lebaran`: a bare year or holiday directly behind a common noun describes it.
  func describesNoun(_ date: DateExpression) -> Bool {
    let start = Int(date.span.start)
    guard start > 0, text.isWord(start - 1), text.sentenceOf[start - 1] == text.sentenceOf[start] else { return false }
    let isYear =
      date.kind == .date && date.value.count == 4 && date.value[0] <= 0x39 && text.isNumber(Int(date.span.end) - 1)
    guard isYear || isHoliday(date) else { return false }
    // "Pilkada SERENTAK 2018"
    if isYear, has(start - 1, [.adjective, .adverb]), start > 1, has(start - 2, .entity) || isName[start - 2] {
      return true
    }
    return !isVerb(start - 1)
      && at(start - 1).isDisjoint(with: [
        .entity, .date, .quantity, .preposition, .adverb, .clause, .and, .demonstrative, .auxiliary, .adjective,
        .stative, .intransitive, .passive, .active, .connective, .copula, .pronoun,
      ])
  }

  /// Whether the date is a holiday without a year: `Lebaran`.
  func isHoliday(_ date: DateExpression) -> Bool {
    text.classes[Int(date.span.start)].intersects(words.holiday) && !text.isNumber(Int(date.span.end) - 1)
  }

  /// Whether digits stand directly behind the noun that opens the clause: `Angkatan 1966 dikenang`, `Peristiwa 30 September`.
  func modifiesSubject(_ date: DateExpression) -> Bool {
    let start = Int(date.span.start)
    // "Pada era 1960-an": a decade names nothing.
    if date.value.count == 3, has(start - 2, .timePreposition) { return false }
    guard text.isNumber(start), start > 0, text.sentenceOf[start - 1] == text.sentenceOf[start] else {
      return false
    }
    // "Pada musim 2016-2017, Rina mencetak"
    if has(start - 2, .timePreposition), !isName[start - 1], !text.isCapitalized(start - 1) { return false }
    guard
      at(start - 1).isDisjoint(with: [
        .entity, .date, .quantity, .preposition, .comma, .hardMark, .quote, .adverb, .clause,
      ]),
      text.isWord(start - 1), !isVerb(start - 1)
    else { return false }
    let low = Int(sentence(start).start)
    return start - low <= 4 && verb(before: start, low: low) == nil && !opensMainClause(date, low)
  }

  /// Whether a comma sets the date and the noun before it apart from a subject with its verb: `Musim 2016-2017, Rina melatih`, `Selang dua tahun
  /// kemudian, Rina kalah`; not `Juara 2016, Rina Hartati, kalah`.
  private func opensMainClause(_ date: DateExpression, _ low: Int) -> Bool {
    let comma = Int(date.span.end)
    let noun = Int(date.span.start) - 1
    guard has(comma, .comma), noun == low || has(noun - 1, .timePreposition) else { return false }
    let subject = nounPhrase(from: comma + 1, high: Int(sentence(low).end))
    return Int(subject.start) == comma + 1 && isVerb(verbBehind(Int(subject.end) - 1))
  }

  /// `jumlah sapi Indonesia TAHUN 2015 sebanyak 17 juta`: a place or body has no year in its name behind that word; what is told of it
  /// happened then.
  func isYearBehindName(_ index: Int) -> Bool {
    let start = Int(text.dates[index].span.start)
    return text.isWord(start) && start > 0 && text.entityIn[start - 1] >= 0
  }

  /// `Pekan Melati 2016 DIIKUTI 40 tim`, `RABN 2016 MENYEDIAKAN Rp 3 miliar`: whether the year of a name that is the subject says when the figure at `q` was, of
  /// which its verb tells; not `Angkatan 1966 membangun 3 rumah`.
  func isActorsYear(_ index: Int, of q: Int, _ scope: TokenSpan) -> Bool {
    let date = text.dates[index]
    let (start, low) = (Int(date.span.start), Int(scope.start))
    guard text.quantityAt[q] >= 0, start > low, start < q, text.isNumber(start),
      date.value.count == 4 || date.value.count == 9, text.isCapitalized(start - 1), isNameOfEvent(endingAt: start, low)
    else { return false }
    let v = verbBehind(Int(date.span.end) - 1)
    return v < q && isVerb(v) && verb(before: q, low: low) == v
  }

  /// Whether a name of several words, or one in capitals, that ends before `end` opens its clause and is none of a person or body.
  private func isNameOfEvent(endingAt end: Int, _ low: Int) -> Bool {
    var k = end - 1
    while k >= low, end - k < 10, text.isWord(k), !isVerb(k), !isPerson(k),
      at(k).isDisjoint(with: [.connective, .preposition, .clause, .date, .relative, .quantity]) || has(k, .entity)
    {
      k -= 1
    }
    guard k < low || has(k, [.comma, .connective, .quote]), k + 1 < end, text.isCapitalized(k + 1),
      !text.classes[k + 1].intersects(words.described.union(words.people))
    else { return false }
    if k + 2 == end {
      return text.shape[end - 1] & TokenShape.innerUpper != 0 && text.shape[end - 1] & TokenShape.hasLower == 0
        && text.entityIn[end - 1] < 0
    }
    guard text.entityIn[end - 1] >= 0 else { return true }
    // "Bom Bali 2002"
    let entity = text.entities[Int(text.entityIn[end - 1])]
    return entity.label == .location && Int(entity.span.start) == k + 2 && text.entityIn[k + 1] < 0
  }

  /// `meraih tiga emas di SEA Games 2017`, `dengan 41 poin pada Liga Melati 2016`: whether the year of a name says when the figure at `q`
  /// was: of what it happened in, behind its own preposition; not `untuk SEA Games 2017`, nor over another verb.
  func isOccasion(_ index: Int, of q: Int, _ scope: TokenSpan) -> Bool {
    let date = text.dates[index]
    let (start, low) = (Int(date.span.start), Int(scope.start))
    // "Liga 1 tahun 2016"; not "Peraturan Nomor 12 Tahun 2016".
    guard text.quantityAt[q] >= 0, start > low, text.isNumber(start) || text.isNumber(Int(date.span.end) - 1),
      date.value.count == 4 || date.value.count == 9,
      !text.isNumber(start - 1) || text.isCapitalized(start - 2) && !text.isCapitalized(start)
    else {
      return false
    }
    let name = beforeName(start, low)
    let k = beforeNouns(name, start, low)
    let end = endOfQuantity(q)
    guard k >= low, k < start - 1, let sense = preposition(at: k)?.sense, happensIn(sense, k, end),
      !isOtherTime(start, q, scope), !isInOtherRelative(start, q, scope), !isCompared(index, with: q)
    else { return false }
    let between = k < q ? Int(date.span.end)..<q : end..<max(k, end)
    let isApart = between.contains { has($0, .comma) && !has($0, .entity) }
    let isNear = !isApart || name == k || name == k + 1 && says(.nowhere, at: name)
    if k < q { return isNear }
    // "Dua film DIPUTAR pada Festival Melati 2016": what the number itself undergoes or does.
    guard let v = verb(before: k, low: end) else { return isNear }
    return !isApart && verb(before: q, low: low) == nil && verb(before: v, low: end) == nil
      && relative(before: v, low: end) == nil
  }

  /// Whether the preposition at `k` says in what something happened, or from what that comes which is counted right before it: `tiga emas DARI SEA
  /// Games 2017`.
  private func happensIn(_ sense: FactWords.PrepositionSense, _ k: Int, _ end: Int) -> Bool {
    sense.isFrom
      ? k == end : (sense.place || sense.time) && (sense.relation == .at || sense.relation == .during) && !sense.isTo
  }

  /// The token before the name that ends before the year at `start`, over its abbreviation: `dalam | Anggaran dan Belanja Negara (ABN) 2016`.
  private func beforeName(_ start: Int, _ low: Int) -> Int {
    var k = start - 1
    if text.kindAt(k) == TokenKind.closeParen, let open = openParen(closedAt: k, low: low) { k = open - 1 }
    let last = k
    while k > low, last - k < 8, text.quantityIn[k] < 0,
      text.isCapitalized(k) || text.isNumber(k) || k < last && has(k, .and) && text.isCapitalized(k - 1)
    {
      k -= 1
    }
    return k
  }

  /// The token before two nouns at most that end at `name`: `di | putaran final` Liga Melati 2016.
  private func beforeNouns(_ name: Int, _ start: Int, _ low: Int) -> Int {
    var k = name
    while k > low, k < start - 1, name - k < 2, text.isWord(k),
      isNoun(k, first: false) || says(.nowhere, at: k) || has(k, .adjective),
      !has(k, [.preposition, .entity]), !isVerb(k)
    {
      k -= 1
    }
    return k
  }
}
