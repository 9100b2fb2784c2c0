/// Whose an amount is, though a verb stands before it: the noun that a copula, an amount word or a preposition ties to it.
extension FactContext {
  /// Whose an amount is that a copula or amount word ties to a noun, though a verb stands in that noun's relative clause: `JUMLAH yang
  /// harus dilunasi adalah Rp 80.000`, `NILAI proyek yang dibangun di Bogor sebesar Rp 2 triliun`.
  func ownerBehindRelative(_ v: Int, _ start: Int, _ low: Int) -> TokenSpan? {
    guard let mark = relative(before: v, low: low), !has(mark - 1, .comma) else { return nil }
    var k = start - 1
    while k > v, has(k, [.adverb, .amount]) { k -= 1 }
    let end = verbEnd(v)
    // Nothing between "meninggal dunia" and "sebesar": the verb's own amount.
    guard k >= end else { return nil }
    let isTied =
      has(k, .copula) && !isVerb(k)
      || k < start - 1 && !has(v, .active)
        && (end...k).contains { has($0, .preposition) && preposition(at: $0)?.sense.isBy != true }
    guard isTied, (end...k).allSatisfy({ !has($0, [.comma, .hardMark, .quantity]) }) else { return nil }
    let owner = nounPhrase(before: mark, low: low)
    return owner.isNone ? nil : owner
  }

  /// The noun directly before an amount that begins a piece of its own and points back: `Pabrik berada di Bogor, LUASNYA 10 hektare`.
  func ownLabel(_ v: Int, _ start: Int, _ low: Int) -> TokenSpan? {
    var k = start - 1
    while k > v, has(k, [.adverb, .amount]) || has(k, .copula) && !isVerb(k) { k -= 1 }
    guard k > v + 1, !isVerb(k), !has(k, .adverb), endsInClitic(k) else { return nil }
    let label = nounPhrase(before: k + 1, low: v + 1)
    guard !label.isNone, Int(label.end) == k + 1, Int(label.start) > v + 1 else { return nil }
    var before = Int(label.start) - 1
    // "toko yang PALING MURAH harganya"
    while before > v + 1, has(before, [.adverb, .amount]), !isVerb(before), !has(before, .preposition) { before -= 1 }
    return has(before, [.comma, .clause, .relative]) || has(before, .copula) && !isVerb(before) ? label : nil
  }

  /// The noun that has the amount before `start`, where another amount stands before it: `Panjang jalan mencapai 50 meter dengan LEBAR | 5
  /// meter`, `Korban mencapai 200 orang dengan JUMLAH KEMATIAN sebesar | 12`, `menyita ganja sebanyak 12 karung dengan BERAT | 30 kg`, `menanam 20 ton,
  /// lebih rendah dari TARGET sebesar | 30 ton`.
  func amountBesideAnother(_ v: Int, _ start: Int, _ index: Int) -> TokenSpan? {
    guard index > 0 else { return nil }
    let before = Int(text.quantities[index - 1].span.start)
    if before > v, let whole = wholeOfShare(start, index) { return whole }
    guard before > v, text.quantities[index - 1].kind != .ordinal else { return nil }
    var k = start - 1
    while k > before, has(k, [.adverb, .amount]) { k -= 1 }
    let isTimed = has(k, .date) && !has(k, .entity)
    while k > before, has(k, .date), !has(k, .entity) { k -= 1 }
    guard k > before, !isVerb(k), !has(k, [.comma, .and, .preposition]) || has(k, .entity) else { return nil }
    let noun = nounPhrase(before: k + 1, low: endOfQuantity(before))
    guard !noun.isNone, Int(noun.end) == k + 1, let sense = preposition(before: Int(noun.start)),
      !has(Int(noun.start), [.entity, .pronoun])
    else { return nil }
    // "5 persen dari TOTAL ANGGARAN tahun ini sebesar | Rp 3 triliun"
    if sense.isFrom, noun.count > 1, says(.sum, at: Int(noun.start)) { return noun }
    guard !isTimed else { return nil }
    if sense.isWith {
      let isTold =
        (has(v, .adverb) || says(.report, at: v)) && !has(v, .copula)
        && (verbEnd(v)..<before).allSatisfy { has($0, [.adverb, .amount]) }
      let isTied =
        has(before - 1, .amount) && !counts(text.quantities[index])
        && endOfPhrase(text.quantities[index - 1], start) == Int(noun.start) - 1
      return isTold || isTied ? noun : nil
    }
    guard sense.isFrom else { return nil }
    return has(start - 1, .amount) ? (k == start - 2 ? noun : nil) : k == start - 1 && isBase(noun, index) ? noun : nil
  }

