// Subjects behind their verb, and in the pieces of a list of clauses.

extension FactContext {
  /// The noun phrase that a comma sets before its clause: `Impor, pada Mei 2015 mencapai 11 juta ton`.
  ///
  /// What stands between may be said in pieces: `Produksi beras, termasuk beras ketan, pada Mei naik`, and the phrase may go on with
  /// prepositions: `Mata uang Jepang pada pembukaan hari ini, Kamis (5/11), berada`.
  func topic(before comma: Int, low: Int) -> TokenSpan {
    guard comma > low, has(comma, .comma) else { return .none }
    var (start, isFirst) = pieceStart(before: comma, low: low)
    var end = comma
    var pieces = 0
    while !isFirst, pieces < 3, start < end, has(start, [.preposition, .date]), !has(start, .entity),
      pieceVerb(start, end) == nil
    {
      end = start - 1
      (start, isFirst) = pieceStart(before: end, low: low)
      pieces += 1
    }
    guard isFirst, start < end, pieceVerb(start, end) == nil else { return .none }
    var s = start
    while s < end, has(s, [.connective, .and]), !has(s, .entity) { s += 1 }
    let phrase = nounPhrase(from: s, high: end)
    guard !phrase.isNone, !has(s, [.preposition, .date]) || has(s, .entity) else { return .none }
    let behind = Int(phrase.end)
    // "Ledakan di pasar, Senin (9/11/2015), melukai"
    let hasTime = pieces > 0 || has(comma + 1, .date)
    return behind == end || has(behind, .timePreposition) || hasTime && has(behind, .placePreposition)
      || text.kindAt(behind) == TokenKind.openParen ? phrase : .none
  }

  /// Who acts where the verb at `v` opens its clause and the sentence goes on with another one behind a comma: `Bermain di Bogor,
  /// PERSIB mendapat perlawanan`.
  func subjectBehind(_ v: Int, low: Int, high: Int) -> TokenSpan {
    guard opensSentencePart(v, low: low) else { return .none }
    var comma: Int?
    var first = v
    var k = verbEnd(v)
    while k < high, k - v < 40 {
      if text.kindAt(k) == TokenKind.openParen {
        k = bracketEnd(k, high) + 1
        continue
      }
      if has(k, [.hardMark, .quote]) { break }
      if let behind = behindInsertedCitation(k, high) {
        (comma, k) = (behind - 1, behind)
        continue
      }
      if has(k, .comma) {
        if comma == nil { first = k }
        comma = k
      } else if let comma, has(k, .copula), !isVerb(k), k > comma + 1 {
        // "Mulai dijual pada 2014, MELATI adalah kopi"
        let own = nounPhrase(from: comma + 1, high: k)
        let end = has(k - 1, .demonstrative) ? k - 1 : k
        return Int(own.end) == end ? own : .none
      } else if let piece = comma, isCue[k] {
        // ", MELATI memang mengaku masih rugi"; not ", ia menjelaskan, peristiwa ini merusak".
        if statementOf[k + 1] >= 0 {
          let statement = statements[Int(statementOf[k + 1])]
          if Int(statement.cue.start) == k, Int(statement.content.start) == k + 1, !statement.isQuoted,
            statement.speaker.start > piece, statement.speaker.end <= k
          {
            return statement.speaker
          }
        }
        if isVerb(k), !has(k + 1, .comma) { return speaker(before: k, low: first + 1) }
        comma = nil
      } else if let comma, comma == first || k == comma + 1, has(k, .relative) || isVerb(k), has(first - 1, .date),
        let topic = topic(behind: first, before: k)
      {
        return topic
      } else if let comma, isVerb(k), relative(before: k, low: comma) == nil {
        // "Selain membeli lima kapal, KINI Melati menyewa gudang"
        var s = comma + 1
        while s < k, has(s, [.date, .connective]), !has(s, .entity) { s += 1 }
        return has(s, [.preposition, .and, .clause, .quantity]) && !has(s, .entity)
          ? .none : nounPhrase(from: s, high: k)
      }
      k += 1
    }
    return comma.map { verblessSubject(behind: $0, min(k, high)) } ?? .none
  }

  /// The noun phrase right behind the comma at `first`, which closes the time of a clause: before its relative at `k` (`Dibuka pada 2010, TOKO yang kecil
  /// itu tutup`), or its verb behind whereabouts in commas (`Sejak dibuka Mei, TOKO di Beji, Depok, ramai dikunjungi`).
  private func topic(behind first: Int, before k: Int) -> TokenSpan? {
    guard first + 1 < k, !has(first + 1, [.preposition, .date, .quantity, .pronoun, .connective, .clause]) else {
      return nil
    }
    let own = nounPhrase(from: first + 1, high: k)
    guard !own.isNone, Int(own.start) == first + 1 else { return nil }
    let next = behindBracket(Int(own.end), k) ?? Int(own.end)
    return next == k && has(k, .relative) || has(k - 1, .comma) && has(next, .placePreposition) ? own : nil
  }

  /// Who it is of whom the clause behind a comma says no more than how they are: `Unggul dua gol, RINA tak puas.`
  private func verblessSubject(behind comma: Int, _ end: Int) -> TokenSpan {
    let s = comma + 1
    guard s < end, !has(s, [.preposition, .quantity, .date]),
      text.entityAt[s] >= 0 && text.entities[Int(text.entityAt[s])].label != .location
        || has(s, .pronoun) && isSomebody(s)
    else { return .none }
    let own = nounPhrase(from: s, high: end)
    let e = Int(own.end)
    guard e < end, has(end - 1, .adjective), !(e..<end).contains(where: { isVerb($0) || has($0, [.comma, .and]) })
    else {
      return .none
    }
    return own
  }

