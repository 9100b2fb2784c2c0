/// The verb that governs a number: before it (`menyita 12 karung`), behind it (`12 orang tewas`), or in a relative clause.
extension FactContext {
  /// `ada lima rapat yang akan DIHADIRI Rina`, `menang tiga kali dari | lima laga yang DIJALANI`: what there is, or of what something is
  /// a part, does or undergoes the verb of its relative clause.
  func governExisting(_ quantity: Quantity, _ scope: TokenSpan, _ draft: inout PredicateDraft) {
    let v = Int(draft.action.start)
    guard draft.procedure == .figureObject, !draft.action.isNone, v < Int(quantity.span.start) else { return }
    let isThere =
      isExistential(v) && text.classes[v].intersects(words.existential) && !has(v, .negation) && !has(v - 1, .negation)
    guard isThere || counts(quantity) && isWhole(Int(quantity.span.start), v) else { return }
    let high = Int(scope.end)
    var r = endOfPhrase(quantity, high)
    // "ada dua rumah DI BOGOR yang rusak"
    if has(r, .placePreposition), let place = preposition(at: r), place.sense.relation == .at, place.end < high,
      text.entityAt[place.end] >= 0
    {
      r = Int(text.entities[Int(text.entityAt[place.end])].span.end)
    }
    let mark = relativeBehind(r, high)
    if mark > r { r = mark }
    // "enam kota TERPILIH yang memiliki", "lima siswa BERPRESTASI diseleksi"
    if r < high, isVerb(r), has(verbEnd(r), .relative) || !has(r, [.active, .passive]) && isVerb(verbEnd(r)) {
      r = verbEnd(r)
    }
    let isRelative = has(r, .relative) && !opensPlaceClause(r)
    var k = isRelative ? r + 1 : r
    // "40 toko yang KINI buka", "yang SEJAUH INI lolos"
    while k < high, k - r < 6,
      has(k, [.auxiliary, .negation, .adverb])
        || isRelative && has(k, [.pronoun, .date, .timePreposition, .connective]) && !has(k, .entity),
      !isVerb(k)
    {
      k += 1
    }
    guard k < high, isVerb(k), !has(k, .copula) || has(k, .active) else { return }
    // "ada lima rumah RUSAK"; not "ada dua cara membuat kue", "ada dua warna berbeda".
    guard
      isRelative
        || tellsWhatThereIs(v) && counts(quantity) && !has(k, [.active, .copula]) && !says(.attributive, at: k)
          && !says(.comitative, at: k)
    else { return }
    let verb = lastOfChain(k, high)
    draft.action = TokenSpan(verb, verbEnd(verb))
    draft.actor = pronoun(doing: verb)
    draft.procedure = .figureSubject
    guard has(verb, .passive), !isAgentless(verb) else { return }
    let end = verbEnd(verb)
    let agent = agent(after: end, high: high)
    // "yang dimintai pendapat", "yang dipindai tiap kali": only whoever can act, or who is said to do so.
    guard !agent.isNone else { return }
    let start = Int(agent.start)
    let acts = preposition(at: end)?.sense.isBy == true || has(start, [.entity, .title, .pronoun, .honorific])
    if acts || text.classes[start].intersects(words.people) { draft.actor = agent }
  }

  /// The relative word behind what else is said of the counted things from `r` on: `20 warga | LAGI yang pulang`, `30 bayi | DAN ANAK yang
  /// meninggal`, `10 finalis | DALAM LOMBA MELATI yang lolos`; `r` where there is none.
  private func relativeBehind(_ r: Int, _ high: Int) -> Int {
    var k = r
    while k < high, k - r < 9, !has(k, .relative), !isVerb(k) {
      if has(k, .adverb), !has(k, [.preposition, .entity]) {
        k += 1
      } else if has(k, .and), !has(k, .entity) {
        let member = nounPhrase(from: k + 1, high: high)
        guard !member.isNone, member.start == k + 1, !has(k + 1, .quantity) else { return r }
        k = Int(member.end)
      } else if let found = preposition(at: k), !found.sense.isTo, !found.sense.isFrom, found.end < high,
        text.entityAt[found.end] >= 0
      {
        k = Int(text.entities[Int(text.entityAt[found.end])].span.end)
      } else {
        return r
      }
    }
    return k < high && has(k, .relative) && !has(k, .preposition) ? k : r
  }

