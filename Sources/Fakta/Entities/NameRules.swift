/// Which names go together, and which of them is the best.
final class NameRules: Sendable {
  let lexicon: Lexicon
  private let placeHead: ClassSet
  private let orgHead: ClassSet
  private let countryHeads: EntryMap<Bool>
  private let stateHeads: EntryMap<Bool>
  private let areaHeads: EntryMap<Bool>
  private let builtHeads: EntryMap<Bool>
  /// Designators, and the kinds of places that they stand before.
  private let designators: EntryMap<[[UInt8]]>
  private let briefHeads: EntryMap<Bool>
  private let unitHeads: EntryMap<Bool>
  private let orgSuffix: ClassSet
  /// Corporate forms.
  private let forms: EntryMap<Bool>
  /// Those with which a company is the same as without.
  private let legalForms: EntryMap<Bool>
  /// What may stand behind the name of a body.
  private let tail: ClassSet
  /// Parts of persons' names.
  let namePart: ClassSet
  let words: NameWords

  init(lexicon: Lexicon, _ words: NameWords) {
    self.lexicon = lexicon
    self.words = words
    namePart = lexicon.wordClass("part-given").union(lexicon.wordClass("part-family"))
    placeHead = lexicon.wordClass("place-head")
    orgHead = lexicon.wordClass("org-head")
    orgSuffix = lexicon.wordClass("org-suffix")
    tail = orgSuffix.union(lexicon.wordClass("domain-suffix"))
    briefHeads = EntryMap(lexicon, table: "org-heads", columns: ["case", "subtype"]) {
      $0[0] != "cap" && ["ministry", "agency", "government"].contains($0[1])
    }
    countryHeads = EntryMap(lexicon, table: "place-heads", columns: ["subtype"]) {
      ["country", "province", "region"].contains($0[0])
    }
    unitHeads = EntryMap(lexicon, table: "org-heads", columns: ["branch", "subtype"]) {
      !$0[0].isEmpty || ["agency", "parliament", "police", "military", "government"].contains($0[1])
    }
    forms = EntryMap(lexicon, table: "org-suffixes", columns: ["subtype", "alone"]) { $0 == ["company", "yes"] }
    legalForms = EntryMap(lexicon, table: "org-suffixes", columns: ["legal"]) { $0[0] == "yes" }
    stateHeads = EntryMap(lexicon, table: "place-heads", columns: ["subtype"]) { $0[0] == "country" }
    builtHeads = EntryMap(lexicon, table: "place-heads", columns: ["subtype"]) { $0[0] == "infrastructure" }
    areaHeads = EntryMap(lexicon, table: "place-heads", columns: ["subtype"]) {
      ["province", "regency", "city", "district", "village"].contains($0[0])
    }
    designators = EntryMap(lexicon, table: "place-heads", columns: ["subtype", "inside"]) {
      guard $0[1] == "yes" else { return nil }
      let kinds: [String]? =
        switch $0[0] {
        case "province": ["province", "region"]
        case "city": ["city", "world-city"]
        case "regency", "district", "country": [$0[0]]
        default: nil
        }
      return kinds?.map { Array($0.utf8) }
    }
  }

  /// The list entry whose name the whole mention is.
  func entry(_ mention: Mention, _ matches: [Match], _ matchIndex: [UInt32], _ cache: EntryCache) -> EntryID? {
    guard mention.node != 0 else { return nil }
    let question = mention.question(mention.node)
    var best = cache.choice(question) { choice(mention.node, mention.label, question & 1 != 0) }
    if mention.hasNodes {
      best = EntryCache.Choice()
      for m in Int(matchIndex[Int(mention.start)])..<Int(matchIndex[Int(mention.start) + 1])
      where matches[m].end == mention.end {
        let found = choice(matches[m].state, mention.label, question & 1 != 0)
        if found.rank > best.rank { best = found }
      }
    }
    return best.rank < 0 ? nil : EntryID(raw: best.entry)
  }

  /// Another entry of the mention's words, of the same kind as `other`; nil where its own is of that kind.
  func entry(_ mention: Mention, insteadOf own: EntryID, ofKind other: EntryID) -> EntryID? {
    let kind = lexicon.cellBytes(other, "subtype")
    guard kind.count > 0, mention.node != 0, !lexicon.cellBytes(own, "subtype").elementsEqual(kind) else { return nil }
    var found: EntryID?
    lexicon.forEachListing(at: mention.node) { listing in
      guard lexicon.label(of: listing.entry) == mention.label, !listing.flags.contains(.removed),
        lexicon.cellBytes(listing.entry, "subtype").elementsEqual(kind)
      else { return true }
      found = listing.entry
      return false
    }
    return found
  }

