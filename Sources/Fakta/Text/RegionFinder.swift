/// One pass over the lines of a document.
struct RegionFinder {
  // Places and not copies: every call of a method would copy them again.
  private let stagePlace: UnsafePointer<RegionStage>
  private let documentPlace: UnsafePointer<Document>
  let tokens: TokenTable
  var regions: [Region] = []
  private var foundDateline = false
  private(set) var foundBody = false
  private var foundTitle = false
  var lineNumber = 0

  /// How far is looked, in lines and tokens: generous for what news is like, and the reason why a line costs a constant.
  enum Bound {
    /// Lines of a page's head, before which title and dateline stand.
    static let headLines = 40
    /// Tokens from the beginning after which no dateline follows a line of text.
    static let lead = 200
    /// Tokens of the longest line that can be a caption or menu: a longer one is text.
    static let caption = 25
    static let headline = 24
    /// Tokens of `[Gambas:Video …]` and the like.
    static let bracket = 60
    /// Tokens of the names behind `Pewarta:` at the end of a line.
    static let names = 30
    /// Tokens of a line with author and day, and of one above the dateline that is no sentence.
    static let credit = 16
    static let lineAboveDateline = 40
    /// Tokens of a dateline, and of the caption to which a lost line break glued it.
    static let dateline = 18
    static let gluedCaption = 60
    /// Tokens of the initials of authors in brackets, and of a photo's credit.
    static let initials = 12
    static let photoCredit = 40
  }

  /// A finder for one document; both places must be there as long as it is.
  init(stage: UnsafePointer<RegionStage>, document: UnsafePointer<Document>) {
    stagePlace = stage
    documentPlace = document
    tokens = document.pointee.tokens
  }

  /// The longest match at token `i` that has one of the classes.
  func longestMatch(at i: Int, of set: ClassSet) -> Match? {
    // Part by part: a method of the document would be given a copy of it.
    let (place, lexicon) = (documentPlace, stagePlace.pointee.lexicon)
    guard i >= 0, i + 1 < place.pointee.matchIndex.count else { return nil }
    let first = Int(place.pointee.matchIndex[i])
    var m = Int(place.pointee.matchIndex[i + 1])
    while m > first {
      m -= 1
      let match = place.pointee.matches[m]
      if lexicon.classes(at: match.state).intersects(set) { return match }
    }
    return nil
  }

  var stage: RegionStage { unsafeAddress { stagePlace } }
  var document: Document { unsafeAddress { documentPlace } }

