/// Who or what does it: subjects stand before verbs; the antecedent of a relative clause, the agent of a passive.
extension FactContext {
  /// The nearest verb before `i` in its clause.
  func verb(before i: Int, low: Int) -> Int? {
    var k = i - 1
    while k >= low {
      if let open = openParen(closedAt: k, low: low) {
        k = open - 1
        continue
      }
      if has(k, [.hardMark, .quote]) { return nil }
      if isVerb(k) { return k }
      k -= 1
    }
    return nil
  }

  /// Who does or undergoes the verb at `v`; none when the clause does not say.
  func subject(of v: Int, low: Int, depth: Int = 0) -> TokenSpan {
    guard depth < 5, let e = beforePhrase(of: v, low: low) else { return .none }
    let b = at(e)
    let doer = pronoun(doing: v)
    if !doer.isNone { return doer }
    if b.contains(.quote), openQuote(closedAt: e, low: low) != nil {
      return subject(inClauseBefore: e, low: low, depth)
    }
    if b.contains(.relative) { return antecedent(of: e, low: low, depth) }
    if says(.attributive, at: v) {
      let described = nounDescribed(endingAt: e, low: low)
      if !described.isNone { return described }
    }
    if depth == 0, hasNoSubject(v, behind: e) { return .none }
    if isVerb(e), !describes(e) {
      // "MEMAKSANYA membatalkan": whoever the clitic stands for, not who forces.
      return (says(.control, at: e) || says(.causative, at: e)) && endsInClitic(e)
        ? .none : subject(of: e, low: low, depth: depth + 1)
    }
    // "sangat pesat, YAITU tumbuh 5 persen": what is said once more has the subject of the clause before.
    if depth == 0, e > low, has(e, .copula), has(e - 1, .comma), !isVerb(e) {
      if let earlier = verb(before: e - 1, low: low) { return subject(of: earlier, low: low, depth: depth + 1) }
      // "Nilainya cukup besar, YAITU tumbuh 5 persen"
      if has(e - 2, .adjective), !has(v, .speech) { return firstPhrase(from: low, high: e - 1) }
    }
    if b.contains(.comma) { return subject(acrossComma: e, low: low, depth) }
    if b.contains(.entity) || b.isDisjoint(with: [.and, .purpose, .clause, .preposition]) {
      if !b.isDisjoint(with: [.hardMark, .quote]) { return .none }
      let own = amountBesides(endingAt: e, of: v, low: low)
      if !own.isNone { return own }
      // "penyanyi asal Bogor, Jawa Barat ITU tampil"
      let head = headOfNames(endingAt: has(e, .demonstrative) && e > low ? e - 1 : e, low: low)
      return head.isNone ? subject(inClauseBefore: e, low: low, depth) : head
    }
    // "warga dan pihak TERKAIT akan membeli"
    if has(e + 1, .auxiliary), preposition(at: e)?.sense.isAbout == true {
      return subject(inClauseBefore: e, low: low, depth)
    }
    return subject(joinedAt: e, of: v, low: low, depth)
  }

  /// The token before the verb at `v`, its auxiliaries and what is inserted before them; nil where the clause begins with the verb.
  private func beforePhrase(of v: Int, low: Int) -> Int? {
    var e = beforeVerbPhrase(v, low: low)
    // "Rina berupaya untuk menutup"
    if e > low, has(e, .purpose), isIntent(e - 1) {
      e = isJudged(e - 1) ? beforeVerbPhrase(e - 1, low: low) : beforeVerbPhrase(e, low: low)
    }
    while e >= low, let open = openParen(closedAt: e, low: low) ?? openDash(closedAt: e, low: low) {
      e = beforeVerbPhrase(open, low: low)
    }
    guard e >= low else { return nil }
    if opensResult(e + 1, of: v, low: low) { return e + 1 }
    if has(e, .date), let joint = jointBefore(time: e, of: v, low: low) { e = joint }
    // "pihak Melati SENDIRI menjual"
    if e > low, has(e, .pronoun), !has(e, .entity), !isSomebody(e), has(e - 1, .entity) { e -= 1 }
    return e
  }

