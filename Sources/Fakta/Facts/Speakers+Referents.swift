/// Whom a speaker's pronoun or title stands for: somebody named before.
extension FactContext {
  /// Whether a speaker's span points back: a pronoun, or a common noun with a demonstrative (`pria itu`).
  func pointsBack(_ span: TokenSpan) -> Bool {
    guard !span.isNone else { return true }
    if span.count == 1, has(Int(span.start), .thirdPerson), !has(Int(span.start), .entity) { return true }
    return false
  }

  /// Whom a speaker's span at the cue `i` stands for: the span itself, when it points to nobody else.
  func antecedent(of span: TokenSpan, at i: Int) -> TokenSpan {
    if pointsBack(span) { return referent(at: i) }
    if let person = holder(ofTitle: span) { return person }
    if let person = namedBefore(definite: span, at: i) { return person }
    if let account = account(at: span) { return account }
    guard span.count == 1, says(.group, at: Int(span.start)), !has(Int(span.start), .entity)
    else { return span }
    return bodyBefore(i) ?? span
  }

  /// The person named before for whom a title behind a definite word stands: `ucap SANG PELATIH`, `SANG GUBERNUR menilai`; nobody for those
  /// who serve or are kin of somebody (`sang istri`), and where a name follows.
  private func namedBefore(definite span: TokenSpan, at i: Int) -> TokenSpan? {
    guard !span.isNone else { return nil }
    var head = Int(span.start)
    if says(.definite, at: head) {
      head += 1
    } else if head == 0 || !says(.definite, at: head - 1) {
      return nil
    }
    guard head < span.end, has(head, .title), !text.classes[head].intersects(words.serving.union(words.unnamed)),
      !span.range.contains(where: { text.entityIn[$0] >= 0 }), !has(Int(span.end), .entity),
      !(has(Int(span.end), .comma) && personFollows(Int(span.end) + 1, count))
    else { return nil }
    if let person = holder(ofTitle: TokenSpan(head, Int(span.end))) { return person }
    let person = referent(at: i)
    return isPerson(person) && person.end < span.start && !isToldOf(person) ? person : nil
  }

  /// The span with the name of the account that it is or that stands behind it: `tulis akun @melati.putih`, `tulis @melati_putih`.
  private func account(at span: TokenSpan) -> TokenSpan? {
    guard !span.isNone else { return nil }
    let at = text.kind[Int(span.start)] == TokenKind.at ? Int(span.start) : Int(span.end)
    guard text.kindAt(at) == TokenKind.at, !has(at - 1, .entity), text.attached(at + 1) else { return nil }
    var end = at + 1
    while text.attached(end),
      isOfAccount(end) || text.kind[end] == TokenKind.period && text.attached(end + 1) && isOfAccount(end + 1)
    {
      end += 1
    }
    return end > at + 1 ? TokenSpan(Int(span.start), end) : nil
  }

  private func isOfAccount(_ i: Int) -> Bool {
    switch text.kindAt(i) {
    case TokenKind.word, TokenKind.number, TokenKind.underscore: true
    default: false
    }
  }

  /// The body or the people of whom the sentence before tells, for `mereka`: those who spoke last, or the body that begins it.
  private func bodyBefore(_ i: Int) -> TokenSpan? {
    guard i < count, text.sentenceOf[i] > 0 else { return nil }
    let before = text.sentenceOf[i] - 1
    let span = text.sentences[Int(before)]
    guard Int(span.start) < count, quotationOf[Int(span.start)] < 0, paragraphOf[i] - paragraphOf[Int(span.start)] <= 1
    else { return nil }
    if let last = spoken, !last.speaker.isNone, last.sentence >= before {
      let start = Int(last.speaker.start)
      let isPerson = text.entityIn[start] >= 0 && text.entities[Int(text.entityIn[start])].label == .person
      if !isPerson, !says(.group, at: start) { return last.speaker }
      return nil
    }
    let start = Int(span.start)
    guard text.entityAt[start] >= 0 else { return nil }
    let entity = text.entities[Int(text.entityAt[start])]
    return entity.label == .organization ? entity.span : nil
  }