  /// Whether the number that begins at `start` is the whole of which a noun before it is a part; not `berasal dari`, `salah satu dari`
  /// behind a verb of its own.
  private func isWhole(_ start: Int, _ v: Int) -> Bool {
    var k = start - 1
    while k > v, has(k, [.adverb, .amount]) || says(.sum, at: k) { k -= 1 }
    return k > verbEnd(v) && has(k, .preposition) && preposition(at: k)?.sense.isFrom == true && !isVerb(k - 1)
      && !has(v, .copula)
  }

  /// Whether a relative that says where begins at `k`: `di mana`, `dimana`.
  func opensPlaceClause(_ k: Int) -> Bool { has(k, .relative) && (has(k, .preposition) || says(.there, at: k)) }

  /// Whether such a relative ends with token `k`.
  func endsPlaceRelative(_ k: Int) -> Bool {
    has(k, .relative) && says(.there, at: k) || has(k - 1, .relative) && has(k - 1, .preposition)
  }

  /// Whether the verb at `v` is that of a clause that opens the sentence and ends at a comma before the number at `start`: `Meski hujan
  /// TURUN, lima lomba tetap digelar`, `DILIHAT dari jauh, dua gunung tampak`.
  func isFrontedClause(of v: Int, before start: Int, _ low: Int) -> Bool {
    guard let comma = (verbEnd(v)..<max(start, verbEnd(v))).first(where: { has($0, .comma) }), !has(comma + 1, .and)
    else { return false }
    let t = firstOfClause(low, before: v)
    guard opensSubordinate(t, before: v) else {
      // "Selain MELATIH siswa, kepala dua sekolah itu menulis"; a list: "Memakai dua kamera, 3 lensa".
      let opensWithNoun = Int(firstPhrase(from: comma + 1, high: start).start) == comma + 1
      // "Untuk MENJAGA desa, dua petugas diangkat"
      let opensWithNumber =
        t < v && has(t, [.purpose, .preposition]) && (comma + 1..<start).allSatisfy { has($0, [.adverb, .amount]) }
      // "Dari jumlah yang MENDAFTAR, hanya 40 lolos"
      if opensWithNumber, opensSentencePart(v, low: low) || relative(before: v, low: t + 1) != nil { return true }
      // "Dengan harga yang MENURUN, ponsel dengan layar 6 inci itu laris"
      if opensWithNoun, t < v, has(t, .preposition), !has(comma + 1, .quantity), relative(before: v, low: t + 1) != nil
      {
        return true
      }
      return !has(v, .copula) && (opensWithNoun || !has(v, .active)) && opensSentencePart(v, low: low)
    }
    return !(t..<v).contains { has($0, .comma) }
  }

  /// The token behind the words from `low` on that tie a sentence to the one before: `Namun, | meski`.
  private func firstOfClause(_ low: Int, before v: Int) -> Int {
    var t = low
    while t < v, has(t, [.connective, .and, .comma]) && !has(t, [.entity, .clause]) || says(.contrast, at: t) { t += 1 }
    return t
  }

  /// Whether the word at `t` opens the clause of the verb at `v` and makes it part of another: `MESKI hujan turun`.
  private func opensSubordinate(_ t: Int, before v: Int) -> Bool {
    t < v && has(t, .clause) && !has(t, [.relative, .copula, .purpose, .entity])
  }

  /// Whether the verb at `v` is that of a subordinate clause which a comma closes, and behind that only a noun has the number at `start`: `Sebelum
  /// DIHITUNG ulang, besaran kerugian Rp 3 miliar`.
  func isOfFrontedSubordinate(_ v: Int, before start: Int, _ low: Int) -> Bool {
    let t = firstOfClause(low, before: v)
    guard opensSubordinate(t, before: v), preposition(at: t)?.sense.relation != .until,
      isFrontedClause(of: v, before: start, low), let comma = (verbEnd(v)..<start).first(where: { has($0, .comma) })
    else { return false }
    // "Meski menurunkan target, YAKNI 40 ton", "Ketika Melati menang, LEWAT tendangan dari jarak 30 meter": the clause goes on.
    if has(comma + 1, .entity) { return true }
    return !has(comma + 1, [.copula, .adjective, .quantity])
      && (!has(comma + 1, .preposition) || has(comma + 1, .adverb))
  }

