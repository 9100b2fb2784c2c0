// Which of the verbs around a number governs it, and who then acts.

/// A number in its clause: the tokens where it begins and where its phrase ends, and the verbs beside it.
struct NumberClause {
  let index: Int
  let quantity: Quantity
  /// The first token of the clause and the one behind its last.
  let low: Int
  let high: Int
  let start: Int
  let end: Int
  /// The verb before the number, where that is not of another clause.
  var before: Int?
  /// The verb behind the number, of which its phrase is the subject.
  var behind: (verb: Int, isAdjacent: Bool)?
  /// Whether nothing of the clause stands before the number.
  var beginsClause = false
  /// Whether the number opens a clause of its own behind one that has the verb before it.
  var opensMain = false
  /// The verb before the number that reports what the one behind it says: `Rina TERCATAT dua kali menang`.
  var report: Int?

  var hasVerbBeside: Bool { behind?.isAdjacent == true }
}

extension FactContext {
  /// Takes the verb that governs quantity `index` and who acts: the first reading that fits.
  func govern(_ index: Int, _ quantity: Quantity, _ scope: TokenSpan, _ draft: inout PredicateDraft) {
    let clause = clause(of: index, quantity, scope)
    let (start, low) = (clause.start, clause.low)
    if takeMember(clause, &draft) || takeLabel(clause, &draft) { return }
    if clause.before == nil, let comparison = comparison(behind: clause.end, clause.high) {
      return take(comparison, subject(of: start, low: low), &draft)
    }
    if takeName(clause, &draft) { return }
    if let behind = clause.behind, behind.isAdjacent,
      clause.report != nil
        || (clause.beginsClause || clause.before == nil) && !isDirectObject(start, clause.before, low)
    {
      return governBehind(behind.verb, clause, &draft)
    }
    if let v = clause.before {
      if !takeBreakdown(v, clause, &draft) { governBefore(v, clause, &draft) }
      return
    }
    if let comparison = comparison(before: start, low) {
      return take(comparison, subject(of: Int(comparison.start), low: low), &draft)
    }
    if let behind = clause.behind { return governApart(behind.verb, clause, &draft) }
    draft.procedure = .figureNominal
    draft.actor = nominal(start, low, index)
  }

  private func clause(of index: Int, _ quantity: Quantity, _ scope: TokenSpan) -> NumberClause {
    let (low, high) = (Int(scope.start), Int(scope.end))
    let start = Int(quantity.span.start)
    let end = endOfPhrase(quantity, high)
    var clause = NumberClause(index: index, quantity: quantity, low: low, high: high, start: start, end: end)
    clause.before = governor(verbBefore(start, low, index), low).flatMap { isClosed($0, start, low) ? nil : $0 }
    clause.beginsClause = beginsClause(start, low)
    clause.behind = verbAfter(end, high, index, overCommas: clause.beginsClause, low)
    guard let v = clause.before else { return clause }
    guard let behind = clause.behind else {
      if isOfFrontedSubordinate(v, before: start, low) { clause.before = nil }
      return clause
    }
    clause.opensMain =
      isFrontedClause(of: v, before: start, low) || opensOwnClause(behind: v, start, end, behind.verb)
      || hasOwnRelative(index, end, behind: v, low) || isRecorded(clause, by: v)
    if clause.opensMain {
      clause.before = nil
    } else if isAdjacentAction(behind), says(.report, at: v) {
      clause.report = v
    }
    return clause
  }

  /// Whether the verb at `v` directly before the number says that what the counted things do is written down: `BMKG MENCATAT 27 gempa terjadi`.
  private func isRecorded(_ clause: NumberClause, by v: Int) -> Bool {
    says(.record, at: v) && clause.hasVerbBeside && counts(clause.quantity)
      && isDirectObject(clause.start, v, clause.low)
  }

  /// Takes what governs the number as it would its object.
  private func take(_ action: TokenSpan, _ actor: TokenSpan, _ draft: inout PredicateDraft) {
    draft.action = action
    draft.actor = actor
    draft.procedure = .figureObject
  }

  /// Takes the verb and actor of the list member before, where the number goes on with its list.
  ///
  /// A counted thing with its verb behind it has that verb: `menyita 5 motor dan 3 mobil hilang`; a share has not: `turun 5 poin atau
  /// 0,2 persen menjadi 600`.
  private func takeMember(_ clause: NumberClause, _ draft: inout PredicateDraft) -> Bool {
    guard !clause.opensMain, let earlier = earlierMember(of: clause.index, clause.low),
      !clause.hasVerbBeside || (!isCounted(clause.quantity) && earlier.procedure == .figureObject)
    else { return false }
    draft.action = earlier.action
    // "ditemukan SABU seberat 2 kg dan 45 butir ekstasi": whose the amount before is, is not what is counted here.
    let isOfAmount =
      earlier.actor.start > earlier.action.start && counts(clause.quantity)
      && has(Int(text.quantities[clause.index - 1].span.start) - 1, .amount)
    draft.actor = isOfAmount ? .none : nextOfEach(earlier, clause) ?? earlier.actor
    draft.procedure = earlier.procedure
    if earlier.action.isNone, earlier.actor.isNone { draft.place = earlier.place }
    return true
  }

