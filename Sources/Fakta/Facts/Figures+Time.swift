/// When it was: the date of the clause, unless it belongs to something else in it.
extension FactContext {
  /// The dates of a clause that may tell when a figure was.
  private struct TimeCandidates {
    /// The nearest one that states when, and how far it is.
    var best: Int?
    var bestCost = FactContext.farthest
    /// The last of the `eligible` ones, however far.
    var only: Int?
    var eligible = 0
    /// Taken only where nothing else says when: how often, and the year in the name of what it happened in.
    var rate: Int?
    var occasion: Int?

    /// The only date of the sentence is every figure's, however far.
    var winner: Int? { best ?? (eligible == 1 ? only : nil) ?? rate ?? occasion }
  }

  /// The date nearest to `q` that states when: the fuller one of an apposition, the first one of a span.
  func time(near q: Int, _ scope: TokenSpan) -> Int? {
    sumCosts(text.sentenceOf[q])
    if let bracketed = bracketedYear(at: endOfFigure(q)) { return bracketed }
    var candidates = TimeCandidates()
    let high = Int(scope.end)
    var i = text.nextDate(Int(scope.start), high)
    while i < high {
      guard text.dateAt[i] >= 0 else {
        i = text.nextDate(i + 1, high)
        continue
      }
      let index = Int(text.dateAt[i])
      consider(index, of: q, scope, &candidates)
      i = text.nextDate(max(i + 1, Int(text.dates[index].span.end)), high)
    }
    return candidates.winner.map { chosen($0, scope) }
  }

  /// Enters the date at `index` among the candidates where it can be the time of the figure or verb at `q`.
  private func consider(_ index: Int, of q: Int, _ scope: TokenSpan, _ candidates: inout TimeCandidates) {
    let i = Int(text.dates[index].span.start)
    // The time of what is said is none of a number outside it.
    let isApart = statementOf[i] >= 0 && statementOf[q] < 0
    let isInName = isInName(index) && !isYearBehindName(index)
    if isInName, candidates.occasion == nil, !isApart, candidates.best == nil,
      isOccasion(index, of: q, scope) || isActorsYear(index, of: q, scope)
    {
      candidates.occasion = index
    }
    guard !isDateTaken[index] || statementOf[i] >= 0, !isApart, !isInName, saysWhen(i, index, q, scope) else { return }
    let end = endOfFigure(q)
    if isRate(index) {
      // "$ 5 juta (Rp 70 miliar) per tahun"
      if i >= end, i - end <= 1 || behindBracket(end, min(Int(scope.end), end + 10)) == i { candidates.rate = index }
      return
    }
    if text.dates[index].kind != .duration || !isLength(i) {
      candidates.only = index
      candidates.eligible += 1
    }
    // "3,1 persen pada 2031 dan 3,3-3,9 persen | pada 2032": right behind it, however long the number is.
    let isNext = i > end && i - end < 3 && (end..<i).allSatisfy { has($0, .timePreposition) && !has($0, .entity) }
    let cost = isNext ? -1 : distance(from: q, to: i)
    if cost < candidates.bestCost, candidates.best == nil || !opensNextClause(i, q) {
      candidates.best = index
      candidates.bestCost = cost
    }
  }

  /// The token behind the figure at `q`; `q` itself where that is a verb.
  private func endOfFigure(_ q: Int) -> Int { text.quantityAt[q] >= 0 ? endOfQuantity(q) : q }

  /// Whether the date that begins at `i` can tell when the figure at `q` was: neither what that is compared with, nor of another clause.
  private func saysWhen(_ i: Int, _ index: Int, _ q: Int, _ scope: TokenSpan) -> Bool {
    let date = text.dates[index]
    guard !isCompared(index, with: q), date.kind != .duration || isSpan(index, of: q, scope), !isOtherTime(i, q, scope)
    else { return false }
    // "remisi Waisak bagi 20 orang"; not "pada libur Waisak"
    return !(isHoliday(date) && describesNoun(date)) || (i - 3..<i).contains { has($0, .timePreposition) }
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
      && (!has(end, [.comma, .hardMark, .quote, .preposition, .date, .clause]) || has(end, .copula))
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
