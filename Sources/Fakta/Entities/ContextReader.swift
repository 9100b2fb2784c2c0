import CFaktaText

/// Reads the tokens of a document into what the tagger needs; a fixed function of lists and text.
struct ContextReader: Sendable {
  private let lexicon: Lexicon
  private let cues: CueTable
  /// The nodes of prepositions after which a place stands.
  private let placePrepositions: [UInt32]
  /// Small words that stand inside names (`Energi dan Sumber Daya`, `Bank of America`).
  private let connectors: WordMarks

  init(lexicon: Lexicon, cues: CueTable) {
    self.lexicon = lexicon
    self.cues = cues
    connectors = WordMarks(lexicon: lexicon, ["name-connector"])
    var nodes: [UInt32] = []
    let roles = ["at", "to", "from", "until"]
    ListRows.forEach(of: "prepositions", columns: ["form", "role", "sense"], in: lexicon) { row in
      guard !row.bytes(0).contains(0x20), roles.contains(row.text(1)), row.text(2).parts(" ").contains("place")
      else { return }
      let id = lexicon.wordID(row.text(0))
      guard id != 0 else { return }
      let node = lexicon.base.state(of: [id])
      if node != 0 { nodes.append(node) }
      let added = lexicon.user.map { $0.tree.step(1, id) >> TreeBits.shift } ?? 0
      if added != 0 { nodes.append(added | Lexicon.userBit) }
    }
    placePrepositions = nodes
  }

  /// Fills `info`, which has a place for each token, and the list hits of `memory`, whose number it returns.
  func read(
    _ document: borrowing Document, _ columns: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>,
    _ memory: ContextMemory, _ nodes: NodeTable, _ marks: inout ContextMarks, _ sportWords: inout Int
  ) -> Int {
    var tokens = columns
    tokens.passageGap = hasLineEnds(tokens) ? TokenGap.line : TokenGap.paragraph
    let counts = fillForms(tokens, info, memory.gated, memory.special, &marks)
    var open = counts.open
    if markCaselessPassages(tokens, info, counts) { open = Self.listOpen(tokens.count, info, memory.gated) }
    let hits = fillMatches(document, tokens, info, memory, nodes, &marks, &sportWords)
    fillGate(document, tokens, info, UnsafeBufferPointer(start: memory.gated, count: open), memory, marks)
    return hits
  }

  // MARK: Forms and passages

  private func hasLineEnds(_ tokens: TokenColumns) -> Bool {
    // Most texts have paragraphs only.
    var found = FkBytes(repeating: 0)
    var first = 0
    // The columns have room for whole rows.
    while first < tokens.count {
      found |= fk_between(fk_load_bytes(tokens.gap + first), TokenGap.line, TokenGap.line)
      first &+= 16
    }
    if fk_bits(found) == 0 { return true }
    var lines = 0
    var closed = 0
    for i in 1..<max(1, tokens.count) where tokens.gap[i] == TokenGap.line {
      lines += 1
      if tokens.kind[i - 1] != TokenKind.word && tokens.kind[i - 1] != TokenKind.comma { closed += 1 }
    }
    return closed * 2 >= lines
  }

  /// How many words are written how.
  private struct FormCounts {
    var words = 0
    var small = 0
    /// Words in capitals of five letters or more.
    var longCaps = 0
    /// Tokens that `WordForm.isOpen`.
    var open = 0
  }

