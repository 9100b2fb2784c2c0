// Where a body's name ends and that of a person or team begins.

extension EntityHolders {
  /// `Wulung Foundation`: whether a word ends the name with which only bodies are called, though the words before it are a person's.
  func isBodyBySuffix(
    _ name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> Bool {
    let last = name.end - 1
    guard context[last].ends.contains(.orgSuffix), context[last].form == WordForm.capital, context[last].hit & 1 == 0,
      context[last].starts.isDisjoint(with: Self.parts), document.tokens.gap[last] == TokenGap.space
    else { return false }
    return document.matchRange(at: last).contains {
      let match = document.matches[$0]
      return Int(match.end) == name.end && evidence.suffixes.first(at: match.state, in: context.lexicon) == false
    }
  }

  /// `Komisi V DPR Fraksi Kenanga`, `Pemasyarakatan I Wayan Kenanga`: where words stand inside a body's or person's name with
  /// which only a name of its own begins.
  func opener(inside name: FoundName, _ document: Document, _ evidence: EntityEvidence) -> Int? {
    guard name.label != .location, name.count > 2 else { return nil }
    let words = name.label == .person ? 2 : 1
    return (name.start + 1..<name.end - 1).first {
      evidence.nameWords.has(.opener, $0, $0 + words, document)
    }
  }

  /// `Polres Kenanga Ipda Asep`: where a rank stands inside the name of a body or area, with a person behind it; streets are called after
  /// persons with their rank.
  func rank(
    inside name: FoundName, _ next: FoundName?, _ document: Document, _ context: EntityContext,
    _ evidence: EntityEvidence
  ) -> Int? {
    guard name.count > 2, context[name.start].starts.isDisjoint(with: .placeHead) else { return nil }
    for i in name.start + 1..<name.end
    where context[i].starts.contains(.rank) && context[i].ends.contains(.rank) && context[i].form != WordForm.small {
      // The person behind it is a name of its own already.
      if i == name.end - 1 { return next?.start == name.end && next?.label == .person ? i : nil }
      guard evidence.isUncommon(i, document, context), document.tokens.gap[i + 1] == TokenGap.space,
        (i + 1..<name.end).allSatisfy({ isPersonWord($0, context, evidence, document.tokens) }),
        !context[i + 1].starts.isDisjoint(with: Self.parts) || context[i + 1].form == WordForm.initial
          || document.tokens.length(i + 1) == 1
      else { continue }
      return i
    }
    return nil
  }

  /// `Lewis Hamilton Mercedes`: where the team begins that ends a person's name.
  func team(behind name: FoundName, _ document: Document, _ context: EntityContext) -> Int? {
    let last = name.end - 1
    guard context[last].hitIndex >= 0, context[last].form == WordForm.capital else { return nil }
    let hit = context.hit(context[last].hitIndex)
    let start = Int(hit.start)
    guard Int(hit.end) == name.end, start >= name.start + 2, hit.labels & 8 != 0, hit.labels & 2 == 0,
      // `Putu Gede Juni Antara`
      hit.sure & 8 != 0 || hit.labels & 4 != 0 || isFigure(name.end, document.tokens),
      context[start].starts.isDisjoint(with: Self.parts)
    else { return nil }
    return start
  }

  /// Where an office ends that begins before the name (`Ketua Majelis Hakim Yanto`).
  func officeEnd(inside name: FoundName, _ document: Document, _ context: EntityContext) -> Int? {
    let last = name.start - 1
    guard name.count >= 2, last >= 0, context[last].starts.contains(.office) else { return nil }
    for m in document.matchRange(at: last) {
      let end = Int(document.matches[m].end)
      guard end > name.start, end < name.end,
        context.cues.cues(context.lexicon.classes(at: document.matches[m].state)).contains(.office)
      else { continue }
      return end
    }
    return nil
  }

  /// `Direktur PT Wulung Nagatara Ridwan Kenangara mengatakan`: behind an office somebody speaks, and no body that no list knows
  /// does; the last two words are who.
  func speakerCut(
    _ name: FoundName, _ next: FoundName?, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> Int? {
    let tokens = document.tokens
    var cut = name.end - 2
    guard name.label == .organization, name.count >= 3, name.count <= 10, name.start > 1, name.end < tokens.count,
      context[name.start].begin == 0, context[name.start - 1].ends.contains(.office),
      context[cut - 1].form != WordForm.small, tokens.kind[cut - 1] == TokenKind.word,
      cut > name.start + 1 || context[name.start].starts.isDisjoint(with: [.given, .family])
    else { return nil }
    if let next, next.start <= name.end + 1 { return nil }
    var (parts, unknown) = (0, 0)
    for i in cut..<name.end {
      guard tokens.kind[i] == TokenKind.word, tokens.gap[i] == TokenGap.space, context[i].form == WordForm.capital,
        context[i].hit & 6 == 0, evidence.isFree(i, context), evidence.isUncommon(i, document, context),
        context[i].starts.union(context[i].ends).isDisjoint(with: [.orgSuffix, .thing])
      else { return nil }
      if !context[i].starts.isDisjoint(with: Self.parts) { parts += 1 }
      if context.lexicon.caseTendency(ofWord: tokens.id[i]) == 0 { unknown += 1 }
    }
    guard parts > 0 || unknown == 2 && name.count > 3 else { return nil }
    // `Juru Bicara WLG Raja Wulung Pane`
    if cut - 1 > name.start, context[cut - 1].form == WordForm.capital, context[cut - 1].starts.contains(.given),
      context[cut - 1].hit & 6 == 0,
      evidence.isUncommon(cut - 1, document, context), context[cut - 1].starts.isDisjoint(with: .orgSuffix)
    {
      cut -= 1
    }
    guard !evidence.isInsideName(cut, document, context) else { return nil }
    // `Budi Santoso, Direktur PT Wulung, mengatakan`: who holds the office stands before it.
    var office = name.start - 1
    while office > 0, name.start - office < 6, context[office].begin == 0, context[office].form != WordForm.small,
      tokens.kind[office - 1] == TokenKind.word, WordForm.isName(context[office - 1].form)
    { office -= 1 }
    guard office > 0, tokens.kind[office - 1] != TokenKind.comma else { return nil }
    let isSaid = context[office].begin == 0 && context[office - 1].ends.contains(.speech)
    return isSaid
      || context[name.end].form == WordForm.small && context[name.end].begin == 0
        && context[name.end].starts.contains(.speech)
      ? cut : nil
  }

  func cut(
    _ name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence,
    _ memory: EntityMemory
  ) -> Int? {
    let tokens = document.tokens
    var cut = name.end
    // The shortest person that fits leaves the longest body.
    while cut > name.start + 1, name.end - cut < 6, isPersonWord(cut - 1, context, evidence, tokens) {
      cut -= 1
      guard tokens.kind[cut] == TokenKind.word, tokens.gap[cut] == TokenGap.space, context[cut].form != WordForm.small,
        tokens.kind[cut - 1] != TokenKind.hyphen
      else { continue }
      if isBody(name, cut, document, context, evidence, memory), !evidence.isInsideName(cut, document, context),
        isPerson(cut, name, document, context, evidence, memory)
      {
        return cut
      }
    }
    return nil
  }

  /// `CEO Kenanga Raya Gurnek Wulung … Wulung`: two words before the end, of which the article knows the last as a person's.
  func familyCut(
    _ name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence,
    _ memory: EntityMemory
  ) -> Int? {
    let (last, cut) = (name.end - 1, name.end - 2)
    guard name.label == .organization, cut > name.start, document.tokens.gap[cut] == TokenGap.space,
      document.tokens.gap[last] == TokenGap.space,
      (cut...last).allSatisfy({ evidence.isFree($0, context) && evidence.isUncommon($0, document, context) }),
      context[cut].hit & 6 == 0, context[cut].starts.isDisjoint(with: .orgSuffix),
      WordForm.isName(context[cut - 1].form), !evidence.isInsideName(cut, document, context)
    else { return nil }
    let (label, strength) = memory.label(last, name.end, document.tokens)
    guard label == .person, strength > 1 else { return nil }
    // `VP Product Kenanga Sam`: of two words the first is the body.
    let first = memory.label(cut, last, document.tokens)
    return first.label == .organization && first.strength > 0.5 ? last : cut
  }

  func isPersonWord(_ i: Int, _ context: EntityContext, _ evidence: EntityEvidence, _ tokens: TokenTable)
    -> Bool
  {
    // `Gomes de Oliviera`, `Pierre-Emerick Aubameyang`
    tokens.kind[i] == TokenKind.period || tokens.kind[i] == TokenKind.hyphen || context[i].form == WordForm.initial
      || evidence.isFree(i, context)
      || context[i].form == WordForm.small && context[i].starts.contains(.particle)
  }

  /// Whether the article or a list calls the words before `cut` a body.
  func isBody(
    _ name: FoundName, _ cut: Int, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence,
    _ memory: EntityMemory
  ) -> Bool {
    let (label, strength) = memory.label(name.start, cut, document.tokens)
    if label == .organization, strength > 0.5 { return true }
    guard name.label == .organization else { return false }
    if context[cut - 1].hitIndex >= 0 {
      let hit = context.hit(context[cut - 1].hitIndex)
      if Int(hit.end) == cut, Int(hit.start) >= name.start, hit.labels & 2 == 0,
        !isHead(name.start, cut, document, context)
      {
        // `Kanwil Kemenkumham Riau`, `Huawei Device Indonesia`
        return hit.labels & 8 != 0
          || hit.sure & 4 != 0 && (context[name.start].starts.contains(.orgHead) || context[name.start].hit & 4 != 0)
      }
      return false
    }
    // `CEO Kenanga Joyce Lim`
    return cut == name.start + 1 && name.end > cut + 1 && isBodyWord(name.start, document, context, evidence)
      && context[name.start].starts.isDisjoint(with: Self.parts) && isOfficeEnd(name.start - 1, document, context)
      && looksLikePerson(cut, name.end, document, context, evidence)
  }

  /// Whether the words are no more than the beginning of bodies' names (`Karang Taruna`).
  func isHead(_ start: Int, _ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
    document.matchRange(at: start).contains {
      let match = document.matches[$0]
      return Int(match.end) == end
        && context.cues.cues(context.lexicon.classes(at: match.state)).contains(.orgHead)
    }
  }

  /// Whether the words behind `cut` are a person's name for the article, or look like one.
  func isPerson(
    _ cut: Int, _ name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence,
    _ memory: EntityMemory
  ) -> Bool {
    let tokens = document.tokens
    guard context[cut].form == WordForm.capital || name.end > cut + 1 else { return false }
    let whole = memory.label(cut, name.end, tokens)
    if whole.label == .person, whole.strength > 1 { return true }
    let last = memory.label(name.end - 1, name.end, tokens)
    if name.end > cut + 1, last.label == .person, last.strength > 1 { return true }
    guard name.label == .organization else { return name.end > cut + 1 }
    // `Manajer Wulungsaru Yudha Tirtawulung`: a body of the article, and more words behind it than make another one of it.
    let body = memory.label(name.start, cut, tokens)
    if body.label == .organization, body.strength > 1, name.end > cut + 1,
      (cut..<name.end).allSatisfy({ evidence.isFree($0, context) && evidence.isUncommon($0, document, context) })
    {
      return true
    }
    // `PT Dua Putra Perkasa`: companies are called like persons.
    if context[name.start].starts.contains(.orgHead), tokens.length(name.start) <= 2 { return false }
    return looksLikePerson(cut, name.end, document, context, evidence)
  }

  static let parts: CueSet = [.given, .family]

  /// Whether all words are parts of persons' names that news seldom write small; of three words one may be a common one.
  func looksLikePerson(
    _ start: Int, _ end: Int, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> Bool {
    var common = 0
    for i in start..<end where context[i].form == WordForm.capital {
      if context[i].starts.isDisjoint(with: Self.parts) { return false }
      if !evidence.isUncommon(i, document, context) { common += 1 }
    }
    return common == 0 || common == 1 && end - start >= 3
  }
}