  /// Whether nothing but a comma, a slash or a conjunction, or a comma and a conjunction, stands between the mentions.
  func areListed(_ a: Mention, _ b: Mention, _ document: Document, _ context: EntityContext) -> Bool {
    let count = Int(b.start) - Int(a.end)
    guard count == 1 || count == 2, context[Int(b.start)].begin == 0 else { return false }
    return (Int(a.end)..<Int(b.start)).allSatisfy {
      let kind = document.tokens.kind[$0]
      return kind == TokenKind.comma || kind == TokenKind.slash
        || context[$0].form == WordForm.small && context[$0].starts.contains(.conjunction)
    }
  }

  /// The listed place that the mention names with its designator (`Provinsi Jambi`, `Kecamatan Cililin`); nil where the list has
  /// several of that kind.
  func designated(_ mention: Mention, _ matches: [Match], _ matchIndex: [UInt32]) -> EntryID? {
    guard mention.label == .location, mention.node == 0, mention.words > 1 else { return nil }
    var found: EntryID?
    var count = 0
    let start = Int(mention.start)
    for h in Int(matchIndex[start])..<Int(matchIndex[start + 1]) where matches[h].end < mention.end {
      guard let kinds = designators.first(at: matches[h].state, in: lexicon) else { continue }
      let next = Int(matches[h].end)
      for m in Int(matchIndex[next])..<Int(matchIndex[next + 1]) where matches[m].end == mention.end {
        lexicon.forEachListing(at: matches[m].state) { listing in
          guard lexicon.label(of: listing.entry) == .location, !listing.flags.contains(.removed),
            listing.entry != found,
            kinds.contains(where: { lexicon.cellBytes(listing.entry, "subtype").elementsEqual($0) })
          else { return true }
          found = listing.entry
          count += 1
          return true
        }
      }
    }
    return count == 1 ? found : nil
  }

  /// The listed company that the mention names with its corporate form (`PT Bank Mandiri Tbk`, `Cisco Systems Inc`).
  func incorporated(_ mention: Mention, _ tokens: TokenTable, _ matches: [Match], _ matchIndex: [UInt32]) -> EntryID? {
    guard mention.label == .organization, mention.node == 0, mention.words > 1, mention.end - mention.start <= 12 else {
      return nil
    }
    var start = Int(mention.start)
    // `PT`, `CV`
    if tokens.length(start) == 2, lexicon.classes(ofWord: tokens.id[start]).intersects(orgHead) {
      start += tokens.kindAt(start + 1) == TokenKind.period ? 2 : 1
    }
    guard start < mention.end else { return nil }
    let hasForm = start > mention.start
    var found: EntryID?
    for m in Int(matchIndex[start])..<Int(matchIndex[start + 1]) where matches[m].end <= mention.end {
      let end = Int(matches[m].end)
      guard hasForm || end < mention.end, isOfForms(end, Int(mention.end), tokens, matches, matchIndex) else {
        continue
      }
      lexicon.forEachListing(at: matches[m].state) { listing in
        // By its own name: a brand may be the alias of who owns it.
        guard lexicon.label(of: listing.entry) == .organization, listing.flags.isDisjoint(with: [.removed, .alias]),
          hasForm || listing.flags.isDisjoint(with: [.needsCue, .ambiguous]),
          Self.firms.contains(where: { lexicon.cellBytes(listing.entry, "subtype").elementsEqual($0) })
        else { return true }
        found = listing.entry
        return false
      }
    }
    return found
  }

  /// Whether the tokens are legal forms and marks only.
  private func isOfForms(
    _ start: Int, _ end: Int, _ tokens: TokenTable, _ matches: [Match], _ matchIndex: [UInt32]
  ) -> Bool {
    (start..<end).allSatisfy { k in
      tokens.kind[k] != TokenKind.word && tokens.kind[k] != TokenKind.number
        || (Int(matchIndex[k])..<Int(matchIndex[k + 1])).contains {
          Int(matches[$0].end) == k + 1 && legalForms.first(at: matches[$0].state, in: lexicon) == true
        }
    }
  }

