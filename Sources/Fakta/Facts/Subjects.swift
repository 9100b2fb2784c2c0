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
    guard depth < 5 else { return .none }
    var e = beforeVerbPhrase(v, low: low)
    // "Rina berupaya untuk menutup"
    if e > low, has(e, .purpose), isIntent(e - 1) {
      e = isJudged(e - 1) ? beforeVerbPhrase(e - 1, low: low) : beforeVerbPhrase(e, low: low)
    }
    while e >= low, let open = openParen(closedAt: e, low: low) ?? openDash(closedAt: e, low: low) {
      e = beforeVerbPhrase(open, low: low)
    }
    guard e >= low else { return .none }
    if has(e, .date), let joint = jointBefore(time: e, of: v, low: low) { e = joint }
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
    // "Rina berharap ADA tiga", "dihapus dan ADA dua": what there is has no subject in the clause before.
    if depth == 0, isVerb(e) || b.contains(.clause) || !has(e, .entity) && b.contains(.and), tellsWhatThereIs(v) {
      return .none
    }
    // "mencatat setidaknya TERJADI 20 gempa"
    if depth == 0, isVerb(e), text.classes[v].intersects(words.existential), !has(verbEnd(v), [.preposition, .date]) {
      return .none
    }
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
    // "dan menyita", "untuk mengamankan", "setelah menyelesaikan": the subject of the verb before, which tells not of its own noun
    // only (`Rina memakai kamera BERESOLUSI tinggi dan merekam`).
    var earlier = verb(before: e, low: low)
    while let v = earlier, b.contains(.and), says(.attributive, at: v), relative(before: v, low: low) == nil,
      !has(v - 1, [.auxiliary, .negation, .adverb, .pronoun, .entity]), let outer = verb(before: v, low: low)
    {
      earlier = outer
    }
    if let earlier {
      // "membuka kesempatan bagi WARGA untuk memilih"
      if b.contains(.purpose) {
        let led = beneficiary(before: e, low: verbEnd(earlier))
        if !led.isNone { return led }
      }
      // "memanggil RINA untuk diperiksa": who undergoes both.
      if b.contains(.purpose), has(v, .passive), !has(v, .active), !words.isAgentless(v, text), has(earlier, .active),
        !has(earlier, .copula)
      {
        let both = nounPhrase(from: verbEnd(earlier), high: e)
        if !both.isNone, !has(Int(both.end) - 1, .purpose) { return both }
      }
      if b.contains(.purpose), says(.control, at: earlier) {
        var from = verbEnd(earlier)
        if let found = preposition(at: from), found.sense.isTo { from = found.end }
        let led = firstPhrase(from: from, high: e)
        if !led.isNone { return led }
      }
      return subject(of: earlier, low: low, depth: depth + 1)
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
    if b.contains(.purpose) { return whoMeans(before: e, low: low) }
    return verblessTopic(before: e, of: v, low: low)
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

  /// The first noun phrase of the clause that ends with token `e`, before its verb.
  func subject(inClauseBefore e: Int, low: Int, _ depth: Int) -> TokenSpan {
    var s = e
    var and: Int?
    var governor: Int?
    // "membatasi penjualan karena KAPASITAS gudang hanya menampung": where a word that is conjunction and preposition stands.
    var opener: Int?
    while s >= low {
      if let open = openParen(closedAt: s, low: low) {
        s = open - 1
        continue
      }
      let b = at(s)
      if b.contains(.quote), let open = openQuote(closedAt: s, low: low) {
        s = open - 1
        continue
      }
      if !b.isDisjoint(with: [.comma, .hardMark, .quote]), !isVersionDot(s) {
        // "Tim SAR, TNI, dan relawan": a list that a comma closes before its last member.
        if and == s + 1, b.contains(.comma), let start = listStart(before: s, low: low) { s = start - 1 }
        break
      }
      if b.contains(.relative), s < e {
        // "hasil yang sejak 2010 menurun"
        if (s + 1...e).allSatisfy({ has($0, [.preposition, .date, .adverb]) }) {
          return antecedent(of: s, low: low, depth)
        }
        // "lomba di mana IA menjadi", "tren yang MEREKA bangun"
        if s == e - 1, has(e, .pronoun), !has(e, .entity), isSomebody(e) { return TokenSpan(e, e + 1) }
        // "perkara yang NILAI KERUGIANNYA mencapai", "jembatan di mana LENGKUNGNYA mencapai"
        let own = opensPlaceClause(s) ? firstPhrase(from: s, high: e + 1) : nounPhrase(from: s + 1, high: e + 1)
        if !own.isNone, opensPlaceClause(s) || Int(own.end) == e + 1 && endsInClitic(e) && !says(.manner, at: s + 1) {
          return own
        }
      }
      if b.contains(.clause), !b.contains(.preposition), !b.contains(.relative), !b.contains(.copula),
        !b.contains(.entity)
      {
        break
      }
      if b.contains(.clause), b.contains(.preposition), b.isDisjoint(with: [.entity, .purpose]), s < e,
        b.contains(.timePreposition) && actsByName(s + 1) || actsByClitic(s + 1, e)
      {
        break
      }
      if b.contains(.and), !b.contains(.entity) { and = and ?? s }
      if opener == nil, s < e, opensClause(s) { opener = s }
      if isVerb(s), !(s == e && describes(s)), s == e || !says(.attributive, at: s) {
        if let before = relative(before: s, low: low), !leads(s, to: e) {
          s = before - 1
          (and, opener) = (nil, nil)
          continue
        }
        // "KEPUTUSAN RINA menutup pasar | menuai protes"
        if s < e, let noun = nounOfDeed(s, low: low) {
          s = noun - 1
          (and, opener) = (nil, nil)
          continue
        }
        // "PERMINTAAN WARGA untuk memperbaiki jalan | dikabulkan": an aim belongs to its noun.
        let aim = beforeVerbPhrase(s, low: low)
        // "JUMLAH RELAWAN yang diperlukan untuk mendukung lomba | mencapai"
        if aim > low, s < e, has(aim, .purpose), isVerb(aim - 1), let before = relative(before: aim - 1, low: low) {
          s = before - 1
          (and, opener) = (nil, nil)
          continue
        }
        // "RINA yang terpilih saat menghadapi Melati | mengaku": and so does the object of a verb without a subject.
        if aim > low, s < e, and == nil, has(s, .active), opensClause(aim), has(verbBehind(e), .speech),
          followsNoun(aim, low)
        {
          s = aim - 1
          (and, opener) = (nil, nil)
          continue
        }
        if aim > low, s < e, opener == nil, has(aim, .purpose), !has(e, .purpose), !isIntent(aim - 1),
          followsNoun(aim, low), !has(verbBehind(e), .copula), verb(before: aim, low: low) == nil
        {
          s = aim - 1
          (and, opener) = (nil, nil)
          continue
        }
        if let opener, and ?? 0 <= opener, !(has(s, .stative) && has(s, .adjective)), tellsOfSubject(behind: e) {
          let own = firstPhrase(from: opener + 1, high: e + 1)
          if !own.isNone { return own }
        }
        if let and { s = and } else { governor = s }
        break
      }
      s -= 1
    }
    // "Ini PENTING karena harga yang dibayar warga naik"
    if governor == nil, let opener, and ?? 0 <= opener, has(opener - 1, .adjective), tellsOfSubject(behind: e) {
      let own = firstPhrase(from: opener + 1, high: e + 1)
      if own.count > 1 || !own.isNone && (has(Int(own.start), .entity) || isSomebody(Int(own.start))) { return own }
    }
    // "Selama membela Persib IA telah bermain"
    if governor != nil, has(e, .thirdPerson), !has(e, .entity), has(e - 1, .entity) { return TokenSpan(e, e + 1) }
    // "bekerja sama dengan Budi mengirimkan": a verb of several words.
    let from = governor.map { max($0 + 1, verbEnd($0)) } ?? s + 1
    if let governor, from > s + 1, firstPhrase(from: from, high: e + 1).isNone {
      return subject(of: governor, low: low, depth: depth + 1)
    }
    let phrase = firstPhrase(from: from, high: e + 1)
    guard phrase.isNone else {
      let owned = owned(endingAt: e, behind: phrase)
      if !owned.isNone { return owned }
      // "kasus yang SANTER terungkap", "yang PERTAMA dibangun": no noun behind the relative.
      let start = Int(phrase.start)
      if start - 1 > low, has(start - 1, .relative), Int(phrase.end) == e + 1, !has(e, [.entity, .pronoun]),
        !endsInClitic(e), !has(verbBehind(e), .bareVerb), has(start - 2, .entity) || isNoun(start - 2, first: false)
      {
        let noun = antecedent(of: start - 1, low: low, depth)
        if !noun.isNone { return noun }
      }
      // "menanam Rp 9 triliun membangun gudang", "memastikan DIRI lolos", "mendapat KESEMPATAN bermain": what stands behind the verb
      // acts nowhere; who does that verb does.
      if let governor,
        isBareAmount(phrase) || (Int(phrase.end) == e + 1 || has(start, .quantity)) && isComplement(phrase, governor)
      {
        return subject(of: governor, low: low, depth: depth + 1)
      }
      // "Untuk mengatasi banjir itu DINAS membangun": behind the demonstrative that ends the clause before.
      if let governor, opensSentencePart(governor, low: low), !isVerb(Int(phrase.end)),
        let end = (Int(phrase.end)..<max(e, Int(phrase.end))).last(where: { has($0, .demonstrative) })
      {
        let own = firstPhrase(from: end + 1, high: e + 1)
        if Int(own.end) == e + 1 { return own }
      }
      // "aspal DICAMPUR plastik diuji": whatever stands behind a passive has its part in that.
      if let governor, has(governor, .passive), Int(phrase.start) == verbEnd(governor), followsNoun(governor, low),
        !isPerson(Int(phrase.start))
      {
        let own = subject(of: governor, low: low, depth: depth + 1)
        if !own.isNone { return own }
      }
      return phrase
    }
    let nearest = nounPhrase(before: e + 1, low: max(low, s + 1))
    // "Di lokasi gempa ditemukan 16 jenazah": the noun of the setting is not who acts.
    if !nearest.isNone {
      let start = Int(nearest.start)
      // "Dari 24 laga MELATI mengemas 48 poin"
      if has(e, .entity), text.entityIn[start] != text.entityIn[e], start - 1 > low, has(start - 1, .quantity),
        opensWithPreposition(before: start - 1, low: low)
      {
        return text.entities[Int(text.entityIn[e])].span
      }
      guard let sense = preposition(before: start),
        sense.place || sense.time || sense.isLike || sense.isAbout && !isVerb(start - 2)
      else { return nearest }
    }
    // "Di liga KAMI hanya memiliki"
    if has(e, .pronoun), !has(e, .entity), isSomebody(e), Int(nearest.end) == e, has(verbBehind(e), .active) {
      return TokenSpan(e, e + 1)
    }
    // "Dari tangan pelaku POLISI menyita": behind a place without a comma, who acts is the last noun.
    if nearest.count > 1, Int(nearest.end) == e + 1, !has(e, .entity), text.classes[e].intersects(words.people),
      has(verbBehind(e), .active), !has(verbBehind(e), .copula), !endsInClitic(e)
    {
      return TokenSpan(e, e + 1)
    }
    // "Rina, pemilik gudang itu, KINI membuka": the time alone stands between the comma and the verb.
    if s >= low, has(s, .comma), !isExistential(verbBehind(e)),
      (s + 1...e).allSatisfy({ has($0, [.date, .timePreposition]) && !has($0, .entity) })
    {
      let named = subject(acrossComma: s, low: low, depth)
      if !named.isNone { return named }
    }
    // ", dengan SUHU di Bogor mencapai": a clause of its own.
    if s < low || has(s, .comma), let found = preposition(at: s + 1), found.sense.isWith, !found.sense.place {
      let own = nounPhrase(from: found.end, high: e + 1)
      if !own.isNone, has(Int(own.end), .placePreposition), !has(Int(own.start), [.entity, .pronoun, .quantity]) {
        return own
      }
    }
    let topic = topic(before: s, low: low)
    // "Peserta tinggal di Bogor mencapai 20 orang": all that stands behind the verb before is where or when.
    if topic.isNone, let governor, !has(governor, .active) { return subject(of: governor, low: low, depth: depth + 1) }
    return topic
  }

  /// Whether a preposition opens the clause and the number that ends with token `k` stands right behind it: `Dari 24 | laga`.
  private func opensWithPreposition(before k: Int, low: Int) -> Bool {
    guard text.quantityIn[k] >= 0 else { return false }
    let p = Int(text.quantities[Int(text.quantityIn[k])].span.start) - 1
    return p >= low && has(p, .preposition) && !has(p, [.amount, .adverb, .determiner])
      && (p == low || has(p - 1, [.comma, .connective, .date]))
  }

  /// Whether a word that is conjunction and preposition may open a clause at `i`: `karena`, `setelah`; not `seperti`, `untuk`.
  func opensClause(_ i: Int) -> Bool {
    guard has(i, .clause), has(i, .preposition), !has(i, [.purpose, .relative, .entity, .placePreposition]),
      let sense = preposition(at: i)?.sense
    else { return false }
    return sense.isBy || sense.time && (sense.relation == .at || sense.relation == .before || sense.relation == .after)
  }

  func isPerson(_ i: Int) -> Bool {
    text.entityIn[i] >= 0 && text.entities[Int(text.entityIn[i])].label == .person
  }

  /// Whether the noun that the verb at `v` tells of stands directly before it.
  func followsNoun(_ v: Int, _ low: Int) -> Bool {
    let e = beforeVerbPhrase(v, low: low)
    return e >= low && !isVerb(e)
      && (has(e, .entity) || isNoun(e, first: false) && text.kind[e] == TokenKind.word || has(e, .demonstrative))
  }

  /// Whether the verb behind token `e` says what its subject does: not how much there is of something, which may as well be said
  /// of a noun before (`Korban yang jatuh karena gempa MENCAPAI 40`).
  private func tellsOfSubject(behind e: Int) -> Bool {
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
      if starts.count == 2, starts[1] == start, Int(phrase.end) == starts[0] - 1, starts[0] < comma,
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

  /// The agent of the passive verb that ends before `i`: `ditangkap polisi`, `disambut oleh ratusan warga`.
  func agent(after i: Int, high: Int) -> TokenSpan {
    var k = i
    if let found = preposition(at: k), found.sense.isBy {
      k = found.end
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
    // "dijual terpisah"
    if k == i, phrase.count == 1, has(k, .adjective), !has(k, .entity), !text.classes[k].intersects(words.people) {
      return .none
    }
    // "dipicu oleh surplus kas"
    guard phrase.isNone, k > i, k < high, isVerb(k), isAgentNoun(k) else { return phrase }
    return TokenSpan(k, max(k + 1, Int(nounPhrase(from: k + 1, high: high).end)))
  }
}
