/// When it was: the date of the clause, unless it belongs to something else in it.
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

  /// Whether a date is what the figure or event is compared with: `dibanding ekspor April 2015`. Not for a figure in the
  /// relative behind it: `dibanding Januari yang senilai 1,4 juta`.
  func isCompared(_ index: Int, with q: Int?) -> Bool {
    let span = text.dates[index].span
    let start = Int(span.start)
    let mark = has(Int(span.end), .comma) ? Int(span.end) + 1 : Int(span.end)
    if let q, q >= Int(span.end), q - Int(span.end) < 8, has(mark, .relative) { return false }
    var k = start - 1
    // "ketimbang kuartal III | 2014", "dibanding kemarin, | Rabu (18/9)": compared together.
    let isRenamed = k > 0 && has(k, .comma) && text.dateIn[k - 1] >= 0 && isSameDay(Int(text.dateIn[k - 1]), index)
    if isRenamed { k -= 1 }
    if k >= 0, text.dateIn[k] >= 0, text.sentenceOf[k] == text.sentenceOf[start] {
      k = Int(text.dates[Int(text.dateIn[k])].span.start) - 1
    }
    // Not "tujuh kali menempati posisi tertinggi sejak | 2010".
    let isTimes = q.map { text.quantityAt[$0] >= 0 && countsTimes(text.quantities[Int(text.quantityAt[$0])]) } == true
    if !isTimes, isRecord(before: k, text.dates[index].kind) { return true }
    if isBaseOfChange(before: k, Int(span.end), q) { return true }
    if q ?? 0 < start, isBase(before: k, Int(span.end)) { return true }
    // "meningkat dari tahun 2014 (1,7 juta)"
    if k > 0, let found = preposition(at: k), found.sense.isFrom, says(.change, at: k - 1),
      preposition(at: Int(span.end))?.sense.relation != .until,
      q != Int(span.end) + 1 || text.kindAt(Int(span.end)) != TokenKind.openParen
    {
      return true
    }
    while k >= 0, start - k <= 7, text.sentenceOf[k] == text.sentenceOf[start] {
      if text.classes[k].intersects(words.comparison) { return true }
      if isVerb(k) || has(k, [.comma, .quantity, .hardMark, .quote, .date]) { return false }
      k -= 1
    }
    return false
  }

  /// `naik 5 persen dari | tahun lalu`, `naik 5 persen dari | tahun lalu menjadi 3 TON`: whether the time behind the preposition at `k` is
  /// what a number before it has changed from; not for the number `q` that stands beside the time's `end` (`dari tahun lalu, 2 ton`).
  private func isBaseOfChange(before k: Int, _ end: Int, _ q: Int?) -> Bool {
    guard let found = preposition(at: k), found.sense.isFrom, let changed = quantity(endingAt: k),
      preposition(at: end)?.sense.relation != .until
    else { return false }
    if let q, q >= end, (end..<q).allSatisfy({ has($0, [.amount, .adverb, .comma, .hardMark]) }) { return false }
    var v = changed - 1
    while v > 0, has(v, [.adverb, .amount]), !says(.change, at: v) { v -= 1 }
    return v >= 0 && says(.change, at: v) && text.sentenceOf[v] == text.sentenceOf[changed]
  }

  private func isSameDay(_ a: Int, _ b: Int) -> Bool {
    text.dates[a].from != nil && text.dates[a].from == text.dates[b].from && text.dates[a].to == text.dates[b].to
  }

  /// Whether the noun that ends at `k`, of a time behind it that ends before `end`, or the time is what something has changed from or is
  /// compared with: `naik 5 persen dari PAGU | tahun ini`, `2 juta, lebih rendah dari REALISASI | Mei`, `naik 3 juta atau 5 persen dari | Mei`.
  private func isBase(before k: Int, _ end: Int) -> Bool {
    var f = k
    while f > 0, k - f < 6, preposition(at: f)?.sense.isFrom != true,
      has(f, [.timePreposition, .placePreposition]) || isNoun(f, first: false) && !isVerb(f) && !has(f, .entity)
        || has(f, .adjective) && has(f - 1, .relative) || has(f, .relative) && has(f + 1, .adjective)
    {
      f -= 1
    }
    guard preposition(at: f)?.sense.isFrom == true, text.sentenceOf[f] == text.sentenceOf[k],
      f < k || preposition(at: end)?.sense.relation != .until
    else { return false }
    var v = f - 1
    var steps = 0
    while v > 0, steps < 8, text.sentenceOf[v] == text.sentenceOf[f], !has(v, .hardMark) {
      if text.quantityIn[v] >= 0 { v = Int(text.quantities[Int(text.quantityIn[v])].span.start) }
      steps += 1
      if says(.change, at: v) || text.classes[v].intersects(words.degree) && has(v + 1, .adjective) { return true }
      // Nothing but how much or how it has changed.
      guard
        text.quantityIn[v] >= 0 || has(v, .amount)
          || at(v).isDisjoint(with: [.comma, .preposition, .relative, .entity, .date]), !isVerb(v)
      else { return false }
      v -= 1
    }
    return false
  }

  /// `TERTINGGI sejak | 2012`, `paling DISOROT sejak | 2012`, `kali PERTAMA dalam | lima tahun`: the time at whose preposition `k` is says
  /// since when there was nothing like it, not when something happened.
  private func isRecord(before k: Int, _ kind: DateExpression.Kind) -> Bool {
    guard k > 1, has(k, .timePreposition), let sense = preposition(at: k)?.sense, !sense.isFrom,
      sense.relation == .since || kind == .duration && sense.relation != .until
    else { return false }
    if says(.superlative, at: k - 1) || says(.superlative, at: k - 2) && (has(k - 1, .adjective) || isVerb(k - 1)) {
      return true
    }
    for p in [k - 1, k - 2] where text.quantityIn[p] >= 0 {
      return text.quantities[Int(text.quantityIn[p])].kind == .ordinal
    }
    // "gol PERTAMANYA di Liga Melati sejak | Agustus"
    var p = k - 1
    while p > 0, k - p < 10, !isVerb(p), at(p).isDisjoint(with: [.comma, .hardMark, .quote, .date]) || has(p, .entity) {
      if says(.superlative, at: p), endsInClitic(p) || sense.relation == .since { return true }
      p -= 1
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

  /// Where the quantity begins that ends before token `k` with its item.
  func quantity(endingAt k: Int) -> Int? {
    for i in stride(from: k - 1, through: max(0, k - 4), by: -1) where text.quantityIn[i] >= 0 {
      let start = Int(text.quantities[Int(text.quantityIn[i])].span.start)
      return endOfQuantity(start) == k ? start : nil
    }
    return nil
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

  /// The date nearest to `q` that states when: the fuller one of an apposition, the first one of a span.
  func time(near q: Int, _ scope: TokenSpan) -> Int? {
    var best: Int?
    var bestCost = Self.farthest
    var only: Int?
    var rate: Int?
    var occasion: Int?
    var eligible = 0
    sumCosts(text.sentenceOf[q])
    let end = text.quantityAt[q] >= 0 ? endOfQuantity(q) : q
    if let bracketed = bracketedYear(at: end) { return bracketed }
    let high = Int(scope.end)
    var i = text.nextDate(Int(scope.start), high)
    while i < high {
      guard text.dateAt[i] >= 0 else {
        i = text.nextDate(i + 1, high)
        continue
      }
      let index = Int(text.dateAt[i])
      // The time of what is said is none of a number outside it.
      let isApart = statementOf[i] >= 0 && statementOf[q] < 0
      let isInName = isInName(index) && !isYearBehindName(index)
      if isInName, occasion == nil, !isApart, best == nil, isOccasion(index, of: q, scope) { occasion = index }
      if !isDateTaken[index] || statementOf[i] >= 0, !isApart, !isInName, saysWhen(i, index, q, scope) {
        if isRate(index) {
          // Only where nothing else says when.
          // "$ 5 juta (Rp 70 miliar) per tahun"
          if i >= end, i - end <= 1 || behindBracket(end, min(high, end + 10)) == i { rate = index }
          i = text.nextDate(max(i + 1, Int(text.dates[index].span.end)), high)
          continue
        }
        if text.dates[index].kind != .duration || !isLength(i) {
          only = index
          eligible += 1
        }
        // "3,1 persen pada 2031 dan 3,3-3,9 persen | pada 2032": right behind it, however long the number is.
        let isNext = i > end && i - end < 3 && (end..<i).allSatisfy { has($0, .timePreposition) && !has($0, .entity) }
        let cost = isNext ? -1 : distance(from: q, to: i)
        if cost < bestCost, best == nil || !opensNextClause(i, q) {
          best = index
          bestCost = cost
        }
      }
      i = text.nextDate(max(i + 1, Int(text.dates[index].span.end)), high)
    }
    // The only date of the sentence is every figure's, however far.
    guard let best = best ?? (eligible == 1 ? only : nil) ?? rate ?? occasion else { return nil }
    return chosen(best, scope)
  }

  /// Whether the date that begins at `i` can tell when the figure at `q` was: neither what that is compared with, nor of another clause.
  private func saysWhen(_ i: Int, _ index: Int, _ q: Int, _ scope: TokenSpan) -> Bool {
    let date = text.dates[index]
    guard !isCompared(index, with: q), date.kind != .duration || isSpan(index, of: q, scope), !isOtherTime(i, q, scope)
    else { return false }
    // "remisi Waisak bagi 20 orang"; not "pada libur Waisak"
    return !(isHoliday(date) && describesNoun(date)) || (i - 3..<i).contains { has($0, .timePreposition) }
  }

  /// `jumlah sapi Indonesia TAHUN 2015 sebanyak 17 juta`: a place or body has no year in its name behind that word; what is told of it
  /// happened then.
  private func isYearBehindName(_ index: Int) -> Bool {
    let start = Int(text.dates[index].span.start)
    return text.isWord(start) && start > 0 && text.entityIn[start - 1] >= 0
  }

  /// `meraih tiga emas di SEA Games 2017`, `dengan 41 poin pada Liga Melati 2016`: whether the year of a name says when the figure at `q`
  /// was: of what it happened in, behind its own preposition; not `untuk SEA Games 2017`, nor over another verb.
  private func isOccasion(_ index: Int, of q: Int, _ scope: TokenSpan) -> Bool {
    let date = text.dates[index]
    let (start, low) = (Int(date.span.start), Int(scope.start))
    guard text.quantityAt[q] >= 0, start > low, text.isNumber(start), date.value.count == 4 || date.value.count == 9
    else {
      return false
    }
    var k = start - 1
    while k > low, start - k < 8, text.isCapitalized(k) || text.isNumber(k), text.quantityIn[k] < 0 { k -= 1 }
    if k > low, k < start - 1, says(.nowhere, at: k) { k -= 1 }
    guard k >= low, k < start - 1, let sense = preposition(at: k)?.sense, sense.place || sense.time,
      sense.relation == .at,
      !sense.isTo, !isOtherTime(start, q, scope), !isInOtherRelative(start, q, scope), !isCompared(index, with: q)
    else { return false }
    return k < q || verb(before: k, low: endOfQuantity(q)) == nil
  }

  /// The date of the amount at `q` with which another one is compared: `dibandingkan harga pada JUMAT senilai Rp 1 juta`, `lebih tinggi
  /// dari periode yang sama TAHUN LALU, Rp 2 miliar`.
  func comparedDate(_ q: Int, _ low: Int) -> Int? {
    var k = q - 1
    while k > low, has(k, [.adverb, .amount]) || has(k, .copula) && !isVerb(k), !has(k, [.entity, .date]) { k -= 1 }
    let isApart = k > low && has(k, .comma)
    if isApart { k -= 1 }
    guard k > low, text.dateIn[k] >= 0 else { return nil }
    let date = Int(text.dateIn[k])
    k = Int(text.dates[date].span.start) - 1
    while k > low, q - k < 16 {
      if text.classes[k].intersects(words.comparison) {
        // "Dibanding tahun lalu, 5 toko tutup": what is compared stands behind.
        return has(q - 1, .amount) || !firstPhrase(from: low, high: k).isNone ? date : nil
      }
      // "periode YANG sama"
      let isClause = has(k, .relative) && isVerb(verbBehind(k))
      if isVerb(k) || isClause || has(k, [.comma, .quantity, .hardMark, .quote, .date]) { return nil }
      k -= 1
    }
    return nil
  }

  /// Whether a length of time says when something was counted: `selama 3 hari`, `dalam dua hari terakhir`, `sejak setahun`, and
  /// not how long something lasts (`bertahan 2 hari`), how old it is, or what one is sentenced to.
  private func isSpan(_ index: Int, of q: Int, _ scope: TokenSpan) -> Bool {
    let date = text.dates[index]
    let start = Int(date.span.start)
    // "tiga hari terakhir": its days are known.
    let isDated = date.from != nil || date.to != nil
    if isDated { return true }
    guard spansTime(before: start, low: Int(scope.start)) || start == Int(scope.start) else { return false }
    if isOtherLength(start, low: Int(scope.start)) { return false }
    // "baterai 3.000 mAh yang bertahan SELAMA DUA HARI": how long the noun does.
    let end = text.quantityAt[q] >= 0 ? endOfQuantity(q) : start
    if start > end, (end..<start).contains(where: { has($0, .relative) && !opensPlaceClause($0) }),
      let governor = verb(before: q, low: Int(scope.start)), !isExistential(governor)
    {
      return false
    }
    return !isInOtherRelative(start, q, scope)
  }

  /// The token behind the number and its unit, item or rate.
  func endOfQuantity(_ q: Int) -> Int {
    let quantity = text.quantities[Int(text.quantityAt[q])]
    return max(Int(quantity.span.end), quantity.item.isNone ? 0 : Int(quantity.item.end))
  }

  /// `Rp 758 miliar (2014)`
  private func bracketedYear(at open: Int) -> Int? {
    guard text.kindAt(open) == TokenKind.openParen, let index = dateIndex(at: open + 1),
      text.dates[index].kind == .date,
      text.dates[index].value.count == 4, text.kindAt(Int(text.dates[index].span.end)) == TokenKind.closeParen
    else { return nil }
    return index
  }

  /// `Jika tahun lalu porsinya mencapai 55 persen, | KINI porsi itu turun`: whether the date at `i`, behind the figure and a comma, begins
  /// a clause.
  private func opensNextClause(_ i: Int, _ q: Int) -> Bool {
    guard i > q, has(i - 1, .comma), !has(i - 1, .entity) else { return false }
    let end = Int(text.dates[Int(text.dateAt[i])].span.end)
    return text.sentenceOf[end] == text.sentenceOf[q]
      && !has(end, [.comma, .hardMark, .quote, .preposition, .date, .clause])
  }

  /// `100 orang per hari`: how often, not when.
  func isRate(_ index: Int) -> Bool {
    text.dates[index].kind == .set && text.classes[Int(text.dates[index].span.start)].intersects(words.preposition)
  }

  /// `bertemu di Piala Melati tahun ini di Bogor, | 19 NOVEMBER`: the day that goes on behind a year, with no more than places between.
  private func finerDate(behind index: Int, _ scope: TokenSpan) -> Int? {
    guard text.dates[index].kind == .date, text.dates[index].value.count < 8, !text.dates[index].isPresentOrPast else {
      return nil
    }
    var k = Int(text.dates[index].span.end)
    while k < Int(scope.end), k - Int(text.dates[index].span.end) < 12 {
      if text.dateAt[k] >= 0 {
        guard preposition(at: k - 1)?.sense.relation != .until else { return nil }
        let next = text.dates[Int(text.dateAt[k])]
        return next.kind == .time || next.kind == .date && next.value.count == 10 ? Int(text.dateAt[k]) : nil
      }
      guard
        at(k).isDisjoint(with: [.quantity, .and, .clause, .relative, .hardMark, .quote, .connective])
          || has(k, [.entity, .preposition]), !isVerb(k)
      else { return nil }
      k += 1
    }
    return nil
  }

  /// The date at `index` or the one beside it that says better when.
  func chosen(_ index: Int, _ scope: TokenSpan) -> Int {
    let span = text.dates[index].span
    // "hari ini, Jumat (23/6)": the fuller one.
    if has(Int(span.end), .comma), let next = dateIndex(at: Int(span.end) + 1),
      text.dates[next].span.count > span.count
    {
      return next
    }
    if let finer = finerDate(behind: index, scope) { return finer }
    // "sejak Kamis hingga Rabu": the first one.
    var k = Int(span.start) - 1
    // "sampai | dengan"
    if preposition(at: k - 1)?.end == k + 1 { k -= 1 }
    if k > Int(scope.start), let found = preposition(at: k), found.sense.relation == .until {
      k -= 1
      if let earlier = dateIndex(at: k), k >= Int(scope.start) { return earlier }
    }
    return index
  }

  /// `Rina mengatakan selama 2017, pabriknya membuat 12 mobil`: the time between the cue and what is said, which is not when it was said.
  private func timeBehindCue(_ statement: StatementDraft, _ at: Int) -> Int? {
    let (from, to) = (Int(statement.cue.end), Int(statement.content.start))
    guard from >= 0, from < to, to - from < 8, to <= at, text.sentenceOf[from] == text.sentenceOf[at],
      (from..<to).allSatisfy({
        has($0, [.date, .timePreposition, .comma, .adverb, .connective])
          || text.classes[$0].intersects(words.contentWord)
      }),
      let i = (from..<to).first(where: { text.dateAt[$0] >= 0 })
    else { return nil }
    let index = Int(text.dateAt[i])
    guard statement.time != text.dates[index].span, text.dates[index].kind != .set, !isCompared(index, with: at) else {
      return nil
    }
    return index
  }

  /// The time of what is said where it opens the sentence and is not when it was said: `SAAT INI Kuncoro mengaku melayani 350 pelanggan`,
  /// `Sejak 2010, kata dia, jumlahnya mencapai 700 orang`, `Sampai akhir tahun, Melati menargetkan 20 cabang`.
  func timeBeforeStatement(_ at: Int) -> Int? {
    guard statementOf[at] >= 0, !statements[Int(statementOf[at])].isQuoted else { return nil }
    let statement = statements[Int(statementOf[at])]
    let low = Int(sentence(at).start)
    if let between = timeBehindCue(statement, at) { return between }
    var k = low
    while k < at, text.dateAt[k] < 0 {
      // "Untuk gedung baru tahun ini"
      let isInPhrase =
        k > low && k - low < 5 && has(low, .preposition) && !isVerb(k) && !has(k, [.comma, .hardMark, .quote])
      guard has(k, [.preposition, .adverb, .connective, .and, .comma]) || isInPhrase else { return nil }
      k += 1
    }
    // "Seperti tahun lalu, Melati mengumumkan 3 ponsel"
    if preposition(before: k)?.isLike == true { return nil }
    guard k < at, text.sentenceOf[k] == text.sentenceOf[at], statementOf[k] < 0 else { return nil }
    let index = Int(text.dateAt[k])
    let date = text.dates[index]
    if date.isPresent { return index }
    guard date.kind != .set, !isInName(index), !isCompared(index, with: at) else { return nil }
    let verb = verb(before: Int(statement.content.start), low: Int(date.span.end))
    guard verb == nil || statement.cue.range.contains(verb ?? -1) else { return nil }
    let relation = k > low ? preposition(at: k - 1)?.sense.relation : nil
    if !statement.time.isNone { return relation == .until || relation == .since || has(low, .purpose) ? index : nil }
    return relation != nil || has(low, .preposition) ? index : nil
  }
}
