/// Who takes part in an event: its subject before the verb or behind it, and its object.
extension FactContext {
  /// Who stands before the verb at `v`, whose clause the word at `opener` may open.
  func subjectBefore(_ v: Int, openedBy opener: Int?, _ date: DateExpression, _ low: Int) -> TokenSpan {
    // "pulang saat | terjadi BANJIR": what happens stands behind a verb that opens its clause.
    if opener == nil, happensBehind(v, low) { return .none }
    let phrase = behindTimes(opener.map { subject(of: v, openedBy: $0, date, low) } ?? subject(of: v, low: low), v)
    // "giliran | TANGGUL yang jebol"
    if phrase.count > 1, says(.turn, at: Int(phrase.start)) { return TokenSpan(Int(phrase.start) + 1, Int(phrase.end)) }
    return whole(whoseRegion(heldAt(mannered(phrase, low), v, low), low), low)
  }

  /// Who or what is in the region that `phrase` names behind a comma and a smaller place: `WARGA yang tinggal di Beji, | Depok itu pulang`, `INSTITUT
  /// MELATI, | Bogor menggelar`; the phrase itself where it acts (`Menjamu Persib di Bandung, | Jakarta menang`).
  private func whoseRegion(_ phrase: TokenSpan, _ low: Int) -> TokenSpan {
    guard isPlace(phrase) else { return phrase }
    var first = Int(phrase.start)
    while first - 2 >= low, has(first - 1, .comma), !has(first - 1, .entity), text.entityIn[first - 2] >= 0,
      text.entities[Int(text.entityIn[first - 2])].label != .person
    {
      first = Int(text.entities[Int(text.entityIn[first - 2])].span.start)
    }
    guard first < Int(phrase.start), first >= low, !hasPredicate(low, first) else { return phrase }
    let whole = firstPhrase(from: low, high: first)
    if whole.isNone { return has(first - 1, .preposition) ? phrase : text.entities[Int(text.entityAt[first])].span }
    // "Setelah gempa di Meksiko, | Jepang mengirim": nothing but how the sentence goes on, or when, stands before it.
    let before = Int(whole.start) - 1
    guard before < low || has(before, [.comma, .connective, .adverb, .date, .and, .clause]),
      before < low || !has(before, .preposition) || has(before, .date)
    else { return phrase }
    // "pembalap KELAHIRAN | Bogor"
    return whole.count > 1 && says(.dated, at: Int(whole.end) - 1)
      ? TokenSpan(Int(whole.start), Int(whole.end) - 1) : whole
  }

  /// Whether a verb of no relative clause stands in `low..<end`.
  private func hasPredicate(_ low: Int, _ end: Int) -> Bool {
    var before = end
    while let v = verb(before: before, low: low) {
      guard let mark = relative(before: v, low: low) else { return true }
      before = mark
    }
    return false
  }

  /// Whether the verb at `v` says that there is what stands behind it, in a clause that another word opens: `saat | TERJADI banjir`.
  private func happensBehind(_ v: Int, _ low: Int) -> Bool {
    guard text.classes[v].intersects(words.existential) else { return false }
    let e = beforeVerbPhrase(v, low: low)
    let next = verbEnd(v)
    return e > low && has(e, .clause) && !has(e, [.relative, .entity, .copula]) && !isVerb(next)
      && !has(next, [.preposition, .date, .comma, .hardMark, .clause])
  }

  /// Fills who takes part: the object of the verb at `found`, and the subject where it stands elsewhere than before the action.
  func findParticipants(
    _ draft: inout PredicateDraft, at found: Int, hasOpener: Bool, _ low: Int, _ high: Int
  ) {
    let v = Int(draft.action.start)
    draft.object = eventObject(of: found, high)
    // "berada di BOGOR": where it is does nothing.
    let isPlaced = has(Int(draft.object.start) - 1, .placePreposition)
    let isBehind =
      draft.actor.isNone && !hasOpener && isInverted(v, low) || isNominal(v) && !draft.object.isNone
    if v == found, !isPlaced, isBehind, !isDoneBy(draft.object, v, low) {
      // "Pada Agustus dibuka pendaftaran": what undergoes the verb stands behind it.
      draft.actor = draft.object
      draft.object = .none
    }
    draft.actor = calamity(draft.actor, v, low)
    if draft.actor.isNone { draft.actor = resumed(before: v, low) }
    if draft.actor.isNone { draft.actor = subjectBehind(v, low: low, high: high) }
    if draft.actor.isNone { draft.actor = speaker(while: v, low) }
    // "PERIODE itu berlaku hingga Mei", "TEKNOLOGI yang dipakai": of a figure the one says only when, and the other is an adjective elsewhere.
    let isThing =
      draft.actor.count == 1
      && (text.classes[Int(draft.actor.start)].intersects(words.term)
        || has(Int(draft.actor.end), [.demonstrative, .relative]))
    draft.actor = withFeast(paired(wording(of: isThing ? draft.actor : named(draft.actor, low))), draft.time)
    draft.object = withFeast(paired(wording(of: draft.object)), draft.time)
    if draft.object.isNone, has(found, .active) { draft.object = feast(at: verbEnd(found), draft.time) }
  }

