/// Adds to the tagger's scores what lists and cues say by themselves, where they say more than a feature can.
///
///     KOMPAS.com                       a domain is an organization
///     Bareskrim Polri                  a name of the lists that nothing else is called
///     Komisi Pemilihan Umum (KPU)      a long form and its abbreviation
///
/// Amounts are in units of the model, of which `one` make a factor *e* in the odds.
struct EntityEvidence: Sendable {
  private let domainSuffix: ClassSet
  private let thingHead: ClassSet
  private let initialCue: ClassSet
  private let commonAbbreviation: ClassSet
  private let one: Int32

  init(lexicon: Lexicon, one: Int32) {
    domainSuffix = lexicon.wordClass("domain-suffix")
    thingHead = lexicon.wordClass("thing-head")
    initialCue = lexicon.wordClass("initial-cue")
    commonAbbreviation = lexicon.wordClass("common-abbreviation")
    self.one = one
  }

  /// Finds the domains first: they open the gate for words in small letters.
  func markDomains(_ document: Document, _ context: inout EntityContext) {
    var done = 1
    for mark in context.marks.dots {
      let i = Int(mark)
      guard i >= done, let span = domain(around: i, document, context.lexicon) else { continue }
      context.open(span.range)
      context.domains.append(span)
      done = Int(span.end)
    }
  }

  /// The domain whose first dot is at `dot`: words, digits and hyphens without white space, the last one a known suffix.
  private func domain(around dot: Int, _ document: Document, _ lexicon: Lexicon) -> TokenSpan? {
    let tokens = document.tokens
    guard tokens.gap[dot] == TokenGap.none, tokens.kind[dot - 1] <= TokenKind.number else { return nil }
    var start = dot - 1
    while start > 0, start + 8 > dot, tokens.gap[start] == TokenGap.none,
      tokens.kind[start - 1] <= TokenKind.number || tokens.kind[start - 1] == TokenKind.hyphen
    {
      start -= 1
    }
    // Part of an address or of a mail.
    if start > 0, tokens.gap[start] == TokenGap.none {
      let mark = tokens.kind[start - 1]
      if mark == TokenKind.at || mark == TokenKind.slash || mark == TokenKind.underscore { return nil }
    }
    var end = dot
    var at = dot
    while at + 1 < tokens.count, tokens.kind[at] == TokenKind.period, tokens.gap[at] == TokenGap.none,
      tokens.gap[at + 1] == TokenGap.none, tokens.kind[at + 1] == TokenKind.word
    {
      guard lexicon.classes(ofWord: tokens.id[at + 1]).intersects(domainSuffix) else { break }
      end = at + 2
      at += 2
    }
    guard end > dot, document.tokens.kind[start] == TokenKind.word || tokens.kind[start] == TokenKind.number else {
      return nil
    }
    if end < tokens.count, tokens.gap[end] == TokenGap.none,
      tokens.kind[end] == TokenKind.slash || tokens.kind[end] == TokenKind.at
    {
      return nil
    }
    return TokenSpan(start, end)
  }

  /// Adds the evidence of domains and of the lists.
  func apply(_ document: Document, _ context: EntityContext, usesCues: Bool, _ lattice: TagLattice) {
    for span in context.domains {
      favour(Int(span.start), Int(span.end), .organization, one * 12, lattice)
      if Int(span.end) < lattice.count { lattice.add(Int(span.end), Tag.inside(3), -one * 12) }
    }
    for hit in context.hits { apply(hit, document, context, lattice) }
    guard usesCues else { return }
    applyTitles(document, context, lattice)
    for k in context.gated {
      let i = Int(k)
      if context[i].starts.contains(.placeHead) { applyPlaceHead(i, document, context, lattice) }
      if context[i].starts.contains(.orgHead) { applyHead(i, document, context, lattice) }
      if context[i].form == WordForm.allCaps { applyCapitals(i, document, context, lattice) }
    }
    for region in document.regions where region.kind == .dateline { applyDateline(region, document, context, lattice) }
    for region in document.regions where region.kind == .byline { applyByline(region, document, context, lattice) }
  }

