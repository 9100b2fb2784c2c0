/// Statements without quotation marks.
extension FactContext {
  /// Adds the statement that the cue at `i` introduces, and returns where to read on.
  func addIndirect(
    _ i: Int, _ cue: FactWords.SpeechCue, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int
  ) -> Int {
    said = cue.form == .noun || cue.form == .suffixed ? TokenSpan(low, i) : TokenSpan(cueEnd, max(cueEnd, high))
    switch cue.form {
    case .verb, .modal: return addVerb(i, cue, cueEnd, low, high, s)
    case .according:
      return cue.needsPerson && !citesPerson(i, cueEnd, low, high)
        ? addCitation(i, cueEnd, low, high, s) : addAccording(i, cueEnd, low, high, s)
    case .noun, .suffixed: return addTrailing(i, cue, cueEnd, low, high, s)
    case .passive: return addPassive(i, cue, cueEnd, low, high, s)
    case .citation: return addCitation(i, cueEnd, low, high, s)
    case .source, .setting, .never: return cueEnd
    }
  }

  /// `Budi mengatakan (kepada wartawan) (bahwa) …`
  private func addVerb(
    _ i: Int, _ cue: FactWords.SpeechCue, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int
  ) -> Int {
    guard !isNegated(i, low), !has(i - 1, [.preposition, .purpose]) || has(i - 1, .entity) else { return cueEnd }
    var draft = StatementDraft(content: .none, procedure: .indirectVerb)
    draft.sentence = Int32(s)
    draft.cue = TokenSpan(i, cueEnd)
    guard !isReader(at: beforeVerbPhrase(i, low: low)) else { return cueEnd }
    if let end = addBackReference(i, cueEnd, low, high, s) { return end }
    // "Rina menjelaskan:", and the quotation is the next paragraph.
    if text.kindAt(cueEnd) == TokenKind.colon, cueEnd + 1 >= high {
      introduce(i, clauseStart(of: i, low), s)
      return cueEnd
    }
    // "Merasa lapar, Budi pulang": what the subject feels while it does something else.
    guard !isOpening(i, low) else { return cueEnd }
    let start = behindCitation(contentStart(cueEnd, high, &draft), high, &draft) ?? high
    // "Budi meminta DAN MENUNTUT polisi bertindak", "Budi menyadari dan pergi": nothing is said yet.
    guard start < high, !has(start, .quote), !has(start, .and) || has(start, [.adverb, .adjective, .negation, .entity])
    else { return cueEnd }
    let clauseEnd = subordinateEnd(of: i, cueEnd, low, high)
    guard start < clauseEnd ?? high else { return cueEnd }
    let end = clauseEnd ?? contentEnd(start, high, &draft)
    guard end - start >= 2, !(end - start == 2 && has(end - 1, .hardMark)) else { return cueEnd }
    let isSure = start > cueEnd && has(start - 1, [.clause, .comma])
    guard
      isSure || states(start, end, cue.form == .modal, needsPredicate: cue.needsPredicate)
        || cue.isSure && isPlain(start, end)
    else {
      if cue.form == .verb { introduce(i, clauseStart(of: i, low), s) }
      return cueEnd
    }
    if !isSure, quotationFollows(start, end) { return cueEnd }
    let clauseLow = clauseStart(of: i, low)
    draft.speaker = speaker(beforeCueAt: i, low: clauseLow, &draft)
    let asking = outletAsking(clauseLow, i)
    // "RINA saat dihubungi Antara mengatakan"
    if let asking, asking.outlet == draft.speaker {
      draft.speaker = mention(in: nounPhrase(before: asking.start, low: clauseLow))
    }
    if draft.speaker.isNone, clauseLow > low, has(clauseLow - 1, .and) {
      draft.speaker = spoken?.speaker ?? .none
    }
    if let clauseEnd, let subject = mainSubject(of: i, low, behind: clauseEnd) { draft.speaker = subject }
    guard draft.rule >= 0 || speaksInRelativeClause(draft.speaker, i, low, cue.form == .modal),
      !isReader(draft.speaker), !isDeedOfThing(i, clauseLow, draft.speaker)
    else { return cueEnd }
    draft.speaker = antecedent(of: draft.speaker, at: i)
    guard !draft.speaker.isNone, !says(.deed, at: i) || isSomebody(draft.speaker) else { return cueEnd }
    draft.content = TokenSpan(start, end)
    if draft.time.isNone { draft.time = settingDate(low, i) }
    if draft.outlet.isNone { draft.outlet = outletTold(low, i) }
    // "Rina, seperti dikutip Antara, menilai"
    if draft.outlet.isNone { draft.outlet = outletCited(clauseLow, i) }
    if draft.outlet.isNone { draft.outlet = asking?.outlet ?? .none }
    if draft.outlet.isNone, start > cueEnd + 1 { draft.outlet = outletTold(cueEnd - 1, start) }
    addStatement(draft)
    return end
  }