  /// The person whom a pronoun in token `i` stands for: the last speaker, or a person named since as the first of a sentence.
  func referent(at i: Int) -> TokenSpan {
    let here = i < count ? Int(text.sentenceOf[i]) : text.sentences.count
    guard here >= 0 else { return .none }
    let last = spoken
    if let introduced, Int(introduced.sentence) <= here, introduced.sentence > (last?.sentence ?? -1) {
      return introduced.speaker
    }
    // "Tiara sakit. "…," LANJUTNYA": not she, but who has spoken.
    if let last, i < count, says(.resuming, at: i), !last.speaker.isNone, isPerson(last.speaker),
      paragraphOf[i] - last.paragraph <= 4
    {
      return last.speaker
    }
    let lastSentence = last.map { Int($0.sentence) } ?? -1
    var s = here - 1
    while s > lastSentence, here - s <= 6 {
      if let person = firstPerson(inSentence: s), !isToldOf(person) { return person }
      s -= 1
    }
    if let last, !last.speaker.isNone {
      return isPersonal(last.speaker) ? last.speaker : personWhoSpoke(before: i) ?? last.speaker
    }
    var k = min(i, count) - 1
    var steps = 0
    while k >= 0, steps < 600 {
      if text.entityAt[k] >= 0, text.entities[Int(text.entityAt[k])].label == .person,
        statementOf[k] < 0 || isCited(statements[Int(statementOf[k])])
      {
        return text.entities[Int(text.entityAt[k])].span
      }
      k -= 1
      steps += 1
    }
    return .none
  }

  /// Whether what is said names the person, `Rudi sakit. Ia mengatakan RUDI sudah pulang`, or a quotation tells of somebody whom it does not
  /// name, and nothing of its speaker: `Rudi jatuh. "Waktu BELIAU jatuh, hujan turun," katanya`.
  private func isToldOf(_ person: TokenSpan) -> Bool {
    let number = text.entities[Int(text.entityAt[Int(person.start)])].number
    var (isNamed, isAbout, isOwn) = (false, false, false)
    for k in said.range where k < count {
      if text.entityAt[k] >= 0 {
        let entity = text.entities[Int(text.entityAt[k])]
        if entity.number == number { return true }
        if entity.label == .person { isNamed = true }
      } else if quotationOf[k] >= 0, !has(k, .entity) {
        if has(k, .thirdPerson), !isNamed { isAbout = true }
        if text.classes[k].intersects(words.reader) { isOwn = true }
      }
    }
    return isAbout && !isOwn && spoken != nil
  }

  /// Whether a pronoun can stand for a speaker: a person, somebody by title or noun, or the body that a title stands before.
  private func isPersonal(_ speaker: TokenSpan) -> Bool {
    let start = Int(speaker.start)
    if text.entityAt[start] >= 0 {
      if text.entities[Int(text.entityAt[start])].label == .person || has(start - 1, [.title, .honorific]) {
        return true
      }
      // "juru bicara Garuda"
      var k = start - 1
      while k >= 0, start - k <= 3, !text.isCapitalized(k), !isVerb(k), !has(k, [.comma, .hardMark, .quote]) {
        if has(k, .title) || text.classes[k].intersects(words.people) { return true }
        k -= 1
      }
      return false
    }
    if text.classes[start].intersects(words.several) { return false }
    if has(start, [.title, .thirdPerson, .determiner])
      || text.classes[start].intersects(words.people.union(words.described)) || says(.group, at: start)
    {
      return true
    }
    return text.isCapitalized(start) && !(speaker.count == 1 && has(start + 1, .demonstrative))
  }

  /// The person who spoke last, a few statements back: `"…," kata Budi. BNPB memastikan … "…," KATANYA`.
  private func personWhoSpoke(before i: Int) -> TokenSpan? {
    var n = statements.count - 1
    while n >= 0, statements.count - n <= 8, paragraphOf[min(i, count)] - statements[n].paragraph <= 6 {
      let speaker = statements[n].speaker
      if !speaker.isNone, text.entityAt[Int(speaker.start)] >= 0,
        text.entities[Int(text.entityAt[Int(speaker.start)])].label == .person
      {
        return speaker
      }
      n -= 1
    }
    return nil
  }