  private func apply(_ hit: NameHit, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    let start = Int(hit.start)
    let end = Int(hit.end)
    guard context[start].gate != 0 else { return }
    var labels = hit.sure
    var amount = one * 3 / 2
    if labels == 0 {
      labels = hit.bare
      amount = one / 2
    }
    if labels == 0, hit.labels == 4, start > 0, context[start].begin == 0 {
      // `di Bima`, `Kapolres Bima`: the cue that a doubtful place needs.
      let last = context[start - 1].ends
      if !last.isDisjoint(with: [.placePreposition, .placeHead])
        || last.contains(.office) && context[start - 1].form != WordForm.small
      {
        favour(start, end, .location, one * 3 / 2, lattice)
        return
      }
    }
    if labels == 0 {
      guard end - start > 1 else { return }
      labels = hit.labels
      amount = one / 2
    }
    // `Madrid menang 2-0`: in a sport report a city that is also a club is the club, but not behind `di`.
    if context.isSport, hit.labels & 12 == 12,
      start == 0 || context[start - 1].ends.isDisjoint(with: [.placePreposition, .placeHead])
    {
      favour(start, end, .organization, one * 5 / 2, lattice)
      return
    }
    // One kind only: else the context decides.
    guard labels != 0, labels & (labels - 1) == 0, hit.labels == labels || hit.sure != 0 else { return }
    guard let label = EntityLabel(rawValue: UInt8(labels.trailingZeroBitCount)) else { return }
    let runStart = Int(context[start].runStart)
    let runEnd = Int(context[start].runEnd)
    if runEnd > runStart, runStart < start,
      context.lexicon.classes(ofWord: document.tokens.id[runStart]).intersects(thingHead)
    {
      return
    }
    let words = end - start
    if hit.isUser {
      favour(start, end, label, one * 12, lattice)
      return
    }
    if words == 1, runEnd - runStart > 1 { amount /= 2 }
    if words == 1, context[start].begin != 0 { amount /= 2 }
    if words > 1 { amount = amount * 3 / 2 }
    if words == 1, document.tokens.length(start) <= 2 { amount /= 2 }
    // `Menteri Luar Negeri Rusia Sergey Lavrov`
    if label == .location, hit.sure & 4 != 0, start > 0, context[start - 1].ends.contains(.office) { amount += one }
    favour(start, end, label, amount, lattice)
    // `Papua Hery Dosinaen`: a sure place ends where its name ends, but for directions and the like in longer names.
    if label == .location, hit.sure != 0, end < lattice.count,
      context[end].starts.isDisjoint(with: [.direction, .orgSuffix])
    {
      lattice.add(end, Tag.inside(2), -one)
    }
  }

  /// `Dinas Pariwisata Bali`: a capitalised head and what follows in capitals.
  private func applyHead(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    guard WordForm.isName(context[i].form), context[i].runEnd > Int32(i) + 1 else { return }
    var end = 0
    for m in document.matchRange(at: i) {
      let match = document.matches[m]
      guard context.cues.cues(context.lexicon.classes(at: match.state)).contains(.orgHead) else { continue }
      end = Int(match.end)
    }
    let runEnd = Int(context[i].runEnd)
    guard end > i, end < runEnd, context[i].isCaseless == 0 else { return }
    // `Tentara Israel …`: a common word that only begins the sentence.
    if context[i].begin != 0, context.lexicon.caseTendency(ofWord: document.tokens.id[i]) <= 4,
      context[end].hit & 0x10 != 0, runEnd == end + 1
    {
      return
    }
    let isCommon = context[i].begin != 0 || context.lexicon.caseTendency(ofWord: document.tokens.id[i]) < 3
    favour(i, end, .organization, isCommon ? one : one * 3 / 2, lattice)
    // A name of the lists is whole: what follows is another one (`Partai Gerindra Suhardi`).
    var limit = runEnd
    if context[i].hitIndex >= 0 {
      let hit = context.hit(context[i].hitIndex)
      if hit.sure & 8 != 0, Int(hit.start) == i, Int(hit.end) >= end { limit = Int(hit.end) }
    }
    var k = end
    while k < limit, context[k].starts.isDisjoint(with: [.office, .rank, .honorific]) || k == end {
      lattice.add(k, Tag.inside(3), isCommon ? one / 2 : one)
      k += 1
      if k - end >= 3 { break }
    }
  }

