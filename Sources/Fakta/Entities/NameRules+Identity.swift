/// Which entry of the lists a single name keeps when the article has the full one.
extension NameRules {
  /// Takes the entry from single names of persons whose full name, which no list knows, says that they are others: the Pitana of
  /// `I Gde Pitana` is not Nestor Pitana.
  ///
  /// For abbreviations that is not enough: their long form may be a translation (`International Agency for Research on Cancer (IARC)`).
  ///
  /// **Cost.** Two passes over the mentions; names are compared only where a short form has an entry and its full name has none.
  func disownSingleNames(_ group: MentionGroup, _ document: Document) {
    guard group.count > 1 else { return }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: group.count) { fullNames in
      // For each person a mention of several words, one that a list knows rather than others.
      fullNames.initialize(repeating: -1)
      for i in 0..<group.count where group.mentions[i].words > 1 && group.mentions[i].label == .person {
        let root = group.root(i)
        if fullNames[root] < 0 || group.entities[i].entry != nil { fullNames[root] = Int32(truncatingIfNeeded: i) }
      }
      document.bytes.withUnsafeBufferPointer { text in
        for i in 0..<group.count where group.mentions[i].words == 1 && group.mentions[i].label == .person {
          guard let entry = group.entities[i].entry else { continue }
          let full = Int(fullNames[group.root(i)])
          if full >= 0, group.entities[full].entry == nil, isOther(entry, than: group.mentions[full], document, text) {
            group.entities[i].entry = nil
          }
        }
      }
    }
  }

  /// Takes the entry from an abbreviation that the article defines otherwise: the ISI of `Institut Seni Indonesia (ISI)` is not the
  /// Inter-Services Intelligence.
  ///
  /// Only where the letters begin the words of both long forms, which have less than half of their words in common: else one is a
  /// translation of the other (`National Health Service`), or spelt otherwise.
  ///
  /// **Cost.** A look-up for each definition; more only where a long form is in no list and its abbreviation is.
  func disownAbbreviations(_ definitions: [Definition], _ group: MentionGroup, _ document: Document) {
    guard !definitions.isEmpty, group.count <= 400 else { return }
    document.bytes.withUnsafeBufferPointer { text in
      for definition in definitions where definition.label == .organization && definition.short.count == 1 {
        guard let (long, short) = group.mentions(of: definition), group.entities[long].entry == nil,
          let entry = group.entities[short].entry, isOther(entry, than: definition, document, text)
        else { continue }
        for k in 0..<group.count
        where group.mentions[k].key == group.mentions[short].key && group.entities[k].entry == entry {
          group.entities[k].entry = nil
        }
      }
    }
  }

  private func isOther(
    _ entry: EntryID, than definition: Definition, _ document: Document, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let tokens = document.tokens
    let short = Int(definition.short.start)
    guard tokens.isAllCaps(short), tokens.length(short) >= 2 else { return false }
    let letters = UnsafeBufferPointer(rebasing: text[Int(tokens.start[short])..<Int(tokens.end[short])])
    let name = lexicon.nameBytes(entry)
    // The article's words, and how many of them the list's name has.
    var (spelt, words, shared) = (0, 0, 0)
    for i in definition.long.range where tokens.kind[i] == TokenKind.word {
      let word = UnsafeBufferPointer(rebasing: text[Int(tokens.start[i])..<Int(tokens.end[i])])
      guard Self.isUpper(word[0]) else { continue }
      guard spelt < letters.count, word[0] == letters[spelt] else { return false }
      spelt += 1
      words += 1
      var isShared = false
      Self.forEachWord(of: name, partedByHyphens: true) { isShared = isShared || Self.areAlike($0, word) }
      if isShared { shared += 1 }
    }
    guard spelt == letters.count, shared * 2 < words else { return false }
    spelt = 0
    var fits = true
    Self.forEachWord(of: name, partedByHyphens: true) { word in
      guard Self.isUpper(word[0]) else { return }
      if spelt < letters.count, word[0] == letters[spelt] { spelt += 1 } else { fits = false }
    }
    return fits && spelt == letters.count
  }

  private static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

  /// - Parameter isParted: Whether a hyphen parts words, as letters of an abbreviation stand for them; else they are those of the tokens.
  static func forEachWord(
    of name: UnsafeBufferPointer<UInt8>, partedByHyphens isParted: Bool, _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    var start = 0
    while start < name.count {
      var end = start
      while end < name.count, name[end] != space, !isParted || name[end] != hyphen { end += 1 }
      if end > start { body(UnsafeBufferPointer(rebasing: name[start..<end])) }
      start = end + 1
    }
  }

  private static let hyphen: UInt8 = 0x2D

  /// Whether the list's name of `entry` has a word that the full name lacks, spelt alike, with a letter wrong, short or as an
  /// initial.
  private func isOther(
    _ entry: EntryID, than full: Mention, _ document: Document, _ text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let name = lexicon.nameBytes(entry)
    let tokens = document.tokens
    guard name.contains(Self.space) else { return false }
    var isOther = false
    Self.forEachWord(of: name, partedByHyphens: false) { word in
      isOther =
        isOther
        || !(Int(full.start)..<Int(full.end)).contains { k in
          Self.areAlike(word, UnsafeBufferPointer(rebasing: text[Int(tokens.start[k])..<Int(tokens.end[k])]))
        }
    }
    return isOther
  }

  static let space: UInt8 = 0x20

  private static func areAlike(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    let shorter = min(a.count, b.count)
    // `J.` of `Jorge`, `Dani` of `Daniel`
    if shorter == 1 || shorter >= 3, a.prefix(shorter).elementsEqual(b.prefix(shorter)) { return true }
    return SpeltName.areAlike(a, b) || shorter >= 4 && EntityNames.differByOne(a, b)
  }
}
