/// The clause of an event: which of a sentence's verbs its date belongs to.
extension FactContext {
  /// The verb of the sentence, where the one at `v` stands in a clause without a subject of its own and the date behind a comma closes both:
  /// `Rina TERKEJUT ketika memesan kopi di Bogor, Senin`, `Persib MENANG saat menjamu Arema, Minggu`.
  ///
  /// Behind a preposition the date belongs to the nearer one: `cedera ketika berlatih pada Senin`.
  func mainVerb(over v: Int, date at: Int, _ low: Int) -> Int? {
    guard has(at - 1, .comma) else { return nil }
    if let main = verb(whoseObjectDoes: v, low) { return main }
    // "usai menembak": an auxiliary too.
    var opener = v - 1
    while opener > low, v - opener < 5, has(opener, [.auxiliary, .negation, .adverb]), !opensClause(opener) {
      opener -= 1
    }
    // "berjalan kaki untuk mencapai lapangan di Bogor, Kamis", "membuka musim dengan mengalahkan Arema di Malang, Minggu"
    let isAim =
      opener > low
      && (has(opener, .purpose) && !isIntent(opener - 1)
        || opener == v - 1 && preposition(at: opener)?.sense.isWith == true && has(v, .active))
    guard opener > low, isAim || opensClause(opener) && has(opener, .timePreposition),
      relative(before: v, low: low) == nil,
      isAim || preposition(at: opener).map({ $0.sense.relation != .before }) == true
    else { return nil }
    guard let nearest = verb(before: opener, low: low), let main = governor(of: firstOfPair(nearest, low), low),
      relative(before: main, low: low) == nil, !(main..<opener).contains(where: { opensClause($0) })
    else { return nil }
    let before = beforeVerbPhrase(main, low: low)
    // "Kalah setelah berlatih, kini", "Sebelum menikah saat kuliah, Mei": no main clause.
    return before < low || opensClause(before) ? nil : main
  }

  /// The active verb of the clause with whose object the one at `v` goes on: `MEMENANGI laga menghadapi Arema di Bogor, Senin`.
  private func verb(whoseObjectDoes v: Int, _ low: Int) -> Int? {
    guard v - 1 > low, isNoun(v - 1, first: false), !isVerb(v - 1), let main = verb(before: v, low: low),
      has(main, .active), !has(main, .speech), relative(before: main, low: low) == nil
    else { return nil }
    let apart: WordBits = [.comma, .hardMark, .quote, .clause, .relative, .and, .preposition, .date, .auxiliary]
    let end = verbEnd(main)
    guard end < v, (end..<v).allSatisfy({ at($0).isDisjoint(with: apart) || has($0, .entity) }) else { return nil }
    let before = beforeVerbPhrase(main, low: low)
    return before < low || opensClause(before) || has(before, .purpose) ? nil : main
  }

  /// The verb right before `menjadi` at `v`, which says what was done or happened (`Rancangan itu DISAHKAN menjadi undang-undang`); else that at `v`.
  func whatMade(_ v: Int, _ low: Int) -> Int {
    guard has(v, .copula), has(v, .intransitive), !text.classes[v].intersects(words.existential), v > low,
      has(v - 1, [.passive, .active, .intransitive]), !has(v - 1, [.auxiliary, .copula]), isPredicate(v - 1),
      verbEnd(v - 1) == v, !says(.report, at: v - 1), !says(.success, at: v - 1), !says(.attributive, at: v - 1)
    else { return v }
    return v - 1
  }

  /// The verb on which the one at `v` depends: of an aim (`BERPIKIR untuk pensiun`), of what a noun is like (`MERAIH poin penuh`), of a state
  /// that another verb governs (`MENGALAMI cedera`); else that at `v`.
  private func governor(of v: Int, _ low: Int) -> Int? {
    var v = v
    var steps = 0
    while steps < 6 {
      let e = beforeVerbPhrase(v, low: low)
      let isAim = e > low && has(e, .purpose) && !isIntent(e - 1)
      let isAttribute =
        has(v, .adjective) && v > low && (isVerb(v - 1) || isNoun(v - 1, first: false) && !has(v - 1, .entity))
      guard isAim || isAttribute || says(.attributive, at: v), let earlier = verb(before: v, low: low),
        !says(.report, at: earlier)
      else {
        return says(.attributive, at: v) ? nil : v
      }
      v = earlier
      steps += 1
    }
    return nil
  }