  /// `CCTV` is no name; `SB (35)` and `berinisial SB` are persons.
  private func applyCapitals(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    let tokens = document.tokens
    if context.lexicon.classes(ofWord: tokens.id[i]).intersects(commonAbbreviation) {
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
    guard tokens.length(i) <= 4, context[i].hit == 0 || tokens.length(i) == 2, context[i].runEnd == Int32(i) + 1,
      context[i].runStart == Int32(i)
    else { return }
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
    if context.lexicon.classes(ofWord: tokens.idAt(i - 1)).intersects(initialCue) {
      favour(i, i + 1, .person, one * 5, lattice)
    }
    if context[i - 1].ends.contains(.occupation), tokens.length(i) <= 3, context[i - 1].form == WordForm.small {
      favour(i, i + 1, .person, one, lattice)
    }
  }

  /// Ranks (`Jenderal TNI`, `AKBP`) and degrees (`S.H., M.H.`) are no names, nor parts of one.
  private func applyTitles(_ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
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
          && (i == 0 || !context[i - 1].ends.contains(.placeHead))
        guard isRank || cues.contains(.degree) && afterComma && (match.end > match.start + 1 || context[i].hit == 0)
        else { continue }
        let amount = match.end > match.start + 1 ? one * 6 : one * 5 / 2
        for t in i..<min(Int(match.end), lattice.count) where context[t].gate != 0 {
          lattice.add(t, Tag.outside, amount)
        }
      }
    }
  }

  /// `Jl. Gatot Subroto`: a street is no person.
  private func applyPlaceHead(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    guard context[i].form == WordForm.capital || context[i].form == WordForm.allCaps,
      context[i].ends.contains(.placeHead),
      context[i].starts.isDisjoint(with: [.office, .orgHead])
    else { return }
    let tokens = document.tokens
    var next = i + 1
    if next < tokens.count, tokens.kind[next] == TokenKind.period { next += 1 }
    guard next < tokens.count, context[next].begin == 0, WordForm.isName(context[next].form),
      context[next].hit & 2 == 0 || next > i + 1
    else { return }
    let isAbbreviated = next > i + 1
    let amount = isAbbreviated ? one * 3 : context[i].begin != 0 ? one / 2 : one
    lattice.add(i, Tag.begin(2), amount)
    for k in i + 1..<min(next + 2, lattice.count) where context[k].gate != 0 && k < Int(context[next].runEnd) {
      lattice.add(k, Tag.inside(2), amount)
    }
  }

  /// Datelines hold a city and an outlet.
  private func applyDateline(
    _ region: Region, _ document: Document, _ context: EntityContext, _ lattice: TagLattice
  ) {
    for i in region.span.range where i < document.tokens.count && context[i].hitIndex >= 0 && context[i].gate != 0 {
      let hit = context.hit(context[i].hitIndex)
      guard Int(hit.start) == i, hit.labels & 8 != 0, hit.labels & 4 == 0 else { continue }
      favour(i, Int(hit.end), .organization, one * 3, lattice)
    }
  }

  /// Bylines hold names of persons.
  private func applyByline(
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

  /// Raises the score of tagging `start..<end` as one name.
  func favour(_ start: Int, _ end: Int, _ label: EntityLabel, _ amount: Int32, _ lattice: TagLattice) {
    guard start < end, end <= lattice.count else { return }
    let begin = Tag.begin(Int(label.rawValue))
    let inside = Tag.inside(Int(label.rawValue))
    lattice.add(start, begin, amount)
    for k in start + 1..<max(end, start + 1) { lattice.add(k, inside, amount) }
  }
}
