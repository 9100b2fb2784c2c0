// Words that begin the names of bodies, places and schools.

extension EntityEvidence {
  /// Whether one sure name of the lists is the whole run.
  func isWhole(_ start: Int, _ end: Int, _ context: EntityContext) -> Bool {
    guard context[start].hitIndex >= 0 else { return false }
    let hit = context.hit(context[start].hitIndex)
    return Int(hit.start) == start && Int(hit.end) == end
  }

  /// `Dinas Pariwisata Bali`: a capitalised head and what follows in capitals.
  func applyHead(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    guard WordForm.isName(context[i].form) else { return }
    if context[i].ends.contains(.office), applyUnit(i, document, context, lattice) { return }
    if applySchool(i, document, context, lattice) { return }
    guard context[i].runEnd > Int32(i) + 1 else { return }
    // `The Weeknd`: a person of the lists.
    if context[i].hitIndex >= 0 {
      let hit = context.hit(context[i].hitIndex)
      if Int(hit.start) == i, hit.end > hit.start + 1, hit.sure == 2 { return }
    }
    var (end, placeEnd) = (0, 0)
    for m in document.matchRange(at: i) {
      let match = document.matches[m]
      let cues = context.cues.cues(context.lexicon.classes(at: match.state))
      if cues.contains(.orgHead) { end = Int(match.end) }
      if cues.contains(.placeHead) { placeEnd = Int(match.end) }
    }
    let runEnd = Int(context[i].runEnd)
    // `Balai Desa Sukawulung`: the longer designator says what the name is.
    guard end > i, end < runEnd, placeEnd <= end, context[i].isCaseless == 0 else { return }
    // `Tentara Israel …`: a common word that only begins the sentence.
    if context[i].begin != 0, context.lexicon.caseTendency(ofWord: document.tokens.id[i]) <= 4,
      context[end].hit & 0x10 != 0, runEnd == end + 1
    {
      return
    }
    let tendency = context.lexicon.caseTendency(ofWord: document.tokens.id[i])
    let isCommon = context[i].begin != 0 && tendency < 6 || tendency < 3
    let isSure = context[end].form == WordForm.capital && isOffice(i, document, context)
    let isFirm = isFirm(i, end, document, context)
    if isFirm { favour(i, end + 1, .organization, one * 4, lattice) }
    favour(i, end, .organization, isSure ? one * 4 : isCommon ? one : one * 3 / 2, lattice)
    // A name of the lists is whole: what follows is another one (`Partai Gerindra Suhardi`).
    var limit = runEnd
    if isSure, context[end].hitIndex >= 0 {
      // `Pengadilan Tinggi Papua Budi Wenda`
      let place = context.hit(context[end].hitIndex)
      if place.sure == 4, Int(place.start) == end { limit = Int(place.end) }
    }
    if context[i].hitIndex >= 0 {
      let hit = context.hit(context[i].hitIndex)
      if hit.sure & 8 != 0, Int(hit.start) == i, Int(hit.end) >= end { limit = Int(hit.end) }
    }
    var k = end
    let titles: CueSet = isFirm ? [.office, .honorific] : [.office, .rank, .honorific]
    while k < limit, context[k].starts.isDisjoint(with: titles) || k == end {
      lattice.add(k, Tag.inside(3), isSure ? one * 5 / 2 : isCommon ? one / 2 : one)
      k += 1
      if k - end >= 3 { break }
    }
  }

  /// `CV Sumber Laut`: whether a corporate form and the name of a company stand there, however common the words of the name are.
  private func isFirm(_ i: Int, _ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
    firmLeads.contains(document.tokens.id[i]) && context[i].form == WordForm.allCaps && end == i + 1
      && document.tokens.gap[end] == TokenGap.space && context[end].begin == 0 && !context.isSport
      && context[end].starts.isDisjoint(with: [.office, .rank, .honorific, .orgHead, .calendar])
  }

