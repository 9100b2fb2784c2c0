/// Reads the tokens of a document into what the tagger needs; a fixed function of lists and text.
struct ContextReader: Sendable {
  private let lexicon: Lexicon
  private let cues: CueTable
  private let placePrepositions: [UInt32]
  /// Small words that stand inside names (`Energi dan Sumber Daya`, `Bank of America`).
  private let connector: ClassSet

  init(lexicon: Lexicon, cues: CueTable) {
    self.lexicon = lexicon
    self.cues = cues
    connector = lexicon.wordClass("name-connector")
    var words: [UInt32] = []
    for row in lexicon.rows(table: "prepositions") {
      let form = lexicon.cell(row, "form")
      let roles = ["at", "to", "from", "until"]
      guard !form.utf8.contains(0x20), roles.contains(lexicon.cell(row, "role")),
        lexicon.cell(row, "sense").split(separator: " ").contains("place")
      else { continue }
      let id = lexicon.wordID(form)
      if id != 0 { words.append(id) }
    }
    placePrepositions = words
  }

  /// Fills `info`, which has a place for each token, and appends the list hits.
  func read(
    _ document: borrowing Document, _ columns: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>,
    _ hits: inout [NameHit],
    _ sportWords: inout Int
  ) {
    var tokens = columns
    tokens.lineEnds = hasLineEnds(tokens)
    fillForms(tokens, info)
    markCaselessPassages(tokens, info)
    fillMatches(document, tokens, info, &hits, &sportWords)
    fillGate(document, tokens, info)
  }

  // MARK: Forms and passages

  private func hasLineEnds(_ tokens: TokenColumns) -> Bool {
    var lines = 0
    var closed = 0
    for i in 1..<max(1, tokens.count) where tokens.gap[i] == TokenGap.line {
      lines += 1
      if tokens.kind[i - 1] != TokenKind.word && tokens.kind[i - 1] != TokenKind.comma { closed += 1 }
    }
    return closed * 2 >= lines
  }

  private func fillForms(_ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>) {
    for i in 0..<tokens.count {
      var item = TokenInfo()
      let kind = tokens.kind[i]
      let hash = tokens.hash[i]
      item.kind = kind
      item.id = tokens.id[i]
      item.word = hash != 0 ? hash : UInt64(kind) | 0x100
      if kind == TokenKind.word {
        item.form = WordForm.of(shape: tokens.shape[i])
        item.hasNonASCII = tokens.shape[i] & TokenShape.nonASCII
      } else if kind == TokenKind.number {
        item.form = WordForm.digits
      }
      info[i] = item
      info[i].begin = beginning(i, tokens, info)
    }
  }

  /// Whether tokens `i - 1` and `i` stand in different passages.
  @inline(__always)
  private func isPassageStart(_ i: Int, _ tokens: TokenColumns) -> Bool {
    tokens.gap[i] == TokenGap.paragraph || (tokens.gap[i] == TokenGap.line && tokens.lineEnds)
  }

  @inline(__always)
  private func beginning(_ i: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>) -> UInt8 {
    if i == 0 || isPassageStart(i, tokens) { return 2 }
    // After a word there is no beginning; most tokens leave here.
    if tokens.kind[i] != TokenKind.word || tokens.kind[i - 1] == TokenKind.word { return 0 }
    return beginningAfterMark(i, tokens, info)
  }

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

