// Who acts to a purpose: `untuk`, `guna`.

extension FactContext {
  /// Who does the verb at `v` behind the purpose at `e`, where the verb at `earlier` leads him to it; none where who does that verb does
  /// both.
  func whoIsLed(by earlier: Int, to v: Int, purpose e: Int) -> TokenSpan {
    // "membuka kesempatan bagi WARGA untuk memilih"
    let led = beneficiary(before: e, low: verbEnd(earlier))
    if !led.isNone { return led }
    // "memanggil RINA untuk diperiksa": who undergoes both.
    if has(v, .passive), !has(v, .active), !words.isAgentless(v, text), has(earlier, .active), !has(earlier, .copula) {
      let both = nounPhrase(from: verbEnd(earlier), high: e)
      if !both.isNone, !has(Int(both.end) - 1, .purpose) { return both }
    }
    guard says(.control, at: earlier) else { return .none }
    var from = verbEnd(earlier)
    if let found = preposition(at: from), found.sense.isTo { from = found.end }
    return firstPhrase(from: from, high: e)
  }

  /// For whom something is, where that ends before the purpose at `e`: `memberi kesempatan bagi WARGA | untuk`.
  func beneficiary(before e: Int, low: Int) -> TokenSpan {
    let phrase = nounPhrase(before: e, low: low)
    let p = Int(phrase.start) - 1
    guard !phrase.isNone, Int(phrase.end) == e, p > low, has(p, .preposition), !has(p, [.purpose, .clause]),
      let sense = preposition(before: p + 1), sense.actor, !sense.place, !sense.time, !sense.isTo, !sense.isBy,
      !sense.isWith, !sense.isFrom, !sense.isAbout, !sense.isLike
    else { return .none }
    return phrase
  }

  /// `berupaya | untuk`, `sudah SIAP | untuk`, `ia tidak SEGAN | untuk`; not `album BARU | untuk`, `beban cukup BESAR | untuk`.
  func isIntent(_ i: Int) -> Bool {
    if isJudged(i) {
      let e = beforeVerbPhrase(i, low: 0)
      return e >= 0 && has(e, [.entity, .pronoun])
    }
    return has(i, .auxiliary) && !has(i, .adverb) && !isVerb(i)
      && (!has(i, .adjective) || has(i - 1, [.entity, .pronoun, .auxiliary, .adverb]))
  }

  /// Whether the word at `i` says of somebody how he is, behind a negation or degree: `tidak SEGAN`, `sangat ANTUSIAS`.
  func isJudged(_ i: Int) -> Bool {
    i > 1 && text.kind[i] == TokenKind.word && at(i).subtracting(.adjective).isEmpty
      && (has(i - 1, .negation) || text.classes[i - 1].intersects(words.degree))
  }

  /// Whose the plan is that a purpose follows: `Rencana PEMERINTAH | untuk membangun`; none of a noun that is nobody's (`Waktu | untuk
  /// berkunjung`).
  /// Where the verb behind the purpose is not asked for itself (`isOwn`) the plan acts: `Upaya Melati untuk fokus juga membuahkan hasil`.
  func whoMeans(before purpose: Int, low: Int, isOwn: Bool) -> TokenSpan {
    // "Dinas Perhubungan (Dishub) Bogor | untuk membangun"
    let opening = nounPhrase(from: low, high: purpose)
    let phrase = Int(opening.end) == purpose ? opening : nounPhrase(before: purpose, low: low)
    let last = Int(phrase.end) - 1
    // "KEPUTUSAN Dinas Pasar untuk"
    let first = Int(phrase.start)
    if isOwn, phrase.count > 1, has(first + 1, .entity), says(.complement, at: first) || says(.stance, at: first) {
      return TokenSpan(first + 1, purpose)
    }
    guard !phrase.isNone, Int(phrase.end) == purpose,
      has(last, .entity) || isOfPeople(last),
      // "memerintahkan | kepada RUDI untuk"
      !has(first - 1, .preposition) || has(first - 1, .determiner)
        || first - 1 == low && preposition(at: low)?.sense.isTo == true
    else { return .none }
    return phrase
  }

  /// The noun that opens the clause and of which the active verb at `v` says what it is about: `RENCANA | membangun pasar`, `HARAPAN Rina | merebut
  /// gelar`; nil for any other noun, and where an auxiliary makes a predicate of the verb.
  func nounOfDeed(_ v: Int, low: Int) -> Int? {
    guard v - 1 >= low, has(v, .active), !has(v, [.copula, .speech]), !says(.manner, at: v) else {
      return nil
    }
    var k = v - 1
    if text.entityIn[k] >= 0 { k = Int(text.entities[Int(text.entityIn[k])].span.start) - 1 }
    if k > low, has(k, .adjective), !has(k, .entity) { k -= 1 }
    guard k >= low, says(.complement, at: k) || says(.stance, at: k), !has(k, [.preposition, .entity]) else {
      return nil
    }
    return k == low || has(k - 1, [.comma, .connective, .clause, .adverb]) && !has(k - 1, .entity) ? k : nil
  }
}
