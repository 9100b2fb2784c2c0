/// Noun phrases by the order of words: Indonesian is head-initial.
extension FactContext {
  /// Bits that a noun phrase never holds.
  private static let stops: WordBits = [
    .auxiliary, .negation, .relative, .preposition, .and, .clause, .demonstrative, .comma, .hardMark, .quote, .date,
    .copula,
    .connective, .purpose,
  ]
  static let longestPhrase = 9

  /// The noun phrase that begins at `s`, before `high`: `Kapal patroli Jepang | telah mengusir`. A person's title is left out.
  func nounPhrase(from s: Int, high: Int) -> TokenSpan {
    var i = s
    // "Menteri Hukum dan HAM Rina": a rule knows whose title it is.
    if has(s, .title), let person = holder(at: s, high: high) { return person }
    if has(i, .pronoun), !has(i, .entity) {
      // "salah satu pelabuhan", "masing-masing anggota": a pronoun that stands before its noun.
      var end = longestMatch(at: i, of: words.pronoun).map { max(i + 1, Int($0.end)) } ?? i + 1
      // "sebagian BESAR warga", "semua pemain": how much of the noun.
      let isShare = end == i + 1 && has(i, .determiner)
      while isShare, end < high, has(end, .determiner), !has(end, .entity) { end += 1 }
      guard end > i + 1 || isShare, end < high, isNoun(end, first: true), !isVerb(end) else {
        return TokenSpan(i, isShare ? i + 1 : end)
      }
      let noun = nounPhrase(from: end, high: high)
      return isShare && !has(end, .entity) && !noun.isNone ? TokenSpan(i, Int(noun.end)) : noun
    }
    if has(i, .quantity) {
      // "5.480 permasalahan": the number belongs to the phrase when a noun follows.
      while i < high, has(i, .quantity) { i += 1 }
    }
    var longest = Self.longestPhrase
    while i < high, i - s < longest {
      if text.entityAt[i] >= 0 {
        let entity = text.entities[Int(text.entityAt[i])]
        if entity.label == .person {
          if s == i { return entity.span }
          let end = Int(entity.span.end)
          return isTitled(s, i) && !isOfTitled(s, i, end) ? entity.span : TokenSpan(s, end)
        }
        i = min(high, Int(entity.span.end))
        continue
      }
      if i == s, has(i, .title), let end = endOfPairedOffice(at: i), end <= high {
        i = end
        continue
      }
      if text.kindAt(i) == TokenKind.openParen, i > s, let after = afterShortParen(i, high) {
        longest += after - i
        i = after
        continue
      }
      // "album "Malam""
      if i > s, i + 1 < high, RuleMatcher.isQuote(text.kind[i]), quotationOf[i + 1] >= 0, !isVerb(i - 1) {
        let close = Int(quotations[Int(quotationOf[i + 1])].close)
        if close < high, openQuote(closedAt: close, low: i) == i { return TokenSpan(s, close + 1) }
      }
      if !isNoun(i, first: i == s) { break }
      i += 1
    }
    while i > s, has(i - 1, [.adverb, .determiner]), !has(i - 1, [.adjective, .entity]), i - 1 > s { i -= 1 }
    // "toko daring (tokdar) TERSEBUT": nothing goes on behind the bracket.
    if let open = openParen(closedAt: i - 1, low: s), open > s { i = open }
    return i > s ? TokenSpan(s, i) : .none
  }

  /// The token behind the listed office with two fields that begins at `i`: `Menteri Kelautan DAN Perikanan`; nil for an office of one.
  private func endOfPairedOffice(at i: Int) -> Int? {
    guard let match = longestMatch(at: i, of: words.office), Int(match.end) > i + 3,
      (i + 2..<Int(match.end) - 1).contains(where: { has($0, .and) })
    else { return nil }
    return Int(match.end)
  }

  /// Where the listed office begins whose two fields the word at `and` joins.
  private func startOfPairedOffice(over and: Int, _ low: Int) -> Int? {
    var k = and - 2
    while k >= low, and - k < 5 {
      if has(k, .title), let end = endOfPairedOffice(at: k), end > and + 1 { return k }
      k -= 1
    }
    return nil
  }

  /// The token behind "(KPU)" when the phrase goes on with a name or noun: `Ketua Komisi Pemilihan Umum (KPU) Rina Hartati`, `harga eceran
  /// tertinggi (HET) gula pasir`.
  private func afterShortParen(_ open: Int, _ high: Int) -> Int? {
    var k = open + 1
    while k < high, k - open < 6, text.kind[k] != TokenKind.closeParen { k += 1 }
    guard k + 1 < high, text.kind[k] == TokenKind.closeParen,
      has(k + 1, [.entity, .honorific]) || goesOn(behind: k, open)
    else { return nil }
    return k + 1
  }

