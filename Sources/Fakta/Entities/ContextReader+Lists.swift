import CFaktaText

// What the lists say of tokens: cues and names.

extension ContextReader {
  func fillMatches(
    _ document: borrowing Document, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>,
    _ memory: ContextMemory, _ nodes: NodeTable, _ marks: inout ContextMarks, _ sportWords: inout Int
  ) -> Int {
    memory.reserve(matches: document.matches.count)
    var hitCount = 0
    document.matches.withUnsafeBufferPointer { matches in
      let rows = info.baseAddress.unsafelyUnwrapped
      let names = fillCues(matches, tokens.count, rows, memory.names, nodes, &sportWords)
      hitCount = fillNames(matches, names, document, tokens.count, info, memory.hits, nodes, &marks)
    }
    return hitCount
  }

  /// How many matches ahead what is known of a node is asked for: by then memory has answered.
  static let lookAhead = 20

  /// Adds the cues of all matches to the tokens.
  ///
  /// - Parameter names: For the matches at which a name may stand; room for all.
  /// - Returns: The matches at which one may.
  @inline(never)
  func fillCues(
    _ matches: UnsafeBufferPointer<Match>, _ count: Int, _ rows: UnsafeMutablePointer<TokenInfo>,
    _ names: UnsafeMutablePointer<Int32>, _ nodes: NodeTable, _ sportWords: inout Int
  ) -> UnsafeBufferPointer<Int32> {
    let (places, numbers, kinds) = (nodes.places, nodes.numbers, nodes.kinds)
    var sport = 0
    var used = 0
    let last = matches.count &- 1
    for m in 0..<min(matches.count, Self.lookAhead) { fk_prefetch(numbers + places.near(matches[m].state)) }
    for m in 0..<matches.count {
      fk_prefetch(numbers + places.near(matches[min(last, m &+ Self.lookAhead)].state))
      let match = matches[m]
      let (i, end) = (Int(match.start), Int(match.end))
      // As numbers without a sign, so that what is negative lies beyond all.
      guard UInt(bitPattern: i) < UInt(bitPattern: end), UInt(bitPattern: end) <= UInt(bitPattern: count) else {
        continue
      }
      let node = places.of(match.state)
      if numbers[node] == 0 { learn(match.state, nodes) }
      let facts = kinds[Int(numbers[node])]
      // Letters with dots between them are no preposition.
      let single = end == i &+ 1 ? CueSet.placePreposition.rawValue : 0
      let found = facts.cues & (~(CueTable.nameBit | CueSet.placePreposition.rawValue) | single)
      sport &+= (found & CueSet.sport.rawValue != 0).number
      // Most often without anything to add, which costs less than to ask.
      rows[i].starts.rawValue |= found
      rows[end &- 1].ends.rawValue |= found
      // A word in small letters is rarely a name: what the lists write with a capital is none.
      let canBeName = (rows[i].form != WordForm.small).number | Int(facts.flags &>> 1) & 1
      names[used] = Int32(truncatingIfNeeded: m)
      used &+= canBeName & Int(facts.cues &>> 31) | Int(match.state &>> 31)
    }
    sportWords = sport
    return UnsafeBufferPointer(start: names, count: used)
  }

  /// Finds the list hits among the matches at which a name may stand, or at which the user takes one away.
  @inline(never)
  func fillNames(
    _ matches: UnsafeBufferPointer<Match>, _ names: UnsafeBufferPointer<Int32>, _ document: borrowing Document,
    _ count: Int, _ info: UnsafeMutableBufferPointer<TokenInfo>, _ hits: UnsafeMutablePointer<NameHit>,
    _ nodes: NodeTable, _ marks: inout ContextMarks
  ) -> Int {
    let (places, numbers, kinds) = (nodes.places, nodes.numbers, nodes.kinds)
    var hitCount = 0
    let none = NameHit(start: -1, end: -1, state: 0, labels: 0, sure: 0, bare: 0)
    var covered: Int32 = 0
    var best = none
    // What the user takes away at the start of `best`.
    var removed = (start: Int32(-1), end: Int32(-1))
    for m in names {
      let match = matches[Int(m)]
      if best.labels != 0, best.start != match.start {
        Self.keep(best, removed, count, &covered, hits, &hitCount, info, &marks)
        best = none
      }
      let node = places.of(match.state)
      if numbers[node] == 0 { learn(match.state, nodes) }
      let facts = kinds[Int(numbers[node])]
      let canBeName =
        info[Int(match.start)].form != WordForm.small || facts.flags & NodeFacts.canBeSmall != 0
      if canBeName, facts.cues & CueTable.nameBit != 0 {
        let hit = nameHit(match, facts, nodes, document, info)
        // Of two lists' hits on the same words the user's counts.
        if hit.labels != 0, best.end != hit.end || hit.isUser { best = hit }
      }
      if match.state & Lexicon.userBit != 0, isRemoved(match.state) { removed = (match.start, match.end) }
    }
    if best.labels != 0 { Self.keep(best, removed, count, &covered, hits, &hitCount, info, &marks) }
    return hitCount
  }