  /// Whether nothing but words that open a clause stands before the verb at `v`, before other verbs of its chain, and before one to which
  /// it is joined: `Meski SEMPAT menjalani`, `Setelah SUKSES menggelar`, `Setelah dioperasi dan DIRAWAT`.
  func opensSentencePart(_ v: Int, low: Int) -> Bool {
    var e = beforeVerbPhrase(v, low: low)
    var n = 0
    // "Dua bulan SETELAH"
    var isOpen = false
    while e >= low, n < 8, !has(e, .entity) {
      if isVerb(e) {
        e = beforeVerbPhrase(e, low: low)
      } else if has(e, .and), let earlier = verb(before: e, low: low) {
        e = beforeVerbPhrase(earlier, low: low)
      } else if has(e, .date) {
        // "MESKI tahun lalu pernah kalah"; not "Babak kedua baru berjalan".
        let date = text.dates[Int(text.dateIn[e])]
        e = Int(date.span.start) - 1
        guard isOpen || date.isPresentOrPast || e >= low && has(e, [.timePreposition, .clause]) else { return false }
      } else if has(e, [.preposition, .connective, .clause]) && !has(e, .relative)
        || has(e, .comma) && has(e - 1, [.connective, .clause])
      {
        // "Namun, KETIKA sudah melewati"
        isOpen = true
        e -= 1
      } else {
        return false
      }
      n += 1
    }
    return e < low
  }

  /// Where the list begins whose last comma stands at `comma`, when no verb stands in it and its members are bare names or nouns: the
  /// beginning of the clause.
  func listStart(before comma: Int, low: Int) -> Int? {
    var end = comma
    var pieces = 0
    while pieces < 8 {
      let (start, isFirst) = pieceStart(before: end, low: low)
      // "NAMUN, tim SAR, TNI, dan relawan"
      if start == end, pieces > 0 { return end + 1 }
      guard start < end, pieceVerb(start, end) == nil else { return nil }
      // "RINCIANNYA, Bogor, Depok, dan Bekasi"
      if isFirst, pieces > 1, end == start + 1, endsInClitic(start), !has(start, .entity) { return end + 1 }
      if isFirst { return pieces > 0 ? start : nil }
      let member = Int(nounPhrase(from: start, high: end).end)
      guard member == end || text.kindAt(member) == TokenKind.openParen else { return nil }
      end = start - 1
      pieces += 1
    }
    return nil
  }

  /// `menang setelah Budi memasukkan bola`, `sejak ia memimpin`: a person or body behind a word that is preposition and conjunction acts
  /// in its clause.
  func actsByName(_ i: Int) -> Bool {
    has(i, .pronoun) && isSomebody(i)
      || text.entityIn[i] >= 0 && text.entities[Int(text.entityIn[i])].label != .location
  }

  /// `turun karena PESANANNYA dari Bogor berkurang`: whose the noun is that opens the clause, so it is no setting.
  func actsByClitic(_ i: Int, _ e: Int) -> Bool {
    endsInClitic(e) && !isVerb(e) || i < e && endsInClitic(i) && !isVerb(i) && has(i + 1, .preposition)
  }

  /// Where the piece between commas that ends before `end` begins, and whether no comma stands before it in the clause.
  func pieceStart(before end: Int, low: Int) -> (start: Int, isFirst: Bool) {
    var k = end - 1
    while k >= low {
      if let open = openParen(closedAt: k, low: low) {
        k = open - 1
        continue
      }
      if has(k, .comma) { return (k + 1, false) }
      if has(k, [.hardMark, .quote]) { break }
      if has(k, .clause), !has(k, [.preposition, .relative, .entity, .copula]) { break }
      k -= 1
    }
    return (k + 1, true)
  }

  /// The first verb of a piece that no relative clause holds.
  func pieceVerb(_ start: Int, _ end: Int) -> Int? {
    // ", yang gemar menonton lomba lari,"
    if has(start, .relative) { return nil }
    var k = start
    while k < end {
      if isVerb(k), relative(before: k, low: start) == nil { return k }
      k += 1
    }
    return nil
  }

  /// The noun before a title in quotation marks that ends with token `k`, to which a relative clause belongs: `PROGRAM "Malam" yang
  /// ditayangkan`, `KONSER bertajuk "Pulang" yang digelar`; else the title (`Novelnya adalah "MALAM," yang terbit`).
  func nounOfTitle(endingAt k: Int, _ low: Int) -> TokenSpan {
    guard k > low, RuleMatcher.isQuote(text.kind[k]), let open = openQuote(closedAt: k, low: low), open > low else {
      return .none
    }
    let end = says(.attributive, at: open - 1) ? open - 1 : open
    let noun = nounPhrase(before: end, low: low)
    if !noun.isNone, Int(noun.end) == end { return noun }
    return has(open - 1, .copula) || isVerb(open - 1) ? TokenSpan(open + 1, has(k - 1, .comma) ? k - 1 : k) : .none
  }

  /// The noun of which the verb at `k` says the state before a relative (`KETERANGAN tertulis yang diterima`), or that verb where it names a
  /// thing itself (`Namun, CEDERA yang dideritanya`).
  func nounOfState(endingAt k: Int, _ low: Int) -> TokenSpan {
    guard k >= low, isVerb(k), !has(k, [.auxiliary, .passive, .copula]) else { return .none }
    if k > low, isNoun(k - 1, first: false), text.kind[k - 1] == TokenKind.word, !has(k - 1, .entity), !isVerb(k - 1) {
      return nounPhrase(before: k, low: low)
    }
    guard has(k, .stative), !has(k, .active), k == low || has(k - 1, [.comma, .connective, .preposition, .clause])
    else {
      return .none
    }
    return TokenSpan(k, k + 1)
  }
}
