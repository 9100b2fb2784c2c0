import CFaktaText

// How words are written, and where passages begin.

extension ContextReader {
  func hasLineEnds(_ tokens: TokenColumns) -> Bool {
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
  struct FormCounts {
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
  func fillForms(
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
    for k in 0..<found { lookAgain(Int(special[k]), tokens, info, &marks) }
    return counts
  }

  /// What sixteen tokens at a time do not tell: a word behind a mark, and what `note` wants.
  @inline(__always)
  private func lookAgain(
    _ i: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>, _ marks: inout ContextMarks
  ) {
    let kind = tokens.kind[i]
    if kind == TokenKind.word {
      info[i].begin = beginningAfterMark(i, tokens, info)
    } else {
      note(kind, i, tokens, &marks)
    }
  }

  /// All ones where `note` looks at a token of this kind.
  @inline(__always)
  static func isNoted(_ kind: FkBytes) -> FkBytes {
    fk_between(kind, TokenKind.openParen, TokenKind.openParen) | fk_between(kind, TokenKind.period, TokenKind.period)
      | fk_between(kind, TokenKind.colon, TokenKind.colon) | fk_between(kind, TokenKind.at, TokenKind.at)
      | fk_between(kind, TokenKind.hash, TokenKind.hash)
  }

  /// Lists the tokens where a name can stand.
  static func listOpen(
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
  func note(_ kind: UInt8, _ i: Int, _ tokens: TokenColumns, _ marks: inout ContextMarks) {
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
  func isPassageStart(_ i: Int, _ tokens: TokenColumns) -> Bool { tokens.gap[i] >= tokens.passageGap }

  func beginningAfterMark(_ i: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>)
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
  func isTitleDot(_ dot: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>) -> Bool {
    guard dot > 0, tokens.kind[dot - 1] == TokenKind.word, tokens.gap[dot] == TokenGap.none, tokens.length(dot - 1) <= 5
    else { return false }
    let form = info[dot - 1].form
    if form == WordForm.initial || form == WordForm.capital && tokens.length(dot - 1) <= 2 { return true }
    let found = cues.cues(lexicon.classes(ofWord: tokens.id[dot - 1]))
    return !found.isDisjoint(with: [.honorific, .rank, .degree, .placeHead, .orgHead])
      && found.isDisjoint(with: [.preposition, .functionWord])
  }

  /// `PT PAL.Targetnya`: a full stop whose space is lost, no abbreviation and no domain.
  func isLostSpace(_ i: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>) -> Bool {
    guard info[i].form == WordForm.capital, i > 1, tokens.kind[i - 2] == TokenKind.word, tokens.length(i - 2) >= 3
    else { return false }
    return cues.cues(lexicon.classes(ofWord: tokens.id[i - 2])).isDisjoint(with: [
      .honorific, .rank, .degree, .placeHead, .orgHead,
    ])
  }

  /// Finds passages that are written without capitals or with nothing else, where case says nothing; false for none.
  func markCaselessPassages(
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

  static func isAllCaps(
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
}
