// Titles, ranks and initials: a person stands beside them.

extension EntityEvidence {
  /// Whether the capitals are a person's initials, by the word before them.
  func isInitials(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    // `berinisial MA. Saat itu …`: the dot is no part of an abbreviation.
    let isAlone = context[i].runEnd == Int32(i) + 1 || document.tokens.kindAt(i + 1) == TokenKind.period
    guard i > 0, isAlone, document.tokens.length(i) <= 4, context[i].begin == 0 else { return false }
    return words.has(Mark.initialCue, document.tokens.id[i - 1]) || isInInitials(i, document, context)
  }

  /// `berinisial R, SA dan RAJ`: whether initials stand in a row from the cue to `i`, each perhaps with an age.
  private func isInInitials(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    guard context[i].hit & 6 == 0 || tokens.length(i) <= 2 else { return false }
    var at = i
    // Before each of them stands the link to the one before.
    for _ in 0..<8 {
      var link = at - 1
      if link > 0, context[link].starts.contains(.conjunction), context[link].form == WordForm.small { link -= 1 }
      if link > 0, tokens.kind[link] == TokenKind.comma { link -= 1 }
      guard link < at - 1 else { return false }
      if link > 3, tokens.kind[link] == TokenKind.closeParen {
        while link > 0, link > at - 8, tokens.kind[link] != TokenKind.openParen { link -= 1 }
        link -= 1
      }
      guard link > 0, context[link].begin == 0, tokens.length(link) <= 4,
        context[link].form == WordForm.allCaps || context[link].form == WordForm.initial
      else { return false }
      if words.has(Mark.initialCue, tokens.id[link - 1]) { return true }
      at = link
    }
    return false
  }

  /// `MU (40)`: whether one to four capitals, be it behind a title, have an age; of what the lists know only two letters, or what
  /// is described as a person, and none in a report of sport (`PSG (18)`).
  func isAged(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    guard isAge(i + 1, tokens), tokens.gap[i + 1] == TokenGap.space, tokens.length(i) <= 4,
      context[i].runEnd == Int32(i) + 1,
      context[i].runStart == Int32(i) || !context[i - 1].ends.isDisjoint(with: CueSet.personTitle)
    else { return false }
    if context[i].hit & 7 == 0 { return true }
    guard !context.isSport else { return false }
    if tokens.length(i) == 2 { return true }
    // `RAF (21), mahasiswa asal Bogor`
    let behind = i + 5
    return behind < tokens.count && tokens.kind[behind - 1] == TokenKind.comma && context[behind].begin == 0
      && !context[behind].starts.isDisjoint(with: [.occupation, .kinship])
  }

  /// Whether a number of two digits stands in brackets at `i`.
  func isAge(_ i: Int, _ tokens: TokenTable) -> Bool {
    i + 2 < tokens.count && tokens.kind[i] == TokenKind.openParen && tokens.kind[i + 1] == TokenKind.number
      && tokens.length(i + 1) == 2 && tokens.kind[i + 2] == TokenKind.closeParen
  }

  /// `CCTV` is no name; `SB (35)` and `berinisial SB` are persons.
  func applyCapitals(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    let tokens = document.tokens
    if words.has(Mark.commonAbbreviation, tokens.id[i]) {
      if context[i].runEnd == Int32(i) + 1, context[i].runStart == Int32(i), context[i].hit & 0x10 == 0 {
        lattice.add(i, Tag.outside, one * 4)
      }
      return
    }
    if i > 0, tokens.length(i) >= 3, context[i].hit == 0, context[i - 1].ends.contains(.office), context[i].begin == 0,
      Int(context[i].runEnd) > i + 1
    {
      favour(i, i + 1, .organization, one * 3 / 2, lattice)
    }
    guard tokens.length(i) <= 4, context[i].runEnd == Int32(i) + 1, context[i].runStart == Int32(i) else { return }
    guard context[i].hit == 0 || tokens.length(i) == 2 else { return }
    let n = tokens.count
    if i + 3 < n, tokens.kind[i + 1] == TokenKind.openParen, tokens.kind[i + 2] == TokenKind.number,
      tokens.length(i + 2) <= 2,
      tokens.kind[i + 3] == TokenKind.closeParen
    {
      favour(i, i + 1, .person, one * 3, lattice)
    }
    guard i > 0 else { return }
    // `Kepala BKPSDM Kota Denpasar`
    if tokens.length(i) >= 3, context[i - 1].ends.contains(.office), context[i].begin == 0 {
      favour(i, i + 1, .organization, one * 3 / 2, lattice)
    }
    // `Pelaku, AR, kabur`
    if i > 1, tokens.kind[i - 1] == TokenKind.comma, !context[i - 2].ends.isDisjoint(with: [.occupation]),
      tokens.length(i) <= 3,
      tokens.kindAt(i + 1) == TokenKind.comma
    {
      favour(i, i + 1, .person, one * 4, lattice)
    }
    if context[i - 1].ends.contains(.occupation), tokens.length(i) <= 3, context[i - 1].form == WordForm.small {
      favour(i, i + 1, .person, one, lattice)
    }
  }