  mutating func run() {
    let count = tokens.count
    var start = 0
    while start < count {
      let end = lineEnd(start, before: count)
      if let rest = line(start, end) {
        start = max(end, rest)
      } else {
        start = end
      }
      lineNumber += 1
    }
    markLinesBeforeDateline()
    guard regions.count > 1 else { return }
    regions.sort { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    mergeOverlaps()
  }

  /// Where the line of token `start` ends, at `limit` at the latest.
  private func lineEnd(_ start: Int, before limit: Int) -> Int {
    let gaps = tokens.gap
    var end = start
    repeat {
      end = tokens.next(from: end + 1, before: limit, with: TokenTrigger.boundary)
    } while end < limit && gaps[end] < TokenGap.line
    return end
  }

  mutating func add(_ start: Int, _ end: Int, _ kind: Region.Kind) {
    guard start < end else { return }
    regions.append(Region(span: TokenSpan(start, end), kind: kind))
  }

  /// Handles the line `start..<end`; returns where to go on when more lines were taken.
  private mutating func line(_ start: Int, _ end: Int) -> Int? {
    // Above the text, since web pages may have their own name or the day before it.
    if !foundTitle, !foundBody, lineNumber < Bound.headLines, isTitle(start, end) {
      add(start, end, .title)
      foundTitle = true
      return nil
    }
    var body = start
    if !foundDateline, lineNumber < Bound.headLines, !foundBody || start < Bound.lead,
      let (first, dash) = dateline(start, end)
    {
      if first > start { add(start, first, .caption) }
      add(first, dash, .dateline)
      foundDateline = true
      foundBody = true
      body = dash
    }
    if !foundBody, endsSentence(end - 1) || end - start > Bound.caption { foundBody = true }
    if !foundBody, isCredit(start, end) {
      add(start, end, .byline)
      return nil
    }
    let next = markers(in: body, end)
    if let next, next > end { return next }
    if let rest = restOfTag(body, end) {
      if rest > body, !endsSentence(rest - 1) { add(body, rest, .caption) }
      add(rest, end, .boilerplate)
      return next
    }
    addURLs(body, end)
    addClosingByline(body, end)
    if isPhotoCredit(body, end) { add(body, end, .caption) }
    return next
  }

  /// Regions that begin with a word of the list; returns where to go on when they reach beyond the line.
  private mutating func markers(in start: Int, _ end: Int) -> Int? {
    var at = start
    while true {
      at = nextTrigger(at, end)
      guard at < end else { break }
      guard let (match, marker) = marker(at, lineStart: start, end) else {
        at += 1
        continue
      }
      let matchEnd = Int(match.end)
      switch marker.extent {
      case .words:
        add(at, matchEnd, marker.kind)
        at = matchEnd
      case .rest:
        add(at, tokens.count, marker.kind)
        return tokens.count
      case .bracket:
        let open = at - 1
        let close = closingBracket(open, limit: min(end, at + Bound.bracket)) ?? matchEnd
        add(open, close, marker.kind)
        at = close
      case .line, .headline, .names:
        var from = at
        if from > start, isOpenBracket(from - 1), from - 1 == start { from -= 1 }
        var stop = lineExtent(from: matchEnd, lineStart: start, at: at, end, marker)
        if stop >= end, marker.extent != .names, isOnlyMarker(matchEnd, end) { stop = headlinesBelow(end) }
        if from > start, isCloseBracket(from - 1) { addNamesInBrackets(start, from) }
        add(from, stop, marker.kind)
        if stop > end { return stop }
        at = max(stop, at + 1)
      }
    }
    return nil
  }

  /// The next token from `at` on with which a word of the list may begin, `end` when there is none.
  private func nextTrigger(_ at: Int, _ end: Int) -> Int {
    tokens.next(from: at, before: end, with: TokenTrigger.region)
  }

  /// The marker at `at` that may stand there, longest first.
  private func marker(_ at: Int, lineStart: Int, _ end: Int) -> (Match, RegionStage.Marker)? {
    guard tokens.trigger[at] & TokenTrigger.region != 0 else { return nil }
    for m in document.matchRange(at: at).reversed() {
      let match = document.matches[m]
      guard Int(match.end) <= end, stage.lexicon.classes(at: match.state).intersects(stage.markerClass) else {
        continue
      }
      var found: RegionStage.Marker?
      stage.lexicon.forEachListing(at: match.state) { listing in
        guard let marker = stage.markers[listing.entry] else { return true }
        if mayStand(marker, match, lineStart: lineStart, end) {
          found = marker
          return false
        }
        return true
      }
      if let found { return (match, found) }
    }
    return nil
  }

  private func mayStand(_ marker: RegionStage.Marker, _ match: Match, lineStart: Int, _ end: Int) -> Bool {
    let at = Int(match.start)
    let next = Int(match.end)
    let atStart =
      at == lineStart || (at == lineStart + 1 && isOpenBracket(lineStart)) || isOnlyMarks(lineStart, at)
      || (tokens.isCapitalized(at) && isWideGap(before: at))
    let beforeColon = next < end && tokens.kind[next] == TokenKind.colon
    switch marker.extent {
    case .words: return match.end - match.start > 1 || tokens.isAllCaps(at) || (atStart && next == end)
    case .bracket: return at > 0 && isOpenBracket(at - 1) && at > lineStart && beforeColonOrEnd(next, end)
    case .rest:
      return atStart && (next == end || beforeColon || match.end - match.start >= 2 && tokens.isCapitalized(at))
    case .line:
      // One word alone opens a line of noise only when nothing or a colon follows ("Iklan", "Copyright ©").
      if match.end - match.start == 1 {
        return atStart && (next == end || beforeColon || tokens.isAllCaps(at) || tokens.kind[next] == TokenKind.other)
      }
      let isOwnSentence = match.end - match.start >= 3 && at > 0 && (endsSentence(at - 1) || isCloseBracket(at - 1))
      return atStart || (tokens.isCapitalized(at) && (beforeColon || isOwnSentence))
    case .headline:
      if beforeColon { return atStart || tokens.isCapitalized(at) }
      return atStart && (next == end || opensHeadline(next, end))
    case .names:
      return beforeColon && tokens.isCapitalized(at) && (next + 1 >= end || !isSmallWord(next + 1))
        && (atStart || lineEndsWithMarker(at, end))
    }
  }

  private func isSmallWord(_ at: Int) -> Bool { tokens.kind[at] == TokenKind.word && !tokens.isCapitalized(at) }

  /// Whether the headline of another article begins at `at`: with a capital, behind a dash that stands free, or in quotation marks.
  private func opensHeadline(_ at: Int, _ end: Int) -> Bool {
    switch tokens.kind[at] {
    case TokenKind.apostrophe, TokenKind.dash: true
    case TokenKind.hyphen: tokens.gap[at] != TokenGap.none && !tokens.attached(at + 1)
    // A sentence may speak of what is in the marks.
    case TokenKind.quote, TokenKind.openQuote, TokenKind.openSingleQuote: !endsSentence(end - 1)
    default: tokens.isCapitalized(at)
    }
  }

  private func beforeColonOrEnd(_ next: Int, _ end: Int) -> Bool {
    next < end
      && (tokens.kind[next] == TokenKind.colon || isCloseBracket(next) || tokens.kind[next] == TokenKind.period)
  }

  /// "… balap.Pewarta: Budi Editor: Ani": names run to the end of the line, so a marker inside it is one near its end.
  private func lineEndsWithMarker(_ at: Int, _ end: Int) -> Bool {
    end - at <= Bound.names
      && (at == 0 || endsSentence(at - 1) || (tokens.gap[at] == TokenGap.none && !isOpenBracket(at - 1))
        || regions.last?.kind == .byline)
  }

  private func isOnlyMarks(_ start: Int, _ at: Int) -> Bool {
    guard at - start <= 3 else { return false }
    for i in start..<at where tokens.kind[i] <= TokenKind.otherWord { return false }
    return true
  }

  private func isOnlyMarker(_ matchEnd: Int, _ end: Int) -> Bool {
    for i in matchEnd..<max(matchEnd, end) where tokens.kind[i] <= TokenKind.otherWord { return false }
    return true
  }

  /// Where a region ends that runs to the end of its line: earlier at a wide gap inside a running line, at the closing
  /// bracket, or where another marker begins.
  private func lineExtent(from: Int, lineStart: Int, at: Int, _ end: Int, _ marker: RegionStage.Marker) -> Int {
    var stop = end
    if at == lineStart + 1, isOpenBracket(lineStart), let close = closingBracket(lineStart, limit: end) { return close }
    var i = from + 1
    while i < end {
      let isRunning = at > lineStart + 1
      if isRunning, marker.extent == .headline, i > from + 2, isWideGap(before: i) {
        stop = i
        break
      }
      if i > from + 1, tokens.isCapitalized(i), let (other, next) = self.marker(i, lineStart: lineStart, end),
        next.kind != marker.kind || next.extent == .names, Int(other.start) == i
      {
        stop = i
        break
      }
      i += 1
    }
    return stop
  }

  func isWideGap(before i: Int) -> Bool {
    let from = Int(tokens.end[i - 1])
    let to = Int(tokens.start[i])
    guard to - from >= 2 else { return false }
    var spaces = 0
    for k in from..<to where document.bytes[k] & 0xC0 != 0x80 { spaces += 1 }
    return spaces >= 2
  }

  /// Where the lines below a marker that stands alone on its line stop to look like headlines: no full stop at their end,
  /// few words.
  private func headlinesBelow(_ start: Int) -> Int {
    var at = start
    var lines = 0
    while at < tokens.count, lines < 6 {
      var end = at + 1
      while end < tokens.count, tokens.gap[end] < TokenGap.line { end += 1 }
      guard !endsSentence(end - 1), end - at <= Bound.headline,
        tokens.isCapitalized(at) || tokens.kind[at] > TokenKind.otherWord
      else { break }
      at = end
      lines += 1
    }
    return at
  }

  func isOpenBracket(_ i: Int) -> Bool {
    tokens.kindAt(i) == TokenKind.openBracket || tokens.kindAt(i) == TokenKind.openParen
  }

  func isCloseBracket(_ i: Int) -> Bool {
    tokens.kindAt(i) == TokenKind.closeBracket || tokens.kindAt(i) == TokenKind.closeParen
  }

  /// The token behind the bracket that closes the one at `open`.
  private func closingBracket(_ open: Int, limit: Int) -> Int? {
    var i = open + 1
    while i < limit {
      if isCloseBracket(i) { return i + 1 }
      i += 1
    }
    return nil
  }

  /// Whether token `i` ends a sentence: a full stop, or a quotation mark or bracket behind one.
  func endsSentence(_ i: Int) -> Bool {
    var i = i
    while i > 0 {
      switch tokens.kind[i] {
      case TokenKind.period, TokenKind.question, TokenKind.exclamation, TokenKind.ellipsis: return true
      case TokenKind.quote, TokenKind.closeQuote, TokenKind.apostrophe, TokenKind.closeSingleQuote: i -= 1
      default: return false
      }
      if tokens.gap[i + 1] != TokenGap.none { return false }
    }
    return false
  }
}
