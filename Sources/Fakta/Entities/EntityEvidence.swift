/// Adds to the tagger's scores what lists and cues say by themselves, where they say more than a feature can.
///
///     KOMPAS.com                       a domain is an organization
///     Bareskrim Polri                  a name of the lists that nothing else is called
///     Komisi Pemilihan Umum (KPU)      a long form and its abbreviation
///
/// Amounts are in units of the model, of which `one` make a factor *e* in the odds.
struct EntityEvidence: Sendable {
  private let words: WordMarks
  private let nameWords: NameWords
  /// The bits of `words`.
  private enum Mark {
    static let outletLead: UInt8 = 0
    static let thingTail: UInt8 = 1
    static let rangeWord: UInt8 = 2
    static let domainSuffix: UInt8 = 3
    static let thingHead: UInt8 = 4
    static let initialCue: UInt8 = 5
    static let commonAbbreviation: UInt8 = 6
    static let addressPart: UInt8 = 7
  }
  private let platform: ClassSet
  private let platformLead: ClassSet
  private let product: ClassSet
  private let conjunction: ClassSet
  private let citations: EntryMap<Bool>
  private let schools: EntryMap<Bool>
  /// Prepositions behind which somebody stands from whom something comes (`dari`).
  private let sources: [UInt32]
  /// The article that foreign names begin with.
  private let article: ClassSet
  /// Small words that stand inside names of all kinds (`dan`, `of`).
  private let connector: ClassSet
  private let offices: EntryMap<Bool>
  private let courts: EntryMap<Bool>
  private let one: Int32

  init(lexicon: Lexicon, one: Int32, _ nameWords: NameWords) {
    self.nameWords = nameWords
    words = WordMarks(
      lexicon: lexicon,
      [
        "outlet-lead", "thing-tail", "list-end", "domain-suffix", "thing-head", "initial-cue", "common-abbreviation",
        "address-part",
      ])
    platform = lexicon.wordClass("platform")
    platformLead = lexicon.wordClass("platform-lead")
    product = lexicon.wordClass("product-word")
    conjunction = lexicon.wordClass("conjunction")
    citations = EntryMap(lexicon, table: "speech-verbs", columns: ["form_kind"]) { $0[0] == "citation" }
    offices = EntryMap(lexicon, table: "org-heads", columns: ["case"]) { $0[0] == "abbr" }
    courts = EntryMap(lexicon, table: "org-heads", columns: ["case"]) { $0[0] == "cap-place" }
    schools = EntryMap(lexicon, table: "org-heads", columns: ["subtype"]) { $0[0] == "school" }
    var sources: [UInt32] = []
    ListRows.forEach(of: "prepositions", columns: ["form", "role", "sense"], in: lexicon) { row in
      guard row.text(1) == "from" else { return }
      let senses = row.text(2).parts(" ")
      guard senses.contains("place"), senses.contains("actor") else { return }
      let id = lexicon.wordID(row.text(0))
      if id != 0 { sources.append(id) }
    }
    self.sources = sources
    connector = lexicon.wordClass("name-connector")
    article = lexicon.wordClass("name-article")
    self.one = one
  }

  /// Finds the domains first: they open the gate for words in small letters.
  func markDomains(_ document: Document, _ context: inout EntityContext) {
    var done = 1
    var region = 0
    for mark in context.marks.dots {
      let i = Int(mark)
      // Boilerplate yields no names; its gate stays closed.
      while region < document.regions.count, Int(document.regions[region].span.end) <= i { region += 1 }
      if region < document.regions.count, document.regions[region].kind == .boilerplate,
        Int(document.regions[region].span.start) <= i, !document.includesBoilerplate
      {
        continue
      }
      guard i >= done, let span = domain(around: i, document) else { continue }
      context.open(span.range)
      context.domains.append(span)
      done = Int(span.end)
    }
  }

