import CFaktaText

// Where the tagger looks, and which tokens may make one name.

extension ContextReader {
  /// Nothing here branches on how a word is written, which nobody can foretell.
  func fillGate(
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
  static func merge(
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
  static func closeAddresses(
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

  func canBridge(_ from: Int, _ to: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>)
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
  func isTitleInside(_ k: Int, _ from: Int, _ info: UnsafeMutableBufferPointer<TokenInfo>) -> Bool {
    k == from && k > 0 && info[k - 1].form == WordForm.allCaps && info[k - 1].ends.contains(.placeHead)
      && info[k].ends.contains(.honorific)
  }

  /// Whether the bracket at `k` holds a corporate form.
  func isSuffixInParens(_ k: Int, _ tokens: TokenColumns, _ info: UnsafeMutableBufferPointer<TokenInfo>) -> Bool {
    let word = tokens.kind[k] == TokenKind.openParen ? k + 1 : k - 1
    guard word > 0, word + 1 < tokens.count, tokens.kind[word - 1] == TokenKind.openParen,
      tokens.kind[word + 1] == TokenKind.closeParen
    else { return false }
    return info[word].ends.contains(.orgSuffix) && tokens.length(word) > 3
  }

  /// Marks the capitalised runs: names that stand side by side in a sentence, or with a mark without white space between.
  ///
  /// - Parameter linked: For whether a token goes on with the run before it; room for all of `open`.
  static func fillRuns(
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
  static func goesOn(
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
