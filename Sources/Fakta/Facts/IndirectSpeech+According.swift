// Speakers that the words around a clause name: `menurut Budi`, `…, kata Budi`, `Kata Budi, …`.

extension FactContext {
  /// `Menurut X, …` or `…, menurut X`.
  func addAccording(_ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int)
    -> Int
  {
    var draft = StatementDraft(content: .none, cue: TokenSpan(i, cueEnd), procedure: .indirectAccording)
    draft.sentence = Int32(s)
    let isWithPerson = has(cueEnd - 1, .thirdPerson) || isSuffixed(cueEnd - 1)
    var after = cueEnd
    if isWithPerson {
      if cueEnd - i > 1 { draft.cue = TokenSpan(i, cueEnd - 1) }
      draft.speaker = referent(at: i)
    } else {
      var search = speaker(after: cueEnd, ofCueAt: i, high: high, &draft)
      // "Menurut rencana, RINA akan tampil", "Menurut saksi, RINA dipukul": who acts in what is said; not "Menurut pengacara Budi, RINA mengatakan".
      if isPerson(search.speaker), beginsPredicate(search.end), !(has(cueEnd, .title) && has(search.end, .speech)),
        let comma = (cueEnd..<max(cueEnd, Int(search.speaker.start))).first(where: { has($0, .comma) })
      {
        search = speaker(after: cueEnd, ofCueAt: i, high: comma, &draft)
      }
      after = search.end
      draft.speaker = antecedent(of: search.speaker, at: i)
      guard draft.rule >= 0 || isSpeaker(search.speaker) else { return cueEnd }
    }
    // "masih MENURUT": the words before the cue proper are none of it.
    if cueEnd - i > 1, let last = cue(at: cueEnd - 1), last.cue.form == .according {
      draft.cue = TokenSpan(cueEnd - 1, cueEnd)
    }
    // Skip an apposition or setting up to the comma.
    var start = after
    if has(start, .relative) || text.kindAt(start) == TokenKind.openParen {
      // "menurut USGS (…) yang dilaporkan Reuters, …"
      var k = start
      while k < high, k - start < 16, !has(k, .comma) { k += 1 }
      if has(k, .comma) { start = k }
    } else if !has(start, .comma), !isWithPerson, let comma = commaSoon(start, high) {
      start = comma
    } else if has(start, .adverb), has(start + 1, .comma) {
      // "Menurutnya JUGA, pasar itu sepi"
      start += 1
    }
    if has(start, .comma) { start = isWithPerson ? start + 1 : behindApposition(start + 1, of: draft.speaker, high) }
    start = behindCitation(start, high, &draft) ?? start
    let tail = high - start
    let isEnd =
      start >= high || tail <= 1 || has(start, .hardMark) || isDate(start, high)
      || i > low + 3 && has(i - 1, .comma) && !predicates(start, high) && predicates(low, i)
    if isEnd {
      // ""…," tutur Budi menurut Antara": somebody else said it.
      let first = min(low + 1, i - 1)
      if has(low, .quote), statementOf[first] >= 0, statements[Int(statementOf[first])].isQuoted {
        let statement = Int(statementOf[first])
        if isBody(draft.speaker), statements[statement].outlet.isNone { statements[statement].outlet = draft.speaker }
        return high
      }
      draft.content = TokenSpan(low, i)
      readOutlet(after, high, &draft)
    } else {
      let end = contentEnd(start, high, &draft)
      draft.content = TokenSpan(start, end)
    }
    let end = Int(draft.content.end)
    addStatement(draft)
    return isEnd ? high : end
  }

  /// Whether a person said what the cue at `i`, behind a comma or at the beginning of its sentence, compares with: `…, seperti disampaikan Budi`,
  /// `Sebagaimana dikatakan Ketua KPK, Budi, …`; not `tidak sepi seperti dikatakan Budi`, nor `Seperti dikatakan sebelumnya, Budi …`.
  func citesPerson(_ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int) -> Bool {
    let opens = isOpening(i, low)
    guard opens || has(i - 1, .comma) && !has(i - 1, .entity) && statementOf[max(low, i - 2)] < 0 else { return false }
    let speaker = speaker(after: cueEnd, high: high).speaker
    guard isPerson(speaker) else { return false }
    // "Seperti dikatakan Budi yang hadir. …", "Seperti dikatakan Budi di Bogor, "Kami siap."": what he said is a quotation or a sentence of its own.
    if opens, has(Int(speaker.end), .relative) || (Int(speaker.end)..<high).contains(where: { has($0, .quote) }) {
      return false
    }
    return has(cueEnd, .title) || !(cueEnd..<max(cueEnd, Int(speaker.start))).contains { has($0, .comma) }
  }

