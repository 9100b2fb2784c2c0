/// Where it was: the place of the clause.
extension FactContext {
  /// Beyond this distance a place or date belongs to something else.
  static let farthest = 60

  /// The preposition that makes the entity a place where something is or happens, and the number of tokens between them; or the verb that strikes it
  /// (`Gempa MENGGUNCANG | Alor dan menewaskan 12 orang`): the governor of the place.
  private func placeGap(_ index: Int, low: Int) -> (gap: Int, governor: Int)? {
    let entity = text.entities[index]
    guard entity.label != .person else { return nil }
    if let verb = striker(entity, low: low) { return (0, verb) }
    if let counted = countedGap(entity, low) { return counted }
    var k = Int(entity.span.start) - 1
    var n = 0
    var counted = false
    while k >= low, n < 4 {
      if var found = preposition(at: k), found.end >= k + 1, found.sense.place {
        // "sekitar 120 merek asli Indonesia": about how many, not where.
        if counted, has(k, .adverb) { return nil }
        // "dari | arah Bogor"
        if k > low, let longer = preposition(at: k - 1), longer.end == found.end { (found, k) = (longer, k - 1) }
        if saysOtherThanWhere(found, k, n, entity, low) { return nil }
        if entity.label == .organization {
          return isHouse(entity, k, n, found.sense, low) ? (n, k) : nil
        }
        return found.sense.actor && n > 1 ? nil : (n, k)
      }
      // "di laman tentang | Bogor": of what something tells.
      if has(k, .preposition), preposition(at: k)?.sense.isAbout == true, preposition(at: k - 1)?.end != k + 1 {
        return nil
      }
      if n == 0, has(k, .comma), entity.label == .location, let seat = seatGap(k, low) { return seat }
      if has(k, [.comma, .hardMark, .quote, .relative, .and, .entity, .copula, .date]) || isVerb(k) { return nil }
      counted = counted || has(k, .quantity)
      k -= 1
      n += 1
    }
    return nil
  }

  /// Whether the preposition at `p`, `gap` tokens before the entity, says something else than that something is or happens there.
  private func saysOtherThanWhere(
    _ found: (sense: FactWords.PrepositionSense, end: Int), _ p: Int, _ gap: Int, _ entity: Entity, _ low: Int
  ) -> Bool {
    // "ulang tahun ke-72 Kota Bogor": which one it is.
    if text.kindAt(found.end) == TokenKind.hyphen, text.isNumber(found.end + 1) { return true }
    if isInConnective(p, found.end) || says(.sides, at: p) && joinsSides(entity, p) { return true }
    // "selain di Bogor", "dibanding di Bogor": another place is told of.
    if p > low, has(p - 1, .preposition),
      preposition(at: p - 1)?.sense.isExcept == true || begins(p - 1, words.comparison)
    {
      return true
    }
    // "kereta tujuan Bogor": what a noun is for.
    if found.sense.relation == .none, !found.sense.isTo { return true }
    // "pabrik asal China", "penerbangan dari Malaysia": where something comes from; with `asal`, whatever it does.
    if found.sense.isFrom, found.end == p + 1 && !found.sense.actor || !departs(before: p, low: low) { return true }
    guard gap > 0 else { return false }
    // "di kompetisi Eropa", "di lima liga Eropa": whose something is that is no place; "di mana Nepal": a clause opens.
    if isNowhere(found.end, Int(entity.span.start)) || opensPlaceClause(p) { return true }
    // "dalam serangan AS di Palu": behind a noun of its own the place only says whose; "pada wilayah Suriah" says where.
    return (found.sense.time || found.sense.actor)
      && !text.classes[Int(entity.span.start) - 1].intersects(words.placeHead)
  }