  private static let firms = ["company", "bank", "media"].map { Array($0.utf8) }

  /// Asks memory for what is listed at the node.
  @inline(__always)
  func expectListings(at node: UInt32) { lexicon.expectListings(at: node, step: 0) }

  /// Asks memory for the next step to the entries at the nodes.
  func expectListings(at nodes: [UInt32], step: Int) {
    for node in nodes { lexicon.expectListings(at: node, step: step) }
  }

  /// Asks memory for where the texts of the entry stand.
  @inline(__always)
  func expectTexts(of entry: EntryID) { lexicon.expectTexts(of: entry, step: 0) }

  /// Asks memory for the next step to the texts of the entries: name and id, which the writer needs.
  func expectTexts(of entries: [EntryID], step: Int) {
    for entry in entries { lexicon.expectTexts(of: entry, step: step) }
  }

  private func choice(_ state: UInt32, _ label: EntityLabel, _ isAlone: Bool) -> EntryCache.Choice {
    var best = EntryCache.Choice()
    lexicon.forEachListing(at: state) { listing in
      guard lexicon.label(of: listing.entry) == label, !listing.flags.contains(.removed) else { return true }
      if isAlone, listing.flags.contains(.needsCue) { return true }
      var value: Int32 = 4
      if listing.entry.isUser { value += 8 }
      if listing.flags.contains(.needsCue) { value -= 2 }
      if listing.flags.contains(.ambiguous) { value -= 1 }
      if !listing.flags.contains(.alias) { value += 1 }
      if value > best.rank {
        best.rank = value
        best.entry = listing.entry.raw
      }
      return true
    }
    return best
  }

  @inline(__always)
  func bytes(_ mention: Mention, _ document: Document, _ text: UnsafeBufferPointer<UInt8>)
    -> UnsafeBufferPointer<UInt8>
  {
    let start = Int(document.tokens.start[Int(mention.start)])
    return UnsafeBufferPointer(rebasing: text[start..<start + Int(mention.length)])
  }

