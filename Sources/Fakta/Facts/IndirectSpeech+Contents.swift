// Where what is said begins and ends, and whether it says anything.

extension FactContext {
  /// Where the content begins: behind `bahwa`, else behind settings, dates and a comma.
  func contentStart(_ s: Int, _ high: Int, _ draft: inout StatementDraft) -> Int {
    // `bahwa` within the clause decides.
    var k = s
    var date = TokenSpan.none
    while k < high, k - s < 24, !has(k, [.quote]),
      !(has(k, .hardMark) && text.kind[k] != TokenKind.openParen
        && text.kind[k] != TokenKind.closeParen)
    {
      if text.dateAt[k] >= 0 {
        date = text.dates[Int(text.dateAt[k])].span
        k = Int(date.end)
        continue
      }
      if isContentWord(k) {
        draft.time = date
        return k + 1
      }
      if isVerb(k), !has(k - 1, .relative) { break }
      k += 1
    }
    var i = s
    while i < high {
      if has(i, .comma) { return i + 1 }
      if text.classes[i].intersects(words.opener) { return i + 1 }
      if let found = cue(at: i), found.cue.form == .setting {
        i = found.end
        continue
      }
      if text.dateAt[i] >= 0, i == s || has(i - 1, [.timePreposition]) {
        // A date directly behind the cue, before the content.
        let end = Int(text.dates[Int(text.dateAt[i])].span.end)
        if has(end, .comma) {
          draft.time = text.dates[Int(text.dateAt[i])].span
          return end + 1
        }
        return i
      }
      // "menambahkan JUGA harga naik"; "mengaku sangat terbantu"
      if has(i, .adverb), has(i, [.connective, .and]) || has(i + 1, .comma), i == s, !has(i, .entity) {
        i += 1
        continue
      }
      if let found = preposition(at: i), i == s {
        if let comma = commaSoon(found.end, high), tellsHow(found.sense, found.end, comma) { return comma + 1 }
        if found.sense.isTo, let start = behindOpener(from: found.end, high) { return start }
      }
      return i
    }
    return i
  }

  /// Whether a preposition behind the cue, whose phrase goes from `i` to the comma, says to whom, where or on which day it was said, and not
  /// what: `mengatakan DI BOGOR, harga naik`, but `mengatakan SELAMA MUSIM INI, harga naik`.
  private func tellsHow(_ sense: FactWords.PrepositionSense, _ i: Int, _ comma: Int) -> Bool {
    if text.dateAt[i] >= 0 { return sense.time && text.dates[Int(text.dateAt[i])].value.count >= 10 }
    if sense.isTo, sense.actor { return !sense.isWith }
    // "di hadapan ratusan warga"
    if sense.relation == .at, !sense.time, !sense.isTo,
      (i..<comma).contains(where: { text.classes[$0].intersects(words.people) })
    {
      return true
    }
    guard text.entityAt[i] >= 0 else { return false }
    switch text.entities[Int(text.entityAt[i])].label {
    case .location: return sense.place
    case .organization: return sense.actor
    case .person, .none: return false
    }
  }

  /// Where the content begins behind a citation: `Menurut BNPB, SEPERTI DIKUTIP ANTARA, gempa itu …`; nil when nothing follows it.
  func behindCitation(_ s: Int, _ high: Int, _ draft: inout StatementDraft) -> Int? {
    guard let found = cue(at: s), found.cue.form == .citation else { return s }
    var k = found.end
    while k < high, k - s < 24, !has(k, [.comma, .quote]) { k += 1 }
    guard k + 1 < high, has(k, .comma) else { return k < high && has(k, .quote) ? s : nil }
    if draft.outlet.isNone { draft.outlet = citedOutlet(in: s..<k) ?? .none }
    return isContentWord(k + 1) ? k + 2 : k + 1
  }

  /// What stands behind the opener that follows whom it is said to: `berpesan kepada warga AGAR MENGUNGSI`.
  private func behindOpener(from s: Int, _ high: Int) -> Int? {
    var k = s
    while k < high, k - s < 12, !isVerb(k), !has(k, [.comma, .quote, .hardMark, .relative]) {
      if text.classes[k].intersects(words.opener), !has(k, .entity) { return k + 1 }
      k += 1
    }
    return nil
  }

