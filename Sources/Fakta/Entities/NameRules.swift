/// Which names go together, and which of them is the best.
final class NameRules: Sendable {
  let lexicon: Lexicon
  let placeHead: ClassSet
  let orgHead: ClassSet
  let countryHeads: EntryMap<Bool>
  let stateHeads: EntryMap<Bool>
  let areaHeads: EntryMap<Bool>
  /// Designators, and a number for the subtype of the places that bear them: two kinds of one name are two places.
  let placeKinds: EntryMap<Int>
  let builtHeads: EntryMap<Bool>
  /// Designators, and the kinds of places that they stand before.
  private let designators: EntryMap<[[UInt8]]>
  let briefHeads: EntryMap<Bool>
  let unitHeads: EntryMap<Bool>
  /// Heads that join the name of the body right behind them.
  let branchHeads: EntryMap<Bool>
  let orgSuffix: ClassSet
  /// Corporate forms.
  let forms: EntryMap<Bool>
  /// Those with which a company is the same as without.
  let legalForms: EntryMap<Bool>
  /// Last words of names (`Council`) with which it is another body.
  let otherSuffixes: EntryMap<Bool>
  /// Vocabulary ids of the words without which a body's name says as much: legal forms, the short ones of clubs.
  let slightWords: [UInt32]
  /// Vocabulary ids of the designators of towns and regencies, and of the corporate forms that stand before a name (`PT`).
  let settlementLeads: [UInt32]
  let firmLeads: [UInt32]
  let abbreviatedLeads: [UInt32]
  /// Those of the short words that clubs have behind or before their names (`FC`).
  let clubForms: [UInt32]
  let domainSuffix: ClassSet
  /// What may stand behind the name of a body.
  let tail: ClassSet
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
    settlementLeads = ListRows.words(of: "place-heads", columns: ["form", "subtype"], in: lexicon) {
      Self.isSettlement($0.bytes(1))
    }
    firmLeads = Self.firmLeads(lexicon)
    abbreviatedLeads = Self.abbreviatedLeads(lexicon)
    clubForms = ListRows.words(of: "org-suffixes", columns: ["form", "subtype"], in: lexicon) {
      $0.text(1) == "club" && $0.bytes(0).count <= 3
    }
    slightWords =
      firmLeads + clubForms
      + ListRows.words(of: "org-suffixes", columns: ["form", "legal"], in: lexicon) { $0.text(1) == "yes" }
    domainSuffix = lexicon.wordClass("domain-suffix")
    tail = orgSuffix.union(domainSuffix)
    briefHeads = EntryMap(lexicon, table: "org-heads", columns: ["case", "subtype"]) {
      $0[0] == "abbr" || $0[0] != "cap" && ["ministry", "agency", "government"].contains($0[1])
    }
    countryHeads = EntryMap(lexicon, table: "place-heads", columns: ["subtype"]) {
      ["country", "province", "region"].contains($0[0])
    }
    unitHeads = EntryMap(lexicon, table: "org-heads", columns: ["branch", "subtype"]) {
      !$0[0].isEmpty || ["agency", "parliament", "police", "military", "government"].contains($0[1])
    }
    branchHeads = EntryMap(lexicon, table: "org-heads", columns: ["branch"]) { !$0[0].isEmpty }
    forms = EntryMap(lexicon, table: "org-suffixes", columns: ["subtype", "alone"]) { $0 == ["company", "yes"] }
    legalForms = EntryMap(lexicon, table: "org-suffixes", columns: ["legal"]) { $0[0] == "yes" }
    otherSuffixes = EntryMap(lexicon, table: "org-suffixes", columns: ["subtype", "alone", "legal"]) {
      ["ngo", "university", "agency"].contains($0[0]) || $0[1] == "yes" && $0[2].isEmpty && $0[0] != "club"
    }
    stateHeads = EntryMap(lexicon, table: "place-heads", columns: ["subtype"]) { $0[0] == "country" }
    builtHeads = EntryMap(lexicon, table: "place-heads", columns: ["subtype"]) { $0[0] == "infrastructure" }
    areaHeads = EntryMap(lexicon, table: "place-heads", columns: ["subtype"]) {
      ["province", "regency", "city", "district", "village"].contains($0[0])
    }
    var kinds: [String] = []
    placeKinds = EntryMap(lexicon, table: "place-heads", columns: ["subtype"]) { cells in
      guard !cells[0].isEmpty else { return nil }
      if !kinds.contains(cells[0]) { kinds.append(cells[0]) }
      return kinds.firstIndex(of: cells[0])
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

  /// Vocabulary ids of the corporate forms that stand before a name (`PT`).
  static func firmLeads(_ lexicon: Lexicon) -> [UInt32] {
    ListRows.words(of: "org-heads", columns: ["form", "subtype"], in: lexicon) {
      $0.text(1) == "company" && $0.bytes(0).count == 2
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
  func isOfForms(
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
}
