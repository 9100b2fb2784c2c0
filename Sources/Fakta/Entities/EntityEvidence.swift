/// Adds to the tagger's scores what lists and cues say by themselves, where they say more than a feature can.
///
///     KOMPAS.com                       a domain is an organization
///     Bareskrim Polri                  a name of the lists that nothing else is called
///     Komisi Pemilihan Umum (KPU)      a long form and its abbreviation
///
/// Amounts are in units of the model, of which `one` make a factor *e* in the odds.
struct EntityEvidence: Sendable {
  let words: WordMarks
  let nameWords: NameWords
  /// The bits of `words`.
  enum Mark {
    static let outletLead: UInt8 = 0
    static let thingTail: UInt8 = 1
    static let rangeWord: UInt8 = 2
    static let domainSuffix: UInt8 = 3
    static let thingHead: UInt8 = 4
    static let initialCue: UInt8 = 5
    static let commonAbbreviation: UInt8 = 6
    static let addressPart: UInt8 = 7
  }
  let platform: ClassSet
  let platformLead: ClassSet
  let product: ClassSet
  let conjunction: ClassSet
  /// Words that stand behind a number in amounts.
  let counted: ClassSet
  let citations: EntryMap<Bool>
  let schools: EntryMap<Bool>
  /// Last words that make a body of unknown words, and whether a place may be called so, too (`City`).
  let suffixes: EntryMap<Bool>
  /// Prepositions behind which somebody stands from whom something comes (`dari`).
  let sources: [UInt32]
  /// The article that foreign names begin with.
  let article: ClassSet
  /// Small words that stand inside names of all kinds (`dan`, `of`).
  let connector: ClassSet
  /// Vocabulary ids of the corporate forms that stand before a name (`PT`).
  let firmLeads: [UInt32]
  let offices: EntryMap<Bool>
  let courts: EntryMap<Bool>
  let one: Int32

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
    counted = lexicon.wordClass("numeral").union(lexicon.wordClass("unit")).union(lexicon.wordClass("count-classifier"))
    citations = EntryMap(lexicon, table: "speech-verbs", columns: ["form_kind"]) { $0[0] == "citation" }
    offices = EntryMap(lexicon, table: "org-heads", columns: ["case"]) { $0[0] == "abbr" }
    courts = EntryMap(lexicon, table: "org-heads", columns: ["case"]) { $0[0] == "cap-place" }
    schools = EntryMap(lexicon, table: "org-heads", columns: ["subtype"]) { $0[0] == "school" }
    suffixes = EntryMap(lexicon, table: "org-suffixes", columns: ["alone", "place"]) {
      $0[0] == "yes" && $0[1] != "never" ? $0[1] == "yes" : nil
    }
    sources = ListRows.words(of: "prepositions", columns: ["form", "role", "sense"], in: lexicon) { row in
      let senses = row.text(2).parts(" ")
      return row.text(1) == "from" && senses.contains("place") && senses.contains("actor")
    }
    firmLeads = NameRules.firmLeads(lexicon)
    connector = lexicon.wordClass("name-connector")
    article = lexicon.wordClass("name-article")
    self.one = one
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
      if context[i].ends.contains(.orgSuffix) { applySuffix(i, document, context, lattice) }
      if context[i].form == WordForm.allCaps || context[i].form == WordForm.initial {
        if isAged(i, document, context) {
          favour(i, i + 1, .person, one * 12, lattice)
          continue
        }
      }
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
    applyOpening(document, context, lattice)
    for sentence in document.sentences { applySentence(Int(sentence.start), context, lattice) }
    for region in document.regions where region.kind == .dateline { applyDateline(region, document, context, lattice) }
    for region in document.regions where region.kind == .byline { applyByline(region, document, context, lattice) }
  }

  private func apply(_ hit: NameHit, _ document: Document, _ context: EntityContext, _ lattice: TagLattice) {
    let start = Int(hit.start)
    let end = Int(hit.end)
    guard context[start].gate != 0 else { return }
    if hit.labels & 8 != 0, applyOutletOrPlatform(hit, document, context, lattice) { return }
    if applyClub(hit, document, context, lattice) { return }
    guard let (label, amount) = weight(hit, document, context, lattice),
      !applyThing(hit, label, document, context, lattice)
    else { return }
    if hit.isUser || isEnumeration(hit, context) || end - start > 2 && hasOwnSmallWord(start, end, document, context) {
      favour(start, end, label, one * 12, lattice)
      return
    }
    favour(start, end, label, weighed(amount, hit, label, document, context), lattice)
    // `Papua Hery Dosinaen`: a sure place ends where its name ends, but for directions and the like in longer names.
    if label == .location, hit.sure != 0, end < lattice.count,
      context[end].starts.isDisjoint(with: [.direction, .orgSuffix])
    {
      lattice.add(end, Tag.inside(2), -one)
    }
    partNeighbours(hit, label, document, context, lattice)
  }

  /// An organization that is no name where somebody uses what it is called by, and one where it is cited or credited, whatever
  /// else is called so. False for neither.
  private func applyOutletOrPlatform(
    _ hit: NameHit, _ document: Document, _ context: EntityContext, _ lattice: TagLattice
  ) -> Bool {
    let (start, end) = (Int(hit.start), Int(hit.end))
    guard hit.labels == 8 else {
      // `dikutip dari Metro`: an outlet that is called like a town.
      guard start > 0, context[start].begin == 0, isCited(start, document, context),
        isOutlet(hit, context.lexicon)
      else { return false }
      favour(start, end, .organization, one * 6, lattice)
      return true
    }
    if hit.bare == 0, isPlatformInUse(hit, document, context) {
      for k in start..<end where context[k].gate != 0 { lattice.add(k, Tag.outside, one * 6) }
    } else if start > 0, context[start].begin == 0, isCited(start, document, context) {
      favour(start, end, .organization, one * 3, lattice)
    } else if isCredit(start, end, document, context) {
      favour(start, end, .organization, one * 5, lattice)
    } else {
      return false
    }
    return true
  }

  /// Whether one of those whom the lists call so is an outlet; asked seldom.
  private func isOutlet(_ hit: NameHit, _ lexicon: Lexicon) -> Bool {
    var isOutlet = false
    lexicon.forEachListing(at: hit.state) { listing in
      isOutlet = lexicon.cellBytes(listing.entry, "subtype").elementsEqual("media".utf8)
      return !isOutlet
    }
    return isOutlet
  }

  /// The one kind of which the list's name is, and how much that says; nil where the lists leave it to the context or where what
  /// stands before has decided.
  private func weight(
    _ hit: NameHit, _ document: Document, _ context: EntityContext, _ lattice: TagLattice
  ) -> (label: EntityLabel, amount: Int32)? {
    let (start, end) = (Int(hit.start), Int(hit.end))
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
        return nil
      }
    }
    if labels == 0 {
      guard end - start > 1 else {
        // `di Instagram`: a doubtful organization is no place for that.
        if hit.labels == 8 { lattice.add(start, Tag.begin(2), -one * 2) }
        return nil
      }
      labels = hit.labels
      amount = one / 2
    }
    // One kind only: else the context decides.
    guard labels != 0, labels & (labels - 1) == 0, hit.labels == labels || hit.sure != 0,
      let label = EntityLabel(rawValue: UInt8(labels.trailingZeroBitCount))
    else { return nil }
    return (label, amount)
  }

  /// How much a name of the lists says, by its words and what stands around it.
  private func weighed(
    _ amount: Int32, _ hit: NameHit, _ label: EntityLabel, _ document: Document, _ context: EntityContext
  ) -> Int32 {
    let start = Int(hit.start)
    let isInRun = context[start].runEnd - context[start].runStart > 1
    var amount = amount
    if hit.end - hit.start == 1 {
      if isInRun { amount /= 2 }
      if context[start].begin != 0 { amount /= 2 }
      if label == .organization, context[start].runEnd - context[start].runStart == 1,
        isBehindBodyWord(start, document, context)
      {
        amount = one * 4
      }
      if document.tokens.length(start) <= 2 { amount /= 2 }
    } else {
      // A name of the lists that is all of the run is hardly another one.
      amount = isAlone(hit, label, document, context) ? one * 4 : amount * 3 / 2
    }
    // `Menteri Luar Negeri Rusia Sergey Lavrov`
    if label == .location, hit.sure & 4 != 0, start > 0, context[start - 1].ends.contains(.office) { amount += one }
    return amount
  }

  /// `kelompok Houthi`, `pemberontak Houthi`: whether the word before a name says that a body is meant. Peoples are called so, too (`kelompok
  /// Rohingya`), but not by a body's name.
  private func isBehindBodyWord(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    guard i > 0, context[i].begin == 0, context[i].form == WordForm.capital,
      context[i - 1].form != WordForm.allCaps
    else { return false }
    return nameWords.has(.force, i - 1, i, document) || nameWords.has(.body, i - 1, i, document)
      || nameWords.has(.apposed, i - 1, i, document)
  }

  /// Whether the sure name is all of its run, and neither a designator nor a small word of longer names stands beside it (`jalan HR
  /// Rasuna Said`, `The Edge of Wulung`).
  private func isAlone(_ hit: NameHit, _ label: EntityLabel, _ document: Document, _ context: EntityContext) -> Bool {
    let (start, end) = (Int(hit.start), Int(hit.end))
    guard hit.sure != 0, Int(context[start].runStart) == start, Int(context[start].runEnd) == end else { return false }
    if start > 0, context[start].begin == 0 {
      if context[start - 1].ends.contains(.placeHead), label != .location { return false }
      if isLink(start - 1, document, context), start > 1, WordForm.isName(context[start - 2].form) { return false }
    }
    return end + 1 >= document.tokens.count || context[end].begin != 0 || !isLink(end, document, context)
      || !WordForm.isName(context[end + 1].form)
  }

  /// Whether the word is a small one of foreign names (`of`, `de`) and no conjunction.
  private func isLink(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let classes = context.lexicon.classes(ofWord: document.tokens.id[i])
    return classes.intersects(connector) && !classes.intersects(conjunction)
      && !context[i].starts.contains(.placePreposition)
  }

  /// Whether a preposition of place stands before `i` that is not one of somebody from whom something comes.
  func isBehindPlacePreposition(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    i > 0 && context[i - 1].ends.contains(.placePreposition) && !sources.contains(document.tokens.id[i - 1])
  }

  /// `Garut (ANTARA) -`, `"…," katanya. (Antara)`, `[Antara]`: an outlet alone in brackets before a dash, or behind the last sentence of
  /// a passage.
  private func isCredit(_ start: Int, _ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    guard start > 1, tokens.kind[start - 1] == TokenKind.openParen || tokens.kind[start - 1] == TokenKind.openBracket
    else { return false }
    var close = end
    // `(Antara/Reuters)`
    if tokens.kindAt(close) == TokenKind.slash { close += 2 }
    guard tokens.kindAt(close) == tokens.kind[start - 1] + 1 else { return false }
    let next = close + 1
    if next >= tokens.count || context[next].begin == 2 {
      let last = tokens.kind[start - 2]
      return last >= TokenKind.period && last != TokenKind.comma && last != TokenKind.closeParen
    }
    guard tokens.kind[close] == TokenKind.closeParen else { return false }
    return tokens.kind[next] == TokenKind.dash || tokens.kind[next] == TokenKind.hyphen && !tokens.attached(next)
  }

  /// `bek Burnley Nick Pope`, `Lewis Hamilton Mercedes`: where a sure organization and a person meet, two names meet.
  func partNeighbours(
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

  /// Whether the word is written together with another capitalised one (`PayRide`): a name that somebody made up, however common
  /// its parts are. A lost space is no more than doubtful, so that more must speak for a name.
  func isGlued(_ i: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    func isJoint(_ k: Int) -> Bool {
      k > 0 && k < tokens.count && tokens.gap[k] == TokenGap.none && WordForm.isName(context[k].form)
        && WordForm.isName(context[k - 1].form)
    }
    return isJoint(i) || isJoint(i + 1)
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

  /// Raises the score of tagging `start..<end` as one name.
  func favour(_ start: Int, _ end: Int, _ label: EntityLabel, _ amount: Int32, _ lattice: TagLattice) {
    guard start < end, end <= lattice.count else { return }
    let begin = Tag.begin(Int(label.rawValue))
    let inside = Tag.inside(Int(label.rawValue))
    lattice.add(start, begin, amount)
    for k in start + 1..<max(end, start + 1) { lattice.add(k, inside, amount) }
  }
}
