/// Names that are written in several ways.
extension NameRules {
  /// `Kementrian Pertahanan`, `Barrack Obama`: a long name that differs by one letter from another one of the article, or that
  /// of a person who is spelt by other rules.
  func linkTypos(_ group: MentionGroup, _ document: Document) {
    guard group.count <= 400 else { return }
    document.bytes.withUnsafeBufferPointer { text in
      // The first mentions of the long names so far: length and label in one number, and the mention.
      withUnsafeTemporaryAllocation(of: (shape: Int32, mention: Int32).self, capacity: group.count) { names in
        var count = 0
        var last: Int32 = -1
        for i in 0..<group.count {
          let a = group.mentions[i]
          // Places grow with each name that is new.
          guard a.places > last, a.words > 0 else { continue }
          last = a.places
          guard a.length >= 8 else { continue }
          let shape = a.length << 2 | Int32(a.label.rawValue)
          var isLinked = false
          for n in 0..<count {
            // The same label, and lengths that are not far apart.
            let difference = UInt32(bitPattern: names[n].shape &- shape &+ 16)
            guard difference <= 32, difference & 3 == 0 else { continue }
            let k = Int(names[n].mention)
            // `Polda NTT` and `Polda NTB` are two.
            if let x = group.entities[k].entry, let y = group.entities[i].entry, x != y { continue }
            let (one, other) = (bytes(a, document, text), bytes(group.mentions[k], document, text))
            guard areOneName(one, other, a, group.mentions[k]) else { continue }
            isLinked = true
            if group.root(k) == group.root(i) { break }
            // The wrong spelling must not give the name: it is the one that no list knows, else the rarer one.
            let (known, isListed) = (group.entities[k].entry != nil, group.entities[i].entry != nil)
            let lead = known != isListed ? (known ? 1 : -1) : group.countEqual(k) - group.countEqual(i)
            if lead != 0 { group.demote(lead > 0 ? i : k) }
            group.unite(k, i)
            break
          }
          if !isLinked {
            names[count] = (shape, Int32(truncatingIfNeeded: i))
            count += 1
          }
        }
        for n in 0..<count where names[n].shape & 3 == Int32(EntityLabel.person.rawValue) {
          linkListed(Int(names[n].mention), group, document, text)
        }
      }
    }
  }

  /// Whether the names differ by a letter, or are persons' names that are read alike.
  private func areOneName(
    _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>, _ one: Mention, _ other: Mention
  ) -> Bool {
    if a.count >= 9, abs(a.count - b.count) <= 1, EntityNames.differByOne(a, b), !Self.differInCapitals(a, b) {
      return true
    }
    return one.label == .person && one.words > 1 && one.words <= 8 && one.words == other.words
      && SpeltName.areAlike(a, b)
  }

  /// `Cal Crutclow … Crutchlow`: the long name is another spelling of what the list calls the person of a short one.
  private func linkListed(
    _ i: Int, _ group: MentionGroup, _ document: Document, _ text: UnsafeBufferPointer<UInt8>
  ) {
    let long = group.mentions[i]
    guard long.words > 1, group.entities[i].entry == nil, group.entities[group.root(i)].entry == nil else { return }
    let name = bytes(long, document, text)
    for k in 0..<group.count {
      let short = group.mentions[k]
      guard short.label == .person, short.words == 1, let entry = group.entities[k].entry else { continue }
      let full = lexicon.nameBytes(entry)
      guard abs(full.count - name.count) <= 4, full.contains(0x20) else { continue }
      // A spelling stands as the article has it, a typo gives no name.
      if !SpeltName.areAlike(full, name) {
        guard EntityNames.differByOne(full, name) else { continue }
        group.demote(i)
      }
      group.unite(k, i)
      return
    }
  }

  /// Whether the first word in which both differ is in capitals: `DPP` and `DPD`, `Armada I` and `Armada II` are two.
  private static func differInCapitals(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    var i = 0
    while i < a.count, i < b.count, a[i] == b[i] { i += 1 }
    let longer = a.count >= b.count ? a : b
    let isLetter = { (byte: UInt8) in byte >= 0x41 }
    var (start, end) = (min(i, longer.count), i)
    while start > 0, isLetter(longer[start - 1]) { start -= 1 }
    while end < longer.count, isLetter(longer[end]) { end += 1 }
    return end > start && longer[start..<end].allSatisfy { $0 <= 0x5A }
  }