  /// Whether the word at `i`, which may as well belong to a number, opens what came of the clause before: `Truk menabrak warung HINGGA |
  /// menewaskan 3 orang`; not `dia SAMPAI menjual 2 rumah`.
  private func opensResult(_ i: Int, of v: Int, low: Int) -> Bool {
    guard i < v, has(i, .adverb), has(i, .clause), preposition(at: i)?.sense.relation == .until, has(v, .active),
      !isVerb(i - 1), has(i - 1, .entity) || !has(i - 1, [.pronoun, .comma])
    else { return false }
    return verb(before: i, low: low) != nil
  }

  /// Whether the verb at `v` says what there is or happens, of which nothing before token `e` is the subject.
  private func hasNoSubject(_ v: Int, behind e: Int) -> Bool {
    // "Rina berharap ADA tiga", "dihapus dan ADA dua": what there is has no subject in the clause before.
    if isVerb(e) || has(e, .clause) || !has(e, .entity) && has(e, .and), tellsWhatThereIs(v) { return true }
    // "mencatat setidaknya TERJADI 20 gempa"
    return isVerb(e) && text.classes[v].intersects(words.existential) && !has(verbEnd(v), [.preposition, .date])
  }

  /// Who does the verb at `v` that the word at `e` joins to a clause before: `dan menyita`, `untuk mengamankan`, `setelah menyelesaikan`.
  private func subject(joinedAt e: Int, of v: Int, low: Int, _ depth: Int) -> TokenSpan {
    let b = at(e)
    // The subject of the verb before, which tells not of its own noun only (`Rina memakai kamera BERESOLUSI tinggi dan merekam`).
    var earlier = verb(before: e, low: low)
    while let v = earlier, b.contains(.and), says(.attributive, at: v), relative(before: v, low: low) == nil,
      !has(v - 1, [.auxiliary, .negation, .adverb, .pronoun, .entity]), let outer = verb(before: v, low: low)
    {
      earlier = outer
    }
    if let described = earlier, let outer = verbOfObject(describedBy: described, low: low) { earlier = outer }
    if let earlier {
      // "Gol itu membuat RINA unggul dengan mengumpulkan"; not "membuat warga panik dan menewaskan".
      let led =
        b.contains(.purpose)
        ? whoIsLed(by: earlier, to: v, purpose: e) : b.contains(.and) ? .none : ledBy(earlier, high: e)
      return led.isNone ? subject(of: earlier, low: low, depth: depth + 1) : led
    }
    if b.contains(.and) || b.contains(.timePreposition) && b.contains(.clause) && has(low, [.entity, .pronoun]) {
      // "RINA harus puas dengan perunggu setelah mengumpulkan"
      return firstPhrase(from: low, high: e)
    }
    // "Kerja sama itu bukan hal baru, TAPI sudah berlangsung": the clause before has no verb.
    if says(.contrast, at: e), e - 1 > low, has(e - 1, .comma) {
      let first = firstPhrase(from: low, high: e - 1)
      return !first.isNone && endsInClitic(Int(first.start)) ? .none : first
    }
    if b.contains(.purpose) { return whoMeans(before: e, low: low, isOwn: depth == 0) }
    return verblessTopic(before: e, of: v, low: low)
  }

  /// The verb of whose object the state at `v` tells: `MENGALAMI kondisi stagnan dengan | meraih`, `MENJADI daerah rawan bentrok dan | memicu`.
  private func verbOfObject(describedBy v: Int, low: Int) -> Int? {
    guard has(v, [.stative, .intransitive]), !has(v, [.active, .passive, .copula]), v - 1 > low,
      isNoun(v - 1, first: false), !has(v - 1, .entity), let outer = verb(before: v, low: low),
      has(outer, .copula) ? !isExistential(outer) : has(outer, .active) && has(v, .stative), !has(outer, .speech),
      !says(.causative, at: outer), !says(.control, at: outer), Int(nounPhrase(from: verbEnd(outer), high: v).end) == v
    else { return nil }
    return outer
  }

  /// Who acts where the clause before has no verb: `LASKAR MELATI kokoh di puncak dengan | mengumpulkan`, `PROGRAM itu penting karena |
  /// memiliki`.
  private func verblessTopic(before e: Int, of v: Int, low: Int) -> TokenSpan {
    guard e > low, !has(v, .passive), opensClause(e) || preposition(at: e)?.sense.isWith == true else { return .none }
    let topic = firstPhrase(from: low, high: e)
    let start = Int(topic.start)
    guard !topic.isNone, has(start, .entity) || !has(start, [.pronoun, .quantity, .determiner]),
      !endsInClitic(Int(topic.end) - 1),
      !(low..<e).contains(where: { has($0, [.hardMark, .quote, .relative, .copula, .speech]) && !has($0, .entity) })
    else { return .none }
    return isPerson(start) || !(Int(topic.end)..<e).contains { has($0, .comma) } ? topic : .none
  }