  /// Whether the number that begins at `start` stands in the subject of a clause that opens behind the verb at `v` and has its own at
  /// `right`: `gagal karena tembakan | 12 pasnya DITAHAN kiper`.
  func opensOwnClause(behind v: Int, _ start: Int, _ end: Int, _ right: Int) -> Bool {
    guard end <= right, relative(before: right, low: end) == nil, !has(beforeVerbPhrase(right, low: end), .purpose),
      (end..<right).allSatisfy({ !has($0, [.comma, .and, .hardMark, .quantity, .relative]) || has($0, .entity) })
    else { return false }
    var k = start - 1
    while k > v, !opensClause(k) {
      guard
        at(k).isDisjoint(with: [.comma, .hardMark, .quote, .relative, .quantity, .date, .clause]) || has(k, .entity)
      else { return false }
      k -= 1
    }
    guard k > v else { return false }
    // "menang setelah DUA gol pemain itu MENGUBAH keadaan"
    if (k + 1..<start).allSatisfy({ has($0, [.adverb, .amount]) }) {
      return text.quantityAt[start] >= 0 && counts(text.quantities[Int(text.quantityAt[start])])
        && !countsTimes(text.quantities[Int(text.quantityAt[start])])
    }
    return Int(nounPhrase(from: k + 1, high: start).start) == k + 1
  }

  /// Whether the relative clause of the verb at `v` is over before `start`: `sumbangan yang mencapai 5 persen ITU hanya 8 persen`.
  func isClosed(_ v: Int, _ start: Int, _ low: Int) -> Bool {
    var k = start - 1
    while k > v, has(k, [.adverb, .amount]) { k -= 1 }
    // "mobil yang dipakai artis itu TELAH sampai di harga Rp 3 miliar"
    if k > v + 2, let end = (v + 2..<k).first(where: { has($0, .demonstrative) }), has(end + 1, .auxiliary),
      !isVerb(end + 1), (end + 1..<start).allSatisfy({ !has($0, [.comma, .hardMark]) })
    {
      return relative(before: v, low: low) != nil
    }
    return k > v + 1 && has(k, .demonstrative) && text.quantityIn[k - 1] >= 0 && relative(before: v, low: low) != nil
  }

  /// The verb whose amount stands behind a relative clause in its object: `MENYETOR kepada bank yang berkantor di Solo sebesar Rp 8 juta`.
  func verbOutsideRelative(_ v: Int, _ start: Int, _ low: Int) -> Int? {
    guard let mark = relative(before: v, low: low), !has(mark - 1, .comma), verbEnd(v) < start - 1 else { return nil }
    // "MENEMUKAN barang milik korban yang tewas, antara lain dua telepon": a list behind the relative.
    if text.quantityAt[start] >= 0, counts(text.quantities[Int(text.quantityAt[start])]),
      let comma = (verbEnd(v)..<start - 1).last(where: { has($0, .comma) }),
      has(comma + 1, .connective) || has(comma + 1, .copula) && !isVerb(comma + 1),
      let outer = verb(before: mark, low: low), has(outer, .active), !has(outer, .copula),
      relative(before: outer, low: low) == nil,
      !(outer..<comma).contains(where: { has($0, [.comma, .quantity]) && !has($0, .entity) })
    {
      return outer
    }
    guard has(start - 1, .amount), !has(v, .active) else { return nil }
    guard let outer = verb(before: mark, low: low), relative(before: outer, low: low) == nil,
      !(outer..<mark).contains(where: { has($0, [.comma, .quantity, .clause]) && !has($0, [.entity, .preposition]) })
    else { return nil }
    return outer
  }

  /// Whether the number says how often: `tiga kali`.
  func countsTimes(_ quantity: Quantity) -> Bool {
    !quantity.item.isNone && says(.times, at: Int(quantity.item.start))
  }

  /// Whether the number counts something that is named, with more than a classifier.
  func counts(_ quantity: Quantity) -> Bool {
    quantity.kind == .count && !quantity.item.isNone && quantity.item != quantity.classifier
  }

