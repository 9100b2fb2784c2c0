// What stands around runs of words with a capital: citations, speakers, ranges.

extension EntityEvidence {
  /// No name runs on into the next sentence.
  func applySentence(_ start: Int, _ context: EntityContext, _ lattice: TagLattice) {
    guard start > 0, start < lattice.count, context[start].gate != 0, context[start - 1].gate != 0 else { return }
    for label in 1...3 { lattice.add(start, Tag.inside(label), -one * 20) }
  }

  /// Nor past a full stop inside a quotation, which is one sentence with its attribution.
  private func applyFullStop(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    // `Temasek Holdings Pte. Ltd.`
    guard i > 1, document.tokens.kind[i - 1] == TokenKind.period, context[i - 1].gate != 0,
      !context[i - 2].ends.contains(.orgSuffix)
    else { return }
    for label in 1...3 { lattice.add(i, Tag.inside(label), -one * 20) }
  }

  /// Whether an outlet stands at `i`: behind a word of citing, and perhaps words that lead to it (`dilansir dari laman X`).
  func isCited(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    var at = i
    for _ in 0..<4 where at > 0 {
      if context[at - 1].ends.contains(.speech), endsCitation(at, document, context.lexicon) { return true }
      guard context[at - 1].form == WordForm.small,
        words.has(Mark.outletLead, document.tokens.id[at - 1])
      else { return false }
      at -= 1
    }
    return false
  }

  /// Whether a cue of citing ends at token `end`.
  private func endsCitation(_ end: Int, _ document: Document, _ lexicon: Lexicon) -> Bool {
    for i in max(0, end - 3)..<end {
      for m in document.matchRange(at: i) where Int(document.matches[m].end) == end {
        if citations.first(at: document.matches[m].state, in: lexicon) == true { return true }
      }
    }
    return false
  }

  /// What stands directly before a capitalised run: an honorific, or a word of citing before an unknown outlet.
  func applyRun(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    let tokens = document.tokens
    let end = Int(context[i].runEnd)
    guard end > i, context[i].isCaseless == 0, context[i].begin != 2 else { return }
    if context[i].begin == 1 { applyFullStop(i, document, context, lattice) }
    // `Piala Asia`, `Asia Cup`: what ends with such a word is an event or a thing.
    if isThing(i, document, context), !isWhole(i, end, context) {
      for k in i..<end where context[k].gate != 0 { lattice.add(k, Tag.outside, one * 3) }
      return
    }
    if end == i + 1, context[i].hit == 0, words.has(Mark.thingHead, tokens.id[i]) {
      lattice.add(i, Tag.outside, one * 3)
      return
    }
    applyRange(i, end, document, context, lattice)
    applyArticle(i, end, document, context, lattice)
    applyAge(i, end, document, context, lattice)
    applyApposition(i, end, document, context, lattice)
    applySite(i, end, document, context, lattice)
    applySubstitute(i, end, document, context, lattice)
    if applyTitleInFront(i, end, document, context, lattice) { return }
    // `kata Lalu kepada wartawan`: who speaks, though it is a common word.
    if end == i + 1, context[i - 1].ends.contains(.speech), isSpeaker(i, document, context) {
      favour(i, end, .person, one * 3, lattice)
      return
    }
    applySource(i, end, document, context, lattice)
  }

  /// `The Toffees`, `dilansir The Kitchn`: a club's nickname or an outlet; films and albums are called so too.
  private func applyArticle(
    _ i: Int, _ end: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice
  ) {
    let tokens = document.tokens
    guard end - i >= 2, end - i <= 4, tokens.length(i) <= 3,
      context.lexicon.classes(ofWord: tokens.id[i]).intersects(article),
      tokens.kind[i - 1] < TokenKind.quote || tokens.kind[i - 1] > TokenKind.closeSingleQuote,
      context.isSport || isCited(i, document, context),
      context[i].hitIndex < 0 || context.hit(context[i].hitIndex).sure != 2
    else { return }
    favour(i, end, .organization, one * 2, lattice)
  }