  /// Whether the words of mention `i` stand in those of `long` in order. Of a place or organization only what is left
  /// without its designator or corporate form counts.
  func isPart(_ i: Int, of other: Int, _ group: MentionGroup, _ document: Document) -> Bool {
    let tokens = document.tokens
    let short = group.mentions[i]
    let long = group.mentions[other]
    // `DPR-RI` is `DPR RI`, which the list knows.
    let entry = group.entities[i].entry ?? group.entities[group.root(i)].entry
    // No name is that long; a text of nothing but capitals is.
    guard long.end - long.start <= 24 else { return false }
    var at = Int(long.start)
    let end = Int(long.end)
    var first = -1
    var last = -1
    // `PT Indofood Sukses Makmur` is not `PT Indofood CBP Sukses Makmur`.
    let isCompany =
      short.label == .organization && tokens.length(Int(short.start)) <= 2
      && lexicon.classes(ofWord: tokens.id[Int(short.start)]).intersects(orgHead)
    for k in Int(short.start)..<Int(short.end) where tokens.hash[k] != 0 {
      while at < end, tokens.hash[at] != tokens.hash[k] {
        if isCompany, first >= 0, tokens.hash[at] != 0,
          !lexicon.classes(ofWord: tokens.id[at]).intersects(orgSuffix)
        {
          return false
        }
        at += 1
      }
      guard at < end else { return false }
      if first < 0 { first = at }
      last = at
      at += 1
    }
    guard first >= 0 else { return false }
    // `Grab` is no word of `GrabPay`.
    if last + 1 < end && isGlued(last + 1, document) || first > Int(long.start) && isGlued(first, document) {
      return false
    }
    // `DPRD` of `DPRD Kota Bogor`, `Korea` of `Korea Selatan`
    if first == Int(long.start), short.words == 1, short.label != .person,
      words.has(.local, Int(short.start), Int(short.end), document),
      // A place only as the list says: `Korea` is not `Korea Utara`.
      short.label == .organization || words.has(.local, first, end, document)
    {
      return isOnlyLong(other, of: i, group, tokens)
    }
    // `Garut` is not its station nor `Turki` an inn, but a doubtful `Bromo` may be short for its mountain.
    if short.label == .location, let a = entry, a != group.entities[other].entry,
      hasHead(long, builtHeads, document) || !mayBear(long, a, short, document)
    {
      return false
    }
    // `Jakarta` is not `Teluk Jakarta`: the list knows both. A doubtful short form (`Garuda`) is what the article calls so, and
    // a city is called like its regency.
    let isArea = short.label == .location && hasHead(long, areaHeads, document)
    if !isArea, let a = entry, let b = group.entities[other].entry, a != b,
      !isDoubtful(a, short, document)
    {
      return false
    }
    if short.label == .person { return true }
    let skipped = first - Int(long.start)
    let dropped = end - 1 - last
    if short.label == .location {
      // `Dermaga Indah` is `Dermaga Indah Cilegon`, `Rutan Kenanga` is `Rutan Kelas II Kenanga`: both have the designator.
      if skipped == 0 {
        return short.words > 1 && hasHead(short, builtHeads, document)
          && (dropped > 0 ? last - first + 1 == short.end - short.start && isTail(last + 1, end, document) : true)
      }
      // `Bogor` in `Kabupaten Bogor`: only the designator is left out.
      return dropped == 0 && (skipped == 1 || short.words > 1) && isHead(Int(long.start), first, document)
    }
    if isBranch(other, of: i, first, last, group, document) { return false }
    if skipped == 0, dropped > 0, entry != nil, group.entities[other].entry == nil,
      !isTail(last + 1, end, document)
    {
      return false
    }
    // `Bank Indonesia` is no short form of `Bank Kenanga Indonesia Tbk`.
    if entry != nil, group.entities[other].entry == nil, last - first >= Int(short.end - short.start) {
      return false
    }
    // `DPC Partai Hanura` is a part of the listed party, and gives it no name.
    if skipped > 0, let a = entry, a != group.entities[other].entry,
      hasHead(long, unitHeads, document)
    {
      return false
    }
    // `Dinas Pariwisata` of `Dinas Pariwisata Bali`; `Jasa Marga` of `PT Jasa Marga (Persero) Tbk`.
    if skipped == 0 { return true }
    if skipped <= 2, tokens.length(Int(long.start)) <= 7,
      lexicon.classes(ofWord: tokens.id[Int(long.start)]).intersects(orgHead)
    {
      return true
    }
    // `United` is `Manchester United`.
    return dropped == 0 && short.words == 1 && entry == nil && isClub(other, group)
  }

  private func isClub(_ i: Int, _ group: MentionGroup) -> Bool {
    guard let entry = group.entities[i].entry else { return false }
    return lexicon.cellBytes(entry, "subtype").elementsEqual(Self.club)
  }

  /// Whether the words `start..<end` are a designator of places.
  private func isHead(_ start: Int, _ end: Int, _ document: Document) -> Bool {
    document.matchRange(at: start).contains {
      Int(document.matches[$0].end) == end && lexicon.classes(at: document.matches[$0].state).intersects(placeHead)
    }
  }

  /// Whether no other longer name of the article than `long` begins with the word of mention `i`.
  private func isOnlyLong(_ long: Int, of i: Int, _ group: MentionGroup, _ tokens: TokenTable) -> Bool {
    guard group.count <= 400 else { return false }
    let (short, entry) = (group.mentions[i], group.entities[long].entry)
    return (0..<group.count).allSatisfy {
      let other = group.mentions[$0]
      return other.words <= short.words || other.label != short.label
        || tokens.hash[Int(other.start)] != tokens.hash[Int(short.start)] || group.root($0) == group.root(long)
        || group.root($0) == group.root(i) || entry != nil && group.entities[$0].entry == entry
    }
  }

  /// Whether a longer name that no list has may be that of the listed place: with the designator of an area (`Kota Garut`), and
  /// of a country with one of countries (`Republik Turki`).
  private func mayBear(_ long: Mention, _ entry: EntryID, _ short: Mention, _ document: Document) -> Bool {
    let code = lexicon.cellBytes(entry, "xref")
    if code.count == Self.isoCountry.count + 2, code.starts(with: Self.isoCountry) {
      return hasHead(long, stateHeads, document)
    }
    return hasHead(long, areaHeads, document) || hasHead(long, countryHeads, document)
      || isDoubtful(entry, short, document)
  }

  private static let isoCountry = Array("iso=".utf8)

