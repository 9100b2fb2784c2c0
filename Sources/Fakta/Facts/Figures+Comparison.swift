/// Dates that say with what a figure is compared and not when it was: `naik 5 persen dari | tahun lalu`, `tertinggi sejak | 2012`.
extension FactContext {
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
    // "meningkat dari tahun 2014 (1,7 juta)", "penurunan dari Mei 7 persen"
    if k > 0, let found = preposition(at: k), found.sense.isFrom, says(.change, at: k - 1),
      preposition(at: Int(span.end))?.sense.relation != .until, q != Int(span.end),
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
        text.quantityIn[v] >= 0 || has(v, [.amount, .adverb])
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

  /// Where the quantity begins that ends before token `k` with its item.
  func quantity(endingAt k: Int) -> Int? {
    for i in stride(from: k - 1, through: max(0, k - 4), by: -1) where text.quantityIn[i] >= 0 {
      let start = Int(text.quantities[Int(text.quantityIn[i])].span.start)
      return endOfQuantity(start) == k ? start : nil
    }
    return nil
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
}
