/// Which places a figure does not happen at, though a preposition of place stands before their name, and which dates are not its.
///
///     Penumpang yang menuju Bogor naik 5 persen.   Pabrik merakit 500 mobil dan akan tampil di Depok.
///               ╰─ whose they are ─╯                                       ╰─ another predicate ─╯
extension FactContext {
  /// Whether the preposition at `p`, before the entity at `i`, ties its place to something else than the figure or verb at `q`.
  func isElsewhere(_ p: Int, _ i: Int, _ q: Int, _ scope: TokenSpan) -> Bool {
    let low = Int(scope.start)
    if endsSetting(p, low) || isRanked(p, i, q, low) || isSeat(p, scope) { return true }
    // "penumpang yang menuju Bogor": the preposition is the predicate of a relative.
    if p > low, has(p - 1, .relative) {
      // "gedung yang terletak di Bogor ini memiliki 40 lantai": there, too.
      if i < q, says(.held, at: p) { return false }
      let earlier = verb(before: p - 1, low: i < q ? low : q)
      // "gempa yang mengguncang Bogor menewaskan 12 orang": so is what it does; not what who survived it does.
      return says(.strike, at: p) ? i < q && earlier != nil : i < q || earlier != nil
    }
    let end = Int(text.entities[Int(text.entityAt[i])].span.end)
    if i > q {
      return isOfLaterClause(p, end, q, scope)
        || text.quantityAt[q] >= 0
          && (isOfMainClause(i, q, low) || isOfMainVerb(before: p, q, low) || isOfJoinedClause(p, q, low)
            || isOfBreakdown(p, q))
    }
    return isOfEarlierClause(p, end, q, low)
  }

  /// `membuka 50 kios dengan RINCIAN 20 kios di | Bogor, 30 kios di Depok`: whether the preposition at `p` stands behind one of the numbers of which the
  /// one at `q` is made up.
  private func isOfBreakdown(_ p: Int, _ q: Int) -> Bool {
    let end = endOfQuantity(q)
    guard let word = (end..<max(end, p)).first(where: { says(.breakdown, at: $0) }) else { return false }
    return (word..<p).contains { text.quantityAt[$0] >= 0 }
  }

  /// Whether the date that begins at `i` tells of something else than the figure at `q`: of the clause that is joined to it
  /// (`5 ton, pada 2015 turun`), or of the number with which it is compared (`dari 11 ribu buku pada 2014 menjadi 3 ribu`).
  func isOtherTime(_ i: Int, _ q: Int, _ scope: TokenSpan) -> Bool {
    guard text.quantityAt[q] >= 0 else { return false }
    let low = Int(scope.start)
    let end = Int(text.dates[Int(text.dateAt[i])].span.end)
    var p = i
    while p > low, has(p - 1, .timePreposition), text.quantityIn[p - 1] < 0 { p -= 1 }
    // "belum mengenal dua alat itu seperti sekarang", "Seperti tahun lalu, Melati merilis 3 ponsel"
    if p == i, preposition(before: i)?.isLike == true,
      i > q || !begins(i - 1, words.comparison) && !begins(i - 2, words.comparison)
    {
      return true
    }
    if hasOwnClause(i, p, q, low) { return true }
    if isOfSubordinate(i, q, low) || i > q && (isOfOtherNoun(p, q) || p == i && isOfAim(i, q)) { return true }
    if i > q, isOfResult(p, q, low) || isOfClauseBehind(p, i, q, low) || isOfMainClause(i, q, low) { return true }
    if i > q {
      // "dari 3 ton menjadi KINI 5 ton"
      if has(p - 1, .copula), p - 1 == endOfQuantity(q), text.quantityAt[end] >= 0 { return true }
      return isOfLaterClause(p, end, q, scope) || isOfComparedNumber(endOfQuantity(q), p)
    }
    if isOfWhatSays(end, q) || isOfStateBehind(i, end, q, low) { return true }
    // "Perusahaan yang pada 2014 dibeli Budi merugi Rp 3 miliar": the relative's own time.
    if p > low, has(p - 1, .relative), let own = verb(before: q, low: end), verb(before: own, low: end) != nil,
      relative(before: own, low: low) == nil, !has(beforeVerbPhrase(own, low: end), .and)
    {
      return true
    }
    return contrast(end, q) && isOfEarlierClause(p, end, q, low) || isOfRelativeBefore(p, end, q, low)
      || has(q - 1, .copula) && !has(q - 1, .stative) && (isOfComparedNumber(low, p) || opensComparedNumber(p, end))
  }

