// What stands at the ends of lines and articles: addresses, initials, photo credits; and how regions are joined.

extension RegionFinder {
  /// URLs that stand alone on their line, or at its end behind a wide gap.
  mutating func addURLs(_ start: Int, _ end: Int) {
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
  mutating func addClosingByline(_ start: Int, _ end: Int) {
    guard end > start, end == tokens.count || tokens.gap[end] >= TokenGap.line, isCloseBracket(end - 1) else { return }
    var open = end - 2
    while open >= start, open > end - Bound.initials, !isOpenBracket(open) { open -= 1 }
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
  mutating func addNamesInBrackets(_ start: Int, _ end: Int) {
    var open = end - 2
    while open > start, open > end - 8, !isOpenBracket(open) { open -= 1 }
    guard isOpenBracket(open), open > start, endsSentence(open - 1) else { return }
    for i in open + 1..<end - 1 where !tokens.isCapitalized(i) && tokens.kind[i] != TokenKind.period { return }
    add(open, end, .byline)
  }

  /// A line without a full stop that ends with an outlet's domain and a name: "… merdeka.com/nama fotografer".
  func isPhotoCredit(_ start: Int, _ end: Int) -> Bool {
    guard end - start >= 5, end - start <= Bound.photoCredit, !endsSentence(end - 1) else { return false }
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

  /// Where the rest of an image's tag begins that has lost its `<` and closes the line, `Anton Wijaya "src="https://…" width="468"/>`:
  /// what stands before it was the image's description.
  func restOfTag(_ start: Int, _ end: Int) -> Int? {
    let last = Int(tokens.end[end - 1])
    guard end - start >= 3, document.bytes[last - 1] == UInt8(ascii: ">"),
      document.bytes[last - 2] == UInt8(ascii: "/"),
      let quote = (start..<min(end - 2, start + Bound.caption)).first(where: {
        document.bytes[Int(tokens.start[$0])] == 0x22
      })
    else { return nil }
    // Nothing, or an attribute: letters, an equals sign and a quotation mark.
    var at = Int(tokens.end[quote])
    if tokens.start[quote + 1] == at, document.bytes[at] == UInt8(ascii: "/"), quote + 3 == end { return quote }
    if document.bytes[at] == 0x20 { at += 1 }
    let name = at
    while at < last, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(document.bytes[at]) { at += 1 }
    return at > name && at + 1 < last && document.bytes[at] == UInt8(ascii: "=") && document.bytes[at + 1] == 0x22
      ? quote : nil
  }

  /// Joins regions of one kind that touch, and cuts those that overlap.
  mutating func mergeOverlaps() {
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