  /// Finds passages that are written without capitals or with nothing else, where case says nothing.
  private func markCaselessPassages(_ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>) {
    let n = tokens.count
    var words = 0
    var small = 0
    var caps = 0
    for i in 0..<n where tokens.kind[i] == TokenKind.word {
      words += 1
      if info[i].form == WordForm.small { small += 1 }
      if info[i].form == WordForm.allCaps { caps += 1 }
    }
    let isSmall = words >= 4 && (words - small) * 60 < words
    guard isSmall || caps >= 2 else { return }
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
    _ hits: inout [NameHit],
    _ sportWords: inout Int
  ) {
    let count = tokens.count
    let base = lexicon.base
    document.matches.withUnsafeBufferPointer { matches in
      var covered: Int32 = 0
      var m = 0
      while m < matches.count {
        let i = Int(matches[m].start)
        var best: NameHit?
        var removedEnd: Int32 = -1
        while m < matches.count, Int(matches[m].start) == i {
          let match = matches[m]
          m += 1
          let end = Int(match.end)
          guard i >= 0, end > i, end <= count else { continue }
          let packed = packedCues(match.state, base)
          if packed & ~CueTable.nameBit != 0 {
            var found = CueSet(rawValue: packed & ~CueTable.nameBit)
            if found.contains(.preposition), end == i + 1, placePrepositions.contains(tokens.id[i]) {
              found.insert(.placePreposition)
            }
            if found.contains(.sport) { sportWords += 1 }
            info[i].starts.formUnion(found)
            info[end - 1].ends.formUnion(found)
          }
          if packed & CueTable.nameBit != 0, let hit = nameHit(match, document, info) {
            // Of two lists' hits on the same words the user's counts.
            if best?.end != hit.end || hit.isUser { best = hit }
          }
          if match.state & Lexicon.userBit != 0, isRemoved(match.state) { removedEnd = match.end }
        }
        // Leftmost-longest: a hit that begins inside another one gives way.
        guard let hit = best, hit.start >= covered, hit.isUser || hit.end != removedEnd else { continue }
        covered = hit.end
        hits.append(hit)
        Self.mark(hit, hits.count - 1, info)
      }
    }
  }

