/// Which dates of its sentence are of another clause than the figure's.
///
///     Mobil yang dirilis pada 2014 memiliki 4 pintu.   Warga yang memiliki 3 kios itu diperiksa kemarin.
///           ╰─── the relative's ──╯                                              ╰ the main verb's ─╯
extension FactContext {
  /// Whether the date whose preposition is at `p`, behind the figure at `q`, is of a clause that the figure does not stand in.
  func isOfClauseBehind(_ p: Int, _ i: Int, _ q: Int, _ low: Int) -> Bool {
    guard let v = verbBetween(q, p) else { return false }
    return isOfRelativeBehind(v, i, endOfQuantity(q)) || isOfMainVerb(v, q, low)
  }

  /// The same of a place: `Warga yang memiliki 3 kios itu DIPERIKSA di | Bogor`.
  func isOfMainVerb(before p: Int, _ q: Int, _ low: Int) -> Bool {
    verbBetween(q, p).map { isOfMainVerb($0, q, low) } ?? false
  }

  /// The last verb between the figure at `q` and `p`, over no mark.
  private func verbBetween(_ q: Int, _ p: Int) -> Int? {
    let end = endOfQuantity(q)
    var v = p - 1
    while v > end, p - v < 14, !isVerb(v) {
      guard at(v).isDisjoint(with: [.comma, .hardMark, .quote]) || has(v, .entity) else { return nil }
      v -= 1
    }
    return v >= end && isVerb(v) ? v : nil
  }

  /// `mengirim tiga ahli ke Kawah Melati, yang MELETUS pada | Minggu`, `40 GB, lebih besar dari semua yang ADA | sekarang`: whether the verb at `v`
  /// opens a relative clause of another noun than the figure's, behind a comma or about what is so now.
  private func isOfRelativeBehind(_ v: Int, _ i: Int, _ end: Int) -> Bool {
    guard let mark = relative(before: v, low: end), mark > (has(end, .comma) ? end + 1 : end) else { return false }
    return has(mark - 1, .comma) || text.dates[Int(text.dateAt[i])].isPresentOrPast
      || !says(.held, at: v) && isOfOtherNumber(mark, end)
  }

  /// `Rina mencetak 12 gol untuk dua klub yang DIBELA sejak | 2014`: whether the relative at `mark` tells of what another number behind the figure,
  /// which ends before `end`, counts; not where that is the whole of which the figure is a part (`satu dari lima kios yang dibuka kemarin`).
  private func isOfOtherNumber(_ mark: Int, _ end: Int) -> Bool {
    guard let other = quantity(endingAt: mark), other > end else { return false }
    var k = other - 1
    while k > end, has(k, [.adverb, .amount]) || says(.sum, at: k), preposition(at: k)?.sense.isFrom != true { k -= 1 }
    return preposition(at: k)?.sense.isFrom != true
  }

  /// Whether the date at `i`, whose preposition is at `p`, has a clause of its own, which the figure at `q` does not stand in.
  func hasOwnClause(_ i: Int, _ p: Int, _ q: Int, _ low: Int) -> Bool {
    isOfOtherBracket(i, p, q)
      || (i > q ? opensOtherRelative(p, q) || isBehindInsertion(i, q, low) : isBeforeEarlierEvent(i, q))
  }

  /// `Rp 3 miliar untuk Kementerian Melati (KINI berganti nama)`: whether the time whose preposition is at `p` begins a bracket with a
  /// predicate, in which the figure does not stand.
  private func isOfOtherBracket(_ i: Int, _ p: Int, _ q: Int) -> Bool {
    guard text.kindAt(p - 1) == TokenKind.openParen else { return false }
    let end = Int(text.dates[Int(text.dateAt[i])].span.end)
    let close = bracketEnd(end, min(count, end + 24))
    return !(p..<close).contains(q) && (end..<close).contains { isVerb($0) || has($0, .copula) }
  }

  /// `merakit tiga mobil untuk lomba yang | TAHUN INI ramai`: whether the time whose preposition is at `p` opens a relative of another noun than
  /// the figure's.
  private func opensOtherRelative(_ p: Int, _ q: Int) -> Bool { p - 1 > endOfQuantity(q) && has(p - 1, .relative) }

