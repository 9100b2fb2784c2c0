import CFaktaText

/// Gives mentions their identity: which ones mean one thing, and its canonical name.
///
///     Igor Konashenkov … Konashenkov     the longest name of the article
///     KPK                                the gazetteer's name
///
/// **Cost.** Mentions are looked up by their words; short forms are compared with the names that have one of their words.
struct EntityNames: Sendable {
  private let rules: NameRules
  private var mentions: [Mention] = []
  private var byKey = MentionMap()
  private var byEntry = MentionMap()
  /// For each word of a longer name, the last mention that has it.
  private var byWord = MentionMap()
  /// The places of the mentions' words in `byWord`, one mention's behind the other's.
  private var wordPlaces: [Int32] = []
  private var entries = EntryCache()
  /// The nodes of the document that `entries` does not know.
  private var nodes: [UInt32] = []
  /// The entries of the document, each once.
  private var listed: [EntryID] = []

  init(lexicon: Lexicon, _ words: NameWords) { rules = NameRules(lexicon: lexicon, words) }

  /// Sets `entry`, `number`, `nameMention` and `nameSkip` of every entity of `document`.
  mutating func resolve(_ document: inout Document, _ context: EntityContext, _ definitions: [Definition]) {
    guard !document.entities.isEmpty else { return }
    // Taken out while they are written, so that the rest of the document can be read beside them.
    var entities: [Entity] = []
    swap(&entities, &document.entities)
    var mentions: [Mention] = []
    swap(&mentions, &self.mentions)
    mentions.removeAll(keepingCapacity: true)
    link(&entities, &mentions, document, context, definitions)
    swap(&mentions, &self.mentions)
    swap(&entities, &document.entities)
  }

  private mutating func link(
    _ entities: inout [Entity], _ mentions: inout [Mention], _ document: Document, _ context: EntityContext,
    _ definitions: [Definition]
  ) {
    var words = 0
    entries.prepare()
    // What the closures need, so that they hold no document.
    let (tokens, matches, matchIndex, entries) = (document.tokens, document.matches, document.matchIndex, entries)
    let rows = context.rows
    mentions.append(addingCapacity: entities.count) { mentions in
      for entity in entities {
        var mention = Mention(entity, tokens, rows)
        words += Int(mention.words)
        mention.findNode(matches, matchIndex)
        entries.expect(mention)
        mentions.append(mention)
      }
    }
    nodes.removeAll(keepingCapacity: true)
    for mention in mentions where mention.node != 0 && !entries.knows(mention.question(mention.node)) {
      nodes.append(mention.node)
      rules.expectListings(at: mention.node)
    }
    byKey.reset(mentions.count)
    byEntry.reset(mentions.count)
    byWord.reset(words)
    rules.expectListings(at: nodes, step: 1)
    rules.expectListings(at: nodes, step: 2)
    let rules = rules
    mentions.withUnsafeMutableBufferPointer { mentions in
      entities.withUnsafeMutableBufferPointer { entities in
        let group = MentionGroup(entities: entities, mentions: mentions)
        joinEquals(group, tokens, matches, matchIndex, words: words)
        joinKinds(group, document, context)
        for definition in definitions where definition.label != .none {
          // `Rencana Konektivitas ASEAN (MPAC)`: no abbreviation stands for another one.
          let long = definition.long
          if long.count == 1, rows[Int(long.start)].form == WordForm.allCaps { continue }
          group.join(definition) { rules.isUnit($0, of: $1, group, document) }
        }
        rules.expectTexts(of: listed, step: 1)
        linkShortForms(group, document)
        rules.expectTexts(of: listed, step: 2)
        linkCores(group, document)
        linkCallNames(group, document)
        rules.linkBracketed(group, document)
        rules.linkTypos(group, document)
        rules.words.linkAliases(group, document, context)
        rules.disownSingleNames(group, document)
        rules.disownAbbreviations(definitions, group, document)
        rules.name(group, document, context)
      }
    }
  }

