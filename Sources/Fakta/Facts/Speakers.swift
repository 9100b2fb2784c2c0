/// Who speaks: the mention nearest to the cue, a description, or the person that a pronoun stands for.
extension FactContext {
  /// What the words around a cue say of its speaker.
  struct SpeakerSearch: Sendable {
    var speaker = TokenSpan.none
    /// The token behind the speaker's phrase.
    var end: Int
  }

  /// The speaker that follows a cue which ends before `s`: `kata Kabid Humas Polda Metro Jaya Kombes Argo Yuwono`.
  func speaker(after s: Int, high: Int) -> SpeakerSearch {
    var i = s
    if let found = preposition(at: i), found.sense.isBy { i = found.end }
    if has(i, .thirdPerson), !has(i, .entity) { return SpeakerSearch(speaker: TokenSpan(i, i + 1), end: i + 1) }
    // "kata Menteri Sosial Turki Rudi Hartawan": a rule knows whose title it is.
    if let person = holder(at: i, high: high), !isPair(person, high) {
      return SpeakerSearch(speaker: person, end: Int(person.end))
    }
    if let known = namedBefore(describedFrom: i, high: high, at: s - 1) { return known }
    var body = TokenSpan.none
    var first = -1
    var commas = 0
    var k = i
    while k < high, k - i < 40 {
      if text.entityAt[k] >= 0 {
        let entity = text.entities[Int(text.entityAt[k])]
        if entity.label == .person, !isPair(entity.span, high) {
          return SpeakerSearch(speaker: entity.span, end: Int(entity.span.end))
        }
        if body.isNone, commas == 0 { body = entity.span }
        k = Int(entity.span.end)
        continue
      }
      if let link = longestMatch(at: k, of: words.officeLink) {
        k = Int(link.end)
        continue
      }
      let b = at(k)
      if !b.isDisjoint(with: [.quote, .date, .relative, .clause, .quantity]), !b.contains(.demonstrative),
        !b.contains(.copula)
      {
        break
      }
      // "menurut investor asing HAL TERSEBUT tidak penting"
      if k > i, text.classes[k].intersects(words.backReference), longestMatch(at: k, of: words.backReference) != nil {
        break
      }
      if b.contains(.hardMark) {
        // A rank in brackets, an abbreviation's dot: "Kombes (Pol)", "Dr."
        guard
          text.kind[k] == TokenKind.openParen || text.kind[k] == TokenKind.closeParen
            || isAbbreviationDot(k)
        else { break }
      } else if b.contains(.comma) {
        commas += 1
        // Only a person can stand behind the comma: "kata Kepala BNPB, Suharyanto".
        if commas > 3 || !personFollows(k + 1, high) { break }
      } else if !b.isDisjoint(with: [.preposition, .auxiliary]) || isVerb(k)
        || cue(at: k)?.cue.form == .setting
      {
        break
      } else if first < 0, b.isDisjoint(with: [.determiner, .adverb]) {
        first = k
      }
      k += 1
    }
    return speaker(first, body, searchedTo: k, high)
  }

  /// Who speaks where no person was found before `k`: the body, a person behind more of the title, or the phrase that begins at `first`.
  private func speaker(_ first: Int, _ body: TokenSpan, searchedTo k: Int, _ high: Int) -> SpeakerSearch {
    if !body.isNone, first < 0 || Int(body.start) <= first || isBodyPhrase(first, body) {
      return SpeakerSearch(speaker: body, end: max(k, Int(body.end)))
    }
    if first >= 0 {
      if let person = personBehindTitle(first, k, high) {
        return SpeakerSearch(speaker: person, end: Int(person.end))
      }
      let phrase = nounPhrase(from: first, high: max(first + 1, min(high, k)))
      if !body.isNone, phrase.end == body.end, speaksFor(first, body) { return SpeakerSearch(speaker: body, end: k) }
      return SpeakerSearch(speaker: phrase.isNone ? TokenSpan(first, first + 1) : phrase, end: k)
    }
    return SpeakerSearch(speaker: body, end: k)
  }

