// The verb behind a quantity.

extension FactContext {
  /// The verb that the quantity's phrase is the subject of.
  func verbAfter(
    _ end: Int, _ high: Int, _ index: Int, overCommas: Bool, _ low: Int
  ) -> (verb: Int, isAdjacent: Bool)? {
    var k = end
    var isAdjacent = true
    var comma: Int?
    var next = index + 1
    var inRelative: Int?
    // Whether commas stand around the relative clause.
    var isSetOff = false
    // Whether the relative clause of another noun stands in that of the counted things, and its verb has still to come.
    var inInner = false
    while k < high, k - end < 40 {
      // "yang DIDUGA anggota Melati"
      if inRelative == -1, has(k, .passive), !isVerb(k), at(k + 1).isEmpty { inRelative = k }
      // "dua gudang JADI andalan"
      if inRelative == nil, has(k, .copula), !isVerb(k), becomes(k, behind: end) { return (k, isAdjacent) }
      if isVerb(k) {
        // ", demikian dilansir laman itu": who is cited has said it all.
        if inRelative == nil, has(k, .speech), cue(at: k)?.cue.form == .citation { break }
        // "Panen sebesar 70 ribu ton, merosot 6 persen", "40 kursi dan tersedia kipas": that verb has a clause of its own.
        // "82 juta, dan diperkirakan BISA mencapai 90 juta"
        // "Lima tim putri, serta DIGELAR di Solo"
        if inRelative == nil, !overCommas || comma == beforeVerbPhrase(k, low: end) - 1,
          isJoined(k - 1, behind: end) || isJoined(beforeVerbPhrase(k, low: end), behind: end)
            || governsQuantity(k, behind: comma)
        {
          return nil
        }
        // "Tiga penyanyi BERNAMA Rina, Sari dan Tari ditunggu": what they are like is not what they do.
        if inRelative == nil, says(.attributive, at: k), !text.quantities[index].item.isNone,
          !has(k - 1, [.demonstrative, .auxiliary, .adverb])
        {
          inRelative = k
          isSetOff = false
          isAdjacent = false
          k = behindMeasure(of: k, high)
          continue
        }
        if inRelative == nil {
          let opens = comma.map({ opensClause(behind: $0, verb: k, overCommas) && !isWhereabouts($0, k) }) == true
          return opens ? nil : (lastOfChain(k, high), isAdjacent)
        }
        if inInner {
          inInner = false
        } else if inRelative == -1 {
          inRelative = k
        } else if let v = inRelative, k != v + 1 || isMain(k, behind: v) {
          // "yang lolos dan AKAN tampil"
          let joint = beforeVerbPhrase(k, low: v)
          let isOfRelative =
            has(joint, [.purpose, .and, .preposition]) || has(k - 1, .preposition) && !has(k - 1, .auxiliary)
            || has(k - 1, .comma) && !isSetOff
          if !isOfRelative { return (k, false) }
        }
        k += 1
        continue
      }
      let b = at(k)
      if b.contains(.entity) {
        isAdjacent = false
        k += 1
        continue
      }
      if b.contains(.quote) { break }
      if b.contains(.quantity) {
        // "Rudi (37) dan Sari (31) ditangkap", "pertama kali tampil": neither another number of things.
        if let behind = behindNote(k) {
          isAdjacent = false
          k = behind
          continue
        }
        guard inRelative == nil else { break }
        // "lima kali juara dan TIGA KALI finis kedua": each time is of its own.
        if countsTimes(text.quantities[index]), countsTimes(text.quantities[Int(text.quantityIn[k])]) { break }
        // "35 keluarga dengan 95 jiwa dilaporkan mengungsi": the verb of a list stands behind its last member.
        while next < text.quantities.count, Int(text.quantities[next].span.start) < k { next += 1 }
        var joint = k - 1
        while joint >= end, has(joint, [.adverb, .amount]) { joint -= 1 }
        guard next < text.quantities.count, Int(text.quantities[next].span.start) == k, joint >= end,
          has(joint, .and) || (overCommas && has(joint, .comma))
            || preposition(at: joint).map({
              $0.sense.isTo && !$0.sense.place && !$0.sense.time || $0.sense.isFrom && joint == end
                // "20 rumah di 3 DESA rusak"
                || overCommas && $0.sense.place && !$0.sense.time && $0.sense.relation == .at
            }) == true
        else { break }
        k = max(k + 1, endOfPhrase(text.quantities[next], high))
        comma = nil
        continue
      }
      if b.contains(.comma) {
        // "Selain dua lembaga itu, Rina membubarkan": the clause begins behind the comma.
        if comma == nil, isFronted(Int(text.quantities[index].span.start), low) { break }
        // "milik Rina (20 ribu kopi), disusul": the bracket is of what stands before it.
        if comma == nil, text.kind[k - 1] == TokenKind.closeParen, closesOwnBracket(k - 1, index) { break }
        comma = k
        // ", saat indeks turun": a clause of its own follows; ", yang juga luka," tells of the counted things.
        if has(k + 1, .clause), !has(k + 1, .copula),
          !has(k + 1, .relative) || !overCommas || opensPlaceClause(k + 1)
            || !(end..<k).allSatisfy({ has($0, .demonstrative) })
        {
          break
        }
      }
      if b.contains(.hardMark) {
        guard text.kind[k] == TokenKind.openParen || text.kind[k] == TokenKind.closeParen else {
          break
        }
      }
      if b.contains(.relative), let v = inRelative, v >= 0, !says(.attributive, at: v) {
        // "satu kata yang punya makna YANG berbeda": of another noun.
        inInner = true
      } else if b.contains(.relative) {
        inRelative = -1
        isSetOff = has(k - 1, .comma)
        isAdjacent = false
      } else if b.contains(.clause), !b.contains(.copula),
        !b.contains(.preposition) || opensClause(k) && opensVerb(k + 1)
      {
        break
      } else if b.contains(.purpose), !leadsToNoun(k) {
        break
      }
      // "tiga di antaranya dirawat"
      if b.isDisjoint(with: [.auxiliary, .negation, .adverb, .demonstrative, .connective]), !isJoint(k) {
        isAdjacent = false
      }
      k += 1
    }
    if let v = inRelative, v >= 0 { return (v, false) }
    return nil
  }