  /// Whether two dates that a comma sets apart are two times: `selama tiga tahun, KINI`, not `hari ini, SENIN (9/11)`.
  func isOtherTime(_ index: Int, than at: Int) -> Bool {
    let (earlier, date) = (text.dates[index], text.dates[Int(text.dateAt[at])])
    return date.kind == .date && (earlier.kind == .duration || date.isPresentOrPast)
  }

  /// Whether the noun phrase right before token `at` is somebody that a comma or `dan` sets apart: `merebut gelar, RINA keesokan harinya pulang`.
  func followsActor(_ at: Int, _ low: Int) -> Bool {
    let e = at - 1
    guard e > low, text.entityIn[e] >= 0 else { return has(e, .thirdPerson) && e > low && has(e - 1, [.comma, .and]) }
    let entity = text.entities[Int(text.entityIn[e])]
    let start = Int(entity.span.start)
    guard entity.label != .location, start - 1 > low, has(start - 1, .comma), !has(start - 2, .date) else {
      return false
    }
    // "Budi, Rina": a list.
    return text.entityIn[start - 2] < 0 || text.entities[Int(text.entityIn[start - 2])].label == .location
  }

  /// Whether a noun phrase alone stands between token `at` and the comma of a clause that has no subject of its own: `Berangkat dari Bogor,
  /// layanan itu HARI INI diluncurkan`.
  func followsSetting(_ at: Int, _ low: Int) -> Bool {
    guard followsSubject(at, low) else { return false }
    var comma = at - 1
    while comma > low, !has(comma, .comma) || has(comma, .entity) { comma -= 1 }
    guard comma > low, let verb = verb(before: comma, low: low) else { return false }
    return opensSentencePart(verb, low: low)
  }

  /// Whether the mark at `i` joins a date to the end of its range: `Senin - Jumat`, but `12 Mei -- sehari sebelum rapat`.
  func opensRange(_ i: Int) -> Bool {
    var k = i
    while isDash(k) { k += 1 }
    guard k > i else { return false }
    guard k < count, text.gap[i] != TokenGap.none else { return true }
    return text.isNumber(k) || text.dateAt[k] >= 0 && text.dates[Int(text.dateAt[k])].kind != .duration
  }

  /// Where the first date of a list stands to which the date at `at` belongs: `pada 2008, 2013, dan 2014`.
  func firstOfList(_ at: Int, _ date: DateExpression, _ low: Int) -> Int {
    let last = at
    var at = at
    var members = 0
    while members < 12 {
      var k = at - 1
      while k > low, at - k < 3, has(k, [.comma, .and]), !has(k, .entity) { k -= 1 }
      guard k < at - 1, k > low, text.dateIn[k] >= 0 else { break }
      let earlier = text.dates[Int(text.dateIn[k])]
      guard earlier.kind == date.kind, earlier.value.count == date.value.count, earlier.span.count == date.span.count
      else {
        break
      }
      at = Int(earlier.span.start)
      members += 1
    }
    // "dari 1987 hingga 1991, 2009": the list begins with an end.
    return preposition(at: at - 1)?.sense.relation == .until ? last : at
  }

  /// Who acts where a demonstrative behind a comma closes the phrase that opens the clause: `LELAKI yang menetap di Bogor, Jawa Barat, itu lahir`.
  func resumed(before v: Int, _ low: Int) -> TokenSpan {
    let e = beforeVerbPhrase(v, low: low)
    guard e - 1 > low, has(e, .demonstrative), !has(e, .entity), has(e - 1, .comma) else { return .none }
    return firstPhrase(from: low, high: e - 1)
  }

  /// The closing bracket behind `i`, before `high`.
  func bracketEnd(_ i: Int, _ high: Int) -> Int {
    var k = i
    while k < high, text.kind[k] != TokenKind.closeParen { k += 1 }
    return k
  }

  /// The token behind the bracket that opens at `open`; nil when none does, or it is not closed before `high`.
  func behindBracket(_ open: Int, _ high: Int) -> Int? {
    guard open < high, text.kind[open] == TokenKind.openParen else { return nil }
    let close = bracketEnd(open, high)
    return close < high ? close + 1 : nil
  }

