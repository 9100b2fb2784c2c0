/// Figures: what each quantity is a number of: the verb that governs it, who acts, where, when, and who says so.
///
///     Kapal patroli Jepang telah mengusir 12 kapal di perairan Okinawa dalam dua hari terakhir.
///     ╰─────actor────╯       ╰──action───╯ ╰ q ╯                        ╰place╯       ╰──────time──────╯
extension FactContext {
  func findFigures() {
    for i in text.quantities.indices {
      let quantity = text.quantities[i]
      switch quantity.kind {
      case .count, .money, .percent, .measure: break
      case .age, .ordinal, .score: continue
      }
      let at = Int(quantity.span.start)
      guard at >= 0, at < count, text.sentenceOf[at] >= 0 else { continue }
      figures.append(figure(Int32(i), quantity))
    }
  }

  /// The tokens in which the slots of token `i` are sought: its statement's content or its sentence.
  func scope(of i: Int) -> TokenSpan {
    let whole = sentence(i)
    let sentence = TokenSpan(max(Int(whole.start), i - Self.reach), min(Int(whole.end), i + Self.reach, count))
    guard statementOf[i] >= 0 else { return sentence }
    let content = statements[Int(statementOf[i])].content
    var low = Int(max(content.start, sentence.start))
    var high = Int(min(content.end, sentence.end))
    // Inside a long quotation of several sentences, full stops bound the clause.
    if content.count > 12 {
      var k = i - 1
      while k >= low {
        if endsSentence(k) {
          low = k + 1
          break
        }
        k -= 1
      }
      k = i
      while k < high {
        if endsSentence(k) {
          high = k
          break
        }
        k += 1
      }
    }
    return TokenSpan(low, high)
  }

  private func endsSentence(_ k: Int) -> Bool {
    let kind = text.kind[k]
    guard kind >= TokenKind.period, kind <= TokenKind.exclamation, text.dateIn[k] < 0, text.quantityIn[k] < 0,
      text.entityIn[k] < 0
    else { return false }
    return k + 1 >= count || (text.gap[k + 1] != TokenGap.none && text.isCapitalized(k + 1))
  }

  private func figure(_ index: Int32, _ quantity: Quantity) -> PredicateDraft {
    var draft = PredicateDraft(anchor: index)
    let at = Int(quantity.span.start)
    let scope = scope(of: at)
    govern(Int(index), quantity, scope, &draft)
    governExisting(quantity, scope, &draft)
    let isNamed = completeActor(Int(index), quantity, scope, &draft)
    let isOfPlace = draft.procedure == .figureNominal && isPlace(draft.actor)
    if draft.procedure == .figureNominal, draft.place.isNone { draft.place = placeBeforeBracket(draft.actor) }
    if !isOfPlace, draft.place.isNone { draft.place = place(near: at, scope) }
    if !isOfPlace, draft.place.isNone { draft.place = placeInList(Int(index), scope) }
    if isOfMemberBefore(draft, scope) { draft.place = .none }
    if draft.place.isNone, draft.procedure == .figureSubject { draft.place = objectPlace(draft.action) }
    let compared =
      draft.procedure != .figureSubject || has(at - 1, .amount) ? comparedDate(at, Int(scope.start)) : nil
    if compared != nil, draft.procedure == .figureObject, draft.action.end < at {
      (draft.action, draft.actor, draft.procedure) = (.none, .none, .figureNominal)
    }
    // "dibandingkan PERIODE yang sama tahun lalu Rp 3 miliar"
    if compared != nil, !draft.actor.isNone, text.classes[Int(draft.actor.start)].intersects(words.term) {
      draft.actor = .none
    }
    if let date = compared ?? time(near: at, scope) ?? timeBeforeStatement(at) {
      draft.time = text.dates[date].span
      draft.date = Int32(date)
    }
    if let earlier = figures.last, isRestated(Int(index)) {
      if draft.date < 0 || !isRate(Int(draft.date)) { (draft.time, draft.date) = (earlier.time, earlier.date) }
      draft.place = earlier.place
    }
    setScene(at, scope, isOfPlace || isNamed && isPlace(draft.actor), &draft)
    draft.source = source(at, scope)
    if draft.source.isNone, !draft.action.isNone, let recorder = recorder(at, Int(draft.action.start), scope) {
      draft.source = recorder.body
      if !draft.actor.isNone, Int(draft.actor.end) < recorder.end {
        draft.actor = actor(ofRecorded: draft, behind: recorder.end)
      }
    }
    return draft
  }