  /// `Hakim memutuskan pada | 2015 BAHWA Rina harus membayar Rp 5 miliar`: whether a time that ends before `end` stands outside of the content in
  /// which the figure at `q` does; not where nobody says it (`Saat ini | diketahui bahwa`).
  private func isOfWhatSays(_ end: Int, _ q: Int) -> Bool {
    guard
      let mark = (max(end, q - Self.reach)..<max(q, end)).first(where: {
        text.classes[$0].intersects(words.contentWord)
      })
    else {
      return false
    }
    return !(has(mark, .entity) || isVerb(mark - 1) && mark - 1 <= (has(end, .comma) ? end + 1 : end))
  }

  /// `Pada Mei | Melati menjual bus yang SUDAH menempuh 3 juta kilometer`: whether the figure at `q` is told of another noun than the clause of the
  /// date at `i` that ends before `end`, as what that had done before or can do; not where it is so now or for a length of time.
  private func isOfStateBehind(_ i: Int, _ end: Int, _ q: Int, _ low: Int) -> Bool {
    let date = text.dates[Int(text.dateAt[i])]
    guard date.kind == .date, !date.isPresentOrPast, let own = verb(before: q, low: end),
      let mark = relative(before: own, low: end), mark > (has(end, .comma) ? end + 1 : end),
      let main = verb(before: mark, low: low), !isExistential(main)
    else { return false }
    return (mark + 1..<own).contains { saysState($0) }
  }

  /// Whether the date whose preposition is at `p` tells when something was that another noun behind the figure does: `membayar Rp 3 miliar
  /// untuk gedung yang DIBANGUN pada 2010`; not `untuk lomba yang DIGELAR pada Mei`.
  private func isOfOtherNoun(_ p: Int, _ q: Int) -> Bool {
    let end = endOfQuantity(q)
    var v = p - 1
    while v > end, p - v < 8, !isVerb(v) {
      guard at(v).isDisjoint(with: [.comma, .hardMark, .quote]) || has(v, .entity) else { return false }
      v -= 1
    }
    guard v > end, isVerb(v), !says(.held, at: v), let mark = relative(before: v, low: end), mark > end else {
      return false
    }
    guard
      let k = (end..<mark).last(where: { has($0, [.preposition, .purpose]) && !has($0, [.entity, .date, .quantity]) })
    else { return false }
    // What happened in or because of something happened when that did (`tewas akibat banjir yang melanda desa pada Mei`).
    guard let sense = preposition(at: k)?.sense else { return has(k, .purpose) }
    let isWhole = sense.isFrom && (k + 1..<mark).contains { has($0, .quantity) || says(.sum, at: $0) }
    return has(k, .purpose) || sense.isTo || sense.isAbout || sense.isFrom && !isWhole
  }

  /// Whether the date at `i` says which one an aim behind the figure is about: `menyiapkan 20 bus untuk mengangkut pemudik LEBARAN INI`; not behind
  /// its own preposition or comma, nor behind a passive (`membuat dua film untuk diputar TAHUN INI`).
  private func isOfAim(_ i: Int, _ q: Int) -> Bool {
    let end = endOfQuantity(q)
    var v = i - 1
    while v > end, i - v < 10, !isVerb(v) {
      guard
        at(v).isDisjoint(with: [.comma, .hardMark, .quote, .and, .relative, .placePreposition, .timePreposition])
          || has(v, .entity)
      else { return false }
      v -= 1
    }
    guard v > end, isVerb(v), v < i - 1 || has(v, .active) else { return false }
    let aim = beforeVerbPhrase(v, low: end)
    return aim >= end && has(aim, .purpose)
  }

  /// Whether `kini`, `saat ini` or `dulu` behind the figure, whose preposition is at `p`, tells of what stands behind the figure's clause:
  /// `meraih 3 poin sehingga mereka KINI memimpin`, `memamerkan 20 usaha yang KINI mandiri`; not `ada 20 usaha yang kini mandiri`.
  private func isOfResult(_ p: Int, _ q: Int, _ low: Int) -> Bool {
    var i = p
    while text.dateAt[i] < 0, i - p < 4 { i += 1 }
    guard text.dateAt[i] >= 0, text.dates[Int(text.dateAt[i])].isPresentOrPast else { return false }
    if has(p - 1, .relative) {
      guard let governor = verb(before: q, low: low) else { return false }
      return !isExistential(governor)
    }
    if isOfEffect(p, q, low) { return true }
    return (endOfQuantity(q)..<max(p, endOfQuantity(q))).contains {
      has($0, .clause) && !has($0, [.preposition, .relative, .copula, .entity, .adverb])
        || has($0, .comma) && has($0 + 1, .and) && !has($0 + 1, .entity)
    }
  }