  /// `Atim Arta (62)`: an age. In tables of sport a number is that of points.
  private func applyAge(
    _ i: Int, _ end: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice
  ) {
    guard isAge(end, document.tokens), end - i <= 4 else { return }
    // `Daeng Rala (39)`: a form of address that names have in them.
    let isAddressed = end - i >= 2 && nameWords.isNamedTitle(i, document)
    guard (isAddressed ? i + 1..<end : i..<end).allSatisfy({ isFree($0, context) }) else { return }
    if end - i >= 2 {
      favour(i, end, .person, one * (isAddressed ? 5 : 2), lattice)
    } else if !context.isSport, context[i].hit & 6 == 0, isUncommon(i, document, context) {
      favour(i, end, .person, one * 4, lattice)
    }
  }

  /// `di Wulung Sports Complex`: a building by its last word.
  private func applySite(
    _ i: Int, _ end: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice
  ) {
    guard end - i >= 2, end - i <= 8,
      isBehindPlacePreposition(i, document, context) || context[i - 1].ends.contains(.placeHead),
      document.tokens.gap[end - 1] == TokenGap.space, nameWords.has(.site, end - 1, end, document),
      !isWhole(i, end, context),
      (i..<end).allSatisfy({
        WordForm.isName(context[$0].form)
          && context[$0].starts.isDisjoint(with: [.office, .rank, .honorific, .calendar])
      }), context[i].starts.isDisjoint(with: [.orgHead, .placeHead])
    else { return }
    favour(i, end, .location, one * 6, lattice)
  }

  /// `Irfan Bachdim (Rachmat 72')`: who comes on, and when.
  private func applySubstitute(
    _ i: Int, _ end: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice
  ) {
    let tokens = document.tokens
    guard tokens.kind[i - 1] == TokenKind.openParen, end - i <= 3, end + 1 < tokens.count,
      tokens.kind[end] == TokenKind.number, tokens.length(end) <= 2, tokens.gap[end] == TokenGap.space,
      tokens.kind[end + 1] >= TokenKind.apostrophe, tokens.kind[end + 1] <= TokenKind.closeSingleQuote,
      context[i].form == WordForm.capital
    else { return }
    favour(i, end, .person, one * 6, lattice)
    lattice.add(end, Tag.inside(1), -one * 4)
  }

  /// `dr. Tirta Hudaya`: a title in small letters before two capitalised words. False when there is none.
  private func applyTitleInFront(
    _ i: Int, _ end: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice
  ) -> Bool {
    let tokens = document.tokens
    var last = i - 1
    if last > 0, tokens.kind[last] == TokenKind.period, tokens.gap[last] == TokenGap.none { last -= 1 }
    guard end - i >= 2, context[last].form == WordForm.small, context[last].ends.contains(.honorific), last < i - 1,
      last == 0 || context[last - 1].form != WordForm.allCaps || context[last - 1].ends.isDisjoint(with: .placeHead),
      context[i].hit & 6 == 0, context[i + 1].form == WordForm.capital,
      context[i].starts.isDisjoint(with: [.office, .rank, .honorific, .orgHead, .placeHead, .officePrefix])
    else { return false }
    favour(i, i + 2, .person, one * 3 / 2, lattice)
    return true
  }

  /// `dilansir Wulungar`, `menurut data Wulungar`, `Sumber: Wulungar`: who is cited.
  private func applySource(
    _ i: Int, _ end: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice
  ) {
    let tokens = document.tokens
    guard end - i <= 3, context[i].begin == 0, context[i].form != WordForm.initial,
      (i..<end).allSatisfy({ context[$0].hit & 7 == 0 && context[$0].starts.isDisjoint(with: Self.noOutlet) }),
      end == i + 1 && words.has(Mark.outletLead, tokens.id[i - 1]) || isUncommon(i, document, context)
    else { return }
    if isCited(i, document, context) {
      favour(i, end, .organization, one * 3, lattice)
    } else if context[i - 1].ends.contains(.speech),
      nameWords.has(.data, i - 1, i, document)
        || i > 1 && tokens.kind[i - 1] == TokenKind.colon && context[i - 2].begin == 2
          && nameWords.has(.data, i - 2, i - 1, document)
    {
      favour(i, end, .organization, one * 4, lattice)
    }
  }