  /// `Menurut Budi, PENJUAL TAPE DI BOGOR, tape itu manis`: where the content begins behind what the person is; nobody is named there again
  /// (`Menurut Budi, pelatih Persib, Rina, sakit`).
  private func behindApposition(_ s: Int, of speaker: TokenSpan, _ high: Int) -> Int {
    guard isPerson(speaker), speaker.end < s, s < high, !has(s, .entity) else { return s }
    var head = s
    while head < s + 2, has(head, .determiner), !text.classes[head].intersects(words.several) { head += 1 }
    guard has(head, .title) || text.classes[head].intersects(words.people),
      let comma = commaSoon(s, high) ?? commaBehindRelative(head + 1, high), comma > s + 1, comma + 2 < high,
      states(comma + 1, high, false)
    else { return s }
    let next = comma + 1
    // "Menurut Budi, TIM TNI, POLRI, DAN Basarnas tiba"
    if has(comma - 1, .entity), has(next, .entity), !has(head, .title),
      has(Int(text.entities[Int(text.entityIn[next])].span.end), [.and, .comma])
    {
      return s
    }
    guard !has(next, .and), text.entityAt[next] < 0 || text.entities[Int(text.entityAt[next])].label != .person,
      !(s..<comma).contains(where: { has($0, [.and, .auxiliary, .negation, .copula]) && !has($0, .entity) })
    else { return s }
    return next
  }

  /// The comma that closes the relative clause of a noun with its attributes, which end before `s`: `PENJUAL TAPE YANG MANGKAL DI BOGOR,`.
  private func commaBehindRelative(_ s: Int, _ high: Int) -> Int? {
    var k = s
    while k < high, k - s < 6, !has(k, [.relative, .comma, .quote]), !isVerb(k) { k += 1 }
    guard has(k, .relative), k < high else { return nil }
    let clause = k
    while k < high, k - clause < 20, !has(k, [.quote, .hardMark]) {
      if has(k, .comma) { return k }
      k += 1
    }
    return nil
  }

  /// Whether nothing but a date stands there: `menurut Antara, SENIN (9/11).`
  func isDate(_ s: Int, _ high: Int) -> Bool {
    guard text.dateAt[s] >= 0 else { return false }
    let end = Int(text.dates[Int(text.dateAt[s])].span.end)
    return end >= high || has(end, .hardMark)
  }

  /// `menurutnya`: the cue itself points back.
  func isSuffixed(_ i: Int) -> Bool { endsInClitic(i) && !has(i, .entity) }

  /// Whether a phrase can speak: a person, a body, a country, or people by a noun that the lists know as such.
  func isSpeaker(_ span: TokenSpan) -> Bool {
    guard !span.isNone else { return false }
    if has(Int(span.start), [.entity, .thirdPerson]) || says(.group, at: Int(span.start)) {
      return true
    }
    if span.range.contains(where: {
      text.entityAt[$0] >= 0 && text.entities[Int(text.entityAt[$0])].label != .location
    }) {
      return true
    }
    return span.range.contains { text.classes[$0].intersects(words.people) }
  }

  /// `Dikatakannya, akhir tahun ini selesai`: the cue itself points back, opens the sentence, and what was said follows its comma.
  private func addSuffixed(_ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int) -> Int? {
    guard isOpening(i, low), has(cueEnd, .comma), cueEnd + 3 < high else { return nil }
    var draft = StatementDraft(content: .none, cue: TokenSpan(i, cueEnd), procedure: .indirectTrailing)
    draft.sentence = Int32(s)
    draft.speaker = referent(at: i)
    return addContent(from: cueEnd + 1, high, &draft)
  }

