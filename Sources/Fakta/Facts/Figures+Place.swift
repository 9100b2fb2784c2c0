/// Where it was: the place of the clause, or of a sentence before that sets the scene.
extension FactContext {
  /// Beyond this distance a place or date belongs to something else.
  static let farthest = 60

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
          // "pindah ke PSG", "melapor ke KPU": whom one joins or turns to is no place.
          if isVerb(k - 1), !found.sense.isTo { return (n, k) }
          guard text.classes[Int(entity.span.start)].intersects(words.placeHead) else { return nil }
          if isVerb(k - 1) { return (n, k) }
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

  func isPlace(_ span: TokenSpan) -> Bool {
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
  func objectPlace(_ action: TokenSpan) -> TokenSpan {
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
    // "Di Jawa, …": where the sentence opens with a place, it holds however far the figure is.
    var opening = TokenSpan.none
    sumCosts(text.sentenceOf[q])
    let (high, others) = otherMembers(q, scope)
    var i = text.nextEntity(Int(scope.start), high)
    while i < high {
      // The place of what is said is none of a number outside it.
      let isApart = text.quantityAt[q] >= 0 && statementOf[i] >= 0 && statementOf[q] < 0
      guard text.entityAt[i] >= 0, text.quantityIn[i] < 0, !others.contains(i), !isApart else {
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
        if cost >= Self.farthest, best.isNone, opening.isNone, opens(found.preposition, Int(scope.start)) {
          opening = entity.span
        }
      }
      i = text.nextEntity(max(i + 1, Int(entity.span.end)), high)
    }
    return best.isNone ? opening : best
  }

  /// Whether nothing but connectives stands before `p`, not before `low`.
  private func opens(_ p: Int, _ low: Int) -> Bool {
    (low..<max(low, p)).allSatisfy { has($0, [.connective, .and, .comma, .adverb]) && !has($0, .entity) }
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
  func isInOtherRelative(_ i: Int, _ q: Int, _ scope: TokenSpan) -> Bool {
    let low = max(Int(scope.start), i - 40)
    guard let governor = verb(before: i, low: low), let mark = relative(before: governor, low: low) else {
      return false
    }
    if i < q {
      // Another verb between closes the clause; "pertandingan yang digelar di Bogor ini ditonton": there that happens, too.
      return verb(before: q, low: i) != nil && !isHeld(governor, at: i)
    }
    // Behind the figure: its own noun's clause, unless a verb stands between; "terluka dalam ledakan yang TERJADI di Bogor".
    guard mark > q, let between = verb(before: mark, low: q) else { return false }
    return !has(between, .stative) || !isHeld(governor, at: i)
  }

  /// Whether the verb at `v` says that something is held or happens at the place or date that begins at `i`: `digelar di | Bogor`,
  /// `terjadi di wilayah | Bogor`.
  private func isHeld(_ v: Int, at i: Int) -> Bool {
    guard says(.held, at: v) else { return false }
    let k = text.classes[i - 1].intersects(words.placeHead) && text.entityIn[i - 1] < 0 ? i - 1 : i
    return verbEnd(v) == k - 1
  }

  /// Tokens between, more before the figure; clause borders and other figures weigh more.
  func distance(from q: Int, to i: Int) -> Int {
    let between = Int(abs(cost[i] &- cost[q]))
    guard text.quantityAt[q] >= 0 else { return i > q ? between : between + 4 }
    return i > q ? between - 6 : between + 4
  }

  /// Whether a date is part of a name: `Piala AFF 2016`, `IHPS II Tahun 2019`, `Nomor 78 Tahun 2015`.
  func isInName(_ index: Int) -> Bool {
    let date = text.dates[index]
    if opensSentence(date) { return false }
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
    // "di Toronto 30 tahun lalu": so are those that count from now.
    let first = Int(date.span.start)
    let isDeictic = !endsInYear && !(text.isNumber(first) && text.end[first] - text.start[first] == 4)
    // "lahir di Toronto tahun 1990": a place behind its preposition has no year in its name.
    if text.isWord(first), text.entityIn[before] >= 0 {
      let place = text.entities[Int(text.entityIn[before])]
      if place.label == .location, has(Int(place.span.start) - 1, .placePreposition) { return false }
    }
    return isName[before] && text.dateIn[before] < 0 && !isDeictic
  }

  /// `Pada Pemilu Raya 2014, Melati meraih 20 kursi`: the year of what opens the sentence says when.
  private func opensSentence(_ date: DateExpression) -> Bool {
    let low = Int(sentence(Int(date.span.start)).start)
    var k = Int(date.span.start) - 1
    guard has(Int(date.span.end), .comma), has(low, .timePreposition), !has(low, .entity), k > low, k - low < 7,
      preposition(at: low)?.sense.relation == .at
    else { return false }
    while k > low, text.isCapitalized(k), !isPerson(k), text.kind[k] == TokenKind.word { k -= 1 }
    return k == low
  }

  /// Place and time from the sentence before, in the same paragraph, when it sets the scene: when the figure's sentence
  /// takes up a word of it (`Kebakaran terjadi di Keagungan. Kebakaran menghanguskan 112 rumah`).
  func setScene(_ at: Int, _ scope: TokenSpan, _ isOfPlace: Bool, _ draft: inout PredicateDraft) {
    guard statementOf[at] < 0, draft.place.isNone || draft.time.isNone else { return }
    let s = Int(text.sentenceOf[at])
    guard s > 0, !isDateline(s - 1) else { return }
    let previous = text.sentences[s - 1]
    let p = Int(previous.start)
    guard text.sentenceOf[p] >= 0, paragraphOf[p] == paragraphOf[at], statementOf[p] < 0 else { return }
    let isSame = takesUp(draft, previous) || pointsBack(s)
    let isPointed = isSame || pointsBack(behind: draft)
    guard isPointed || isOutcome(draft, s) else {
      shareScene(at, isOfPlace, &draft)
      if draft.time.isNone { goOn(at, s, &draft) }
      return
    }
    let scene = TokenSpan(p, min(Int(previous.end), p + Self.reach))
    let verb = mainVerb(scene) ?? p
    // "DIRAWAT di rumahnya": it says itself where.
    if draft.place.isNone, !isOfPlace, isSame || !statesPlace(behind: Int(draft.action.end)) {
      var place = place(near: verb, scene)
      // "Banjir melanda DEPOK"
      if place.isNone, !isSame { place = objectPlace(TokenSpan(verb, verbEnd(verb))) }
      if !place.isNone, setsScene(Int(place.start), p, evenSaid: isPointed) { draft.place = place }
    }
    if draft.time.isNone, let date = time(near: verb, scene),
      setsScene(Int(text.dates[date].span.start), p, evenSaid: isPointed),
      // "Kini", "selama dua hari" are no day.
      isSame || !text.dates[date].isPresentOrPast && text.dates[date].kind != .duration
    {
      draft.time = text.dates[date].span
      draft.date = Int32(date)
    }
  }

  /// `Sebanyak 12 rumah rusak dan 30 WARGA mengungsi`: what the sentence before says of the first figure holds for those after it.
  private func shareScene(_ at: Int, _ isOfPlace: Bool, _ draft: inout PredicateDraft) {
    guard let earlier = figures.last, earlier.anchor == draft.anchor - 1 else { return }
    let before = Int(text.quantities[Int(earlier.anchor)].span.start)
    guard text.sentenceOf[before] == text.sentenceOf[at],
      !(before..<at).contains(where: {
        (says(.contrast, at: $0) || has($0, [.relative, .clause]) && !has($0, .copula)) && !has($0, .entity)
      })
    else { return }
    let start = text.sentences[Int(text.sentenceOf[at])].start
    if draft.place.isNone, !isOfPlace, !earlier.place.isNone, earlier.place.start < start {
      draft.place = earlier.place
    }
    if draft.time.isNone, !earlier.time.isNone, earlier.time.start < start {
      draft.time = earlier.time
      draft.date = earlier.date
    }
  }

  /// `Pada Mei harga beras naik 5 persen. Sementara harga gula turun 3 PERSEN`: a sentence that sets a figure of the same kind against one of
  /// the sentence before has its time.
  private func goOn(_ at: Int, _ s: Int, _ draft: inout PredicateDraft) {
    let low = Int(text.sentences[s].start)
    // "Sedangkan", "Sementara itu"; not "Namun".
    guard says(.contrast, at: low), has(low, [.connective, .adverb]), !has(Int(draft.action.start) - 1, .negation),
      !(low..<at).contains(where: { has($0, .date) })
    else { return }
    let previous = text.sentences[s - 1]
    let kind = text.quantities[Int(draft.anchor)].kind
    guard
      let earlier = figures.last(where: {
        let start = text.quantities[Int($0.anchor)].span.start
        return start < previous.end && !$0.time.isNone
      }), text.quantities[Int(earlier.anchor)].span.start >= previous.start, earlier.time.start >= previous.start,
      text.quantities[Int(earlier.anchor)].kind == kind, earlier.date >= 0,
      text.dates[Int(earlier.date)].kind == .date || text.dates[Int(earlier.date)].kind == .time
    else { return }
    draft.time = earlier.time
    draft.date = earlier.date
  }

  /// Whether what is told at `i` sets a scene: not in a relative clause (`Melati, pabrik yang berdiri di Bogor, …`); what somebody only
  /// says (`Gubernur meminta warga di Bogor waspada`) does where the sentence behind points back to it.
  private func setsScene(_ i: Int, _ low: Int, evenSaid: Bool) -> Bool {
    guard evenSaid || statementOf[i] < 0 else { return false }
    return verb(before: i, low: low).map { relative(before: $0, low: low) == nil } ?? true
  }

  /// `Akibat peristiwa itu, …`, `Dalam kecelakaan tersebut …`: the sentence opens with what the one before told.
  private func pointsBack(_ s: Int) -> Bool {
    let start = Int(text.sentences[s].start)
    // "Kala itu 12 warga tewas"
    if text.dateAt[start] >= 0, text.classes[start].intersects(words.preposition) {
      let date = text.dates[Int(text.dateAt[start])]
      return date.span.count == 2 && date.isPast
    }
    guard has(start, [.preposition, .clause]), !has(start, .entity) else { return false }
    if opensWithFollowUp(start) { return true }
    for k in (start + 1)..<(start + 4) {
      if has(k, .demonstrative) { return k > start + 1 }
      if has(k, [.comma, .entity, .quantity, .date]) || isVerb(k) { return false }
    }
    return false
  }

  /// `Saat diperiksa, …`, `Dari tangan pelaku, …`, `Saat penggeledahan, …`: the sentence goes on with what the one before told, though nothing
  /// points to it.
  private func opensWithFollowUp(_ start: Int) -> Bool {
    guard let found = preposition(at: start), cue(at: start)?.cue.form != .setting else { return false }
    let next = found.end
    guard next + 1 < count else { return false }
    if found.sense.isFrom {
      return [next, next + 1].contains {
        (text.classes[$0].intersects(words.people) || has($0, .pronoun)) && !has($0, [.entity, .quantity, .determiner])
          && ($0 == next || isNoun(next, first: true) && text.isWord(next) && !text.isCapitalized(next))
      }
    }
    guard found.sense.time, found.sense.relation == .at, !has(next, [.entity, .quantity, .date, .determiner]) else {
      return false
    }
    if isVerb(next) { return has(next, .passive) && !has(next, .speech) }
    return text.isWord(next) && isNoun(next, first: true) && has(next + 1, .comma)
  }

  /// `12 orang tewas DALAM KECELAKAAN ITU`: the same behind the verb or the number.
  private func pointsBack(behind draft: PredicateDraft) -> Bool {
    let quantity = text.quantities[Int(draft.anchor)]
    let from = max(endOfPhrase(quantity, count), Int(draft.action.end))
    let sentence = text.sentenceOf[Int(quantity.span.start)]
    var k = from
    while k < count, k - from < 14, text.sentenceOf[k] == sentence,
      at(k).isDisjoint(with: [.comma, .hardMark, .quote, .and, .quantity]) || has(k, .entity)
    {
      if has(k, .preposition), !has(k, .entity), let found = preposition(at: k) {
        if namesEvent(found) { return true }
        k = max(k + 1, found.end)
      } else {
        k += 1
      }
    }
    return false
  }

  /// `dalam | kecelakaan itu`, `akibat | gempa tersebut`
  private func namesEvent(_ found: (sense: FactWords.PrepositionSense, end: Int)) -> Bool {
    guard !found.sense.isTo, !found.sense.isFrom, found.sense.time || !found.sense.place,
      found.sense.relation != .until
    else { return false }
    var k = found.end
    while k < count, k - found.end < 4, !has(k, .demonstrative) {
      guard isNoun(k, first: k == found.end), text.entityIn[k] < 0, text.dateIn[k] < 0 else { return false }
      k += 1
    }
    return k > found.end && has(k, .demonstrative)
  }

  /// Whether a place follows at `i`: `dirawat | di rumahnya`.
  private func statesPlace(behind i: Int) -> Bool {
    guard i > 0, has(i, .placePreposition), let found = preposition(at: i) else { return false }
    return !found.sense.time
  }

  /// `Gempa mengguncang Alor kemarin. LIMA orang tewas.`: people or things with which the sentence begins and to which something
  /// happened.
  private func isOutcome(_ draft: PredicateDraft, _ s: Int) -> Bool {
    let quantity = text.quantities[Int(draft.anchor)]
    let item = quantity.item.isNone ? quantity.classifier : quantity.item
    guard draft.procedure == .figureSubject, draft.actor.isNone, !draft.action.isNone, !item.isNone,
      !text.classes[Int(quantity.span.start)].intersects(words.determiner),
      has(Int(draft.action.start), [.passive, .stative]), !has(Int(draft.action.start), .copula),
      text.classes[Int(item.start)].intersects(words.people) || !quantity.classifier.isNone
        || isAgentless(Int(draft.action.start)) || has(Int(draft.action.start), .stative)
    else { return false }
    let start = Int(text.sentences[s].start)
    var k = start
    while k < quantity.span.start, k - start < 12,
      has(k, [.connective, .adverb, .amount, .comma]) && !has(k, .entity) || isExistential(k) || says(.report, at: k)
    {
      k += 1
    }
    return k == Int(quantity.span.start)
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
}
