// The verb behind a quantity.

extension FactContext {
  /// How far the search for the verb behind a quantity has come.
  private struct VerbSearch {
    let index: Int
    /// The token behind the quantity's phrase, and the one behind the last of its clause.
    let end: Int
    let high: Int
    let low: Int
    let overCommas: Bool
    var k: Int
    /// Whether nothing but auxiliaries and adverbs stands between the number and `k`.
    var isAdjacent = true
    var comma: Int?
    /// The next quantity that may be a member of the same list.
    var next: Int
    /// The verb of the relative clause of the counted things; -1 where that has still to come.
    var inRelative: Int?
    /// Whether commas stand around the relative clause.
    var isSetOff = false
    /// Whether the relative clause of another noun stands in that of the counted things, and its verb has still to come.
    var inInner = false
  }

  private enum VerbStep {
    case found(verb: Int, isAdjacent: Bool)
    case refused
    /// Nothing behind this token is of the quantity's clause.
    case ends
    case goesOn
  }

  /// The verb that the quantity's phrase is the subject of.
  func verbAfter(
    _ end: Int, _ high: Int, _ index: Int, overCommas: Bool, _ low: Int
  ) -> (verb: Int, isAdjacent: Bool)? {
    var search = VerbSearch(
      index: index, end: end, high: high, low: low, overCommas: overCommas, k: end, next: index + 1)
    walk: while search.k < high, search.k - end < 40 {
      switch step(&search) {
      case .found(let verb, let isAdjacent): return (verb, isAdjacent)
      case .refused: return nil
      case .ends: break walk
      case .goesOn: continue
      }
    }
    if let v = search.inRelative, v >= 0 { return (v, false) }
    return nil
  }

  /// What token `search.k` says of the verb; goes on behind it.
  private func step(_ search: inout VerbSearch) -> VerbStep {
    let k = search.k
    // "yang DIDUGA anggota Melati"
    if search.inRelative == -1, has(k, .passive), !isVerb(k), at(k + 1).isEmpty { search.inRelative = k }
    // "dua gudang JADI andalan"
    if search.inRelative == nil, has(k, .copula), !isVerb(k), becomes(k, behind: search.end) {
      return .found(verb: k, isAdjacent: search.isAdjacent)
    }
    if isVerb(k), !opensAddition(k) { return search.inRelative == nil ? mainVerb(&search) : verbInRelative(&search) }
    let b = at(k)
    if b.contains(.entity) {
      search.isAdjacent = false
      search.k += 1
      return .goesOn
    }
    if b.contains(.quote) { return .ends }
    if b.contains(.quantity) { return otherQuantity(&search) }
    if b.contains(.comma) {
      if endsAtComma(search) { return .ends }
      search.comma = k
      if opensBehindComma(search) { return .ends }
    }
    if b.contains(.hardMark), text.kind[k] != TokenKind.openParen, text.kind[k] != TokenKind.closeParen { return .ends }
    if b.contains(.relative), isOfOtherNoun(k, search) { return .ends }
    if saysHow(k) { return .ends }
    if b.contains(.relative), let v = search.inRelative, v >= 0, !says(.attributive, at: v) {
      // "satu kata yang punya makna YANG berbeda": of another noun.
      search.inInner = true
    } else if b.contains(.relative) {
      search.inRelative = -1
      search.isSetOff = has(k - 1, .comma)
      search.isAdjacent = false
    } else if b.contains(.clause), !b.contains(.copula),
      !b.contains(.preposition) || opensClause(k) && opensVerb(k + 1)
    {
      return .ends
    } else if b.contains(.purpose), !leadsToNoun(k) {
      return .ends
    }
    // "tiga di antaranya dirawat"
    if b.isDisjoint(with: [.auxiliary, .negation, .adverb, .demonstrative, .connective]), !isJoint(k) {
      search.isAdjacent = false
    }
    search.k += 1
    return .goesOn
  }

