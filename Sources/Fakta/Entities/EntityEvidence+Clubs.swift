// Cities that are clubs in reports of sport.

extension EntityEvidence {
  /// `Madrid menang 2-0`, `kalah dari Madrid`, `gawang Madrid`: in a sport report a city that is also a club is the club, but not
  /// behind `di`.
  func applyClub(_ hit: NameHit, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) -> Bool {
    guard context.isSport, hit.labels & 12 == 12 else { return false }
    let (start, end) = (Int(hit.start), Int(hit.end))
    // Where all that the lists know is doubtful it may be a word (`Reading`), but hardly inside a sentence.
    guard hit.sure | hit.bare != 0 || start > 0 && context[start].begin == 0, !isBehindVenue(start, document, context)
    else { return false }
    var amount = one * 5 / 2
    // Races have their places (`GP Valencia`), persons are called so, and capitals stand in datelines.
    if hit.labels & 2 == 0, context.hasClubs, context[start].form == WordForm.capital,
      context[start].runStart == hit.start
    {
      amount = one * 4
    }
    if start > 0 {
      let last = context[start - 1].ends
      let isOfClub = last.contains(.sport) || nameWords.has(.club, start - 1, start, document)
      guard
        isOfClub || last.isDisjoint(with: [.placePreposition, .placeHead])
          || sources.contains(document.tokens.id[start - 1])
      else { return false }
      // `pukul 20.00 waktu Madrid`
      if nameWords.has(.time, start - 1, start, document) { return false }
      if isOfClub, hit.labels & 2 == 0, context[start].begin == 0 { amount = one * 5 }
      if last.contains(.direction) { amount = one * 5 / 2 }
    }
    favour(start, end, .organization, amount, lattice)
    partNeighbours(hit, .organization, document, context, lattice)
    return true
  }

  /// `di Stadion Millennium, Cardiff`, `di Amex Stadium, Brighton`: whether the capitalised words before a comma are a place by
  /// their designator.
  private func isBehindVenue(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    guard i > 1, document.tokens.kind[i - 1] == TokenKind.comma, context[i - 2].runEnd == Int32(i - 1) else {
      return false
    }
    return context[Int(context[i - 2].runStart)].starts.contains(.placeHead)
      || context[i - 2].ends.contains(.placeHead) || nameWords.has(.site, i - 2, i - 1, document)
  }

  /// `bermain di Barcelona`: whether what the article calls a club is one behind a preposition of place too, though the name is
  /// also a city's.
  func isClub(_ i: Int, _ end: Int, _ strength: Float, _ document: Document, _ context: EntityContext) -> Bool {
    guard context.isSport, strength > 1.5, i > 0, context[i].hitIndex >= 0,
      context[i - 1].ends.contains(.placePreposition)
    else { return false }
    let hit = context.hit(context[i].hitIndex)
    return Int(hit.start) == i && Int(hit.end) == end && hit.labels & 12 == 12
  }

  /// Whether the list's name at `i` is a city's as well as a club's.
  func isClubName(_ i: Int, _ context: EntityContext) -> Bool {
    context[i].hitIndex >= 0 && context.hit(context[i].hitIndex).labels & 12 == 12
  }
}