  /// `Kenanga University`, `Wulung Capital`, `Madura United`: unknown words, or a place, before a word with which names of
  /// bodies end, and which news seldom write small.
  func applySuffix(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    let row = context[i]
    let isLast = Int(row.runEnd) == i + 1
    guard WordForm.isName(row.form), row.isCaseless == 0, row.begin == 0,
      // `analis Wulung Sekuritas Reza Priyambada`
      isLast
        || Int(row.runEnd) > i + 2 && context[i + 1].starts.contains(.given) && isUncommon(i + 1, document, context)
          && isFree(i + 1, context)
          && row.hit & 7 == 0,
      !row.starts.contains(.thing),
      isUncommon(i, document, context), let mayBePlace = suffix(i, document, context)
    else { return }
    var start = Int(row.runStart)
    // A common word that only begins the sentence (`Saham Wulung Capital`).
    if context[start].begin != 0, start + 1 < i, !isUncommon(start, document, context) { start += 1 }
    while start + 1 < i, !context[start].starts.union(context[start].ends).isDisjoint(with: CueSet.besideNames) {
      start += 1
    }
    guard start < i, i - start <= 4, !isThing(i, document, context), document.tokens.length(start) > 1,
      // `Kubu United`
      start + 1 < i || context[start].begin == 0
        || context[start].hit & 2 != 0 && isUncommon(start, document, context)
        || context.lexicon.caseTendency(ofWord: document.tokens.id[start]) == 0,
      // `City of Prague Philharmonic Orchestra`
      start < 2 || context[start - 1].form != WordForm.small || !WordForm.isName(context[start - 2].form)
        || !context.lexicon.classes(ofWord: document.tokens.id[start - 1]).intersects(connector)
        || !context[start - 1].starts.isDisjoint(with: [.conjunction, .placePreposition])
    else { return }
    if mayBePlace {
      guard context.isSport, row.form != WordForm.allCaps,
        start == 0 || context[start - 1].ends.isDisjoint(with: [.placePreposition, .placeHead])
      else { return }
    }
    for k in start..<i {
      let word = context[k]
      guard WordForm.isName(word.form), word.hit & 5 == 0, word.begin == 0 || k == start,
        word.starts.isDisjoint(with: CueSet.besideNames),
        word.starts.isDisjoint(with: [.given, .orgHead, .placeHead, .thing]),
        k > start || isUncommon(k, document, context) || word.hit & 2 != 0
      else { return }
    }
    favour(start, i + 1, .organization, one * 4, lattice)
    if !isLast { lattice.add(i + 1, Tag.inside(3), -one * 4) }
  }

