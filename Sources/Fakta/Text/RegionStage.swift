/// Finds what in an article is not its running text: datelines, captions, bylines, boilerplate, a repeated title.
///
///     Damaskus, LiputanIslam.com — Pasukan …   →   dateline
///     … kata Budi. (dna/try)                      →   byline
///     Baca juga: Harga Beras Naik                 →   boilerplate
///
/// The words are in `regions.tsv`; which of them open a line, run to its end, or stand for themselves is said there. What a
/// dateline is made of (a place, an outlet, a dash) is known here.
///
/// **Cost.** One visit per token, and one per match of a region word.
public struct RegionStage: Stage {
  public static let reads: Set<Layer> = [.tokens, .matches]
  public static let writes: Layer = .regions

  enum Extent: Sendable { case words, line, headline, bracket, rest, names }

  struct Marker: Sendable {
    var kind: Region.Kind
    var extent: Extent
  }

  let lexicon: Lexicon
  let markers: EntryMap<Marker>
  let markerClass: ClassSet
  let classes: RegionClasses
  private var found: [Region] = []

  public init(lexicon: Lexicon) {
    self.lexicon = lexicon
    markerClass = lexicon.wordClass("region")
    classes = RegionClasses(lexicon: lexicon)
    markers = EntryMap(lexicon, table: "regions") { entry in
      let kind: Region.Kind? =
        switch lexicon.cell(entry, "kind") {
        case "boilerplate": .boilerplate
        case "byline": .byline
        case "caption": .caption
        default: nil
        }
      let extent: Extent? =
        switch lexicon.cell(entry, "extent") {
        case "words": .words
        case "line": .line
        case "headline": .headline
        case "bracket": .bracket
        case "rest": .rest
        case "names": .names
        default: nil
        }
      guard let kind, let extent else { return nil }
      return Marker(kind: kind, extent: extent)
    }
  }

  public mutating func run(on document: inout Document) {
    var regions: [Region] = []
    swap(&regions, &found)
    withUnsafePointer(to: self) { stage in
      withUnsafeMutablePointer(to: &document) { document in
        var finder = RegionFinder(stage: stage, document: UnsafePointer(document))
        swap(&finder.regions, &regions)
        finder.run()
        swap(&finder.regions, &regions)
      }
    }
    document.regions.append(contentsOf: regions)
    regions.removeAll(keepingCapacity: true)
    swap(&regions, &found)
  }
}

/// Classes of the lists that region finding asks for.
struct RegionClasses: Sendable {
  let media: ClassSet
  let place: ClassSet
  let weekday: ClassSet
  let month: ClassSet
  let credit: ClassSet

  init(lexicon: Lexicon) {
    media = lexicon.wordClass("sub-media")
    place = lexicon.wordClass("name-loc")
    weekday = lexicon.wordClass("weekday")
    month = lexicon.wordClass("month")
    credit = lexicon.wordClass("credit")
  }
}

/// One pass over the lines of a document.
struct RegionFinder {
  // Places and not copies: every call of a method would copy them again.
  private let stagePlace: UnsafePointer<RegionStage>
  private let documentPlace: UnsafePointer<Document>
  let tokens: TokenTable
  var regions: [Region] = []
  private var foundDateline = false
  private var foundBody = false
  private var foundTitle = false
  private var lineNumber = 0

  /// A finder for one document; both places must be there as long as it is.
  init(stage: UnsafePointer<RegionStage>, document: UnsafePointer<Document>) {
    stagePlace = stage
    documentPlace = document
    tokens = document.pointee.tokens
  }