  /// Words that open the content: `bahwa`, `agar`, `jika`; the first one also after a setting.
  func isContentWord(_ k: Int) -> Bool {
    guard text.classes[k].intersects(words.contentWord), has(k, .clause), !has(k, [.relative, .copula]) else {
      return false
    }
    return true
  }

  /// A comma within a short prepositional phrase without a verb.
  func commaSoon(_ s: Int, _ high: Int) -> Int? {
    var k = s
    while k < high, k - s < 14 {
      if has(k, .comma) { return k }
      if isVerb(k) || has(k, [.quote, .relative, .clause]) { return nil }
      k += 1
    }
    return nil
  }

  /// The comma that ends the clause of the cue at `i`, where a conjunction opens both clause and sentence and the main clause follows: `Meski
  /// Budi menyebut jalan itu aman, WARGA MENOLAK MELINTAS`. Nil elsewhere.
  func subordinateEnd(of i: Int, _ cueEnd: Int, _ low: Int, _ high: Int) -> Int? {
    var first = low
    while first < i, has(first, [.connective, .comma]) || has(first, .adverb) && !has(first, .clause),
      !has(first, .entity)
    { first += 1 }
    guard first < i, has(first, .clause), !has(first, [.connective, .relative, .purpose, .copula, .entity, .date]),
      !says(.contrast, at: first), !(first..<i).contains(where: { has($0, [.comma, .quote]) && !has($0, .entity) })
    else { return nil }
    var k = cueEnd
    while k < high, !has(k, .comma) || has(k, .entity) {
      if has(k, .quote) { return nil }
      k += 1
    }
    guard k > cueEnd, k + 2 < high, !has(k + 1, [.relative, .and, .quote]), predicates(k + 1, high) else { return nil }
    return k
  }

  /// Who speaks in a clause without a subject of its own: `Meski mengaku lelah, RINA tetap menari`.
  func mainSubject(of i: Int, _ low: Int, behind comma: Int) -> TokenSpan? {
    let before = beforeVerbPhrase(i, low: low)
    guard before >= low, has(before, .clause), !has(before, .entity), text.entityAt[comma + 1] >= 0 else { return nil }
    return text.entities[Int(text.entityAt[comma + 1])].span
  }

  /// Where the content ends: the sentence, less a citation or attribution behind a comma.
  func contentEnd(_ s: Int, _ high: Int, _ draft: inout StatementDraft) -> Int {
    var k = nextCue(s + 1, high)
    while k < high {
      // "…, JANJI-janji lama ditagih"
      if has(k - 1, .comma), text.kindAt(k + 1) != TokenKind.hyphen, let found = cue(at: k),
        found.cue.form == .citation || found.cue.form == .noun || found.cue.form == .suffixed || found.cue.needsPerson
      {
        readOutlet(k, high, &draft)
        return k - 1
      }
      if let found = cue(at: k), found.cue.form == .citation, found.end - k >= 2,
        has(k, [.preposition, .clause, .connective])
      {
        readOutlet(k, high, &draft)
        return k
      }
      k = nextCue(k + 1, high)
    }
    // ", Senin (9/11)." at the very end is the date of the statement, if the words before say how it was made; else of what is
    // told: "mengatakan gudang itu terbakar di Bogor, Senin (9/11)".
    var e = high
    while e > s, has(e - 1, .hardMark), text.kind[e - 1] != TokenKind.closeParen { e -= 1 }
    if e > s, text.dateIn[e - 1] >= 0 {
      let date = text.dates[Int(text.dateIn[e - 1])]
      let start = Int(date.span.start)
      if start - 1 > s, has(start - 1, .comma), draft.time.isNone, date.kind == .date || date.kind == .time,
        !hasDateBefore(start - 1), hasSetting(s, start - 1)
      {
        draft.time = date.span
        return start - 1
      }
    }
    return high
  }

  func hasDateBefore(_ i: Int) -> Bool { i > 0 && text.dateIn[i - 1] >= 0 }