  /// `Rina, yang memiliki tiga toko, TIBA di Bogor | kemarin`: whether the figure stands in a relative clause between commas, and the date at `i`
  /// behind the main verb.
  private func isBehindInsertion(_ i: Int, _ q: Int, _ low: Int) -> Bool {
    let end = endOfQuantity(q)
    guard end < i, let comma = (end..<i).first(where: { has($0, [.comma, .date]) && !has($0, .entity) }),
      has(comma, .comma),
      let own = verb(before: q, low: low), let mark = relative(before: own, low: low), mark > low,
      has(mark - 1, .comma)
    else { return false }
    return (comma + 1..<i).contains { isVerb($0) && relative(before: $0, low: comma) == nil }
  }

  /// `turun pada | PUKUL 09.35 setelah dibuka di 6.452`: whether the figure stands in what was before the hour at `i`.
  private func isBeforeEarlierEvent(_ i: Int, _ q: Int) -> Bool {
    let date = text.dates[Int(text.dateAt[i])]
    guard date.kind == .time else { return false }
    let end = Int(date.span.end)
    var hasVerb = false
    var k = q - 1
    while k >= end, q - k < 24, !has(k, [.hardMark, .quote, .relative, .comma]) || has(k, .entity) {
      if isVerb(k) { hasVerb = true }
      if hasVerb, has(k, .timePreposition), preposition(at: k)?.sense.relation == .after { return true }
      k -= 1
    }
    return false
  }

  /// `Band yang beranggotakan empat orang ini TERBENTUK pada | 1999`: whether the figure stands in a relative of the subject, and the date behind its
  /// verb at `v`; not where that tells of the same (`lomba yang diikuti 12 tim itu DIGELAR kemarin`).
  private func isOfMainVerb(_ v: Int, _ q: Int, _ low: Int) -> Bool {
    let end = endOfQuantity(q)
    guard !says(.held, at: v), let own = verb(before: q, low: low), let mark = relative(before: own, low: low),
      verb(before: mark, low: low) == nil
    else { return false }
    var k = end
    while k < v, !isVerb(k) {
      guard at(k).isDisjoint(with: [.comma, .hardMark, .quote, .clause, .purpose, .relative, .and]) || has(k, .entity)
      else { return false }
      k += 1
    }
    return !says(.held, at: k) && has(k - 1, [.demonstrative, .auxiliary, .adverb, .entity])
  }

  /// `Rina, yang dikontrak sampai | 2021, sudah mencetak 12 gol`, `Hotel yang dibuka pada | 2014 itu MEMILIKI 300 kamar`: whether the date from `p` to
  /// `end`, before the figure at `q`, stands in a relative clause between commas, or before what somebody has.
  func isOfRelativeBefore(_ p: Int, _ end: Int, _ q: Int, _ low: Int) -> Bool {
    let isApart = has(end, .comma)
    guard let own = verb(before: q, low: end), isApart || says(.possession, at: own) || says(.attributive, at: own),
      let v = verb(before: p, low: max(low, p - 14)), !says(.held, at: v), let mark = relative(before: v, low: low)
    else { return false }
    if isApart, has(mark - 1, .comma) { return true }
    // "Toko yang dulu kecil kini memiliki 30 cabang"
    return text.dateIn[end - 1] >= 0 && !text.dates[Int(text.dateIn[end - 1])].isPresentOrPast
      && (says(.possession, at: own) || says(.attributive, at: own))
  }

  /// `Setelah gempa yang menewaskan 22 orang itu, tim MENYISIR desa pada | Rabu`: whether the figure stands in what was before, and the date at
  /// `i` tells when the main verb was.
  func isOfMainClause(_ i: Int, _ q: Int, _ low: Int) -> Bool {
    guard has(low, .timePreposition), let sense = preposition(at: low)?.sense, !sense.isFrom,
      sense.relation == .after || sense.relation == .since || sense.relation == .before
    else { return false }
    guard let comma = (low..<i).first(where: { has($0, .comma) && !has($0, [.entity, .quantity, .date]) }), comma > q
    else { return false }
    return verb(before: i, low: comma) != nil
  }

  /// Whether the length of time at `i` says how much of it something takes: `butuh WAKTU | dua jam`; not `dalam waktu | dua jam`.
  func isOtherLength(_ i: Int, low: Int) -> Bool {
    var k = i - 1
    while k > low, i - k < 4, has(k, [.adverb, .amount]), !has(k, .timePreposition) { k -= 1 }
    guard let found = preposition(at: k), found.end == k + 1, found.sense.relation == .at, has(k, .clause) else {
      return false
    }
    // "dalam waktu", "dalam kurun waktu"
    return !has(k - 1, .timePreposition) && preposition(at: k - 2)?.end != k + 1
  }
}