  /// `3 gol MEMBUAT Rudi KINI memimpin`, `Berkat 3 gol, Rudi KINI memimpin`: whether the figure at `q` is what brought about what is so now, before `p`.
  private func isOfEffect(_ p: Int, _ q: Int, _ low: Int) -> Bool {
    let end = endOfQuantity(q)
    if (end..<max(p, end)).contains(where: { says(.causative, at: $0) && isVerb($0) }) { return true }
    guard let opener = preposition(at: low), !opener.sense.place, !opener.sense.time,
      has(p - 1, .entity) || has(p - 1, .pronoun),
      verb(before: q, low: low) == nil
    else { return false }
    return (end..<max(p, end)).contains { has($0, .comma) && !has($0, .entity) }
  }

  /// Whether the date at `i` says when the clause of a `sejak`, `setelah` or `sebelum` was, in which the figure at `q` does not stand: `Sejak
  /// dibuka pada 2014, pabrik itu membuat 5 juta mobil`, `menjuarai dua lomba sejak pindah pada 2014`.
  private func isOfSubordinate(_ i: Int, _ q: Int, _ low: Int) -> Bool {
    var hasVerb = false
    var k = i - 1
    while k >= low, i - k < 24 {
      if isVerb(k) {
        hasVerb = true
      } else if has(k, [.comma, .hardMark, .quote, .relative]), !has(k, .entity) {
        return false
      } else if has(k, .timePreposition), let found = preposition(at: k) {
        let relation = found.sense.relation
        // "empat DARI lima jembatan dibuka pada Senin": no clause; "MULAI (kembali) menanam pada awal 2018": it is that which begins.
        let begins =
          relation == .since && has(k, .auxiliary)
          && (isVerb(found.end) || has(found.end, .adverb) && isVerb(found.end + 1))
        if found.sense.isFrom || begins {
          k -= 1
          continue
        }
        if relation == .since || relation == .after || relation == .before {
          guard hasVerb, k > q || q > i else { return false }
          // Behind the figure what came before is when it was (`tewas setelah kapal tenggelam kemarin`), not how long it lasted.
          return q < k ? relation == .since || isLength(i) : (i..<q).contains { has($0, .comma) && text.dateIn[$0] < 0 }
        }
      }
      k -= 1
    }
    return false
  }

  /// Whether the date at `i` is a length of time whose days nobody knows.
  func isLength(_ i: Int) -> Bool {
    let date = text.dates[Int(text.dateAt[i])]
    return date.kind == .duration && date.from == nil && date.to == nil
  }

  /// Whether a number behind `dari` stands last before `p`, not before `from`.
  private func isOfComparedNumber(_ from: Int, _ p: Int) -> Bool {
    // "12 ton dari 15 ton di | bulan sebelumnya"
    var k = p - (has(p - 1, .placePreposition) || text.kindAt(p - 1) == TokenKind.openParen ? 2 : 1)
    while k >= from, p - k < 6, text.quantityIn[k] < 0 {
      guard at(k).isDisjoint(with: [.comma, .hardMark, .quote, .preposition, .clause]), !isVerb(k) else { return false }
      k -= 1
    }
    while k >= from, text.quantityIn[k] >= 0 { k -= 1 }
    return k >= from && p - k < 12 && preposition(at: k)?.sense.isFrom == true && text.quantityIn[k + 1] >= 0
  }

  /// `dari | SAAT INI 3 toko menjadi 5`: whether a number stands right behind the date that ends before `end`, and `dari`, at `p` or before it,
  /// before the date.
  private func opensComparedNumber(_ p: Int, _ end: Int) -> Bool {
    text.quantityAt[end] >= 0 && [p, p - 1].contains { preposition(at: $0)?.sense.isFrom == true }
  }

  /// `dalam rilis | di Bogor`, `dalam konferensi pers di Bogor`: where something was said; not `di kediamannya di Bogor`.
  private func endsSetting(_ p: Int, _ low: Int) -> Bool {
    var k = p - 1
    while k >= low, p - k <= 4 {
      if let found = cue(at: k), found.cue.form == .setting, found.end == p {
        guard let own = preposition(at: k) else { return true }
        return !own.sense.place || own.sense.time
      }
      k -= 1
    }
    return false
  }