  /// Whether the verb at `next` says what became of whoever undergoes the one at `v`: `ditembak MATI`; not `dilaporkan TEWAS`; or is
  /// what that is about: `mengalami CEDERA`.
  func isOutcome(_ next: Int, of v: Int) -> Bool {
    if has(v, .active), !has(v, [.passive, .auxiliary]), next == v + 1, !endsInClitic(v), !says(.success, at: v) {
      return has(next, .stative) && !has(next, [.active, .passive])
    }
    guard has(next, .stative), has(next, .adjective), !says(.report, at: v) else { return false }
    // "beroperasi PENUH"
    return has(v, .passive)
      || has(v, .intransitive) && !has(v, [.copula, .auxiliary, .stative]) && !says(.success, at: v) && next == v + 1
  }

  func isDash(_ i: Int) -> Bool { text.kindAt(i) == TokenKind.hyphen || text.kindAt(i) == TokenKind.dash }

  /// Whether the verb at `v`, which may cite somebody, does so: it names an outlet, or has no subject (`foto itu DIUNGGAH pada Mei` cites nobody).
  func cites(_ v: Int, _ form: FactWords.SpeechCue.Form, _ actor: TokenSpan, _ low: Int) -> Bool {
    guard form == .citation else { return false }
    guard attribution(at: v) == nil, !actor.isNone, Int(actor.start) < v, !isOutlet(verbEnd(v)) else { return true }
    let e = beforeVerbPhrase(v, low: low)
    return e >= low
      && (has(e, [.preposition, .clause]) && !has(e, [.relative, .entity]) || actor.range.contains { isOutlet($0) })
  }

  func isOutlet(_ i: Int) -> Bool {
    guard i < count, text.entityIn[i] >= 0 else { return false }
    let entity = text.entities[Int(text.entityIn[i])]
    return isMedia(entity) || isDomain(entity)
  }

  /// The verb that elsewhere is a preposition, where the clause has no other one: `Rina DIDAMPINGI Budi, Senin`, `Melati akan MEWAKILI
  /// Bogor`; not `pertandingan Persib MELAWAN Arema`.
  func verbAsPreposition(before at: Int, _ low: Int) -> Int? {
    var k = at - 1
    while k > low, !has(k, [.quote, .hardMark]), !has(k, .clause) || has(k, [.preposition, .entity]) {
      if has(k, .preposition), has(k, [.active, .passive]), !has(k, [.placePreposition, .timePreposition, .entity]),
        preposition(at: k)?.sense.actor == true
      {
        let e = beforeVerbPhrase(k, low: low)
        guard e >= low else { return nil }
        if e < k - 1 || has(e, [.relative, .demonstrative]) && !has(e, .entity) { return k }
        var start = text.entityIn[e] >= 0 ? Int(text.entities[Int(text.entityIn[e])].span.start) : e
        while start > low, has(start - 1, [.title, .honorific]) { start -= 1 }
        return has(e, [.entity, .pronoun]) && (start <= low || has(start - 1, [.comma, .clause, .and, .connective]))
          ? k : nil
      }
      k -= 1
    }
    return nil
  }

  /// Whether the verb at `k` says what the noun right before it is like: `gadis BERUSIA 22 tahun`.
  func tellsOfNoun(_ k: Int, from low: Int) -> Bool {
    guard k > low, isVerb(k), says(.attributive, at: k) else { return false }
    return isNoun(k - 1, first: false) && text.kind[k - 1] == TokenKind.word && !isPerson(k - 1)
  }

  /// Whether the verb at `k` belongs to the noun before it and is no predicate, whatever else the clause has: `saksi BERNAMA Rudi,`, `musisi
  /// BERUSIA 63 tahun itu`; not `Bogor genap BERUSIA 500 tahun`.
  func isAttributeOnly(_ k: Int, from low: Int) -> Bool {
    guard tellsOfNoun(k, from: low), !has(k - 1, [.adjective, .adverb]) else { return false }
    let next = k + 1
    guard next < count, text.quantityAt[next] >= 0 else { return true }
    let kind = text.quantities[Int(text.quantityAt[next])].kind
    return kind != .age && kind != .ordinal || has(endOfQuantity(next), .demonstrative)
  }

  /// The token behind a citation that commas set apart: `Kini, SEPERTI DIBERITAKAN ANTARA, Rina memutuskan`.
  func behindInsertedCitation(_ k: Int, _ high: Int) -> Int? {
    guard let found = cue(at: k), found.cue.form == .citation, k > 0, has(k - 1, .comma) else { return nil }
    var c = found.end
    while c < high, c - k < 16, !has(c, [.comma, .quote]) { c += 1 }
    return c < high && has(c, .comma) ? c + 1 : nil
  }
}