  /// Notes the longest hit at a token, unless it begins inside another one, which is leftmost, or the user takes it away.
  @inline(__always)
  static func keep(
    _ best: NameHit, _ removed: (start: Int32, end: Int32), _ count: Int, _ covered: inout Int32,
    _ hits: UnsafeMutablePointer<NameHit>, _ hitCount: inout Int, _ info: UnsafeMutableBufferPointer<TokenInfo>,
    _ marks: inout ContextMarks
  ) {
    guard best.start >= covered, best.isUser || best.start != removed.start || best.end != removed.end,
      hitCount < count
    else { return }
    covered = best.end
    hits[hitCount] = best
    mark(best, hitCount, info, &marks)
    hitCount += 1
  }

  /// Learns what is said at a node of the tree: walking its listings each time would cost more than all else here.
  @inline(never)
  func learn(_ state: UInt32, _ nodes: NodeTable) {
    var facts = NodeFacts()
    if state & Lexicon.userBit == 0 {
      facts.cues = cues.packed(set: Int(lexicon.base.stateSet[state]))
    } else {
      let classes = lexicon.classes(at: state)
      facts.cues = cues.cues(classes).rawValue | (classes.low & 7 != 0 ? CueTable.nameBit : 0)
    }
    if facts.cues & CueSet.preposition.rawValue != 0, placePrepositions.contains(state) {
      facts.cues |= CueSet.placePreposition.rawValue
    }
    lexicon.forEachListing(at: state) { listing in
      let label = lexicon.label(of: listing.entry)
      guard label != .none, !listing.flags.contains(.removed) else { return true }
      if !listing.flags.contains(.commonWord) { facts.flags |= NodeFacts.canBeSmall }
      if listing.flags.contains(.exactCase) {
        facts.flags |= NodeFacts.isExact
      } else {
        Self.add(label, listing.flags, &facts.labels, &facts.sure, &facts.bare)
      }
      return true
    }
    nodes.set(state, facts)
  }

  /// Looks at how the lists write a name, when the first text writes it small; whether one writes it so.
  @inline(never)
  func learnSmall(_ state: UInt32, _ facts: NodeFacts, _ nodes: NodeTable) -> Bool {
    var canBeSmall = false
    lexicon.forEachListing(at: state) { listing in
      guard lexicon.label(of: listing.entry) != .none, !listing.flags.contains(.removed),
        !listing.flags.contains(.commonWord), let first = lexicon.formBytes(of: listing).first, first >= 0x61
      else { return true }
      canBeSmall = true
      return false
    }
    var facts = facts
    if !canBeSmall { facts.flags &= ~NodeFacts.canBeSmall }
    facts.flags |= NodeFacts.isSmallKnown
    nodes.set(state, facts)
    return canBeSmall
  }

  /// Adds what a listing allows.
  @inline(__always)
  static func add(
    _ label: EntityLabel, _ flags: NameFlags, _ labels: inout UInt8, _ sure: inout UInt8, _ bare: inout UInt8
  ) {
    let bit: UInt8 = 1 << label.rawValue
    labels |= bit
    if flags.isDisjoint(with: [.needsCue, .commonWord, .personPart, .ambiguous]) { sure |= bit }
    if !flags.contains(.needsCue) { bare |= bit }
  }

  /// Whether the user's list takes the name away.
  func isRemoved(_ state: UInt32) -> Bool {
    var removed = false
    lexicon.forEachListing(at: state) { listing in
      removed = listing.flags.contains(.removed)
      return !removed
    }
    return removed
  }

  static func mark(
    _ hit: NameHit, _ index: Int, _ info: UnsafeMutableBufferPointer<TokenInfo>, _ marks: inout ContextMarks
  ) {
    let strength: UInt8 = hit.sure != 0 ? 2 : hit.bare != 0 ? 1 : 0
    let last = Int(hit.end) - 1
    // A word in small letters that a listed name has in the middle ("30 Seconds to Mars") is looked at like the others.
    let isSmall = info[Int(hit.start)].form == WordForm.small || hit.sure != 0 && hasSmallInside(hit, info)
    for k in Int(hit.start)...last {
      let place: UInt8 = hit.start == hit.end - 1 ? 3 : k == Int(hit.start) ? 0 : k == last ? 2 : 1
      info[k].hit = 0x80 | (hit.labels >> 1) | strength << 3 | place << 5
      info[k].hitIndex = Int32(truncatingIfNeeded: index)
      if isSmall {
        info[k].gate = 1
        marks.small.append(Int32(truncatingIfNeeded: k))
      }
    }
  }