  /// Opens the gate inside names of the lists that hold commas (`Badan Meteorologi, Klimatologi, dan Geofisika`); elsewhere a
  /// comma ends a name.
  func markEnumerations(_ context: inout EntityContext) {
    for index in context.hits.indices {
      let hit = context.hits[index]
      guard isEnumeration(hit, context), context[Int(hit.start)].gate != 0 else { continue }
      context.open(Int(hit.start)..<Int(hit.end))
    }
  }

  /// Whether the hit is a sure name with a comma in it.
  private func isEnumeration(_ hit: NameHit, _ context: EntityContext) -> Bool {
    guard hit.end - hit.start >= 5, hit.sure != 0 else { return false }
    return (Int(hit.start)..<Int(hit.end)).contains { context[$0].kind == TokenKind.comma }
  }

  /// The domain whose first dot is at `dot`: words, digits and hyphens without white space, the last one a known suffix.
  private func domain(around dot: Int, _ document: Document) -> TokenSpan? {
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
      // `https://data.contoh.go.id`
      var before = start - 1
      while before > 0, before + 12 > start, tokens.gap[before] == TokenGap.none,
        tokens.kind[before] <= TokenKind.period || tokens.kind[before] == TokenKind.hyphen
      { before -= 1 }
      if tokens.kind[before] == TokenKind.slash { return nil }
    }
    var end = dot
    var at = dot
    while at + 1 < tokens.count, tokens.kind[at] == TokenKind.period, tokens.gap[at] == TokenGap.none,
      tokens.gap[at + 1] == TokenGap.none, tokens.kind[at + 1] == TokenKind.word
    {
      guard words.has(Mark.domainSuffix, tokens.id[at + 1]) else { break }
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
      // More than any list says: `berinisial PKS`, `berinisial H`.
      if context[i].form == WordForm.allCaps || context[i].form == WordForm.initial,
        isInitials(i, document, context)
      {
        favour(i, i + 1, .person, one * 12, lattice)
        if i + 1 < lattice.count { for label in 1...3 { lattice.add(i + 1, Tag.inside(label), -one * 12) } }
      }
      // `di XtvN`: capitals inside the word make no place that no list knows.
      if context[i].form == WordForm.mixed, context[i].hit == 0 { lattice.add(i, Tag.begin(2), -one * 4) }
      if Int(context[i].runStart) == i, i > 0 { applyRun(i, document, context, lattice) }
    }
    for sentence in document.sentences { applySentence(Int(sentence.start), context, lattice) }
    for region in document.regions where region.kind == .dateline { applyDateline(region, document, context, lattice) }
    for region in document.regions where region.kind == .byline { applyByline(region, document, context, lattice) }
  }

  private func apply(_ hit: NameHit, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    let start = Int(hit.start)
    let end = Int(hit.end)
    guard context[start].gate != 0 else { return }
    if hit.labels == 8, hit.bare == 0, isPlatformInUse(hit, document, context) {
      for k in start..<end where context[k].gate != 0 { lattice.add(k, Tag.outside, one * 6) }
      return
    }
    if hit.labels == 8, start > 0, context[start].begin == 0, isCited(start, document, context) {
      favour(start, end, .organization, one * 3, lattice)
      return
    }
    if hit.labels == 8, isCredit(start, end, document, context) {
      favour(start, end, .organization, one * 5, lattice)
      return
    }
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
      guard end - start > 1 else {
        // `di Instagram`: a doubtful organization is no place for that.
        if hit.labels == 8 { lattice.add(start, Tag.begin(2), -one * 2) }
        return
      }
      labels = hit.labels
      amount = one / 2
    }
    // `Madrid menang 2-0`, `kalah dari Madrid`: in a sport report a city that is also a club is the club, but not behind `di`.
    if context.isSport, hit.labels & 12 == 12, !isBehindVenue(start, document, context),
      start == 0 || context[start - 1].ends.isDisjoint(with: [.placePreposition, .placeHead])
        || sources.contains(document.tokens.id[start - 1]) || nameWords.has(.club, start - 1, start, document)
    {
      favour(start, end, .organization, one * 5 / 2, lattice)
      partNeighbours(hit, .organization, document, context, lattice)
      return
    }
    // One kind only: else the context decides.
    guard labels != 0, labels & (labels - 1) == 0, hit.labels == labels || hit.sure != 0 else { return }
    guard let label = EntityLabel(rawValue: UInt8(labels.trailingZeroBitCount)) else { return }
    let runStart = Int(context[start].runStart)
    let runEnd = Int(context[start].runEnd)
    if runEnd > runStart + 1 {
      // `Piala Asia`, `Perda Bali`, `London Fashion Week`: a place inside such a name is none.
      var weight = insideThing(runStart, start, document, context)
      if label == .location, isThing(start, document, context), !isWhole(runStart, runEnd, context) { weight = 5 }
      if weight > 0 {
        guard label == .location else { return }
        for k in start..<end where context[k].gate != 0 { lattice.add(k, Tag.outside, one * weight) }
        return
      }
    }
    if label == .organization, let last = model(behind: end, document, context) {
      for k in start..<last where context[k].gate != 0 { lattice.add(k, Tag.outside, one * 5) }
      return
    }
    let words = end - start
    if hit.isUser || isEnumeration(hit, context) || words > 2 && hasOwnSmallWord(start, end, document, context) {
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
    partNeighbours(hit, label, document, context, lattice)
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

  /// Whether a preposition of place stands before `i` that is not one of somebody from whom something comes.
  func isBehindPlacePreposition(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    i > 0 && context[i - 1].ends.contains(.placePreposition) && !sources.contains(document.tokens.id[i - 1])
  }

  /// Whether the list's name at `i` is a city's as well as a club's.
  func isClubName(_ i: Int, _ context: EntityContext) -> Bool {
    context[i].hitIndex >= 0 && context.hit(context[i].hitIndex).labels & 12 == 12
  }

  /// `di Stadion Millennium, Cardiff`, `di Amex Stadium, Brighton`: whether the capitalised words before a comma are a place by
  /// their designator.
  private func isBehindVenue(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    guard i > 1, document.tokens.kind[i - 1] == TokenKind.comma, context[i - 2].runEnd == Int32(i - 1) else {
      return false
    }
    return context[Int(context[i - 2].runStart)].starts.contains(.placeHead)
      || context[i - 2].ends.contains(.placeHead)
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

  /// `Garut (ANTARA) -`, `"…," katanya. (Antara)`: an outlet alone in brackets before a dash, or behind the last sentence of
  /// a passage.
  private func isCredit(_ start: Int, _ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    guard start > 1, tokens.kind[start - 1] == TokenKind.openParen else { return false }
    var close = end
    // `(Antara/Reuters)`
    if tokens.kindAt(close) == TokenKind.slash { close += 2 }
    guard tokens.kindAt(close) == TokenKind.closeParen else { return false }
    let next = close + 1
    if next >= tokens.count || context[next].begin == 2 {
      let last = tokens.kind[start - 2]
      return last >= TokenKind.period && last != TokenKind.comma && last != TokenKind.closeParen
    }
    return tokens.kind[next] == TokenKind.dash || tokens.kind[next] == TokenKind.hyphen && !tokens.attached(next)
  }

  /// `menulis di Instagram`, `akun Facebook dan Twitter`: a platform that somebody uses is no company.
  private func isPlatformInUse(_ hit: NameHit, _ document: Document, _ context: EntityContext) -> Bool {
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

  /// `Huawei Y6`, `Yamaha R15`, `Toyota Avanza`: what a company makes is no name of ours. Returns where the model's name ends.
  private func model(behind i: Int, _ document: Document, _ context: EntityContext) -> Int? {
    let tokens = document.tokens
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

  /// `bek Burnley Nick Pope`, `Lewis Hamilton Mercedes`: where a sure organization and a person meet, two names meet.
  private func partNeighbours(
    _ hit: NameHit, _ label: EntityLabel, _ document: Document, _ context: EntityContext, _ lattice: TagLattice
  ) {
    let (start, end) = (Int(hit.start), Int(hit.end))
    guard end < lattice.count, context[end].gate != 0, context[end].begin == 0,
      document.tokens.gap[end] == TokenGap.space
    else { return }
    if label == .person {
      guard hit.end - hit.start > 1, hit.labels == hit.sure, context[end].hitIndex >= 0 else { return }
      let next = context.hit(context[end].hitIndex)
      guard Int(next.start) == end, next.sure == 8, next.labels == 8 else { return }
      lattice.add(end, Tag.inside(1), -one * 2)
      return
    }
    let runEnd = Int(context[end].runEnd)
    guard runEnd > end, runEnd - end <= 3, (end..<runEnd).allSatisfy({ isFree($0, context) }) else { return }
    if runEnd - end == 1 {
      // `gelandang Barcelona Neymar`, `Gubernur DIY Suhadi`: one word is a person only if the lists know it as part of one;
      // `Ketua Karang Taruna Melati` may have a name of its own.
      guard start > 0,
        label == .location
          || (hit.labels == hit.sure || hit.labels & 12 == 12) && context[start - 1].ends.contains(.occupation),
        isHeld(hit, label, document, context),
        !context[end].starts.isDisjoint(with: [.given, .family]) || context[end].hit & 1 != 0,
        isUncommon(end, document, context), !isInsideName(end, document, context)
      else { return }
      lattice.add(end, Tag.inside(Int(label.rawValue)), -one * 3)
      lattice.add(end, Tag.begin(1), one)
      return
    }
    // `Managing Partner East Ventures Willson Cuaca`: a family name may be a common word.
    if isHeld(hit, label, document, context) || areParts(end..<runEnd, hit, label, context),
      isUncommon(end, document, context), label == .organization || isUncommon(runEnd - 1, document, context)
    {
      lattice.add(end, Tag.inside(Int(label.rawValue)), -one * 4)
      favour(end, runEnd, .person, one * 2, lattice)
    } else if label == .organization, hit.labels == hit.sure, context[end].starts.contains(.given) {
      lattice.add(end, Tag.inside(3), -one * 2)
      lattice.add(end, Tag.begin(1), one)
    }
  }

  /// Whether a name of the lists goes on past `cut` (`BPBD Aceh Jaya`).
  func isInsideName(_ cut: Int, _ document: Document, _ context: EntityContext) -> Bool {
    document.matchRange(at: cut - 1).contains {
      let match = document.matches[$0]
      guard Int(match.end) > cut else { return false }
      var isName = false
      context.lexicon.forEachListing(at: match.state) { listing in
        let label = context.lexicon.label(of: listing.entry)
        isName = label == .location || label == .organization
        return !isName
      }
      return isName
    }
  }

  /// Whether all words behind a place are parts of persons' names (`imam di New York Daud Rasyid`).
  private func areParts(_ range: Range<Int>, _ hit: NameHit, _ label: EntityLabel, _ context: EntityContext) -> Bool {
    // `Jalan Wijaya Kusuma` is a street.
    label == .location && context[Int(hit.start)].starts.isDisjoint(with: .placeHead)
      && range.allSatisfy { !context[$0].starts.isDisjoint(with: [.given, .family]) }
  }

  /// Whether nothing but the name of a person can begin or go on with the word.
  func isFree(_ i: Int, _ context: EntityContext) -> Bool {
    context[i].form == WordForm.capital && (context[i].hit & 6 == 0 || isDoubtful(i, context))
      && context[i].starts.isDisjoint(with: [
        .office, .officePrefix, .rank, .honorific, .orgHead, .orgSuffix, .placeHead, .direction, .calendar, .thing,
      ])
  }

  /// Whether the lists have no more than the word alone, and doubt it.
  private func isDoubtful(_ i: Int, _ context: EntityContext) -> Bool {
    let hit = context.hit(context[i].hitIndex)
    return hit.end - hit.start == 1 && hit.sure == 0
  }

  /// Whether the capitalised word stands alone, and is nothing but a name.
  func isRare(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    context[i].runEnd - context[i].runStart == 1 && context[i].hit & 6 == 0 && isFree(i, context)
      && isUncommon(i, document, context)
  }

  /// Whether the word is seldom written small, or unknown.
  func isUncommon(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let tendency = context.lexicon.caseTendency(ofWord: document.tokens.id[i])
    return tendency == 0 || tendency >= 4
  }

  /// `bek Burnley X`, `Direktur Garansindo X`, `Bupati Bogor X`: behind an office comes whose it is, then who holds it.
  private func isHeld(_ hit: NameHit, _ label: EntityLabel, _ document: Document, _ context: EntityContext) -> Bool {
    let start = Int(hit.start)
    guard start > 0, context[start].begin == 0 else { return false }
    let last = context[start - 1].ends
    // `Kepala Dinas Pertanian (Distan) DIY Suhadi`
    if label == .location, document.tokens.kind[start - 1] == TokenKind.closeParen { return true }
    return last.contains(.office) || last.contains(.occupation) && (label == .organization || hit.sure & 4 != 0)
  }

  /// No name runs on into the next sentence.
  private func applySentence(_ start: Int, _ context: EntityContext, _ lattice: TagLattice) {
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
  private func isCited(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
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
  private func applyRun(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
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
    // `The Toffees`, `dilansir The Kitchn`: a club's nickname or an outlet; films and albums are called so too.
    if end - i >= 2, end - i <= 4, tokens.length(i) <= 3,
      context.lexicon.classes(ofWord: tokens.id[i]).intersects(article),
      tokens.kind[i - 1] < TokenKind.quote || tokens.kind[i - 1] > TokenKind.closeSingleQuote,
      context.isSport || isCited(i, document, context),
      context[i].hitIndex < 0 || context.hit(context[i].hitIndex).sure != 2
    {
      favour(i, end, .organization, one * 2, lattice)
    }
    // `Atim Arta (62)`: an age.
    if end + 2 < tokens.count, tokens.kind[end] == TokenKind.openParen, tokens.kind[end + 1] == TokenKind.number,
      tokens.length(end + 1) == 2, tokens.kind[end + 2] == TokenKind.closeParen, end - i >= 2, end - i <= 4,
      (i..<end).allSatisfy({ isFree($0, context) })
    {
      favour(i, end, .person, one * 2, lattice)
    }
    // `Irfan Bachdim (Rachmat 72')`: who comes on, and when.
    if tokens.kind[i - 1] == TokenKind.openParen, end - i <= 3, end + 1 < tokens.count,
      tokens.kind[end] == TokenKind.number, tokens.length(end) <= 2, tokens.gap[end] == TokenGap.space,
      tokens.kind[end + 1] >= TokenKind.apostrophe, tokens.kind[end + 1] <= TokenKind.closeSingleQuote,
      context[i].form == WordForm.capital
    {
      favour(i, end, .person, one * 6, lattice)
      lattice.add(end, Tag.inside(1), -one * 4)
    }
    var last = i - 1
    if last > 0, tokens.kind[last] == TokenKind.period, tokens.gap[last] == TokenGap.none { last -= 1 }
    // `dr. Tirta Hudaya`: a title before two capitalised words.
    if end - i >= 2, context[last].form == WordForm.small, context[last].ends.contains(.honorific), last < i - 1,
      last == 0 || context[last - 1].form != WordForm.allCaps || context[last - 1].ends.isDisjoint(with: .placeHead),
      context[i].hit & 6 == 0, context[i + 1].form == WordForm.capital,
      context[i].starts.isDisjoint(with: [.office, .rank, .honorific, .orgHead, .placeHead, .officePrefix])
    {
      favour(i, i + 2, .person, one * 3 / 2, lattice)
      return
    }
    // `kata Lalu kepada wartawan`: who speaks, though it is a common word.
    if end == i + 1, context[i - 1].ends.contains(.speech), isSpeaker(i, document, context) {
      favour(i, end, .person, one * 3, lattice)
      return
    }
    if end == i + 1, context[i].hit == 0, context[i].begin == 0, context[i].form != WordForm.initial,
      words.has(Mark.outletLead, tokens.id[i - 1]), context[i].starts.rawValue == 0, isCited(i, document, context)
    {
      favour(i, end, .organization, one * 3 / 2, lattice)
    }
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
    guard context[i].hitIndex >= 0 else { return false }
    let hit = context.hit(context[i].hitIndex)
    guard Int(hit.start) == i, hit.labels == 8 else { return false }
    return isThing(i, document, context) && !isWhole(i, Int(context[i].runEnd), context)
      || model(behind: Int(hit.end), document, context) != nil
  }

  private func isSurePlace(_ i: Int, _ context: EntityContext) -> Bool {
    context[i].hitIndex >= 0 && context.hit(context[i].hitIndex).sure == 4
  }

  /// Whether one sure name of the lists is the whole run.
  private func isWhole(_ start: Int, _ end: Int, _ context: EntityContext) -> Bool {
    guard context[start].hitIndex >= 0 else { return false }
    let hit = context.hit(context[start].hitIndex)
    return Int(hit.start) == start && Int(hit.end) == end
  }

  /// `Dinas Pariwisata Bali`: a capitalised head and what follows in capitals.
  private func applyHead(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    guard WordForm.isName(context[i].form) else { return }
    if context[i].ends.contains(.office), applyUnit(i, document, context, lattice) { return }
    if applySchool(i, document, context, lattice) { return }
    guard context[i].runEnd > Int32(i) + 1 else { return }
    // `The Weeknd`: a person of the lists.
    if context[i].hitIndex >= 0 {
      let hit = context.hit(context[i].hitIndex)
      if Int(hit.start) == i, hit.end > hit.start + 1, hit.sure == 2 { return }
    }
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
    let tendency = context.lexicon.caseTendency(ofWord: document.tokens.id[i])
    let isCommon = context[i].begin != 0 && tendency < 6 || tendency < 3
    let isSure = context[end].form == WordForm.capital && isOffice(i, document, context)
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
    while k < limit, context[k].starts.isDisjoint(with: [.office, .rank, .honorific]) || k == end {
      lattice.add(k, Tag.inside(3), isSure ? one * 5 / 2 : isCommon ? one / 2 : one)
      k += 1
      if k - end >= 3 { break }
    }
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
    if end < lattice.count { lattice.add(end, Tag.inside(3), -one) }
    return true
  }

  /// Whether the capitals are a person's initials, by the word before them.
  func isInitials(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    // `berinisial MA. Saat itu …`: the dot is no part of an abbreviation.
    let isAlone = context[i].runEnd == Int32(i) + 1 || document.tokens.kindAt(i + 1) == TokenKind.period
    return i > 0 && isAlone && document.tokens.length(i) <= 4 && context[i].begin == 0
      && words.has(Mark.initialCue, document.tokens.id[i - 1])
  }

  /// `CCTV` is no name; `SB (35)` and `berinisial SB` are persons.
  private func applyCapitals(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
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

  /// `Jl. Gatot Subroto`: a street is no person.
  private func applyPlaceHead(_ i: Int, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    guard context[i].form == WordForm.capital || context[i].form == WordForm.allCaps,
      context[i].ends.contains(.placeHead),
      context[i].starts.isDisjoint(with: [.office, .orgHead]) || isHospital(i, document, context)
    else { return }
    let tokens = document.tokens
    var next = i + 1
    if next < tokens.count, tokens.kind[next] == TokenKind.period { next += 1 }
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

  /// Datelines hold a city and an outlet.
  private func applyDateline(
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

  /// Whether a listed name has a word in small letters inside that joins names nowhere else: `30 Seconds to Mars`. Nothing but
  /// the name is written so.
  private func hasOwnSmallWord(_ start: Int, _ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
    for k in start + 1..<end - 1 where context[k].form == WordForm.small {
      if !context.lexicon.classes(ofWord: document.tokens.id[k]).intersects(connector) { return true }
    }
    return false
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