  /// `Sulurwana, startup asal Bogor`, `Sulurwana merupakan sebuah startup`, `startup Sulurwana`: unknown words, and what they
  /// are.
  private func applyApposition(
    _ i: Int, _ end: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice
  ) {
    let tokens = document.tokens
    guard end + 1 < tokens.count, end - i <= 4,
      // Most runs hold a name of the lists or a title, which is near; the lists of words are not.
      (i..<end).allSatisfy({
        WordForm.isName(context[$0].form)
          && (context[$0].hit & 7 == 0
            && context[$0].starts.isDisjoint(with: [.office, .honorific, .rank, .calendar, .thing, .given])
            || isGlued($0, document, context))
      })
    else { return }
    let isBehind =
      tokens.kind[end] != TokenKind.hyphen
      && (context[i - 1].form == WordForm.small && nameWords.has(.body, i - 1, i, document)
        || isBehindBody(i, end, document, context))
    guard isBehind || isApposed(i, end, document, context),
      // `Parley for the Oceans`
      !context.lexicon.classes(ofWord: tokens.id[i - 1]).intersects(connector.union(article))
        || !context[i - 1].starts.isDisjoint(with: [.conjunction, .preposition]),
      (i..<end).allSatisfy({ isGlued($0, document, context) || isUncommon($0, document, context) })
    else { return }
    favour(i, end, .organization, isBehind && !isGlued(i, document, context) ? one * 2 : one * 6, lattice)
  }

  /// `klub Kenya, Sulurwana,`, `grup musik asal Bogor, Sulurwana,`: whether a comma and before it a phrase of a body's kind and
  /// whence it comes stand before the words, and nothing that makes more of them than its name (`pendiri klub itu, Budi,`).
  private func isBehindBody(_ i: Int, _ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    guard i > 3, tokens.kind[i - 1] == TokenKind.comma, tokens.kind[end] == TokenKind.comma else { return false }
    var at = i - 2
    for _ in 0..<5 where at > 0 && tokens.kind[at] == TokenKind.word && context[at].begin == 0 {
      let last = context[at - 1]
      if context[at].form == WordForm.small, at < i - 2,
        nameWords.has(.body, at, at + 1, document) || nameWords.has(.apposed, at, at + 1, document)
      {
        return last.form == WordForm.small && last.ends.isDisjoint(with: CueSet.personTitle)
          && !nameWords.has(.body, at - 1, at, document)
      }
      guard
        context[at].form == WordForm.small
          ? context[at].starts.isDisjoint(with: [.verb, .speech, .conjunction, .pronoun, .functionWord])
          : context[at].hit & 2 != 0
      else { return false }
      at -= 1
    }
    return false
  }

  /// Whether a comma, or a word like `merupakan`, and words for a body stand at `end`.
  private func isApposed(_ i: Int, _ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
    var at = end
    if document.tokens.kindAt(end) == TokenKind.comma {
      at += 1
    } else if !nameWords.has(.one, end, end + 1, document) {
      return false
    }
    for _ in 0..<3 where at < document.tokens.count && context[at].begin == 0 && context[at].form == WordForm.small {
      if nameWords.has(.body, at, at + 1, document) { return true }
      if at > end, nameWords.has(.apposed, at, at + 1, document) { return true }
      guard let next = (at + 1...at + 3).first(where: { nameWords.has(.one, at, $0, document) }) else { return false }
      at = next
    }
    return false
  }

  private static let noOutlet = CueSet.besideNames.union([.orgHead, .placeHead, .given, .thing, .pronoun, .degree])

