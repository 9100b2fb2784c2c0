/// A person whom the article calls by one name later, introduced in full right behind a body or place.
extension EntityHolders {
  /// Most words between an office and the body that it is held in (`Direktur Pemasaran dan Layanan Purna Jual`).
  private static let mostOfficeWords = 8

  /// `Direktur Produk Pegadaian Bianto Wulung … menurut Bianto`: where the person begins in a name of both; nil where neither an office
  /// stands before it nor a list knows what ends there.
  ///
  /// **Cost.** Up to three look-ups for each of the last words of names of three words and more.
  func introducedCut(
    _ name: FoundName, _ next: FoundName?, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence,
    _ memory: EntityMemory
  ) -> Int? {
    let tokens = document.tokens
    guard name.count >= 3, tokens.kindAt(name.end) != TokenKind.hyphen else { return nil }
    if let next, next.label == .person, next.start <= name.end + 1 { return nil }
    var first = name.end
    while first > name.start + 1, name.end - first < 4, isPersonWord(first - 1, context, evidence, tokens) {
      first -= 1
    }
    guard name.end - first >= 2 else { return nil }
    let isHeld = isBehindOffice(name, document, context)
    let cuts = first...name.end - 2
    if let cut = cuts.first(where: {
      endsListedName($0, name, context) && canBegin($0, document, context, evidence)
    }) {
      // Behind an office any of the words may be what the person is called by.
      let known = cut..<(isHeld ? name.end : cut + 1)
      return known.contains(where: { isPerson($0, $0 + 1, document, memory) }) ? cut : nil
    }
    // `BRI Sis Bianto Wulung`: more may begin where a listed name ends.
    guard isHeld, listedEnd(name, document, context) == nil else { return nil }
    // `PT Bianto Wulung` is a company.
    let isFirm = firmLeads.contains(tokens.id[name.start])
    return cuts.last {
      (!isFirm || $0 > name.start + 1) && canBegin($0, document, context, evidence)
        // `Yayasan Bianto Wulung`
        && !isHead(name.start, $0, document, context)
        && isIntroduced($0, name, document, context, memory)
    }
  }

  /// Whether a person's name may begin at `i`, behind another name.
  private func canBegin(
    _ i: Int, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> Bool {
    let tokens = document.tokens
    return tokens.gap[i] == TokenGap.space && tokens.kind[i - 1] == TokenKind.word
      && tokens.kind[i] == TokenKind.word && context[i].form == WordForm.capital
      && context[i - 1].form != WordForm.small && !evidence.isInsideName(i, document, context)
  }

  /// Whether the article calls a person by the first words behind `cut`, or by the last one behind a part of persons' names.
  private func isIntroduced(
    _ cut: Int, _ name: FoundName, _ document: Document, _ context: EntityContext, _ memory: EntityMemory
  ) -> Bool {
    isPerson(cut, cut + 1, document, memory) || name.end > cut + 2 && isPerson(cut, cut + 2, document, memory)
      || !context[cut].starts.isDisjoint(with: Self.parts) && isPerson(name.end - 1, name.end, document, memory)
  }

  private func isPerson(_ start: Int, _ end: Int, _ document: Document, _ memory: EntityMemory) -> Bool {
    let (label, strength) = memory.label(start, end, document.tokens)
    return label == .person && strength > 1
  }

  /// Whether a body or place of the lists ends before `cut`.
  private func endsListedName(_ cut: Int, _ name: FoundName, _ context: EntityContext) -> Bool {
    guard context[cut - 1].hitIndex >= 0 else { return false }
    let hit = context.hit(context[cut - 1].hitIndex)
    return Int(hit.end) == cut && Int(hit.start) >= name.start && hit.labels & 2 == 0
  }

  /// Whether an office stands before the name, perhaps with more of its own words between.
  private func isBehindOffice(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    var at = name.start
    while at > 0, name.start - at < Self.mostOfficeWords, context[at].begin == 0 {
      at -= 1
      if !context[at].ends.isDisjoint(with: [.office, .occupation]) { return true }
      guard
        WordForm.isName(context[at].form) && context[at].hit & 6 == 0
          || context[at].form == WordForm.small && context[at].starts.contains(.conjunction)
      else { return false }
    }
    return false
  }

  /// `Ketua PSI Bogor I Wayan Bianto`, `Deputi Kemenpar I Gde Wulung`: where the place or body of the lists ends with which a name begins
  /// that was taken for a person's, and what it is; parts of persons' names stand behind it.
  func listedBeginning(
    of name: FoundName, _ document: Document, _ context: EntityContext, _ evidence: EntityEvidence
  ) -> (end: Int, label: EntityLabel)? {
    guard name.count >= 3, let hit = context.listing(at: name.start), hit.sure == 4 || hit.sure == 8,
      hit.labels == hit.sure, Int(hit.end) + 2 <= name.end, name.start > 0, context[name.start].begin == 0,
      context[name.start].starts.isDisjoint(with: Self.parts),
      !context[Int(hit.end)].starts.isDisjoint(with: [.given, .particle])
        || context[Int(hit.end)].form == WordForm.initial,
      canBegin(Int(hit.end), document, context, evidence) || context[Int(hit.end)].form == WordForm.initial
    else { return nil }
    return (Int(hit.end), hit.sure == 4 ? .location : .organization)
  }

  /// Whether the token is a capitalised designator of places, and no part of an office (`Wali Kota`).
  func isDesignator(_ i: Int, _ context: EntityContext) -> Bool {
    i > 0 && context[i].form == WordForm.capital && context[i].starts.contains(.placeHead)
      && context[i].ends.contains(.placeHead) && context[i].ends.isDisjoint(with: .office)
  }
}