  /// Whether the word at `k`, which elsewhere joins clauses, is a verb between the counted things that end before `end` and what they become: `dua
  /// gudang JADI andalan`, `tiga pilihan itu bisa JADI bekal`.
  private func becomes(_ k: Int, behind end: Int) -> Bool {
    has(k, WordBits.sureVerb) && !has(k, .entity) && (k == end || has(k - 1, .auxiliary))
      && text.kindAt(k + 1) == TokenKind.word && isNoun(k + 1, first: true)
      && !has(k + 1, [.adjective, .quantity, .entity, .pronoun])
  }

  /// Takes the verb at `v`, right behind the number, and who acts; behind a verb of report that is who it tells of.
  func governBehind(
    _ v: Int, reported report: Int?, _ index: Int, _ quantity: Quantity, _ scope: TokenSpan, beginsClause: Bool,
    _ draft: inout PredicateDraft
  ) {
    let low = Int(scope.start)
    let start = Int(quantity.span.start)
    draft.action = TokenSpan(v, verbEnd(v))
    draft.procedure = .figureSubject
    if let report, countsTimes(quantity) {
      draft.actor = subject(of: report, low: low)
      return
    }
    if has(v, .passive), !isAgentless(v) { draft.actor = agent(after: verbEnd(v), high: Int(scope.end)) }
    let amount = amountNoun(start, low, index)
    if !amount.isNone { draft.actor = amount }
    if draft.actor.isNone { draft.actor = changing(v, start, low, index) }
    if draft.actor.isNone { draft.actor = pronoun(doing: v) }
    if draft.actor.isNone, counts(quantity), !has(v, .passive) || !beginsClause {
      draft.actor = headOfPreposition(before: start, low)
    }
    if draft.actor.isNone, quantity.kind == .count {
      // "RINA hanya dua kali menang"
      if countsTimes(quantity), beforeVerbPhrase(v, low: start) == endOfPhrase(quantity, Int(scope.end)) - 1 {
        let whose = subject(of: start, low: low)
        let before = Int(whose.start) - 1
        if !isBareAmount(whose), before < low || !has(before, [.negation, .quantity]) { draft.actor = whose }
      }
      if draft.actor.isNone { draft.actor = subjectBeforeAuxiliary(start, low) }
    }
    // "KAMI hampir 100 persen yakin", "TOKO itu sudah 100 persen siap"
    if draft.actor.isNone, quantity.kind == .percent, quantity.item.isNone, !beginsClause, has(v, .stative),
      beforeVerbPhrase(v, low: start) < Int(quantity.span.end)
    {
      draft.actor = subject(of: start, low: low)
    }
    if draft.actor.isNone { draft.actor = nounBeforeBracket(start, low) }
    if draft.actor.isNone { draft.actor = measuredNoun(index, v, low) }
  }