  /// "kata analis dari Lembaga Riset Anggrek, Budi Santoso": the person behind the comma that closes a title with attributes; the
  /// title begins at `first`, and the search stopped at `k`.
  private func personBehindTitle(_ first: Int, _ k: Int, _ high: Int) -> TokenSpan? {
    guard k < high, has(k, [.preposition, .relative]), !has(k, .timePreposition) || has(k, .placePreposition),
      text.classes[first].intersects(words.people) || has(first, .title),
      !text.classes[first].intersects(words.kinship)
    else { return nil }
    var c = k
    while c < high, c - k < 16, !has(c, .comma) {
      if has(c, [.quote, .hardMark, .demonstrative, .date]) || cue(at: c) != nil { return nil }
      c += 1
    }
    guard c < high, has(c, .comma) else { return nil }
    var p = c + 1
    while p < high, has(p, .honorific) || text.kind[p] == TokenKind.period, !has(p, .entity) { p += 1 }
    guard p < high, text.entityAt[p] >= 0 else { return nil }
    let entity = text.entities[Int(text.entityAt[p])]
    guard entity.label == .person, !acts(Int(entity.span.end), high) else { return nil }
    return entity.span
  }

  /// Whether the name before `i` is the subject of what begins there.
  private func acts(_ i: Int, _ high: Int) -> Bool { i < high && beginsPredicate(i) }

  /// The person named before for whom a description stands: `kata pelatih asal Portugal ITU`, `mantan Bupati Bogor INI mengaku`, and
  /// the name in it (`pria yang akrab disapa Budi itu`); nil where a description begins at `s` that points to nobody, or none.
  ///
  /// A demonstrative must close it. Whoever has never been named (`saksi itu`) is called by nouns outside the class `described`,
  /// and `pria itu` alone by as many.
  func namedBefore(describedFrom s: Int, high: Int, at cue: Int) -> SpeakerSearch? {
    guard s < high, text.entityIn[s] < 0 else { return nil }
    let isFormer = text.classes[s].intersects(words.former)
    let head = isFormer ? s + 1 : s
    // "Sejauh INI pelatih asal Portugal itu mengaku"
    guard head < high, isFormer || isDescribed(head),
      s == 0 || !has(s - 1, [.determiner, .quantity]) || has(s - 1, .demonstrative)
    else { return nil }
    var name = TokenSpan.none
    var isClause = false
    var k = head
    while k < high, k - s < 30, !has(k, .demonstrative) || has(k, .entity) {
      if text.entityAt[k] >= 0 {
        let entity = text.entities[Int(text.entityAt[k])]
        let isNamed = (max(0, k - 2)..<k).contains { text.classes[$0].intersects(words.naming) }
        if entity.label == .person, isNamed { name = entity.span }
        k = Int(entity.span.end)
        continue
      }
      // "mantan pemain Persib DAN Persija itu", "pria kelahiran Balikpapan, Kalimantan Timur, ini"
      // "eks Wakil Menteri Hukum dan HAM ini"
      let joins =
        has(k, [.comma, .and]) && (has(k + 1, .entity) || has(k + 1, .demonstrative)) && has(k - 1, .entity)
        || has(k, .and) && text.isCapitalized(k - 1) && text.isCapitalized(k + 1)
      if !joins, !has(k, [.quantity, .date]) {
        if let close = bracketEnd(from: k, high) ?? workEnd(from: k, high) {
          k = close
          continue
        }
        if k > head, endsDescription(k) { return nil }
        if has(k, .relative) {
          isClause = true
        } else if !isClause, k > head, leavesDescription(k) {
          return nil
        }
      }
      k += 1
    }
    guard k < high, k - s < 30 else { return nil }
    if !name.isNone { return SpeakerSearch(speaker: name, end: k + 1) }
    guard isFormer || k > head + 1 || has(head, .title) else { return nil }
    let person = referent(at: cue)
    guard isPerson(person), Int(person.end) <= s, !names(person, in: s..<k) else { return nil }
    return SpeakerSearch(speaker: person, end: k + 1)
  }

  /// Whether a mark, a cue or another thing with a demonstrative (`menurut investor HAL tersebut`) ends a description before `i`.
  private func endsDescription(_ i: Int) -> Bool {
    if has(i, [.comma, .quote]) || has(i, .hardMark) || text.classes[i].intersects(words.backReference) { return true }
    // "mantan Menteri Energi dan SUMBER Daya Mineral"
    return cue(at: i).map { $0.cue.form != .source || !text.isCapitalized(i) } ?? false
  }