  /// The cues of what ends at a node of the tree, and whether names do.
  @inline(__always)
  private func packedCues(_ state: UInt32, _ base: LexiconData) -> UInt32 {
    if state & Lexicon.userBit == 0 { return cues.packed(set: Int(base.stateSet[state])) }
    let classes = lexicon.classes(at: state)
    return cues.cues(classes).rawValue | (classes.low & 7 != 0 ? CueTable.nameBit : 0)
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

  private static func mark(_ hit: NameHit, _ index: Int, _ info: UnsafeMutableBufferPointer<TokenInfo>) {
    let strength: UInt8 = hit.sure != 0 ? 2 : hit.bare != 0 ? 1 : 0
    let last = Int(hit.end) - 1
    let isSmall = info[Int(hit.start)].form == WordForm.small
    for k in Int(hit.start)...last {
      let place: UInt8 = hit.start == hit.end - 1 ? 3 : k == Int(hit.start) ? 0 : k == last ? 2 : 1
      info[k].hit = 0x80 | (hit.labels >> 1) | strength << 3 | place << 5
      info[k].hitIndex = Int32(truncatingIfNeeded: index)
      if isSmall { info[k].gate = 1 }
    }
  }

  /// What the listings at the end of `match` allow, or nil when none fits how the text writes it.
  private func nameHit(_ match: Match, _ document: borrowing Document, _ info: UnsafeMutableBufferPointer<TokenInfo>)
    -> NameHit?
  {
    let start = Int(match.start)
    let end = Int(match.end)
    let cased = info[start].form != WordForm.caseless
    // `detikcom`: a name that its list writes small.
    let isSmall = cased && info[start].form == WordForm.small
    // A name begins and ends with a capital or a digit (`Densus 88`).
    if cased, !isSmall {
      guard WordForm.isName(info[start].form) || info[start].form == WordForm.digits else { return nil }
      guard info[end - 1].form != WordForm.small else { return nil }
    }
    var hit = NameHit(start: match.start, end: match.end, state: match.state, labels: 0, sure: 0, bare: 0)
    lexicon.forEachListing(at: match.state) { listing in
      let label = lexicon.label(of: listing.entry)
      guard label != .none else { return true }
      let bit: UInt8 = 1 << label.rawValue
      let flags = listing.flags
      guard !flags.contains(.removed) else { return true }
      if isSmall {
        let bytes = lexicon.formBytes(of: listing)
        guard let first = bytes.first, first >= 0x61, !flags.contains(.commonWord),
          Self.equals(bytes, document, start, end)
        else { return true }
      }
      if flags.contains(.exactCase) {
        if !cased {
          if flags.contains(.commonWord) { return true }
        } else if !Self.equals(lexicon.formBytes(of: listing), document, start, end) {
          return true
        }
      }
      hit.labels |= bit
      if flags.isDisjoint(with: [.needsCue, .commonWord, .personPart, .ambiguous]) { hit.sure |= bit }
      if !flags.contains(.needsCue) { hit.bare |= bit }
      return true
    }
    return hit.labels == 0 ? nil : hit
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

  private func fillGate(
    _ document: borrowing Document, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>
  ) {
    let n = tokens.count
    var last = -10
    for i in 0..<n {
      let form = info[i].form
      if WordForm.isName(form) || form == WordForm.caseless || info[i].gate != 0 {
        if isOrdinaryBeginning(i, n, info) { continue }
        info[i].gate = 1
        // Marks and one or two small words between names.
        if i - last > 1, i - last <= 3, canBridge(last + 1, i, tokens, info) {
          for k in last + 1..<i { info[k].gate = 1 }
        }
        last = i
      } else if form == WordForm.digits, last == i - 1 || i + 1 < n && WordForm.isName(info[i + 1].form) {
        info[i].gate = 1
        last = i
      }
    }
    fillRuns(tokens, info)
    Self.closeAddresses(tokens, info)
    guard !document.includesBoilerplate else { return }
    for region in document.regions where region.kind == .boilerplate {
      for i in region.span.range where i < n { info[i].gate = 0 }
    }
  }

  /// The first word of a sentence that is nearly never written with a capital inside one, alone.
  @inline(__always)
  private func isOrdinaryBeginning(_ i: Int, _ n: Int, _ info: UnsafeMutableBufferPointer<TokenInfo>) -> Bool {
    guard info[i].begin != 0, info[i].form == WordForm.capital, info[i].hit == 0 else { return false }
    if i + 1 < n, info[i + 1].form != WordForm.small { return false }
    return lexicon.caseTendency(ofWord: info[i].id) == 1
  }

  /// Addresses of the web are no text.
  private static func closeAddresses(_ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>) {
    var i = 0
    while i + 2 < tokens.count {
      let kind = tokens.kind[i]
      guard kind == TokenKind.colon || kind == TokenKind.at || kind == TokenKind.hash else {
        i += 1
        continue
      }
      let isAddress =
        kind == TokenKind.colon && tokens.kind[i + 1] == TokenKind.slash && tokens.kind[i + 2] == TokenKind.slash
      let isHandle = kind != TokenKind.colon && tokens.gap[i + 1] == TokenGap.none
      guard isAddress || isHandle else {
        i += 1
        continue
      }
      var end = i + 1
      while end < tokens.count, tokens.gap[end] == TokenGap.none { end += 1 }
      for k in max(0, i - 1)..<end { info[k].gate = 0 }
      i = end
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
        guard lexicon.classes(ofWord: tokens.id[k]).intersects(connector) else { return false }
      case TokenKind.openParen, TokenKind.closeParen:
        // Only `(Persero)` and the like stand inside a name.
        guard to - from == 1, isSuffixInParens(k, tokens, info) else { return false }
      default: break
      }
    }
    return true
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

  private func fillRuns(_ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>) {
    let n = tokens.count
    var i = 0
    while i < n {
      guard WordForm.isName(info[i].form) else {
        i += 1
        continue
      }
      let start = i
      var end = i + 1
      while let next = runContinues(end, tokens, info) { end = next + 1 }
      for k in start..<end {
        info[k].runStart = Int32(truncatingIfNeeded: start)
        info[k].runEnd = Int32(truncatingIfNeeded: end)
      }
      i = end
    }
  }

  /// The next capitalised token of a run that has reached `end`: directly behind, or past a mark without white space.
  @inline(__always)
  private func runContinues(_ end: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>) -> Int? {
    guard end < tokens.count, info[end].begin == 0 else { return nil }
    if WordForm.isName(info[end].form) { return end }
    guard tokens.kind[end] >= TokenKind.period, end + 1 < tokens.count, info[end + 1].begin != 2,
      WordForm.isName(info[end + 1].form)
    else { return nil }
    switch tokens.kind[end] {
    case TokenKind.ampersand: return end + 1
    case TokenKind.hyphen, TokenKind.apostrophe, TokenKind.closeSingleQuote:
      return tokens.gap[end] == TokenGap.none && tokens.gap[end + 1] == TokenGap.none ? end + 1 : nil
    case TokenKind.period: return info[end + 1].begin == 0 ? end + 1 : nil
    default: return nil
    }
  }
}