  /// Takes the verb at `v`, with other words between the number and it, and who acts.
  func governApart(
    _ v: Int, _ index: Int, _ quantity: Quantity, _ scope: TokenSpan, _ draft: inout PredicateDraft
  ) {
    let low = Int(scope.start)
    let start = Int(quantity.span.start)
    draft.action = TokenSpan(v, verbEnd(v))
    draft.procedure = .figureSubject
    if has(v, .passive), !isAgentless(v) { draft.actor = agent(after: verbEnd(v), high: Int(scope.end)) }
    if draft.actor.isNone { draft.actor = amountNoun(start, low, index) }
    if draft.actor.isNone { draft.actor = changing(v, start, low, index) }
    if draft.actor.isNone { draft.actor = pronoun(doing: v) }
    if draft.actor.isNone { draft.actor = nounBeforeBracket(start, low) }
    if draft.actor.isNone { draft.actor = measuredNoun(index, v, low) }
    // "dua kali RINA mengeluh"
    if draft.actor.isNone, countsTimes(quantity) {
      let end = endOfPhrase(quantity, Int(scope.end))
      let whose = firstPhrase(from: end, high: v)
      if whose.start == end, has(end, [.entity, .pronoun]) { draft.actor = whose }
    }
  }

  /// Whether a noun or name stands behind the word of purpose at `k`, which then says for whom or what: `Ratusan pelari UNTUK lomba itu
  /// dilepas`.
  private func leadsToNoun(_ k: Int) -> Bool {
    guard !isVerb(k + 1) else { return false }
    var end = Int(nounPhrase(from: k + 1, high: min(count, k + 10)).end)
    guard end > k + 1 else { return false }
    let isNamed = has(k + 1, .entity) || text.isCapitalized(k + 1)
    if has(end, .demonstrative) { end += 1 } else if !isNamed { return false }
    if end < count, text.dateAt[end] >= 0 { end = Int(text.dates[Int(text.dateAt[end])].span.end) }
    let v = verbBehind(end - 1)
    return isVerb(v) && text.sentenceOf[v] == text.sentenceOf[k]
  }

  /// Whether the counted things have a relative clause of their own, and the verb at `v` is that of another one before the conjunction: `empat
  /// toko yang PINDAH dan | 9 kios yang terbakar`, `40 warga SEMBUH dan | 6 warga yang tewas`.
  func hasOwnRelative(_ index: Int, _ end: Int, behind v: Int, _ low: Int) -> Bool {
    let quantity = text.quantities[index]
    // "pasien positif | COVID yang"
    var r = end
    while r - end < 3, isNoun(r, first: false), !isVerb(r) { r += 1 }
    guard counts(quantity), has(r, .relative), !opensPlaceClause(r) else { return false }
    var k = Int(quantity.span.start) - 1
    while k > v, has(k, [.adverb, .amount]) { k -= 1 }
    guard k > v, has(k, [.and, .comma]), !has(k, .entity) else { return false }
    guard let earlier = figures.last, Int(earlier.anchor) == index - 1 else { return false }
    return earlier.procedure == .figureSubject && Int(earlier.action.start) == v
  }

