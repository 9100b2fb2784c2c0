// Whether a mention can be a part or short form of another.

extension NameRules {
  /// Whether the words of mention `i` stand in those of `long` in order. Of a place or organization only what is left
  /// without its designator or corporate form counts.
  func isPart(_ i: Int, of other: Int, _ group: MentionGroup, _ document: Document) -> Bool {
    let tokens = document.tokens
    let short = group.mentions[i]
    let long = group.mentions[other]
    // `DPR-RI` is `DPR RI`, which the list knows.
    let entry = group.entities[i].entry ?? group.entities[group.root(i)].entry
    guard let (first, last) = words(of: short, in: long, tokens) else { return false }
    // `Grab` is no word of `GrabPay`.
    if last + 1 < Int(long.end) && isGlued(last + 1, document) || first > Int(long.start) && isGlued(first, document) {
      return false
    }
    // `DPRD` of `DPRD Kota Bogor`, `Korea` of `Korea Selatan`
    if first == Int(long.start), short.words == 1, short.label != .person,
      words.has(.local, Int(short.start), Int(short.end), document),
      // A place only as the list says: `Korea` is not `Korea Utara`.
      short.label == .organization || words.has(.local, first, Int(long.end), document)
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
    let isArea = short.label == .location && hasHead(long, areaHeads, document) && !(entry.map(isRegion) ?? false)
    if !isArea, let a = entry, let b = group.entities[other].entry, a != b, !isDoubtful(a, short, document) {
      // `Garin` is the one whom the article names in full before, not the better known one who is also called so; `Trump` before
      // `Ivanka Trump`, or with an office, is he.
      return short.label == .person && group.mentions[group.root(i)].start > long.start
        && isOneWord(short, document) && isOnlyBearer(other, of: i, group, document)
        && !isNamedInFull(a, longerThan: i, group)
    }
    switch short.label {
    case .person: return true
    case .location: return isPlacePart(short, of: long, first, last, document)
    default: return isBodyPart(i, of: other, first, last, entry, group, document)
    }
  }