  /// Whether a noun goes on behind the bracket from `open` to `close`, which holds another name of what stands before it: no number or time.
  private func goesOn(behind close: Int, _ open: Int) -> Bool {
    let k = close + 1
    // "(buyback) EMAS batangan"; not "(investor) AKTIF membeli".
    let isNoun = at(k).isEmpty || at(k) == .adjective && !isVerb(k + 1)
    return isNoun && k < count && text.kind[k] == TokenKind.word && !text.isCapitalized(k)
      && text.sentenceOf[k] == text.sentenceOf[open] && close - open < 5
      && text.isWord(open - 1) && !isVerb(open - 1) && at(open - 1).isDisjoint(with: Self.stops.union(.quantity))
      && !has(open - 1, .entity)
      && (open + 1..<close).allSatisfy { !has($0, [.quantity, .date, .comma]) && !isVerb($0) }
  }

  func isTitled(_ s: Int, _ e: Int) -> Bool {
    for k in s..<e where has(k, [.title, .honorific]) { return true }
    return false
  }

  /// Whether a thing stands in `s..<e` before the title of the person whose it is and whose name ends before `end`: `KEBIJAKAN Presiden | Rina`;
  /// not `istri Presiden | Rina`, who is a person, nor `mantan Presiden | Rina`, nor whoever speaks (`Penata gaya artis | Rina mengatakan`).
  private func isOfTitled(_ s: Int, _ e: Int, _ end: Int) -> Bool {
    guard let title = (s..<e).first(where: { has($0, [.title, .honorific]) }), title > s else { return false }
    let others = words.people.union(words.former).union(words.described)
    return !has(verbBehind(end - 1), .speech)
      && (s..<title).allSatisfy {
        at($0).isEmpty && text.kind[$0] == TokenKind.word && !text.classes[$0].intersects(others)
          && (!text.isCapitalized($0) || $0 == s)
      }
  }

  func isNoun(_ i: Int, first: Bool) -> Bool {
    let b = at(i)
    if b.contains(.entity) { return true }
    if b.contains(.speech), isCue[i] { return false }
    // "rute baru", "korban selamat": an adjective at the end of the phrase, though it can be an auxiliary.
    if b.contains(.auxiliary), b.contains(.adjective), !first {
      return !(isVerb(i + 1) && has(i + 1, [.active, .passive, .intransitive, .bareVerb])) && !has(i + 1, .auxiliary)
    }
    // "jumlah pihak yang ikut": no preposition before a relative.
    if b.contains(.preposition), b.contains(.determiner), has(i + 1, [.relative, .demonstrative]) { return true }
    // "Melati Bima 1.2"
    guard b.isDisjoint(with: Self.stops) else { return !first && isVersionDot(i) }
    if b.contains(.quantity) { return false }
    if b.contains(.pronoun) { return false }
    // "program Makan Bergizi Gratis"
    if !b.isDisjoint(with: .sureVerb), !isName[i] {
      // "korban tewas menjadi": a state that describes the noun before it, when the verb follows.
      return !first && b.contains(.stative) && b.contains(.adjective) && isVerb(i + 1)
    }
    if b.contains(.adverb), !b.contains(.determiner) { return false }
    let kind = text.kind[i]
    return kind == TokenKind.word || kind == TokenKind.number || kind == TokenKind.hyphen || kind == TokenKind.slash
      || kind == TokenKind.apostrophe || kind == TokenKind.otherWord || kind == TokenKind.ampersand
  }

  /// Whether the dot at `i` stands between the digits of a version: `1.2`.
  func isVersionDot(_ i: Int) -> Bool {
    text.kindAt(i) == TokenKind.period && i > 0 && i + 1 < count && text.isNumber(i - 1) && text.isNumber(i + 1)
      && text.gap[i] == TokenGap.none
      && text.gap[i + 1] == TokenGap.none && text.quantityIn[i] < 0
  }

  /// The phrase without marks at its ends; none when no word is in it.
  func wording(of phrase: TokenSpan) -> TokenSpan {
    var (s, e) = (Int(phrase.start), Int(phrase.end))
    while s < e, isMark(s) { s += 1 }
    while e > s, isMark(e - 1), text.kind[e - 1] != TokenKind.closeParen {
      // "album "Malam"": the mark closes what opens inside.
      if RuleMatcher.isQuote(text.kind[e - 1]), let open = openQuote(closedAt: e - 1, low: s), open > s { break }
      e -= 1
    }
    // "penjualan periode | Januari-Mei 2017"
    if e - s > 1, has(e, .date), text.entityIn[e - 1] < 0, isPartOfTime(e - 1) { e -= 1 }
    let hasWord = (s..<e).contains {
      text.kind[$0] == TokenKind.word || text.kind[$0] == TokenKind.otherWord || text.entityIn[$0] >= 0
    }
    return hasWord ? TokenSpan(s, e) : .none
  }