  /// `orang terkaya di Inggris`: among whom somebody is first; not in the item itself (`24 kampus terbaik di Bogor`), and not
  /// with the number beside it (`curah hujan tertinggi di Bogor sebesar 80 mm`).
  private func isRanked(_ p: Int, _ i: Int, _ q: Int, _ low: Int) -> Bool {
    // "terbesar kedua di Bogor", "paling dominan di Bogor"
    let rank = p - 1 > low && has(p - 1, [.adjective, .quantity]) && !says(.superlative, at: p - 1) ? p - 2 : p - 1
    guard rank >= low, says(.superlative, at: rank) else { return false }
    guard text.quantityAt[q] >= 0 else { return true }
    var k = Int(text.entities[Int(text.entityAt[i])].span.end)
    while k < q, has(k, [.amount, .adverb, .comma, .copula]) || text.kind[k] == TokenKind.openParen { k += 1 }
    if k == q { return false }
    let item = text.quantities[Int(text.quantityAt[q])].item
    return item.isNone || !item.range.contains(rank)
  }

  /// Whether the place or date from `p` to `end`, behind the figure, is told of something that is joined to it: `dan akan tampil di
  /// Depok`, `, tetapi di Bogor`, or opens another member: `dan di Bogor 5 mobil`.
  private func isOfLaterClause(_ p: Int, _ end: Int, _ q: Int, _ scope: TokenSpan) -> Bool {
    let from = text.quantityAt[q] >= 0 ? endOfQuantity(q) : q + 1
    if text.quantityAt[q] >= 0, contrast(from, p) || isOfExample(from, p) { return true }
    var k = p - 1
    while k >= from, has(k, [.adverb, .connective]), !isVerb(k), !has(k, [.and, .comma]) { k -= 1 }
    guard k >= from else { return false }
    if has(k, [.and, .comma]), !has(k, .entity) {
      // ", di dekat Bogor, sekitar 12 kilometer dari Depok": between commas it is an insertion.
      if text.dateIn[end - 1] < 0, has(k, .comma), has(end, .comma) { return false }
      return text.quantityAt[q] >= 0 && tellsBehind(end, Int(scope.end), isVerbEnough: text.dateIn[end - 1] >= 0)
    }
    if isVerb(k) {
      let before = beforeVerbPhrase(k, low: from)
      // "20 orang ditangkap dan dipulangkan pada Minggu": both happened then.
      if before >= from, has(before, .and), !has(before, .entity) {
        let voices: WordBits = [.passive, .intransitive]
        let isSame = before > from && isVerb(before - 1) && !at(before - 1).intersection(at(k)).isDisjoint(with: voices)
        return !isSame || (from..<before - 1).contains { isVerb($0) }
      }
      return text.dateIn[end - 1] >= 0 && isOfOtherSubject(k, q, from, Int(scope.start))
    }
    // "dengan 16 angka dan akan menjamu Persib | pada Kamis": a verb of its own time, with its object.
    while k > from, p - k < 10, !isVerb(k),
      at(k).isDisjoint(with: [.comma, .hardMark, .quote, .and, .relative, .clause, .quantity]) || has(k, .entity)
    {
      k -= 1
    }
    guard isVerb(k) else { return false }
    let before = beforeVerbPhrase(k, low: from)
    if before >= from, has(before, .and), !has(before, .entity),
      (before + 1..<k).contains(where: { has($0, .auxiliary) })
    {
      return true
    }
    return text.dateIn[end - 1] >= 0 && isOfOtherSubject(k, q, from, Int(scope.start))
  }

  /// `membeli 3 kios, TERMASUK MENYEWA gudang di Bogor`, `tampil di 3 kota SEPERTI DISAMPAIKAN panitia kemarin`: whether what is likened or
  /// named as an example is a verb, in `from..<to`.
  private func isOfExample(_ from: Int, _ to: Int) -> Bool {
    from < to
      && (from..<to).contains {
        begins($0, words.preposition) && !has($0, .entity) && isVerb($0 + 1)
          && preposition(at: $0)?.sense.isLike == true
      }
  }