  /// Whether the relative at `k` tells of something else than the counted things: of where they are (`20 rumah DI MANA warga tinggal`), or of a
  /// noun that a comma parts from them (`baru 40 persen, dengan petani YANG belum panen`).
  private func isOfOtherNoun(_ k: Int, _ search: VerbSearch) -> Bool {
    if opensPlaceClause(k) { return true }
    guard !search.overCommas, let comma = search.comma, comma < k - 1 else { return false }
    // "di Klaten, JAWA TENGAH yang"
    return !isNamed(comma + 1, .location) || Int(text.entities[Int(text.entityIn[comma + 1])].span.end) < k
  }

  /// Whether the word at `k` says how the things are that a demonstrative closes: `kedua pemain itu COCOK dengan`; not `kedua pemain itu resmi
  /// pindah`.
  private func saysHow(_ k: Int) -> Bool {
    has(k, .adjective) && has(k - 1, .demonstrative) && has(k + 1, [.preposition, .purpose]) && !has(k + 1, .auxiliary)
      && !has(k, [.entity, .adverb, .preposition, .auxiliary]) && !isVerb(k)
  }

  /// The verb at `search.k`, which no relative clause holds.
  private func mainVerb(_ search: inout VerbSearch) -> VerbStep {
    let (k, end) = (search.k, search.end)
    // ", demikian dilansir laman itu": who is cited has said it all.
    if has(k, .speech), cue(at: k)?.cue.form == .citation { return .ends }
    // "Panen sebesar 70 ribu ton, merosot 6 persen", "40 kursi dan tersedia kipas": that verb has a clause of its own.
    // "82 juta, dan diperkirakan BISA mencapai 90 juta"
    // "Lima tim putri, serta DIGELAR di Solo"
    if !search.overCommas || search.comma == beforeVerbPhrase(k, low: end) - 1,
      isJoined(k - 1, behind: end) || isJoined(beforeVerbPhrase(k, low: end), behind: end)
        || governsQuantity(k, behind: search.comma)
    {
      return .refused
    }
    if opensClauseOfSubject(before: k, search) { return .refused }
    // "Tiga penyanyi BERNAMA Rina, Sari dan Tari ditunggu": what they are like is not what they do.
    if says(.attributive, at: k), !text.quantities[search.index].item.isNone,
      !has(k - 1, [.demonstrative, .auxiliary, .adverb])
    {
      search.inRelative = k
      search.isSetOff = false
      search.isAdjacent = false
      search.k = behindMeasure(of: k, search.high)
      return .goesOn
    }
    if let comma = search.comma, opensClause(behind: comma, verb: k, search.overCommas), !isWhereabouts(comma, k) {
      return .refused
    }
    return .found(verb: lastOfChain(k, search.high), isAdjacent: search.isAdjacent)
  }

  /// `Panennya 650 ton dan | SEPARUHNYA berasal dari Solo`, `senilai Rp 4 miliar dan | DIA meminta`: whether a conjunction behind an amount opens a clause
  /// whose subject points back or is a person, so that the verb at `v` is none of the amount's; not `speaker 9 mm dan layar tipis membuat`.
  private func opensClauseOfSubject(before v: Int, _ search: VerbSearch) -> Bool {
    let quantity = text.quantities[search.index]
    guard v - search.end > 1, !counts(quantity) || countsTimes(quantity),
      let joint = (search.end..<v - 1).last(where: { has($0, .and) && !has($0, [.entity, .adverb]) }),
      !(search.end..<joint).contains(where: { has($0, .quantity) })
    else { return false }
    var k = joint + 1
    while k < v, has(k, [.adverb, .amount, .connective]), !has(k, [.entity, .quantity]) { k += 1 }
    // "30 persen lewat Solo dan 10 PERSEN sisanya tersebar": a list of amounts.
    if text.quantityAt[k] >= 0, text.quantities[Int(text.quantityAt[k])].kind == quantity.kind { return false }
    // "7 kilometer dan SAAT INI dibangun halte"
    if has(k, .date) { return true }
    let phrase = firstPhrase(from: k, high: v)
    guard !phrase.isNone, Int(phrase.start) == k else { return false }
    return has(k, [.pronoun, .demonstrative]) || isPerson(k) || endsInClitic(Int(phrase.end) - 1)
  }