  /// Adds the statement whose content begins at `start`, and returns where it ends.
  func addContent(from start: Int, _ high: Int, _ draft: inout StatementDraft) -> Int {
    let end = contentEnd(start, high, &draft)
    draft.content = TokenSpan(start, end)
    addStatement(draft)
    return end
  }

  /// `…, kata Budi` outside quotation marks.
  func addTrailing(
    _ i: Int, _ cue: FactWords.SpeechCue, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int
  ) -> Int {
    if cue.form == .noun, i > low, has(i - 1, .thirdPerson), pointsToBefore(low, i - 1) {
      // "Hal itu dia katakan lewat telepon".
      let draft = StatementDraft(
        content: .none, cue: TokenSpan(i, cueEnd), speaker: referent(at: i), procedure: .indirectPassive)
      return addPrevious(draft, cueEnd, high, s) ? high : cueEnd
    }
    if cue.form == .suffixed, let end = addSuffixed(i, cueEnd, low, high, s) { return end }
    if cue.form == .noun, let end = addLeading(i, cueEnd, low, high, s) { return end }
    if cue.form == .noun, cue.isSure, let end = addInserted(i, cueEnd, low, high, s) { return end }
    guard i > low, has(i - 1, .comma) || has(i - 1, .quote), statementOf[max(low, i - 2)] < 0 else { return cueEnd }
    guard has(i - 1, .comma) else { return cueEnd }
    var draft = StatementDraft(content: .none, cue: TokenSpan(i, cueEnd), procedure: .indirectTrailing)
    draft.sentence = Int32(s)
    var after = cueEnd
    if cue.form == .noun {
      let isWithPerson = cueEnd - i == 2 && has(cueEnd - 1, [.thirdPerson, .pronoun])
      if isWithPerson {
        draft.cue = TokenSpan(i, i + 1)
        draft.speaker = referent(at: i)
      } else {
        let search = speaker(after: cueEnd, ofCueAt: i, high: high, &draft)
        guard draft.rule >= 0 || isSpeaker(search.speaker) else { return cueEnd }
        after = search.end
        draft.speaker = antecedent(of: search.speaker, at: i)
      }
    } else {
      draft.speaker = referent(at: i)
    }
    return addAround(draft, i, cueEnd, after, low, high)
  }

  /// Adds the statement of the attribution in `draft`, which stands at `i` and ends before `after`: the clause before it was said, or
  /// what goes on behind it.
  private func addAround(_ draft: StatementDraft, _ i: Int, _ cueEnd: Int, _ after: Int, _ low: Int, _ high: Int) -> Int
  {
    var (draft, after) = (draft, after)
    let from = wholeClauseStart(of: i, low)
    let isFragment = !predicates(from, i)
    // "Hanya saja, kata dia LAGI, jalan itu ditutup"
    if has(after, .adverb), has(after + 1, .comma) { after += 1 }
    if isFragment, !has(after, .comma), isPerson(draft.speaker), goesOn(after, high), predicates(after, high) {
      // "Pasar itu, kata Budi akan ditutup"
      return addContent(from: after, high, &draft)
    }
    if has(after, .comma), after + 2 < high, !has(after + 1, [.date, .quote]),
      !has(after + 1, .speech) || isFragment && goesOn(behindCueAt: after + 1),
      !isSettingTail(after + 1, high) || isFragment && high - after > 4 && goesOn(after + 1, high)
    {
      // "Selain itu, kata dia, akan ada kirab": the content goes on behind the attribution.
      let start = behindCitation(after + 1, high, &draft) ?? after + 1
      return addContent(from: start, high, &draft)
    }
    draft.content = TokenSpan(from, i)
    guard draft.content.count >= 3 else { return cueEnd }
    readOutlet(after, high, &draft)
    addStatement(draft)
    return high
  }

