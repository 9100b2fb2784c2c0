/// Splits the article into sentences.
///
///     Prof. B.J. Habibie tiba pukul 14.30. "Kami siap?" kata Budi. …
///     ╰────────────────┬───────────────╯  ╰─────────┬───────────╯
///
/// A sentence ends at `. ! ? …` with its closing marks, at a paragraph, and where a region (title, dateline, caption) begins
/// or ends; bylines and boilerplate are in no sentence. A full stop does not end one inside numbers and domains, behind
/// initials and the abbreviations of `abbreviations.tsv`, nor before a small letter.
///
/// **Offsets.** Spans of tokens, in text order, without overlaps.
///
/// **Cost.** One visit per token; the rules look at most a few tokens around a mark.
public struct SentenceStage: Stage {
  public static let reads: Set<Layer> = [.tokens, .matches, .regions]
  public static let writes: Layer = .sentences

  private let lexicon: Lexicon
  private let abbreviationBeforeName: ClassSet
  private let abbreviationBeforeNumber: ClassSet
  private let abbreviationAtEnd: ClassSet
  private let domainSuffix: ClassSet
  private let organizationSuffix: ClassSet

  public init(lexicon: Lexicon) {
    self.lexicon = lexicon
    abbreviationBeforeName = lexicon.wordClass("abbr-name")
    abbreviationBeforeNumber = lexicon.wordClass("abbr-number")
    abbreviationAtEnd = lexicon.wordClass("abbr-end")
    domainSuffix = lexicon.wordClass("domain-suffix")
    organizationSuffix = lexicon.wordClass("org-suffix")
  }

  /// Where the document is: every call with the document itself would copy it.
  private typealias Place = UnsafePointer<Document>

  public mutating func run(on document: inout Document) {
    var sentences: [TokenSpan] = []
    swap(&sentences, &document.sentences)
    withUnsafeMutablePointer(to: &document) { run(on: UnsafePointer($0), &sentences) }
    swap(&sentences, &document.sentences)
  }

  private func run(on place: Place, _ sentences: inout [TokenSpan]) {
    let tokens = place.pointee.tokens
    let regions = place.pointee.regions
    let isWrapped = Self.isHardWrapped(tokens)
    var region = 0
    var start = 0
    var i = 0
    while i < tokens.count {
      while region < regions.count, Int(regions[region].span.end) <= i { region += 1 }
      if region < regions.count, Int(regions[region].span.start) == i {
        add(start, i, to: &sentences)
        let found = regions[region]
        let end = Int(found.span.end)
        // Captions and titles hold sentences like any text; a dateline is one of its own.
        if found.kind == .title || found.kind == .caption {
          split(i, end, isWrapped, place, &sentences)
        } else if found.kind == .dateline {
          add(i, end, to: &sentences)
        }
        i = max(end, i + 1)
        start = i
        continue
      }
      let stop = region < regions.count ? Int(regions[region].span.start) : tokens.count
      split(i, stop, isWrapped, place, &sentences)
      i = stop
      start = i
    }
  }

  private func add(_ start: Int, _ end: Int, to sentences: inout [TokenSpan]) {
    if start < end { sentences.append(TokenSpan(start, end)) }
  }

  /// The kinds of marks at which `split` has something to do, as bits.
  private static let marks: UInt64 = [
    TokenKind.period, TokenKind.ellipsis, TokenKind.question, TokenKind.exclamation, TokenKind.openQuote,
    TokenKind.closeQuote, TokenKind.quote,
  ].reduce(0) { $0 | 1 << UInt64($1) }

