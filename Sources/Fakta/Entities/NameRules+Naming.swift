// Which name a group of mentions goes by.

extension NameRules {
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
          if mentions[top].usesListName == 2 { mentions[top].lead = leadLength(top, group, document) }
        }
        entities[i].nameMention = mentions[top].usesListName == 2 ? -1 : Int32(truncatingIfNeeded: top)
        entities[i].nameSkip = mentions[top].lead
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
  static let proper: Int32 = 1 << 20

  /// Added where an organization's name is the list's: it is better than one that is two letters longer.
  static let spelling: Int32 = 8

  /// `Negeri Paman Sam`, `Maung Bandung`: what the list knows by a name of quite other words. A longer or shorter form of
  /// the name (`Persib`, `PT Kereta Api Indonesia`) begins with a word of it or has all its words.
  func isNickname(
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
        || lexicon.isClub(entry)
    else {
      return false
    }
    let words = name.reduce(1) { $1 == 0x20 ? $0 + 1 : $0 }
    // `The Blues`, but `Big Bang` is another spelling of the one word.
    return shared < words && (words > 1 || lexicon.isClub(entry))
  }

  /// Whether the mention is the single word of the list's name and more behind it than a corporate form (`Microsoft Corp`).
  func isExtension(
    _ mention: Mention, of name: UnsafeBufferPointer<UInt8>, _ document: Document, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let tokens = document.tokens
    guard Int(mention.length) > name.count, mention.end - mention.start <= 12, !name.contains(0x20),
      name.elementsEqual(bytes(mention, document, text).prefix(name.count))
    else { return false }
    let end = Int(tokens.start[Int(mention.start)]) + name.count
    return (Int(mention.start)..<Int(mention.end)).contains {
      Int(tokens.start[$0]) > end && tokens.kind[$0] == TokenKind.word && !isForm($0, document)
        && !clubForms.contains(tokens.id[$0])
    }
  }

  func isForm(_ i: Int, _ document: Document) -> Bool {
    document.matchRange(at: i).contains { forms.first(at: document.matches[$0].state, in: lexicon) == true }
      && !words.has(.unit, i, i + 1, document)
  }

  /// Whether the place begins with the designator of a country or region.
  func isOfficial(_ mention: Mention, _ document: Document) -> Bool {
    hasHead(mention, countryHeads, document)
  }

  func hasHead(_ mention: Mention, _ heads: EntryMap<Bool>, _ document: Document) -> Bool {
    for m in document.matchRange(at: Int(mention.start))
    where heads.first(at: document.matches[m].state, in: lexicon) == true { return true }
    return false
  }

  /// Whether `word` is a whole word of `name`, or a run of them, case ignored.
  func hasWord(_ name: UnsafeBufferPointer<UInt8>, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
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
  func isBetweenWords(_ byte: UInt8) -> Bool { byte < 0x30 }

  /// Longer is better, but for nicknames; of two equally long names the one that is not in capitals.
  func rank(
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
      } else if isDomain(mention, document) {
        // A listed `LTMPT`, though it is shorter than `ltmpt.ac.id`.
        rank = name == nil ? rank - Self.proper / 2 : Int32(mention.writing)
      } else if name.map({ isExtension(mention, of: $0, document, text) }) == true {
        rank -= Self.proper / 2
      }
    }
    group.mentions[i].rank = rank
    return rank
  }

  /// `Peter [Jackson]`: what an editor has put in.
  func hasBracket(_ mention: Mention, _ document: Document) -> Bool {
    (Int(mention.start)..<min(Int(mention.end), Int(mention.start) + 8)).contains {
      document.tokens.kind[$0] == TokenKind.openBracket || document.tokens.kind[$0] == TokenKind.closeBracket
    }
  }

  /// The part of the rank that the length gives, a multiple of 4.
  @inline(__always)
  static func worth(_ mention: Mention) -> Int32 { min(mention.length, 1 << 16) * 4 }

  /// Whether the rank of a mention may be above `rank`: most are no longer than the best one, and what else makes a rank takes
  /// long to find.
  @inline(__always)
  func mayExceed(_ rank: Int32, _ i: Int, _ group: MentionGroup) -> Bool {
    let mention = group.mentions[i]
    if mention.rank >= 0 { return mention.rank > rank }
    let most = Self.worth(mention) + Self.proper
    return most + 3 + Self.spelling > rank
  }

  /// Whether the list's name says more than the longest mention of the article, which is `top`.
  func usesListName(
    _ top: Int, _ group: MentionGroup, _ document: Document, _ context: EntityContext,
    _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let e = group.mentions[top]
    guard let entry = group.entities[top].entry else { return false }
    let name = lexicon.nameBytes(entry)
    guard name.count > 0 else { return false }
    let surface = bytes(e, document, text)
    if name.count == Int(e.length), contains(name, surface) { return isSpeltByList(e, document, context) }
    // `Kim Jong - un`: the hyphen stands apart in the text only.
    if hasLooseHyphen(e, document), haveSameLetters(name, surface) { return true }
    if isDomain(e, document) { return false }
    // `CLS Knights Surabaya`: the article says more than the list.
    if e.label == .organization, e.words > 1, surface.count > name.count, saysAll(surface, of: name) { return false }
    // `Royal Air Force` is a full name, though of another language.
    if e.words > 1, e.label != .organization || e.words == 2, isNickname(top, group, document, context, text) {
      return true
    }
    switch e.label {
    case .location: return isLessThanPlace(name, top, group, document, context, text)
    // Of names with their legal form only `PT SMI` says less than the list.
    case .organization:
      // `perusahaan listrik negara` where all is small
      if context[Int(e.start)].form == WordForm.caseless, e.words > 1, saysAll(name, of: surface) { return true }
      return isBrief(e, document, context) && (e.node != 0 || e.words == 2 && Int(e.length) < name.count)
        || e.node != 0 && isAbbreviated(surface, name) || isShortened(surface, name)
    default: return e.words == 1 || isBrief(e, document, context) || isShortened(surface, name)
    }
  }

  /// Whether the list knows the spelling of a name with the same letters: in capitals (`JAKARTA`, `KOMPAS.com`) or in small letters it does, else
  /// the text's own form stands (`Mahfud Md`).
  private func isSpeltByList(_ e: Mention, _ document: Document, _ context: EntityContext) -> Bool {
    let tokens = document.tokens
    var isCased = false
    for k in Int(e.start)..<Int(e.end) {
      // `Maverick VINALES`: no abbreviation is that long.
      if tokens.isAllCaps(k), tokens.length(k) >= 5 { return true }
      if context[k].form == WordForm.capital || context[k].form == WordForm.mixed { isCased = true }
    }
    return !isCased
  }

  /// Whether the longest mention of a place says less than the list's name.
  private func isLessThanPlace(
    _ name: UnsafeBufferPointer<UInt8>, _ top: Int, _ group: MentionGroup, _ document: Document,
    _ context: EntityContext, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let e = group.mentions[top]
    let surface = bytes(e, document, text)
    // `Lembaga Pemasyarakatan Gunung Sindur`: in full already.
    if e.words > 2, context[Int(e.start)].starts.contains(.placeHead) { return false }
    // `Puerto Rico`: another spelling of the same words.
    if e.words > 1, e.length == name.count, sharesFirstWord(name, surface) { return false }
    // `MEDAN`, `medan`: the list knows the spelling of `Kota Medan`.
    let first = Int(e.start)
    if document.tokens.isAllCaps(first) && surface.count >= 5 || !document.tokens.isCapitalized(first),
      contains(name, surface),
      Int(leadLength(top, group, document)) + surface.count == name.count
    {
      return true
    }
    // `Amerika`, `Brunei`
    if group.entities[top].entry.map(isCountry) == true, name.count > surface.count, name[surface.count] == Self.space,
      contains(UnsafeBufferPointer(rebasing: name[..<surface.count]), surface)
    {
      return true
    }
    // `DKI Jakarta`, `Republik Indonesia`: the article's name has all of the list's.
    return !contains(name, surface) && !hasWord(surface, name)
  }

  /// `DPP Partai Golkar`, `Ditjen Bina Marga`: whether the first word of the article's name is an abbreviation of the first words
  /// of the list's name, by their initials or by syllables.
  private func isAbbreviated(_ surface: UnsafeBufferPointer<UInt8>, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let end = surface.firstIndex(of: Self.space), end >= 2, end <= 8, surface.count < name.count,
      let nameEnd = name.firstIndex(of: Self.space), surface[0] == name[0],
      !hasWord(name, UnsafeBufferPointer(rebasing: surface[..<end]))
    else { return false }
    let isCapitals = surface[..<end].allSatisfy { $0 <= 0x5A }
    // The next letter of the abbreviation, and how many words of the name it has got to.
    var (at, words) = (0, 0)
    var isInitial = true
    for byte in name where at < end {
      if isBetweenWords(byte) {
        isInitial = true
        continue
      }
      if isInitial || !isCapitals, byte | 0x20 == surface[at] | 0x20 {
        at += 1
      } else if isInitial, isCapitals {
        return false
      }
      if isInitial { words += 1 }
      isInitial = false
    }
    return at == end && words > 1 && (isCapitals || !isSubsequence(surface[..<end], of: name[..<nameEnd]))
  }

  /// Whether the letters of `part` stand in `whole` in order.
  private func isSubsequence(
    _ part: Slice<UnsafeBufferPointer<UInt8>>, of whole: Slice<UnsafeBufferPointer<UInt8>>
  ) -> Bool {
    var at = part.startIndex
    for byte in whole where at < part.endIndex && byte | 0x20 == part[at] | 0x20 { at += 1 }
    return at == part.endIndex
  }

  /// `Sri Mulyani` of `Sri Mulyani Indrawati`: whether the list's name has all words of the article's, and more than a corporate
  /// form besides.
  private func isShortened(_ surface: UnsafeBufferPointer<UInt8>, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard surface.count + 3 < name.count, saysAll(name, of: surface) else { return false }
    var more = 0
    Self.forEachWord(of: name, partedByHyphens: false) { word in
      guard let first = word.baseAddress, word[0] != 0x28 else { return }
      let id = lexicon.word(hash: WordHash.ascii(first, word.count, readable: word.count))
      if !hasWord(surface, word), !slightWords.contains(id) { more += 1 }
    }
    return more > 0
  }

  /// Whether each word of `part` is one of `whole`.
  private func saysAll(_ whole: UnsafeBufferPointer<UInt8>, of part: UnsafeBufferPointer<UInt8>) -> Bool {
    var saysAll = true
    Self.forEachWord(of: part, partedByHyphens: false) { saysAll = saysAll && hasWord(whole, $0) }
    return saysAll
  }

  func isCountry(_ entry: EntryID) -> Bool {
    let code = lexicon.cellBytes(entry, "xref")
    return code.count == Self.isoCountry.count + 2 && code.starts(with: Self.isoCountry)
  }

  private func hasLooseHyphen(_ e: Mention, _ document: Document) -> Bool {
    let tokens = document.tokens
    return e.end - e.start > 2
      && (Int(e.start) + 1..<min(Int(e.end), Int(e.start) + 12)).contains {
        tokens.kind[$0] == TokenKind.hyphen && tokens.gap[$0] != TokenGap.none
      }
  }

  /// Whether both are the same letters and digits, case ignored.
  private func haveSameLetters(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    var (i, k) = (0, 0)
    while true {
      while i < a.count, isBetweenWords(a[i]) { i += 1 }
      while k < b.count, isBetweenWords(b[k]) { k += 1 }
      if i == a.count || k == b.count { return i == a.count && k == b.count }
      guard a[i] | 0x20 == b[k] | 0x20 else { return false }
      i += 1
      k += 1
    }
  }

  /// How long the designator or corporate form is with which the list's name begins, with the blank behind it, where the mention
  /// that gives the name has none: `Solo` is `Surakarta`, as `Bogor` is `Bogor`, though the list calls both cities `Kota`, and
  /// `PLN` is no `PT`.
  private func leadLength(_ top: Int, _ group: MentionGroup, _ document: Document) -> UInt8 {
    let mention = group.mentions[top]
    guard let entry = group.entities[top].entry else { return 0 }
    let leads: [UInt32]
    switch mention.label {
    case .location:
      guard Self.isSettlement(lexicon.cellBytes(entry, "subtype")) else { return 0 }
      leads = settlementLeads
    case .organization: leads = firmLeads
    default: return 0
    }
    let name = lexicon.nameBytes(entry)
    guard let end = name.firstIndex(of: Self.space), end < 16, let start = name.baseAddress,
      mention.words == 1 || !leads.contains(document.tokens.id[Int(mention.start)])
    else { return 0 }
    let lead = lexicon.word(hash: WordHash.ascii(start, end, readable: end))
    return lead != 0 && leads.contains(lead) ? UInt8(end + 1) : 0
  }

  /// Whether a subtype of places is that of towns or regencies.
  static func isSettlement(_ subtype: UnsafeBufferPointer<UInt8>) -> Bool {
    settlements.contains { subtype.elementsEqual($0) }
  }

  private static let settlements = ["city", "regency"].map { Array($0.utf8) }

  func sharesFirstWord(_ name: UnsafeBufferPointer<UInt8>, _ surface: UnsafeBufferPointer<UInt8>) -> Bool {
    var k = 0
    while k < name.count, k < surface.count, !isBetweenWords(name[k]), name[k] | 0x20 == surface[k] | 0x20 { k += 1 }
    return k > 0 && k < name.count && k < surface.count && isBetweenWords(name[k]) && isBetweenWords(surface[k])
  }

  func isDomain(_ e: Mention, _ document: Document) -> Bool {
    let dot = Int(e.end) - 2
    return dot > Int(e.start) && document.tokens.kind[dot] == TokenKind.period && document.tokens.attached(dot + 1)
  }

  /// An abbreviation, a single word, or a name with an abbreviation in it.
  func isBrief(_ e: Mention, _ document: Document, _ context: EntityContext) -> Bool {
    // `Kemenko Perekonomian`
    if e.words == 1 || hasHead(e, briefHeads, document) { return true }
    for k in Int(e.start)..<Int(e.end) where context[k].form == WordForm.allCaps && document.tokens.length(k) >= 2 {
      if context[k].starts.isDisjoint(with: [.orgHead]) || document.tokens.length(k) > 3 { return true }
    }
    return false
  }

  func equals(_ name: UnsafeBufferPointer<UInt8>, _ part: UnsafeBufferPointer<UInt8>) -> Bool {
    guard name.count == part.count else { return false }
    for k in 0..<name.count where name[k] != part[k] { return false }
    return true
  }

  func contains(_ name: UnsafeBufferPointer<UInt8>, _ part: UnsafeBufferPointer<UInt8>) -> Bool {
    guard part.count <= name.count else { return false }
    for start in 0...(name.count - part.count) {
      var k = 0
      while k < part.count, name[start + k] | 0x20 == part[k] | 0x20 { k += 1 }
      if k == part.count { return true }
    }
    return false
  }
}
