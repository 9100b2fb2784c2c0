/// Gives mentions their identity: which ones mean one thing, and its canonical name.
///
///     Igor Konashenkov … Konashenkov     the longest name of the article
///     KPK                                the gazetteer's name
///
/// **Cost.** Mentions are looked up by their words; short forms are compared with the names that have one of their words.
struct EntityNames: Sendable {
  private let lexicon: Lexicon
  private let placeHead: ClassSet
  private let orgHead: ClassSet
  private var parent: [Int32] = []
  private var byKey = MentionMap()
  private var byEntry = MentionMap()
  /// For each word of a longer name, the last mention that has it.
  private var byWord = MentionMap()
  private var best: [Int32] = []

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    placeHead = lexicon.wordClass("place-head")
    orgHead = lexicon.wordClass("org-head")
  }

  /// Sets `entry`, `number` and `nameMention` of every entity of `document`.
  mutating func resolve(_ document: inout Document, _ context: EntityContext, _ definitions: [Definition]) {
    let n = document.entities.count
    parent.removeAll(keepingCapacity: true)
    parent.append(contentsOf: (0..<Int32(n)))
    byKey.removeAll()
    byEntry.removeAll()
    byWord.removeAll()
    for i in 0..<n { document.entities[i].entry = entry(document.entities[i], document, context) }
    // Same surface, same entry.
    for i in 0..<n {
      let e = document.entities[i]
      let key = EntityMemory.key(document, Int(e.span.start), Int(e.span.end)) ^ UInt64(e.label.rawValue)
      if let other = byKey[key] { unite(other, Int32(i)) } else { byKey[key] = Int32(i) }
      if let entry = e.entry {
        if let other = byEntry[UInt64(entry.raw) | 1 << 40] {
          unite(other, Int32(i))
        } else {
          byEntry[UInt64(entry.raw) | 1 << 40] = Int32(i)
        }
      }
    }
    for definition in definitions where definition.label != .none { link(definition, document) }
    linkShortForms(document, context)
    linkTypos(document)
    number(&document)
    nameMentions(&document, context)
  }

  private func root(_ i: Int32) -> Int32 {
    var i = i
    while parent[Int(i)] != i { i = parent[Int(i)] }
    return i
  }

  private mutating func unite(_ a: Int32, _ b: Int32) {
    let x = root(a)
    let y = root(b)
    if x == y { return }
    parent[Int(max(x, y))] = min(x, y)
  }

  /// The list entry whose name the whole mention is.
  private func entry(_ entity: Entity, _ document: Document, _ context: EntityContext) -> EntryID? {
    var found: EntryID?
    var rank = -1
    for m in document.matchRange(at: Int(entity.span.start)) {
      let match = document.matches[m]
      guard match.end == entity.span.end else { continue }
      lexicon.forEachListing(at: match.state) { listing in
        guard lexicon.label(of: listing.entry) == entity.label, !listing.flags.contains(.removed) else { return true }
        // A first name alone is not the person whom the list calls so.
        if entity.label == .person, entity.span.count == 1, listing.flags.contains(.needsCue) { return true }
        var value = 4
        if listing.entry.isUser { value += 8 }
        if listing.flags.contains(.needsCue) { value -= 2 }
        if listing.flags.contains(.ambiguous) { value -= 1 }
        if !listing.flags.contains(.alias) { value += 1 }
        if value > rank {
          rank = value
          found = listing.entry
        }
        return true
      }
    }
    return found
  }

  private mutating func link(_ definition: Definition, _ document: Document) {
    guard let long = mention(endingAt: definition.long.end, document),
      let short = mention(startingAt: definition.short.start, document)
    else { return }
    if document.entities[long].label == document.entities[short].label { unite(Int32(long), Int32(short)) }
  }

  /// The first mention that begins at `start` or later, if it begins there. Mentions are in text order.
  private func mention(startingAt start: Int32, _ document: Document) -> Int? {
    let i = firstMention(document) { $0.span.start >= start }
    return i < document.entities.count && document.entities[i].span.start == start ? i : nil
  }

  private func mention(endingAt end: Int32, _ document: Document) -> Int? {
    let i = firstMention(document) { $0.span.end >= end }
    return i < document.entities.count && document.entities[i].span.end == end ? i : nil
  }

  private func firstMention(_ document: Document, where holds: (Entity) -> Bool) -> Int {
    var low = 0
    var high = document.entities.count
    while low < high {
      let middle = (low + high) / 2
      if holds(document.entities[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Links a mention to the nearest longer name that has it as a part.
  private mutating func linkShortForms(_ document: Document, _ context: EntityContext) {
    let entities = document.entities
    // Forward with the names so far, then again for short forms before the full name (headlines).
    for pass in 0..<2 {
      for i in entities.indices {
        let e = entities[i]
        let salt = UInt64(e.label.rawValue)
        if words(e, document) == 1 || pass == 1 {
          if root(Int32(i)) == Int32(i) || pass == 0, let long = longer(i, document, entities) {
            if !hasLonger(i, document) { unite(long, Int32(i)) }
          }
        } else if let long = longer(i, document, entities), !hasLonger(i, document) {
          unite(long, Int32(i))
        }
        if words(e, document) > 1 {
          for k in e.span.range where document.tokens.hash[k] != 0 { byWord[document.tokens.hash[k] ^ salt] = Int32(i) }
        }
      }
    }
  }

  /// `Kementrian Pertahanan`: a long name that differs by one letter from another one of the article.
  private mutating func linkTypos(_ document: Document) {
    let entities = document.entities
    guard entities.count <= 400 else { return }
    for i in entities.indices where root(Int32(i)) == Int32(i) {
      let a = document.bytes[document.range(of: entities[i].span)]
      guard a.count >= 9 else { continue }
      for k in 0..<i where entities[k].label == entities[i].label && root(Int32(k)) == Int32(k) {
        let b = document.bytes[document.range(of: entities[k].span)]
        if abs(a.count - b.count) <= 1, Self.differByOne(a, b) {
          unite(Int32(k), Int32(i))
          break
        }
      }
    }
  }

  /// Whether one letter inserted, left out or changed makes `b` of `a`; digits must be the same.
  static func differByOne(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
    var i = a.startIndex
    var k = b.startIndex
    while i < a.endIndex, k < b.endIndex, a[i] == b[k] {
      i += 1
      k += 1
    }
    if i < a.endIndex, a[i] < 0x41 { return false }
    if k < b.endIndex, b[k] < 0x41 { return false }
    let restA = a[i...]
    let restB = b[k...]
    if restA.count == restB.count { return restA.dropFirst().elementsEqual(restB.dropFirst()) }
    return restA.count > restB.count ? restA.dropFirst().elementsEqual(restB) : restB.dropFirst().elementsEqual(restA)
  }

  /// Whether the mention's group has a longer name already.
  private func hasLonger(_ i: Int, _ document: Document) -> Bool {
    let e = document.entities[i]
    let r = root(Int32(i))
    guard r != Int32(i) else { return false }
    return words(document.entities[Int(r)], document) > words(e, document)
  }

  private func words(_ e: Entity, _ document: Document) -> Int {
    var n = 0
    for k in e.span.range where document.tokens.hash[k] != 0 { n += 1 }
    return n
  }

  private func longer(_ i: Int, _ document: Document, _ entities: [Entity]) -> Int32? {
    let e = entities[i]
    let salt = UInt64(e.label.rawValue)
    guard let first = e.span.range.first(where: { document.tokens.hash[$0] != 0 }) else { return nil }
    guard let candidate = byWord[document.tokens.hash[first] ^ salt], candidate != Int32(i) else { return nil }
    let long = entities[Int(candidate)]
    guard words(long, document) > words(e, document), isPart(e, of: long, document) else { return nil }
    return candidate
  }

  /// Whether the words of `short` stand in `long` in order. Of a place or organization only what is left without its
  /// designator or corporate form counts.
  private func isPart(_ short: Entity, of long: Entity, _ document: Document) -> Bool {
    let tokens = document.tokens
    // No name is that long; a text of nothing but capitals is.
    guard long.span.count <= 24 else { return false }
    var at = Int(long.span.start)
    let end = Int(long.span.end)
    var first = -1
    var last = -1
    for k in short.span.range where tokens.hash[k] != 0 {
      while at < end, tokens.hash[at] != tokens.hash[k] { at += 1 }
      guard at < end else { return false }
      if first < 0 { first = at }
      last = at
      at += 1
    }
    guard first >= 0 else { return false }
    if short.label == .person { return true }
    if short.label == .organization, let a = short.entry, let b = long.entry, a != b { return false }
    let skipped = first - Int(long.span.start)
    let dropped = end - 1 - last
    if short.label == .location {
      // `Bogor` in `Kabupaten Bogor`: only the designator is left out.
      return dropped == 0 && skipped == 1
        && lexicon.classes(ofWord: tokens.id[Int(long.span.start)]).intersects(placeHead)
    }
    // `Dinas Pariwisata` of `Dinas Pariwisata Bali`; `Jasa Marga` of `PT Jasa Marga (Persero) Tbk`.
    if skipped == 0 { return true }
    return skipped <= 2 && tokens.length(Int(long.span.start)) <= 7
      && lexicon.classes(ofWord: tokens.id[Int(long.span.start)]).intersects(orgHead)
  }

  private func number(_ document: inout Document) {
    var next: Int32 = 1
    for i in document.entities.indices {
      let r = Int(root(Int32(i)))
      if r == i {
        document.entities[i].number = next
        next += 1
      } else {
        document.entities[i].number = document.entities[r].number
      }
    }
  }

  private mutating func nameMentions(_ document: inout Document, _ context: EntityContext) {
    let n = document.entities.count
    best.removeAll(keepingCapacity: true)
    best.append(contentsOf: repeatElement(-1, count: n))
    for i in 0..<n {
      let r = Int(root(Int32(i)))
      if best[r] < 0 || rank(i, document, context) > rank(Int(best[r]), document, context) { best[r] = Int32(i) }
    }
    for i in 0..<n {
      let top = Int(best[Int(root(Int32(i)))])
      let useList = usesListName(i, top, document, context)
      document.entities[i].nameMention = useList ? -1 : Int32(top)
      if document.entities[i].entry == nil { document.entities[i].entry = document.entities[top].entry }
    }
  }

  /// Longer is better; of two equally long names the one that is not in capitals.
  private func rank(_ i: Int, _ document: Document, _ context: EntityContext) -> Int {
    let e = document.entities[i]
    let isCaps = e.span.range.allSatisfy { context[$0].form != WordForm.capital && context[$0].form != WordForm.mixed }
    let isSmall = context[Int(e.span.start)].form == WordForm.small
    let length = document.range(of: e.span).count
    // Of a site's spellings the list's is the best (`CNN Indonesia`, `CNNIndonesia.com`).
    if e.label == .organization, let entry = e.entry,
      equals(lexicon.nameBytes(entry), document.bytes[document.range(of: e.span)])
    {
      return 1 << 20
    }
    return length * 4 + (isCaps ? 0 : 2) + (isSmall ? 0 : 1)
  }

  /// Whether the list's name says more than the longest mention of the article.
  private func usesListName(_ i: Int, _ top: Int, _ document: Document, _ context: EntityContext) -> Bool {
    let e = document.entities[top]
    guard let entry = e.entry else { return false }
    let name = lexicon.nameBytes(entry)
    let range = document.range(of: e.span)
    guard name.count > 0, !isDomain(e, document) else { return false }
    // The same letters in capitals (`JAKARTA`): the list knows the spelling.
    if name.count == range.count { return true }
    switch e.label {
    case .location:
      // `Lembaga Pemasyarakatan Gunung Sindur`: in full already.
      if words(e, document) > 2, context[Int(e.span.start)].starts.contains(.placeHead) { return false }
      return !contains(name, document.bytes[range])
    case .organization: return isBrief(e, document, context)
    default: return words(e, document) == 1 || isBrief(e, document, context)
    }
  }

  private func isDomain(_ e: Entity, _ document: Document) -> Bool {
    let dot = Int(e.span.end) - 2
    return dot > Int(e.span.start) && document.tokens.kind[dot] == TokenKind.period && document.tokens.attached(dot + 1)
  }

  /// An abbreviation, a single word, or a name with an abbreviation in it.
  private func isBrief(_ e: Entity, _ document: Document, _ context: EntityContext) -> Bool {
    if words(e, document) == 1 { return true }
    var count = 0
    for k in e.span.range where context[k].form == WordForm.allCaps && document.tokens.length(k) >= 2 {
      if context[k].starts.isDisjoint(with: [.orgHead]) || document.tokens.length(k) > 3 { count += 1 }
    }
    return count > 0
  }

  private func equals(_ name: UnsafeBufferPointer<UInt8>, _ part: ArraySlice<UInt8>) -> Bool {
    name.count == part.count && zip(name, part).allSatisfy { $0 == $1 }
  }

  private func contains(_ name: UnsafeBufferPointer<UInt8>, _ part: ArraySlice<UInt8>) -> Bool {
    guard part.count <= name.count else { return false }
    for start in 0...(name.count - part.count) {
      var same = true
      for (k, byte) in part.enumerated() where (name[start + k] | 0x20) != (byte | 0x20) {
        same = false
        break
      }
      if same { return true }
    }
    return false
  }
}