  /// Whether the word `i` was written together with the one before it.
  private func isGlued(_ i: Int, _ document: Document) -> Bool {
    let tokens = document.tokens
    return tokens.gap[i] == TokenGap.none && tokens.kind[i] == TokenKind.word && tokens.kind[i - 1] == TokenKind.word
  }

  /// `Gonzalo HiguainPelatih`: a lost space inside the name.
  private func hasLostSpace(_ mention: Mention, _ document: Document) -> Bool {
    let tokens = document.tokens
    return mention.end - mention.start <= 12
      && (Int(mention.start) + 1..<max(Int(mention.end), Int(mention.start) + 1)).contains {
        isGlued($0, document) && tokens.length($0) >= 5 && tokens.length($0 - 1) >= 5
      }
  }

  /// Subtypes of bodies whose word alone is never a branch, and of those whose word may be the one with which the article begins.
  private static let party = Array("party".utf8)
  private static let club = Array("club".utf8)
  private static let branching = [
    "agency", "ministry", "parliament", "military", "police", "international", "union",
  ].map { Array($0.utf8) }

  /// `PSI Bali`, `DPD PDIP`: a part of the body that the list calls by its single word `i`, which stands between `first` and
  /// `last` of the longer name. Where the article begins with the branch its word alone may mean the branch, but for parties.
  private func isBranch(
    _ long: Int, of i: Int, _ first: Int, _ last: Int, _ group: MentionGroup, _ document: Document
  ) -> Bool {
    let (short, branch) = (group.mentions[i], group.mentions[long])
    guard short.words == 1, let entry = group.entities[i].entry, entry != group.entities[long].entry else {
      return false
    }
    let subtype = lexicon.cellBytes(entry, "subtype")
    guard
      subtype.elementsEqual(Self.party)
        || group.root(i) < long && Self.branching.contains(where: { subtype.elementsEqual($0) }),
      !lexicon.classes(ofWord: document.tokens.id[Int(short.start)]).intersects(orgHead)
    else { return false }
    return (Int(branch.start)..<Int(branch.end)).contains {
      ($0 < first || $0 > last) && document.tokens.kind[$0] == TokenKind.word
        && !lexicon.classes(ofWord: document.tokens.id[$0]).intersects(orgSuffix)
    }
  }

  /// Whether the words behind a listed body's name may go with it: corporate forms, places, the dot and the end of a site. What
  /// else stands there (`TNI 2017`, `Barcelona Neymar`, `Shell Wearables`) makes another thing of it.
  private func isTail(_ start: Int, _ end: Int, _ document: Document) -> Bool {
    let tokens = document.tokens
    var k = start
    while k < end {
      if tokens.kind[k] == TokenKind.number { return false }
      if tokens.kind[k] != TokenKind.word || lexicon.classes(ofWord: tokens.id[k]).intersects(tail) {
        k += 1
        continue
      }
      var next = k
      for m in document.matchRange(at: k) where Int(document.matches[m].end) <= end {
        lexicon.forEachListing(at: document.matches[m].state) { listing in
          guard lexicon.label(of: listing.entry) == .location else { return true }
          next = Int(document.matches[m].end)
          return false
        }
      }
      guard next > k else { return false }
      k = next
    }
    return true
  }

  /// `Majelis Umum Perserikatan Bangsa-Bangsa (PBB)`: whether the long form is that of a unit of what the list knows by the short
  /// one. `PT` before the name makes no unit.
  func isUnit(_ long: Int, of short: Int, _ group: MentionGroup, _ document: Document) -> Bool {
    guard group.mentions[long].label == .organization, let entry = group.entities[short].entry,
      entry != group.entities[long].entry
    else { return false }
    let name = lexicon.nameBytes(entry)
    return document.bytes.withUnsafeBufferPointer { text in
      let whole = bytes(group.mentions[long], document, text)
      guard whole.count > name.count + Self.corporate, whole.count <= 256, name.contains(0x20) else { return false }
      return contains(UnsafeBufferPointer(rebasing: whole[Self.corporate...]), name)
    }
  }

  /// As long as what stands before the names of companies (`PT`, `PT. `).
  private static let corporate = 5

  /// Whether the list says that the mention's words need more to be the name of `entry`.
  private func isDoubtful(_ entry: EntryID, _ mention: Mention, _ document: Document) -> Bool {
    var doubtful = false
    for m in document.matchRange(at: Int(mention.start)) where document.matches[m].end == mention.end {
      lexicon.forEachListing(at: document.matches[m].state) { listing in
        guard listing.entry == entry else { return true }
        doubtful = !listing.flags.isDisjoint(with: [.ambiguous, .needsCue, .commonWord])
        return false
      }
    }
    return doubtful
  }