  /// Whether the words from `i` lead out of a description: a clause of its own, another thing, or where or when something was; not where
  /// a name or year closes it (`peraih emas DI Olimpiade 2016 itu`, `suami DARI Rina ini`).
  private func leavesDescription(_ i: Int) -> Bool {
    if isVerb(i) && !has(i, [.intransitive, .stative]) || has(i, [.auxiliary, .negation, .and, .pronoun]) {
      return true
    }
    guard has(i, [.preposition, .clause]) else { return false }
    guard let found = preposition(at: i) else { return true }
    return !found.sense.isFrom && !(found.sense.place && namesUpToDemonstrative(found.end))
  }

  /// Whether nothing but names, numbers and dates stands from `i` to a demonstrative.
  private func namesUpToDemonstrative(_ i: Int) -> Bool {
    var k = i
    while k < count, k - i < 8,
      text.isCapitalized(k) || has(k, [.entity, .date, .quantity]) || text.kind[k] == TokenKind.number
    {
      k += 1
    }
    return k > i && has(k, .demonstrative) && !has(k, .entity)
  }

  /// The token behind an abbreviation in brackets: `politisi Partai Melati (PM) itu`.
  private func bracketEnd(from open: Int, _ high: Int) -> Int? {
    guard open + 2 < high, text.kind[open] == TokenKind.openParen, text.kind[open + 2] == TokenKind.closeParen else {
      return nil
    }
    return open + 3
  }

  /// The token behind the title of a work in quotation marks that nobody says: `pelantun lagu 'HUJAN PAGI' itu`.
  private func workEnd(from open: Int, _ high: Int) -> Int? {
    let isMark = { [self] (i: Int) in text.kind[i] >= TokenKind.quote && text.kind[i] <= TokenKind.closeSingleQuote }
    guard isMark(open) else { return nil }
    var k = open + 1
    while k < high, k - open < 8, !isMark(k) { k += 1 }
    return k > open + 1 && k < high && isMark(k) ? k + 1 : nil
  }

  /// Whether the person is named in the range.
  private func names(_ person: TokenSpan, in range: Range<Int>) -> Bool {
    let number = text.entities[Int(text.entityAt[Int(person.start)])].number
    return range.contains { text.entityAt[$0] >= 0 && text.entities[Int(text.entityAt[$0])].number == number }
  }

  /// The person named before for whom the description stands that the demonstrative at `e` closes (`Kemarin PRIA YANG GEMAR MELUKIS
  /// ITU mengaku`), or who stands before it (`RINA, direktur toko itu, mengaku`).
  func namedBefore(describedUpTo e: Int, low: Int, at cue: Int) -> TokenSpan? {
    var k = e - 1
    while k >= low, e - k < 30, !has(k, [.quote, .comma]) {
      if has(k, .hardMark) {
        guard let open = openParen(closedAt: k, low: low) else { return nil }
        k = open - 1
        continue
      }
      if has(k, .relative), k > low, personEnding(at: k - 1) != nil { return nil }
      if isDescribed(k) || text.classes[k].intersects(words.former) {
        if k > low + 1, has(k - 1, .comma), let person = personEnding(at: k - 2) { return person }
        if k > low, has(k - 1, .quantity) { return nil }
        if let known = namedBefore(describedFrom: k, high: e + 1, at: cue), known.end == e + 1 { return known.speaker }
      }
      k -= 1
    }
    return nil
  }

  private func personEnding(at i: Int) -> TokenSpan? {
    guard text.entityIn[i] >= 0 else { return nil }
    let entity = text.entities[Int(text.entityIn[i])]
    return entity.label == .person ? entity.span : nil
  }

  private func isDescribed(_ i: Int) -> Bool {
    text.classes[i].intersects(words.described)
      || has(i, .title) && !text.classes[i].intersects(words.unnamed) || describesKin(i)
  }

  /// Whether somebody is described by kin: `IBU dua anak itu`, `SUAMI dari Rina ini`.
  private func describesKin(_ i: Int) -> Bool {
    guard text.classes[i].intersects(words.kinship) else { return false }
    return has(i + 1, .quantity)
      || preposition(at: i + 1)?.sense.isFrom == true && personFollows(i + 2, min(i + 8, count))
  }

