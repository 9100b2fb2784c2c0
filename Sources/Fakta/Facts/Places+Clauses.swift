/// Places of a clause that a conjunction joins to that of the figure.
///
///     Rudi meraih 12 gelar sejak pindah ke Bogor.   Desa membeli 3 traktor agar petani panen dua kali di Bogor.
///                                 ╰─ his way ─╯                             ╰───── what is wanted ──────╯
extension FactContext {
  /// Whether the place whose preposition is at `p` belongs to a verb behind a conjunction that follows the figure at `q`: where somebody then goes to
  /// or comes from, and where that is which is wanted or comes of it. Where something else happens then, the figure does, too (`12 orang tewas
  /// saat tidur di Bogor`).
  func isOfJoinedClause(_ p: Int, _ q: Int, _ low: Int) -> Bool {
    guard let sense = preposition(at: p)?.sense else { return isOfJoinedStrike(p, q, low) }
    let isWay = sense.isTo || sense.isFrom
    let end = endOfQuantity(q)
    var hasVerb = false
    var k = p - 1
    while k >= end, p - k < 24 {
      if isVerb(k) {
        // "20 bus untuk DIBAGIKAN ke Bogor": what becomes of the counted.
        if isWay, !hasVerb, has(k, .passive) || relative(before: k, low: end) != nil { return false }
        hasVerb = true
      } else if !has(k, .entity) {
        // "memudahkan warga untuk MENUJU Bogor": the preposition is the verb.
        let isJoined = hasVerb && (isWay ? joinsClause(k) : says(.outcome, at: k))
        if isJoined || k == p - 1 && sense.isTo && has(k, .purpose) { return verb(before: k, low: low) != nil }
        if has(k, [.comma, .hardMark, .quote]) || isWay && has(k, [.relative, .and]) { return false }
      }
      k -= 1
    }
    return false
  }

  /// `menyumbang Rp 12 juta setelah gempa MENGGUNCANG | Bogor`: whether somebody does something because of what the verb at `p` tells; what befalls the counted
  /// does so there (`12 orang mengungsi setelah gempa mengguncang Bogor`).
  private func isOfJoinedStrike(_ p: Int, _ q: Int, _ low: Int) -> Bool {
    let end = endOfQuantity(q)
    guard let mark = (max(end, p - 8)..<max(end, p)).last(where: { joinsClause($0) && !has($0, .entity) }),
      let own = verb(before: mark, low: low)
    else { return false }
    return has(own, .active)
  }

  /// Whether a clause with a verb of its own follows at `k`: `untuk`, `sehingga`, `sejak`; not what is no more than a preposition (`akibat`,
  /// `untuk jurusan`) or an auxiliary (`mulai`).
  private func joinsClause(_ k: Int) -> Bool {
    guard has(k, [.purpose, .clause, .timePreposition]), !has(k, [.placePreposition, .auxiliary, .copula]) else {
      return false
    }
    if has(k, .purpose) { return isVerb(k + 1) || has(k + 1, [.auxiliary, .adverb]) }
    guard has(k, .preposition), let relation = preposition(at: k)?.sense.relation else {
      return !has(k, .timePreposition)
    }
    return relation == .after || relation == .since || relation == .before || relation == .at && has(k, .clause)
  }

  /// `Rina pindah ke Bogor pada Mei, | usai menulis 12 lagu`: whether a clause that tells of another time opens behind the comma that follows the place
  /// that ends before `end`, and holds the figure at `q`.
  func isBeforeOtherTime(_ end: Int, _ q: Int) -> Bool {
    guard let comma = (end..<max(end, q)).first(where: { has($0, .comma) && !has($0, [.entity, .date]) }),
      has(comma + 1, .timePreposition), !has(comma + 1, .entity), let found = preposition(at: comma + 1),
      found.end <= q, !has(found.end, .date)
    else { return false }
    let relation = found.sense.relation
    return !found.sense.isFrom && (relation == .after || relation == .since || relation == .before)
      && !(found.end..<q).contains { has($0, [.comma, .hardMark]) && !has($0, [.entity, .date, .quantity]) }
  }

  /// `Pabrik yang BERMARKAS di | Bogor memecat 12 buruh`, `BERKANTOR PUSAT di | Bogor, pabrik itu …`: whether the place behind the preposition at `p` is the
  /// seat of somebody of whom another verb tells more.
  func isSeat(_ p: Int, _ scope: TokenSpan) -> Bool {
    let low = Int(scope.start)
    var v = p - 1
    if v > low, !isVerb(v) { v -= 1 }
    guard v >= low, says(.seat, at: v) || v == p - 1 && says(.attributive, at: v) else { return false }
    if beforeVerbPhrase(v, low: low) < low { return says(.seat, at: v) }
    return relative(before: v, low: low) != nil && scope.range.contains { $0 != v && isVerb($0) && !isExistential($0) }
  }
}