  /// Same surface, same entry.
  private mutating func joinEquals(
    _ group: MentionGroup, _ tokens: TokenTable, _ matches: [Match], _ matchIndex: [UInt32], words: Int
  ) {
    let hash = tokens.hash
    let (rules, entries) = (rules, entries)
    wordPlaces.removeAll(keepingCapacity: true)
    listed.removeAll(keepingCapacity: true)
    wordPlaces.append(addingCapacity: words) { places in
      for i in 0..<group.count {
        let mention = group.mentions[i]
        let entry =
          rules.entry(mention, matches, matchIndex, entries) ?? rules.designated(mention, matches, matchIndex)
          ?? rules.incorporated(mention, tokens, matches, matchIndex)
        group.entities[i].entry = entry
        if let other = byKey.put(mention.key, i) {
          group.unite(other, i)
          group.mentions[i].places = group.mentions[other].places
        } else {
          group.mentions[i].places = Int32(truncatingIfNeeded: places.count)
          let salt = UInt64(mention.label.rawValue)
          for k in Int(mention.start)..<Int(mention.end) where hash[k] != 0 {
            places.append(Int32(truncatingIfNeeded: byWord.place(hash[k] ^ salt)))
          }
        }
        guard let entry else { continue }
        if let other = byEntry.put(Self.key(entry), i) {
          group.unite(other, i)
        } else {
          listed.append(entry)
          rules.expectTexts(of: entry)
        }
      }
    }
  }

  /// `PT WLG` is `WLG`, whatever longer name the article has for that, `Kenanga Wulung Inc` is `Kenanga Wulung`; no body is two of the
  /// lists.
  ///
  /// **Cost.** A look at the first and last words of bodies' names; a look-up where they say no more than what it is.
  private func linkCores(_ group: MentionGroup, _ document: Document) {
    let (tokens, matches, matchIndex) = (document.tokens, document.matches, document.matchIndex)
    let (rules, byKey) = (rules, byKey)
    for i in 0..<group.count {
      let mention = group.mentions[i]
      rules.forEachCore(of: mention, tokens, matches, matchIndex) { start, end in
        let key = EntityMemory.Key(tokens.hash, start, end).hash ^ UInt64(mention.label.rawValue)
        let other = byKey.find(key)
        guard other >= 0 else { return false }
        if let a = group.entities[i].entry, let b = group.entities[other].entry, a != b { return false }
        group.unite(other, i)
        return true
      }
    }
  }

  /// `PAN, PPP, PBB, Demokrat`: an abbreviation that the lists have for several bodies stands for the one whose kind is that of
  /// the body beside it.
  private func joinKinds(_ group: MentionGroup, _ document: Document, _ context: EntityContext) {
    guard group.count > 1, group.count <= Self.mostNeighbours else { return }
    let (rules, byEntry) = (rules, byEntry)
    for i in 0..<group.count where group.mentions[i].label == .organization && group.mentions[i].words == 1 {
      guard let entry = group.entities[i].entry, !group.hasLonger(i) else { continue }
      for k in [i - 1, i + 1] where k >= 0 && k < group.count {
        guard let other = group.entities[k].entry, other != entry,
          rules.areListed(group.mentions[min(i, k)], group.mentions[max(i, k)], document, context),
          let own = rules.entry(group.mentions[i], insteadOf: entry, ofKind: other)
        else { continue }
        for n in 0..<group.count where group.mentions[n].key == group.mentions[i].key { group.entities[n].entry = own }
        let named = byEntry.find(Self.key(own))
        if named >= 0 { group.unite(named, i) }
        break
      }
    }
  }

  /// Names among which `joinKinds` looks: it may go through all of them for each, so longer texts go without.
  private static let mostNeighbours = 400

  private static func key(_ entry: EntryID) -> UInt64 { UInt64(entry.raw) | 1 << 40 }

  /// Links a person of one word to the one whom the article names in full: the list gives the word for that person, be it with
  /// reservations (`Sandi` of `Sandiaga Uno`) or for a better known one, too; it is how the first name begins (`Enggar` of
  /// `Enggartiasto Lukita`), or one of the names with a letter doubled or not (`Denny` of `Deny Setiawan`).
  private func linkCallNames(_ group: MentionGroup, _ document: Document) {
    guard group.count <= 400 else { return }
    // What the closure needs, so that it holds no copy of all.
    let (rules, byEntry) = (rules, byEntry)
    withUnsafeTemporaryAllocation(of: Bool.self, capacity: group.count) { isNamed in
      isNamed.initialize(repeating: false)
      for i in 0..<group.count where group.mentions[i].words > 1 { isNamed[group.root(i)] = true }
      for i in 0..<group.count {
        let mention = group.mentions[i]
        guard mention.label == .person, mention.words == 1, Int(mention.parent) == i, !isNamed[i] else { continue }
        let own = group.entities[i].entry
        var other = -1
        rules.forEachPerson(called: mention, document) { entry in
          if other < 0, entry != own { other = byEntry.find(Self.key(entry)) }
        }
        if other < 0, own == nil { other = rules.longFirstName(of: i, group, document) }
        if other < 0, own == nil { other = rules.otherSpelling(of: i, group, document) }
        guard other >= 0 else { continue }
        let entry = group.entities[other].entry
        group.unite(other, i)
        for k in 0..<group.count where group.mentions[k].key == mention.key { group.entities[k].entry = entry }
      }
    }
  }

