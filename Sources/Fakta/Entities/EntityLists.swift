/// Lets the names of an enumeration vote for what stands among them, which the tagger saw as nothing or as something else.
///
///     Courtois; Azpilicueta, Moses, Luiz           PER Moses
///     Desa Sidoa, Alitupu, Wuasa, Watumaeta        LOC Wuasa
///
/// **Cost.** A look at what stands between each name and the next one.
struct EntityLists: Sendable {
  let evidence: EntityEvidence
  private let one: Int32

  /// Most words of a name that only its neighbours tell.
  private static let mostWords = 4

  init(evidence: EntityEvidence, one: Int32) {
    self.evidence = evidence
    self.one = one
  }

  /// Adds the votes to the tagger's scores, and the tokens to `touched`.
  func vote(
    _ found: [FoundName], _ document: Document, _ context: EntityContext, _ lattice: TagLattice,
    _ touched: inout [Int32]
  ) {
    guard found.count > 1 else { return }
    var isOfPlaces = false
    for k in 1..<found.count {
      isOfPlaces =
        isOfPlaces && k > 1 && isNear(found[k - 1], behind: found[k - 2], document, context)
        || hasDesignator(found[k - 1], context)
      if let head = head(of: found[k - 1], found[k], document, context) {
        favour(head..<head + 1, .organization, lattice, &touched)
      }
      let (last, next) = (found[k - 1], found[k])
      let isLineUp = context.isSport && last.label == .person && isLineUp(k, found, document, context)
      if last.label == next.label,
        let run = between(
          last.end, next.start, last.label, isLineUp: isLineUp, isOfPlaces: isOfPlaces, document, context)
      {
        favour(run, last.label, lattice, &touched)
      }
      if last.label == next.label, let run = tail(last, next, document, context),
        k + 1 == found.count || found[k + 1].start >= run.upperBound
          || found[k + 1].span == TokenSpan(run.lowerBound, run.upperBound)
      {
        favour(run, last.label, lattice, &touched)
      }
      guard k + 1 < found.count, last.label == found[k + 1].label, next.label != last.label,
        isLink(last.end, next.start, document, context)
      else { continue }
      // `Desa Sukajaya, Mulya Sari, dan Rawa Bening`: what could be a person's is a village's name too.
      if isOfPlaces, last.label == .location, next.label == .person, canBePlace(next.start..<next.end, context),
        isNear(found[k + 1], behind: next, document, context)
      {
        evidence.favour(next.start, next.end, .location, one * 8, lattice)
        touched.append(Int32(truncatingIfNeeded: next.start))
        continue
      }
      guard isLink(next.end, found[k + 1].start, document, context) else { continue }
      // `De Gea; Valencia, Smalling, Rojo`: a city or club among players is one of them.
      if isLineUp, next.count == 1, context[next.start].form == WordForm.capital {
        evidence.favour(next.start, next.end, .person, one * 10, lattice)
        touched.append(Int32(truncatingIfNeeded: next.start))
        continue
      }
      guard isUnlisted(next, context), isName(next.start..<next.end, last.label, document, context) else { continue }
      favour(next.start..<next.end, last.label, lattice, &touched)
    }
  }

  /// Whether name `k`, or what stands before it, is among players: two persons stand before it, or one before and two behind, and nothing
  /// but commas and semicolons between them.
  private func isLineUp(_ k: Int, _ found: [FoundName], _ document: Document, _ context: EntityContext) -> Bool {
    func isNext(_ i: Int) -> Bool {
      i > 0 && i < found.count && found[i].label == .person && found[i - 1].label == .person
        && isMark(found[i - 1].end, found[i].start, document, context)
    }
    return isNext(k - 1) || isNext(k + 1) && isNext(k + 2) || found[k].label != .person && isNext(k + 2)
  }

  /// Whether a comma or semicolon alone joins the names around `start..<end`.
  private func isMark(_ start: Int, _ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
    end - start == 1 && isLink(start, end, document, context) && document.tokens.kind[start] >= TokenKind.period
  }

  func favour(_ run: Range<Int>, _ label: EntityLabel, _ lattice: TagLattice, _ touched: inout [Int32]) {
    evidence.favour(run.lowerBound, run.upperBound, label, one * 4, lattice)
    touched.append(Int32(truncatingIfNeeded: run.lowerBound))
  }

  /// Whether a designator opens the place: `Kecamatan Panga`, `desa Sidoa`.
  private func hasDesignator(_ name: FoundName, _ context: EntityContext) -> Bool {
    guard name.label == .location else { return false }
    if name.count > 1, context[name.start].starts.contains(.placeHead) { return true }
    return name.start > 0 && context[name.start].begin == 0 && context[name.start - 1].ends.contains(.placeHead)
  }

  /// Whether a name belongs to the enumeration of the one before it: no more than a mark, a conjunction and a few words with capitals
  /// stand between them.
  private func isNear(
    _ name: FoundName, behind last: FoundName, _ document: Document, _ context: EntityContext
  ) -> Bool {
    guard name.start > last.end, name.start - last.end <= Self.mostWords + 4 else { return false }
    return (last.end..<name.start).allSatisfy {
      context[$0].begin == 0
        && (WordForm.isName(context[$0].form) || document.tokens.kind[$0] == TokenKind.comma
          || isAnd($0, document, context))
    }
  }