  /// The longest match at token `i` that has one of the classes.
  private func longestMatch(at i: Int, of set: ClassSet) -> Match? {
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

  private var stage: RegionStage { unsafeAddress { stagePlace } }
  private var document: Document { unsafeAddress { documentPlace } }

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

  private mutating func add(_ start: Int, _ end: Int, _ kind: Region.Kind) {
    guard start < end else { return }
    regions.append(Region(span: TokenSpan(start, end), kind: kind))
  }

  /// Handles the line `start..<end`; returns where to go on when more lines were taken.
  private mutating func line(_ start: Int, _ end: Int) -> Int? {
    // Above the text, since web pages may have their own name or the day before it.
    if !foundTitle, !foundBody, lineNumber < 40, isTitle(start, end) {
      add(start, end, .title)
      foundTitle = true
      return nil
    }
    var body = start
    if !foundDateline, lineNumber < 40, !foundBody || start < 200, let (first, dash) = dateline(start, end) {
      if first > start { add(start, first, .caption) }
      add(first, dash, .dateline)
      foundDateline = true
      foundBody = true
      body = dash
    }
    if !foundBody, endsSentence(end - 1) || end - start > 25 { foundBody = true }
    if !foundBody, isCredit(start, end) {
      add(start, end, .byline)
      return nil
    }
    let next = markers(in: body, end)
    if let next, next > end { return next }
    addURLs(body, end)
    addClosingByline(body, end)
    if isPhotoCredit(body, end) { add(body, end, .caption) }
    return next
  }

  // MARK: Words of the lists

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
        let close = closingBracket(open, limit: min(end, at + 60)) ?? matchEnd
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
    end - at <= 30
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

  private func isWideGap(before i: Int) -> Bool {
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
      guard !endsSentence(end - 1), end - at <= 24, tokens.isCapitalized(at) || tokens.kind[at] > TokenKind.otherWord
      else { break }
      at = end
      lines += 1
    }
    return at
  }

  // MARK: Marks

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

extension RegionFinder {
  // MARK: Title, dateline, header

  /// Whether a line above the text names the author or the day of the page: "Oleh Budi Santoso", "Budi Santoso - detikJateng".
  private func isCredit(_ start: Int, _ end: Int) -> Bool {
    guard end - start <= 16 else { return false }
    if let match = longestMatch(at: start, of: stage.classes.credit) {
      let next = Int(match.end)
      return next >= end || tokens.kind[next] == TokenKind.colon || tokens.isNumber(next) || tokens.isCapitalized(next)
    }
    guard lineNumber > 0 else { return false }
    var at = start
    while at < end, at < start + 5, tokens.kind[at] == TokenKind.word, tokens.isCapitalized(at) { at += 1 }
    guard at > start + 1, at + 1 < end, at <= start + 4 else { return false }
    switch tokens.kind[at] {
    case TokenKind.dash, TokenKind.comma, TokenKind.slash: break
    case TokenKind.hyphen where tokens.gap[at] != TokenGap.none: break
    default: return false
    }
    return outletLength(at + 1, end) == end - at - 1
  }

  /// Whether the line is the record's title.
  private func isTitle(_ start: Int, _ end: Int) -> Bool {
    let from = Int(tokens.start[start])
    let to = Int(tokens.end[end - 1])
    guard document.title.count == to - from, to > from else { return false }
    for (i, b) in document.title.enumerated() where b | 0x20 != document.bytes[from + i] | 0x20 { return false }
    return true
  }

  /// The dateline at the beginning of the line, or one that a lost line break glued to the caption before it
  /// ("… di pasar, kata Budi SetiawanBandung (ANTARA) -").
  private func dateline(_ start: Int, _ end: Int) -> (start: Int, end: Int)? {
    if let dash = endOfDateline(start, end) { return (start, dash) }
    var at = start + 2
    while at < min(end, start + 60) {
      if tokens.attached(at), tokens.kind[at] == TokenKind.word, tokens.kind[at - 1] == TokenKind.word,
        let dash = endOfDateline(at, end)
      {
        return (at, dash)
      }
      at += 1
    }
    return nil
  }