  /// Sixteen tokens at a time, and without branches where a token's kind or form would decide them: text is no pattern that a
  /// processor can learn.
  ///
  /// - Parameters:
  ///   - open: Gets the tokens where a name can stand; room for one more than there are tokens.
  ///   - special: For the tokens that are looked at a second time; the same room.
  @inline(never)
  private func fillForms(
    _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>, _ open: UnsafeMutablePointer<Int32>,
    _ special: UnsafeMutablePointer<Int32>, _ marks: inout ContextMarks
  ) -> FormCounts {
    let rows = info.baseAddress.unsafelyUnwrapped
    let (kinds, shapes, ids, gaps) = (tokens.kind, tokens.shape, tokens.id, tokens.gap)
    var counts = FormCounts()
    var found = 0
    // Whether the token before is a word: after a word there is no beginning.
    var last: UInt32 = 1
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 48) { bytes in
      let bytes = bytes.baseAddress.unsafelyUnwrapped
      var first = 0
      while first < tokens.count {
        // The columns have room for whole rows.
        let (kind, shape) = (fk_load_bytes(kinds + first), fk_load_bytes(shapes + first))
        let isWord = fk_between(kind, TokenKind.word, TokenKind.word)
        let form =
          isWord & WordForm.of(shapes: shape) | fk_between(kind, TokenKind.number, TokenKind.number) & WordForm.digits
        let isPassage = fk_between(fk_load_bytes(gaps + first), tokens.passageGap, .max)
        fk_store_bytes(bytes, form)
        fk_store_bytes(bytes + 16, isPassage & 2)
        fk_store_bytes(bytes + 32, isWord & shape & TokenShape.nonASCII)
        if first == 0 { bytes[16] = 2 }
        let count = min(16, tokens.count &- first)
        for k in 0..<count {
          let i = first &+ k
          rows[i] = TokenInfo(
            id: ids[i], form: bytes[k], begin: bytes[16 &+ k], kind: kinds[i], hasNonASCII: bytes[32 &+ k])
        }
        let all: UInt32 = (1 << UInt32(count)) &- 1
        let words = fk_bits(isWord)
        counts.words &+= (words & all).nonzeroBitCount
        counts.small &+= (fk_bits(fk_between(form, WordForm.small, WordForm.small)) & all).nonzeroBitCount
        var bits = fk_bits(fk_between(form, WordForm.allCaps, WordForm.allCaps)) & all
        while bits != 0 {
          counts.longCaps &+= (tokens.length(first &+ bits.trailingZeroBitCount) >= 5).number
          bits &= bits &- 1
        }
        bits = fk_bits(fk_between(form, WordForm.small + 1, .max)) & all
        while bits != 0 {
          open[counts.open] = Int32(truncatingIfNeeded: first &+ bits.trailingZeroBitCount)
          counts.open &+= 1
          bits &= bits &- 1
        }
        let behindMark = words & ~(words << 1 | last) & ~fk_bits(isPassage)
        bits = (behindMark | fk_bits(Self.isNoted(kind))) & all
        while bits != 0 {
          special[found] = Int32(truncatingIfNeeded: first &+ bits.trailingZeroBitCount)
          found &+= 1
          bits &= bits &- 1
        }
        last = words >> 15 & 1
        first &+= 16
      }
    }
    for k in 0..<found {
      let i = Int(special[k])
      let kind = kinds[i]
      if kind == TokenKind.word {
        rows[i].begin = beginningAfterMark(i, tokens, info)
      } else {
        note(kind, i, tokens, &marks)
      }
    }
    return counts
  }

  /// All ones where `note` looks at a token of this kind.
  @inline(__always)
  private static func isNoted(_ kind: FkBytes) -> FkBytes {
    fk_between(kind, TokenKind.openParen, TokenKind.openParen) | fk_between(kind, TokenKind.period, TokenKind.period)
      | fk_between(kind, TokenKind.colon, TokenKind.colon) | fk_between(kind, TokenKind.at, TokenKind.at)
      | fk_between(kind, TokenKind.hash, TokenKind.hash)
  }

  /// Lists the tokens where a name can stand.
  private static func listOpen(
    _ count: Int, _ info: UnsafeMutableBufferPointer<TokenInfo>, _ open: UnsafeMutablePointer<Int32>
  ) -> Int {
    var used = 0
    for i in 0..<count {
      open[used] = Int32(truncatingIfNeeded: i)
      used += WordForm.isOpen(info[i].form).number
    }
    return used
  }

  /// Lists a mark at which a rule begins.
  @inline(__always)
  private func note(_ kind: UInt8, _ i: Int, _ tokens: TokenColumns, _ marks: inout ContextMarks) {
    switch kind {
    case TokenKind.openParen: marks.brackets.append(Int32(truncatingIfNeeded: i))
    case TokenKind.period:
      if tokens.gap[i] == TokenGap.none, i > 0, i + 1 < tokens.count, tokens.gap[i + 1] == TokenGap.none,
        tokens.kind[i + 1] == TokenKind.word
      {
        marks.dots.append(Int32(truncatingIfNeeded: i))
      }
    case TokenKind.colon, TokenKind.at, TokenKind.hash: marks.addresses.append(Int32(truncatingIfNeeded: i))
    default: break
    }
  }

  /// Whether tokens `i - 1` and `i` stand in different passages.
  @inline(__always)
  private func isPassageStart(_ i: Int, _ tokens: TokenColumns) -> Bool { tokens.gap[i] >= tokens.passageGap }

  private func beginningAfterMark(_ i: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>)
    -> UInt8
  {
    var last = i - 1
    // A few marks are enough: a run of thousands of quotes is no sentence.
    while last >= 0, last + 6 > i, tokens.kind[last] >= TokenKind.openParen,
      tokens.kind[last] <= TokenKind.closeSingleQuote
    {
      if info[last].begin == 2 { return 1 }
      last -= 1
    }
    if last < 0 { return 1 }
    let kind = tokens.kind[last]
    if kind == TokenKind.question || kind == TokenKind.exclamation || kind == TokenKind.ellipsis { return 1 }
    if kind == TokenKind.period, last == i - 1, tokens.gap[i] == TokenGap.none {
      return isLostSpace(i, tokens, info) ? 1 : 0
    }
    guard kind == TokenKind.period, tokens.gap[last + 1] != TokenGap.none else {
      // A quotation opens a sentence of its own.
      return last < i - 1 && (kind == TokenKind.comma || kind == TokenKind.colon) ? 1 : 0
    }
    // A small letter begins no sentence.
    return info[i].form == WordForm.small || isTitleDot(last, tokens, info) ? 0 : 1
  }

  /// `Prof.`, `Jl.`, `dr.`, `B.`, `Md.`: the dot of an abbreviation before or in a name; `PBB.` ends a sentence.
  private func isTitleDot(_ dot: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>) -> Bool {
    guard dot > 0, tokens.kind[dot - 1] == TokenKind.word, tokens.gap[dot] == TokenGap.none, tokens.length(dot - 1) <= 5
    else { return false }
    let form = info[dot - 1].form
    if form == WordForm.initial || form == WordForm.capital && tokens.length(dot - 1) <= 2 { return true }
    let found = cues.cues(lexicon.classes(ofWord: tokens.id[dot - 1]))
    return !found.isDisjoint(with: [.honorific, .rank, .degree, .placeHead, .orgHead])
      && found.isDisjoint(with: [.preposition, .functionWord])
  }

  /// `PT PAL.Targetnya`: a full stop whose space is lost, no abbreviation and no domain.
  private func isLostSpace(_ i: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>) -> Bool {
    guard info[i].form == WordForm.capital, i > 1, tokens.kind[i - 2] == TokenKind.word, tokens.length(i - 2) >= 3
    else { return false }
    return cues.cues(lexicon.classes(ofWord: tokens.id[i - 2])).isDisjoint(with: [
      .honorific, .rank, .degree, .placeHead, .orgHead,
    ])
  }

  /// Finds passages that are written without capitals or with nothing else, where case says nothing; false for none.
  private func markCaselessPassages(
    _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>, _ counts: FormCounts
  ) -> Bool {
    let n = tokens.count
    let isSmall = counts.words >= 4 && (counts.words - counts.small) * 60 < counts.words
    guard isSmall || counts.longCaps >= 2 else { return false }
    var start = 0
    while start < n {
      var end = start + 1
      while end < n, !isPassageStart(end, tokens) { end += 1 }
      if isSmall || Self.isAllCaps(start, end, tokens, info) {
        for i in start..<end {
          info[i].isCaseless = 1
          if tokens.kind[i] == TokenKind.word { info[i].form = WordForm.caseless }
        }
      }
      start = end
    }
    return true
  }

  private static func isAllCaps(
    _ start: Int, _ end: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>
  ) -> Bool {
    var words = 0
    var caps = 0
    var long = 0
    for i in start..<end where tokens.kind[i] == TokenKind.word {
      words += 1
      if info[i].form == WordForm.allCaps || info[i].form == WordForm.initial { caps += 1 }
      if info[i].form == WordForm.allCaps, tokens.length(i) >= 5 { long += 1 }
    }
    return words >= 3 && long >= 2 && caps * 10 >= words * 9
  }

  // MARK: Lists

  private func fillMatches(
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
  private static let lookAhead = 20

  /// Adds the cues of all matches to the tokens.
  ///
  /// - Parameter names: For the matches at which a name may stand; room for all.
  /// - Returns: The matches at which one may.
  @inline(never)
  private func fillCues(
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
  private func fillNames(
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
  private static func keep(
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
  private func learn(_ state: UInt32, _ nodes: NodeTable) {
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
  private func learnSmall(_ state: UInt32, _ facts: NodeFacts, _ nodes: NodeTable) -> Bool {
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
  private static func add(
    _ label: EntityLabel, _ flags: NameFlags, _ labels: inout UInt8, _ sure: inout UInt8, _ bare: inout UInt8
  ) {
    let bit: UInt8 = 1 << label.rawValue
    labels |= bit
    if flags.isDisjoint(with: [.needsCue, .commonWord, .personPart, .ambiguous]) { sure |= bit }
    if !flags.contains(.needsCue) { bare |= bit }
  }

  /// Whether the user's list takes the name away.
  private func isRemoved(_ state: UInt32) -> Bool {
    var removed = false
    lexicon.forEachListing(at: state) { listing in
      removed = listing.flags.contains(.removed)
      return !removed
    }
    return removed
  }

  private static func mark(
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

  private static func hasSmallInside(_ hit: NameHit, _ info: UnsafeMutableBufferPointer<TokenInfo>) -> Bool {
    guard hit.end - hit.start > 2 else { return false }
    for k in Int(hit.start) + 1..<Int(hit.end) - 1 where info[k].form == WordForm.small { return true }
    return false
  }

  /// What the listings at the end of `match` allow; without labels when none fits how the text writes it.
  @inline(__always)
  private func nameHit(
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
  private func addKnown(
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
  private func addWritten(_ hit: inout NameHit, _ document: borrowing Document, isSmall: Bool, isCased: Bool) {
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

  private static func equals(
    _ form: UnsafeBufferPointer<UInt8>, _ document: borrowing Document, _ start: Int, _ end: Int
  ) -> Bool {
    let from = Int(document.tokens.start[start])
    let to = Int(document.tokens.end[end - 1])
    guard to - from == form.count else { return false }
    for k in 0..<form.count where document.bytes[from + k] != form[k] { return false }
    return true
  }

  // MARK: Where to look

  /// Nothing here branches on how a word is written, which nobody can foretell.
  private func fillGate(
    _ document: borrowing Document, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>,
    _ open: UnsafeBufferPointer<Int32>, _ memory: ContextMemory, _ marks: ContextMarks
  ) {
    let n = tokens.count
    let rows = info.baseAddress.unsafelyUnwrapped
    Self.fillRuns(tokens, rows, open, linked: memory.special)
    let places = marks.small.isEmpty ? open : Self.merge(open, marks.small, memory.special)
    let (wordCase, wordSets) = (lexicon.base.wordCase, lexicon.base.wordSet.base)
    var last = -10
    for place in places {
      let i = Int(place)
      let row = rows + i
      let form = row.pointee.form
      // Evidence asks what words of names are (`WordMarks`).
      if let wordSets { fk_prefetch(wordSets + Int(row.pointee.id)) }
      let nextForm = i &+ 1 < n ? rows[i &+ 1].form : WordForm.small
      // The first word of a sentence that is nearly never written with a capital inside one, alone.
      let mayBeOrdinary =
        (row.pointee.begin != 0).number & (form == WordForm.capital).number & (row.pointee.hit == 0).number
        & (nextForm == WordForm.small).number
      let isOrdinary = mayBeOrdinary & (wordCase[mayBeOrdinary != 0 ? row.pointee.id : 0] == 1).number
      let isName =
        (Int(WordForm.namesOrCaseless &>> (form & 7)) | Int(row.pointee.gate)) & 1 & (isOrdinary ^ 1)
      let nextIsName = i &+ 1 < n ? Int(WordForm.names &>> (nextForm & 7)) & 1 : 0
      let isNumber = (form == WordForm.digits).number & ((last == i &- 1).number | nextIsName)
      row.pointee.gate |= UInt8(truncatingIfNeeded: isName | isNumber)
      // Marks and one or two small words between names.
      if isName & (i &- last > 1).number & (i &- last <= 3).number != 0, canBridge(last + 1, i, tokens, info) {
        for k in last + 1..<i { info[k].gate = 1 }
      }
      last = isName | isNumber != 0 ? i : last
    }
    Self.closeAddresses(tokens, info, marks.addresses)
    guard !document.includesBoilerplate else { return }
    for region in document.regions where region.kind == .boilerplate {
      for i in region.span.range where i < n { info[i].gate = 0 }
    }
  }

  /// Both lists in order, what is in both once.
  private static func merge(
    _ open: UnsafeBufferPointer<Int32>, _ small: [Int32], _ out: UnsafeMutablePointer<Int32>
  ) -> UnsafeBufferPointer<Int32> {
    var (k, s, used) = (0, 0, 0)
    while k < open.count || s < small.count {
      let named = s < small.count ? small[s] : .max
      let next = k < open.count ? open[k] : .max
      k += (next <= named).number
      s += (named <= next).number
      out[used] = min(next, named)
      used += 1
    }
    return UnsafeBufferPointer(start: out, count: used)
  }

  /// Addresses of the web are no text. They begin at one of `marks`.
  private static func closeAddresses(
    _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>, _ marks: [Int32]
  ) {
    var done = 0
    for mark in marks {
      let i = Int(mark)
      guard i >= done, i + 2 < tokens.count else { continue }
      let kind = tokens.kind[i]
      let isAddress =
        kind == TokenKind.colon && tokens.kind[i + 1] == TokenKind.slash && tokens.kind[i + 2] == TokenKind.slash
      let isHandle = kind != TokenKind.colon && tokens.gap[i + 1] == TokenGap.none
      guard isAddress || isHandle else { continue }
      var end = i + 1
      while end < tokens.count, tokens.gap[end] == TokenGap.none { end += 1 }
      for k in max(0, i - 1)..<end { info[k].gate = 0 }
      done = end
    }
  }

  private func canBridge(_ from: Int, _ to: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>)
    -> Bool
  {
    for k in from...to where isPassageStart(k, tokens) { return false }
    for k in from..<to {
      switch tokens.kind[k] {
      case TokenKind.comma, TokenKind.semicolon, TokenKind.colon, TokenKind.question, TokenKind.exclamation,
        TokenKind.dash,
        TokenKind.quote, TokenKind.openQuote, TokenKind.closeQuote, TokenKind.ellipsis:
        return false
      case TokenKind.word:
        guard connectors.has(0, tokens.id[k]) || isTitleInside(k, from, info) else {
          return false
        }
      case TokenKind.openParen, TokenKind.closeParen:
        // Only `(Persero)` and the like stand inside a name.
        guard to - from == 1, isSuffixInParens(k, tokens, info) else { return false }
      default: break
      }
    }
    return true
  }

  /// `RSUD dr Sutomo`: a title right behind the designator of a building.
  private func isTitleInside(_ k: Int, _ from: Int, _ info: UnsafeMutableBufferPointer<TokenInfo>) -> Bool {
    k == from && k > 0 && info[k - 1].form == WordForm.allCaps && info[k - 1].ends.contains(.placeHead)
      && info[k].ends.contains(.honorific)
  }

  /// Whether the bracket at `k` holds a corporate form.
  private func isSuffixInParens(_ k: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>) -> Bool
  {
    let word = tokens.kind[k] == TokenKind.openParen ? k + 1 : k - 1
    guard word > 0, word + 1 < tokens.count, tokens.kind[word - 1] == TokenKind.openParen,
      tokens.kind[word + 1] == TokenKind.closeParen
    else { return false }
    return info[word].ends.contains(.orgSuffix) && tokens.length(word) > 3
  }

  /// Marks the capitalised runs: names that stand side by side in a sentence, or with a mark without white space between.
  ///
  /// - Parameter linked: For whether a token goes on with the run before it; room for all of `open`.
  private static func fillRuns(
    _ tokens: TokenColumns, _ rows: UnsafeMutablePointer<TokenInfo>, _ open: UnsafeBufferPointer<Int32>,
    linked: UnsafeMutablePointer<Int32>
  ) {
    var last: Int32 = -10
    var start: Int32 = 0
    for k in open.indices {
      let place = open[k]
      let i = Int(place)
      let isName = Int(WordForm.names &>> (rows[i].form & 7)) & 1
      var isLinked = isName & (last == place &- 1).number & (rows[i].begin == 0).number
      if isName & (last == place &- 2).number != 0, goesOn(past: i - 1, tokens, rows) {
        rows[i - 1].runStart = start
        isLinked = 1
      }
      linked[k] = Int32(truncatingIfNeeded: isLinked)
      start = isLinked != 0 ? start : place
      rows[i].runStart = isName != 0 ? start : 0
      last = isName != 0 ? place : last
    }
    // Backwards, since only the last one of a run knows where it ends.
    var end: Int32 = 0
    var isLinked: Int32 = 0
    var k = open.count
    last = -10
    while k > 0 {
      k &-= 1
      let place = open[k]
      let i = Int(place)
      let isName = Int(WordForm.names &>> (rows[i].form & 7)) & 1
      end = isLinked != 0 ? end : place &+ 1
      if isLinked != 0, last == place &+ 2 { rows[i + 1].runEnd = end }
      rows[i].runEnd = isName != 0 ? end : 0
      isLinked = linked[k]
      last = place
    }
  }

  /// Whether a run that ends before the mark at `end` goes on behind it, where a name stands.
  @inline(__always)
  private static func goesOn(
    past end: Int, _ tokens: TokenColumns, _ rows: UnsafeMutablePointer<TokenInfo>
  ) -> Bool {
    guard rows[end].begin == 0, tokens.kind[end] >= TokenKind.period, rows[end + 1].begin != 2 else { return false }
    switch tokens.kind[end] {
    case TokenKind.ampersand: return true
    case TokenKind.hyphen, TokenKind.apostrophe, TokenKind.closeSingleQuote:
      return tokens.gap[end] == TokenGap.none && tokens.gap[end + 1] == TokenGap.none
    case TokenKind.period: return rows[end + 1].begin == 0
    default: return false
    }
  }
}