  /// "TKN Prabowo-Gibran": two names joined by a hyphen name a ticket, and its spokesman follows behind a comma.
  private func isPair(_ span: TokenSpan, _ high: Int) -> Bool {
    let joins = { [self] (i: Int) in
      text.kindAt(i) == TokenKind.hyphen && has(i - 1, .entity) && has(i + 1, .entity)
    }
    guard joins(Int(span.end)) || joins(Int(span.start) - 1) else { return false }
    var k = Int(span.end)
    while k < high, has(k, .entity) || text.kind[k] == TokenKind.hyphen { k += 1 }
    return has(k, .comma) && personFollows(k + 1, high)
  }

  /// A title or "pihak" before a body, or "pihak" before a place: the body is the speaker's mention.
  private func isBodyPhrase(_ first: Int, _ body: TokenSpan) -> Bool {
    // "kata sang gelandang Italia": not a country.
    let isPlace = text.entities[Int(text.entityAt[Int(body.start)])].label == .location
    for k in first..<max(first, Int(body.start)) {
      if !has(k, [.title, .determiner, .honorific]) || isPlace && has(k, .title) { return false }
    }
    return true
  }

  /// Lower-case words before a body that speak for it: `juru bicara Garuda`, `pernyataan Bank Dunia`, but not `eks penyerang Persib`.
  private func speaksFor(_ first: Int, _ body: TokenSpan) -> Bool {
    guard text.entities[Int(text.entityAt[Int(body.start)])].label == .organization else { return false }
    for k in first..<Int(body.start)
    where text.isCapitalized(k) || text.classes[k].intersects(words.former) { return false }
    return true
  }

  /// Whether a speaker's words name somebody: a name, a pronoun, people, or a body; not a thing (`Baterai besar memastikan`).
  func isSomebody(_ span: TokenSpan) -> Bool {
    span.range.contains { k in
      text.entityIn[k] >= 0 || has(k, [.pronoun, .title, .honorific]) || isName[k]
        || text.classes[k].intersects(words.people) || text.classes[k].intersects(words.several)
        || text.classes[k].intersects(words.orgHead)
    }
  }

  private func isAbbreviationDot(_ k: Int) -> Bool {
    text.kind[k] == TokenKind.period && k + 1 < count && text.isCapitalized(k + 1)
      && text.sentenceOf[k] == text.sentenceOf[k + 1]
  }

  /// Whether a person's name begins within a few titles and ranks from `k`, also over the members of a title: `Kepala Bidang
  /// Protokol, PERS DAN MEDIA SEKRETARIAT PRESIDEN Budi Santoso`.
  func personFollows(_ k: Int, _ high: Int) -> Bool {
    var i = k
    var commas = 0
    while i < high, i - k < 14 {
      if text.entityAt[i] >= 0 {
        if text.entities[Int(text.entityAt[i])].label == .person { return true }
        i = Int(text.entities[Int(text.entityAt[i])].span.end)
        continue
      }
      let joins = i + 1 < high && (has(i + 1, .and) || text.isCapitalized(i + 1))
      if has(i, .comma), joins, commas < 2, i > k {
        commas += 1
      } else if !(has(i, .and) && joins) {
        guard
          has(i, [.title, .honorific]) || text.kind[i] == TokenKind.period
            || text.kind[i] == TokenKind.openParen
            || text.kind[i] == TokenKind.closeParen || text.isCapitalized(i), !has(i, .date)
        else { return false }
      }
      i += 1
    }
    return false
  }