  /// Whether the phrase of quantity `q` ends with token `k`: its item, a place behind it (`59 kapal Vietnam`), a bracket, its rate, how often
  /// it is.
  func endsQuantity(_ k: Int, _ q: Int) -> Bool {
    let quantity = text.quantities[q]
    var k = k
    // "Rp 9 juta per bulan"
    if k >= Int(quantity.span.end), text.dateIn[k] >= 0, text.dates[Int(text.dateIn[k])].kind == .set {
      k = Int(text.dates[Int(text.dateIn[k])].span.start) - 1
    }
    if k >= Int(quantity.span.end), text.entityIn[k] >= 0 {
      k = Int(text.entities[Int(text.entityIn[k])].span.start) - 1
    }
    guard k >= Int(quantity.span.end) - 1 else { return false }
    let end = endOfPhrase(quantity, count)
    return k == end - 1 || k == Int(quantity.span.end) - 1 || (!quantity.per.isNone && k == Int(quantity.per.end) - 1)
  }

  func isCounted(_ quantity: Quantity) -> Bool {
    quantity.kind == .count || !quantity.item.isNone
  }

  /// `mengantongi surplus senilai`: behind a transitive verb, a root that could be a verb is its object.
  func governor(_ left: Int?, _ low: Int) -> Int? {
    guard let v = left, v - 1 >= low, has(v, [.intransitive, .stative]), !has(v, [.active, .passive, .copula]),
      isVerb(v - 1), has(v - 1, .active), !has(v - 1, [.auxiliary, .speech, .intransitive]),
      let match = longestMatch(at: v, of: words.verb),
      let entry = verbsByState.value(match.state, { words.verb(at: $0) })
    else { return left }
    let root = words.lexicon.cellBytes(EntryID(raw: entry), "root")
    guard let base = root.baseAddress, WordHash.folded(base, root.count) == text.hash[v] else { return left }
    return v - 1
  }

  func isExistential(_ v: Int) -> Bool { has(v, .copula) && has(v, .stative) }

  /// The token behind the quantity, its item, and a bracket with its share.
  func endOfPhrase(_ quantity: Quantity, _ high: Int) -> Int {
    var end = Int(quantity.span.end)
    if !quantity.classifier.isNone { end = max(end, Int(quantity.classifier.end)) }
    if !quantity.item.isNone { end = max(end, Int(quantity.item.end)) }
    // An item that swallowed its verb: "satu korban meninggal".
    while end > Int(quantity.span.end) + 1, isVerb(end - 1) { end -= 1 }
    // "satu korban meninggal dunia": a verb of two words.
    if end > Int(quantity.span.end) + 2, isVerb(end - 2), verbEnd(end - 2) == end { end -= 2 }
    end = min(end, high)
    if text.kindAt(end) == TokenKind.openParen {
      var k = end
      while k < high, k - end < 8, text.kind[k] != TokenKind.closeParen { k += 1 }
      if k < high, text.kind[k] == TokenKind.closeParen { end = k + 1 }
    }
    return end
  }

  /// Whether nothing of the clause stands before the quantity but amount words, adverbs and conjunctions.
  func beginsClause(_ start: Int, _ low: Int) -> Bool {
    var k = start - 1
    while k >= low, has(k, [.adverb, .amount, .determiner, .auxiliary]), !isVerb(k) { k -= 1 }
    // "Harga terendah ADALAH Rp 5.000 atau naik": the verb behind has no subject in the number.
    if k > low, has(k, .copula), !isVerb(k), !has(k - 1, .comma) { return false }
    return k < low || endsPlaceRelative(k) || has(k, [.comma, .hardMark, .quote, .and, .clause, .connective, .date])
  }

  /// Whether a transitive verb stands directly before the quantity: its object, whatever follows.
  func isDirectObject(_ start: Int, _ left: Int?, _ low: Int) -> Bool {
    guard let left, has(left, [.active, .passive]) else { return false }
    var k = start - 1
    while k > left, has(k, [.adverb, .amount, .determiner]) { k -= 1 }
    return k == left
  }

