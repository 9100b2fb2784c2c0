/// Words that look like a name and are none: what a company makes, with the company's name, a work, a sponsor or a kind of bodies.
struct ThingName: Sendable {
  var start: Int
  /// From here to `end` no name elsewhere in the article either; `end` where that is not said.
  var own: Int
  var end: Int
}

/// What the list `name-words` says of the words around names and inside them.
struct NameWords: Sendable {
  /// The column `use`.
  enum Use: String, CaseIterable, Sendable {
    case aliasLink = "alias-link"
    case alias, local, maker, unit, work, club, kind, event, body, apposed, one, time, data, site, result,
      deed, titled, force, route, craft, contest, pair, opener
  }

  private let lexicon: Lexicon
  private let uses: EntryMap<Use>
  private let nameWord: ClassSet
  /// A bit for each word with which something of the list begins, by the low bits of its vocabulary id: a quick no that stays near.
  private let starters: [UInt64]
  private static let starterBlocks = 128
  private let feastOrUnit: ClassSet
  /// Titles that persons have in their names (`Sultan`).
  private let namedTitles: ClassSet

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    nameWord = lexicon.wordClass("name-word")
    starters = Self.starters(lexicon)
    feastOrUnit = ["holiday", "month", "unit"].reduce(ClassSet()) { $0.union(lexicon.wordClass($1)) }
    namedTitles = lexicon.wordClass("part-title")
    uses = EntryMap(lexicon, table: "name-words", columns: ["use"]) { Use(rawValue: $0[0]) }
  }

  private static func starters(_ lexicon: Lexicon) -> [UInt64] {
    var bits = [UInt64](repeating: 0, count: starterBlocks)
    var tokens = TokenTable()
    ListRows.forEach(of: "name-words", columns: ["form"], in: lexicon) { row in
      Tokenizer().tokenize(Array(row.bytes(0)), into: &tokens)
      guard tokens.count > 0 else { return }
      let (word, bit) = place(lexicon.word(hash: tokens.hash[0]))
      bits[word] |= bit
    }
    return bits
  }

  @inline(__always)
  private static func place(_ id: UInt32) -> (word: Int, bit: UInt64) {
    (Int(id >> 6) & (starterBlocks - 1), 1 << UInt64(id & 63))
  }

  /// Whether the words `start..<end` are one of the list for this use.
  func has(_ use: Use, _ start: Int, _ end: Int, _ document: Document) -> Bool {
    begins(start, document)
      && document.matchRange(at: start).contains {
        Int(document.matches[$0].end) == end && uses.first(at: document.matches[$0].state, in: lexicon) == use
      }
  }

  /// Whether the token is a title that persons have in their names.
  func isNamedTitle(_ i: Int, _ document: Document) -> Bool {
    lexicon.classes(ofWord: document.tokens.idAt(i)).intersects(namedTitles)
  }

  /// Whether a word or phrase of the list begins with the token at `i`, for some use: few do.
  @inline(__always)
  private func begins(_ i: Int, _ document: Document) -> Bool {
    let id = document.tokens.idAt(i)
    let (word, bit) = Self.place(id)
    return starters[word] & bit != 0 && lexicon.classes(ofPhrasesFrom: id).intersects(nameWord)
  }

  /// The longest word or phrase of the list at `i`.
  private func longest(at i: Int, _ document: Document) -> (end: Int, use: Use)? {
    guard begins(i, document) else { return nil }
    var found: (end: Int, use: Use)?
    for m in document.matchRange(at: i) {
      if let use = uses.first(at: document.matches[m].state, in: lexicon) {
        found = (Int(document.matches[m].end), use)
      }
    }
    return found
  }

  // MARK: Aliases

  /// Links persons whom the text says to be one: `Budi Santoso alias Bogel`, `Wati (30) atau biasa disapa Wiwit`, `Doni, sapaan
  /// akrab Ramdoni`. Only names that stand close together are looked at.
  func linkAliases(_ group: MentionGroup, _ document: Document, _ context: EntityContext) {
    guard group.count > 1 else { return }
    let tokens = document.tokens
    for i in 1..<group.count {
      let (a, b) = (group.mentions[i - 1], group.mentions[i])
      guard a.label == .person, b.label == .person, b.start > a.end, b.start - a.end <= 10,
        // `Rina/Sari, akrab disapa Nina/Riri`
        tokens.kindAt(Int(b.end)) != TokenKind.slash,
        a.start == 0 || tokens.kind[Int(a.start) - 1] != TokenKind.slash,
        isAlias(Int(a.end), Int(b.start), document, context)
      else { continue }
      if let x = group.entities[i - 1].entry, let y = group.entities[i].entry, x != y { continue }
      group.unite(i - 1, i)
    }
  }

  /// Whether the words between two names say that both are one person: a word of aliases, and besides it nothing but marks,
  /// an age, titles and small words.
  private func isAlias(_ start: Int, _ end: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    var isAlias = false
    var k = start
    while k < end {
      guard context[k].begin == 0 else { return false }
      if let word = longest(at: k, document), word.use == .alias || word.use == .aliasLink, word.end <= end {
        isAlias = isAlias || word.use == .alias
        k = word.end
        continue
      }
      guard
        tokens.kind[k] > TokenKind.period && tokens.kind[k] != TokenKind.slash
          || tokens.kind[k] == TokenKind.number && tokens.kind[k - 1] == TokenKind.openParen
          || context[k].starts.contains(.honorific)
      else { return false }
      k += 1
    }
    return isAlias && context[end].begin == 0
  }

  // MARK: Things

  /// Takes out titles of works (`lagu Praying`) and of persons (`kata Kadishub`), words of the calendar and units (`Hari Kartini`), and what
  /// companies make as far as it is called by their name and another one (`Hyundai Kona`); remembers the other ones, which are no
  /// names alone either.
  func dropThings(
    _ document: Document, _ context: EntityContext, _ found: inout [FoundName], _ things: inout [ThingName]
  ) {
    things.removeAll(keepingCapacity: true)
    var isAny = false
    for k in found.indices {
      let name = found[k]
      // Nearly no name stands at or behind a word of the list.
      let i = name.start
      let isNear = begins(i, document) || i > 0 && begins(i - 1, document) || i > 1 && begins(i - 2, document)
      if isNear, isCraft(name, document, context, found) {
        things.append(ThingName(start: name.start, own: craftStart(name, document, context), end: name.end))
      } else if isNear && (isWork(name, document, context, found) || isContest(name, document, context))
        || isSponsor(name, document, context) || isOffice(name, document, context, found)
        || isOfPhrase(name, document, context)
        || isOfTitle(name, document, context)
      {
        // Elsewhere it may be a name.
        things.append(ThingName(start: name.start, own: name.end, end: name.end))
      } else if isNear, name.label != .location, has(.kind, name.start, name.end, document) {
        things.append(ThingName(start: name.start, own: name.start, end: name.end))
      } else {
        guard name.label == .organization, name.count >= 2, name.count <= 8,
          let start = modelStart(name, document, context)
        else { continue }
        things.append(ThingName(start: name.start, own: start, end: name.end))
      }
      found[k].end = name.start
      isAny = true
    }
    if isAny { found.removeAll { $0.start == $0.end } }
  }

  /// Whether the words, which no list knows, stand directly behind one that says what is called by them (`lagu`); whoever makes such
  /// things may stand there, too (`penulis lagu`, `film Kurniadi`).
  private func isWork(
    _ name: FoundName, _ document: Document, _ context: EntityContext, _ names: [FoundName]
  ) -> Bool {
    // `Topan Wulung menerjang`: the word may open the sentence, and be read as part of the name.
    let isInside = name.count > 1 && context[name.start].begin != 0 && has(.work, name.start, name.start + 1, document)
    let start = isInside ? name.start + 1 : name.start
    let lead = start - 1
    guard lead >= 0, context[start].hit == 0, context[start].begin == 0, has(.work, lead, start, document) else {
      return false
    }
    guard context[lead].form != WordForm.capital || context[lead].begin != 0,
      context[lead].ends.isDisjoint(with: [.occupation, .office])
    else { return false }
    return name.count > 1 || !isPartOfPerson(name, document, names)
  }

  /// `Piala Sudirman`, `Konvensi Wina`: a place or body in the name of a contest or treaty.
  private func isContest(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    let lead = name.start - 1
    return lead >= 0 && name.label != .person && context[lead].form == WordForm.capital
      && context[name.start].begin == 0
      && has(.contest, lead, name.start, document)
  }

  /// `Siklon Wulung`, `KA Kenangira Selatan`, `USS Robert Hartono`: whether the words, which no list knows as a place or body, are the
  /// name of a storm, ship or train; what it is may have a capital, and abbreviations of it are read as part of the name.
  private func isCraft(
    _ name: FoundName, _ document: Document, _ context: EntityContext, _ names: [FoundName]
  ) -> Bool {
    let start = craftStart(name, document, context)
    guard start > 0, start < name.end, context[start].begin == 0, isCraftWord(before: start, document),
      context[start - 1].ends.isDisjoint(with: [.occupation, .office]),
      // `Ka` is no abbreviation.
      context[start - 1].form != WordForm.capital || document.tokens.length(start - 1) > 3
    else { return false }
    // `kapal Susi Pudjiastuti`: hers; `USS John McCain` is a ship.
    let isAbbreviated = context[start - 1].form == WordForm.allCaps
    return context[start].hit & (isAbbreviated ? 6 : 7) == 0
      && (name.count > 1 || !isPartOfPerson(name, document, names))
  }

  /// Where the own name begins behind a word that makes it a ship, train or storm, and that is an abbreviation or opens the sentence.
  private func craftStart(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Int {
    let isInside =
      name.count > 1 && (context[name.start].form == WordForm.allCaps || context[name.start].begin != 0)
      && has(.craft, name.start, name.start + 1, document)
    return isInside ? name.start + 1 : name.start
  }

  /// Whether a word for storms, ships or trains ends before `i`.
  private func isCraftWord(before i: Int, _ document: Document) -> Bool {
    has(.craft, i - 1, i, document) || i > 1 && has(.craft, i - 2, i, document)
  }

  /// Whether the name of one word begins or ends the longer name of a person.
  private func isPartOfPerson(_ name: FoundName, _ document: Document, _ names: [FoundName]) -> Bool {
    let hash = document.tokens.hash
    return names.prefix(400).contains {
      $0.label == .person && $0.count > 1
        && (hash[$0.start] == hash[name.start] || hash[$0.end - 1] == hash[name.start])
    }
  }

  /// Whether the name is a title alone, that is not known as part of names and of no person of the article (`Mendes`).
  private func isOffice(
    _ name: FoundName, _ document: Document, _ context: EntityContext, _ names: [FoundName]
  ) -> Bool {
    let row = context[name.start]
    return name.count == 1 && row.hit == 0 && row.starts.contains(.office) && row.ends.contains(.office)
      && row.starts.isDisjoint(with: [.given, .family, .orgHead])
      && !lexicon.classes(ofWord: row.id).intersects(namedTitles) && !isPartOfPerson(name, document, names)
  }

  /// `Hari Kartini`, `Bulan Ramadan`, `skala Richter`: whether the name ends with the words of the calendar, or of a unit, in which it
  /// stands.
  private func isOfPhrase(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    let isUnit =
      name.count == 1 && name.start > 0 && context[name.start - 1].form == WordForm.small
      && lexicon.classes(ofPhrasesFrom: document.tokens.id[name.start - 1]).intersects(feastOrUnit)
    guard isUnit || context[name.end - 1].ends.contains(.calendar) else { return false }
    return (max(0, name.start - 2)...name.start).contains { start in
      document.matchRange(at: start).contains {
        let match = document.matches[$0]
        return Int(match.end) == name.end && name.end > start + 1
          && lexicon.classes(at: match.state).intersects(feastOrUnit)
      }
    }
  }

  /// What the article defines as a kind of bodies or things (`Badan Usaha Milik Negara (BUMN)`) is no name.
  func dropKinds(_ document: Document, _ definitions: inout [Definition]) {
    for k in definitions.indices {
      let (long, short) = (definitions[k].long, definitions[k].short)
      if has(.kind, Int(long.start), Int(long.end), document) || has(.kind, Int(short.start), Int(short.end), document)
      {
        definitions[k].label = .none
      }
    }
  }

  /// `Gojek Traveloka Liga 1`: who pays for a competition, in its name.
  private func isSponsor(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Bool {
    guard name.label == .organization, name.end + 1 < document.tokens.count, context[name.end].form == WordForm.capital,
      context[name.end].begin == 0, document.tokens.kind[name.end + 1] == TokenKind.number,
      has(.event, name.end, name.end + 1, document)
    else { return false }
    return !isClub(name, context)
  }

  private func isClub(_ name: FoundName, _ context: EntityContext) -> Bool {
    guard context[name.start].hitIndex >= 0 else { return false }
    let hit = context.hit(context[name.start].hitIndex)
    return Int(hit.start) == name.start && Int(hit.end) == name.end && lexicon.hasClub(at: hit.state)
  }

  private func isDoubtful(_ i: Int, _ context: EntityContext) -> Bool {
    let hit = context.hit(context[i].hitIndex)
    return hit.end - hit.start == 1 && hit.sure & 4 == 0
  }

  /// Where the model's name begins behind its maker's.
  private func modelStart(_ name: FoundName, _ document: Document, _ context: EntityContext) -> Int? {
    guard context[name.start].hitIndex >= 0 else { return nil }
    let hit = context.hit(context[name.start].hitIndex)
    let start = Int(hit.end)
    guard Int(hit.start) == name.start, start < name.end, hit.labels & 8 != 0, has(.maker, name.start, start, document),
      // `CEO Astro Gaming`
      name.start == 0 || context[name.start].begin == 2 || context[name.start - 1].ends.isDisjoint(with: .office),
      !context.isSport,
      document.tokens.kind[start] == TokenKind.word || document.tokens.kind[start] == TokenKind.number,
      (start..<name.end).allSatisfy({
        (context[$0].hit & 6 == 0 || isDoubtful($0, context))
          && context[$0].starts.isDisjoint(with: [.orgHead, .orgSuffix, .placeHead, .office, .conjunction])
          && !has(.unit, $0, $0 + 1, document)
      }),
      // One word of persons' names behind a maker is a model (`Daihatsu Rocky`), of more words a person may be part.
      name.end == start + 1 || (start..<name.end).allSatisfy({ !context[$0].starts.contains(.given) })
    else { return nil }
    return start
  }
}
