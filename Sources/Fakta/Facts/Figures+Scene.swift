/// Where and when it was by the sentence before, where that sets the scene.
extension FactContext {
  /// How the sentence of a figure goes on with the one before.
  private struct Continuation {
    /// It takes up a word of it, or opens with what it told: `Kebakaran terjadi kemarin. KEBAKARAN menghanguskan 12 rumah`.
    var takesUp: Bool
    /// It points to it in another place: `12 orang tewas dalam KECELAKAAN ITU`.
    var pointsBack: Bool
    /// It tells what came of it: `Gempa mengguncang Alor kemarin. LIMA orang tewas.`
    var isOutcome: Bool

    /// Whether what somebody only said in the sentence before is its scene, too.
    var isPointed: Bool { takesUp || pointsBack }
    /// Whether more than the order of the sentences tells that it goes on.
    var isTold: Bool { isPointed || isOutcome }
  }

  /// Place and time from the sentence before, in the same paragraph, when it sets the scene: when the figure's sentence
  /// takes up a word of it (`Kebakaran terjadi di Keagungan. Kebakaran menghanguskan 112 rumah`).
  func setScene(_ at: Int, _ scope: TokenSpan, _ isOfPlace: Bool, _ draft: inout PredicateDraft) {
    guard draft.place.isNone || draft.time.isNone, let previous = sentenceBefore(at, draft) else { return }
    let s = Int(text.sentenceOf[at])
    let continuation = Continuation(
      takesUp: takesUp(draft, previous) || pointsBack(s),
      pointsBack: pointsBack(beside: draft),
      isOutcome: isOutcome(draft, s) || isOutcomeOfTopic(draft, s))
    // "Rina mengatakan gempa itu menewaskan 12 orang": what somebody says of it is there; when he says it is another time.
    let isSaid = statementOf[at] >= 0 && !opensWithContent(at)
    let isFollowed = !isSaid && !continuation.isTold && (isNarrated(draft, s) || isActed(draft, s, previous))
    if continuation.isTold || isFollowed, takeScene(of: previous, s, continuation, isSaid, isOfPlace, &draft) { return }
    if isSaid { return }
    shareScene(at, isOfPlace, &draft)
    if draft.time.isNone { goOn(at, s, &draft) }
    if draft.time.isNone { goOnTrading(previous, &draft) }
  }

  /// Takes where and when the main verb of the sentence before was; false where only the order of the sentences tells that it goes on, and the one
  /// before has no day.
  private func takeScene(
    of previous: TokenSpan, _ s: Int, _ continuation: Continuation, _ isSaid: Bool, _ isOfPlace: Bool,
    _ draft: inout PredicateDraft
  ) -> Bool {
    let p = Int(previous.start)
    let scene = TokenSpan(p, min(Int(previous.end), p + Self.reach))
    let verb = mainVerb(scene) ?? p
    let date = time(near: verb, scene)
    if !continuation.isTold, date.map({ isDay(text.dates[$0]) }) != true { return false }
    // "DIRAWAT di rumahnya": it says itself where.
    if draft.place.isNone, !isOfPlace, continuation.takesUp || !statesPlace(behind: Int(draft.action.end)) {
      draft.place = scenePlace(scene, verb, continuation, draft)
    }
    if draft.time.isNone, !isSaid, let date, isSceneTime(date, scene, s, continuation, draft) {
      draft.time = text.dates[date].span
      draft.date = Int32(date)
    }
    return true
  }

  /// The sentence before that of the figure at `at`, where it can set the scene.
  private func sentenceBefore(_ at: Int, _ draft: PredicateDraft) -> TokenSpan? {
    guard statementOf[at] < 0 || !statements[Int(statementOf[at])].isQuoted else { return nil }
    let s = Int(text.sentenceOf[at])
    guard s > 0, !isDateline(s - 1), happens(draft, s) else { return nil }
    let previous = text.sentences[s - 1]
    let p = Int(previous.start)
    guard text.sentenceOf[p] >= 0, paragraphOf[p] == paragraphOf[at], statementOf[p] < 0,
      // "Sebelumnya 12 rumah rusak": not when the sentence before was.
      !(max(Int(text.sentences[s].start), at - Self.reach)..<at).contains(where: { says(.earlier, at: $0) })
    else { return nil }
    return previous
  }