  /// The one person of the article whose first name begins with the single word of mention `i` and goes on; -1 for none, or for
  /// several.
  func longFirstName(of i: Int, _ group: MentionGroup, _ document: Document) -> Int {
    let length = Int(group.mentions[i].length)
    guard length >= 4 else { return -1 }
    return document.bytes.withUnsafeBufferPointer { text in
      let short = bytes(group.mentions[i], document, text)
      var found = -1
      for k in 0..<group.count where group.mentions[k].label == .person && group.mentions[k].words > 1 {
        let first = Int(group.mentions[k].start)
        let start = Int(document.tokens.start[first])
        guard Int(document.tokens.end[first]) - start >= length + 2, text[start..<start + length].elementsEqual(short)
        else { continue }
        if found >= 0, group.root(found) != group.root(k) { return -1 }
        found = k
      }
      return found
    }
  }

  /// The one person of the article with a word that is the single word of mention `i` but for doubled letters, or a wrong one;
  /// -1 for none, or for several.
  func otherSpelling(of i: Int, _ group: MentionGroup, _ document: Document) -> Int {
    guard group.mentions[i].length >= 4 else { return -1 }
    let tokens = document.tokens
    // `Hartoyo` is no wrong `Hartono`.
    let isMisspelt =
      group.mentions[i].length >= 6
      && !lexicon.classes(ofWord: tokens.id[Int(group.mentions[i].start)]).intersects(namePart)
    return document.bytes.withUnsafeBufferPointer { text in
      let short = bytes(group.mentions[i], document, text)
      var found = -1
      for k in 0..<group.count where group.mentions[k].label == .person && group.mentions[k].words > 1 {
        let mention = group.mentions[k]
        // Names of persons are short; a longer one is no reason to look at all of it again and again.
        let hasWord = (Int(mention.start)..<min(Int(mention.end), Int(mention.start) + 8)).contains {
          let (start, end) = (Int(tokens.start[$0]), Int(tokens.end[$0]))
          guard abs(end - start - short.count) <= 2 else { return false }
          let word = UnsafeBufferPointer(rebasing: text[start..<end])
          return Self.equalsUndoubled(short, word) || isMisspelt && EntityNames.differByOne(short, word)
        }
        guard hasWord else { continue }
        if found >= 0, group.root(found) != group.root(k) { return -1 }
        found = k
      }
      return found
    }
  }

  /// Whether both are the same letters, letters that are doubled counted once and case ignored.
  private static func equalsUndoubled(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    var (i, k) = (0, 0)
    while i < a.count, k < b.count {
      guard a[i] | 0x20 == b[k] | 0x20 else { return false }
      let letter = a[i] | 0x20
      repeat { i += 1 } while i < a.count && a[i] | 0x20 == letter
      repeat { k += 1 } while k < b.count && b[k] | 0x20 == letter
    }
    return i == a.count && k == b.count
  }

  /// `Milo (Milomir Seslija)`: a person in brackets right behind a person whose name begins alike is the same one.
  func linkBracketed(_ group: MentionGroup, _ document: Document) {
    guard group.count > 1 else { return }
    let tokens = document.tokens
    document.bytes.withUnsafeBufferPointer { text in
      for i in 1..<group.count where group.mentions[i].label == .person {
        let (a, b) = (group.mentions[i - 1], group.mentions[i])
        let open = Int(a.end)
        guard a.label == .person, Int(b.start) == open + 1, tokens.kind[open] == TokenKind.openParen,
          tokens.kindAt(Int(b.end)) == TokenKind.closeParen
        else { continue }
        let (short, long) = (bytes(a, document, text), bytes(b, document, text))
        var same = 0
        while same < short.count, same < long.count, short[same] == long[same] { same += 1 }
        if same >= 4 { group.unite(i - 1, i) }
      }
    }
  }
}