  /// `Kata Budi, jalan itu ditutup`: the attribution opens the sentence, and what was said follows behind the comma.
  func addLeading(_ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int) -> Int? {
    guard isOpening(i, low), i == 0 || !has(i - 1, [.quote, .comma]), !has(cueEnd, .comma) || cueEnd == i + 2,
      cueEnd == i + 1 || has(cueEnd - 1, .thirdPerson)
    else { return nil }
    var draft = StatementDraft(content: .none, cue: TokenSpan(i, i + 1), procedure: .indirectLeading)
    draft.sentence = Int32(s)
    var after = cueEnd
    if cueEnd == i + 2 {
      draft.speaker = referent(at: i)
    } else {
      let search = speaker(after: cueEnd, ofCueAt: i, high: high, &draft)
      guard isPerson(search.speaker) || pointsBack(search.speaker), !search.speaker.isNone else { return nil }
      after = search.end
      draft.speaker = antecedent(of: search.speaker, at: i)
    }
    guard has(after, .comma) else { return nil }
    var start = after + 1
    // "Kata Budi, direktur maskapai itu, pesawat belum datang"
    if has(start, .title), let comma = commaSoon(start, high) { start = comma + 1 }
    guard start + 2 < high, !has(start, .quote), states(start, high, false) else { return nil }
    return addContent(from: start, high, &draft)
  }

  /// `Pasar itu KATA BUDI akan ditutup`, `Lebih lanjut KATA DIA, pasar ditutup`: an attribution without a comma before it, and what was said
  /// goes on behind it.
  private func addInserted(_ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int) -> Int? {
    guard i > low, text.isWord(i - 1) || has(i - 1, .entity), !isVerb(i - 1),
      !has(i - 1, [.preposition, .relative, .quantity]), !has(i - 1, .determiner) || has(i - 1, .demonstrative)
    else { return nil }
    var draft = StatementDraft(content: .none, cue: TokenSpan(i, i + 1), procedure: .indirectTrailing)
    draft.sentence = Int32(s)
    var after = cueEnd
    if cueEnd == i + 2, has(cueEnd - 1, .thirdPerson) {
      draft.speaker = referent(at: i)
    } else {
      guard cueEnd == i + 1 else { return nil }
      let search = speaker(after: cueEnd, ofCueAt: i, high: high, &draft)
      guard isPerson(search.speaker) else { return nil }
      (draft.speaker, after) = (search.speaker, search.end)
    }
    guard !draft.speaker.isNone else { return nil }
    if has(after, .comma) {
      after += 1
    } else {
      guard beginsPredicate(after) else { return nil }
    }
    guard goesOn(after, high), predicates(after, high) else { return nil }
    return addContent(from: after, high, &draft)
  }

  func isBody(_ span: TokenSpan) -> Bool {
    !span.isNone && text.entityAt[Int(span.start)] >= 0
      && text.entities[Int(text.entityAt[Int(span.start)])].label == .organization
  }

  /// Whether the words say something of their subject.
  func predicates(_ s: Int, _ e: Int) -> Bool {
    (s..<max(s, e)).contains { k in
      (isVerb(k) && relative(before: k, low: s) == nil || has(k, [.copula, .negation, .auxiliary, .adjective]))
        && !has(k, [.entity, .date, .connective])
    }
  }

  /// Whether a verb begins at `i`, or what stands before one.
  func beginsPredicate(_ i: Int) -> Bool { isVerb(i) || has(i, [.auxiliary, .negation, .copula]) }

  /// Whether the clause before an attribution can go on at `i`: no setting, mark or second attribution begins there.
  func goesOn(_ i: Int, _ high: Int) -> Bool {
    guard i + 2 < high, !has(i, [.hardMark, .quote, .relative, .demonstrative, .speech, .and]) else { return false }
    return has(i, [.date, .entity, .auxiliary]) || !has(i, .preposition) && cue(at: i) == nil
  }

  /// Whether the word of saying at `i` can belong to what is said, behind its attribution: `Selain itu, kata Budi, BERDASARKAN aturan itu …`,
  /// `Gudang itu, kata Budi, DIPASTIKAN tutup`.
  private func goesOn(behindCueAt i: Int) -> Bool {
    guard let form = cue(at: i)?.cue.form else { return isVerb(i) }
    switch form {
    case .source, .passive: return true
    case .verb, .modal, .according, .never: return isVerb(i)
    case .noun, .suffixed, .citation, .setting: return false
    }
  }

  func isSettingTail(_ s: Int, _ high: Int) -> Bool {
    if let found = cue(at: s), found.cue.form == .setting || found.cue.form == .citation {
      return true
    }
    for k in s..<high where isVerb(k) || has(k, [.copula, .auxiliary, .negation]) { return false }
    return true
  }
}