  /// The persons whom the list calls by the mention's word, whatever it asks for besides.
  func forEachPerson(called mention: Mention, _ document: Document, _ body: (EntryID) -> Void) {
    guard mention.node != 0 else { return }
    for m in document.matchRange(at: Int(mention.start)) where document.matches[m].end == mention.end {
      lexicon.forEachListing(at: document.matches[m].state) { listing in
        if lexicon.label(of: listing.entry) == .person, !listing.flags.contains(.removed) { body(listing.entry) }
        return true
      }
    }
  }

  /// Numbers the things and gives each mention its thing's name.
  func name(_ group: MentionGroup, _ document: Document, _ context: EntityContext) {
    let (entities, mentions) = (group.entities, group.mentions)
    var next: Int32 = 1
    for i in 0..<group.count where mentions[i].label == .organization && entities[i].entry != nil {
      mentions[group.root(i)].listed = entities[i].entry
    }
    document.bytes.withUnsafeBufferPointer { text in
      for i in 0..<group.count {
        // Parents stand before their children: theirs is known.
        let root = Int(mentions[Int(mentions[i].parent)].parent)
        mentions[i].parent = Int32(truncatingIfNeeded: root)
        if root == i {
          entities[i].number = next
          next += 1
          mentions[i].best = Int32(truncatingIfNeeded: i)
        } else {
          entities[i].number = entities[root].number
          let best = Int(mentions[root].best)
          let least = rank(best, group, document, context, text)
          if mayExceed(least, i, group), rank(i, group, document, context, text) > least {
            mentions[root].best = Int32(truncatingIfNeeded: i)
          }
        }
      }
      for i in 0..<group.count {
        let top = Int(mentions[Int(mentions[i].parent)].best)
        if mentions[top].usesListName == 0 {
          mentions[top].usesListName = usesListName(top, group, document, context, text) ? 2 : 1
        }
        entities[i].nameMention = mentions[top].usesListName == 2 ? -1 : Int32(truncatingIfNeeded: top)
        // One thing is one entry, that of the best name: `PKK` of `Partai Pekerja Kurdistan (PKK)` is no other body.
        if let entry = entities[top].entry,
          mentions[i].words == 1 || entities[i].entry == nil || mentions[top].usesListName == 2
        {
          entities[i].entry = entry
        }
      }
    }
  }

  /// Added to the rank of names that are no nicknames: any of them is better than the longest nickname.
  private static let proper: Int32 = 1 << 20
  /// Added where an organization's name is the list's: it is better than one that is two letters longer.
  private static let spelling: Int32 = 8

  /// `Negeri Paman Sam`, `Maung Bandung`: what the list knows by a name of quite other words. A longer or shorter form of
  /// the name (`Persib`, `PT Kereta Api Indonesia`) begins with a word of it or has all its words.
  private func isNickname(
    _ i: Int, _ group: MentionGroup, _ document: Document, _ context: EntityContext, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let mention = group.mentions[i]
    guard let entry = group.entities[i].entry, mention.end - mention.start <= 12 else { return false }
    let name = lexicon.nameBytes(entry)
    // An abbreviation is no better than what it stands for.
    guard name.contains(where: { $0 >= 0x61 }) else { return false }
    let tokens = document.tokens
    var shared = 0
    var sharesFirst = false
    var isFirst = true
    for k in Int(mention.start)..<Int(mention.end) where tokens.hash[k] != 0 {
      let word = UnsafeBufferPointer(rebasing: text[Int(tokens.start[k])..<Int(tokens.end[k])])
      if hasWord(name, word) {
        shared += 1
        sharesFirst = sharesFirst || isFirst
      }
      isFirst = false
    }
    // `Republik Rakyat Tiongkok` is no nickname of China.
    if mention.label == .location { return shared == 0 && !isOfficial(mention, document) }
    // `M Iriawan`, `Christoper Nolan`: initials and spellings share the family name.
    if mention.label == .person, shared > 0 { return false }
    // `Kementerian Negara Perumahan` is a former name, but `Laskar Joko Tingkir` is a nickname.
    guard !sharesFirst, shared < Int(mention.words),
      context[Int(mention.start)].starts.isDisjoint(with: .orgHead)
        || lexicon.cellBytes(entry, "subtype").elementsEqual(Self.club)
    else {
      return false
    }
    let words = name.reduce(1) { $1 == 0x20 ? $0 + 1 : $0 }
    // `The Blues`, but `Big Bang` is another spelling of the one word.
    return shared < words && (words > 1 || lexicon.cellBytes(entry, "subtype").elementsEqual(Self.club))
  }