  /// `menjual 500 mobil dan JUMLAH ITU naik setiap hari`: whether the verb at `v` has a subject of its own behind a `dan`,
  /// behind the figure that ends before `from`; not one that is joined to the figure's (`Sebanyak 5 mobil dan MOTOR disita kemarin`).
  private func isOfOtherSubject(_ v: Int, _ q: Int, _ from: Int, _ low: Int) -> Bool {
    guard relative(before: v, low: from) == nil else { return false }
    var i = beforeVerbPhrase(v, low: from)
    while i > from, isVerb(i) { i = beforeVerbPhrase(i, low: from) }
    var k = i
    while k > from, i - k < 8, !isVerb(k), at(k).isDisjoint(with: Self.notInSubject) || has(k, .entity) { k -= 1 }
    guard k >= from, k < i, has(k, .and), !has(k, .entity), !has(k - 1, .entity) || !has(k + 1, .entity) else {
      return false
    }
    return (from..<k).contains { isVerb($0) && relative(before: $0, low: from) == nil }
      || verb(before: q, low: low) != nil
  }

  private static let notInSubject: WordBits = [
    .comma, .hardMark, .quote, .and, .clause, .quantity, .preposition, .date,
  ]

  /// Whether another number stands behind `end`, before the sentence ends, or at once a verb.
  private func tellsBehind(_ end: Int, _ high: Int, isVerbEnough: Bool) -> Bool {
    // ", Rabu (18/3/2015), dan …": an insertion.
    if isVerbEnough, has(end, [.comma, .hardMark]) { return false }
    var k = end
    while k < high, k - end < 12 {
      if text.quantityAt[k] >= 0 || isVerbEnough && isVerb(k) { return true }
      if has(k, [.hardMark, .quote, .clause]), !has(k, [.entity, .preposition]) { return false }
      k += 1
    }
    return false
  }

  /// Whether a place or date before the figure stands in a predicate that is over: contrasted (`turun di Bogor, sementara …`), or followed
  /// by a clause with a subject of its own (`tersebar di Bogor, pertumbuhannya mencapai 20 persen`).
  private func isOfEarlierClause(_ p: Int, _ end: Int, _ q: Int, _ low: Int) -> Bool {
    // "Di Bogor, …", "dan di Bogor, jumlahnya …", "Menjamu Persib di Bogor, mereka …": a setting holds on.
    guard text.quantityAt[q] >= 0, p > low, !has(p - 1, [.and, .comma]), let earlier = verb(before: p, low: low),
      beforeVerbPhrase(earlier, low: low) >= low, !isOfOpening(earlier, low)
    else { return false }
    if contrast(end, q) || text.dateIn[end - 1] < 0 && isBeforeOtherTime(end, q) { return true }
    guard let v = verb(before: q, low: end) else { return false }
    var comma = v
    while comma > end, !has(comma, .comma) { comma -= 1 }
    guard comma >= end, has(comma, .comma), !has(comma + 1, .entity), !has(comma + 1, .clause) else { return false }
    return (comma + 1..<v).allSatisfy { !has($0, [.quantity, .relative]) }
      && !firstPhrase(from: comma + 1, high: beforeVerbPhrase(v, low: comma + 1) + 1).isNone
  }

  /// `Dalam razia yang DIGELAR di Bogor, polisi menyita 12 motor`: whether the verb at `v` only says which one it is that opens the sentence.
  private func isOfOpening(_ v: Int, _ low: Int) -> Bool {
    guard has(low, .preposition), !has(low, .entity), says(.held, at: v), let mark = relative(before: v, low: low)
    else {
      return false
    }
    return verb(before: mark, low: low) == nil
  }

  /// Whether a word that sets clauses against each other stands in `from..<to`: `tetapi`, `sementara`, `meski`.
  private func contrast(_ from: Int, _ to: Int) -> Bool {
    from < to
      && (from..<to).contains {
        guard begins($0, words.clauseWord), !has($0, .entity) else { return false }
        let use = findUse($0)
        return use == .concession || use == .contrast && !isProvisional($0)
      }
  }

  /// `klasemen SEMENTARA`, `untuk SEMENTARA`: the word says that what stands before it may change.
  private func isProvisional(_ i: Int) -> Bool {
    has(i, .adjective) && !has(i - 1, [.comma, .hardMark, .quote, .quantity]) && quantity(endingAt: i) == nil
  }

  /// Whether the preposition `dari` at `p` says where the verb begins: `berangkat | dari`, `memulangkan 20 pekerja | dari`; behind a
  /// noun it says whose the noun is (`penerbangan dari Malaysia`).
  func departs(before p: Int, low: Int) -> Bool {
    guard p > low else { return false }
    if isVerb(p - 1), has(p - 1, [.active, .passive]) { return true }
    var k = p
    while k >= low, p - k < 12, !has(k, [.comma, .hardMark, .quote]) {
      if says(.departure, at: k) { return true }
      if k < p, isVerb(k) { return false }
      k -= 1
    }
    return false
  }
}