  /// The token behind the dateline with which the line begins, nil when it begins with none.
  ///
  /// A dateline is capitalised words, commas and brackets before a dash, with an outlet or a place in capitals among them.
  func endOfDateline(_ start: Int, _ end: Int) -> Int? {
    var at = start
    var hasOutlet = false
    var hasPlace = false
    let limit = min(end, start + 18)
    while at < limit {
      let kind = tokens.kind[at]
      if kind == TokenKind.dash || (kind == TokenKind.hyphen && tokens.gap[at] != TokenGap.none) {
        // A known place alone with its dash, on a line of its own, is one in small letters too.
        let isPlaceAlone = at + 1 == end && longestMatch(at: start, of: stage.classes.place).map { Int($0.end) } == at
        guard at > start, hasOutlet || hasPlace || isPlaceAlone else { return nil }
        return hasOutlet ? placeBehind(at + 1, end) : at + 1
      }
      if let length = outletLength(at, limit) {
        hasOutlet = true
        at += length
        continue
      }
      switch kind {
      case TokenKind.word:
        guard tokens.isCapitalized(at) else { return nil }
        if tokens.isAllCaps(at) || at == start,
          longestMatch(at: at, of: stage.classes.place) != nil
        {
          hasPlace = hasPlace || tokens.isAllCaps(at)
        }
      case TokenKind.comma, TokenKind.openParen, TokenKind.closeParen, TokenKind.period, TokenKind.slash: break
      case TokenKind.hyphen where tokens.attached(at) && tokens.attached(at + 1): break
      case TokenKind.number where hasOutlet: break
      default: return nil
      }
      at += 1
    }
    return nil
  }

  /// "KONTAN.CO.ID - JAKARTA.": the place may stand behind the dash, in capitals, with a full stop or another dash.
  private func placeBehind(_ at: Int, _ end: Int) -> Int {
    var i = at
    while i < end, i < at + 4, tokens.isAllCaps(i), tokens.kind[i] == TokenKind.word { i += 1 }
    guard i > at, i < end else { return at }
    switch tokens.kind[i] {
    case TokenKind.period, TokenKind.dash: return i + 1
    case TokenKind.hyphen where tokens.gap[i] != TokenGap.none: return i + 1
    default: return at
    }
  }

  /// Tokens of an outlet at `at`: a name of the media list, or a domain.
  private func outletLength(_ at: Int, _ limit: Int) -> Int? {
    guard tokens.kind[at] == TokenKind.word else { return nil }
    let domain = domainEnd(at, limit)
    let match = longestMatch(at: at, of: stage.classes.media).map { Int($0.end) } ?? 0
    let end = max(domain ?? 0, match)
    return end > at ? end - at : nil
  }

  /// The token behind a domain name that begins at `at` (`LiputanIslam.com`, `KONTAN.CO.ID`).
  func domainEnd(_ at: Int, _ limit: Int) -> Int? {
    var i = at
    var parts = 0
    // "LiputanIslam" is two tokens.
    while i + 1 < limit, tokens.kindAt(i + 1) == TokenKind.word, tokens.attached(i + 1) { i += 1 }
    while i + 2 < limit + 1, i + 2 < tokens.count + 1, tokens.kindAt(i + 1) == TokenKind.period, tokens.attached(i + 1),
      tokens.attached(i + 2), tokens.kindAt(i + 2) == TokenKind.word
    {
      i += 2
      parts += 1
    }
    return parts > 0 && tokens.length(i) <= 4 && tokens.length(at) > 2 ? i + 1 : nil
  }

  /// Short lines above the dateline that are no sentences: a headline as the first line, captions and menu words.
  fileprivate mutating func markLinesBeforeDateline() {
    guard let dateline = regions.first(where: { $0.kind == .dateline }) else { return }
    var start = 0
    while start < Int(dateline.span.start) {
      var end = start + 1
      while end < Int(dateline.span.start), tokens.gap[end] < TokenGap.line { end += 1 }
      let span = TokenSpan(start, end)
      if !endsSentence(end - 1), end - start <= 40, !regions.contains(where: { $0.span.overlaps(span) }) {
        add(start, end, start == 0 && isHeadline(start, end) ? .title : .caption)
      }
      start = end
    }
  }

  /// Whether a line is written as headlines are: four words or more, two of three of them with a capital, the last one too.
  private func isHeadline(_ start: Int, _ end: Int) -> Bool {
    var words = 0
    var capitals = 0
    var isLastCapital = false
    for i in start..<end where tokens.isWord(i) {
      words += 1
      isLastCapital = tokens.isCapitalized(i)
      if isLastCapital { capitals += 1 }
    }
    return words >= 4 && isLastCapital && 3 * capitals >= 2 * words
  }

  // MARK: Ends of articles