  /// `65 persen dari TARGET | Rp 2 triliun`: the whole of which the number before is a share, where nothing stands between it and its own amount.
  private func wholeOfShare(_ start: Int, _ index: Int) -> TokenSpan? {
    let (share, quantity) = (text.quantities[index - 1], text.quantities[index])
    let item = share.item
    guard share.kind == .percent, !item.isNone, !counts(quantity), Int(item.end) <= start, start - Int(item.end) < 3,
      item.start > share.span.end, preposition(before: Int(item.start))?.isFrom == true,
      (Int(item.end)..<start).allSatisfy({ has($0, [.adverb, .amount]) }), !has(Int(item.start), [.entity, .pronoun])
    else { return nil }
    return item
  }

  /// `Rp 2 miliar dari PAGU | Rp 3 miliar`, `Rp 3 miliar, lebih kecil dari USULAN | Rp 4 miliar`: whether the noun behind `dari` is what the
  /// amount before it is a part of or compared with; not `dari pabrik | 3 ton`.
  private func isBase(_ noun: TokenSpan, _ index: Int) -> Bool {
    let quantity = text.quantities[index]
    guard quantity.kind == .money || quantity.kind == .percent, text.kind[Int(noun.start)] == TokenKind.word else {
      return false
    }
    let from = Int(noun.start) - 1
    let before = text.quantities[index - 1]
    if endsQuantity(from - 1, index - 1) { return before.kind == .percent || before.kind == .money }
    return has(from - 1, .adjective) && text.classes[from - 2].intersects(words.degree)
  }

  /// `DEFISIT ANGGARAN mencapai Rp 3 triliun`, `Rina menyebut SURPLUS turun 5 persen`: what is left over or lacking, where that word could be a verb and no
  /// subject stands before it (`Neraca itu surplus`), and the action of the figure is told of it.
  func balance(before draft: PredicateDraft, _ low: Int) -> TokenSpan? {
    let v = Int(draft.action.start)
    guard !draft.action.isNone, v < Int(text.quantities[Int(draft.anchor)].span.start),
      draft.actor.start < draft.action.start
    else { return nil }
    var end = beforeVerbPhrase(v, low: low)
    // "rugi bersih MERANGKAK naik"
    if end > low, isVerb(end), says(.change, at: v), !says(.balance, at: end) { end = beforeVerbPhrase(end, low: low) }
    var k = end
    while k >= low, end - k < 10, !says(.balance, at: k) {
      let belongs =
        has(k, [.entity, .adjective, .demonstrative, .date]) || isNoun(k, first: false) || has(k, .preposition)
      guard belongs, !isVerb(k), !has(k, [.comma, .relative, .quantity, .hardMark, .quote]) || has(k, .entity) else {
        return nil
      }
      k -= 1
    }
    guard k >= low, k <= end, says(.balance, at: k), k == low || opensNoun(behind: k - 1), !isPerson(k + 1) else {
      return nil
    }
    let rest = nounPhrase(from: k + 1, high: end + 1)
    return TokenSpan(k, Int(rest.start) == k + 1 && !rest.isNone ? Int(rest.end) : k + 1)
  }

  /// Whether a noun and no verb stands behind token `i`: behind a comma, a conjunction, a time or a verb that has it for its object.
  private func opensNoun(behind i: Int) -> Bool {
    has(i, [.comma, .hardMark, .quote, .date, .connective, .clause, .and]) && !has(i, .entity)
      || isVerb(i) && has(i, [.active, .speech]) && !has(i, .auxiliary)
  }

  /// The place or thing that is so far from another, set off by commas: `disidang di TABUK, sekitar | 90 km dari Jeddah`.
  func placeOfDistance(_ quantity: Quantity, _ start: Int, _ v: Int) -> TokenSpan? {
    guard quantity.kind == .measure, let found = preposition(at: Int(quantity.span.end)),
      found.sense.place || found.sense.isFrom
    else { return nil }
    var k = start - 1
    while k > v, has(k, .adverb) { k -= 1 }
    guard k - 1 > v, has(k, .comma), text.quantityIn[k - 1] < 0, text.entityIn[k - 1] >= 0 else { return nil }
    let place = text.entities[Int(text.entityIn[k - 1])]
    return place.label == .person ? nil : place.span
  }

  /// What is so much where a copula stands before the number at `start` and a verb before it belongs to no relative clause:
  /// `Dijelaskan pula, TARIF TERMURAH adalah | Rp 12.000`, `mensyaratkan KECEPATAN kereta itu adalah | 160 km`.
  func subjectOfCopula(_ v: Int, _ start: Int, _ low: Int) -> TokenSpan? {
    var k = start - 1
    while k > v, has(k, [.adverb, .amount]), !has(k, .copula) { k -= 1 }
    guard k - 1 > verbEnd(v), has(k, .copula), says(.equation, at: k), !has(k - 1, [.comma, .hardMark]),
      relative(before: v, low: low) == nil
    else { return nil }
    let subject = subject(inClauseBefore: k - 1, low: low, 0)
    return subject.isNone || Int(subject.end) > k ? nil : subject
  }
}
