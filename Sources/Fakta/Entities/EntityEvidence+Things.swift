// Platforms, products, events and works: names of the lists inside them are none.

extension EntityEvidence {
  /// `Piala Asia`, `Huawei Y6`: a name of the lists inside that of an event or product. False where it is in none.
  func applyThing(
    _ hit: NameHit, _ label: EntityLabel, _ document: Document, _ context: EntityContext, _ lattice: TagLattice
  ) -> Bool {
    let (start, end) = (Int(hit.start), Int(hit.end))
    let (runStart, runEnd) = (Int(context[start].runStart), Int(context[start].runEnd))
    if runEnd > runStart + 1 {
      // `Piala Asia`, `Perda Bali`, `London Fashion Week`: a place inside such a name is none.
      var weight = insideThing(runStart, start, document, context)
      if label == .location, isThing(start, document, context), !isWhole(runStart, runEnd, context) { weight = 5 }
      if weight > 0 {
        guard label == .location else { return true }
        for k in start..<end where context[k].gate != 0 { lattice.add(k, Tag.outside, one * weight) }
        return true
      }
    }
    guard label == .organization, let last = model(behind: hit, document, context) else { return false }
    for k in start..<last where context[k].gate != 0 { lattice.add(k, Tag.outside, one * 5) }
    return true
  }

  /// How surely a name at `i` is inside that of a thing whose first word begins its run, or stands behind a word that only
  /// begins the sentence, or directly before the name; 0 for not at all.
  private func insideThing(_ runStart: Int, _ i: Int, _ document: Document, _ context: EntityContext) -> Int32 {
    var head = runStart
    if head < i, !words.has(Mark.thingHead, document.tokens.id[head]) {
      head = context[head].begin != 0 && words.has(Mark.thingHead, document.tokens.id[head + 1]) ? head + 1 : i - 1
    }
    guard head < i, i - head <= 8, words.has(Mark.thingHead, document.tokens.id[head]) else { return 0 }
    // `Keputusan KPU Bogor`, `GP Ansor Bogor`: the body's place.
    guard (head..<i).allSatisfy({ context[$0].starts.isDisjoint(with: .orgHead) && context[$0].hit & 4 == 0 }) else {
      return 0
    }
    // `Keputusan Presiden Rusia …` may be no name.
    return context[head + 1].starts.contains(.office) ? 2 : 5
  }

  /// `menulis di Instagram`, `akun Facebook dan Twitter`: a platform that somebody uses is no company.
  func isPlatformInUse(_ hit: NameHit, _ document: Document, _ context: EntityContext) -> Bool {
    guard context.lexicon.classes(at: hit.state).intersects(platform) else { return false }
    var at = Int(hit.start)
    // A lead stands directly before a platform; marks and conjunctions stand only between two of them.
    var isLinked = false
    for _ in 0..<8 where at > 0 && context[at].begin != 2 {
      at -= 1
      let kind = document.tokens.kind[at]
      let classes = context.lexicon.classes(ofWord: document.tokens.id[at])
      if !isLinked, classes.intersects(platformLead) { return true }
      if kind == TokenKind.comma || kind == TokenKind.slash || classes.intersects(conjunction) {
        isLinked = true
      } else if isLinked, classes.intersects(platform) {
        isLinked = false
      } else {
        return false
      }
    }
    return false
  }

  /// `Huawei Y6`, `Nokia 6`, `Toyota Avanza`: what a company makes is no name of ours. Returns where the model's name ends.
  private func model(behind hit: NameHit, _ document: Document, _ context: EntityContext) -> Int? {
    let tokens = document.tokens
    let i = Int(hit.end)
    if i < tokens.count, tokens.kind[i] == TokenKind.number, tokens.gap[i] == TokenGap.space, context[i].begin == 0,
      !context.isSport, isModelNumber(i, tokens, context), nameWords.has(.maker, Int(hit.start), i, document)
    {
      return i
    }
    if i < tokens.count, WordForm.isName(context[i].form), context[i].begin == 0, tokens.gap[i] == TokenGap.space,
      words.has(Mark.thingTail, tokens.id[i]) && words.has(Mark.thingHead, tokens.id[i])
        || context.lexicon.classes(ofWord: tokens.id[i]).intersects(product)
    {
      return i + 1
    }
    guard i + 1 < tokens.count, tokens.kind[i] == TokenKind.word, tokens.length(i) <= 3,
      tokens.gap[i] == TokenGap.space, context[i].form == WordForm.allCaps || context[i].form == WordForm.initial,
      tokens.kind[i + 1] == TokenKind.number, tokens.attached(i + 1), context[i].hit == 0
    else { return nil }
    return i + 2
  }

  /// Whether the number behind a maker's name is that of a model: no date or score, and no scale, unit or classifier
  /// behind it (`Samsung 2 juta unit`).
  private func isModelNumber(_ i: Int, _ tokens: TokenTable, _ context: EntityContext) -> Bool {
    guard tokens.length(i) <= 4, i + 1 < tokens.count else { return tokens.length(i) <= 4 }
    let next = tokens.kind[i + 1]
    guard next != TokenKind.percent, next != TokenKind.hyphen, next != TokenKind.slash,
      !context[i + 1].starts.contains(.calendar)
    else { return false }
    if next == TokenKind.word { return !context.lexicon.classes(ofWord: tokens.id[i + 1]).intersects(counted) }
    // `2.000`, `7,5`
    return next < TokenKind.period || i + 2 >= tokens.count || tokens.kind[i + 2] != TokenKind.number
      || tokens.gap[i + 2] != TokenGap.none
  }

  /// Whether the capitalised run around `i` ends like the name of an event or product.
  func isThing(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let words = context[i].runEnd - context[i].runStart
    return words > 1 && words <= 8 && self.words.has(Mark.thingTail, document.tokens.id[Int(context[i].runEnd) - 1])
  }

  /// Whether it says nothing of the word elsewhere that it is no name at `i`: inside the name of an event or product, and
  /// of a platform in use.
  func isOutsideByUse(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    isInsideThing(i, document, context)
      || context[i].hitIndex >= 0 && isPlatformInUse(context.hit(context[i].hitIndex), document, context)
  }

  /// Whether `i` stands inside the name of an event or product, if it is a word that the lists know as a place.
  func isInsideThing(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    guard context[i].runEnd - context[i].runStart > 1 else { return false }
    return isThing(i, document, context)
      || isSurePlace(i, context) && insideThing(Int(context[i].runStart), i, document, context) > 2
  }

  /// Whether `i` begins a name of the lists that stands for a product here (`Razer Phone`, `Huawei Nova`).
  func isMaker(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    guard let hit = context.listing(at: i), hit.labels == 8 else { return false }
    return isThing(i, document, context) && !isWhole(i, Int(context[i].runEnd), context)
      || model(behind: hit, document, context) != nil
  }

  private func isSurePlace(_ i: Int, _ context: EntityContext) -> Bool {
    context[i].hitIndex >= 0 && context.hit(context[i].hitIndex).sure == 4
  }
}