  /// Whether the word at `i`, right before a date, belongs to that: `periode | 2012-2016`, `musim | 2014`, `edisi | Mei`.
  private func isPartOfTime(_ i: Int) -> Bool {
    text.classes[i].intersects(words.term) || says(.season, at: i) || says(.dated, at: i)
  }

  /// Both persons of a pair of players or candidates that a slash or hyphen joins: `Rina/Sari`, `Rina - Sari`.
  func paired(_ phrase: TokenSpan) -> TokenSpan {
    var (s, e) = (Int(phrase.start), Int(phrase.end))
    guard !phrase.isNone, joinsPair(e) || joinsPair(s - 1) else { return phrase }
    if isSlash(e) || text.kindAt(e) == TokenKind.hyphen, isPerson(e - 1), isPerson(e + 1) {
      e = Int(text.entities[Int(text.entityIn[e + 1])].span.end)
    }
    if isSlash(s - 1), isPerson(s), isPerson(s - 2) {
      s = Int(text.entities[Int(text.entityIn[s - 2])].span.start)
    }
    return TokenSpan(s, e)
  }

  private func joinsPair(_ i: Int) -> Bool {
    let kind = text.kindAt(i)
    return kind == TokenKind.slash || kind == TokenKind.hyphen
  }

  /// Whether a slash stands at `i`, written together with what is before it and behind it.
  private func isSlash(_ i: Int) -> Bool {
    i > 0 && i + 1 < count && text.kind[i] == TokenKind.slash && text.attached(i) && text.attached(i + 1)
  }

  private func isMark(_ i: Int) -> Bool {
    text.kind[i] >= TokenKind.period && text.entityIn[i] < 0 && text.quantityIn[i] < 0
  }

  /// `korban tewas menjadi`: a state that belongs to the noun before it.
  func describes(_ i: Int) -> Bool {
    has(i, .stative) && has(i, .adjective) && isVerb(i + 1) && i > 0 && !isVerb(i - 1)
      && at(i - 1).isDisjoint(with: Self.stops)
  }

  /// The noun phrase that ends before `end`, not before `low`.
  func nounPhrase(before end: Int, low: Int) -> TokenSpan {
    var e = end
    while e > low, has(e - 1, [.demonstrative, .comma, .adverb]), !has(e - 1, .entity) { e -= 1 }
    if e > low, let open = openParen(closedAt: e - 1, low: low) {
      e = open
      // "izin KHUSUS (IUK) yang"
      while e > low, has(end, .relative), has(e - 1, .adverb), !has(e - 1, [.entity, .determiner]) { e -= 1 }
    }
    while e > low, has(e - 1, [.demonstrative]) { e -= 1 }
    guard e > low else { return .none }
    // "Portugal SENDIRI": says nothing of its own behind a name.
    if has(e - 1, .pronoun), !isSomebody(e - 1), e - 2 >= low, has(e - 2, .entity), !has(e - 1, [.entity, .determiner])
    {
      e -= 1
    }
    if has(e - 1, .pronoun), !has(e - 1, .entity) {
      // "kapasitas produksi kami": whose the noun before is.
      guard !has(e - 1, .thirdPerson), e - 2 >= low, text.entityIn[e - 2] < 0, isNoun(e - 2, first: false),
        text.kind[e - 2] == TokenKind.word, !isVerb(e - 2), !has(e - 3, .relative)
      else { return TokenSpan(e - 1, e) }
      e -= 1
    }
    if text.entityIn[e - 1] >= 0, text.entities[Int(text.entityIn[e - 1])].label == .person {
      let person = text.entities[Int(text.entityIn[e - 1])].span
      // "Rina - Budi": a pair of candidates.
      let hyphen = Int(person.start) - 1
      guard hyphen > low, text.kind[hyphen] == TokenKind.hyphen, text.entityIn[hyphen - 1] >= 0,
        text.entities[Int(text.entityIn[hyphen - 1])].label == .person
      else { return person }
      return TokenSpan(max(low, Int(text.entities[Int(text.entityIn[hyphen - 1])].span.start)), Int(person.end))
    }
    var s = e
    var longest = Self.longestPhrase
    while s > low, e - s < longest {
      if text.entityIn[s - 1] >= 0 {
        s = max(low, Int(text.entities[Int(text.entityIn[s - 1])].span.start))
        continue
      }
      // "harga jual eceran (HJE) rokok"
      if s < e, let open = openParen(closedAt: s - 1, low: low), open > low, goesOn(behind: s - 1, open) {
        longest += s - open
        s = open
        continue
      }
      if has(s - 1, .and), s < e, text.isCapitalized(s), let start = startOfPairedOffice(over: s - 1, low) {
        s = start
        break
      }
      if !isNoun(s - 1, first: false) { break }
      s -= 1
    }
    // "- Harga emas", "+/- 2 persen": a phrase begins with a word.
    while s < e, text.kind[s] >= TokenKind.period, text.entityIn[s] < 0,
      text.kind[s] != TokenKind.hyphen || text.gap[s + 1] != TokenGap.none
    {
      s += 1
    }
    // "SALAH satu yang menarik"
    if s > low, s < e, let match = longestMatch(at: s - 1, of: words.pronoun), Int(match.end) > s { s -= 1 }
    return s < e ? TokenSpan(s, e) : .none
  }

