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
    if draft.actor.isNone, !draft.action.isNone {
      draft.actor = impliedActor(Int(index), draft, scope)
      if draft.actor.isNone, draft.procedure == .figureObject, !isExistential(Int(draft.action.start)) {
        let behind = subjectBehind(Int(draft.action.start), low: Int(scope.start), high: Int(scope.end))
        if behind.start > Int32(at) { draft.actor = behind }
      }
    }
    if draft.action.isNone, draft.actor.isNone { declare(at, &draft) }
    // "Riau 5,2 persen": the place itself is what is counted.
    var isNamed = false
    if draft.procedure == .figureObject {
      let name = memberName(Int(index), low: Int(scope.start), high: Int(scope.end))
      isNamed = !name.isNone
      if isNamed { draft.actor = name }
    }
    draft.actor = wording(of: named(draft.actor, Int(scope.start)))
    let isOfPlace = draft.procedure == .figureNominal && isPlace(draft.actor)
    if !isOfPlace, draft.place.isNone { draft.place = place(near: at, scope) }
    if draft.place.isNone, draft.procedure == .figureSubject { draft.place = objectPlace(draft.action) }
    let compared = comparedDate(at, Int(scope.start))
    if compared != nil, draft.procedure == .figureObject, draft.action.end < at {
      (draft.action, draft.actor, draft.procedure) = (.none, .none, .figureNominal)
    }
    if let date = compared ?? time(near: at, scope) ?? timeBeforeStatement(at) {
      draft.time = text.dates[date].span
      draft.date = Int32(date)
    }
    setScene(at, scope, isOfPlace || isNamed && isPlace(draft.actor), &draft)
    draft.source = source(at, scope)
    return draft
  }

  // MARK: the verb

  /// Who acts where the clause leaves it out: the speaker of a content that begins with its verb (`Budi berjanji membangun 5
  /// sekolah`), or the actor of the figure before, whose clause an adversative goes on with (`naik 5 persen, sementara dibanding
  /// Mei turun 2 persen`).
  private func impliedActor(_ index: Int, _ draft: PredicateDraft, _ scope: TokenSpan) -> TokenSpan {
    let v = Int(draft.action.start)
    guard draft.procedure == .figureObject, isVerb(v) else { return .none }
    if statementOf[v] >= 0 {
      let statement = statements[Int(statementOf[v])]
      let start = Int(statement.content.start)
      let before = beforeVerbPhrase(v, low: start)
      if !statement.isQuoted, !has(v, .copula), Int(statement.cue.end) == start,
        statement.speaker.end <= statement.cue.start
      {
        // "Melati mengklaim telah bermitra dengan 20 bank"
        let acts = has(v, .active) || has(v, .intransitive) && has(v - 1, .auxiliary) && !says(.change, at: v)
        if before < start, acts { return statement.speaker }
        // "… dan telah melayani 30 pasien": goes on with the same.
        if before >= start, has(before, .and), has(v, .active), let earlier = figures.last,
          Int(earlier.anchor) == index - 1, earlier.actor == statement.speaker
        {
          return statement.speaker
        }
      }
    }
    let topic = topicBeforeAttribution(v)
    if !topic.isNone { return topic }
    guard has(v, .intransitive), let earlier = figures.last, Int(earlier.anchor) == index - 1, !earlier.actor.isNone,
      !isBareAmount(earlier.actor), earlier.action.start < draft.action.start
    else { return .none }
    let before = Int(text.quantities[index - 1].span.start)
    let from = endOfPhrase(text.quantities[index - 1], v)
    guard before >= Int(scope.start), from < v, v - from < 24, statementOf[before] == statementOf[v],
      firstPhrase(from: from, high: v).isNone
    else { return .none }
    return earlier.actor
  }

  /// Who acts where the words of who says it stand between: `KERUGIAN negara, menurut audit, mencapai Rp 2 triliun`, `Harga itu, kata dia,
  /// naik 5 persen`.
  private func topicBeforeAttribution(_ v: Int) -> TokenSpan {
    guard statementOf[v] >= 0 else { return .none }
    let statement = statements[Int(statementOf[v])]
    let start = Int(statement.content.start)
    guard !statement.isQuoted, statement.cue.end <= statement.content.start, beforeVerbPhrase(v, low: start) < start,
      !isExistential(v)
    else { return .none }
    var comma = Int(statement.cue.start)
    // "Dinas itu, Rina melanjutkan, menargetkan"
    if statement.speaker.end == statement.cue.start { comma = Int(statement.speaker.start) }
    comma -= 1
    let low = Int(sentence(v).start)
    guard comma > low, has(comma, .comma), statementOf[comma - 1] < 0, Int(statement.speaker.end) != comma else {
      return .none
    }
    return subject(acrossComma: comma, low: low, 0)
  }

  /// `ada lima rapat yang akan DIHADIRI Rina`, `menang tiga kali dari | lima laga yang DIJALANI`: what there is, or of what something is
  /// a part, does or undergoes the verb of its relative clause.
  private func governExisting(_ quantity: Quantity, _ scope: TokenSpan, _ draft: inout PredicateDraft) {
    let v = Int(draft.action.start)
    guard draft.procedure == .figureObject, !draft.action.isNone, v < Int(quantity.span.start) else { return }
    let isThere =
      isExistential(v) && text.classes[v].intersects(words.existential) && !has(v, .negation) && !has(v - 1, .negation)
    guard isThere || counts(quantity) && isWhole(Int(quantity.span.start), v) else { return }
    let high = Int(scope.end)
    let r = endOfPhrase(quantity, high)
    guard r < high, has(r, .relative), !opensPlaceClause(r) else { return }
    var k = r + 1
    while k < high, k - r < 6, has(k, [.auxiliary, .negation, .adverb]), !isVerb(k) { k += 1 }
    guard k < high, isVerb(k), !has(k, .copula) || has(k, .active) else { return }
    let verb = lastOfChain(k, high)
    draft.action = TokenSpan(verb, verbEnd(verb))
    draft.actor = .none
    draft.procedure = .figureSubject
    guard has(verb, .passive), !words.isAgentless(verb, text) else { return }
    let end = verbEnd(verb)
    let agent = agent(after: end, high: high)
    // "yang dimintai pendapat", "yang dipindai tiap kali": only whoever can act, or who is said to do so.
    guard !agent.isNone else { return }
    let start = Int(agent.start)
    let acts = preposition(at: end)?.sense.isBy == true || has(start, [.entity, .title, .pronoun, .honorific])
    if acts || text.classes[start].intersects(words.people) { draft.actor = agent }
  }

  /// Whether the number that begins at `start` is the whole of which a noun before it is a part; not `berasal dari`, `salah satu dari`
  /// behind a verb of its own.
  private func isWhole(_ start: Int, _ v: Int) -> Bool {
    var k = start - 1
    while k > v, has(k, [.adverb, .amount]) || says(.sum, at: k) { k -= 1 }
    return k > verbEnd(v) && has(k, .preposition) && preposition(at: k)?.sense.isFrom == true && !isVerb(k - 1)
      && !has(v, .copula)
  }

  /// The actor where the phrase names one: not the adjective of a comparison or relative (`periode yang SAMA sebesar Rp 3 triliun`,
  /// `lebih TINGGI dari`), nor the bare word for a sum (`TOTAL ada lima`).
  private func named(_ actor: TokenSpan, _ low: Int) -> TokenSpan {
    let i = Int(actor.start)
    guard actor.count == 1, i < count, !has(i, [.entity, .pronoun, .quantity]) else { return actor }
    if says(.sum, at: i) || says(.breakdown, at: i) { return .none }
    guard has(i, .adjective), !text.classes[i].intersects(words.people), i > low, !has(i - 1, .entity) else {
      return actor
    }
    // "tampil gemilang sekaligus mencetak"
    if isVerb(i - 1) { return subject(of: i - 1, low: low) }
    if has(i - 1, .negation) || text.classes[i - 1].intersects(words.degree) { return .none }
    guard has(i - 1, .relative) else { return actor }
    // "Rina yang GEMILANG gagal"
    let noun = nounPhrase(before: i - 1, low: low)
    let before = Int(noun.start) - 1
    let isWhen = preposition(at: before)?.sense.time == true || preposition(at: before - 1)?.sense.time == true
    return isWhen ? .none : noun
  }

  /// The name that a list ties to its number, whatever verb stands before: `disusul Bogor (8 kasus), DEPOK (5 kasus)`, `antara lain
  /// adalah INDIA senilai 3 miliar`, `yakni Bogor 20 rumah, DEPOK 9 rumah`; not `di Bogor (8 kasus)`.
  private func memberName(_ index: Int, low: Int, high: Int) -> TokenSpan {
    guard let name = nameBefore(index, low) else { return .none }
    if name.isBracketed {
      let end = Int(text.quantities[index].span.end)
      let item = text.quantities[index].item
      return text.kindAt(item.isNone ? end : Int(item.end)) == TokenKind.closeParen ? name.phrase : .none
    }
    let p = Int(name.phrase.start) - 1
    guard p > low, has(p, [.comma, .and]) || has(p, .copula) && !isVerb(p), !has(p, .entity) else { return .none }
    if has(Int(text.quantities[index].span.start) - 1, .amount) { return name.phrase }
    for other in [index - 1, index + 1] where text.quantities.indices.contains(other) {
      let start = Int(text.quantities[other].span.start)
      guard start > low, start < high, text.quantities[other].kind == text.quantities[index].kind,
        let its = nameBefore(other, low), !its.isBracketed
      else { continue }
      let second = other < index ? name : its
      // Nothing but the item and a comma lies between the two members.
      guard endsQuantity(beforeJoint(Int(second.phrase.start), low), min(index, other)) else { continue }
      return name.phrase
    }
    return .none
  }

  /// The token before the comma or conjunction that ends before `i`.
  private func beforeJoint(_ i: Int, _ low: Int) -> Int {
    var k = i - 1
    guard has(k, [.comma, .and]), !has(k, .entity) else { return -1 }
    while k > low, has(k, [.comma, .and]), !has(k, .entity) { k -= 1 }
    return k
  }

  /// The phrase that ends in a name directly before the number of a quantity, and whether a bracket opens between.
  private func nameBefore(_ index: Int, _ low: Int) -> (phrase: TokenSpan, isBracketed: Bool)? {
    var k = Int(text.quantities[index].span.start) - 1
    while k > low, has(k, [.adverb, .amount]), !has(k, .entity) { k -= 1 }
    let isBracketed = text.kindAt(k) == TokenKind.openParen
    if isBracketed { k -= 1 }
    guard k > low, text.entityIn[k] >= 0, text.quantityIn[k] < 0 else { return nil }
    let phrase = nounPhrase(before: k + 1, low: low)
    guard !phrase.isNone, phrase.start == low || !has(Int(phrase.start) - 1, [.preposition, .quantity]) else {
      return nil
    }
    return (phrase, isBracketed)
  }

  /// `Rudi mengumumkan tiga ponsel baru`: where a statement's content is no more than what is announced, the cue governs.
  private func declare(_ at: Int, _ draft: inout PredicateDraft) {
    guard statementOf[at] >= 0 else { return }
    let statement = statements[Int(statementOf[at])]
    let start = Int(statement.content.start)
    guard !statement.isQuoted, start <= at, Int(statement.cue.end) == start, statement.cue.count == 1,
      has(Int(statement.cue.start), .active), statement.speaker.end <= statement.cue.start,
      (start..<at).allSatisfy({ has($0, [.adverb, .amount, .determiner]) }),
      // "menyebutkan dua atlet itu adalah …": a sentence about them follows.
      !has(endOfPhrase(text.quantities[Int(draft.anchor)], count), .demonstrative)
    else { return }
    draft.action = statement.cue
    draft.actor = statement.speaker
    draft.procedure = .figureObject
  }

  /// Whether a relative of two words begins at `k`: `di mana`.
  func opensPlaceClause(_ k: Int) -> Bool { has(k, .relative) && has(k, .preposition) }

  private func govern(_ index: Int, _ quantity: Quantity, _ scope: TokenSpan, _ draft: inout PredicateDraft) {
    let low = Int(scope.start)
    let high = Int(scope.end)
    let start = Int(quantity.span.start)
    let end = endOfPhrase(quantity, high)
    let left = governor(verbBefore(start, low, index), low).flatMap { isClosed($0, start, low) ? nil : $0 }
    let beginsClause = beginsClause(start, low)
    let right = verbAfter(end, high, index, overCommas: beginsClause, low)
    // "Rina TERCATAT dua kali menang": what is reported of a number has its own verb.
    let report = left.flatMap { right.map(isAdjacentAction) == true && says(.report, at: $0) ? $0 : nil }
    // A counted thing with its verb behind it has that verb: "menyita 5 motor dan 3 mobil hilang"; a share has not: "turun 5
    // poin atau 0,2 persen menjadi 600".
    if let earlier = earlierMember(of: index, low),
      right?.isAdjacent != true || (!isCounted(quantity) && earlier.procedure == .figureObject)
    {
      draft.action = earlier.action
      // "ditemukan SABU seberat 2 kg dan 45 butir ekstasi": whose the amount before is, is not what is counted here.
      let isOfAmount =
        earlier.actor.start > earlier.action.start && counts(quantity)
        && has(Int(text.quantities[index - 1].span.start) - 1, .amount)
      draft.actor = isOfAmount ? .none : earlier.actor
      draft.procedure = earlier.procedure
      if earlier.action.isNone, earlier.actor.isNone { draft.place = earlier.place }
      return
    }
    // "Rudi Hartawan: 11,2 persen": a label says whose the figure is.
    if right?.isAdjacent != true, start - 1 > low, text.kind[start - 1] == TokenKind.colon {
      let label = nounPhrase(before: start - 1, low: low)
      if !label.isNone {
        // "Bekasi: 40 rumah": where they are.
        if isPlace(label) { draft.place = label } else { draft.actor = label }
        draft.procedure = .figureNominal
        return
      }
    }
    if right?.isAdjacent != true, let own = ownName(of: index, low) {
      draft.action = own.action
      draft.actor = own.actor
      draft.procedure = .figureNominal
      return
    }
    if let right, right.isAdjacent, beginsClause || left == nil || report != nil,
      report != nil || !isDirectObject(start, left, low)
    {
      draft.action = TokenSpan(right.verb, verbEnd(right.verb))
      draft.procedure = .figureSubject
      if let report, !quantity.item.isNone, says(.times, at: Int(quantity.item.start)) {
        draft.actor = subject(of: report, low: low)
        return
      }
      if has(right.verb, .passive), !words.isAgentless(right.verb, text) {
        draft.actor = agent(after: verbEnd(right.verb), high: high)
      }
      let amount = amountNoun(start, low, index)
      if !amount.isNone { draft.actor = amount }
      if draft.actor.isNone, counts(quantity), !has(right.verb, .passive) || !beginsClause {
        draft.actor = headOfPreposition(before: start, low)
      }
      if draft.actor.isNone, quantity.kind == .count { draft.actor = subjectBeforeAuxiliary(start, low) }
      if draft.actor.isNone { draft.actor = nounBeforeBracket(start, low) }
      return
    }
    if let v = left, (v + 1..<start).contains(where: { says(.breakdown, at: $0) && !isVerb($0) }) {
      // "memulangkan 30 orang dengan RINCIAN | 20 nelayan dan 10 petani": what the number before is made of.
      draft.actor = nominal(start, low, index)
      draft.procedure = .figureNominal
      if let word = draft.actor.range.first(where: { says(.breakdown, at: $0) }) {
        draft.actor = word + 1 < Int(draft.actor.end) ? TokenSpan(word + 1, Int(draft.actor.end)) : .none
      }
      return
    }
    if var v = left {
      if let outer = verbOutsideRelative(v, start, low) { v = outer }
      if !counts(quantity), let owner = ownerBehindRelative(v, start, low) ?? ownLabel(v, start, low) {
        draft.actor = owner
        draft.procedure = .figureNominal
        return
      }
      if let earlier = changeFrom(index, v) {
        draft.action = earlier.action
        draft.actor = earlier.actor
        draft.procedure = .figureObject
        return
      }
      // "naik menjadi Rp 10.000", "naik dari 5 menjadi 6": the change governs.
      if has(v, .copula), has(v, .intransitive), let change = changeBefore(v, low) { v = change }
      draft.action = TokenSpan(v, verbEnd(v))
      draft.procedure = .figureObject
      let agent =
        has(v, .passive) && !words.isAgentless(v, text)
        ? agent(after: verbEnd(v), high: start) : .none
      // "Rina gemar menyanyi, tidak ada satu konser …": what there is has no subject in the piece before.
      let isApart =
        text.classes[v].intersects(words.existential) && has(beforeVerbPhrase(v, low: low), .comma)
        && (verbEnd(v)..<start).allSatisfy { has($0, [.adverb, .amount]) }
      draft.actor = !agent.isNone ? agent : isApart ? .none : subject(of: v, low: low)
      if draft.actor.isNone, has(v, .passive) {
        // "diamankan pula sabu sebanyak 30 bungkus"
        var k = verbEnd(v)
        while k < start, has(k, .adverb), !has(k, .amount) { k += 1 }
        if k > verbEnd(v), !has(k, [.preposition, .relative, .and]) { draft.actor = nounPhrase(from: k, high: start) }
      }
      if has(v, .copula), draft.actor.isNone || isExistential(v) {
        let amount = amountNoun(start, low, index)
        draft.actor = amount.isNone ? draft.actor : amount
      }
      return
    }
    if let comparison = comparison(before: start, low) {
      draft.action = comparison
      draft.procedure = .figureObject
      draft.actor = subject(of: Int(comparison.start), low: low)
      return
    }
    if let right {
      draft.action = TokenSpan(right.verb, verbEnd(right.verb))
      draft.procedure = .figureSubject
      if has(right.verb, .passive), !words.isAgentless(right.verb, text) {
        draft.actor = agent(after: verbEnd(right.verb), high: high)
      }
      if draft.actor.isNone { draft.actor = amountNoun(start, low, index) }
      if draft.actor.isNone { draft.actor = nounBeforeBracket(start, low) }
      return
    }
    draft.procedure = .figureNominal
    draft.actor = nominal(start, low, index)
  }

  /// Whether the verb behind a number tells what is done, not what the counted things are like.
  private func isAdjacentAction(_ right: (verb: Int, isAdjacent: Bool)) -> Bool {
    right.isAdjacent && !says(.attributive, at: right.verb)
      && !(has(right.verb, .adjective) && text.classes[right.verb - 1].intersects(words.degree))
  }

  /// Whose a share or amount in a bracket is: `Sebagian WARGA (60 persen) menolak`; none behind a noun that is itself counted.
  private func nounBeforeBracket(_ start: Int, _ low: Int) -> TokenSpan {
    var k = start - 1
    while k > low, has(k, [.adverb, .amount]) { k -= 1 }
    guard k > low, text.kind[k] == TokenKind.openParen else { return .none }
    let noun = nounPhrase(before: k, low: low)
    guard !noun.isNone, Int(noun.end) == k,
      noun.start == low || !has(Int(noun.start) - 1, [.quantity, .preposition])
    else { return .none }
    return noun
  }

  /// Whether the relative clause of the verb at `v` is over before `start`: `sumbangan yang mencapai 5 persen ITU hanya 8 persen`.
  private func isClosed(_ v: Int, _ start: Int, _ low: Int) -> Bool {
    var k = start - 1
    while k > v, has(k, [.adverb, .amount]) { k -= 1 }
    return k > v + 1 && has(k, .demonstrative) && text.quantityIn[k - 1] >= 0 && relative(before: v, low: low) != nil
  }

  /// Whose an amount is that a copula or amount word ties to a noun, though a verb stands in that noun's relative clause: `JUMLAH yang
  /// harus dibayarkan adalah Rp 70.000`, `NILAI proyek yang dibangun di Bogor sebesar Rp 2 triliun`.
  private func ownerBehindRelative(_ v: Int, _ start: Int, _ low: Int) -> TokenSpan? {
    guard let mark = relative(before: v, low: low), !has(mark - 1, .comma) else { return nil }
    var k = start - 1
    while k > v, has(k, [.adverb, .amount]) { k -= 1 }
    let end = verbEnd(v)
    // Nothing between "meninggal dunia" and "sebesar": the verb's own amount.
    guard k >= end else { return nil }
    let isTied =
      has(k, .copula) && !isVerb(k)
      || k < start - 1 && !has(v, .active)
        && (end...k).contains { has($0, .preposition) && preposition(at: $0)?.sense.isBy != true }
    guard isTied, (end...k).allSatisfy({ !has($0, [.comma, .hardMark, .quantity]) }) else { return nil }
    let owner = nounPhrase(before: mark, low: low)
    return owner.isNone ? nil : owner
  }

  /// The verb whose amount stands behind a relative clause in its object: `MENYETOR kepada bank yang berkantor di Solo sebesar Rp 8 juta`.
  private func verbOutsideRelative(_ v: Int, _ start: Int, _ low: Int) -> Int? {
    guard let mark = relative(before: v, low: low), !has(mark - 1, .comma), verbEnd(v) < start - 1 else { return nil }
    // "MENEMUKAN barang milik korban yang tewas, antara lain dua telepon": a list behind the relative.
    if text.quantityAt[start] >= 0, counts(text.quantities[Int(text.quantityAt[start])]),
      let comma = (verbEnd(v)..<start - 1).last(where: { has($0, .comma) }),
      has(comma + 1, .connective) || has(comma + 1, .copula) && !isVerb(comma + 1),
      let outer = verb(before: mark, low: low), has(outer, .active), !has(outer, .copula),
      relative(before: outer, low: low) == nil,
      !(outer..<comma).contains(where: { has($0, [.comma, .quantity]) && !has($0, .entity) })
    {
      return outer
    }
    guard has(start - 1, .amount), !has(v, .active) else { return nil }
    guard let outer = verb(before: mark, low: low), relative(before: outer, low: low) == nil,
      !(outer..<mark).contains(where: { has($0, [.comma, .quantity, .clause]) && !has($0, [.entity, .preposition]) })
    else { return nil }
    return outer
  }

  /// The noun directly before an amount that begins a piece of its own and points back: `Pabrik berada di Bogor, LUASNYA 10 hektare`.
  private func ownLabel(_ v: Int, _ start: Int, _ low: Int) -> TokenSpan? {
    var k = start - 1
    while k > v, has(k, [.adverb, .amount]) || has(k, .copula) && !isVerb(k) { k -= 1 }
    guard k > v + 1, !isVerb(k), has(k, .adverb) == false, endsInClitic(k) else { return nil }
    let label = nounPhrase(before: k + 1, low: v + 1)
    guard !label.isNone, Int(label.end) == k + 1, Int(label.start) > v + 1 else { return nil }
    let before = Int(label.start) - 1
    return has(before, [.comma, .clause]) || has(before, .copula) && !isVerb(before) ? label : nil
  }

  /// Whether the number counts something that is named, with more than a classifier.
  private func counts(_ quantity: Quantity) -> Bool {
    quantity.kind == .count && !quantity.item.isNone && quantity.item != quantity.classifier
  }

  /// Who acts where the number stands in the verb phrase: `KITA sudah | dua kali bertemu`, `Budi mengaku sudah empat kali datang`.
  private func subjectBeforeAuxiliary(_ start: Int, _ low: Int) -> TokenSpan {
    var k = start - 1
    while k >= low, has(k, [.adverb, .auxiliary]), !has(k, [.amount, .entity]), !isVerb(k) { k -= 1 }
    guard (k + 1..<start).contains(where: { has($0, .auxiliary) }) else { return .none }
    guard k < low else {
      guard
        at(k).isDisjoint(with: [.comma, .hardMark, .quote, .and, .date, .preposition, .quantity]) || has(k, .entity)
      else { return .none }
      let phrase = nounPhrase(before: k + 1, low: low)
      let before = Int(phrase.start) - 1
      // "ratusan orang bahkan bisa ribuan", "kalau tidak salah baru lima kali"
      return phrase.isNone || before >= low && has(before, [.preposition, .quantity, .negation]) ? .none : phrase
    }
    guard statementOf[start] >= 0 else { return .none }
    let statement = statements[Int(statementOf[start])]
    return !statement.isQuoted && Int(statement.content.start) == k + 1 && statement.cue.end == statement.content.start
      && statement.speaker.end <= statement.cue.start ? statement.speaker : .none
  }

  /// The noun phrase to which a preposition ties the number that begins at `start`: `PEMBAHASAN di | tujuh daerah selesai`; not the
  /// thing that another number counts (`35 keluarga dengan 95 jiwa`).
  private func headOfPreposition(before start: Int, _ low: Int) -> TokenSpan {
    guard start - 1 > low, has(start - 1, .preposition), !has(start - 1, [.adverb, .amount, .determiner, .clause])
    else { return .none }
    let phrase = head(before: start - 1, low)
    guard !phrase.isNone, phrase.start == low || !has(Int(phrase.start) - 1, .quantity) else { return .none }
    return phrase
  }

  /// The figure of the list member before: `30 poin, ENAM assist dan DUA rebound`, `5 poin atau 0,2 persen`.
  private func earlierMember(of index: Int, _ low: Int) -> PredicateDraft? {
    guard index > 0, let earlier = figures.last, Int(earlier.anchor) == index - 1 else { return nil }
    var k = Int(text.quantities[index].span.start) - 1
    // "€ 90 juta atau setara Rp 1,4 triliun"
    while k >= low, has(k, [.adverb, .amount, .adjective]), text.quantityIn[k] < 0 { k -= 1 }
    let isBracketed = text.kindAt(k) == TokenKind.openParen
    var joined = isBracketed
    if isBracketed { k -= 1 }
    while k >= low, !isBracketed, has(k, [.comma, .and]), !has(k, .entity) {
      joined = true
      k -= 1
    }
    guard joined, k >= low, endsQuantity(k, index - 1) else { return nil }
    return earlier
  }

  /// Whether the phrase of quantity `q` ends with token `k`: its item, a place behind it (`59 kapal Vietnam`), a bracket, its rate.
  func endsQuantity(_ k: Int, _ q: Int) -> Bool {
    let quantity = text.quantities[q]
    var k = k
    if k >= Int(quantity.span.end), text.entityIn[k] >= 0 {
      k = Int(text.entities[Int(text.entityIn[k])].span.start) - 1
    }
    guard k >= Int(quantity.span.end) - 1 else { return false }
    let end = endOfPhrase(quantity, count)
    return k == end - 1 || k == Int(quantity.span.end) - 1 || (!quantity.per.isNone && k == Int(quantity.per.end) - 1)
  }

  private func isCounted(_ quantity: Quantity) -> Bool {
    quantity.kind == .count || !quantity.item.isNone
  }

  /// Name and amount behind those of the list member before: `Harga solar ditetapkan Rp 6.000 dan HARGA BENSIN Rp 7.000`.
  ///
  /// Only where the verb of the member before takes no object: `menyita 5 kg sabu dan uang Rp 7.000` is one list of objects.
  private func ownName(of index: Int, _ low: Int) -> (action: TokenSpan, actor: TokenSpan)? {
    guard index > 0, let earlier = figures.last, Int(earlier.anchor) == index - 1 else { return nil }
    let quantity = text.quantities[index]
    let before = text.quantities[index - 1]
    guard quantity.kind == before.kind, !isCounted(before) || earlier.procedure == .figureNominal else { return nil }
    let v = Int(earlier.action.start)
    // Shares are of those who have them, whatever they do: `Budi menyumbang 21 persen, RINA 22 persen`.
    guard
      earlier.action.isNone || quantity.kind == .percent
        || (has(v, [.passive, .intransitive, .stative, .copula]) && !has(v, .active))
    else {
      return nil
    }
    var k = Int(quantity.span.start) - 1
    while k >= low, has(k, [.adverb, .amount]) || text.kind[k] == TokenKind.openParen { k -= 1 }
    guard k >= low, at(k).isDisjoint(with: [.comma, .hardMark, .quote, .preposition, .clause]) || has(k, .entity) else {
      return nil
    }
    let name = nounPhrase(before: k + 1, low: low)
    guard !name.isNone else { return nil }
    var p = Int(name.start) - 1
    guard p >= low, has(p, [.comma, .and]), !has(p, .entity) else { return nil }
    while p >= low, has(p, [.comma, .and]) { p -= 1 }
    if text.kindAt(p) == TokenKind.closeParen { p -= 1 }
    guard p >= low, endsQuantity(p, index - 1) else { return nil }
    return (earlier.action, name)
  }

  /// `mengantongi surplus senilai`: behind a transitive verb, a root that could be a verb is its object.
  private func governor(_ left: Int?, _ low: Int) -> Int? {
    guard let v = left, v - 1 >= low, has(v, [.intransitive, .stative]), !has(v, [.active, .passive, .copula]),
      isVerb(v - 1), has(v - 1, .active), !has(v - 1, [.auxiliary, .speech, .intransitive]),
      let match = longestMatch(at: v, of: words.verb),
      let entry = verbsByState.value(match.state, { words.verb(at: $0) })
    else { return left }
    let root = words.lexicon.cellBytes(EntryID(raw: entry), "root")
    guard let base = root.baseAddress, WordHash.folded(base, root.count) == text.hash[v] else { return left }
    return v - 1
  }

  /// `lebih tinggi 4,53 persen`: an adjective with its degree governs.
  private func comparison(before start: Int, _ low: Int) -> TokenSpan? {
    var k = start - 1
    while k > low, has(k, [.adverb, .amount]), !has(k, .adjective) { k -= 1 }
    // "paling rendah Rp 585": a limit, no predicate.
    guard k > low, has(k, .adjective), has(k - 1, .adverb), !has(k - 1, .determiner), !says(.superlative, at: k - 1)
    else { return nil }
    return TokenSpan(k - 1, k + 1)
  }

  func isExistential(_ v: Int) -> Bool { has(v, .copula) && has(v, .stative) }

  /// The token behind the quantity, its item, and a bracket with its share.
  private func endOfPhrase(_ quantity: Quantity, _ high: Int) -> Int {
    var end = Int(quantity.span.end)
    if !quantity.classifier.isNone { end = max(end, Int(quantity.classifier.end)) }
    if !quantity.item.isNone { end = max(end, Int(quantity.item.end)) }
    // An item that swallowed its verb: "satu korban meninggal".
    while end > Int(quantity.span.end) + 1, isVerb(end - 1) { end -= 1 }
    // "satu korban meninggal dunia": a verb of two words.
    if end > Int(quantity.span.end) + 2, isVerb(end - 2), verbEnd(end - 2) == end { end -= 2 }
    end = min(end, high)
    if text.kindAt(end) == TokenKind.openParen {
      var k = end
      while k < high, k - end < 8, text.kind[k] != TokenKind.closeParen { k += 1 }
      if k < high, text.kind[k] == TokenKind.closeParen { end = k + 1 }
    }
    return end
  }

  /// Whether nothing of the clause stands before the quantity but amount words, adverbs and conjunctions.
  private func beginsClause(_ start: Int, _ low: Int) -> Bool {
    var k = start - 1
    while k >= low, has(k, [.adverb, .amount, .determiner, .auxiliary]), !isVerb(k) { k -= 1 }
    return k < low || opensPlaceClause(k - 1) || has(k, [.comma, .hardMark, .quote, .and, .clause, .connective, .date])
  }

  /// Whether a transitive verb stands directly before the quantity: its object, whatever follows.
  private func isDirectObject(_ start: Int, _ left: Int?, _ low: Int) -> Bool {
    guard let left, has(left, [.active, .passive]) else { return false }
    var k = start - 1
    while k > left, has(k, [.adverb, .amount, .determiner]) { k -= 1 }
    return k == left
  }

  /// The nearest verb before the quantity; commas may lie between (a list), other clauses not.
  private func verbBefore(_ start: Int, _ low: Int, _ index: Int) -> Int? {
    var k = start - 1
    var earlier = index - 1
    // "menabrak mobil bernomor genap senilai Rp 3 miliar": what a noun is like governs only the number beside it.
    var attribute: Int?
    var isBehindComma = false
    while k >= low {
      if let open = openParen(closedAt: k, low: low) {
        k = open - 1
        continue
      }
      if has(k, .comma) { isBehindComma = true }
      if has(k, [.quote]) || opensPlaceClause(k) { return attribute }
      if has(k, .hardMark) {
        // "(74,3%)": the bracket around the number itself.
        guard text.kind[k] == TokenKind.openParen, start - k <= 3 else { return attribute }
      } else if has(k, .clause), !has(k, [.preposition, .relative, .copula, .amount, .purpose]), !has(k, .entity),
        !isAdverb(k)
      {
        return attribute
      } else if k < start - 1, opensClause(k), preposition(at: k)?.sense.isBy == true {
        // "membaik karena harga solar | Rp 5.000": of the reason, not of the verb before it.
        return attribute
      } else if k < start - 1, isVerb(k), says(.attributive, at: k) {
        attribute = attribute ?? k
      } else if isVerb(k), isBehindComma, cites(k), has(k, .passive) || relative(before: k, low: low) == nil {
        // "Dilansir dari Antara, | dua orang": who is cited does nothing with the number.
        return attribute
      } else if isVerb(k), !isAgentNoun(k) {
        while earlier >= 0, Int(text.quantities[earlier].span.start) > k { earlier -= 1 }
        // "tiga rebound dan lima assist": what is counted is no verb.
        guard earlier >= 0, Int(text.quantities[earlier].item.start) == k, !text.quantities[earlier].item.isNone,
          Int(text.quantities[earlier].span.end) == k
        else { return k }
      } else if has(k, .relative), isVerbless(from: k + 1, to: start) {
        return nil
      }
      k -= 1
    }
    return attribute
  }

  /// Whether the verb at `k` names the source of what follows: `mengutip`, `merujuk data`.
  private func cites(_ k: Int) -> Bool {
    guard has(k, .speech), let form = cue(at: k)?.cue.form else { return false }
    return form == .citation || form == .source
  }

  /// `menghentikan SEMENTARA tiga proyek`: a conjunction that is an adverb directly behind its verb.
  private func isAdverb(_ k: Int) -> Bool { has(k, .adverb) && isVerb(k - 1) }

  /// `dipicu oleh SURPLUS sektor pangan`: behind the preposition of an agent stands a noun.
  func isAgentNoun(_ k: Int) -> Bool {
    has(k - 1, .preposition) && !has(k, [.active, .passive]) && preposition(at: k - 1)?.sense.isBy == true
  }

  /// `UMP Jakarta yang sebesar Rp 4 juta`: nothing but amount words behind the relative.
  private func isVerbless(from: Int, to: Int) -> Bool {
    from < to && to - from < 4 && (from..<to).allSatisfy { has($0, [.adverb, .amount]) && !isVerb($0) }
  }

  /// The verb that the quantity's phrase is the subject of.
  private func verbAfter(
    _ end: Int, _ high: Int, _ index: Int, overCommas: Bool, _ low: Int
  ) -> (verb: Int, isAdjacent: Bool)? {
    var k = end
    var isAdjacent = true
    var comma: Int?
    var next = index + 1
    var inRelative: Int?
    while k < high, k - end < 40 {
      if isVerb(k) {
        // ", demikian dilansir laman itu": who is cited has said it all.
        if inRelative == nil, has(k, .speech), cue(at: k)?.cue.form == .citation { break }
        // "Panen sebesar 70 ribu ton, merosot 6 persen", "40 kursi dan tersedia kipas": that verb has a clause of its own.
        // "82 juta, dan diperkirakan BISA mencapai 90 juta"
        if inRelative == nil, !overCommas,
          isJoined(k - 1) || isJoined(beforeVerbPhrase(k, low: end)) || governsQuantity(k, behind: comma)
        {
          return nil
        }
        if inRelative == nil {
          let opens = comma.map({ opensClause(behind: $0, verb: k, overCommas) && !isWhereabouts($0, k) }) == true
          return opens ? nil : (lastOfChain(k, high), isAdjacent)
        }
        if inRelative == -1 {
          inRelative = k
        } else if !has(k - 1, [.purpose, .and, .preposition, .comma]), k != (inRelative ?? 0) + 1 {
          return (k, false)
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
        guard inRelative == nil else { break }
        // "35 keluarga dengan 95 jiwa dilaporkan mengungsi": the verb of a list stands behind its last member.
        while next < text.quantities.count, Int(text.quantities[next].span.start) < k { next += 1 }
        var joint = k - 1
        while joint >= end, has(joint, [.adverb, .amount]) { joint -= 1 }
        guard next < text.quantities.count, Int(text.quantities[next].span.start) == k, joint >= end,
          has(joint, .and) || (overCommas && has(joint, .comma))
            || preposition(at: joint).map({
              $0.sense.isTo && !$0.sense.place && !$0.sense.time || $0.sense.isFrom && joint == end
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
        // ", saat indeks turun": a clause of its own follows.
        if has(k + 1, .clause), !has(k + 1, .copula) { break }
      }
      if b.contains(.hardMark) {
        guard text.kind[k] == TokenKind.openParen || text.kind[k] == TokenKind.closeParen else {
          break
        }
      }
      if b.contains(.relative) {
        inRelative = -1
        isAdjacent = false
      } else if b.contains(.clause), !b.contains(.copula),
        !b.contains(.preposition) || opensClause(k) && opensVerb(k + 1)
      {
        break
      } else if b.contains(.purpose) {
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

  /// Whether the number that begins at `start` stands in a phrase with a preposition that opens the clause: `Dari | 20 pelamar`, `Dengan
  /// luas 5 hektare`.
  private func isFronted(_ start: Int, _ low: Int) -> Bool {
    var k = start - 1
    while k >= low, start - k < 5, !has(k, .preposition) || has(k, [.amount, .adverb, .determiner]) {
      guard !isVerb(k), at(k).isDisjoint(with: [.comma, .hardMark, .quote, .and, .clause, .date, .relative, .entity])
      else { return false }
      k -= 1
    }
    guard k >= low, has(k, .preposition), !has(k, [.amount, .adverb, .determiner]) else { return false }
    k -= 1
    while k >= low, has(k, [.connective, .preposition]), !has(k, .entity) { k -= 1 }
    return k < low || has(k, .comma)
  }

  private func isJoined(_ k: Int) -> Bool { has(k, .and) && !has(k, .entity) }

  /// Whether the bracket that closes at `k` holds the number of quantity `index`.
  private func closesOwnBracket(_ k: Int, _ index: Int) -> Bool {
    openParen(closedAt: k, low: 0).map { $0 < Int(text.quantities[index].span.start) } == true
  }

  /// `harga Rp 5.000 karena | sudah NAIK`: whether nothing stands between token `i` and a verb.
  private func opensVerb(_ i: Int) -> Bool {
    var k = i
    while k - i < 4, has(k, [.auxiliary, .negation, .adverb]), !isVerb(k) { k += 1 }
    return isVerb(k)
  }

  /// Whether the verb at `v` stands directly behind a comma and before an amount of its own.
  private func governsQuantity(_ v: Int, behind comma: Int?) -> Bool {
    guard let comma, comma == v - 1 else { return false }
    var k = verbEnd(v)
    while has(k, [.adverb, .amount]) || preposition(at: k)?.sense.isFrom == true, k - v < 5 { k += 1 }
    return has(k, .quantity)
  }

  /// Whether token `k` joins two members of a list of quantities.
  private func isJoint(_ k: Int) -> Bool {
    guard has(k, [.and, .comma, .amount]) else { return false }
    var i = k + 1
    while has(i, [.and, .adverb, .amount]), i - k < 4 { i += 1 }
    return has(i, .quantity)
  }

  /// `dilaporkan | hilang`, `diduga | tewas`: what is reported governs, not the report.
  private func lastOfChain(_ v: Int, _ high: Int) -> Int {
    var last = v
    while has(last, .passive) {
      let next = verbEnd(last)
      // "tertimbun longsor": behind such a passive stands a noun.
      guard next < high, isVerb(next), !has(next, .copula), has(next, .active) || !words.isAgentless(last, text) else {
        break
      }
      last = next
    }
    return last
  }

  /// Whether the comma before the verb at `v` stands between two places and nothing else: `warga Depok, JAWA BARAT diduga tewas`.
  private func isWhereabouts(_ comma: Int, _ v: Int) -> Bool {
    func isPlace(_ k: Int) -> Bool {
      text.entityIn[k] >= 0 && text.entities[Int(text.entityIn[k])].label == .location
    }
    guard comma > 0, isPlace(comma - 1), isPlace(comma + 1) else { return false }
    return beforeVerbPhrase(v, low: comma) < Int(text.entities[Int(text.entityIn[comma + 1])].span.end)
  }

  /// Whether the piece behind a comma has a subject of its own for the verb: `pada satu waktu, SURVEI bersifat`.
  private func opensClause(from s: Int, verb: Int) -> Bool {
    guard s < verb, !(s..<verb).contains(where: { has($0, [.and, .quantity, .relative]) && !has($0, .entity) }) else {
      return false
    }
    return !firstPhrase(from: s, high: beforeVerbPhrase(verb, low: s) + 1).isNone
  }

  /// The same behind a comma, which `dan` may follow where the number does not begin its clause: `10 kali lebih cepat, dan RINA menjelaskan`.
  private func opensClause(behind comma: Int, verb: Int, _ overCommas: Bool) -> Bool {
    let s = comma + 1
    let joins = !overCommas && has(s, .and) && has(s + 1, [.entity, .pronoun, .connective])
    return opensClause(from: joins ? s + 1 : s, verb: verb)
  }

  /// The figure of the number before, when the verb at `v` says to what that changed: `menaikkan pajak rokok dari 8 persen MENJADI 9`.
  private func changeFrom(_ index: Int, _ v: Int) -> PredicateDraft? {
    guard index > 0, has(v, .copula), has(v, .intransitive), let earlier = figures.last,
      Int(earlier.anchor) == index - 1, earlier.procedure == .figureObject, !earlier.action.isNone
    else { return nil }
    let before = text.quantities[index - 1]
    let from = Int(before.span.start) - 1
    guard Int(earlier.action.start) < from, preposition(at: from)?.sense.isFrom == true, !has(from, .adverb) else {
      return nil
    }
    var k = endOfPhrase(before, v)
    while k < v, has(k, [.adverb, .preposition, .date]), !has(k, .entity) { k += 1 }
    return k == v ? earlier : nil
  }

  private func changeBefore(_ v: Int, _ low: Int) -> Int? {
    guard let earlier = verb(before: v, low: low), !(has(earlier, .stative) && has(earlier, .adjective))
    else { return nil }
    var k = earlier + 1
    while k < v {
      if text.quantityAt[k] >= 0 {
        k = max(k + 1, endOfPhrase(text.quantities[Int(text.quantityAt[k])], v))
        continue
      }
      guard has(k, [.quantity, .preposition, .adverb, .auxiliary, .and, .date]) else { return nil }
      k += 1
    }
    return earlier
  }

  /// `kerugian sebesar Rp 1 miliar`: the noun before the amount word.
  private func amountNoun(_ start: Int, _ low: Int, _ index: Int) -> TokenSpan {
    var k = start - 1
    var found = false
    while k >= low, has(k, [.adverb, .amount]) {
      found = found || has(k, .amount)
      k -= 1
    }
    guard found, k >= low else { return .none }
    return head(before: beforeMeasure(k, index) + 1, low)
  }

  /// The noun phrase that ends before `end`; of one that a preposition ties to another, that one: `perbaikan jalan | di Bogor`,
  /// `sumbangan pertanian | terhadap ekonomi`; `rumah dengan luas` is of its own.
  private func head(before end: Int, _ low: Int) -> TokenSpan {
    let phrase = nounPhrase(before: end, low: low)
    guard !phrase.isNone else { return phrase }
    for at in [Int(phrase.start) - 1, Int(phrase.start) - 2] where at >= low && has(at, .preposition) {
      guard let found = preposition(at: at), found.end == Int(phrase.start), !has(at, [.determiner, .amount]) else {
        continue
      }
      let joinsClauses = has(at, .clause) && !has(at, .purpose) || found.sense.time && !found.sense.place
      guard !joinsClauses, !found.sense.isTo || found.sense.place else { return phrase }
      let head = at > low ? nounPhrase(before: at, low: low) : .none
      return head.isNone && found.sense.isBy ? phrase : head
    }
    return phrase
  }

  /// The noun that a figure without a verb is of: `harga tiket Rp 30 ribu`, `PT X (12,5 persen)`, `yakni 20 persen`.
  private func nominal(_ start: Int, _ low: Int, _ index: Int) -> TokenSpan {
    if isPartOfPhrase(start, low, text.quantities[index]) { return .none }
    var k = start - 1
    while k >= low,
      has(k, [.adverb, .amount, .copula, .comma, .preposition, .auxiliary, .date])
        || has(k, .negation) && has(k + 1, .adverb)
        || has(k, .adjective) && k > low && says(.superlative, at: k - 1)
        || text.kind[k] == TokenKind.openParen
        || text.kind[k] == TokenKind.colon || (has(k, .relative) && isVerbless(from: k + 1, to: start))
    {
      k -= 1
    }
    guard k >= low, !has(k, [.hardMark, .quote]) || k < start - 1 && bracketsWords(k, low), !opensPlaceClause(k - 1)
    else { return .none }
    k = beforeMeasure(k, index)
    let phrase = head(before: k + 1, low)
    // "59 kapal Vietnam, 22 kapal Filipina": what the number before counts is another member of the list.
    guard index > 0, !phrase.isNone, !text.quantities[index - 1].item.isNone,
      text.quantities[index - 1].item.range.contains(Int(phrase.start))
    else { return phrase }
    return .none
  }

  /// Whether the counted things are part of a phrase whose head is something else: `daftar SEPULUH pantai terindah`, `jalan-jalan di
  /// TIGA tempat`; not behind a name (`Bogor 10 kasus baru`) nor where the number says how much of the noun there is (`tim 35 orang`).
  private func isPartOfPhrase(_ start: Int, _ low: Int, _ quantity: Quantity) -> Bool {
    guard counts(quantity), start > low else { return false }
    let p = start - 1
    if has(p, .preposition), !has(p, [.adverb, .amount, .determiner, .copula, .clause]) { return true }
    guard text.kind[p] == TokenKind.word, !text.isCapitalized(p) || p == low,
      !endsInClitic(p) || p > low && has(p - 1, .preposition),
      at(p).isDisjoint(with: [
        .entity, .date, .quantity, .adverb, .amount, .copula, .comma, .hardMark, .and, .auxiliary, .relative, .pronoun,
      ])
    else { return false }
    let end = endOfPhrase(quantity, count)
    return quantity.item.count > 1
      || !has(end, [.comma, .hardMark, .quote, .and, .amount, .quantity]) && text.sentenceOf[end] == text.sentenceOf[p]
  }

  /// Whether a bracket without a number closes at `k`: `Toleransi kesalahan (margin of error) 2 persen`.
  private func bracketsWords(_ k: Int, _ low: Int) -> Bool {
    guard let open = openParen(closedAt: k, low: low) else { return false }
    return (open..<k).allSatisfy { text.quantityIn[$0] < 0 }
  }

  /// The token before the measure that ends with token `k`: `Kontainer 20 kaki 138 dolar`, `Mobil 7 unit senilai Rp 3 miliar`.
  private func beforeMeasure(_ k: Int, _ index: Int) -> Int {
    guard index > 0 else { return k }
    let before = text.quantities[index - 1]
    guard before.kind == .measure || !before.classifier.isNone || before.item.isNone, endsQuantity(k, index - 1),
      before.item.isNone || before.item == before.classifier, before.span.start > 0
    else { return k }
    let noun = Int(before.span.start) - 1
    return text.isWord(noun) && text.sentenceOf[noun] == text.sentenceOf[k] && !isVerb(noun)
      && at(noun).isDisjoint(with: [.preposition, .clause, .adverb, .amount, .and]) ? noun : k
  }

  // MARK: place and time

  /// The preposition that makes the entity a place where something is or happens, and the number of tokens between them.
  private func placeGap(_ index: Int, low: Int) -> (gap: Int, preposition: Int)? {
    let entity = text.entities[index]
    guard entity.label != .person else { return nil }
    var k = Int(entity.span.start) - 1
    var n = 0
    var counted = false
    while k >= low, n < 4 {
      if var found = preposition(at: k), found.end >= k + 1, found.sense.place {
        // "sekitar 120 merek asli Indonesia": about how many, not where.
        if counted, has(k, .adverb) { return nil }
        // "dari | arah Bogor"
        if k > low, let longer = preposition(at: k - 1), longer.end == found.end { (found, k) = (longer, k - 1) }
        if isInConnective(k, found.end) { return nil }
        // "kereta tujuan Bogor": what a noun is for.
        if found.sense.relation == .none, !found.sense.isTo { return nil }
        // "pabrik asal China", "penerbangan dari Malaysia": where something comes from.
        if found.sense.isFrom, !departs(before: k, low: low) { return nil }
        // "dalam serangan AS di Palu": behind a noun of its own the place only says whose; "pada wilayah Suriah" says where.
        if n > 0, found.sense.time || found.sense.actor,
          !text.classes[Int(entity.span.start) - 1].intersects(words.placeHead)
        {
          return nil
        }
        if entity.label == .organization {
          // "dirawat di RSUD Sleman": a body is a place right behind the verb; one in a house also behind what is counted
          // ("lima orang di RSUD Sleman") and where it opens its clause.
          guard n == 0, found.sense.relation == .at, !found.sense.time else { return nil }
          if isVerb(k - 1) { return (n, k) }
          guard text.classes[Int(entity.span.start)].intersects(words.placeHead) else { return nil }
          let opens = k <= low || has(k - 1, [.comma, .and, .quote, .hardMark, .purpose, .connective])
          return opens || self.quantity(endingAt: k) != nil ? (n, k) : nil
        }
        return found.sense.actor && n > 1 ? nil : (n, k)
      }
      if has(k, [.comma, .hardMark, .quote, .relative, .and, .entity, .copula, .date]) || isVerb(k) { return nil }
      counted = counted || has(k, .quantity)
      k -= 1
      n += 1
    }
    return nil
  }

  private func isPlace(_ span: TokenSpan) -> Bool {
    guard !span.isNone, text.entityAt[Int(span.start)] >= 0 else { return false }
    let entity = text.entities[Int(text.entityAt[Int(span.start)])]
    return entity.label == .location && entity.span == span
  }

  /// `antara lain`: the preposition is the beginning of a connective.
  private func isInConnective(_ k: Int, _ end: Int) -> Bool {
    guard let match = text.matchRange(at: k).last.map({ text.matches[$0] }), Int(match.end) > end else { return false }
    return has(k, .connective)
  }

  /// `Ribuan orang memadati Monas`: the place that an active verb takes as its object.
  private func objectPlace(_ action: TokenSpan) -> TokenSpan {
    var next = Int(action.end)
    // "mengguncang wilayah Tuban"
    if !action.isNone, next + 1 < count, text.classes[next].intersects(words.placeHead), text.entityIn[next] < 0 {
      next += 1
    }
    guard !action.isNone, has(Int(action.start), .active), next < count, text.entityAt[next] >= 0 else { return .none }
    let entity = text.entities[Int(text.entityAt[next])]
    return entity.label == .location ? entity.span : .none
  }

  /// The place nearest to the figure or verb at `q`: behind it first, then before it.
  func place(near q: Int, _ scope: TokenSpan) -> TokenSpan {
    var best = TokenSpan.none
    var bestCost = Self.farthest
    sumCosts(text.sentenceOf[q])
    let (high, others) = otherMembers(q, scope)
    var i = text.nextEntity(Int(scope.start), high)
    while i < high {
      guard text.entityAt[i] >= 0, text.quantityIn[i] < 0, !others.contains(i) else {
        i = text.nextEntity(i + 1, high)
        continue
      }
      let index = Int(text.entityAt[i])
      let entity = text.entities[index]
      if let found = placeGap(index, low: Int(scope.start)) {
        var cost = distance(from: q, to: i) + found.gap
        if entity.label == .organization { cost += 6 }
        if cost < bestCost, !isInOtherRelative(i, q, scope), !isElsewhere(found.preposition, i, q, scope) {
          best = entity.span
          bestCost = cost
        }
      }
      i = text.nextEntity(max(i + 1, Int(entity.span.end)), high)
    }
    return best
  }

  /// Where places belong to other members of the list that the figure at `q` is in: behind the next member, when a place
  /// stands before it (`delapan di Jalan Melati, | enam di Jalan Mawar`), and between the two members before.
  private func otherMembers(_ q: Int, _ scope: TokenSpan) -> (high: Int, before: Range<Int>) {
    let low = Int(scope.start)
    var (high, others) = (Int(scope.end), 0..<0)
    guard text.quantityAt[q] >= 0 else { return (high, others) }
    let index = Int(text.quantityAt[q])
    if index + 1 < text.quantities.count {
      let next = Int(text.quantities[index + 1].span.start)
      let first = Int(text.quantities[index].span.end)
      if next < high, next > first, next - first < Self.farthest, has(next - 1, [.comma, .and]),
        (first..<next).contains(where: { has($0, .placePreposition) })
      {
        high = next
      }
    }
    if index > 1 {
      let before = Int(text.quantities[index - 1].span.start)
      let first = Int(text.quantities[index - 2].span.start)
      if first >= low, first < before, has(before - 1, [.comma, .and]) { others = first..<before }
    }
    return (high, others)
  }

  /// Whether `i` stands in a relative clause that `q` is not in and that does not belong to its noun: `penumpang yang menuju
  /// Stasiun Senen naik 5 persen`.
  private func isInOtherRelative(_ i: Int, _ q: Int, _ scope: TokenSpan) -> Bool {
    let low = max(Int(scope.start), i - 40)
    guard let governor = verb(before: i, low: low), let mark = relative(before: governor, low: low) else {
      return false
    }
    if i < q {
      // Another verb between closes the clause; "pertandingan yang digelar di Bogor ini ditonton": there that happens, too.
      return verb(before: q, low: i) != nil && !(says(.held, at: governor) && Int(verbEnd(governor)) == i - 1)
    }
    // Behind the figure: its own noun's clause, unless a verb stands between.
    return mark > q && verb(before: mark, low: q) != nil
  }

  /// Beyond this distance a place or date belongs to something else.
  static let farthest = 60

  /// Tokens between, more before the figure; clause borders and other figures weigh more.
  private func distance(from q: Int, to i: Int) -> Int {
    let between = Int(abs(cost[i] &- cost[q]))
    guard text.quantityAt[q] >= 0 else { return i > q ? between : between + 4 }
    return i > q ? between - 6 : between + 4
  }

  /// Whether a date is part of a name: `Piala AFF 2016`, `IHPS II Tahun 2019`, `Nomor 78 Tahun 2015`.
  func isInName(_ index: Int) -> Bool {
    let date = text.dates[index]
    if date.kind == .date, modifiesSubject(date) || isTerm(date) { return true }
    guard date.kind == .date, date.value.count == 4 || date.value.count == 9, date.value[0] <= 0x39 else {
      return false
    }
    let before = Int(date.span.start) - 1
    guard before >= 0, text.sentenceOf[before] >= 0, text.gap[before + 1] <= TokenGap.line else {
      return false
    }
    if text.kind[before] == TokenKind.slash || text.kind[before] == TokenKind.openParen {
      return true
    }
    // "Liga Pelajar Asia Tenggara (LPAT) 2015"
    if text.isNumber(Int(date.span.start)), let open = openParen(closedAt: before, low: Int(sentence(before).start)),
      open > 0, isName[open - 1] || text.entityIn[open - 1] >= 0 && text.entityIn[open + 1] >= 0
    {
      return true
    }
    let endsInYear = text.isNumber(Int(date.span.end) - 1)
    if text.kind[before] == TokenKind.number, text.quantityIn[before] < 0, endsInYear { return true }
    // "nomor 10p tahun 2018"
    if before > 0, text.kind[before - 1] == TokenKind.number, text.attached(before), endsInYear {
      return true
    }
    // "Piala Presiden tahun ini": words that point to now are no part of the name; "juara Piala Presiden 2010 ini" is.
    let isDeictic = !endsInYear && !text.isNumber(Int(date.span.start))
    return isName[before] && text.dateIn[before] < 0 && !isDeictic
  }

  /// `Ketua PSSI periode 2012-2016`: years of office behind a name or title.
  private func isTerm(_ date: DateExpression) -> Bool {
    let start = Int(date.span.start)
    for first in [start - 1, start - 2] where first > 0 {
      guard let match = longestMatch(at: first, of: words.term), Int(match.end) == start else { continue }
      return !has(first - 1, [.preposition, .comma]) && !isVerb(first - 1)
    }
    return false
  }

  /// Whether a date is what the figure or event is compared with: `dibanding ekspor April 2015`. Not for a figure in the
  /// relative behind it: `dibanding Januari yang senilai 1,4 juta`.
  func isCompared(_ index: Int, with q: Int?) -> Bool {
    let span = text.dates[index].span
    let start = Int(span.start)
    if let q, q >= Int(span.end), q - Int(span.end) < 8, has(Int(span.end), .relative) { return false }
    var k = start - 1
    // "ketimbang kuartal III | 2014": compared together.
    if k >= 0, text.dateIn[k] >= 0, text.sentenceOf[k] == text.sentenceOf[start] {
      k = Int(text.dates[Int(text.dateIn[k])].span.start) - 1
    }
    if q == nil, isRecord(before: k, text.dates[index].kind) { return true }
    // "naik 5 persen dari tahun lalu"
    if let found = preposition(at: k), found.sense.isFrom, let q = q ?? quantity(endingAt: k), k > q,
      text.quantityAt[q] >= 0, k == endOfQuantity(q), preposition(at: Int(span.end))?.sense.relation != .until
    {
      var v = q - 1
      while v > 0, has(v, [.adverb, .amount]), !says(.change, at: v) { v -= 1 }
      if v >= 0, says(.change, at: v), text.sentenceOf[v] == text.sentenceOf[q] { return true }
    }
    // "meningkat dari tahun 2014 (1,7 juta)"
    if k > 0, let found = preposition(at: k), found.sense.isFrom, says(.change, at: k - 1),
      preposition(at: Int(span.end))?.sense.relation != .until,
      q != Int(span.end) + 1 || text.kindAt(Int(span.end)) != TokenKind.openParen
    {
      return true
    }
    while k >= 0, start - k <= 7, text.sentenceOf[k] == text.sentenceOf[start] {
      if text.classes[k].intersects(words.comparison) { return true }
      if isVerb(k) || has(k, [.comma, .quantity, .hardMark, .quote, .date]) { return false }
      k -= 1
    }
    return false
  }

  /// `TERTINGGI sejak | 2012`, `kali PERTAMA dalam | lima tahun`: the time at whose preposition `k` is says since when there was nothing
  /// like it, not when something happened.
  private func isRecord(before k: Int, _ kind: DateExpression.Kind) -> Bool {
    guard k > 1, has(k, .timePreposition), let sense = preposition(at: k)?.sense, !sense.isFrom,
      sense.relation == .since || kind == .duration && sense.relation != .until
    else { return false }
    if says(.superlative, at: k - 1) || says(.superlative, at: k - 2) && has(k - 1, .adjective) { return true }
    for p in [k - 1, k - 2] where text.quantityIn[p] >= 0 {
      return text.quantities[Int(text.quantityIn[p])].kind == .ordinal
    }
    return false
  }

  /// Where the quantity begins that ends before token `k` with its item.
  private func quantity(endingAt k: Int) -> Int? {
    for i in stride(from: k - 1, through: max(0, k - 4), by: -1) where text.quantityIn[i] >= 0 {
      let start = Int(text.quantities[Int(text.quantityIn[i])].span.start)
      return endOfQuantity(start) == k ? start : nil
    }
    return nil
  }

  /// Whether digits stand directly behind the noun that opens the clause: `Angkatan 1966 dikenang`, `Peristiwa 30 September`.
  private func modifiesSubject(_ date: DateExpression) -> Bool {
    let start = Int(date.span.start)
    guard text.isNumber(start), start > 0, text.sentenceOf[start - 1] == text.sentenceOf[start] else {
      return false
    }
    guard
      at(start - 1).isDisjoint(with: [
        .entity, .date, .quantity, .preposition, .comma, .hardMark, .quote, .adverb, .clause,
      ]),
      text.isWord(start - 1), !isVerb(start - 1)
    else { return false }
    let low = Int(sentence(start).start)
    return start - low <= 4 && verb(before: start, low: low) == nil
  }

  /// The date nearest to `q` that states when: the fuller one of an apposition, the first one of a span.
  func time(near q: Int, _ scope: TokenSpan) -> Int? {
    var best: Int?
    var bestCost = Self.farthest
    var only: Int?
    var rate: Int?
    var eligible = 0
    sumCosts(text.sentenceOf[q])
    let end = text.quantityAt[q] >= 0 ? endOfQuantity(q) : q
    if let bracketed = bracketedYear(at: end) { return bracketed }
    let high = Int(scope.end)
    var i = text.nextDate(Int(scope.start), high)
    while i < high {
      guard text.dateAt[i] >= 0 else {
        i = text.nextDate(i + 1, high)
        continue
      }
      let index = Int(text.dateAt[i])
      // The time of what is said is none of a number outside it.
      let isApart = statementOf[i] >= 0 && statementOf[q] < 0
      if !isDateTaken[index] || statementOf[i] >= 0, !isApart, !isInName(index), !isCompared(index, with: q),
        text.dates[index].kind != .duration || isSpan(index, of: q, scope), !isOtherTime(i, q, scope)
      {
        if isRate(index) {
          // Only where nothing else says when.
          if i >= end, i - end <= 1 { rate = index }
          i = text.nextDate(max(i + 1, Int(text.dates[index].span.end)), high)
          continue
        }
        if text.dates[index].kind == .date || text.dates[index].kind == .time {
          only = index
          eligible += 1
        }
        let cost = distance(from: q, to: i)
        if cost < bestCost {
          best = index
          bestCost = cost
        }
      }
      i = text.nextDate(max(i + 1, Int(text.dates[index].span.end)), high)
    }
    // The only date of the sentence is every figure's, however far.
    guard let best = best ?? (eligible == 1 ? only : nil) ?? rate else { return nil }
    return chosen(best, scope)
  }

  /// The date of the amount at `q` with which another one is compared: `dibandingkan harga pada JUMAT senilai Rp 1 juta`.
  private func comparedDate(_ q: Int, _ low: Int) -> Int? {
    guard has(q - 1, .amount) else { return nil }
    var k = q - 2
    guard k > low, text.dateIn[k] >= 0 else { return nil }
    let date = Int(text.dateIn[k])
    k = Int(text.dates[date].span.start) - 1
    while k > low, q - k < 16 {
      if text.classes[k].intersects(words.comparison) { return date }
      if isVerb(k) || has(k, [.comma, .quantity, .hardMark, .quote, .date, .relative]) { return nil }
      k -= 1
    }
    return nil
  }

  /// Whether a length of time says when something was counted: `selama 3 hari`, `dalam dua hari terakhir`, `sejak setahun`, and
  /// not how long something lasts (`bertahan 2 hari`), how old it is, or what one is sentenced to.
  private func isSpan(_ index: Int, of q: Int, _ scope: TokenSpan) -> Bool {
    let date = text.dates[index]
    let start = Int(date.span.start)
    // "tiga hari terakhir": its days are known.
    let isDated = date.from != nil || date.to != nil
    if isDated { return true }
    guard spansTime(before: start, low: Int(scope.start)) || start == Int(scope.start) else { return false }
    return !isInOtherRelative(start, q, scope)
  }

  /// The token behind the number and its unit, item or rate.
  func endOfQuantity(_ q: Int) -> Int {
    let quantity = text.quantities[Int(text.quantityAt[q])]
    return max(Int(quantity.span.end), quantity.item.isNone ? 0 : Int(quantity.item.end))
  }

  /// `Rp 758 miliar (2014)`
  private func bracketedYear(at open: Int) -> Int? {
    guard text.kindAt(open) == TokenKind.openParen, let index = dateIndex(at: open + 1),
      text.dates[index].kind == .date,
      text.dates[index].value.count == 4, text.kindAt(Int(text.dates[index].span.end)) == TokenKind.closeParen
    else { return nil }
    return index
  }

  /// `100 orang per hari`: how often, not when.
  private func isRate(_ index: Int) -> Bool {
    text.dates[index].kind == .set && text.classes[Int(text.dates[index].span.start)].intersects(words.preposition)
  }

  private func chosen(_ index: Int, _ scope: TokenSpan) -> Int {
    let span = text.dates[index].span
    // "hari ini, Jumat (23/6)": the fuller one.
    if has(Int(span.end), .comma), let next = dateIndex(at: Int(span.end) + 1),
      text.dates[next].span.count > span.count
    {
      return next
    }
    // "sejak Kamis hingga Rabu": the first one.
    var k = Int(span.start) - 1
    if k > Int(scope.start), let found = preposition(at: k), found.sense.relation == .until {
      k -= 1
      if let earlier = dateIndex(at: k), k >= Int(scope.start) { return earlier }
    }
    return index
  }

  /// The time of what is said where it opens the sentence and is not when it was said: `SAAT INI Kuncoro mengaku melayani 350 pelanggan`,
  /// `Sejak 2010, kata dia, jumlahnya mencapai 700 orang`, `Sampai akhir tahun, Melati menargetkan 20 cabang`.
  private func timeBeforeStatement(_ at: Int) -> Int? {
    guard statementOf[at] >= 0, !statements[Int(statementOf[at])].isQuoted else { return nil }
    let statement = statements[Int(statementOf[at])]
    let low = Int(sentence(at).start)
    var k = low
    while k < at, text.dateAt[k] < 0 {
      // "Untuk gedung baru tahun ini"
      let isInPhrase =
        k > low && k - low < 5 && has(low, .preposition) && !isVerb(k) && !has(k, [.comma, .hardMark, .quote])
      guard has(k, [.preposition, .adverb, .connective, .and, .comma]) || isInPhrase else { return nil }
      k += 1
    }
    guard k < at, text.sentenceOf[k] == text.sentenceOf[at], statementOf[k] < 0 else { return nil }
    let index = Int(text.dateAt[k])
    let date = text.dates[index]
    // PRESENT_REF
    if date.kind == .date, date.value.count > 2, date.value[0] == 0x50, date.value[1] == 0x52 { return index }
    guard date.kind != .set, !isInName(index), !isCompared(index, with: at) else { return nil }
    let verb = verb(before: Int(statement.content.start), low: Int(date.span.end))
    guard verb == nil || statement.cue.range.contains(verb ?? -1) else { return nil }
    let relation = k > low ? preposition(at: k - 1)?.sense.relation : nil
    if !statement.time.isNone { return relation == .until || relation == .since || has(low, .purpose) ? index : nil }
    return relation != nil || has(low, .preposition) ? index : nil
  }

  /// Place and time from the sentence before, in the same paragraph, when it sets the scene: when the figure's sentence
  /// takes up a word of it (`Kebakaran terjadi di Keagungan. Kebakaran menghanguskan 112 rumah`).
  private func setScene(_ at: Int, _ scope: TokenSpan, _ isOfPlace: Bool, _ draft: inout PredicateDraft) {
    guard statementOf[at] < 0, draft.place.isNone || draft.time.isNone else { return }
    let s = Int(text.sentenceOf[at])
    guard s > 0, !isDateline(s - 1) else { return }
    let previous = text.sentences[s - 1]
    let p = Int(previous.start)
    guard text.sentenceOf[p] >= 0, paragraphOf[p] == paragraphOf[at], statementOf[p] < 0,
      takesUp(draft, previous) || pointsBack(s)
    else { return }
    let scene = TokenSpan(p, min(Int(previous.end), p + Self.reach))
    let verb = mainVerb(scene) ?? p
    if draft.place.isNone, !isOfPlace {
      let place = place(near: verb, scene)
      if !place.isNone, !isInRelative(Int(place.start), p) { draft.place = place }
    }
    if draft.time.isNone, let date = time(near: verb, scene), !isInRelative(Int(text.dates[date].span.start), p) {
      draft.time = text.dates[date].span
      draft.date = Int32(date)
    }
  }

  /// `Melati, pabrik yang berdiri di Bogor, …`: what a relative clause tells sets no scene.
  private func isInRelative(_ i: Int, _ low: Int) -> Bool {
    verb(before: i, low: low).map { relative(before: $0, low: low) != nil } ?? false
  }

  /// `Akibat peristiwa itu, …`, `Dalam kecelakaan tersebut …`: the sentence opens with what the one before told.
  private func pointsBack(_ s: Int) -> Bool {
    let start = Int(text.sentences[s].start)
    guard has(start, [.preposition, .clause]), !has(start, .entity) else { return false }
    for k in (start + 1)..<(start + 4) {
      if has(k, .demonstrative) { return k > start + 1 }
      if has(k, [.comma, .entity, .quantity, .date]) || isVerb(k) { return false }
    }
    return false
  }

  private func mainVerb(_ sentence: TokenSpan) -> Int? {
    sentence.range.first { $0 < count && isVerb($0) && relative(before: $0, low: Int(sentence.start)) == nil }
  }

  /// Whether the actor repeats a noun of the sentence before, or points to it: `Kebakaran terjadi kemarin. Kebakaran itu menghanguskan 112
  /// rumah`. Of a name or a person the text goes on to tell something else: `Rudi pindah pada 2014. Ia mencetak 25 gol`.
  private func takesUp(_ draft: PredicateDraft, _ previous: TokenSpan) -> Bool {
    guard !draft.actor.isNone else {
      // "Rinciannya 8 peti apel, 3 peti jeruk"
      let item = text.quantities[Int(draft.anchor)].item
      return draft.procedure == .figureNominal && !item.isNone && repeats(Int(item.start), previous)
    }
    if has(Int(draft.actor.end), .demonstrative) { return true }
    return !has(Int(draft.actor.start), [.entity, .pronoun]) && repeats(Int(draft.actor.start), previous)
  }

  private func repeats(_ i: Int, _ previous: TokenSpan) -> Bool {
    let word = text.hash[i]
    return word != 0 && previous.range.prefix(Self.reach).contains { $0 < count && text.hash[$0] == word }
  }

  // MARK: source

  private func source(_ at: Int, _ scope: TokenSpan) -> TokenSpan {
    if statementOf[at] >= 0 {
      let statement = statements[Int(statementOf[at])]
      return statement.speaker.isNone ? statement.outlet : statement.speaker
    }
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