  /// The person who opens a sentence: behind titles and connectives (`Namun, pelatih RINA memuji`), or behind the setting before its first
  /// comma, where a verb follows (`Pada 2014, RINA memuji`).
  private func firstPerson(inSentence s: Int) -> TokenSpan? {
    guard s >= 0, s < text.sentences.count else { return nil }
    let span = text.sentences[s]
    let end = min(Int(span.end), count)
    var i = Int(span.start)
    // "Dilansir Reuters, RINA menang. Dia …"
    if let cited = statements.last, cited.sentence == Int32(s), isCited(cited) { i = max(i, Int(cited.content.start)) }
    var isSet = false
    while i < end {
      guard quotationOf[i] < 0, text.sentenceOf[i] >= 0 else { return nil }
      if text.entityAt[i] >= 0 {
        let entity = text.entities[Int(text.entityAt[i])]
        if entity.label == .person { return !isSet || acts(behind: Int(entity.span.end), end) ? entity.span : nil }
        i = Int(entity.span.end)
        continue
      }
      // Only what can stand before a subject, or in its title.
      let isBefore =
        has(i, [.title, .honorific, .adverb, .connective, .date, .comma, .and, .auxiliary, .determiner])
        || text.isCapitalized(i)
        || text.kind[i] >= TokenKind.period
        // "Akan TETAPI, Rina"
        || says(.contrast, at: i)
      if isBefore && !isVerb(i) && (!has(i, .preposition) || has(i, .connective)) || leadsToName(i, end) {
        i += 1
      } else if !isSet, i == Int(span.start) || has(i - 1, [.connective, .comma, .adverb]) || has(i, .preposition),
        let comma = settingEnd(from: i, end)
      {
        isSet = true
        i = comma + 1
      } else {
        return nil
      }
    }
    return nil
  }

  /// Whether a word by which somebody is introduced by name stands at `i` or right behind it: `Seorang PETANI BERNAMA Wawan menjual beras`.
  private func leadsToName(_ i: Int, _ end: Int) -> Bool {
    for k in i...min(i + 1, end - 1) where text.classes[k].intersects(words.naming) {
      return k + 1 < end && text.entityAt[k + 1] >= 0
        && text.entities[Int(text.entityAt[k + 1])].label == .person
    }
    return false
  }

  /// The comma that closes the setting which a preposition, a conjunction or a verb without subject opens at `i`: `pada 2014,`, `meski kalah,`,
  /// `menanggapi hal itu,`.
  private func settingEnd(from i: Int, _ end: Int) -> Int? {
    guard !has(i, .entity),
      has(i, [.preposition, .clause]) || isVerb(i) && has(i, .active) || text.classes[i].intersects(words.comparison)
    else { return nil }
    var k = i + 1
    while k < end, k - i < 24, !has(k, [.quote, .comma]) {
      // "Namun kata Budi, RINA pulang"
      if let form = cue(at: k)?.cue.form, form == .noun || form == .according { return nil }
      if has(k, .hardMark), text.kind[k] != TokenKind.openParen, text.kind[k] != TokenKind.closeParen { return nil }
      k += 1
    }
    return k < end && has(k, .comma) ? k : nil
  }

  /// Whether a predicate or an apposition stands behind a name that ends before `i`.
  private func acts(behind i: Int, _ end: Int) -> Bool {
    var i = i
    // "RINA (24) memilih"
    if text.kindAt(i) == TokenKind.openParen {
      let open = i
      while i < end, i - open < 5, text.kind[i] != TokenKind.closeParen { i += 1 }
      i += 1
    }
    return i < end && (isVerb(i) || has(i, [.auxiliary, .negation, .copula, .adverb, .speech, .relative]))
  }
}