  /// Whether the verb at `k` directly behind that of a relative clause is the main one: `bahan yang dipakai | MERUPAKAN impor`.
  func isMain(_ k: Int, behind v: Int) -> Bool {
    has(k, .copula) && has(v, .passive) && !says(.report, at: v) && !text.classes[k].intersects(words.existential)
  }

  /// The token behind the attributive verb at `v` and the amount that it tells: `berusia 30 tahun |`, `berukuran 5 meter |`.
  func behindMeasure(of v: Int, _ high: Int) -> Int {
    var k = verbEnd(v)
    while k < high, has(k, [.adverb, .amount]) { k += 1 }
    guard k < high, text.quantityIn[k] >= 0 else { return verbEnd(v) }
    return min(high, endOfPhrase(text.quantities[Int(text.quantityIn[k])], high))
  }

  /// The token behind the quantity at `k` where it is an age in a bracket, or says the how manieth time it is.
  func behindNote(_ k: Int) -> Int? {
    let quantity = text.quantities[Int(text.quantityIn[k])]
    let isAge = quantity.kind == .age && text.kindAt(Int(quantity.span.start) - 1) == TokenKind.openParen
    guard isAge || quantity.kind == .ordinal && says(.times, at: Int(quantity.span.end)) else { return nil }
    return Int(quantity.span.end)
  }

  /// Whether the number that begins at `start` stands in a phrase with a preposition that opens the clause: `Dari | 20 pelamar`, `Dengan
  /// luas 5 hektare`.
  func isFronted(_ start: Int, _ low: Int) -> Bool {
    var k = start - 1
    while k >= low, start - k < 5, !has(k, .preposition) || has(k, [.amount, .adverb, .determiner]) {
      guard !isVerb(k), at(k).isDisjoint(with: [.comma, .hardMark, .quote, .and, .clause, .date, .relative, .entity])
      else { return false }
      k -= 1
    }
    guard k >= low, has(k, .preposition), !has(k, [.amount, .adverb, .determiner]) else { return false }
    var first = k
    // "Dari seluruh murid di | LIMA sekolah, hanya Rina"
    while k >= low, start - k < 12, !isVerb(k), has(k, [.preposition, .connective, .entity]) || isNoun(k, first: false)
    {
      if has(k, [.preposition, .connective]), !has(k, .entity) { first = k }
      k -= 1
    }
    return (k < low || has(k, .comma)) && first == k + 1
  }

  func isJoined(_ k: Int) -> Bool { has(k, .and) && !has(k, .entity) }

  /// The same for the verb behind `k`, of which the number that ends before `end` may be the subject: `juga` directly behind that is an
  /// adverb (`tambahan dua poin ini JUGA membawa`).
  private func isJoined(_ k: Int, behind end: Int) -> Bool {
    guard isJoined(k) else { return false }
    return !has(k, .adverb) || k < end
      || (end..<k).contains { has($0, [.and, .comma, .date, .clause, .quantity]) && !has($0, .entity) }
  }

  /// Whether the bracket that closes at `k` holds the number of quantity `index`.
  func closesOwnBracket(_ k: Int, _ index: Int) -> Bool {
    openParen(closedAt: k, low: 0).map { $0 < Int(text.quantities[index].span.start) } == true
  }

  /// `harga Rp 5.000 karena | sudah NAIK`: whether nothing stands between token `i` and a verb.
  func opensVerb(_ i: Int) -> Bool {
    var k = i
    while k - i < 4, has(k, [.auxiliary, .negation, .adverb]), !isVerb(k) { k += 1 }
    return isVerb(k)
  }
}