  /// Where the scene of the main verb at `verb` is.
  private func scenePlace(
    _ scene: TokenSpan, _ verb: Int, _ continuation: Continuation, _ draft: PredicateDraft
  ) -> TokenSpan {
    var place = place(near: verb, scene)
    // "Banjir melanda DEPOK"
    if place.isNone { place = objectPlace(TokenSpan(verb, verbEnd(verb))) }
    guard !place.isNone, continuation.isTold || preposition(at: Int(place.start) - 1)?.sense.relation == .at,
      setsScene(Int(place.start), Int(scene.start), evenSaid: continuation.isPointed, draft)
    else { return .none }
    return place
  }

  /// Whether the date with the number `date`, of the scene, says when the figure was.
  private func isSceneTime(
    _ date: Int, _ scene: TokenSpan, _ s: Int, _ continuation: Continuation, _ draft: PredicateDraft
  ) -> Bool {
    let expression = text.dates[date]
    let start = Int(expression.span.start)
    // "Kini", "selama dua hari" are no day.
    let isOfScene = continuation.takesUp && !isLength(start)
    let v = Int(draft.action.start)
    // "Setiap hari ada 12 bus. Satu bus membawa 30 orang", "Kini layarnya 5 inci. Layar itu memiliki dua tombol"
    if expression.kind == .set || expression.isPresentOrPast && says(.attributive, at: v) { return false }
    // "Toko itu buka sejak Februari. Kopinya dijual Rp 5.000": what has lasted since a month or year has no day of its own.
    if !isDay(expression), preposition(before: start)?.relation == .since { return false }
    return setsScene(start, Int(scene.start), evenSaid: continuation.isPointed, draft)
      && (isOfScene || !expression.isPresentOrPast && expression.kind != .duration)
      // "Satelit itu memiliki 30 pelanggan": not only when the sentence before was.
      && (!says(.possession, at: v) || says(.consequence, at: Int(text.sentences[s].start)))
  }

  /// Whether the figure tells what happens, as a scene has it: not who the counted are (`Ketiga kota itu adalah …`), what something is like, can do or
  /// has done since (`Novel itu telah dijual di 20 negara`), nor what a relative clause tells of a noun.
  private func happens(_ draft: PredicateDraft, _ s: Int) -> Bool {
    let quantity = text.quantities[Int(draft.anchor)]
    let start = Int(quantity.span.start)
    guard !draft.action.isNone else {
      let isNamed =
        has(endOfPhrase(quantity, count), .demonstrative) || text.classes[start].intersects(words.determiner)
      return !counts(quantity) || !isNamed
    }
    let v = Int(draft.action.start)
    let low = Int(text.sentences[s].start)
    guard !says(.attributive, at: v), draft.procedure != .figureObject || relative(before: v, low: low) == nil else {
      return false
    }
    return isOutcome(draft, s) || !tellsOfState(before: v, low) && !tellsOfState(before: start, low)
  }

  /// Whether an auxiliary before `i` tells of such a state.
  private func tellsOfState(before i: Int, _ low: Int) -> Bool {
    var k = i - 1
    while k >= low, has(k, [.auxiliary, .adverb, .amount]) || isExistential(k), !has(k, .entity) {
      if saysState(k) { return true }
      k -= 1
    }
    return false
  }

  /// Whether an auxiliary at `k` says that something can be done or is done: `bisa`, `sudah`.
  func saysState(_ k: Int) -> Bool {
    has(k, .auxiliary) && text.matchRange(at: k).contains { words.isState(text.matches[$0].state) }
  }

  /// Whether the sentence of token `i` opens with the content of its statement or with whose it is (`Menurut polisi, …`), and nobody is quoted.
  private func opensWithContent(_ i: Int) -> Bool {
    let statement = statements[Int(statementOf[i])]
    var start = sentence(i).start
    if statement.cue.start == start + 1, has(Int(start), .connective) { start += 1 }
    return !statement.isQuoted && (statement.content.start == start || statement.cue.start == start)
  }