  /// The verb at `search.k` behind a relative word: that of the relative clause, or the one behind it.
  private func verbInRelative(_ search: inout VerbSearch) -> VerbStep {
    let k = search.k
    if search.inInner {
      search.inInner = false
    } else if search.inRelative == -1 {
      search.inRelative = k
    } else if let v = search.inRelative, k != v + 1 || isMain(k, behind: v) {
      // "yang lolos dan AKAN tampil"
      let joint = beforeVerbPhrase(k, low: v)
      let isOfRelative =
        has(joint, [.purpose, .and, .preposition]) || has(k - 1, .preposition) && !has(k - 1, .auxiliary)
        || has(k - 1, .comma) && !search.isSetOff
      if !isOfRelative { return .found(verb: k, isAdjacent: false) }
    }
    search.k += 1
    return .goesOn
  }

  /// Another quantity at `search.k`: a note, or a member of the same list.
  private func otherQuantity(_ search: inout VerbSearch) -> VerbStep {
    let k = search.k
    // "Rudi (37) dan Sari (31) ditangkap", "pertama kali tampil": neither another number of things.
    if let behind = behindNote(k) {
      search.isAdjacent = false
      search.k = behind
      return .goesOn
    }
    // "lima kali juara dan TIGA KALI finis kedua": each time is of its own.
    guard search.inRelative == nil,
      !countsTimes(text.quantities[search.index]) || !countsTimes(text.quantities[Int(text.quantityIn[k])])
    else { return .ends }
    // "35 keluarga dengan 95 jiwa dilaporkan mengungsi": the verb of a list stands behind its last member.
    while search.next < text.quantities.count, Int(text.quantities[search.next].span.start) < k { search.next += 1 }
    guard search.next < text.quantities.count, Int(text.quantities[search.next].span.start) == k, isMember(search)
    else { return .ends }
    search.k = max(k + 1, endOfPhrase(text.quantities[search.next], search.high))
    search.comma = nil
    return .goesOn
  }

  /// Whether what stands before the quantity at `search.k` makes it a member of the list or a part of the phrase before.
  private func isMember(_ search: VerbSearch) -> Bool {
    var joint = search.k - 1
    while joint >= search.end, has(joint, [.adverb, .amount]) { joint -= 1 }
    guard joint >= search.end else { return false }
    return has(joint, .and) || (search.overCommas && has(joint, .comma))
      || preposition(at: joint).map({
        $0.sense.isTo && !$0.sense.place && !$0.sense.time || $0.sense.isFrom && joint == search.end
          // "20 rumah di 3 DESA rusak"
          || search.overCommas && $0.sense.place && !$0.sense.time && $0.sense.relation == .at
      }) == true
  }

  /// Whether the clause of the number is over at the comma at `search.k`.
  private func endsAtComma(_ search: VerbSearch) -> Bool {
    let k = search.k
    guard search.comma == nil else { return false }
    // "Selain dua lembaga itu, Rina membubarkan": the clause begins behind the comma.
    return isFronted(Int(text.quantities[search.index].span.start), search.low)
      // "milik Rina (20 ribu kopi), disusul": the bracket is of what stands before it.
      || text.kind[k - 1] == TokenKind.closeParen && closesOwnBracket(k - 1, search.index)
  }

  /// Whether a clause of its own follows the comma at `search.k`: `, saat indeks turun`; `, yang juga luka,` tells of the counted things.
  private func opensBehindComma(_ search: VerbSearch) -> Bool {
    let k = search.k
    return has(k + 1, .clause) && !has(k + 1, .copula)
      && (!has(k + 1, .relative) || !search.overCommas || opensPlaceClause(k + 1)
        || !(search.end..<k).allSatisfy({ has($0, .demonstrative) }))
  }