  /// Whether the single word `i` ends names of bodies by itself, and whether of places, too.
  private func suffix(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool? {
    for m in document.matchRange(at: i) where Int(document.matches[m].end) == i + 1 {
      if let mayBePlace = suffixes.first(at: document.matches[m].state, in: context.lexicon) { return mayBePlace }
    }
    return nil
  }

  /// `Kepala Departemen Komunikasi BI`: a unit without a name of its own belongs to the title, up to the organization that the
  /// lists know. False when there is none.
  private func applyUnit(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) -> Bool {
    let limit = min(Int(context[i].runEnd), i + 6)
    var at = i + 1
    while at < limit, context[at].hit & 4 == 0, context[at].starts.isDisjoint(with: .orgHead) { at += 1 }
    guard at > i + 1, at < limit,
      (max(0, i - 3)..<i).contains(where: { k in
        document.matchRange(at: k).contains {
          Int(document.matches[$0].end) == i + 1 && isOfUnit(document.matches[$0].state, context.lexicon)
        }
      })
    else { return false }
    for k in i..<at { lattice.add(k, Tag.outside, one * 5) }
    lattice.add(at, Tag.begin(3), one * 3)
    // `BI Agusman`
    if at + 1 < limit, context[at].hitIndex >= 0, Int(context.hit(context[at].hitIndex).end) == at + 1,
      context[at + 1].hit & 2 == 0, context[at + 1].starts.contains(.given)
    {
      lattice.add(at + 1, Tag.inside(3), -one * 4)
    }
    return true
  }

  /// Whether it is the office of a unit that may have no name (`kepala departemen`); asked seldom.
  private func isOfUnit(_ state: UInt32, _ lexicon: Lexicon) -> Bool {
    var isUnit = false
    lexicon.forEachListing(at: state) { listing in
      isUnit = !lexicon.cellBytes(listing.entry, "extends").isEmpty
      return !isUnit
    }
    return isUnit
  }

  /// Whether the head at `i` is one name with its place: the abbreviation of an office (`Dishub Kota Malang`), or a court in
  /// capitals inside a sentence.
  private func isOffice(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    document.matchRange(at: i).contains {
      let state = document.matches[$0].state
      return offices.first(at: state, in: context.lexicon) == true
        || context[i].begin == 0 && courts.first(at: state, in: context.lexicon) == true
    }
  }

  /// `SMPN 5 Bogor`: schools have a number, and the name of their place behind it. False when there is none.
  private func applySchool(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) -> Bool {
    let tokens = document.tokens
    let range = document.matchRange(at: i)
    // Most have none, and what the lists say of a head is far away.
    guard range.contains(where: { tokens.kindAt(Int(document.matches[$0].end)) == TokenKind.number }) else {
      return false
    }
    var number = 0
    for m in range where schools.first(at: document.matches[m].state, in: context.lexicon) == true {
      number = Int(document.matches[m].end)
    }
    guard number > i, number < lattice.count, tokens.kind[number] == TokenKind.number, tokens.length(number) <= 3,
      tokens.gap[number] == TokenGap.space, context[number].gate != 0, context[number].begin == 0,
      (i..<number).allSatisfy({ WordForm.isName(context[$0].form) }),
      !tokens.attached(number + 1)
        || tokens.kindAt(number + 1) >= TokenKind.period && tokens.kindAt(number + 1) != TokenKind.slash
    else { return false }
    var end = number + 1
    if end < lattice.count, tokens.gap[end] == TokenGap.space, context[end].begin == 0,
      context[end].form == WordForm.capital,
      context[end].starts.isDisjoint(with: [.office, .rank, .honorific, .orgHead])
    {
      end = min(Int(context[end].runEnd), end + (context[end].starts.contains(.placeHead) ? 2 : 1))
      // A place of two words is one.
      if context[end - 1].hitIndex >= 0 {
        let hit = context.hit(context[end - 1].hitIndex)
        if hit.labels & 4 != 0, Int(hit.end) > end { end = Int(hit.end) }
      }
    }
    favour(i, end, .organization, one * 4, lattice)
    guard end < lattice.count else { return true }
    // `Kepala SMAN 1 Wulung Dini Kenanga`
    let isPerson =
      i > 0 && context[i - 1].ends.contains(.office) && context[end].begin == 0 && context[end].starts.contains(.given)
      && isFree(end, context) && isUncommon(end, document, context)
    lattice.add(end, Tag.inside(3), isPerson ? -one * 5 : -one)
    if isPerson { lattice.add(end, Tag.begin(1), one) }
    return true
  }

  /// `Jl. Gatot Subroto`: a street is no person.
  func applyPlaceHead(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    guard context[i].form == WordForm.capital || context[i].form == WordForm.allCaps,
      context[i].ends.contains(.placeHead),
      context[i].starts.isDisjoint(with: [.office, .orgHead]) || isHospital(i, document, context)
    else { return }
    let tokens = document.tokens
    var next = i + 1
    if next < tokens.count, tokens.kind[next] == TokenKind.period { next += 1 }
    // `MallSampah`
    if next == i + 1, next < tokens.count, tokens.gap[next] == TokenGap.none, tokens.kind[next] == TokenKind.word {
      lattice.add(i, Tag.begin(2), -one * 4)
      return
    }
    // `RSUD dr. Sutomo`: a title stands inside the name of the building.
    if context[i].form == WordForm.allCaps, next < tokens.count, context[next].gate != 0,
      context[next].ends.contains(.honorific), tokens.length(next) <= 5
    {
      var name = next + 1
      if name < tokens.count, tokens.kind[name] == TokenKind.period { name += 1 }
      if name < tokens.count, WordForm.isName(context[name].form), context[name].begin == 0 {
        favour(i, min(Int(context[name].runEnd), name + 2), .location, one * 4, lattice)
      }
      return
    }
    guard next < tokens.count, context[next].begin == 0, WordForm.isName(context[next].form),
      context[next].hit & 2 == 0 || next > i + 1
    else { return }
    let isAbbreviated = next > i + 1
    var amount = isAbbreviated ? one * 3 : context[i].begin != 0 ? one / 2 : one
    if context[i].form == WordForm.allCaps, tokens.length(i) > 1, context[i].isCaseless == 0 { amount += one }
    lattice.add(i, Tag.begin(2), amount)
    for k in i + 1..<min(next + 2, lattice.count) where context[k].gate != 0 && k < Int(context[next].runEnd) {
      lattice.add(k, Tag.inside(2), amount)
    }
  }

  /// Whether the abbreviation `i` is a designator of places as well as of organizations, and a preposition of place decides.
  private func isHospital(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    i > 0 && context[i].form == WordForm.allCaps && context[i].starts.isDisjoint(with: .office)
      && context[i - 1].ends.contains(.placePreposition)
  }
}