  /// Who acts where the clause leaves it out or a list names it, as the phrase that is given.
  ///
  /// - Returns: Whether the list names it.
  private func completeActor(
    _ index: Int, _ quantity: Quantity, _ scope: TokenSpan, _ draft: inout PredicateDraft
  ) -> Bool {
    let at = Int(quantity.span.start)
    if draft.actor.isNone, !draft.action.isNone { draft.actor = actorLeftOut(index, quantity, draft, scope) }
    if draft.actor.isNone, draft.action.isNone || isOfOwnRelative(quantity, draft) { declare(at, &draft) }
    // "Riau 5,2 persen": the place itself is what is counted.
    var isNamed = false
    if draft.procedure == .figureObject {
      let name = memberName(index, low: Int(scope.start), high: Int(scope.end))
      isNamed = !name.isNone
      if isNamed { draft.actor = name }
    }
    if isPartOfCounted(index, draft) { draft.actor = .none }
    if draft.procedure == .figureObject, let noun = balance(before: draft, Int(scope.start)) { draft.actor = noun }
    let actor = named(draft.actor, Int(scope.start))
    draft.actor = paired(wording(of: doer(ofDeed: actor, before: Int(draft.action.start))))
    return isNamed
  }

  /// Who does the action where no subject stands before it: whom the clause implies, its topic, or the subject behind the number.
  private func actorLeftOut(
    _ index: Int, _ quantity: Quantity, _ draft: PredicateDraft, _ scope: TokenSpan
  ) -> TokenSpan {
    let implied = impliedActor(index, draft, scope)
    guard implied.isNone, draft.procedure == .figureObject else { return implied }
    let (v, at, low) = (Int(draft.action.start), Int(quantity.span.start), Int(scope.start))
    if v < at, !counts(quantity) || !has(v, .passive) {
      let topic = topicOfPurpose(v, low)
      if !topic.isNone { return topic }
    }
    guard !isExistential(v) else { return .none }
    let behind = subjectBehind(v, low: low, high: Int(scope.end))
    return behind.start > Int32(at) ? behind : .none
  }

  /// `12 ORANG terluka, termasuk | dua anak`, `12 ORANG tewas, | dua di antaranya anak-anak`: whether the actor is what the number before counts, to which
  /// the verb between the numbers happened, and the number of quantity `index` says how many of those.
  private func isPartOfCounted(_ index: Int, _ draft: PredicateDraft) -> Bool {
    guard draft.procedure == .figureObject, let earlier = figures.last, Int(earlier.anchor) == index - 1,
      earlier.procedure == .figureSubject, earlier.action == draft.action, !draft.actor.isNone,
      !has(Int(draft.action.start), [.active, .copula]), !says(.attributive, at: Int(draft.action.start))
    else { return false }
    let before = text.quantities[index - 1]
    let start = Int(text.quantities[index].span.start)
    return Int(draft.action.end) <= start && draft.actor.start >= before.span.start
      && Int(draft.actor.start) < endOfPhrase(before, start)
      && (Int(draft.action.end)..<start).contains {
        // "1.300 TIKET terjual atau | 45 persen": the same once more.
        has($0, .comma) || begins($0, words.placeExample) || has($0, .and) && text.quantities[index].kind == .percent
      }
  }

  /// Whether the action stands in the relative clause of what is counted, which is all that the statement's content holds.
  private func isOfOwnRelative(_ quantity: Quantity, _ draft: PredicateDraft) -> Bool {
    guard draft.procedure == .figureSubject, counts(quantity), statementOf[Int(quantity.span.start)] >= 0
    else { return false }
    let statement = statements[Int(statementOf[Int(quantity.span.start)])]
    guard statement.cue.end == statement.content.start, cue(at: Int(statement.cue.start))?.cue.isSure == false
    else { return false }
    let r = endOfPhrase(quantity, count)
    return has(r, .relative) && relative(before: Int(draft.action.start), low: r) == r
  }