  /// `di tiga kota, yaitu | Bogor, Depok, dan Bekasi`: which places it is that are counted behind the preposition.
  private func countedGap(_ place: Entity, _ low: Int) -> (gap: Int, governor: Int)? {
    var k = Int(place.span.start) - 1
    guard place.label == .location, k > low, text.entityIn[k] < 0 else { return nil }
    let isNamed = begins(k, words.placeExample)
    guard isNamed || has(k, .comma) else { return nil }
    if isNamed { k -= 1 }
    if k > low, has(k, .comma) { k -= 1 }
    let end = k + 1
    while k > low, end - k < 5, has(k, .adverb) || isNoun(k, first: false), text.entityIn[k] < 0 { k -= 1 }
    guard k > low, k + 1 < end, has(k, [.quantity, .determiner]) else { return nil }
    // "Di dua laga, Indonesia menang": a subject may follow a comma alone.
    if !isNamed {
      let next = Int(place.span.end)
      guard begins(k + 1, words.placeHead), place.use != .actor, has(next, [.comma, .and, .hardMark]) else {
        return nil
      }
    }
    while k > low, has(k, [.quantity, .determiner]) { k -= 1 }
    guard let sense = preposition(at: k)?.sense, sense.place, sense.relation == .at, !sense.isFrom, !says(.sides, at: k)
    else {
      return nil
    }
    return (1, k)
  }

  /// The verb of what strikes the place: `mengguncang wilayah | Alor`.
  private func striker(_ place: Entity, low: Int) -> Int? {
    var v = Int(place.span.start) - 1
    if v > low, begins(v, words.placeHead), text.entityIn[v] < 0 { v -= 1 }
    return v >= low && place.label == .location && place.use != .actor && says(.strike, at: v) && isVerb(v) ? v : nil
  }

  /// Whether the noun that begins at `i`, behind a number perhaps and before `end`, names no place.
  private func isNowhere(_ i: Int, _ end: Int) -> Bool {
    var k = i
    while k < end, has(k, [.quantity, .determiner]) { k += 1 }
    return k < end && says(.nowhere, at: k)
  }

  /// `perundingan | antara India dan Pakistan`: whether the preposition at `p` and the other of two sides stand around the place; not `jalan
  /// antara Bogor dan Depok`, nor behind a verb (`tenggelam antara Jawa dan Bali`).
  private func joinsSides(_ place: Entity, _ p: Int) -> Bool {
    let next = Int(place.span.end)
    return (has(next, .and) || preposition(at: next)?.sense.isWith == true)
      && (p == 0 || !text.classes[p - 1].intersects(words.placeHead) && !isVerb(p - 1))
  }

  /// `dirawat di RSUD Sleman`: whether a body is a place, `gap` tokens behind the preposition at `p`: right behind the verb; one in a house also
  /// behind what is counted (`lima orang di RSUD Sleman`) and where it opens its clause.
  private func isHouse(
    _ body: Entity, _ p: Int, _ gap: Int, _ sense: FactWords.PrepositionSense, _ low: Int
  ) -> Bool {
    guard gap == 0, sense.relation == .at, !sense.time else { return false }
    let isBehindVerb = isVerb(p - 1)
    // "pindah ke PSG", "melapor ke KPU": whom one joins or turns to is no place.
    if isBehindVerb, !sense.isTo { return true }
    guard text.classes[Int(body.span.start)].intersects(words.placeHead) else { return false }
    let opens = p <= low || has(p - 1, [.comma, .and, .quote, .hardMark, .purpose, .connective])
    return isBehindVerb || opens || quantity(endingAt: p) != nil
  }