  /// The `(` that is closed at `i`, within twelve tokens.
  func openParen(closedAt i: Int, low: Int) -> Int? {
    guard i >= low, text.kindAt(i) == TokenKind.closeParen else { return nil }
    var k = i - 1
    while k >= low, i - k < 14 {
      if text.kind[k] == TokenKind.openParen { return k }
      k -= 1
    }
    return nil
  }

  /// The first noun phrase in `s..<high` that no preposition governs.
  func firstPhrase(from s: Int, high: Int) -> TokenSpan {
    var i = s
    while i < high {
      let b = at(i)
      if b.contains(.entity) { return nounPhrase(from: i, high: high) }
      // "dibandingkan Mei (year on year) inflasi naik": what a bracket holds is beside the clause.
      if let behind = behindBracket(i, high) {
        i = behind
        continue
      }
      if !b.isDisjoint(with: [.date, .connective, .clause, .and, .auxiliary, .comma, .demonstrative])
        || (b.contains(.adverb) && !b.contains(.determiner)) && !b.contains(.preposition)
      {
        i += 1
        continue
      }
      if b.contains(.preposition) {
        // "di mana rupiah melemah"
        if opensPlaceClause(i) {
          i += 2
          continue
        }
        // "Secara rata-rata jumlah pasien naik": an adverb of several words.
        if b.contains(.adverb), has(i + 1, .adverb), !has(i + 1, .entity) {
          i += 1
          continue
        }
        // "seluruh mata uang melemah": how much, not where.
        i = b.contains(.determiner) && !has(i + 1, .entity) ? i + 1 : afterPrepositional(i, high)
        continue
      }
      // "periode Januari-Mei penjualan naik"
      if has(i + 1, .date), text.classes[i].intersects(words.term) {
        i += 1
        continue
      }
      let phrase = nounPhrase(from: i, high: high)
      if phrase.isNone {
        i += 1
        continue
      }
      return i > s && has(i - 1, .purpose) ? behindTopic(phrase, high) ?? phrase : phrase
    }
    return .none
  }

  /// Who acts behind a topic that a word of purpose opens, and its time: `Untuk keberangkatan hari Kamis | KERETA ITU mencapai`, `Untuk pemesanan
  /// | KAMI menyediakan`; nil where nobody stands there.
  private func behindTopic(_ topic: TokenSpan, _ high: Int) -> TokenSpan? {
    var i = Int(topic.end)
    if i + 1 == high, has(i, .pronoun), isSomebody(i), has(verbBehind(i), .active) { return TokenSpan(i, i + 1) }
    while i < high, text.dateAt[i] >= 0 || text.kind[i] == TokenKind.openParen {
      i = text.dateAt[i] >= 0 ? Int(text.dates[Int(text.dateAt[i])].span.end) : behindBracket(i, high) ?? high
    }
    while i < high, has(i, .determiner), !has(i, .entity) { i += 1 }
    guard i > Int(topic.end), i < high, !has(i, [.preposition, .clause, .relative, .comma]) || has(i, .entity) else {
      return nil
    }
    let own = nounPhrase(from: i, high: high)
    return own.isNone ? nil : own
  }

  /// The token behind a preposition and what it governs: up to an entity, a date, a demonstrative or the next mark.
  private func afterPrepositional(_ i: Int, _ high: Int) -> Int {
    var k = i + 1
    if let found = preposition(at: i) { k = max(k, found.end) }
    var n = 0
    while k < high, n < 8 {
      if text.entityAt[k] >= 0 { return Int(text.entities[Int(text.entityAt[k])].span.end) }
      if text.dateAt[k] >= 0 { return Int(text.dates[Int(text.dateAt[k])].span.end) }
      if has(k, .demonstrative) { return k + 1 }
      if has(k, [.comma, .preposition]) { return k }
      k += 1
      n += 1
    }
    return k
  }
}