  /// Appends the sentences of `from..<to`, which no region divides.
  private func split(_ from: Int, _ to: Int, _ isWrapped: Bool, _ document: Place, _ sentences: inout [TokenSpan]) {
    let tokens = document.pointee.tokens
    var start = from
    var i = from
    var openQuotes = false
    // A quotation with both its marks in one paragraph stays in one sentence: nothing before this token ends one.
    var quotationEnd = from
    // Every row below `count` is in the columns.
    precondition(to <= tokens.count)
    let (kinds, gaps) = (UnsafePointer(tokens.kind.base), UnsafePointer(tokens.gap.base))
    let marks = Self.marks
    while true {
      // Nearly all tokens are words inside a line: these are passed over.
      i = i < to ? tokens.next(from: i, before: to, with: TokenTrigger.boundary) : to
      guard i < to else { break }
      let kind = kinds[i]
      if gaps[i] < TokenGap.line, (marks &>> UInt64(kind)) & 1 == 0 {
        i += 1
        continue
      }
      if i > start, tokens.gap[i] >= TokenGap.line, breaksLine(i, start, isWrapped, tokens) {
        add(start, i, to: &sentences)
        start = i
        openQuotes = openQuotes && tokens.gap[i] < TokenGap.paragraph
      }
      if i >= quotationEnd, kind == TokenKind.openQuote || (kind == TokenKind.quote && !openQuotes) {
        quotationEnd = closingQuote(of: i, to, isWrapped, tokens) ?? quotationEnd
      }
      if kind == TokenKind.quote {
        openQuotes.toggle()
      } else if kind == TokenKind.closeQuote {
        // Pages mix them: "Kami siap,” kata Budi.
        openQuotes = false
      }
      guard kind >= TokenKind.period, kind <= TokenKind.exclamation else {
        i += 1
        continue
      }
      var end = i + 1
      while end < to, tokens.kind[end] >= TokenKind.period, tokens.kind[end] <= TokenKind.exclamation,
        tokens.gap[end] <= TokenGap.space
      {
        end += 1
      }
      let last = end
      while end < to, closes(end, last, tokens, openQuotes) {
        if tokens.kind[end] == TokenKind.quote { openQuotes.toggle() }
        end += 1
      }
      end = afterLostBreak(mark: i, end, to, tokens, document)
      if end == to || (end > quotationEnd && endsSentence(mark: i, end, start, tokens, document)) {
        add(start, end, to: &sentences)
        start = end
      }
      i = end
    }
    add(start, to, to: &sentences)
  }

  /// The mark that closes the quotation which `open` opens, in the same paragraph; nil when there is none.
  ///
  /// Looks ahead once per quotation that is closed; a mark that is never closed costs its paragraph once, since the next
  /// mark of its kind would close it.
  private func closingQuote(of open: Int, _ to: Int, _ isWrapped: Bool, _ tokens: TokenTable) -> Int? {
    let isStraight = tokens.kind[open] == TokenKind.quote
    guard !isStraight || (open + 1 < to && tokens.gap[open + 1] == TokenGap.none) else { return nil }
    var i = open + 1
    let (kinds, gaps) = (tokens.kind, tokens.gap)
    while i < to {
      if kinds[i] < TokenKind.quote || kinds[i] > TokenKind.closeQuote, gaps[i] < TokenGap.line {
        i += 1
        continue
      }
      if tokens.gap[i] >= TokenGap.line, breaksLine(i, open, isWrapped, tokens) { return nil }
      if tokens.kind[i] == TokenKind.closeQuote || (isStraight && tokens.kind[i] == TokenKind.quote) { return i }
      if !isStraight, tokens.kind[i] == TokenKind.openQuote { return nil }
      i += 1
    }
    return nil
  }

  /// Whether the mark at `i` belongs to the sentence that ended before it: closing quotes and brackets.
  private func closes(_ i: Int, _ afterMark: Int, _ tokens: TokenTable, _ openQuotes: Bool) -> Bool {
    if tokens.gap[i] == TokenGap.space, isLastMark(i, tokens) { return true }
    guard tokens.gap[i] == TokenGap.none || (tokens.gap[i] == TokenGap.space && spacedCloser(i, tokens, openQuotes))
    else { return false }
    switch tokens.kind[i] {
    case TokenKind.closeQuote, TokenKind.closeParen, TokenKind.closeBracket, TokenKind.closeSingleQuote: return true
    case TokenKind.quote: return openQuotes
    case TokenKind.apostrophe: return i + 1 >= tokens.count || tokens.gap[i + 1] != TokenGap.none
    default: return false
    }
  }