  /// The first and the last token of `long` at which words of `short` stand, if all do, in order.
  private func words(of short: Mention, in long: Mention, _ tokens: TokenTable) -> (first: Int, last: Int)? {
    // No name is that long; a text of nothing but capitals is.
    guard long.end - long.start <= 24 else { return nil }
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
          return nil
        }
        at += 1
      }
      guard at < end else { return nil }
      if first < 0 { first = at }
      last = at
      at += 1
    }
    return first < 0 ? nil : (first, last)
  }

  /// Whether a place may be called by the words `first...last` of its longer name alone.
  private func isPlacePart(
    _ short: Mention, of long: Mention, _ first: Int, _ last: Int, _ document: Document
  ) -> Bool {
    let (start, end) = (Int(long.start), Int(long.end))
    // `Dermaga Indah` is `Dermaga Indah Cilegon`, `Rutan Kenanga` is `Rutan Kelas II Kenanga`: both have the designator.
    if first == start {
      return short.words > 1 && hasHead(short, builtHeads, document)
        && (last + 1 < end
          ? last - first + 1 == short.end - short.start && isTail(last + 1, end, document) : true)
    }
    // `Bogor` in `Kabupaten Bogor`: only the designator is left out.
    return last + 1 == end && (first == start + 1 || short.words > 1) && isHead(start, first, document)
  }

  /// Whether the article has called what mention `i` is by a longer name that is not that of `long`: the Bogor of `Kota Bogor` is
  /// not `Kabupaten Bogor`, and no person is two of the lists. An article of more than 400 names is not asked.
  func isOther(_ long: Int, than i: Int, _ group: MentionGroup, _ document: Document) -> Bool {
    let (short, root) = (group.mentions[i], group.root(i))
    guard root != group.root(long), group.count <= 400 else { return false }
    let kind = short.label == .location ? kind(group.mentions[long], document) : nil
    let entry = short.label == .person ? group.entities[long].entry : nil
    guard kind != nil || entry != nil else { return false }
    return (0..<group.count).contains { k in
      guard group.mentions[k].words > short.words, group.root(k) == root else { return false }
      if let kind { return self.kind(group.mentions[k], document).map { $0 != kind } ?? false }
      return group.entities[k].entry.map { $0 != entry } ?? false
    }
  }

  /// The kind of places that the mention's designator stands before.
  private func kind(_ mention: Mention, _ document: Document) -> Int? {
    for m in document.matchRange(at: Int(mention.start)) where document.matches[m].end < mention.end {
      if let kind = placeKinds.first(at: document.matches[m].state, in: lexicon) { return kind }
    }
    return nil
  }

  /// Whether a body, whose entry is `entry`, may be called by the words `first...last` of its longer name alone.
  private func isBodyPart(
    _ i: Int, of other: Int, _ first: Int, _ last: Int, _ entry: EntryID?, _ group: MentionGroup, _ document: Document
  ) -> Bool {
    let tokens = document.tokens
    let (short, long) = (group.mentions[i], group.mentions[other])
    let end = Int(long.end)
    let skipped = first - Int(long.start)
    if isBranch(other, of: i, first, last, group, document) { return false }
    if skipped == 0, last + 1 < end, entry != nil, group.entities[other].entry == nil,
      !isTail(last + 1, end, document)
    {
      return false
    }
    // `Bank Indonesia` is no short form of `Bank Kenanga Indonesia Tbk`.
    if entry != nil, group.entities[other].entry == nil, last - first >= Int(short.end - short.start) {
      return false
    }
    // `DPC Partai Hanura` is a part of the listed party, and gives it no name; `Komisi A DPRD Kebumen` is one of another body.
    if skipped > 0, hasHead(long, unitHeads, document),
      entry.map({ $0 != group.entities[other].entry })
        ?? lexicon.classes(ofWord: tokens.id[Int(short.start)]).intersects(orgHead)
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
    return last + 1 == end && short.words == 1 && entry == nil && isClub(other, group)
  }

  func isClub(_ i: Int, _ group: MentionGroup) -> Bool {
    guard let entry = group.entities[i].entry else { return false }
    return lexicon.isClub(entry)
  }

  /// Whether the words `start..<end` are a designator of places.
  func isHead(_ start: Int, _ end: Int, _ document: Document) -> Bool {
    document.matchRange(at: start).contains {
      Int(document.matches[$0].end) == end && lexicon.classes(at: document.matches[$0].state).intersects(placeHead)
    }
  }

  /// Whether no other longer name of the article than `long` begins with the word of mention `i`.
  func isOnlyLong(_ long: Int, of i: Int, _ group: MentionGroup, _ tokens: TokenTable) -> Bool {
    guard group.count <= 400 else { return false }
    let (short, entry) = (group.mentions[i], group.entities[long].entry)
    return (0..<group.count).allSatisfy {
      let other = group.mentions[$0]
      return other.words <= short.words || other.label != short.label
        || tokens.hash[Int(other.start)] != tokens.hash[Int(short.start)] || group.root($0) == group.root(long)
        || group.root($0) == group.root(i) || entry != nil && group.entities[$0].entry == entry
    }
  }

  /// `Garin`, and `McGregor`, which the tokens part.
  private func isOneWord(_ mention: Mention, _ document: Document) -> Bool {
    mention.words <= 2
      && (Int(mention.start) + 1..<max(Int(mention.end), Int(mention.start) + 1)).allSatisfy { isGlued($0, document) }
  }

  /// Whether no other person of the article has the word of mention `i` in a longer name than `long`.
  private func isOnlyBearer(_ long: Int, of i: Int, _ group: MentionGroup, _ document: Document) -> Bool {
    guard group.count <= 400 else { return false }
    let (hash, short) = (document.tokens.hash, group.mentions[i])
    let word = hash[Int(short.end) - 1]
    return (0..<group.count).allSatisfy { k in
      let other = group.mentions[k]
      guard other.label == .person, other.words > short.words, other.words <= 8, group.root(k) != group.root(long)
      else {
        return true
      }
      return (Int(other.start)..<Int(other.end)).allSatisfy { hash[$0] != word }
    }
  }

  /// Whether a longer name of the article is that of the listed person, or the list knows only one word.
  private func isNamedInFull(_ entry: EntryID, longerThan i: Int, _ group: MentionGroup) -> Bool {
    !lexicon.nameBytes(entry).contains(0x20)
      || (0..<group.count).contains {
        group.mentions[$0].words > group.mentions[i].words && group.entities[$0].entry == entry
      }
  }

  /// Whether a longer name that no list has may be that of the listed place: with the designator of an area (`Kota Garut`), and
  /// of a country with one of countries (`Republik Turki`).
  func mayBear(_ long: Mention, _ entry: EntryID, _ short: Mention, _ document: Document) -> Bool {
    if isCountry(entry) { return hasHead(long, stateHeads, document) }
    return hasHead(long, areaHeads, document) || hasHead(long, countryHeads, document)
      || isDoubtful(entry, short, document)
  }

  /// Whether the listed place is no town or district: `Gaza` is not `Kota Gaza`.
  private func isRegion(_ entry: EntryID) -> Bool { lexicon.cellBytes(entry, "subtype").elementsEqual(Self.region) }

  private static let region = Array("region".utf8)

  static let isoCountry = Array("iso=".utf8)

  /// Whether the word `i` was written together with the one before it.
  func isGlued(_ i: Int, _ document: Document) -> Bool {
    let tokens = document.tokens
    return tokens.gap[i] == TokenGap.none && tokens.kind[i] == TokenKind.word && tokens.kind[i - 1] == TokenKind.word
  }

  /// `Gonzalo HiguainPelatih`: a lost space inside the name.
  func hasLostSpace(_ mention: Mention, _ document: Document) -> Bool {
    let tokens = document.tokens
    return mention.end - mention.start <= 12
      && (Int(mention.start) + 1..<max(Int(mention.end), Int(mention.start) + 1)).contains {
        isGlued($0, document) && tokens.length($0) >= 5 && tokens.length($0 - 1) >= 5
      }
  }

  /// Subtypes of bodies whose word alone is never a branch.
  static let undivided = ["party", "militant", "military"].map { Array($0.utf8) }

  /// Subtypes of bodies whose word alone is the branch with which the article begins.
  static let branching = [
    "agency", "ministry", "parliament", "police", "international", "union",
  ].map { Array($0.utf8) }

  /// `PSI Bali`, `DPD PDIP`: a part of the body that the list calls by its single word `i`, which stands between `first` and
  /// `last` of the longer name. Where the article begins with the branch its word alone may mean the branch, but for parties.
  func isBranch(
    _ long: Int, of i: Int, _ first: Int, _ last: Int, _ group: MentionGroup, _ document: Document
  ) -> Bool {
    let (short, branch) = (group.mentions[i], group.mentions[long])
    guard short.words == 1, let entry = group.entities[i].entry, entry != group.entities[long].entry else {
      return false
    }
    let subtype = lexicon.cellBytes(entry, "subtype")
    guard
      Self.undivided.contains(where: { subtype.elementsEqual($0) })
        || group.root(i) < long && Self.branching.contains(where: { subtype.elementsEqual($0) }),
      !lexicon.classes(ofWord: document.tokens.id[Int(short.start)]).intersects(orgHead)
    else { return false }
    return (Int(branch.start)..<Int(branch.end)).contains {
      ($0 < first || $0 > last) && document.tokens.kind[$0] == TokenKind.word
        && !lexicon.classes(ofWord: document.tokens.id[$0]).intersects(orgSuffix)
    }
  }

  /// `ASEAN Insurance Council`, `Pelni Logistics`: whether the body whose name ends with the word is another one.
  private func makesOther(_ i: Int, _ document: Document) -> Bool {
    !lexicon.classes(ofWord: document.tokens.id[i]).intersects(domainSuffix) && has(otherSuffixes, at: i, document)
  }

  private func has(_ map: EntryMap<Bool>, at i: Int, _ document: Document) -> Bool {
    document.matchRange(at: i).contains { map.first(at: document.matches[$0].state, in: lexicon) == true }
  }

  /// Whether the words behind a listed body's name may go with it: corporate forms, places, the dot and the end of a site. What
  /// else stands there (`TNI 2017`, `Barcelona Neymar`, `Shell Wearables`) makes another thing of it.
  func isTail(_ start: Int, _ end: Int, _ document: Document) -> Bool {
    let tokens = document.tokens
    // `Cisco Systems Inc` is all of the company's name.
    let isFull = has(legalForms, at: end - 1, document)
    var k = start
    while k < end {
      if tokens.kind[k] == TokenKind.number { return false }
      if tokens.kind[k] != TokenKind.word || lexicon.classes(ofWord: tokens.id[k]).intersects(tail) {
        if !isFull, makesOther(k, document) { return false }
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

  /// `Sekretariat Perserikatan Bangsa-Bangsa (PBB)`: whether the long form is that of a unit of what the list knows by the short
  /// one. `PT` before the name makes no unit.
  func isUnit(_ long: Int, of short: Int, _ group: MentionGroup, _ document: Document) -> Bool {
    let whole = group.mentions[long]
    guard whole.label == .organization else { return false }
    if isBranch(whole, calledBy: group.mentions[short], document) { return true }
    guard let entry = group.entities[short].entry, entry != group.entities[long].entry else { return false }
    let name = lexicon.nameBytes(entry)
    guard name.contains(Self.space), Int(whole.length) <= 256 else { return false }
    return document.bytes.withUnsafeBufferPointer { text in
      let lead = lengthBefore(name, in: bytes(whole, document, text))
      return lead >= Self.corporate || lead > 0 && hasHead(whole, branchHeads, document)
    }
  }

  /// `DPD Kenanga Muda Indonesia (KMI)`: whether the abbreviation leaves out the head of a branch, with which the long form begins.
  private func isBranch(_ long: Mention, calledBy short: Mention, _ document: Document) -> Bool {
    let tokens = document.tokens
    let letters = tokens.start[Int(short.start)]..<tokens.end[Int(short.start)]
    guard short.end - short.start == 1, tokens.isAllCaps(Int(short.start)), letters.count >= 2,
      hasHead(long, branchHeads, document)
    else { return false }
    var (at, k) = (Int(letters.upperBound), Int(long.end) - 1)
    while k > Int(long.start), at > Int(letters.lowerBound) {
      if tokens.kind[k] == TokenKind.word, document.bytes[Int(tokens.start[k])] < 0x61 {
        at -= 1
        guard document.bytes[Int(tokens.start[k])] == document.bytes[at] else { return false }
      }
      k -= 1
    }
    return at == Int(letters.lowerBound)
  }

  /// How long what stands before the list's name is in the article's one, whatever marks are in either; 0 where the article's
  /// does not have all of it.
  private func lengthBefore(_ name: UnsafeBufferPointer<UInt8>, in whole: UnsafeBufferPointer<UInt8>) -> Int {
    var start = 0
    while start < whole.count {
      let rest = UnsafeBufferPointer(rebasing: whole[start...])
      if sharesLetters(name, withStartOf: rest) { return start }
      while start < whole.count, !isBetweenWords(whole[start]) { start += 1 }
      while start < whole.count, isBetweenWords(whole[start]) { start += 1 }
    }
    return 0
  }

  /// Whether `text` begins with the letters and digits of `name`, case ignored, and no word of it goes on.
  private func sharesLetters(_ name: UnsafeBufferPointer<UInt8>, withStartOf text: UnsafeBufferPointer<UInt8>) -> Bool {
    var (i, k) = (0, 0)
    while true {
      while i < name.count, isBetweenWords(name[i]) { i += 1 }
      while k < text.count, isBetweenWords(text[k]) { k += 1 }
      if i == name.count { return k == text.count || k == 0 || isBetweenWords(text[k - 1]) }
      guard k < text.count, name[i] | 0x20 == text[k] | 0x20 else { return false }
      i += 1
      k += 1
    }
  }

  /// As long as what stands before the names of companies (`PT`, `PT. `).
  static let corporate = 5

  /// Whether the list says that the mention's words need more to be the name of `entry`.
  func isDoubtful(_ entry: EntryID, _ mention: Mention, _ document: Document) -> Bool {
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
}