  /// The nearest verb before the quantity; commas may lie between (a list), other clauses not.
  func verbBefore(_ start: Int, _ low: Int, _ index: Int) -> Int? {
    var k = start - 1
    var earlier = index - 1
    // "menabrak mobil bernomor genap senilai Rp 3 miliar": what a noun is like governs only the number beside it.
    var attribute: Int?
    var isBehindComma = false
    var first = k
    while first > low, has(first, [.adverb, .amount]), !isVerb(first) { first -= 1 }
    while k >= low {
      if let open = openParen(closedAt: k, low: low) {
        k = open - 1
        continue
      }
      if has(k, .comma) { isBehindComma = true }
      if has(k, [.quote]) || opensPlaceClause(k) { return attribute }
      if has(k, .hardMark) {
        // "(74,3%)": the bracket around the number itself.
        guard text.kind[k] == TokenKind.openParen, start - k <= 3 else { return attribute }
      } else if has(k, .clause), !has(k, [.preposition, .relative, .copula, .amount, .purpose]), !has(k, .entity),
        !isAdverb(k)
      {
        return attribute
      } else if k < start - 1, opensClause(k), preposition(at: k)?.sense.isBy == true {
        // "membaik karena harga solar | Rp 5.000": of the reason, not of the verb before it.
        return attribute
      } else if k < first, isVerb(k), says(.attributive, at: k), !isMainAttribute(k) {
        // "dua kapal BERBENDERA Malaysia dan tiga perahu ditangkap": of the noun before it only.
        let isJoined = (k..<start).contains { has($0, [.and, .comma]) && !has($0, .entity) }
        if !isJoined { attribute = attribute ?? k }
      } else if isVerb(k), isBehindComma, cites(k), has(k, .passive) || relative(before: k, low: low) == nil {
        // "Dilansir dari Antara, | dua orang": who is cited does nothing with the number.
        return attribute
      } else if isVerb(k), has(k, .active), !has(k, [.intransitive, .adverb]), has(verbEnd(k), .comma), isBehindComma {
        // "Survei MENUNJUKKAN, 9 dari 10 warga menolak": its object is all that follows.
        return attribute
      } else if isVerb(k), !isAgentNoun(k), !isRankedState(k), !opensAddition(k) {
        while earlier >= 0, Int(text.quantities[earlier].span.start) > k { earlier -= 1 }
        // "tiga rebound dan lima assist": what is counted is no verb.
        guard earlier >= 0, Int(text.quantities[earlier].item.start) == k, !text.quantities[earlier].item.isNone,
          Int(text.quantities[earlier].span.end) == k
        else { return k }
      } else if has(k, .relative), isVerbless(from: k + 1, to: start) {
        return nil
      }
      k -= 1
    }
    return attribute
  }

  /// Whether the attributive verb at `k` is what a clause says: `33 tas itu BERISI uang`, `album itu akan BERISI lima lagu`; not `berturut-turut
  /// berusia`.
  private func isMainAttribute(_ k: Int) -> Bool {
    has(k - 1, [.demonstrative, .auxiliary]) && text.kindAt(k - 2) != TokenKind.hyphen
  }

  /// Whether the verb at `k` joins one more thing to a list: `dituntut 5 tahun penjara DITAMBAH denda Rp 2 juta`; not `stok DITAMBAH 5 ton`.
  func opensAddition(_ k: Int) -> Bool {
    guard has(k, .and), has(k, .passive), k > 1, !has(k + 1, [.comma, .hardMark]) else { return false }
    return has(k - 1, [.comma, .quantity, .date]) || text.kind[k - 1] == TokenKind.closeParen
      || has(k - 2, [.quantity, .date]) && text.kind[k - 1] == TokenKind.word && !has(k - 1, [.auxiliary, .relative])
  }

  /// `dijual dengan harga paling MURAH`: an adjective that says among which, no predicate.
  private func isRankedState(_ k: Int) -> Bool {
    has(k, .stative) && has(k, .adjective) && k > 0 && says(.superlative, at: k - 1)
  }

  /// Whether the verb at `k` names the source of what follows: `mengutip`, `merujuk data`.
  private func cites(_ k: Int) -> Bool {
    guard has(k, .speech), let form = cue(at: k)?.cue.form else { return false }
    return form == .citation || form == .source
  }