  /// `ada 20`, `terdapat lima`; not `ada di peringkat 11`, which says where.
  func tellsWhatThereIs(_ v: Int) -> Bool {
    guard isExistential(v), text.classes[v].intersects(words.existential) else { return false }
    return !has(verbEnd(v), .placePreposition) || has(verbEnd(v), .adverb)
  }

  /// The word before the time that ends with token `e`, where it goes on with the clause before: `menetap di Bogor DAN kini |
  /// merawat`, `dirilis Mei, TAPI kini | ditunda`; not `Rina JUGA kini`.
  private func jointBefore(time e: Int, of v: Int, low: Int) -> Int? {
    var k = e
    while k > low, has(k, [.date, .timePreposition]), !has(k, .entity) { k -= 1 }
    // "menetap di Bogor sejak 2010 DAN kini"; not "pada 12 dan 13 Mei".
    let isOther = has(k - 1, .date) && text.dates[Int(text.dateIn[e])].isPresentOrPast
    guard k < e, k > low, !has(k, [.entity, .adverb]), has(k, .and) && !has(k - 1, .comma) || says(.contrast, at: k),
      isOther || !has(k - 1, .date), !text.isCapitalized(k), !isExistential(v), let earlier = verb(before: k, low: low),
      relative(before: earlier, low: low) == nil
    else { return nil }
    // "Kami merakit sepeda dan mulai Mei DIJUAL": the bicycles.
    return has(v, .passive) && has(earlier, .active) ? nil : k
  }

  /// Whether a word that is conjunction and preposition may open a clause at `i`: `karena`, `setelah`; not `seperti`, `untuk`.
  func opensClause(_ i: Int) -> Bool {
    guard has(i, .clause), has(i, .preposition), !has(i, [.purpose, .relative, .entity, .placePreposition]),
      let sense = preposition(at: i)?.sense
    else { return false }
    return sense.isBy || sense.time && (sense.relation == .at || sense.relation == .before || sense.relation == .after)
  }

  func isPerson(_ i: Int) -> Bool { isNamed(i, .person) }

  func isNamed(_ i: Int, _ label: EntityLabel) -> Bool {
    i >= 0 && i < count && text.entityIn[i] >= 0 && text.entities[Int(text.entityIn[i])].label == label
  }

  /// Whether the noun that the verb at `v` tells of stands directly before it.
  func followsNoun(_ v: Int, _ low: Int) -> Bool {
    let e = beforeVerbPhrase(v, low: low)
    return e >= low && !isVerb(e)
      && (has(e, .entity) || isNoun(e, first: false) && text.kind[e] == TokenKind.word || has(e, .demonstrative))
  }

  /// Whether the verb behind token `e` says what its subject does: not how much there is of something, which may as well be said
  /// of a noun before (`Korban yang jatuh karena gempa MENCAPAI 40`).
  func tellsOfSubject(behind e: Int) -> Bool {
    let v = verbBehind(e)
    return isVerb(v) && !has(v, [.adverb, .copula])
  }

  /// The first token behind `e` that is no auxiliary or adverb.
  func verbBehind(_ e: Int) -> Int {
    var v = e + 1
    while v < count, v - e < 6, has(v, [.auxiliary, .negation, .adverb]), !isVerb(v) { v += 1 }
    return v
  }

  /// The preposition of one or two words that ends before `i`.
  func preposition(before i: Int) -> FactWords.PrepositionSense? {
    for start in [i - 1, i - 2] {
      if let found = preposition(at: start), found.end == i { return found.sense }
    }
    return nil
  }

