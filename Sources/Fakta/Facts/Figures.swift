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
    govern(quantity, scope, &draft)
    draft.place = place(near: at, scope)
    if draft.place.isNone, draft.procedure == .figureSubject { draft.place = objectPlace(draft.action) }
    if let date = time(near: at, scope) {
      draft.time = text.dates[date].span
      draft.date = Int32(date)
    }
    setScene(at, scope, &draft)
    draft.source = source(at, scope)
    return draft
  }

  // MARK: the verb

  private func govern(_ quantity: Quantity, _ scope: TokenSpan, _ draft: inout PredicateDraft) {
    let low = Int(scope.start)
    let high = Int(scope.end)
    let start = Int(quantity.span.start)
    let end = endOfPhrase(quantity, high)
    let left = verbBefore(start, low)
    let right = verbAfter(end, high)
    let beginsClause = beginsClause(start, low)
    if let right, right.isAdjacent, beginsClause || left == nil, !isDirectObject(start, left, low) {
      draft.action = TokenSpan(right.verb, verbEnd(right.verb))
      draft.procedure = .figureSubject
      if has(right.verb, .passive), !words.isAgentless(right.verb, text) {
        draft.actor = agent(after: verbEnd(right.verb), high: high)
      }
      let amount = amountNoun(start, low)
      if !amount.isNone { draft.actor = amount }
      return
    }
    if var v = left {
      // "naik menjadi Rp 10.000", "naik dari 5 menjadi 6": the change governs.
      if has(v, .copula), has(v, .intransitive), let change = changeBefore(v, low) { v = change }
      draft.action = TokenSpan(v, verbEnd(v))
      draft.procedure = .figureObject
      let agent =
        has(v, .passive) && !words.isAgentless(v, text)
        ? agent(after: verbEnd(v), high: start) : .none
      draft.actor = agent.isNone ? subject(of: v, low: low) : agent
      if has(v, .copula), draft.actor.isNone || isExistential(v) {
        let amount = amountNoun(start, low)
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
      return
    }
    draft.procedure = .figureNominal
    draft.actor = nominal(start, low)
  }

  /// `lebih tinggi 4,53 persen`: an adjective with its degree governs.
  private func comparison(before start: Int, _ low: Int) -> TokenSpan? {
    var k = start - 1
    while k > low, has(k, [.adverb, .amount]), !has(k, .adjective) { k -= 1 }
    guard k > low, has(k, .adjective), has(k - 1, .adverb), !has(k - 1, .determiner) else { return nil }
    return TokenSpan(k - 1, k + 1)
  }

  private func isExistential(_ v: Int) -> Bool { has(v, .copula) && has(v, .stative) }

  /// The token behind the quantity, its item, and a bracket with its share.
  private func endOfPhrase(_ quantity: Quantity, _ high: Int) -> Int {
    var end = Int(quantity.span.end)
    if !quantity.classifier.isNone { end = max(end, Int(quantity.classifier.end)) }
    if !quantity.item.isNone { end = max(end, Int(quantity.item.end)) }
    // An item that swallowed its verb: "satu korban meninggal".
    while end > Int(quantity.span.end) + 1, isVerb(end - 1) { end -= 1 }
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
    return k < low || has(k, [.comma, .hardMark, .quote, .and, .clause, .connective, .date])
  }

  /// Whether a transitive verb stands directly before the quantity: its object, whatever follows.
  private func isDirectObject(_ start: Int, _ left: Int?, _ low: Int) -> Bool {
    guard let left, has(left, [.active, .passive]) else { return false }
    var k = start - 1
    while k > left, has(k, [.adverb, .amount, .determiner]) { k -= 1 }
    return k == left
  }

  /// The nearest verb before the quantity; commas may lie between (a list), other clauses not.
  private func verbBefore(_ start: Int, _ low: Int) -> Int? {
    var k = start - 1
    while k >= low {
      if let open = openParen(closedAt: k, low: low) {
        k = open - 1
        continue
      }
      if has(k, [.quote]) { return nil }
      if has(k, .hardMark) {
        // "(74,3%)": the bracket around the number itself.
        guard text.kind[k] == TokenKind.openParen, start - k <= 3 else { return nil }
      } else if has(k, .clause), !has(k, [.preposition, .relative, .copula, .amount, .purpose]), !has(k, .entity) {
        return nil
      } else if isVerb(k) {
        return k
      }
      k -= 1
    }
    return nil
  }

  /// The verb that the quantity's phrase is the subject of.
  private func verbAfter(_ end: Int, _ high: Int) -> (verb: Int, isAdjacent: Bool)? {
    var k = end
    var isAdjacent = true
    var inRelative: Int?
    while k < high, k - end < 40 {
      if isVerb(k) {
        if inRelative == nil { return (k, isAdjacent) }
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
      if !b.isDisjoint(with: [.quote, .quantity]) { break }
      if b.contains(.hardMark) {
        guard text.kind[k] == TokenKind.openParen || text.kind[k] == TokenKind.closeParen else {
          break
        }
      }
      if b.contains(.relative) {
        inRelative = -1
        isAdjacent = false
      } else if b.contains(.clause), !b.contains(.preposition), !b.contains(.copula) {
        break
      } else if b.contains(.purpose) {
        break
      }
      if b.isDisjoint(with: [.auxiliary, .negation, .adverb, .demonstrative]) { isAdjacent = false }
      k += 1
    }
    if let v = inRelative, v >= 0 { return (v, false) }
    return nil
  }

  private func changeBefore(_ v: Int, _ low: Int) -> Int? {
    guard let earlier = verb(before: v, low: low), !(has(earlier, .stative) && has(earlier, .adjective))
    else { return nil }
    var k = earlier + 1
    while k < v {
      guard has(k, [.quantity, .preposition, .adverb, .auxiliary, .and]) else { return nil }
      k += 1
    }
    return earlier
  }

  /// `kerugian sebesar Rp 1 miliar`: the noun before the amount word.
  private func amountNoun(_ start: Int, _ low: Int) -> TokenSpan {
    var k = start - 1
    var found = false
    while k >= low, has(k, [.adverb, .amount]) {
      found = found || has(k, .amount)
      k -= 1
    }
    guard found, k >= low else { return .none }
    return nounPhrase(before: k + 1, low: low)
  }

  /// The noun that a figure without a verb is of: `harga tiket Rp 30 ribu`, `PT X (12,5 persen)`, `yakni 20 persen`.
  private func nominal(_ start: Int, _ low: Int) -> TokenSpan {
    var k = start - 1
    while k >= low,
      has(k, [.adverb, .amount, .copula, .comma, .preposition, .auxiliary, .date])
        || text.kind[k] == TokenKind.openParen
        || text.kind[k] == TokenKind.colon
    {
      k -= 1
    }
    guard k >= low, !has(k, [.hardMark, .quote]) else { return .none }
    return nounPhrase(before: k + 1, low: low)
  }

  // MARK: place and time

  /// Whether a preposition makes the entity a place where something is or happens; the number of tokens between them, else nil.
  func placeGap(_ index: Int, low: Int) -> Int? {
    let entity = text.entities[index]
    guard entity.label != .person else { return nil }
    var k = Int(entity.span.start) - 1
    var n = 0
    while k >= low, n < 4 {
      if let found = preposition(at: k), found.end >= k + 1, found.sense.place {
        if entity.label == .organization {
          // "dirawat di RSUD Sleman": a body is a place right behind the verb.
          return n == 0 && found.sense.relation == .at && !found.sense.time && isVerb(k - 1) ? n : nil
        }
        return found.sense.actor && n > 1 ? nil : n
      }
      if has(k, [.comma, .hardMark, .quote, .relative, .and, .entity]) || isVerb(k) { return nil }
      k -= 1
      n += 1
    }
    return nil
  }

  /// `Ribuan orang memadati Monas`: the place that an active verb takes as its object.
  private func objectPlace(_ action: TokenSpan) -> TokenSpan {
    let next = Int(action.end)
    guard !action.isNone, has(Int(action.start), .active), next < count, text.entityAt[next] >= 0 else { return .none }
    let entity = text.entities[Int(text.entityAt[next])]
    return entity.label == .location ? entity.span : .none
  }

  /// The place nearest to the figure or verb at `q`: behind it first, then before it.
  func place(near q: Int, _ scope: TokenSpan) -> TokenSpan {
    var best = TokenSpan.none
    var bestCost = Self.farthest
    var i = Int(scope.start)
    while i < Int(scope.end) {
      guard text.entityAt[i] >= 0 else {
        i += 1
        continue
      }
      let index = Int(text.entityAt[i])
      let entity = text.entities[index]
      if let gap = placeGap(index, low: Int(scope.start)) {
        var cost = distance(from: q, to: i) + gap
        if entity.label == .organization { cost += 6 }
        if cost < bestCost, !isInOtherRelative(i, q, scope) {
          best = entity.span
          bestCost = cost
        }
      }
      i = max(i + 1, Int(entity.span.end))
    }
    return best
  }

  /// Whether `i` stands in a relative clause that `q` is not in and that does not belong to its noun: `penumpang yang menuju
  /// Stasiun Senen naik 5 persen`.
  private func isInOtherRelative(_ i: Int, _ q: Int, _ scope: TokenSpan) -> Bool {
    let low = max(Int(scope.start), i - 40)
    guard let governor = verb(before: i, low: low), let mark = relative(before: governor, low: low) else {
      return false
    }
    if i < q {
      // Another verb between closes the clause.
      return verb(before: q, low: i) != nil
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
    if date.kind == .date, modifiesSubject(date) { return true }
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
    let endsInYear = text.isNumber(Int(date.span.end) - 1)
    if text.kind[before] == TokenKind.number, text.quantityIn[before] < 0, endsInYear { return true }
    // "nomor 10p tahun 2018"
    if before > 0, text.kind[before - 1] == TokenKind.number, text.attached(before), endsInYear {
      return true
    }
    return isName[before] && text.dateIn[before] < 0
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
    var i = Int(scope.start)
    while i < Int(scope.end) {
      guard text.dateAt[i] >= 0 else {
        i += 1
        continue
      }
      let index = Int(text.dateAt[i])
      if !isDateTaken[index] || statementOf[i] >= 0, !isInName(index) {
        let cost = distance(from: q, to: i)
        if cost < bestCost {
          best = index
          bestCost = cost
        }
      }
      i = max(i + 1, Int(text.dates[index].span.end))
    }
    guard let best else { return nil }
    return chosen(best, scope)
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

  /// Place and time from the sentence before, in the same paragraph, when it sets the scene: when the figure's sentence
  /// takes up a word of it (`Kebakaran terjadi di Keagungan. Kebakaran menghanguskan 112 rumah`).
  private func setScene(_ at: Int, _ scope: TokenSpan, _ draft: inout PredicateDraft) {
    guard statementOf[at] < 0, draft.place.isNone || draft.time.isNone else { return }
    let s = Int(text.sentenceOf[at])
    guard s > 0, !isDateline(s - 1) else { return }
    let previous = text.sentences[s - 1]
    let p = Int(previous.start)
    guard text.sentenceOf[p] >= 0, paragraphOf[p] == paragraphOf[at], statementOf[p] < 0,
      takesUp(draft, previous)
    else { return }
    let scene = TokenSpan(p, min(Int(previous.end), p + Self.reach))
    let verb = mainVerb(scene) ?? p
    if draft.place.isNone { draft.place = place(near: verb, scene) }
    if draft.time.isNone, let date = time(near: verb, scene) {
      draft.time = text.dates[date].span
      draft.date = Int32(date)
    }
  }

  private func mainVerb(_ sentence: TokenSpan) -> Int? {
    sentence.range.first { $0 < count && isVerb($0) && relative(before: $0, low: Int(sentence.start)) == nil }
  }

  /// Whether the actor repeats a word of the sentence before, or points to it.
  private func takesUp(_ draft: PredicateDraft, _ previous: TokenSpan) -> Bool {
    guard !draft.actor.isNone else { return false }
    if has(Int(draft.actor.end), .demonstrative) || has(Int(draft.actor.start), .pronoun) { return true }
    let word = text.hash[Int(draft.actor.start)]
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