  /// `Budi menjelaskan rencananya.`: nothing is said yet, but the words that follow are Budi's.
  func introduce(_ i: Int, _ low: Int, _ s: Int) {
    var draft = StatementDraft(content: .none)
    let speaker = speaker(beforeCueAt: i, low: low, &draft)
    guard isPerson(speaker), speaksInRelativeClause(speaker, i, low, false), !isDeedOfThing(i, low, speaker) else {
      return
    }
    introduced = (speaker, Int32(s))
  }

  /// `Dua GOL Budi memastikan kemenangan`: whether the verb at `i`, which says of things what they do, has one as the head of the subject
  /// in which the speaker stands.
  private func isDeedOfThing(_ i: Int, _ low: Int, _ speaker: TokenSpan) -> Bool {
    guard says(.deed, at: i), !speaker.isNone else { return false }
    let subject = subject(of: i, low: low)
    guard !subject.isNone else { return false }
    var head = Int(subject.start)
    while head < Int(speaker.start), has(head, [.quantity, .determiner]) { head += 1 }
    // "Rudi, atau akrab DISAPA BUDI, memastikan"
    guard head < Int(speaker.start), !text.classes[Int(speaker.start) - 1].intersects(words.naming) else {
      return false
    }
    return isNoun(head, first: true) && !isSomebody(TokenSpan(head, head + 1))
  }

  /// The outlet that somebody told it to before the verb: `Kepada Kompas.com, ia mengatakan`, `Budi kepada Antara menyebut`.
  func outletTold(_ low: Int, _ v: Int) -> TokenSpan {
    var k = v - 1
    while k > low, v - k < 30, !has(k, .quote) {
      if text.entityAt[k] >= 0 {
        let entity = text.entities[Int(text.entityAt[k])]
        if entity.label == .organization, isTold(entity, isQuoted: false) { return entity.span }
      }
      k -= 1
    }
    return .none
  }

  /// The outlet that asks whoever speaks before the verb at `v`, and where the words for that begin: `Saat dihubungi Antara, Rina mengatakan`, `Rina
  /// saat ditemui oleh Kompas.com mengaku`.
  private func outletAsking(_ low: Int, _ v: Int) -> (outlet: TokenSpan, start: Int)? {
    var k = max(low + 1, v - 40)
    while k < v {
      if text.entityAt[k] >= 0, isOutlet(k) {
        let end = preposition(at: k - 1)?.sense.isBy == true ? k - 1 : k
        for start in [end - 1, end - 2] where start >= low {
          if let found = cue(at: start), found.cue.form == .setting, found.end == end {
            return (text.entities[Int(text.entityAt[k])].span, start)
          }
        }
      }
      k += 1
    }
    return nil
  }

  /// Whether something is told to an outlet: `kepada Antara`, `kepada kantor berita Melati`; in a quotation's attribution to a body that no
  /// list knows, too; or told on the pages of a body: `di laman resmi Persib`.
  func isTold(_ entity: Entity, isQuoted: Bool) -> Bool {
    let start = Int(entity.span.start)
    var p = start - 1
    while start - p < 5, begins(p, words.outletLead) || has(p, .adjective) && says(.page, at: p - 1) { p -= 1 }
    if has(p, .preposition), (p + 1..<start).contains(where: { says(.page, at: $0) }) { return true }
    guard let found = preposition(at: p), found.end == p + 1, found.sense.isTo, !found.sense.place else { return false }
    return p < start - 1 || isMedia(entity) || isDomain(entity)
      || isQuoted && entity.entry == nil && !begins(start, words.orgHead)
  }

  /// Whether only words that say nothing stand before a quotation: `menjawab SINGKAT, "Tidak tahu."`
  private func quotationFollows(_ s: Int, _ e: Int) -> Bool {
    var k = s
    while k < e, k - s < 10 {
      if has(k, .quote) {
        return k > s && (has(k - 1, .comma) || text.kind[k - 1] == TokenKind.colon) && quotationOf[min(k + 1, e)] >= 0
      }
      if isVerb(k) || has(k, [.copula, .negation, .auxiliary]) { return false }
      k += 1
    }
    return false
  }

  private func isReader(_ span: TokenSpan) -> Bool {
    !span.isNone && span.count == 1 && isReader(at: Int(span.start))
  }

  /// `alasan SAYA memuji`: who writes or reads.
  private func isReader(at i: Int) -> Bool {
    i >= 0 && text.classes[i].intersects(words.reader) && !has(i, .entity)
  }