  /// Whether the mention is the single word of the list's name and more behind it than a corporate form (`Microsoft Corp`).
  private func isExtension(
    _ mention: Mention, of name: UnsafeBufferPointer<UInt8>, _ document: Document, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let tokens = document.tokens
    guard Int(mention.length) > name.count, mention.end - mention.start <= 12, !name.contains(0x20),
      name.elementsEqual(bytes(mention, document, text).prefix(name.count))
    else { return false }
    let end = Int(tokens.start[Int(mention.start)]) + name.count
    return (Int(mention.start)..<Int(mention.end)).contains {
      Int(tokens.start[$0]) > end && tokens.kind[$0] == TokenKind.word && !isForm($0, document)
    }
  }

  private func isForm(_ i: Int, _ document: Document) -> Bool {
    document.matchRange(at: i).contains { forms.first(at: document.matches[$0].state, in: lexicon) == true }
      && !words.has(.unit, i, i + 1, document)
  }

  /// Whether the place begins with the designator of a country or region.
  private func isOfficial(_ mention: Mention, _ document: Document) -> Bool {
    hasHead(mention, countryHeads, document)
  }

  private func hasHead(_ mention: Mention, _ heads: EntryMap<Bool>, _ document: Document) -> Bool {
    for m in document.matchRange(at: Int(mention.start))
    where heads.first(at: document.matches[m].state, in: lexicon) == true { return true }
    return false
  }

  /// Whether `word` is a whole word of `name`, or a run of them, case ignored.
  private func hasWord(_ name: UnsafeBufferPointer<UInt8>, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = 0
    while at + word.count <= name.count {
      var k = 0
      while k < word.count, name[at + k] | 0x20 == word[k] | 0x20 { k += 1 }
      if k == word.count, at + k == name.count || isBetweenWords(name[at + k]) { return true }
      while at < name.count, !isBetweenWords(name[at]) { at += 1 }
      at += 1
    }
    return false
  }

  /// White space, hyphens and other ASCII marks.
  private func isBetweenWords(_ byte: UInt8) -> Bool { byte < 0x30 }

  /// Longer is better, but for nicknames; of two equally long names the one that is not in capitals.
  private func rank(
    _ i: Int, _ group: MentionGroup, _ document: Document, _ context: EntityContext, _ text: UnsafeBufferPointer<UInt8>
  ) -> Int32 {
    let mention = group.mentions[i]
    if mention.rank >= 0 { return mention.rank }
    var rank = Self.worth(mention) + Int32(mention.writing)
    if !isNickname(i, group, document, context, text), !hasBracket(mention, document),
      mention.label != .person || !hasLostSpace(mention, document)
    {
      rank += Self.proper
    }
    if mention.label == .organization {
      // The list knows the spelling; a site (`CNNIndonesia.com`) and a part of the body (`Google Indonesia`) do not name it.
      let name = (group.entities[i].entry ?? group.mentions[group.root(i)].listed).map(lexicon.nameBytes)
      if let name, equals(name, bytes(mention, document, text)) {
        rank += Self.spelling
      } else if isDomain(mention, document) || name.map({ isExtension(mention, of: $0, document, text) }) == true {
        rank -= Self.proper / 2
      }
    }
    group.mentions[i].rank = rank
    return rank
  }

  /// `Peter [Jackson]`: what an editor has put in.
  private func hasBracket(_ mention: Mention, _ document: Document) -> Bool {
    (Int(mention.start)..<min(Int(mention.end), Int(mention.start) + 8)).contains {
      document.tokens.kind[$0] == TokenKind.openBracket || document.tokens.kind[$0] == TokenKind.closeBracket
    }
  }

  /// The part of the rank that the length gives, a multiple of 4.
  @inline(__always)
  private static func worth(_ mention: Mention) -> Int32 { min(mention.length, 1 << 16) * 4 }