  /// Whether the word at `k`, which elsewhere joins clauses, is a verb between the counted things that end before `end` and what they become: `dua
  /// gudang JADI andalan`, `tiga pilihan itu bisa JADI bekal`.
  private func becomes(_ k: Int, behind end: Int) -> Bool {
    has(k, WordBits.sureVerb) && !has(k, .entity) && (k == end || has(k - 1, .auxiliary))
      && text.kindAt(k + 1) == TokenKind.word && isNoun(k + 1, first: true)
      && !has(k + 1, [.adjective, .quantity, .entity, .pronoun])
  }

  /// Takes the verb at `v`, right behind the number, and who acts; behind a verb of report that is who it tells of.
  func governBehind(_ v: Int, _ clause: NumberClause, _ draft: inout PredicateDraft) {
    let (index, quantity, low, start) = (clause.index, clause.quantity, clause.low, clause.start)
    draft.action = TokenSpan(v, verbEnd(v))
    draft.procedure = .figureSubject
    if let report = clause.report, countsTimes(quantity) {
      draft.actor = subject(of: report, low: low)
      return
    }
    draft.actor = agentBehind(v, clause)
    let amount = amountNoun(start, low, index)
    if !amount.isNone { draft.actor = amount }
    if draft.actor.isNone { draft.actor = changing(v, start, low, index) }
    if draft.actor.isNone { draft.actor = pronoun(doing: v) }
    if draft.actor.isNone, counts(quantity), !has(v, .passive) || !clause.beginsClause {
      draft.actor = headOfPreposition(before: start, low)
    }
    if draft.actor.isNone, quantity.kind == .count {
      // "RINA hanya dua kali menang"
      if countsTimes(quantity), beforeVerbPhrase(v, low: start) == clause.end - 1 {
        let whose = subject(of: start, low: low)
        let before = Int(whose.start) - 1
        if !isBareAmount(whose), before < low || !has(before, [.negation, .quantity]) { draft.actor = whose }
      }
      if draft.actor.isNone { draft.actor = subjectBeforeAuxiliary(start, low) }
    }
    // "KAMI hampir 100 persen yakin", "TOKO itu sudah 100 persen siap"
    if draft.actor.isNone, quantity.kind == .percent, quantity.item.isNone, !clause.beginsClause, has(v, .stative),
      beforeVerbPhrase(v, low: start) < Int(quantity.span.end)
    {
      draft.actor = subject(of: start, low: low)
    }
    if draft.actor.isNone { draft.actor = nounBeforeBracket(start, low) }
    if draft.actor.isNone { draft.actor = measuredNoun(index, v, low) }
  }

  /// The agent of a passive at `v`; not what the counted things have (`12 warga diperiksa KONDISINYA`).
  private func agentBehind(_ v: Int, _ clause: NumberClause) -> TokenSpan {
    guard has(v, .passive), !isAgentless(v) else { return .none }
    let agent = agent(after: verbEnd(v), high: clause.high)
    let (first, last) = (Int(agent.start), Int(agent.end) - 1)
    let isTheirs =
      !agent.isNone && first == verbEnd(v) && endsInClitic(last) && !has(last, .entity)
      && agent.range.allSatisfy { !isOfPeople($0) && !has($0, [.title, .entity]) }
    return isTheirs ? .none : agent
  }

  /// Takes the verb at `v`, with other words between the number and it, and who acts.
  func governApart(_ v: Int, _ clause: NumberClause, _ draft: inout PredicateDraft) {
    let (index, low, start, end) = (clause.index, clause.low, clause.start, clause.end)
    draft.action = TokenSpan(v, verbEnd(v))
    draft.procedure = .figureSubject
    draft.actor = agentBehind(v, clause)
    if draft.actor.isNone { draft.actor = amountNoun(start, low, index) }
    if draft.actor.isNone { draft.actor = changing(v, start, low, index) }
    if draft.actor.isNone { draft.actor = pronoun(doing: v) }
    if draft.actor.isNone { draft.actor = nounBeforeBracket(start, low) }
    if draft.actor.isNone { draft.actor = measuredNoun(index, v, low) }
    // "dua kali RINA mengeluh"
    if draft.actor.isNone, countsTimes(clause.quantity) {
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