  /// Ranks (`Jenderal TNI`, `AKBP`) and degrees (`S.H., M.H.`) are no names, nor parts of one.
  func applyTitles(_ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    for k in context.gated {
      let i = Int(k)
      let starts = context[i].starts
      guard !starts.isDisjoint(with: [.rank, .degree]), context[i].isCaseless == 0 else { continue }
      let afterComma = i > 0 && document.tokens.kind[i - 1] == TokenKind.comma
      for m in document.matchRange(at: i) {
        let match = document.matches[m]
        let cues = context.cues.cues(context.lexicon.classes(at: match.state))
        let isRank =
          cues.contains(.rank) && cues.isDisjoint(with: .orgHead)
          && (i == 0 || !context[i - 1].ends.contains(.placeHead) || endsBody(i, document, context))
        // `Rahmat Hidayat S.I.K.`: with dots between its letters a degree needs no comma.
        let isDotted =
          match.end > match.start + 2 && i > 0 && context[i].begin == 0 && context[i - 1].form == WordForm.capital
          && document.tokens.kind[i + 1] == TokenKind.period
        guard
          isRank
            || cues.contains(.degree)
              && (isDotted || afterComma && (match.end > match.start + 1 || context[i].hit == 0))
        else { continue }
        let amount = match.end > match.start + 1 ? one * 6 : one * 5 / 2
        for t in i..<min(Int(match.end), lattice.count) where context[t].gate != 0 {
          lattice.add(t, Tag.outside, amount)
        }
        if isRank { applyRanked(Int(match.end), document, context, lattice) }
      }
    }
  }

  /// Whether a body or place of the lists ends before `i`, though its last word is a designator: `Kepala Staf Angkatan Laut
  /// Laksamana X`, `Kapolres Jayapura Kota AKBP X`.
  private func endsBody(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    if i > 1, context[i - 2].hit & 2 != 0, words.has(Mark.addressPart, document.tokens.id[i - 1]) { return true }
    guard context[i - 1].hitIndex >= 0 else { return false }
    let hit = context.hit(context[i - 1].hitIndex)
    return Int(hit.end) == i && hit.labels == 8
  }

  /// `Serka Juwairi`: what follows a rank is a person, unless it is known as something else (`Kapten Juventus`).
  private func applyRanked(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    guard i < lattice.count, context[i].gate != 0, context[i].begin == 0, context[i].form == WordForm.capital,
      document.tokens.gap[i] == TokenGap.space, context[i].hit & 6 == 0,
      // `Direktur Jenderal` is an office.
      !context[i - 1].ends.contains(.office),
      context[i].starts.isDisjoint(with: [
        .office, .rank, .honorific, .degree, .orgHead, .placeHead, .orgSuffix, .officePrefix, .thing, .direction,
        .calendar,
      ])
    else { return }
    lattice.add(i, Tag.begin(1), one * 3 / 2)
  }

  /// Bylines hold names of persons.
  func applyByline(
    _ region: Region, _ document: Document, _ context: EntityContext, _ lattice: TagLattice
  ) {
    var i = Int(region.span.start)
    let end = min(Int(region.span.end), document.tokens.count)
    while i < end {
      let runEnd = min(end, Int(context[i].runEnd))
      if runEnd > i + 1, document.tokens.kindAt(runEnd) != TokenKind.colon, context[i].hit == 0 {
        favour(i, runEnd, .person, one * 2, lattice)
      }
      i = max(i + 1, runEnd)
    }
  }

  /// Whether a listed name has a word in small letters inside that joins names nowhere else: `30 Seconds to Mars`. Nothing but
  /// the name is written so.
  func hasOwnSmallWord(_ start: Int, _ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
    for k in start + 1..<end - 1 where context[k].form == WordForm.small {
      if !context.lexicon.classes(ofWord: document.tokens.id[k]).intersects(connector) { return true }
    }
    return false
  }
}