  /// The speaker before the verb of saying at `v`: `Ketua BPK menyebutkan`, `Edi Kurnia, Direktur PT X, mengatakan`.
  func speaker(before v: Int, low: Int) -> TokenSpan {
    var e = beforeVerbPhrase(v, low: low)
    while e >= low {
      if let open = openParen(closedAt: e, low: low) { e = beforeVerbPhrase(open, low: low) } else { break }
    }
    guard e >= low else { return .none }
    if let whoever = beforeCited(upTo: e, low: low) { return whoever }
    if has(e, .demonstrative), !has(e, .entity), let known = namedBefore(describedUpTo: e, low: low, at: v) {
      return known
    }
    if has(e, .relative) {
      let phrase = nounPhrase(before: e, low: low)
      return mention(in: phrase)
    }
    if has(e, .comma) {
      if let phrase = beforeCitation(closedAt: e, low: low) { return mention(in: phrase) }
      // An apposition or a setting stands between: the nearest person, else the subject.
      if let person = personBefore(e, low: low) {
        return leader(of: person, low: low) ?? described(byClauseWith: person, low: low) ?? person
      }
      return mention(in: subject(of: v, low: low))
    }
    if has(e, .date) {
      // "Menteri Budi Santoso pagi tadi, Rabu, menyampaikan"
      if let person = personBefore(e, low: low) { return person }
    }
    let subject = subject(of: v, low: low)
    if text.entityIn[e] >= 0 {
      let entity = text.entities[Int(text.entityIn[e])]
      if entity.label == .person, subject.isNone || !isFaced(entity.span, low) {
        return leader(of: entity.span, low: low) ?? entity.span
      }
      // "Gubernur Bali Wayan Koster bersama PLN menyatakan" keeps the subject when it is a person.
      if !subject.isNone, let person = person(from: Int(subject.start), before: Int(subject.end)) {
        return person
      }
      if let person = personBefore(placeOf: entity.span, low: low) { return person }
      if entity.label == .organization { return entity.span }
      // "PT Anggrek Depok, Jawa Barat menyatakan": where the body is.
      let comma = Int(entity.span.start) - 1
      if comma > low, has(comma, .comma), text.entityIn[comma - 1] >= 0 {
        let body = text.entities[Int(text.entityIn[comma - 1])]
        if body.label == .organization { return body.span }
      }
      return isBare(entity.span, low) ? entity.span : (subject.isNone ? entity.span : mention(in: subject))
    }
    return mention(in: subject)
  }

  /// The phrase before a citation that no rule found, between commas, which is closed at `e`: `SEORANG PENGURUS KLUB, seperti dilansir Antara, berkata`.
  private func beforeCitation(closedAt e: Int, low: Int) -> TokenSpan? {
    var k = e - 1
    while k > low, e - k < 16, !has(k, [.hardMark, .quote]) {
      if has(k, .comma) {
        guard let found = cue(at: k + 1), found.cue.form == .citation else { return nil }
        let phrase = nounPhrase(before: k, low: low)
        return phrase.isNone ? nil : phrase
      }
      k -= 1
    }
    return nil
  }

  /// The most words between a preposition and the person behind it, title included.
  private static let companyReach = 10

  /// Who speaks where the person is only in company or the way: `BUDI didampingi Wakil Bupati RINA mengatakan`, `BUDI, lewat juru bicaranya
  /// RINA, mendesak`.
  private func leader(of person: TokenSpan, low: Int) -> TokenSpan? {
    var k = Int(person.start) - 1
    while k > low, Int(person.start) - k <= Self.companyReach {
      if let found = preposition(before: k + 1), found.isWith {
        let before = k - (has(k - 1, .comma) ? 2 : 1)
        return before >= low ? personEnding(at: openParen(closedAt: before, low: low).map { $0 - 1 } ?? before) : nil
      }
      guard !isVerb(k), !has(k, [.quote, .hardMark, .relative, .clause, .and, .date]), !isPerson(k) else { return nil }
      k -= 1
    }
    return nil
  }

  /// "Rina saat menghadapi BUDI mengatakan": whether somebody is the object of a verb without a subject of its own.
  private func isFaced(_ span: TokenSpan, _ low: Int) -> Bool {
    var v = Int(span.start) - 1
    while v > low, Int(span.start) - v < 6, has(v, [.title, .honorific]) { v -= 1 }
    guard v > low, isVerb(v), has(v, .active) else { return false }
    let opener = beforeVerbPhrase(v, low: low)
    return opener > low && opensClause(opener) && followsNoun(opener, low)
  }

  /// "RINA, pengacara yang mendampingi Budi, mengatakan": who is described by an apposition in whose relative clause `person`
  /// is named.
  private func described(byClauseWith person: TokenSpan, low: Int) -> TokenSpan? {
    var k = Int(person.start) - 1
    var isClause = false
    while k > low, Int(person.start) - k < 20, !has(k, [.quote, .hardMark]) {
      if has(k, .comma) {
        return isClause ? personEnding(at: k - 1) : nil
      }
      if has(k, .relative), !has(k, .entity) { isClause = true }
      k -= 1
    }
    return nil
  }