  /// Whether the rank of a mention may be above `rank`: most are no longer than the best one, and what else makes a rank takes
  /// long to find.
  @inline(__always)
  private func mayExceed(_ rank: Int32, _ i: Int, _ group: MentionGroup) -> Bool {
    let mention = group.mentions[i]
    if mention.rank >= 0 { return mention.rank > rank }
    let most = Self.worth(mention) + Self.proper
    return most + 3 + Self.spelling > rank
  }

  /// Whether the list's name says more than the longest mention of the article, which is `top`.
  private func usesListName(
    _ top: Int, _ group: MentionGroup, _ document: Document, _ context: EntityContext,
    _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let e = group.mentions[top]
    guard let entry = group.entities[top].entry else { return false }
    let name = lexicon.nameBytes(entry)
    guard name.count > 0 else { return false }
    let surface = bytes(e, document, text)
    // The same letters in capitals (`JAKARTA`, `KOMPAS.com`): the list knows the spelling. Else the text's own form stands
    // (`Mahfud Md`).
    if name.count == Int(e.length), contains(name, surface) {
      var isCased = false
      for k in Int(e.start)..<Int(e.end) {
        // `Maverick VINALES`: no abbreviation is that long.
        if context[k].form == WordForm.allCaps, document.tokens.length(k) >= 5 { return true }
        if context[k].form == WordForm.capital || context[k].form == WordForm.mixed { isCased = true }
      }
      return !isCased
    }
    if isDomain(e, document) { return false }
    // `Royal Air Force` is a full name, though of another language.
    if e.words > 1, e.label != .organization || e.words == 2, isNickname(top, group, document, context, text) {
      return true
    }
    switch e.label {
    case .location:
      // `Lembaga Pemasyarakatan Gunung Sindur`: in full already.
      if e.words > 2, context[Int(e.start)].starts.contains(.placeHead) { return false }
      // `Puerto Rico`: another spelling of the same words.
      if e.words > 1, e.length == name.count, sharesFirstWord(name, surface) { return false }
      // `DKI Jakarta`, `Republik Indonesia`: the article's name has all of the list's.
      return !contains(name, surface) && !hasWord(surface, name)
    // Of names with their legal form only `PT SMI` says less than the list.
    case .organization:
      return isBrief(e, document, context) && (e.node != 0 || e.words == 2 && Int(e.length) < name.count)
    default: return e.words == 1 || isBrief(e, document, context)
    }
  }

  private func sharesFirstWord(_ name: UnsafeBufferPointer<UInt8>, _ surface: UnsafeBufferPointer<UInt8>) -> Bool {
    var k = 0
    while k < name.count, k < surface.count, !isBetweenWords(name[k]), name[k] | 0x20 == surface[k] | 0x20 { k += 1 }
    return k > 0 && k < name.count && k < surface.count && isBetweenWords(name[k]) && isBetweenWords(surface[k])
  }

  private func isDomain(_ e: Mention, _ document: Document) -> Bool {
    let dot = Int(e.end) - 2
    return dot > Int(e.start) && document.tokens.kind[dot] == TokenKind.period && document.tokens.attached(dot + 1)
  }

  /// An abbreviation, a single word, or a name with an abbreviation in it.
  private func isBrief(_ e: Mention, _ document: Document, _ context: EntityContext) -> Bool {
    // `Kemenko Perekonomian`
    if e.words == 1 || hasHead(e, briefHeads, document) { return true }
    for k in Int(e.start)..<Int(e.end) where context[k].form == WordForm.allCaps && document.tokens.length(k) >= 2 {
      if context[k].starts.isDisjoint(with: [.orgHead]) || document.tokens.length(k) > 3 { return true }
    }
    return false
  }

  private func equals(_ name: UnsafeBufferPointer<UInt8>, _ part: UnsafeBufferPointer<UInt8>) -> Bool {
    guard name.count == part.count else { return false }
    for k in 0..<name.count where name[k] != part[k] { return false }
    return true
  }

  private func contains(_ name: UnsafeBufferPointer<UInt8>, _ part: UnsafeBufferPointer<UInt8>) -> Bool {
    guard part.count <= name.count else { return false }
    for start in 0...(name.count - part.count) {
      var k = 0
      while k < part.count, name[start + k] | 0x20 == part[k] | 0x20 { k += 1 }
      if k == part.count { return true }
    }
    return false
  }
}