  /// `Sebanyak 12 rumah rusak dan 30 WARGA mengungsi`: what the sentence before says of the first figure holds for those after it.
  private func shareScene(_ at: Int, _ isOfPlace: Bool, _ draft: inout PredicateDraft) {
    guard let earlier = figures.last, earlier.anchor == draft.anchor - 1 else { return }
    let before = Int(text.quantities[Int(earlier.anchor)].span.start)
    guard text.sentenceOf[before] == text.sentenceOf[at],
      countsSame(Int(earlier.anchor), Int(draft.anchor))
        || !(before..<at).contains(where: {
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

  /// `Dua GOL dicetak Rudi, sementara satu GOL dicetak Budi`: whether two numbers count the same.
  private func countsSame(_ a: Int, _ b: Int) -> Bool {
    let (first, second) = (text.quantities[a].item, text.quantities[b].item)
    return !first.isNone && !second.isNone && text.hash[Int(first.start)] != 0
      && text.hash[Int(first.start)] == text.hash[Int(second.start)]
  }

  /// `Pada Mei harga beras naik 5 persen. Sementara harga gula turun 3 PERSEN`: a sentence that sets a figure of the same kind against one of
  /// the sentence before has its time.
  private func goOn(_ at: Int, _ s: Int, _ draft: inout PredicateDraft) {
    let low = Int(text.sentences[s].start)
    // "Sedangkan", "Sementara itu"; not "Namun".
    guard says(.contrast, at: low), has(low, [.connective, .adverb]), !has(Int(draft.action.start) - 1, .negation),
      !(low..<at).contains(where: { has($0, .date) })
    else { return }
    guard let earlier = lastFigure(in: text.sentences[s - 1], like: draft),
      text.dates[Int(earlier.date)].kind == .date || text.dates[Int(earlier.date)].kind == .time
    else { return }
    draft.time = earlier.time
    draft.date = earlier.date
  }

  /// The last figure of a sentence that has a time there and a number of the same kind.
  private func lastFigure(in sentence: TokenSpan, like draft: PredicateDraft) -> PredicateDraft? {
    let kind = text.quantities[Int(draft.anchor)].kind
    var i = figures.count - 1
    while i >= 0, text.quantities[Int(figures[i].anchor)].span.start >= sentence.start {
      let figure = figures[i]
      let quantity = text.quantities[Int(figure.anchor)]
      if quantity.span.start < sentence.end, quantity.kind == kind, figure.date >= 0,
        figure.time.start >= sentence.start
      {
        return figure
      }
      i -= 1
    }
    return nil
  }

  /// `IHSG menguat pada perdagangan HARI INI. Lima dari sembilan sektor turun.`: a day of trade holds for the sentence behind it.
  private func goOnTrading(_ previous: TokenSpan, _ draft: inout PredicateDraft) {
    let high = min(Int(previous.end), Int(previous.start) + Self.reach, count)
    guard draft.action.isNone || !says(.possession, at: Int(draft.action.start)) else { return }
    var i = text.nextDate(Int(previous.start), high)
    while i < high {
      guard text.dateAt[i] >= 0 else { return }
      let index = Int(text.dateAt[i])
      if isSession(before: i), isDay(text.dates[index]),
        !isCompared(index, with: nil)
      {
        draft.date = Int32(chosen(index, TokenSpan(Int(previous.start), high)))
        draft.time = text.dates[Int(draft.date)].span
        return
      }
      i = text.nextDate(i + 1, high)
    }
  }

  /// `pada PERDAGANGAN | hari ini`, `pada akhir sesi I PERDAGANGAN | hari ini`
  private func isSession(before i: Int) -> Bool {
    guard says(.session, at: i - 1) else { return false }
    var k = i - 2
    while k >= 0, i - k < 7, isNoun(k, first: false) || text.quantityIn[k] >= 0, !has(k, .entity) { k -= 1 }
    return has(k, .timePreposition)
  }

  /// Whether what is told at `i` sets a scene for the figure: not in a relative clause (`Melati, pabrik yang berdiri di Bogor, …`), but for one of
  /// what the figure's sentence takes up; what somebody only says (`Gubernur meminta warga di Bogor waspada`) does where the sentence behind points
  /// back to it.
  private func setsScene(_ i: Int, _ low: Int, evenSaid: Bool, _ draft: PredicateDraft) -> Bool {
    guard evenSaid || statementOf[i] < 0 else { return false }
    guard let v = verb(before: i, low: low), let mark = relative(before: v, low: low) else { return true }
    return isTakenUp(before: mark, low, draft) || isCause(i, low: low, mark)
  }

  /// `Pasar ramai sejak lomba pertama | yang digelar kemarin. LOMBA itu diikuti 300 anak`: whether the actor is the noun before the relative at `mark`.
  private func isTakenUp(before mark: Int, _ low: Int, _ draft: PredicateDraft) -> Bool {
    guard !draft.actor.isNone, !has(Int(draft.actor.start), [.entity, .pronoun]) else { return false }
    let word = text.hash[Int(draft.actor.start)]
    return word != 0 && (max(low, mark - 4)..<mark).contains { text.hash[$0] == word }
  }

  /// `Hujan | yang mengguyur Bogor kemarin MENYEBABKAN banjir`: whether the relative at `mark`, in which `i` stands, is of the sentence's subject, and
  /// the verb behind it says what came of it.
  private func isCause(_ i: Int, low: Int, _ mark: Int) -> Bool {
    guard verb(before: mark, low: low) == nil else { return false }
    let high = min(Int(sentence(i).end), i + 24)
    guard let main = (i..<max(i, high)).first(where: { isVerb($0) && !has($0, .entity) }) else { return false }
    return says(.causative, at: main)
  }

  /// `Longsor itu membuat | jalan tertutup dan 12 RUMAH rusak`: whether the sentence opens with a noun that points to the one before
  /// and makes happen what the figure tells.
  private func isOutcomeOfTopic(_ draft: PredicateDraft, _ s: Int) -> Bool {
    let low = Int(text.sentences[s].start)
    let topic = nounPhrase(from: low, high: Int(text.sentences[s].end))
    let v = verbBehind(Int(topic.end))
    return topic.start == low && has(Int(topic.end), .demonstrative) && says(.causative, at: v)
      && v < draft.action.start
      && !has(low, [.entity, .pronoun])
  }

  /// `Akibat peristiwa itu, …`, `Dalam kecelakaan tersebut …`: the sentence opens with what the one before told.
  private func pointsBack(_ s: Int) -> Bool {
    let start = Int(text.sentences[s].start)
    // "Kala itu 12 warga tewas"
    if text.dateAt[start] >= 0, text.classes[start].intersects(words.preposition) {
      let date = text.dates[Int(text.dateAt[start])]
      return date.span.count == 2 && date.isPast
    }
    if says(.consequence, at: start) { return true }
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

  /// `12 orang tewas DALAM KECELAKAAN ITU`, `Rina menang PADA LOMBA ITU dengan 12 poin`: the same behind the verb or the number, or between who
  /// acts and the number.
  private func pointsBack(beside draft: PredicateDraft) -> Bool {
    let quantity = text.quantities[Int(draft.anchor)]
    let start = Int(quantity.span.start)
    let end = max(endOfPhrase(quantity, count), Int(draft.action.end))
    if pointsBack(from: end, high: min(count, end + 14), sentence: text.sentenceOf[start]) { return true }
    let actor = Int(draft.actor.end)
    return !draft.actor.isNone && actor < start
      && pointsBack(from: max(actor, start - 14), high: start, sentence: text.sentenceOf[start])
  }

  private func pointsBack(from: Int, high: Int, sentence: Int32) -> Bool {
    var k = from
    while k < high, text.sentenceOf[k] == sentence,
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
    guard !found.sense.isTo, !found.sense.isFrom, found.sense.relation != .until,
      found.sense.time || !found.sense.place || says(.nowhere, at: found.end)
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