  /// The verb stands behind a comma that closes an apposition: `Edi Kurnia, Direktur PT X, menjajal`.
  func subject(acrossComma comma: Int, low: Int, _ depth: Int) -> TokenSpan {
    var starts: [Int] = []
    var end = comma
    while true {
      let (start, isFirst) = pieceStart(before: end, low: low)
      if let v = pieceVerb(start, end) {
        let led = ledBy(v, high: end)
        if !led.isNone { return led }
        // "X menangkap Budi, menyita mobilnya" is a list of predicates; "startup berbasis web" is an apposition.
        let opens = beforeVerbPhrase(v, low: start) < start
        if opens || isFirst || !has(v, .intransitive) {
          let own = subject(of: v, low: low, depth: depth + 1)
          // "Setelah pulang dari Solo, Bupati Bogor, Rina Hartati, membuka"
          guard own.isNone, !starts.isEmpty, opensSentencePart(v, low: low) else { return own }
          break
        }
      }
      starts.append(start)
      if isFirst || starts.count > 6 { break }
      end = start - 1
    }
    for start in starts.reversed() {
      guard !has(start, [.preposition, .connective, .date, .adverb]) || has(start, .entity) else { continue }
      // "Buktinya, gudang itu, Senin (9/11), ditutup": how the sentence belongs to the one before.
      if starts.count > 1, start == low, has(start + 1, .comma), endsInClitic(start), !has(start, [.entity, .pronoun]) {
        continue
      }
      let phrase = nounPhrase(from: start, high: comma)
      if phrase.isNone { continue }
      // "Juru bicara KPK, Budi, menolak": the person of the next piece, when the first one is a title.
      if isTitled(Int(phrase.start), Int(phrase.end)), let next = person(from: Int(phrase.end), before: comma) {
        return next
      }
      // "Andalan Boston Celtics, Jayson Tatum, mencetak": the same with a description that no list has.
      // "Sementara itu, penjaga gawang sekaligus kapten di klub Melati, Rudi Hartono, menepis"
      if starts.count >= 2, starts[1] == start, starts[0] < comma,
        Int(phrase.end) == starts[0] - 1 || has(Int(phrase.end), [.placePreposition, .and]),
        person(from: Int(phrase.start), before: Int(phrase.end)) == nil,
        let next = person(from: starts[0], before: starts[0] + 1), Int(next.end) == comma
      {
        return next
      }
      return phrase
    }
    return .none
  }

  /// The first person in `s..<high`.
  func person(from s: Int, before high: Int) -> TokenSpan? {
    var i = s
    while i < high {
      if text.entityAt[i] >= 0, text.entities[Int(text.entityAt[i])].label == .person {
        return text.entities[Int(text.entityAt[i])].span
      }
      i += 1
    }
    return nil
  }

  /// The token behind the preposition of an agent at `i`, which words of manner may part from the verb: `diawasi langsung oleh | petugas`,
  /// `dilepas secara resmi oleh | Rina`.
  private func behindBy(_ i: Int) -> Int? {
    var k = i
    if let found = preposition(at: k), found.sense.isManner { k = found.end + 1 }
    while k - i < 3, has(k, .adverb), !has(k, [.entity, .quantity, .preposition]) { k += 1 }
    guard let found = preposition(at: k), found.sense.isBy, k == i || found.sense.actor else { return nil }
    return found.end
  }

  /// The agent of the passive verb that ends before `i`: `ditangkap polisi`, `disambut oleh ratusan warga`.
  func agent(after i: Int, high: Int) -> TokenSpan {
    var k = i
    if let behind = behindBy(i) {
      k = behind
    } else if has(
      k,
      [
        .preposition, .comma, .hardMark, .quote, .and, .clause, .adverb, .date, .quantity, .auxiliary, .relative,
        .negation,
      ])
      && !has(k, .entity)
    {
      return .none
    }
    while k < high, has(k, .determiner), !has(k, .entity) { k += 1 }
    let phrase = nounPhrase(from: k, high: high)
    // "dibangun sendiri"
    if k == i, phrase.count == 1, has(k, .pronoun), !has(k, .entity), !isSomebody(k) { return .none }
    // "dijual terpisah"
    if k == i, phrase.count == 1, has(k, [.adjective, .bareVerb]), !has(k, .entity),
      !text.classes[k].intersects(words.people)
    {
      return .none
    }
    // "dipicu oleh surplus kas"
    guard phrase.isNone, k > i, k < high, isVerb(k), isAgentNoun(k) else { return phrase }
    return TokenSpan(k, max(k + 1, Int(nounPhrase(from: k + 1, high: high).end)))
  }
}