  /// Links a mention to the nearest longer name that has it as a part.
  private mutating func linkShortForms(_ group: MentionGroup, _ document: Document) {
    // Forward with the names so far, then again for short forms before the full name (headlines).
    for pass in 0..<2 {
      for i in 0..<group.count {
        let mention = group.mentions[i]
        guard mention.words > 0 else { continue }
        let places = Int(mention.places)
        if pass == 0 || mention.parent == Int32(truncatingIfNeeded: i) {
          let long = byWord[Int(wordPlaces[places])]
          if long >= 0, long != i, group.mentions[long].words > mention.words, !group.hasLonger(i),
            rules.isPart(i, of: long, group, document), !rules.isOther(long, than: i, group, document)
          {
            group.unite(long, i)
            if group.entities[long].entry != nil { group.entities[i].entry = group.entities[long].entry }
          }
        }
        if mention.words > 1 {
          for k in places..<places + Int(mention.words) { byWord[Int(wordPlaces[k])] = i }
        }
      }
    }
  }

  /// Whether one letter inserted, left out or changed, or two letters in another order, make `b` of `a`; digits must be the
  /// same.
  static func differByOne<Bytes: RandomAccessCollection>(_ a: Bytes, _ b: Bytes) -> Bool
  where Bytes.Element == UInt8, Bytes.Index == Int {
    var i = a.startIndex
    var k = b.startIndex
    while i < a.endIndex, k < b.endIndex, a[i] == b[k] {
      i += 1
      k += 1
    }
    if i < a.endIndex, a[i] < 0x41 { return false }
    if k < b.endIndex, b[k] < 0x41 { return false }
    let (left, right) = (a.endIndex - i, b.endIndex - k)
    if left == right, left >= 2, a[i] == b[k + 1], a[i + 1] == b[k] {
      i += 1
      k += 1
    }
    if left >= right { i += 1 }
    if right >= left { k += 1 }
    guard a.endIndex - i == b.endIndex - k else { return false }
    while i < a.endIndex {
      if a[i] != b[k] { return false }
      i += 1
      k += 1
    }
    return true
  }
}

/// What is known of a mention while names are linked.
struct Mention: Sendable {
  /// Of all words, case ignored, and the label.
  var key: UInt64
  var start: Int32
  var end: Int32
  /// An earlier mention of the same thing, or itself.
  var parent: Int32
  /// In bytes.
  var length: Int32
  var words: Int32 = 0
  /// Where the places of its words begin.
  var places: Int32 = 0
  /// How good a name it is; -1 before anyone asked.
  var rank: Int32 = -1
  /// Of a group's first mention: the one with the best name.
  var best: Int32 = -1
  var label: EntityLabel
  /// Of an organization's first mention: the list entry of one of its mentions.
  var listed: EntryID?
  /// The node of the lists at which it ends; 0 for none.
  var node: UInt32 = 0
  /// Whether it ends at more than one node.
  var hasNodes = false
  /// The part of the rank, up to 3, that comes from how it is written.
  var writing: UInt8 = 0
  /// Whether the list's name is better: 0 before anyone asked, 1 no, 2 yes.
  var usesListName: UInt8 = 0
  /// Bytes at the beginning of the list's name that the article leaves out.
  var lead: UInt8 = 0

  @inline(__always)
  init(_ entity: Entity, _ tokens: TokenTable, _ rows: UnsafeBufferPointer<TokenInfo>) {
    let hash = tokens.hash
    label = entity.label
    start = entity.span.start
    end = entity.span.end
    parent = -1
    length = Int32(
      truncatingIfNeeded: tokens.end[Int(end) - 1] &- tokens.start[Int(start)])
    let key = EntityMemory.Key(hash, Int(start), Int(end))
    words = Int32(truncatingIfNeeded: key.words)
    self.key = key.hash ^ UInt64(label.rawValue)
    precondition(start >= 0 && Int(end) <= rows.count, "token index out of range")
    var isCased = 0
    for k in Int(start)..<Int(end) {
      isCased |= (1 << WordForm.capital | 1 << WordForm.mixed) >> Int(rows[k].form) & 1
    }
    writing = UInt8(truncatingIfNeeded: isCased << 1 | (rows[Int(start)].form != WordForm.small).number)
  }

  /// Finds the node of the lists.
  @inline(__always)
  mutating func findNode(_ matches: [Match], _ matchIndex: [UInt32]) {
    let start = Int(start)
    guard start + 1 < matchIndex.count else { return }
    for m in Int(matchIndex[start])..<Int(matchIndex[start + 1]) where matches[m].end == end {
      hasNodes = node != 0
      node = matches[m].state
    }
  }