  /// Whether the verb at `i` is said of its speaker, if a relative clause holds it: of a name that stands before `yang` and of
  /// nothing else (`BUDI, yang menyebut harga naik`); not of a thing (`video yang menyebutkan`) or of anybody (`banyak yang
  /// mengatakan`), and no wish (`anak yang merasa takut`).
  private func speaksInRelativeClause(_ speaker: TokenSpan, _ i: Int, _ low: Int, _ isModal: Bool) -> Bool {
    let r = beforeVerbPhrase(i, low: low)
    guard r > low, has(r, .relative), !has(r, .entity) else { return true }
    guard !isModal, !speaker.isNone, text.entityAt[Int(speaker.start)] >= 0 else { return false }
    switch text.entities[Int(text.entityAt[Int(speaker.start)])].label {
    case .person: return true
    case .organization:
      let phrase = nounPhrase(before: r, low: low)
      return phrase.isNone || speaker.start <= phrase.start || has(Int(phrase.start), [.title, .determiner])
    case .location, .none: return false
    }
  }

  /// The token behind the last quotation mark before `i`: attributions do not reach over it.
  func clauseStart(of i: Int, _ low: Int) -> Int {
    var k = i - 1
    while k >= low {
      if has(k, .quote) { return k + 1 }
      k -= 1
    }
    return low
  }

  /// Where the clause before the attribution at `i` begins, over words in quotation marks that nobody says alone: `merebut "ibu kota"
  /// ISIS, kata`.
  func wholeClauseStart(of i: Int, _ low: Int) -> Int {
    var from = clauseStart(of: i, low)
    while from - 2 > low, quotationOf[from - 2] >= 0, from < i {
      let quotation = quotations[Int(quotationOf[from - 2])]
      guard quotation.isClosed, quotation.statement < 0, Int(quotation.open) >= low else { break }
      from = clauseStart(of: Int(quotation.open), low)
    }
    return from
  }

  /// A date before the verb of saying that belongs to no other verb: `Kemarin, Hollande menyatakan`.
  private func settingDate(_ low: Int, _ v: Int) -> TokenSpan {
    var best = TokenSpan.none
    // "Setelah PULANG pada Senin, Rina mengatakan": when she came.
    var isOther = false
    let isSubordinate = opensClause(low)
    // "Bulan lalu, Rina yang MENJABAT ketua mengatakan": what a relative tells of who speaks.
    var relativeVerb = -1
    var k = low
    while k < v {
      if has(k, .relative), !best.isNone, has(Int(best.end), .comma) { relativeVerb = verbBehind(k) }
      // "Rina pulang pada Mei, NAMUN belakangan mengaku"
      if k > low, has(k - 1, .comma), says(.contrast, at: k) { best = .none }
      if isVerb(k), k != relativeVerb, !says(.attributive, at: k), cue(at: k)?.cue.form != .citation {
        best = .none
        // "Rina yang DILANTIK pada Senin mengatakan": when she was sworn in.
        isOther =
          isSubordinate && cue(at: k) == nil && cue(at: low)?.cue.form != .setting
          || cue(at: k) == nil && tellsOfSubject(k, low)
      }
      if has(k, .comma) { isOther = false }
      if text.dateAt[k] >= 0 {
        let date = text.dates[Int(text.dateAt[k])]
        if date.kind == .date || date.kind == .time, !isOther,
          saysWhen(date) || saysYear(date, before: v, low), !isOfNoun(date, low),
          best.isNone || date.span.count > best.count
        {
          best = date.span
        }
        k = Int(date.span.end)
        continue
      }
      k += 1
    }
    return best
  }

  /// Whether the verb at `v` stands in a relative of the noun that opens the clause: `Rina yang | DILANTIK`; not `dalam rapat yang | DIGELAR`.
  private func tellsOfSubject(_ v: Int, _ low: Int) -> Bool {
    guard let mark = relative(before: v, low: low) else { return false }
    return !(low..<mark).contains { has($0, [.preposition, .comma]) && !has($0, .entity) }
  }

  /// Whether somebody can speak at a date: at no whole year, span of years, part of one or decade, and not since or until then.
  private func saysWhen(_ date: DateExpression) -> Bool {
    let value = date.value
    if date.isFuture || isOfYears(date) { return false }
    // "199", "2015", "2015-Q3", "2015-H1"
    if (2...4).contains(value.count) && value[0] <= 0x39 || value.count == 7 && value[0] <= 0x39 && value[5] > 0x39 {
      return false
    }
    let before = Int(date.span.start) - 1
    guard let found = preposition(at: before), found.end == before + 1 else { return true }
    return found.sense.relation != .since && found.sense.relation != .until && found.sense.relation != .during
  }