  /// The feast that begins at token `i` and is not when the event was: `merayakan NATAL pada 2014`.
  private func feast(at i: Int, _ time: TokenSpan) -> TokenSpan {
    guard i < count, text.classes[i].intersects(words.holiday), text.dateAt[i] >= 0 else { return .none }
    let feast = text.dates[Int(text.dateAt[i])].span
    return feast == time ? .none : feast
  }

  /// The phrase with the feast right behind it that names it, and is not when the event was: `menggelar pesta HALLOWEEN pada Sabtu`, `PESTA HALLOWEEN
  /// digelar`.
  private func withFeast(_ phrase: TokenSpan, _ time: TokenSpan) -> TokenSpan {
    guard !phrase.isNone, !has(Int(phrase.end) - 1, .entity) else { return phrase }
    let feast = feast(at: Int(phrase.end), time)
    return feast.isNone ? phrase : TokenSpan(Int(phrase.start), Int(feast.end))
  }

  /// What follows the verb at `v`, but not which time it was (`diluncurkan | pertama kalinya`), nor one word for how (`tayang PERDANA`, `ditata
  /// RAPI`).
  private func eventObject(of v: Int, _ high: Int) -> TokenSpan {
    let object = object(of: v, high)
    guard !object.isNone else { return .none }
    let first = Int(object.start)
    let isOrdinal =
      text.quantityIn[first] >= 0 && text.quantities[Int(text.quantityIn[first])].kind == .ordinal
    let isManner =
      object.count == 1 && !has(first, .entity)
      && (says(.manner, at: first)
        || has(first, .adjective) && has(v, .passive) && !has(v, .active)
          && !text.classes[first].intersects(words.people))
    return isOrdinal || isManner ? .none : object
  }

  /// Who acts behind the words for how often: `kali terakhir RINA menang`, `kali kedua MELATI menggelar`; the phrase itself where no such
  /// words open it.
  private func behindTimes(_ phrase: TokenSpan, _ v: Int) -> TokenSpan {
    let start = Int(phrase.start)
    // "Gelar itu KALI terakhir diraih"
    let last = Int(phrase.end) - 1
    if last > start, !has(start, .quantity), says(.times, at: last) { return TokenSpan(start, last) }
    guard !phrase.isNone, start < v, says(.times, at: start) else { return phrase }
    var k = start + 1
    while k < v, text.quantityIn[k] >= 0 || text.dateIn[k] < 0 && has(k, [.adjective, .adverb]), !has(k, .entity) {
      k += 1
    }
    // "kali KEDUANYA memerankan"
    return has(k, .pronoun) && endsInClitic(k) ? .none : firstPhrase(from: k, high: v)
  }

  /// Who said it, where the verb at `v` tells what the speaker does meanwhile: `ujar RINA seusai menonton lomba`.
  private func speaker(while v: Int, _ low: Int) -> TokenSpan {
    let e = beforeVerbPhrase(v, low: low)
    // What is said ends before `low`.
    guard e > low, low > 0, statementOf[low - 1] >= 0, opensClause(e) else { return .none }
    let statement = statements[Int(statementOf[low - 1])]
    let cue = Int(statement.cue.start)
    guard cue >= low, cue < e, !(cue..<e).contains(where: { has($0, [.and, .relative]) && !has($0, .entity) }) else {
      return .none
    }
    return statement.speaker
  }