  /// `menghentikan SEMENTARA tiga proyek`, `memimpin klasemen SEMENTARA dengan`: a conjunction that is an adverb directly behind its verb,
  /// or between a noun and a preposition or number, with a noun before `dengan` or without.
  func isAdverb(_ k: Int) -> Bool {
    guard has(k, .adverb), k > 0 else { return false }
    if isVerb(k - 1) { return true }
    guard at(k - 1).subtracting(.adjective).isEmpty, text.kind[k - 1] == TokenKind.word, k + 1 < count else {
      return false
    }
    if at(k - 1).isEmpty, has(k + 1, [.preposition, .quantity]) { return true }
    // "menempati puncak klasemen SEMENTARA Liga Melati dengan 15 poin"
    var i = k + 1
    while i < count, i - k < 6, isNoun(i, first: i == k + 1), !isVerb(i) { i += 1 }
    return i > k + 1 && preposition(at: i)?.sense.isWith == true
  }

  /// `dipicu oleh SURPLUS sektor pangan`, `berasal dari SURPLUS`, not `karena ADA lima`: behind the preposition of an agent or origin stands a
  /// noun.
  func isAgentNoun(_ k: Int) -> Bool {
    guard has(k - 1, .preposition), !has(k, [.active, .passive, .copula]), let sense = preposition(at: k - 1)?.sense
    else { return false }
    return sense.isBy || sense.isFrom && !has(k, .stative)
  }

  /// `UMP Jakarta yang sebesar Rp 4 juta`, `Kenya yang sudah 90 persen`: nothing but amount words and auxiliaries behind the relative.
  func isVerbless(from: Int, to: Int) -> Bool {
    from < to && to - from < 4 && (from..<to).allSatisfy { has($0, [.adverb, .amount, .auxiliary]) && !isVerb($0) }
  }

  /// Whether the verb at `v` stands directly behind a comma and before an amount of its own.
  func governsQuantity(_ v: Int, behind comma: Int?) -> Bool {
    guard let comma, comma == v - 1 else { return false }
    var k = verbEnd(v)
    while has(k, [.adverb, .amount]) || preposition(at: k)?.sense.isFrom == true, k - v < 5 { k += 1 }
    return has(k, .quantity)
  }

  /// Whether token `k` joins two members of a list of quantities.
  func isJoint(_ k: Int) -> Bool {
    guard has(k, [.and, .comma, .amount]) else { return false }
    var i = k + 1
    while has(i, [.and, .adverb, .amount]), i - k < 4 { i += 1 }
    return has(i, .quantity)
  }

  /// `dilaporkan | hilang`, `diduga | tewas`: what is reported governs, not the report.
  func lastOfChain(_ v: Int, _ high: Int) -> Int {
    var last = v
    while has(last, .passive) {
      var next = verbEnd(last)
      // "diklaim | telah mengangkut"
      if says(.report, at: last) { while next < high, has(next, .auxiliary), !isVerb(next) { next += 1 } }
      // "tertimbun longsor": behind such a passive stands a noun.
      guard next < high, isVerb(next), !has(next, .copula) || text.classes[next].intersects(words.existential),
        has(next, .active) || !words.isAgentless(last, text)
      else {
        break
      }
      last = next
    }
    return last
  }

  /// Whether the comma before the verb at `v` stands between two places and nothing else: `warga Depok, JAWA BARAT diduga tewas`.
  func isWhereabouts(_ comma: Int, _ v: Int) -> Bool {
    func isPlace(_ k: Int) -> Bool {
      text.entityIn[k] >= 0 && text.entities[Int(text.entityIn[k])].label == .location
    }
    guard comma > 0, isPlace(comma - 1), isPlace(comma + 1) else { return false }
    return beforeVerbPhrase(v, low: comma) < Int(text.entities[Int(text.entityIn[comma + 1])].span.end)
  }

  /// Whether the piece behind a comma has a subject of its own for the verb: `pada satu waktu, SURVEI bersifat`.
  func opensClause(from s: Int, verb: Int) -> Bool {
    guard s < verb, !(s..<verb).contains(where: { has($0, [.and, .quantity, .relative]) && !has($0, .entity) }) else {
      return false
    }
    return !firstPhrase(from: s, high: beforeVerbPhrase(verb, low: s) + 1).isNone
  }

  /// The same behind a comma, which `dan` may follow where the number does not begin its clause: `10 kali lebih cepat, dan RINA menjelaskan`.
  func opensClause(behind comma: Int, verb: Int, _ overCommas: Bool) -> Bool {
    let s = comma + 1
    let joins = !overCommas && has(s, .and) && has(s + 1, [.entity, .pronoun, .connective])
    return opensClause(from: joins ? s + 1 : s, verb: verb)
  }
}