  /// Who stands behind the actor of the number before in a list of those who have one number each: `Sektor tambang dan PROPERTI masing-masing
  /// naik 2 persen dan | 3 persen`.
  private func nextOfEach(_ earlier: PredicateDraft, _ clause: NumberClause) -> TokenSpan? {
    let before = text.quantities[clause.index - 1]
    let end = Int(before.span.start)
    var k = Int(earlier.actor.end)
    guard !earlier.actor.isNone, k < end, end - k < Self.farthest, has(k, [.comma, .and]), !has(k, .entity),
      before.kind == clause.quantity.kind, !counts(before) || !counts(clause.quantity)
    else { return nil }
    while k < end, has(k, [.comma, .and]), !has(k, .entity) { k += 1 }
    let next = nounPhrase(from: k, high: end)
    guard !next.isNone, Int(next.end) < end, (Int(next.end)..<end).contains(where: { says(.each, at: $0) }) else {
      return nil
    }
    return next
  }

  /// Takes the label that says whose the number is: `Rudi Hartawan: 11,2 persen`.
  private func takeLabel(_ clause: NumberClause, _ draft: inout PredicateDraft) -> Bool {
    let colon = clause.start - 1
    guard !clause.hasVerbBeside, colon > clause.low, text.kind[colon] == TokenKind.colon else { return false }
    let label = nounPhrase(before: colon, low: clause.low)
    guard !label.isNone else { return false }
    // "Bekasi: 40 rumah": where they are.
    if isPlace(label) { draft.place = label } else { draft.actor = label }
    draft.procedure = .figureNominal
    return true
  }

  /// Takes the name that a bracket or a list gives the number.
  private func takeName(_ clause: NumberClause, _ draft: inout PredicateDraft) -> Bool {
    guard !clause.hasVerbBeside else { return false }
    if let noun = nounInBracket(clause.start, clause.low) {
      draft.actor = noun
    } else if let own = ownName(of: clause.index, clause.low) {
      draft.action = own.action
      draft.actor = own.actor
    } else {
      return false
    }
    draft.procedure = .figureNominal
    return true
  }

  /// Takes of what the number before is made up: `memulangkan 30 orang dengan RINCIAN | 20 nelayan dan 10 petani`.
  private func takeBreakdown(_ v: Int, _ clause: NumberClause, _ draft: inout PredicateDraft) -> Bool {
    guard (v + 1..<clause.start).contains(where: { says(.breakdown, at: $0) && !isVerb($0) }) else { return false }
    draft.actor = nominal(clause.start, clause.low, clause.index)
    draft.procedure = .figureNominal
    if let word = draft.actor.range.first(where: { says(.breakdown, at: $0) }) {
      draft.actor = word + 1 < Int(draft.actor.end) ? TokenSpan(word + 1, Int(draft.actor.end)) : .none
    }
    return true
  }

  /// Takes the verb at `v`, before the number, or what that verb says of the number's noun.
  private func governBefore(_ v: Int, _ clause: NumberClause, _ draft: inout PredicateDraft) {
    let (index, start, low) = (clause.index, clause.start, clause.low)
    var v = verbOutsideRelative(v, start, low) ?? v
    if let owner = ownerBeside(v, clause) {
      draft.actor = owner
      draft.procedure = .figureNominal
      return
    }
    if let earlier = changeFrom(index, v) { return take(earlier.action, earlier.actor, &draft) }
    // "naik menjadi Rp 10.000", "naik dari 5 menjadi 6": the change governs.
    if has(v, .copula), has(v, .intransitive), !text.classes[v].intersects(words.existential),
      let change = changeBefore(v, low) ?? changeOfObject(v, start, low)
    {
      v = change
    }
    take(TokenSpan(v, verbEnd(v)), grown(to: v, index, low) ?? doer(of: v, before: start, low), &draft)
    if draft.actor.isNone, has(v, .passive) || amountNoun(start, low, index).isNone {
      draft.actor = subjectBetween(v, start)
    }
    // "tercatat FREKUENSI PENJUALAN sebanyak 300 kali"
    if draft.actor.isNone, says(.report, at: v) { draft.actor = amountNoun(start, low, index) }
    if has(v, .copula), draft.actor.isNone || isExistential(v) {
      let amount = amountNoun(start, low, index)
      draft.actor = amount.isNone ? draft.actor : amount
    }
  }

  /// The noun or name of which the number tells beside the verb at `v`, which then governs something else.
  private func ownerBeside(_ v: Int, _ clause: NumberClause) -> TokenSpan? {
    let (start, low) = (clause.start, clause.low)
    if let owner = subjectOfCopula(v, start, low) ?? amountBesideAnother(v, start, clause.index)
      ?? placeOfDistance(clause.quantity, start, v)
    {
      return owner
    }
    return counts(clause.quantity) ? nil : ownerBehindRelative(v, start, low) ?? ownLabel(v, start, low)
  }

  /// Who does or undergoes the verb at `v`, before the number at `start`.
  private func doer(of v: Int, before start: Int, _ low: Int) -> TokenSpan {
    let agent = has(v, .passive) && !isAgentless(v) ? agent(after: verbEnd(v), high: start) : .none
    guard agent.isNone else { return agent }
    // "Rina gemar menyanyi, tidak ada satu konser …": what there is has no subject in the piece before.
    let isApart =
      text.classes[v].intersects(words.existential) && has(beforeVerbPhrase(v, low: low), .comma)
      && (verbEnd(v)..<start).allSatisfy { has($0, [.adverb, .amount]) }
    return isApart ? .none : subject(of: v, low: low)
  }
}