  /// A quotation mark behind which the line ends: `… tanpa batas. '`.
  private func isLastMark(_ i: Int, _ tokens: TokenTable) -> Bool {
    switch tokens.kind[i] {
    case TokenKind.quote, TokenKind.closeQuote, TokenKind.apostrophe, TokenKind.closeSingleQuote:
      return i + 1 >= tokens.count || tokens.gap[i + 1] >= TokenGap.line
    default: return false
    }
  }

  /// `. "` with a space before a mark that can only close: an open quotation, and no word attached behind it.
  private func spacedCloser(_ i: Int, _ tokens: TokenTable, _ openQuotes: Bool) -> Bool {
    switch tokens.kind[i] {
    case TokenKind.closeQuote, TokenKind.closeParen: return true
    case TokenKind.quote: return openQuotes && (i + 1 >= tokens.count || tokens.gap[i + 1] != TokenGap.none)
    default: return false
    }
  }

  /// Whether the line break before `i` ends the sentence that began at `start`.
  private func breaksLine(_ i: Int, _ start: Int, _ isWrapped: Bool, _ tokens: TokenTable) -> Bool {
    if tokens.gap[i] == TokenGap.paragraph { return true }
    if tokens.kind[i] == TokenKind.word, !tokens.isCapitalized(i) { return false }
    return !isWrapped
  }

  /// Whether lines are wrapped at a width: most single line breaks stand behind 40 to 110 bytes and no full stop.
  static func isHardWrapped(_ tokens: TokenTable) -> Bool {
    var wrapped = 0
    var other = 0
    var lineStart = 0
    // Every row below `count` is in the column.
    let gaps = UnsafePointer(tokens.gap.base)
    var i = 0
    while true {
      i = tokens.next(from: i &+ 1, with: TokenTrigger.boundary)
      guard i < tokens.count else { break }
      guard gaps[i] >= TokenGap.line else { continue }
      if tokens.gap[i] == TokenGap.line {
        let length = Int(tokens.end[i - 1]) - lineStart
        let isFinal = tokens.kind[i - 1] >= TokenKind.period && tokens.kind[i - 1] <= TokenKind.exclamation
        if length >= 40, length <= 110, !isFinal { wrapped += 1 } else { other += 1 }
      }
      lineStart = Int(tokens.start[i])
    }
    return wrapped >= 2 && wrapped > other * 2
  }

  /// Whether the sentence from `start` ends at the mark `mark`, whose closing marks end before `end`.
  private func endsSentence(mark: Int, _ end: Int, _ start: Int, _ tokens: TokenTable, _ document: Place) -> Bool {
    let isAttached = tokens.gap[end] == TokenGap.none
    if tokens.kind[end - 1] == TokenKind.comma { return true }
    if tokens.kind[mark] == TokenKind.period, mark + 1 == end {
      if isAttached { return endsAttached(mark, tokens, document) }
      if isAbbreviation(mark, tokens, document) { return false }
      if isListMarker(mark, start, tokens) { return false }
    } else if mark + 2 == end, tokens.kind[mark] == TokenKind.period, tokens.kind[mark + 1] == TokenKind.closeParen,
      isAbbreviation(mark, tokens, document)
    {
      return false
    } else if tokens.kind[mark] == TokenKind.exclamation,
      document.pointee.word(end, has: organizationSuffix, in: lexicon)
    {
      return false
    } else if isAttached, !(tokens.isCapitalized(end) || isOpening(end, tokens)) {
      return false
    }
    return startsSentence(end, tokens) && !isAside(end, tokens)
  }