  /// Whether the words of a name that the tagger took for a person's can be a place's: no full name of the lists, no title.
  func canBePlace(_ run: Range<Int>, _ context: EntityContext) -> Bool {
    guard run.count <= 3, context[run.lowerBound].begin == 0 else { return false }
    if run.count > 1, let hit = context.listing(at: run.lowerBound), Int(hit.end) == run.upperBound, hit.labels & 2 != 0
    {
      return false
    }
    return run.allSatisfy { context[$0].gate != 0 && context[$0].starts.isDisjoint(with: Self.others) }
  }

  /// The capitalised words that alone stand between two names of an enumeration.
  private func between(
    _ start: Int, _ end: Int, _ label: EntityLabel, isLineUp: Bool, isOfPlaces: Bool, _ document: Document,
    _ context: EntityContext
  ) -> Range<Int>? {
    guard end - start >= 3, end - start <= Self.mostWords + 4 else { return nil }
    var first = start
    while first < end, !WordForm.isName(context[first].form) { first += 1 }
    guard first > start, first < end else { return nil }
    let last = Int(context[first].runEnd)
    guard Int(context[first].runStart) == first, last > first, last < end, isLink(start, first, document, context),
      isLink(last, end, document, context),
      isName(first..<last, label, isLineUp: isLineUp && last == first + 1, document, context)
        || isOfPlaces && label == .location && canBePlace(first..<last, context)
    else { return nil }
    return first..<last
  }

  /// `UI, UGM, dan WLG`: an abbreviation that the lists have for a body with reservations opens an enumeration of two that are
  /// bodies.
  private func head(of first: FoundName, _ next: FoundName, _ document: Document, _ context: EntityContext) -> Int? {
    let i = first.start - 2
    guard first.label == .organization, next.label == .organization, i > 0,
      document.tokens.kind[i + 1] == TokenKind.comma, context[i].form == WordForm.allCaps, context[i].isCaseless == 0,
      context[i].gate != 0, context[i + 1].begin == 0, context[first.start].begin == 0,
      let hit = context.listing(at: i),
      context[first.start].form == WordForm.allCaps, first.count == 1, context[next.start].form == WordForm.allCaps,
      isLink(first.end, next.start, document, context)
    else { return nil }
    return hit.labels == 8 && Int(hit.end) == i + 1 ? i : nil
  }

  /// `Google, Telkom, dan Wulungar`: the capitalised words that end an enumeration behind two names of one kind.
  private func tail(_ last: FoundName, _ next: FoundName, _ document: Document, _ context: EntityContext) -> Range<Int>?
  {
    let tokens = document.tokens
    guard next.start == last.end + 1, tokens.kind[last.end] == TokenKind.comma, context[next.start].begin == 0 else {
      return nil
    }
    var first = next.end
    if tokens.kindAt(first) == TokenKind.comma { first += 1 }
    guard first + 1 < tokens.count, isAnd(first, document, context) else { return nil }
    first += 1
    let end = Int(context[first].runEnd)
    guard Int(context[first].runStart) == first, end > first, tokens.kindAt(end) != TokenKind.hyphen,
      isLink(next.end, first, document, context),
      (first..<end).allSatisfy({ context[$0].hit & 7 == 0 }), isName(first..<end, last.label, document, context)
    else { return nil }
    return first..<end
  }

  /// Whether nothing but a comma, a semicolon or a conjunction, or a comma and a conjunction, stands at `start..<end`.
  private func isLink(_ start: Int, _ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
    guard end > start, end - start <= 2, context[end].begin == 0 else { return false }
    let kind = document.tokens.kind[start]
    let isMark = kind == TokenKind.comma || kind == TokenKind.semicolon
    if end - start == 1 { return isMark || isAnd(start, document, context) }
    return isMark && isAnd(start + 1, document, context)
  }

  private func isAnd(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    context[i].form == WordForm.small && context[i].starts.contains(.conjunction)
      && context.lexicon.classes(ofWord: document.tokens.id[i]).intersects(evidence.connector)
  }

  private func isUnlisted(_ name: FoundName, _ context: EntityContext) -> Bool {
    (name.start..<name.end).allSatisfy { context[$0].hit & 7 == 0 }
  }

  /// Whether the words can be a name of that kind: nothing else that the lists know, nor common words.
  private func isName(
    _ run: Range<Int>, _ label: EntityLabel, isLineUp: Bool = false, _ document: Document, _ context: EntityContext
  ) -> Bool {
    guard run.count <= Self.mostWords, document.tokens.length(run.lowerBound) >= 2 || run.count > 1 else {
      return false
    }
    // Bits of the labels that the lists give, but for this one.
    let others: UInt8 = label == .person ? 6 : label == .organization ? 3 : 5
    return run.allSatisfy { i in
      let info = context[i]
      return WordForm.isName(info.form) && info.begin == 0 && info.gate != 0 && info.hit & others == 0
        && info.starts.isDisjoint(with: Self.others)
        && (info.form != WordForm.capital || isLineUp || evidence.isUncommon(i, document, context))
    }
  }

  private static let others = CueSet.besideNames.union([.orgHead, .placeHead, .direction, .thing, .pronoun, .degree])
}