  /// `Wulungnews - Warga …`, `BEKASI (Pos Wulung) - Warga …`: an outlet that no list knows opens the report before a dash.
  func applyOpening(_ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    let tokens = document.tokens
    guard tokens.count > 4, WordForm.isName(context[0].form), context[0].isCaseless == 0 else { return }
    var (start, end) = (0, Int(context[0].runEnd))
    if end < tokens.count, tokens.kind[end] == TokenKind.openParen {
      start = end + 1
      end = start < tokens.count ? Int(context[start].runEnd) : 0
      guard tokens.kindAt(end) == TokenKind.closeParen else { return }
    }
    let dash = start > 0 ? end + 1 : end
    guard end > start, end - start <= 3, dash + 1 < tokens.count,
      tokens.kind[dash] == TokenKind.hyphen || tokens.kind[dash] == TokenKind.dash, !tokens.attached(dash),
      tokens.gap[dash + 1] != TokenGap.none, !WordForm.isName(context[dash].form),
      context[dash + 1].form != WordForm.small,
      (start..<end).allSatisfy({
        WordForm.isName(context[$0].form) && context[$0].hit & 3 == 0
          && context[$0].starts.isDisjoint(with: start > 0 ? [.office, .calendar] : Self.noOutlet)
      }),
      // `Go - Jek` is one name of the lists.
      context[start].hitIndex < 0 || Int(context.hit(context[start].hitIndex).end) <= end,
      // `TERMAS DE WULUNG - `
      start > 0 || context[0].form != WordForm.allCaps && isUncommon(0, document, context)
    else { return }
    favour(start, end, .organization, one * 5, lattice)
    for label in 1...3 { lattice.add(end, Tag.inside(label), -one * 20) }
  }

  /// Whether a capitalised word, behind a word of speech, is nothing but the name of who speaks.
  private func isSpeaker(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    return context[i - 1].form == WordForm.small && context[i].form == WordForm.capital && context[i].begin == 0
      && context[i].hit & 6 == 0
      && tokens.gap[i] == TokenGap.space && tokens.length(i) >= 3
      && context[i].starts.isDisjoint(with: [
        .office, .officePrefix, .rank, .honorific, .occupation, .kinship, .orgHead, .placeHead, .calendar, .thing,
        .pronoun, .orgSuffix,
      ])
      && isBehindQuote(i - 1, tokens) && !endsCitation(i, document, context.lexicon)
  }

  /// Whether a quotation ends before `i`, or a comma stands there.
  private func isBehindQuote(_ i: Int, _ tokens: TokenTable) -> Bool {
    guard i > 0 else { return false }
    let last = tokens.kind[i - 1]
    return last == TokenKind.comma || last >= TokenKind.openParen && last <= TokenKind.closeSingleQuote
  }

  /// `BCA hingga Mandiri`, `Traveloka, Shopee, hingga Bukalapak`: the last name of a list is of the kind of the one before.
  private func applyRange(
    _ i: Int, _ end: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice
  ) {
    guard i > 1, context[i].begin == 0, context[i].starts.isDisjoint(with: [.calendar, .office, .rank]),
      words.has(Mark.rangeWord, document.tokens.id[i - 1]), context[i - 1].form == WordForm.small
    else { return }
    let before = document.tokens.kind[i - 2] == TokenKind.comma ? i - 3 : i - 2
    guard before >= 0, context[before].gate != 0, context[before].hitIndex >= 0 else { return }
    let hit = context.hit(context[before].hitIndex)
    let labels = hit.sure != 0 ? hit.sure : hit.bare
    guard Int(hit.end) == before + 1, labels.nonzeroBitCount == 1,
      let label = EntityLabel(rawValue: UInt8(labels.trailingZeroBitCount)), label != .none
    else { return }
    favour(i, end, label, one * 2, lattice)
  }

  /// Datelines hold a city and an outlet.
  func applyDateline(
    _ region: Region, _ document: Document, _ context: EntityContext, _ lattice: TagLattice
  ) {
    // `MADRID, Bolasport -`: the place comes first, though a club is called so, or no list knows it.
    let first = Int(region.span.start)
    if first < document.tokens.count, context[first].gate != 0, WordForm.isName(context[first].form) {
      let end = Int(context[first].runEnd)
      let mark = document.tokens.kindAt(end)
      if context[first].hitIndex >= 0 {
        let hit = context.hit(context[first].hitIndex)
        if Int(hit.start) == first, hit.labels & 4 != 0 {
          favour(first, Int(hit.end), .location, one * 8, lattice)
        }
      } else if end > first, end - first <= 3, mark == TokenKind.comma || mark == TokenKind.openParen {
        favour(first, end, .location, one * 3, lattice)
      }
    }
    for i in region.span.range where i < document.tokens.count && context[i].hitIndex >= 0 && context[i].gate != 0 {
      let hit = context.hit(context[i].hitIndex)
      guard Int(hit.start) == i, hit.labels & 8 != 0, hit.labels & 4 == 0 else { continue }
      favour(i, Int(hit.end), .organization, one * 3, lattice)
    }
  }
}