  /// "Budi Santoso kepada Kompas.com mengatakan", "Budi Santoso, dosen dari Universitas Melati, menilai": whom it is told to, and
  /// where somebody is or comes from, does not speak; the person before it does.
  private func personBefore(placeOf span: TokenSpan, low: Int) -> TokenSpan? {
    let p = Int(span.start) - 1
    guard p > low, has(p, .preposition), !has(p, .entity), let found = preposition(at: p), found.end == p + 1,
      !found.sense.isBy
    else { return nil }
    if found.sense.isFrom {
      // "data dari BPS menyebutkan": only people come from a body.
      if text.entityIn[p - 1] >= 0 {
        let entity = text.entities[Int(text.entityIn[p - 1])]
        return entity.label == .person ? entity.span : nil
      }
      let noun = nounPhrase(before: p, low: low)
      guard !noun.isNone, text.classes[Int(noun.start)].intersects(words.people) || has(Int(noun.start), .title) else {
        return nil
      }
    }
    return personBefore(p, low: low)
  }

  /// Whether nothing but marks and connectives stands before a place that acts: `Rusia berharap`.
  private func isBare(_ span: TokenSpan, _ low: Int) -> Bool {
    let before = Int(span.start) - 1
    return before < low || has(before, [.comma, .hardMark, .quote, .connective, .clause, .and, .adverb, .date])
  }

  /// The nearest person before `e`, over at most two appositions and no other clause.
  private func personBefore(_ e: Int, low: Int) -> TokenSpan? {
    var k = e
    var commas = 0
    while k >= low, e - k < 40 {
      if text.entityIn[k] >= 0 {
        let entity = text.entities[Int(text.entityIn[k])]
        if entity.label == .person { return entity.span }
        k = Int(entity.span.start) - 1
        continue
      }
      if let open = openParen(closedAt: k, low: low) {
        k = open - 1
        continue
      }
      if has(k, [.hardMark, .quote]) { return nil }
      if has(k, .clause), !has(k, [.preposition, .relative, .copula]) { return nil }
      // "Rina KETIKA DITANYAI WARTAWAN, meminta": the clause has no subject of its own.
      if isVerb(k) {
        let opener = beforeVerbPhrase(k, low: low)
        if opener > low, opener < k, opensClause(opener), personEnding(at: opener - 1) != nil {
          k = opener - 1
          continue
        }
      }
      // "Rina SAAT DITEMUI DI BOGOR, Senin, mengatakan"
      if isVerb(k), !has(beforeVerbPhrase(k, low: low), .relative),
        cue(at: k - 1).map({ $0.cue.form == .setting && $0.end > k }) != true
      {
        return nil
      }
      if has(k, .comma) { commas += 1 }
      if commas > 3 { return nil }
      k -= 1
    }
    return nil
  }

  /// Who stands right behind a noun phrase that ends with a form of address or before a word of naming: `PROF Dr Budi dalam keterangannya`, `WARGA
  /// bernama Budi lewat akunnya`.
  private func personNamed(behind phrase: TokenSpan) -> TokenSpan? {
    var k = Int(phrase.end)
    if k < count, text.classes[k].intersects(words.naming) {
      k += 1
    } else {
      guard has(k - 1, .honorific) else { return nil }
      while k < count, k - Int(phrase.end) < 4, has(k, .honorific) || text.kind[k] == TokenKind.period { k += 1 }
    }
    guard k < count, text.entityAt[k] >= 0 else { return nil }
    let entity = text.entities[Int(text.entityAt[k])]
    return entity.label == .person ? entity.span : nil
  }

  /// The person or body in a noun phrase, else the phrase itself.
  func mention(in phrase: TokenSpan) -> TokenSpan {
    guard !phrase.isNone else { return phrase }
    if let person = person(from: Int(phrase.start), before: Int(phrase.end)) { return person }
    if let person = personNamed(behind: phrase) { return person }
    for i in phrase.range where text.entityAt[i] >= 0 {
      let entity = text.entities[Int(text.entityAt[i])]
      if entity.label == .organization { return entity.span }
    }
    return phrase
  }
}