  /// `Rudi mengumumkan tiga ponsel baru`, `Melati menyampaikan undangan kepada 50 desa`: where a statement's content is no more than what is
  /// announced, the cue governs; not of a noun that has the amount (`mengumumkan tarif sebesar Rp 3.000`).
  private func declare(_ at: Int, _ draft: inout PredicateDraft) {
    guard statementOf[at] >= 0 else { return }
    let statement = statements[Int(statementOf[at])]
    let start = Int(statement.content.start)
    guard !statement.isQuoted, start <= at, Int(statement.cue.end) == start, statement.cue.count == 1,
      has(Int(statement.cue.start), .active), statement.speaker.end <= statement.cue.start,
      (start..<at).allSatisfy({ has($0, [.adverb, .amount, .determiner]) })
        || isBareNoun(from: start, at, Int(statement.content.end), cue: Int(statement.cue.start)),
      // "menyebutkan dua atlet itu adalah …": a sentence about them follows.
      !has(endOfPhrase(text.quantities[Int(draft.anchor)], count), .demonstrative)
    else { return }
    draft.action = statement.cue
    draft.actor = statement.speaker
    draft.procedure = .figureObject
  }

  /// Whether the content from `start` is a noun with the number at `at` and no predicate: `menyampaikan | undangan kepada 50 desa`; not
  /// `menilai | Rp 4.000 terlalu mahal`, `memperkirakan | jumlahnya 300`.
  private func isBareNoun(from start: Int, _ at: Int, _ contentEnd: Int, cue i: Int) -> Bool {
    guard start < at, at - start < Self.farthest, isNoun(start, first: true), !endsInClitic(start),
      cue(at: i)?.cue.isSure == false,
      !says(.estimate, at: i)
    else { return false }
    var before = at - 1
    while before > start, has(before, .amount), !has(before, .adverb) { before -= 1 }
    guard !has(before, .adverb) || has(before, .preposition) else { return false }
    let end = text.quantityAt[at] >= 0 ? endOfQuantity(at) : at + 1
    for k in start..<min(contentEnd, at + Self.farthest) where text.quantityIn[k] < 0 && !has(k, .entity) {
      if k >= end, has(k, [.comma, .and, .purpose, .clause, .hardMark]) { return true }
      let isPredicate = isVerb(k) || has(k, [.copula, .auxiliary, .negation, .relative, .hardMark, .clause, .comma])
      if isPredicate && !has(k, [.amount, .preposition]) || text.classes[k].intersects(words.degree) { return false }
      if k >= end, has(k, .adjective) { return false }
    }
    return true
  }

  /// Whether a number says once more what the one before did: `Rp 3 miliar atau 7 persen`, `$40 (Rp 560 ribu)`.
  private func isRestated(_ index: Int) -> Bool {
    guard index > 0, let earlier = figures.last, Int(earlier.anchor) == index - 1 else { return false }
    let at = Int(text.quantities[index].span.start)
    let from = endOfQuantity(Int(text.quantities[index - 1].span.start))
    guard from < at, at - from < 4, text.sentenceOf[from] == text.sentenceOf[at] else { return false }
    let isBracketed = text.kindAt(from) == TokenKind.openParen && text.quantities[index].kind != .count
    return isBracketed
      || has(from, .and) && text.quantities[index].kind != text.quantities[index - 1].kind
        && (from + 1..<at).allSatisfy { has($0, [.adverb, .amount]) }
  }

  private func source(_ at: Int, _ scope: TokenSpan) -> TokenSpan {
    if statementOf[at] >= 0 {
      let statement = statements[Int(statementOf[at])]
      return statement.speaker.isNone ? statement.outlet : statement.speaker
    }
    let speaker = speakerBehindTopic(at, scope)
    if !speaker.isNone { return speaker }
    // "Berdasarkan data BPS, …"
    var i = nextCue(Int(scope.start), Int(scope.end))
    while i < Int(scope.end) {
      if let found = cue(at: i), found.cue.form == .source || found.cue.form == .citation {
        var k = found.end
        while k < Int(scope.end), k - found.end < 6 {
          if text.entityAt[k] >= 0, text.entities[Int(text.entityAt[k])].label == .organization {
            return text.entities[Int(text.entityAt[k])].span
          }
          if has(k, [.comma, .hardMark, .preposition]) { break }
          k += 1
        }
      }
      i = nextCue(i + 1, Int(scope.end))
    }
    return .none
  }
}