  /// Whether somebody speaks in the year of a date, which a preposition sets at the beginning of the clause or right before the cue at `v`:
  /// `Pada 2003, Rina pernah mengatakan`, `WHO pada awal 2013 menyarankan`; not `Ketua Umum pada 2003, Rina, mengatakan`.
  private func saysYear(_ date: DateExpression, before v: Int, _ low: Int) -> Bool {
    guard date.value.count == 4, isOfYears(date) else { return false }
    let p = Int(date.span.start) - 1
    guard p >= low, let found = preposition(at: p), found.end == p + 1, found.sense.relation == .at,
      found.sense.time || found.sense.place
    else { return false }
    if p == low || has(p - 1, [.connective, .clause]) && !has(p - 1, .entity) { return true }
    // "Penelitian YANG disusun LIPI pada 2015 menyebut": of the relative.
    return verbBehind(Int(date.span.end) - 1) == v && !(low..<p).contains { has($0, .relative) && !has($0, .entity) }
  }

  /// Whether a date says which thing or what of it, not when somebody spoke: `memperingati HARI TANI`, `kelahiran Bogor, 3 MEI 1990`, `yang SEKARANG
  /// menjabat`, `tren SAAT INI, Rina mengaku`.
  func isOfNoun(_ date: DateExpression, _ low: Int) -> Bool {
    let (start, end) = (Int(date.span.start), Int(date.span.end))
    guard start > low else { return false }
    if has(start - 1, .relative) || says(.period, at: start - 1) || says(.possession, at: start - 1) { return true }
    for k in max(low, start - 4)..<start where says(.dated, at: k) { return true }
    return date.isPresentOrPast && date.value[1] == UInt8(ascii: "R") && has(end, .comma)
      && !has(start - 1, [.comma, .connective, .preposition, .and, .clause])
      && cue(at: end + 1) == nil
  }

  /// `Budi mengatakan hal itu dalam jumpa pers, Senin (9/11)`: the sentence before is what was said.
  private func addBackReference(
    _ i: Int, _ cueEnd: Int, _ low: Int, _ high: Int, _ s: Int
  ) -> Int? {
    guard let match = longestMatch(at: cueEnd, of: words.backReference) else { return nil }
    // "mengatakan hal ini belum selesai": what is said begins with it.
    guard !has(Int(match.end), [.auxiliary, .negation]), !isVerb(Int(match.end)) else { return nil }
    var draft = StatementDraft(content: .none, cue: TokenSpan(i, cueEnd), procedure: .indirectPassive)
    draft.speaker = speaker(beforeCueAt: i, low: clauseStart(of: i, low), &draft)
    guard speaksInRelativeClause(draft.speaker, i, low, false), !isReader(draft.speaker) else { return cueEnd }
    draft.speaker = antecedent(of: draft.speaker, at: i)
    guard !draft.speaker.isNone, addPrevious(draft, Int(match.end), high, s) else { return cueEnd }
    return high
  }

  /// Adds the sentence before `s` as the content of a statement, when it is none yet; else notes who speaks next.
  func addPrevious(_ said: StatementDraft, _ tail: Int, _ high: Int, _ s: Int) -> Bool {
    introduced = (said.speaker, Int32(s))
    guard s > 0, !followsQuotation(high) else { return false }
    let previous = text.sentences[s - 1]
    let p = Int(previous.start)
    guard text.sentenceOf[p] >= 0, statementOf[p] < 0, statementOf[max(p, Int(previous.end) - 2)] < 0, !has(p, .quote),
      !isDateline(s - 1)
    else { return false }
    var draft = said
    draft.content = previous
    draft.sentence = Int32(s)
    readTail(tail, high, &draft)
    addStatement(draft)
    return true
  }

  func isDateline(_ s: Int) -> Bool {
    s >= 0 && s < text.isDateline.count && text.isDateline[s]
  }

  /// What stands behind the speaker, who may reach beyond `high`.
  func readOutlet(_ s: Int, _ high: Int, _ draft: inout StatementDraft) {
    guard s < high else { return }
    if draft.outlet.isNone { draft.outlet = citedOutlet(in: s..<high) ?? .none }
    var i = s
    while i < high {
      if text.entityAt[i] >= 0, draft.outlet.isNone {
        let entity = text.entities[Int(text.entityAt[i])]
        if entity.label == .organization, isMedia(entity) || isDomain(entity) { draft.outlet = entity.span }
      }
      if text.dateAt[i] >= 0, draft.time.isNone { draft.time = text.dates[Int(text.dateAt[i])].span }
      i += 1
    }
  }

  func isPerson(_ span: TokenSpan) -> Bool {
    !span.isNone && text.entityAt[Int(span.start)] >= 0
      && text.entities[Int(text.entityAt[Int(span.start)])].label == .person
  }
}