  /// A short bracket before a small letter belongs to what stands before it: "Ltd. (SPA) menjual".
  private func isAside(_ open: Int, _ tokens: TokenTable) -> Bool {
    guard tokens.kind[open] == TokenKind.openParen else { return false }
    var i = open + 1
    while i < min(tokens.count, open + 10), tokens.kind[i] != TokenKind.closeParen { i += 1 }
    guard i + 1 < tokens.count, tokens.kind[i] == TokenKind.closeParen, tokens.gap[i + 1] <= TokenGap.space else {
      return false
    }
    let next = i + 1
    return tokens.kind[next] == TokenKind.comma || (tokens.kind[next] == TokenKind.word && !tokens.isCapitalized(next))
  }

  private func isOpening(_ i: Int, _ tokens: TokenTable) -> Bool {
    switch tokens.kindAt(i) {
    case TokenKind.openQuote, TokenKind.quote, TokenKind.openParen: return true
    default: return false
    }
  }

  /// Whether a sentence can begin with token `i`: not with a small letter or a comma.
  private func startsSentence(_ i: Int, _ tokens: TokenTable) -> Bool {
    switch tokens.kind[i] {
    case TokenKind.word: return tokens.isCapitalized(i) || tokens.shape[i] & TokenShape.innerUpper != 0
    case TokenKind.comma, TokenKind.semicolon, TokenKind.colon, TokenKind.closeParen, TokenKind.percent: return false
    case TokenKind.hyphen, TokenKind.dash:
      return i + 1 < tokens.count && tokens.gap[i] >= TokenGap.space && startsSentence(i + 1, tokens)
    default: return true
    }
  }

  /// A full stop without white space behind it: a number, a domain, an initial — or a sentence end whose space was lost
  /// ("kota.Kepala", "2024.Pewarta").
  private func endsAttached(_ mark: Int, _ tokens: TokenTable, _ document: Place) -> Bool {
    let next = mark + 1
    guard mark > 0, next < tokens.count else { return true }
    switch tokens.kind[next] {
    case TokenKind.word:
      guard tokens.isCapitalized(next), tokens.shape[next] & TokenShape.hasLower != 0, tokens.length(next) > 1 else {
        return false
      }
      if document.pointee.word(next, has: domainSuffix, in: lexicon) { return false }
      if tokens.kind[mark - 1] == TokenKind.word {
        // "B.Habibie", "KOMPAS.Com", "S.Pd": short or capital words before the dot are initials, degrees and domains.
        guard tokens.length(mark - 1) > 2,
          tokens.shape[mark - 1] & TokenShape.hasLower != 0 || tokens.length(mark - 1) > 4
        else {
          // "per dolar AS.Indeks", "10.00 WIB.Warga": behind capitals only a word that is seldom written large.
          return tokens.length(mark - 1) > 1 && tokens.shape[mark - 1] & TokenShape.hasLower == 0
            && isCommonWord(next, tokens) && !isAbbreviation(mark, tokens, document)
        }
        return !isAbbreviation(mark, tokens, document)
      }
      return tokens.kind[mark - 1] == TokenKind.number || tokens.kind[mark - 1] >= TokenKind.closeParen
    case TokenKind.openQuote, TokenKind.openParen: return true
    case TokenKind.quote: return next + 1 < tokens.count && tokens.gap[next + 1] == TokenGap.none
    default: return false
    }
  }

  /// Behind the commas that stand for lost line breaks ("memuji polisi.,Menurut jadwal"); `end` when there are none.
  ///
  /// Commas without any white space around, between a full stop behind a word or bracket and a capital letter: lists of
  /// degrees ("S.H.,M.H.") have an abbreviation before the stop.
  private func afterLostBreak(mark: Int, _ end: Int, _ to: Int, _ tokens: TokenTable, _ document: Place) -> Int {
    var next = end
    while next < to, tokens.kind[next] == TokenKind.comma, tokens.gap[next] == TokenGap.none { next += 1 }
    guard next > end, next < to, mark > 0, tokens.gap[next] == TokenGap.none else { return end }
    if tokens.kind[mark - 1] == TokenKind.word {
      guard tokens.length(mark - 1) > 2,
        tokens.kind[mark] != TokenKind.period || !isAbbreviation(mark, tokens, document)
      else {
        return end
      }
    }
    var word = next
    if isOpening(word, tokens) { word += 1 }
    guard word < to, tokens.kind[word] == TokenKind.word, tokens.isCapitalized(word), tokens.length(word) > 1,
      tokens.shape[word] & TokenShape.hasLower != 0 || word > next
    else { return end }
    return next
  }

