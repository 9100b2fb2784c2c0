// What stands above the text: title, credits, dateline.

extension RegionFinder {
  /// Whether a line above the text names the author or the day of the page: "Oleh Budi Santoso", "Budi Santoso - detikJateng".
  func isCredit(_ start: Int, _ end: Int) -> Bool {
    guard end - start <= Bound.credit else { return false }
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
  func isTitle(_ start: Int, _ end: Int) -> Bool {
    let from = Int(tokens.start[start])
    let to = Int(tokens.end[end - 1])
    guard document.title.count == to - from, to > from else { return false }
    for (i, b) in document.title.enumerated() where b | 0x20 != document.bytes[from + i] | 0x20 { return false }
    return true
  }

  /// The dateline at the beginning of the line, or one that a lost line break glued to the caption before it
  /// ("… di pasar, kata Budi SetiawanBandung (ANTARA) -").
  func dateline(_ start: Int, _ end: Int) -> (start: Int, end: Int)? {
    if let dash = endOfDateline(start, end) ?? endOfBareDateline(start, end) ?? endOfDatedDateline(start, end) {
      return (start, dash)
    }
    var at = start + 2
    while at < min(end, start + Bound.gluedCaption) {
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
  /// A dateline is capitalised words, commas and brackets before a dash, with an outlet or a place in capitals among them, or a place
  /// alone.
  func endOfDateline(_ start: Int, _ end: Int) -> Int? {
    var at = start
    var hasOutlet = false
    var hasPlace = false
    let limit = min(end, start + Bound.dateline)
    while at < limit {
      let kind = tokens.kind[at]
      if kind == TokenKind.dash || (kind == TokenKind.hyphen && tokens.gap[at] != TokenGap.none) {
        guard at > start, hasOutlet || hasPlace || isPlaceAlone(start, at, end) else { return nil }
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

  /// `Liputan6.com, Jakarta Polisi menangkap …`: the token behind the domain of an outlet, a comma and a known place that open
  /// the text without a dash, as where the page set them off by bold type.
  private func endOfBareDateline(_ start: Int, _ end: Int) -> Int? {
    guard !foundBody, let domain = outletLength(start, end).map({ start + $0 }), domain > start + 2,
      tokens.kind[domain - 2] == TokenKind.period, tokens.kindAt(domain) == TokenKind.comma,
      let place = longestMatch(at: domain + 1, of: stage.classes.place)
    else { return nil }
    let next = Int(place.end)
    guard next + 3 < end, tokens.isCapitalized(domain + 1), tokens.gap[next] == TokenGap.space,
      tokens.isCapitalized(next) || RuleMatcher.isQuote(tokens.kind[next])
    else { return nil }
    return next
  }

  /// `Jakarta Pusat, 6 November 2025 – Kementerian …`: the token behind a known place, a day and a dash that open the text of a
  /// press release.
  private func endOfDatedDateline(_ start: Int, _ end: Int) -> Int? {
    guard !foundBody, let place = longestMatch(at: start, of: stage.classes.place), tokens.isCapitalized(start) else {
      return nil
    }
    var at = Int(place.end)
    if tokens.kindAt(at) == TokenKind.comma, tokens.kindAt(at + 2) == TokenKind.comma { at += 2 }
    guard tokens.kindAt(at) == TokenKind.comma, at + 5 < end, tokens.isNumber(at + 1), tokens.length(at + 1) <= 2,
      tokens.kind[at + 2] == TokenKind.word, tokens.isNumber(at + 3), tokens.length(at + 3) == 4
    else { return nil }
    let dash = at + 4
    return tokens.kind[dash] == TokenKind.dash
      || tokens.kind[dash] == TokenKind.hyphen && tokens.gap[dash] != TokenGap.none
      ? dash + 1 : nil
  }

  /// Whether what stands before the dash is a known place alone and opens the text, or has a line of its own: `Jakarta - Polisi …`. Two
  /// places are a stretch or a pair: `Jakarta - Bandung macet`.
  private func isPlaceAlone(_ start: Int, _ dash: Int, _ end: Int) -> Bool {
    guard longestMatch(at: start, of: stage.classes.place).map({ Int($0.end) }) == dash else { return false }
    let next = dash + 1
    guard next < end else { return true }
    guard !foundBody, tokens.gap[dash] == TokenGap.space, tokens.gap[next] == TokenGap.space, next + 3 < end,
      tokens.kind[next] != TokenKind.word || tokens.isCapitalized(next)
    else { return false }
    guard let second = longestMatch(at: next, of: stage.classes.place) else { return true }
    // "Surabaya - PERSEBAYA Surabaya menang", but "Surabaya - Malang macet"
    let behind = Int(second.end)
    return behind < end && tokens.isCapitalized(behind)
  }

  /// "KONTAN.CO.ID - JAKARTA.": the place may stand behind the dash, in capitals, with a full stop or another dash.
  func placeBehind(_ at: Int, _ end: Int) -> Int {
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
  func outletLength(_ at: Int, _ limit: Int) -> Int? {
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
  mutating func markLinesBeforeDateline() {
    guard let dateline = regions.first(where: { $0.kind == .dateline }) else { return }
    var start = 0
    while start < Int(dateline.span.start) {
      var end = start + 1
      while end < Int(dateline.span.start), tokens.gap[end] < TokenGap.line { end += 1 }
      let span = TokenSpan(start, end)
      if !endsSentence(end - 1), end - start <= Bound.lineAboveDateline,
        !regions.contains(where: { $0.span.overlaps(span) })
      {
        add(start, end, start == 0 && isHeadline(start, end) ? .title : .caption)
      }
      start = end
    }
  }

  /// Whether a line is written as headlines are: four words or more, two of three of them with a capital, the last one too.
  func isHeadline(_ start: Int, _ end: Int) -> Bool {
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
}