  /// Whether the words before `e` tell how a statement was made: `kepada wartawan di Bogor`, `kepada Antara`.
  func hasSetting(_ s: Int, _ e: Int) -> Bool {
    (max(s, e - 14)..<max(s, e)).contains { cue(at: $0)?.cue.form == .setting } || !outletTold(s, e).isNone
  }

  /// Whether the word of saying at `i` tells what its subject means to do: `BERJANJI untuk membangun`; not `meminta untuk`.
  private func promises(_ i: Int) -> Bool {
    i >= 0 && has(i, .speech) && has(i, .intransitive) && !has(i, [.active, .passive, .adjective])
  }

  /// Whether the words say something: a predicate, not just an object (`menjelaskan motif pelaku`).
  ///
  /// - Parameter needsPredicate: Whether an adjective counts only where it must be one: `mengumumkan TARIF BARU`, but `mengumumkan tarif
  ///   itu tidak mahal`.
  func states(_ s: Int, _ e: Int, _ isModal: Bool, needsPredicate: Bool = false) -> Bool {
    // "mengutarakan niatnya meminang Rina"
    if !isModal, says(.stance, at: s) {
      return (s + 1..<max(s + 1, e)).contains {
        has($0, [.copula, .auxiliary, .negation, .demonstrative]) && !has($0, [.entity, .date])
          && relative(before: $0 + 1, low: s) == nil
      }
    }
    // "menyatakan INILAH waktu yang tepat"
    if has(s, .demonstrative), !has(s, .entity) { return true }
    for k in s..<e {
      if has(k, [.entity, .date, .quantity]) { continue }
      // "berjanji UNTUK membangun", "meminta WARGA untuk mengungsi"; not "menjelaskan rencana untuk membangun"
      if isVerb(k), !has(k - 1, .purpose) || isModal && (k - 1 == s ? promises(s - 1) : namesSomebody(s)),
        k == s || relative(before: k, low: s) == nil && (isModal || !isOfPhrase(k))
      {
        return true
      }
      // "tarif BARU untuk kereta"
      let isAttribute = needsPredicate && k > s && has(k, .adjective) && !isVerb(k + 1) && !has(k + 1, .auxiliary)
      if has(k, [.copula, .negation, .auxiliary]), !isAttribute,
        !needsPredicate || !has(k, .negation) || !has(k, .preposition),
        k == s || relative(before: k + 1, low: s) == nil
      {
        return true
      }
      // "tanpa bukti yang CUKUP KUAT": of the noun.
      if k > s, has(k - 1, .relative), !has(k - 1, .entity) { continue }
      if has(k, .adjective), isModal || k > s,
        !needsPredicate || k > s && has(k - 1, [.adverb, .demonstrative, .pronoun]) && !has(k - 2, .relative)
      {
        return true
      }
      if k > s, text.classes[k].intersects(words.degree), k + 1 < e, !needsPredicate,
        at(k + 1).isDisjoint(with: [.preposition, .hardMark])
      {
        return true
      }
      if k > s, has(k, .demonstrative), k + 1 < e, at(k + 1).isDisjoint(with: [.preposition, .hardMark, .comma, .date])
      {
        return true
      }
    }
    return false
  }

  /// Whether the verb at `k` stands in a phrase of the noun before: `ketajamannya DALAM MEMBOBOL gawang`.
  private func isOfPhrase(_ k: Int) -> Bool {
    has(k - 1, .preposition) && !has(k - 1, [.auxiliary, .adverb, .clause, .negation, .entity])
  }

  /// Whether a person, a body or people begin at `i`.
  func namesSomebody(_ i: Int) -> Bool {
    if text.entityAt[i] >= 0 { return text.entities[Int(text.entityAt[i])].label != .location }
    return has(i, [.pronoun, .title, .determiner]) || text.classes[i].intersects(words.people)
  }

  /// `mengatakan anggaran pilkada itu sekitar 5 miliar`: words enough for what is said without a verb, and no quotation.
  func isPlain(_ s: Int, _ e: Int) -> Bool { e - s >= 5 && !(s..<e).contains { has($0, .quote) } }
}