  static func hasSmallInside(_ hit: NameHit, _ info: UnsafeMutableBufferPointer<TokenInfo>) -> Bool {
    guard hit.end - hit.start > 2 else { return false }
    for k in Int(hit.start) + 1..<Int(hit.end) - 1 where info[k].form == WordForm.small { return true }
    return false
  }

  /// What the listings at the end of `match` allow; without labels when none fits how the text writes it.
  @inline(__always)
  func nameHit(
    _ match: Match, _ facts: NodeFacts, _ nodes: NodeTable, _ document: borrowing Document,
    _ info: UnsafeMutableBufferPointer<TokenInfo>
  ) -> NameHit {
    var hit = NameHit(start: match.start, end: match.end, state: match.state, labels: 0, sure: 0, bare: 0)
    let form = info[Int(match.start)].form
    if form == WordForm.small {
      // `detikcom`: a name that its list writes small.
      let isKnown = facts.flags & NodeFacts.isSmallKnown != 0
      let canBeSmall = isKnown ? facts.flags & NodeFacts.canBeSmall != 0 : learnSmall(match.state, facts, nodes)
      if canBeSmall { addKnown(&hit, document, nodes, isSmall: true, isCased: true) }
      return hit
    }
    let isCased = form != WordForm.caseless
    // A name begins and ends with a capital or a digit (`Densus 88`), but for a syllable behind a hyphen (`Moon Jae-in`).
    if isCased {
      let last = Int(match.end) - 1
      guard WordForm.isName(form) || form == WordForm.digits,
        info[last].form != WordForm.small || last > Int(match.start) && info[last - 1].kind == TokenKind.hyphen
      else {
        return hit
      }
    }
    if facts.flags & NodeFacts.isExact != 0 {
      addKnown(&hit, document, nodes, isSmall: false, isCased: isCased)
    } else {
      hit.labels = facts.labels
      hit.sure = facts.sure
      hit.bare = facts.bare
    }
    return hit
  }

  /// The same as `addWritten`, which is asked once for names that come again and again.
  func addKnown(
    _ hit: inout NameHit, _ document: borrowing Document, _ nodes: NodeTable, isSmall: Bool, isCased: Bool
  ) {
    let start = Int(document.tokens.start[Int(hit.start)])
    let end = Int(document.tokens.end[Int(hit.end) - 1])
    let key = document.bytes.withUnsafeBufferPointer { text in
      var key = UInt64(hit.state) << 2 | (isSmall ? 2 : 0) | (isCased ? 1 : 0)
      var at = start
      while at < end {
        key = WordHash.mix(key ^ fk_load_part(text.baseAddress.unsafelyUnwrapped + at, Int64(min(8, end - at)))) ^ key
        at += 8
      }
      return key | 1
    }
    let known = nodes.written(key)
    if known.pointee.key != key {
      var found = NameHit(start: hit.start, end: hit.end, state: hit.state, labels: 0, sure: 0, bare: 0)
      addWritten(&found, document, isSmall: isSmall, isCased: isCased)
      known.pointee = NodeTable.Written(key: key, labels: found.labels, sure: found.sure, bare: found.bare)
    }
    hit.labels |= known.pointee.labels
    hit.sure |= known.pointee.sure
    hit.bare |= known.pointee.bare
  }

  /// Adds to `hit` the listings that fit how the text writes it.
  @inline(never)
  func addWritten(_ hit: inout NameHit, _ document: borrowing Document, isSmall: Bool, isCased: Bool) {
    let start = Int(hit.start)
    let end = Int(hit.end)
    lexicon.forEachListing(at: hit.state) { listing in
      let label = lexicon.label(of: listing.entry)
      guard label != .none else { return true }
      let flags = listing.flags
      guard !flags.contains(.removed) else { return true }
      if isSmall {
        let bytes = lexicon.formBytes(of: listing)
        guard let first = bytes.first, first >= 0x61, !flags.contains(.commonWord),
          Self.equals(bytes, document, start, end)
        else { return true }
      }
      if flags.contains(.exactCase) {
        if !isCased {
          if flags.contains(.commonWord) { return true }
        } else if !Self.equals(lexicon.formBytes(of: listing), document, start, end) {
          return true
        }
      }
      Self.add(label, flags, &hit.labels, &hit.sure, &hit.bare)
      return true
    }
  }

  static func equals(
    _ form: UnsafeBufferPointer<UInt8>, _ document: borrowing Document, _ start: Int, _ end: Int
  ) -> Bool {
    let from = Int(document.tokens.start[start])
    let to = Int(document.tokens.end[end - 1])
    guard to - from == form.count else { return false }
    for k in 0..<form.count where document.bytes[from + k] != form[k] { return false }
    return true
  }
}