  /// `di Pengadilan Tipikor, | Jakarta`: where the body before the comma at `comma` has its house.
  private func seatGap(_ comma: Int, _ low: Int) -> (gap: Int, governor: Int)? {
    guard comma > low, text.entityIn[comma - 1] >= 0 else { return nil }
    let body = Int(text.entityIn[comma - 1])
    guard text.entities[body].label == .organization, placeGap(body, low: low) == nil else { return nil }
    var k = Int(text.entities[body].span.start) - 1
    while k >= low, comma - k < 12 {
      if let found = preposition(at: k) {
        return found.sense.place && found.sense.relation == .at && !found.sense.isTo && !found.sense.isFrom
          ? (1, k) : nil
      }
      if has(k, [.comma, .hardMark, .quote, .relative, .and, .entity, .copula, .date, .quantity]) || isVerb(k) {
        return nil
      }
      k -= 1
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
    // "membawa Indonesia unggul": the place does what follows.
    return entity.label == .location && entity.use != .actor ? entity.span : .none
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
        if cost < bestCost, !isInOtherRelative(i, q, scope), !isElsewhere(found.governor, i, q, scope) {
          best = entity.span
          bestCost = cost
        }
        if cost >= Self.farthest, best.isNone, opening.isNone, opens(found.governor, Int(scope.start)) {
          opening = entity.span
        }
      }
      i = text.nextEntity(max(i + 1, Int(entity.span.end)), high)
    }
    return best.isNone ? opening : best
  }

  /// `Harga beras di Bogor: 1 kg Rp 12 ribu, …, 9 kg | Rp 108 ribu`: the place of the number before, where the one at `q` is another member of a long list
  /// behind it.
  func placeInList(_ index: Int, _ scope: TokenSpan) -> TokenSpan {
    guard let earlier = figures.last, Int(earlier.anchor) == index - 1, earlier.place.start >= scope.start else {
      return .none
    }
    let q = Int(text.quantities[index].span.start)
    let before = Int(text.quantities[index - 1].span.start)
    let from = endOfQuantity(before)
    guard earlier.place.end <= before, from <= q, q - from < 8, cost[q] &- cost[Int(earlier.place.start)] > 50,
      (from..<q).allSatisfy({
        // "Runway 3": another thing has a name.
        !isVerb($0) && !has($0, [.clause, .relative, .quote, .placePreposition, .entity]) && !text.isCapitalized($0)
      })
    else { return .none }
    return earlier.place
  }

  /// `Kasus ditemukan di BOGOR sebanyak 87, diikuti Depok | 64`: whether the place is that of a number before the verb of a list, which names another one
  /// for its number; not one that opens the clause (`Di JAWA, …`).
  func isOfMemberBefore(_ draft: PredicateDraft, _ scope: TokenSpan) -> Bool {
    let (place, v) = (draft.place, Int(draft.action.start))
    guard !place.isNone, place.start >= scope.start, Int(place.end) < v, Int(draft.actor.start) > v,
      isPlace(draft.actor)
    else { return false }
    return (Int(place.end)..<v).contains { has($0, .quantity) } && !opens(Int(place.start) - 1, Int(scope.start))
  }

  /// `Rawa Melati (KETINGGIAN AIR | 30 cm)`: the place before the bracket that holds the number and the noun of which it tells.
  func placeBeforeBracket(_ actor: TokenSpan) -> TokenSpan {
    let open = Int(actor.start) - 1
    guard !actor.isNone, open > 0, text.kind[open] == TokenKind.openParen, text.entityIn[open - 1] >= 0 else {
      return .none
    }
    let entity = text.entities[Int(text.entityIn[open - 1])]
    return entity.label == .location && entity.span.end == open ? entity.span : .none
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
    if let comma = endOfMember(index, low, high) ?? endOfPlacedMember(index, low, high) { high = comma }
    // "Dari 20 warga itu, | 12 di antaranya dirawat di Bogor": of the whole nothing is told behind its comma.
    if let comma = endOfWhole(index, low, high) { high = comma }
    if index > 1 {
      let before = Int(text.quantities[index - 1].span.start)
      let first = Int(text.quantities[index - 2].span.start)
      if first >= low, first < before, has(before - 1, [.comma, .and]) { others = first..<before }
    }
    return (high, others)
  }

  /// The comma behind an amount whose noun stands before it, where another member of the list has one: `jalan di Melati senilai Rp 3 miliar, |
  /// jembatan di Mawar senilai Rp 2 miliar`.
  private func endOfMember(_ index: Int, _ low: Int, _ high: Int) -> Int? {
    let quantity = text.quantities[index]
    let start = Int(quantity.span.start)
    guard start > low, has(start - 1, .amount), index + 1 < text.quantities.count else { return nil }
    let next = Int(text.quantities[index + 1].span.start)
    let comma = endOfPhrase(quantity, high)
    guard next < high, next > comma, has(comma, .comma), has(next - 1, .amount),
      !(comma..<next).contains(where: { isVerb($0) && !has($0, .amount) })
    else { return nil }
    return comma
  }

  /// The comma behind a number that has its place before it, where another of its kind has one behind the comma: `saham di Bogor naik 2
  /// persen, | dan saham di Depok turun 3 persen`.
  private func endOfPlacedMember(_ index: Int, _ low: Int, _ high: Int) -> Int? {
    guard index + 1 < text.quantities.count else { return nil }
    let (quantity, other) = (text.quantities[index], text.quantities[index + 1])
    let next = Int(other.span.start)
    let comma = endOfPhrase(quantity, high)
    guard next < high, comma < next, next - comma < 24, other.kind == quantity.kind, has(comma, [.comma, .and]),
      (comma..<next).contains(where: { has($0, .placePreposition) && !has($0, .entity) })
    else { return nil }
    var k = Int(quantity.span.start) - 1
    while k > low, Int(quantity.span.start) - k < 16,
      at(k).isDisjoint(with: [.comma, .hardMark, .quote, .and]) || has(k, .entity)
    {
      if has(k, .placePreposition), !has(k, .entity), text.entityAt[k + 1] >= 0 { return comma }
      k -= 1
    }
    return nil
  }

  /// The comma behind the number of a whole that opens the clause with `dari`, where a number of its parts follows.
  private func endOfWhole(_ index: Int, _ low: Int, _ high: Int) -> Int? {
    guard index + 1 < text.quantities.count else { return nil }
    var p = Int(text.quantities[index].span.start) - 1
    while p > low, has(p, [.adverb, .amount]) || says(.sum, at: p), preposition(at: p)?.sense.isFrom != true { p -= 1 }
    guard p >= low, preposition(at: p)?.sense.isFrom == true, !has(p, .entity),
      p == low || has(p - 1, [.comma, .quote, .connective])
    else { return nil }
    let next = Int(text.quantities[index + 1].span.start)
    let from = endOfPhrase(text.quantities[index], high)
    guard next < high, from < next, next - from < 12 else { return nil }
    return (from..<next).last { has($0, .comma) && !has($0, .entity) }
  }

  /// Whether `i` stands in a relative clause that `q` is not in and that does not belong to its noun: `penumpang yang menuju
  /// Stasiun Senen naik 5 persen`.
  func isInOtherRelative(_ i: Int, _ q: Int, _ scope: TokenSpan) -> Bool {
    let low = max(Int(scope.start), i - 40)
    guard let governor = verb(before: i, low: low), let mark = relative(before: governor, low: low) else {
      return false
    }
    if i < q {
      // "yang naik 3 persen, saham di Bogor …": with its number the relative is over.
      if (governor..<i).contains(where: { has($0, .comma) && !has($0, .entity) && quantity(endingAt: $0) != nil }) {
        return false
      }
      // Another verb between closes the clause; "pertandingan yang digelar di Bogor ini ditonton": there that happens, too.
      guard let own = verb(before: q, low: i), !isHeld(governor, at: i) else { return false }
      // "upacara yang dipimpin Rina di Bogor dan DIIKUTI 12 siswa": the relative goes on.
      let before = beforeVerbPhrase(own, low: i)
      if has(governor, .passive), has(own, .passive), has(before, .and), !has(before, .entity) { return false }
      return !isCountedThere(governor, own, mark) && !isPresent(governor, at: i, own)
    }
    // Behind the figure: its own noun's clause, unless a verb stands between; "terluka dalam ledakan yang TERJADI di Bogor".
    guard mark > q, let between = verb(before: mark, low: q) else { return false }
    // "Sebanyak 12 orang tampil di laga yang digelar di Bogor": the same of who does it, where the figure is no object.
    let isThere = has(between, .stative) || has(between, .intransitive) && verb(before: q, low: low) == nil
    let isApart = (q..<mark).contains { has($0, .comma) && !has($0, [.entity, .quantity]) }
    return isExistential(governor) ? isApart || !isPresent(governor, at: i, i) : !isThere || !isHeld(governor, at: i)
  }

  /// `rutan yang ADA di seluruh | Solo DIHUNI 300 orang`, `Warga masuk ke pasar yang ADA di | Solo`: whether the verb at `v` says that something is at the place at
  /// `i`, and the next verb, at `own`, what that does or undergoes.
  private func isPresent(_ v: Int, at i: Int, _ own: Int) -> Bool {
    guard isExistential(v), has(verbEnd(v), .placePreposition), i - v < 6 else { return false }
    return (i..<max(i, own)).allSatisfy { !isVerb($0) && (!has($0, .comma) || has($0, .entity)) }
  }

  /// `Investasi yang masuk ke Bogor MENCAPAI Rp 3 miliar`: whether the verb at `own` says how many or how much there is of what the
  /// relative at `mark` has go or be where its verb says; not of somebody (`Rina, yang tinggal di Bogor, meraih 3 poin`).
  private func isCountedThere(_ governor: Int, _ own: Int, _ mark: Int) -> Bool {
    let p = verbEnd(governor)
    guard p <= own, has(p, .placePreposition), !has(governor, .passive), !has(mark - 1, .comma), !isNamed(before: mark),
      says(.change, at: own)
        || (says(.report, at: own) || has(own, [.adverb, .copula])) && relative(before: own, low: governor) == nil
    else { return false }
    // "yang ada di Bogor, …": behind a comma something else is told.
    return (p...own).first { isVerb($0) || has($0, .comma) && !has($0, [.entity, .date]) }.map(isVerb) == true
  }

  /// Whether a name stands before the relative at `mark`, and not only whose somebody is (`turis INDIA | yang`).
  private func isNamed(before mark: Int) -> Bool {
    guard mark > 0, text.entityIn[mark - 1] >= 0 else { return false }
    let entity = text.entities[Int(text.entityIn[mark - 1])]
    let head = Int(entity.span.start) - 1
    return entity.label != .location || head < 0 || !isNoun(head, first: false) || isVerb(head)
  }

  /// Whether the verb at `v` says that something is held or happens at the place or date that begins at `i`: `digelar di | Bogor`,
  /// `terjadi di jalur utama | Bogor`, `mengguncang | Bogor`.
  private func isHeld(_ v: Int, at i: Int) -> Bool {
    guard says(.held, at: v) else { return says(.strike, at: v) && text.entityAt[i] >= 0 && i - v < 3 }
    let p = verbEnd(v)
    let first = preposition(at: p)?.end ?? p + 1
    // "di jalur utama Bogor", "di tiga lokasi di Bogor"
    return first <= i && i - first < 6
      && (first..<i).allSatisfy {
        text.entityIn[$0] < 0 && (isNoun($0, first: true) || has($0, [.placePreposition, .quantity, .determiner]))
      }
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
    // "di Kendari 41 tahun lalu": so are those that count from now.
    let first = Int(date.span.start)
    let isDeictic = !endsInYear && !(text.isNumber(first) && text.end[first] - text.start[first] == 4)
    // "lahir di Toronto tahun 1990": a place behind its preposition has no year in its name.
    if text.isWord(first), text.entityIn[before] >= 0 {
      let place = text.entities[Int(text.entityIn[before])]
      if place.label == .location, has(Int(place.span.start) - 1, .placePreposition) { return false }
    }
    return (isName[before] || isNameAmongNames(before)) && text.dateIn[before] < 0 && !isDeictic
  }

  /// Whether the word at `i` is part of a name in a sentence of names, where a capital alone tells none: `Ketua KONI Bogor, Rina Hartati, membuka
  /// Melati TERBUKA | 2014 di GOR Beji.`
  private func isNameAmongNames(_ i: Int) -> Bool {
    guard text.isCapitalized(i), !isHeadline[i], i > Int(sentence(i).start), text.isWord(i),
      at(i).isDisjoint(with: [.preposition, .clause, .connective, .date])
    else { return false }
    return text.kind[i - 1] == TokenKind.word || text.kind[i - 1] == TokenKind.comma
  }

  /// `Pada Pemilu Raya 2014, Melati meraih 20 kursi`, `Berdasarkan data panitia (2014), …`: the year of what opens the sentence says when; not
  /// that of a law (`Sesuai Peraturan 2/2014, …`).
  private func opensSentence(_ date: DateExpression) -> Bool {
    let isBracketed = text.kindAt(Int(date.span.start) - 1) == TokenKind.openParen
    let (start, end) = (Int(date.span.start) - (isBracketed ? 1 : 0), Int(date.span.end) + (isBracketed ? 1 : 0))
    let low = Int(sentence(Int(date.span.start)).start)
    guard has(end, .comma), start > low + 1, start - low < 12, text.kind[start - 1] == TokenKind.word,
      isBracketed || text.isNumber(Int(date.span.start)) || text.isCapitalized(start - 1), opensSetting(low)
    else { return false }
    return (low + 1..<start).allSatisfy {
      !isVerb($0) && !isPerson($0)
        && (at($0).isDisjoint(with: [.comma, .hardMark, .quote, .relative, .date]) || has($0, .entity))
    }
  }

  /// Whether a sentence opens at `low` with when something was or where that is from: `Pada`, `Hingga`, `Berdasarkan data`.
  private func opensSetting(_ low: Int) -> Bool {
    guard has(low, .preposition), !has(low, .entity) else { return false }
    if cue(at: low)?.cue.form == .source { return true }
    guard has(low, .timePreposition), let relation = preposition(at: low)?.sense.relation else { return false }
    return relation == .at || relation == .until
  }
}