  /// URLs that stand alone on their line, or at its end behind a wide gap.
  fileprivate mutating func addURLs(_ start: Int, _ end: Int) {
    var at = start
    let kinds = tokens.kind
    while true {
      // "http:" or "www.": nothing else is looked at.
      guard at + 2 < end else { return }
      at = tokens.next(from: at + 1, before: end, with: TokenTrigger.boundary) - 1
      guard at + 2 < end else { return }
      guard kinds[at + 1] == TokenKind.colon || kinds[at + 1] == TokenKind.period else {
        at += 1
        continue
      }
      guard at == start || isWideGap(before: at) else {
        at += 1
        continue
      }
      let isScheme =
        tokens.kind[at] == TokenKind.word && tokens.kind[at + 1] == TokenKind.colon
        && tokens.kind[at + 2] == TokenKind.slash
        && tokens.attached(at + 1) && tokens.attached(at + 2)
      let isWWW =
        tokens.length(at) == 3 && tokens.kind[at + 1] == TokenKind.period
        && document.bytes[Int(tokens.start[at])] | 0x20 == 0x77
        && document.bytes[Int(tokens.start[at]) + 1] | 0x20 == 0x77
        && document.bytes[Int(tokens.start[at]) + 2] | 0x20 == 0x77
      guard isScheme || isWWW else {
        at += 1
        continue
      }
      var stop = at + 1
      while stop < end, tokens.attached(stop) { stop += 1 }
      if stop == end { add(at, stop, .boilerplate) }
      at = stop
    }
  }

  /// Author initials at the end of a paragraph — "(dna/try)", "[eko]" — or a name in brackets on a line of its own.
  fileprivate mutating func addClosingByline(_ start: Int, _ end: Int) {
    guard end > start, end == tokens.count || tokens.gap[end] >= TokenGap.line, isCloseBracket(end - 1) else { return }
    var open = end - 2
    while open >= start, open > end - 12, !isOpenBracket(open) { open -= 1 }
    guard open >= start, isOpenBracket(open), end - 1 > open + 1 else { return }
    var small = true
    var capital = true
    var words = 0
    for i in open + 1..<end - 1 {
      switch tokens.kind[i] {
      case TokenKind.word:
        words += 1
        if tokens.isCapitalized(i) { small = false } else { capital = false }
        if tokens.length(i) > 9, !tokens.isCapitalized(i) { small = false }
      case TokenKind.slash, TokenKind.hyphen, TokenKind.comma, TokenKind.period, TokenKind.number: break
      default: return
      }
    }
    guard words > 0, words <= 5 else { return }
    if small, words <= 3, open == start || endsSentence(open - 1) { add(open, end, .byline) }
    if capital, open == start, words >= 1 { add(open, end, .byline) }
  }

  /// A name in brackets between the last sentence and what follows the article: "… selesai. (Budi Santoso) Artikel ini …".
  fileprivate mutating func addNamesInBrackets(_ start: Int, _ end: Int) {
    var open = end - 2
    while open > start, open > end - 8, !isOpenBracket(open) { open -= 1 }
    guard isOpenBracket(open), open > start, endsSentence(open - 1) else { return }
    for i in open + 1..<end - 1 where !tokens.isCapitalized(i) && tokens.kind[i] != TokenKind.period { return }
    add(open, end, .byline)
  }

  /// A line without a full stop that ends with an outlet's domain and a name: "… merdeka.com/nama fotografer".
  fileprivate func isPhotoCredit(_ start: Int, _ end: Int) -> Bool {
    guard end - start >= 5, end - start <= 40, !endsSentence(end - 1) else { return false }
    var at = max(start, end - 8)
    while at + 4 < end {
      if tokens.kind[at] == TokenKind.word, let domain = domainEnd(at, end), domain < end,
        tokens.kind[domain] == TokenKind.slash
      {
        return true
      }
      at += 1
    }
    return false
  }

  /// Joins regions of one kind that touch, and cuts those that overlap.
  fileprivate mutating func mergeOverlaps() {
    // As many as are merged stand in front; there are never more than were read.
    var count = 1
    for i in 1..<regions.count {
      var region = regions[i]
      let last = regions[count - 1]
      if region.span.start < last.span.end {
        guard region.span.end > last.span.end else { continue }
        if region.kind == last.kind {
          regions[count - 1].span.end = region.span.end
          continue
        }
        region.span.start = last.span.end
      }
      regions[count] = region
      count += 1
    }
    regions.removeLast(regions.count - count)
  }
}
