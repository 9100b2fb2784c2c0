/// Decides how a place is used: as a place, as an actor, or to describe a noun.
///
///     di Suriah → place    Rusia berharap → actor    pasukan Suriah → modifier
struct PlaceUseRules: Sendable {
  private let lexicon: Lexicon
  private let placeNoun: ClassSet

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    placeNoun = lexicon.wordClass("direction-noun")
  }

  /// The use of the place at `start..<end`, given that of the place before it.
  func use(_ start: Int, _ end: Int, last: (end: Int, use: PlaceUse)?, _ document: Document, _ context: EntityContext)
    -> PlaceUse
  {
    let tokens = document.tokens
    // Enumerations and appositions take over: `Aleppo, Idlib dan Raqqa`, `Ciawi, Kabupaten Bogor`.
    if let last, last.end < start, start - last.end <= 2, context[start].begin == 0 {
      let mark = tokens.kind[last.end]
      if mark == TokenKind.comma || mark == TokenKind.openParen {
        return last.use == .modifier && end - start > 1 ? .place : last.use
      }
      if context[last.end].starts.contains(.conjunction), start - last.end == 1 { return last.use }
    }
    let hasHead = context[start].starts.contains(.placeHead) && end - start > 1
    var before = start - 1
    if before < 0 || context[start].begin != 0 { return subject(end, document, context) ? .actor : .place }
    // Past designators and direction words: `di wilayah Suriah`, `di utara Aleppo`.
    var steps = 0
    var sawHead = false
    while before > 0, steps < 2, context[before].form == WordForm.small,
      !context[before].ends.isDisjoint(with: [.placeHead, .direction])
        || lexicon.classes(ofWord: tokens.id[before]).intersects(placeNoun)
    {
      sawHead = true
      before -= 1
      steps += 1
    }
    let cues = context[before].ends
    if sawHead || hasHead {
      // `warga desa Sukamaju`: a noun before the designator.
      let isNoun =
        context[before].form == WordForm.small && context[before].begin == 0
        || !cues.isDisjoint(with: CueSet.personTitle)
      return isNoun && cues.isDisjoint(with: [.preposition, .conjunction, .functionWord, .verb, .speech])
        ? .modifier : .place
    }
    if cues.contains(.placePreposition) { return .place }
    if tokens.kind[before] != TokenKind.word {
      return subject(end, document, context) ? .actor : .place
    }
    if cues.contains(.preposition) {
      return .actor
    }
    if cues.contains(.conjunction) || cues.contains(.functionWord) {
      return subject(end, document, context) ? .actor : .place
    }
    if cues.contains(.speech) { return .actor }
    if cues.contains(.verb), cues.isDisjoint(with: CueSet.personTitle) { return .place }
    return .modifier
  }

  /// Whether a verb or a word of speech follows.
  private func subject(_ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
    var end = end
    // `AS dan Iran berunding`
    if end + 1 < document.tokens.count, context[end].starts.contains(.conjunction), context[end + 1].runEnd > 0,
      context[end + 1].begin == 0
    {
      end = Int(context[end + 1].runEnd)
    }
    guard end < document.tokens.count, context[end].begin == 0 else { return false }
    if !context[end].starts.isDisjoint(with: [.verb, .speech]) { return true }
    guard context[end].starts.contains(.functionWord), end + 1 < document.tokens.count else { return false }
    return !context[end + 1].starts.isDisjoint(with: [.verb, .speech, .functionWord])
  }
}