  /// What is asked of a node. A first name alone is not the person whom the list calls so.
  @inline(__always)
  func question(_ node: UInt32) -> UInt64 {
    UInt64(node) << 3 | UInt64(label.rawValue) << 1 | (label == .person && end - start == 1 ? 1 : 0)
  }
}

/// The entries of the nodes of the phrase tree that were asked for last: the same few names come again and again, and what
/// the lists say of one stands far apart.
struct EntryCache: @unchecked Sendable {
  /// Which entry of a node is the name of a mention, and how well it fits.
  struct Choice {
    /// The node and what else was asked; 0 for none.
    var question: UInt64 = 0
    var entry: UInt32 = 0
    /// -1 where no entry fits.
    var rank: Int32 = -1
  }

  private final class Memory: @unchecked Sendable {
    static let count = 2048
    let rows: UnsafeMutablePointer<Choice>

    init() {
      rows = .allocate(capacity: Self.count)
      rows.initialize(repeating: Choice(), count: Self.count)
    }

    deinit { rows.deallocate() }
  }

  private var memory = Memory()

  /// To be called before use: a copy has memory of its own.
  mutating func prepare() {
    if !isKnownUniquelyReferenced(&memory) { memory = Memory() }
  }

  @inline(__always)
  private func row(_ question: UInt64) -> UnsafeMutablePointer<Choice> {
    // The nodes of words that lists have in common stand close together; what is asked besides has few values.
    memory.rows + Int(truncatingIfNeeded: question ^ question &>> 11) & (Memory.count - 1)
  }

  /// Asks memory for what is known of the mention's node.
  @inline(__always)
  func expect(_ mention: Mention) { fk_prefetch(row(mention.question(mention.node))) }

  @inline(__always)
  func knows(_ question: UInt64) -> Bool { row(question).pointee.question == question }

  /// The choice for `question`, which is not 0; `find` finds those that are not known.
  @inline(__always)
  func choice(_ question: UInt64, _ find: () -> Choice) -> Choice {
    let row = row(question)
    if row.pointee.question == question { return row.pointee }
    var found = find()
    found.question = question
    row.pointee = found
    return found
  }
}

/// The mentions of an article, in text order, and which ones are one thing. Valid while its buffers are.
struct MentionGroup {
  let entities: UnsafeMutableBufferPointer<Entity>
  let mentions: UnsafeMutableBufferPointer<Mention>
  var count: Int { mentions.count }

  init(entities: UnsafeMutableBufferPointer<Entity>, mentions: UnsafeMutableBufferPointer<Mention>) {
    self.entities = entities
    self.mentions = mentions
    for i in 0..<mentions.count { mentions[i].parent = Int32(truncatingIfNeeded: i) }
  }

  func root(_ i: Int) -> Int {
    var i = i
    while Int(mentions[i].parent) != i {
      // Half the way is saved the next time: one name after the other may have been linked to the one before it.
      mentions[i].parent = mentions[Int(mentions[i].parent)].parent
      i = Int(mentions[i].parent)
    }
    return i
  }

  func unite(_ a: Int, _ b: Int) {
    let x = root(a)
    let y = root(b)
    if x != y { mentions[max(x, y)].parent = Int32(truncatingIfNeeded: min(x, y)) }
  }

  /// Whether the mention's group has a longer name already.
  func hasLonger(_ i: Int) -> Bool { mentions[root(i)].words > mentions[i].words }

  /// Joins a long form and its abbreviation, but for a unit of what the abbreviation stands for.
  func join(_ definition: Definition, unless isUnit: (_ long: Int, _ short: Int) -> Bool) {
    guard let (long, short) = mentions(of: definition), !isUnit(long, short) else { return }
    unite(long, short)
  }

  /// The mentions of a long form and its abbreviation, if both are names of one kind.
  func mentions(of definition: Definition) -> (long: Int, short: Int)? {
    let long = firstMention { $0.end >= definition.long.end }
    let short = firstMention { $0.start >= definition.short.start }
    guard long < count, short < count, mentions[long].end == definition.long.end,
      mentions[short].start == definition.short.start, mentions[long].label == mentions[short].label
    else { return nil }
    return (long, short)
  }

  /// How many mentions have the same words as mention `i`.
  func countEqual(_ i: Int) -> Int {
    mentions.reduce(0) { $1.key == mentions[i].key ? $0 + 1 : $0 }
  }

  /// Takes the mentions with the words of mention `i` out of the choice of the best name.
  func demote(_ i: Int) {
    for k in 0..<count where mentions[k].key == mentions[i].key { mentions[k].rank = 0 }
  }

  private func firstMention(where holds: (Mention) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(mentions[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