  private func isAbbreviation(_ mark: Int, _ tokens: TokenTable, _ document: Place) -> Bool {
    guard mark > 0, tokens.gap[mark] == TokenGap.none, tokens.kind[mark - 1] == TokenKind.word else { return false }
    let word = mark - 1
    let next = mark + 1
    // A degree or another abbreviation with a dot inside ("M.H.") before the initials that it is made of.
    if word >= 2, tokens.kind[word - 1] == TokenKind.period,
      let ends = endsByList(first: word - 2, mark, tokens, document)
    {
      return ends
    }
    // An initial: one capital letter, alone or after another one's dot.
    if tokens.length(word) == 1, tokens.isCapitalized(word) {
      let follows = word >= 2 && tokens.kind[word - 1] == TokenKind.period && tokens.gap[word] == TokenGap.none
      let afterNumber = word >= 1 && tokens.kind[word - 1] == TokenKind.number
      if !afterNumber, follows || !isCommonWord(next, tokens) { return true }
    }
    return endsByList(first: word, mark, tokens, document) ?? false
  }

  /// Whether the words from `first` to the dot are an abbreviation whose dot ends no sentence here; nil when no list has them.
  private func endsByList(first: Int, _ mark: Int, _ tokens: TokenTable, _ document: Place) -> Bool? {
    var classes = ClassSet()
    if first + 1 == mark {
      classes = lexicon.classes(ofWord: tokens.id[first])
    } else {
      for m in document.pointee.matchRange(at: first) where Int(document.pointee.matches[m].end) == mark {
        classes = classes.union(lexicon.classes(at: document.pointee.matches[m].state))
      }
    }
    let next = mark + 1
    if classes.intersects(abbreviationBeforeName) {
      return tokens.isCapitalized(first) || tokens.length(first) <= 2 || !isCommonWord(next, tokens)
    }
    if classes.intersects(abbreviationBeforeNumber) {
      return tokens.kindAt(next) == TokenKind.number || isRoman(next, document)
    }
    if classes.intersects(abbreviationAtEnd) { return !isCommonWord(next, tokens) }
    return nil
  }

  private func isRoman(_ i: Int, _ document: Place) -> Bool {
    guard document.pointee.tokens.isWord(i), document.pointee.tokens.length(i) <= 6 else { return false }
    for b in document.pointee.bytes[Int(document.pointee.tokens.start[i])..<Int(document.pointee.tokens.end[i])] {
      switch b {
      case 0x49, 0x56, 0x58, 0x4C, 0x43: continue  // I V X L C
      default: return false
      }
    }
    return true
  }

  /// Whether the word is seldom written with a capital inside sentences, so that its capital begins a sentence.
  private func isCommonWord(_ i: Int, _ tokens: TokenTable) -> Bool {
    guard tokens.isWord(i) else { return tokens.kindAt(i) != TokenKind.number && i < tokens.count }
    let tendency = lexicon.caseTendency(ofWord: tokens.id[i])
    return tokens.isCapitalized(i) && tendency >= 1 && tendency <= 3
  }

  /// "1. Mancanegara" at the beginning of a line or sentence.
  private func isListMarker(_ mark: Int, _ start: Int, _ tokens: TokenTable) -> Bool {
    guard mark == start + 1, tokens.gap[mark] == TokenGap.none else { return false }
    if tokens.kind[start] == TokenKind.number { return tokens.length(start) <= 3 }
    return tokens.kind[start] == TokenKind.word && tokens.length(start) == 1
  }
}