  /// Whether the phrase right behind the passive at `v` is who does it and not who undergoes it: a name, and people behind a word that opens a
  /// clause (`setelah diakuisisi MELATI`, `usai diperiksa PENYIDIK`; not `setelah ditemukan jenazahnya`, `kini dikabarkan Rina pulang`).
  private func isDoneBy(_ phrase: TokenSpan, _ v: Int, _ low: Int) -> Bool {
    guard has(v, .passive), !phrase.isNone, !says(.report, at: v) else { return false }
    let start = Int(phrase.start)
    if text.entityAt[start] >= 0 { return text.entities[Int(text.entityAt[start])].label != .location }
    // "USAI diperiksa": an auxiliary too.
    let opens = (max(low, beforeVerbPhrase(v, low: low))..<v).contains {
      has($0, [.clause, .preposition]) && !has($0, .entity)
    }
    return opens && !endsInClitic(start) && text.classes[start].intersects(words.people)
  }

  /// What happens, where a word that elsewhere is a verb names it at the beginning of its clause: `LONGSOR terjadi`, `LONGSOR SUSULAN terjadi`; the
  /// phrase itself where no such word stands before it.
  private func calamity(_ phrase: TokenSpan, _ v: Int, _ low: Int) -> TokenSpan {
    guard text.classes[v].intersects(words.existential), !isExistential(v) else { return phrase }
    let k = phrase.isNone ? beforeVerbPhrase(v, low: low) : Int(phrase.start) - 1
    guard k >= low, isVerb(k), has(k, [.stative, .intransitive]), !has(k, [.active, .passive, .auxiliary, .copula]),
      k == low || has(k - 1, [.comma, .connective, .hardMark])
    else { return phrase }
    return TokenSpan(k, phrase.isNone ? k + 1 : Int(phrase.end))
  }

  /// Whether a clitic makes a noun of the passive at `v` behind a preposition, which what undergoes it follows: `muncul setelah DIBUKANYA taman`.
  private func isNominal(_ v: Int) -> Bool {
    has(v, .passive) && !has(v, .active) && has(v - 1, [.preposition, .clause]) && !has(v - 1, [.relative, .entity])
      && endsInClitic(v)
  }

  /// Whether the subject of the verb at `v` can stand behind it: of a passive without the word for its agent, and of what there is.
  private func isInverted(_ v: Int, _ low: Int) -> Bool {
    let end = verbEnd(v)
    if isExistential(v) || text.classes[v].intersects(words.existential) { return true }
    guard has(v, .passive), !has(v, .active), preposition(at: end) == nil else { return false }
    return relative(before: v, low: low) == nil
  }

  /// What follows the verb: its object, its agent, or where it leads.
  private func object(of v: Int, _ high: Int) -> TokenSpan {
    var i = verbEnd(v)
    if has(v, .passive) {
      let agent = agent(after: i, high: high)
      if !agent.isNone { return agent }
    }
    if let found = preposition(at: i) {
      // "diakses MELALUI situs": the way is no object.
      let isWay = found.sense.isWith && found.sense.place
      guard found.sense.isTo && !isWay || text.classes[v].intersects(words.arrival) else { return .none }
      // "bertemu DENGAN Budi"; not "menang DENGAN skor telak"
      if found.sense.isWith, !isVerb(i), has(v, .intransitive), !has(v, [.passive, .active]), !says(.comitative, at: v)
      {
        return .none
      }
      i = found.end
    }
    while i < high, has(i, [.adverb, .determiner]), !has(i, .entity) { i += 1 }
    guard i < high,
      at(i).isDisjoint(with: [.preposition, .comma, .hardMark, .quote, .date, .clause, .auxiliary]) || has(i, .entity)
    else { return .none }
    // "mengalami CEDERA kaki"
    if isOutcome(i, of: v), has(v, .active) {
      let rest = nounPhrase(from: i + 1, high: high)
      return TokenSpan(i, Int(rest.start) == i + 1 && !has(i + 1, .preposition) ? Int(rest.end) : i + 1)
    }
    let phrase = nounPhrase(from: i, high: high)
    // "turun DERAS": how it was.
    let isManner =
      has(i, .adjective) && has(v, [.intransitive, .stative]) && !has(v, [.active, .passive, .copula])
      && !phrase.range.contains { has($0, .entity) }
    return isManner ? .none : phrase
  }
}
