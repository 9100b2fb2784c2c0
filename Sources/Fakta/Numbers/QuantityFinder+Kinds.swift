/// Ages, scores and ordinals.
extension QuantityFinder {
  /// A length of time that is an age: "berusia 25 tahun", "bocah 7 tahun", "Siti, 52 tahun,", "(17 tahun)".
  func age(_ number: Number, _ hit: NumberText.UnitHit) -> Quantity? {
    guard number.form != .score, !hit.unit.symbol.isEmpty else { return nil }
    let start = Int(number.span.start)
    let isCued =
      text.cue(endingAt: modifierStart(of: start), .age) != nil
      || (text.cue(endingAt: start, .person) != nil || isBehindName(start) && !opensClause(hit.end)
        || goesOnWithAges(start)) && isYearOrMonth(hit.unit)
    guard isCued else { return nil }
    var quantity = self.quantity(number, .age, unit: hit.unit)
    quantity.span.end = Int32(hit.end)
    return quantity
  }

  /// "Kini, 27 tahun SETELAH …", "Budi, dua tahun SEBELUM …": a word behind the years makes them a distance in time.
  private func opensClause(_ end: Int) -> Bool {
    tokens.gapAt(end) <= TokenGap.space && words.isFunctionWord(at: end, in: text)
      && text.cue(at: end, [.and, .or]) == nil && !words.isRelative(at: end, in: text)
  }

  /// "berumur 6 DAN 9 tahun": the first of the numbers was an age without a unit; "berumur 6 tahun HINGGA 9 tahun".
  private func goesOnWithAges(_ start: Int) -> Bool {
    guard let last, last.kind == .age else { return false }
    let end = Int(last.span.end)
    guard last.span.count == 1 else { return text.cue(at: end, .range)?.end == start }
    if tokens.kindAt(end) == TokenKind.comma { return end + 1 == start }
    return text.cue(at: end, [.and, .or])?.end == start
  }

  /// Ages behind a name have no other units: `Rina, lima menit kemudian`.
  private func isYearOrMonth(_ unit: Unit) -> Bool { unit.symbol == Self.year || unit.symbol == Self.month }

  private static let year = ShortText("a")
  private static let month = ShortText("mo")

  /// "(25)" behind a name, "di usia 25".
  func bareAge(_ number: Number) -> Quantity? {
    guard number.isPlainDigits, number.form != .score, number.traits.isDisjoint(with: [.leadingZero, .commaGroup]),
      let years = number.low.smallInteger, years > 0, years <= 115
    else { return nil }
    let start = Int(number.span.start)
    let end = Int(number.span.end)
    let isSingle = number.form == .single
    let isBracket =
      isSingle && tokens.kindAt(start - 1) == TokenKind.openParen && tokens.attached(start)
      && (tokens.kindAt(end) == TokenKind.closeParen || tokens.kindAt(end) == TokenKind.comma)
      && isBehindName(start)
    let isBetweenCommas =
      isSingle && names.label == .person && tokens.kindAt(start - 1) == TokenKind.comma
      && tokens.kindAt(end) == TokenKind.comma && years >= 5
    let isCued = text.cue(endingAt: modifierStart(of: start), .age) != nil
    // "(perempuan, 15)"
    let isDescribed =
      isSingle && tokens.kindAt(start - 1) == TokenKind.comma && tokens.kindAt(end) == TokenKind.closeParen
      && text.cue(endingAt: start - 1, .person) != nil
    guard isBracket || isBetweenCommas || isCued || isDescribed else { return nil }
    var quantity = self.quantity(number, .age)
    quantity.unit.append("a")
    return quantity
  }

  /// Whether a bracket or comma and a name stand in front of token `start`.
  private func isBehindName(_ start: Int) -> Bool {
    let mark = tokens.kindAt(start - 1)
    guard mark == TokenKind.openParen || mark == TokenKind.comma else { return false }
    if names.label == .person || mark == TokenKind.comma && text.cue(endingAt: start - 1, .person) != nil {
      return true
    }
    if names.label == .location || names.label == .organization { return false }
    let name = start - 2
    guard tokens.isWord(name), tokens.isCapitalized(name), text.cue(endingAt: start - 1, [.name, .nameDigits]) == nil
    else { return false }
    // A comma needs a name that is no common word: "Ya, 52 tahun".
    return mark == TokenKind.openParen || !words.isFunctionWord(at: name, in: text)
  }

  /// Two numbers around a hyphen where something is played.
  func score(_ number: Number) -> Quantity? {
    guard number.traits.contains(.hyphen), number.isPlainDigits, !number.traits.contains(.grouped),
      let a = number.low.smallInteger, let b = number.high.smallInteger, a < 200, b < 200
    else { return nil }
    let start = Int(number.span.start)
    if number.form == .range, !isBetweenTeams(number) {
      guard items.item(at: Int(number.span.end)).span.isNone else { return nil }
      guard a == 0 || isInSeries(start) || hasScoreCue(before: start) || isResult(number) else { return nil }
    }
    return quantity(number, .score)
  }

  /// "Melati 0-2 Persija", "ditahan imbang 1-1 Melati FC": behind the number stands a name, and a name or what is played before it.
  private func isBetweenTeams(_ number: Number) -> Bool {
    let (start, end) = (Int(number.span.start), Int(number.span.end))
    guard tokens.gapAt(end) == TokenGap.space, names.startsBehind || isTeam(end), tokens.gapAt(start) == TokenGap.space
    else { return false }
    return names.endsBefore || isNamePart(start - 1) && isTeam(start - 1) || hasScoreCue(before: start)
  }

  /// Whether the word at `i` has a capital and is one that seldom goes without.
  private func isTeam(_ i: Int) -> Bool {
    guard tokens.isWord(i), tokens.isCapitalized(i), !words.isFunctionWord(at: i, in: text),
      !words.isVerb(at: i, in: text)
    else { return false }
    let tendency = text.lexicon.caseTendency(ofWord: tokens.idAt(i))
    return tendency == 0 || tendency > 3
  }

  /// "21-19, 21-17" and "2-1 (1-0)".
  private func isInSeries(_ start: Int) -> Bool {
    guard let last, last.kind == .score else { return false }
    return start - Int(last.span.end) <= 2
  }

  /// "Melati (0-1), Vietnam (2-3)": small numbers in brackets behind a name.
  func isResult(_ number: Number) -> Bool {
    let start = Int(number.span.start)
    guard number.traits.contains(.hyphen), let a = number.low.smallInteger, let b = number.high.smallInteger, a < 20,
      b < 20
    else { return false }
    return tokens.kindAt(start - 1) == TokenKind.openParen
      && tokens.kindAt(Int(number.span.end)) == TokenKind.closeParen && tokens.isCapitalized(start - 2)
      && tokens.isWord(start - 2)
  }

  func hasScoreCue(before start: Int) -> Bool {
    var i = start - 1
    let floor = max(0, start - 10)
    while i >= floor {
      if tokens.kindAt(i) == TokenKind.period, i + 1 < tokens.count, tokens.gapAt(i + 1) != TokenGap.none {
        return false
      }
      if tokens.kindAt(i) == TokenKind.word, text.cue(at: i, .score) != nil { return true }
      if tokens.gapAt(i) == TokenGap.paragraph { return false }
      i -= 1
    }
    return false
  }

  /// `ke-70`, `pertama`, and `kedua` behind a noun; `kedua` before a noun is a count of two.
  func ordinal(_ number: Number) -> Quantity? {
    let start = Int(number.span.start)
    let end = Int(number.span.end)
    if number.traits.contains(.looseOrdinal) { return looseOrdinal(number) }
    guard number.traits.contains(.collective) || number.traits.contains(.first) else {
      // "Pasal 56 ayat 2 ke-1", "abad ke-9".
      guard !isArticle(start), text.unit(at: start - 1, afterDigits: false)?.isEra != true else { return nil }
      return quantity(number, .ordinal)
    }
    // "tiga hari pertama" is a length of time.
    if isBehindLengthOfTime(start) { return nil }
    let opens = opensSentence(start)
    let follows = tokens.gapAt(start) <= TokenGap.line && !opens && tokens.isWord(start - 1)
    if number.traits.contains(.first) {
      if opens { return text.cue(at: end, .alone) != nil ? quantity(number, .ordinal) : nil }
      return isNamedSeries(start) ? nil : quantity(number, .ordinal)
    }
    if text.cue(at: end, .alone) != nil { return quantity(number, .ordinal) }
    let item = items.item(at: end)
    let isBehindNoun =
      follows && (words.isNounLike(at: start - 1, in: text) || text.unit(at: start - 1, afterDigits: false) != nil)
    let isPair = text.cue(at: end, .both) != nil || pointsBack(item) && !headsSeries(start - 1)
    if !item.span.isNone, !isBehindNoun || isPair {
      if follows, isRelative(start - 1) { return quantity(number, .ordinal) }
      var quantity = self.quantity(number, .count)
      set(item, &quantity)
      return quantity
    }
    if opens { return nil }
    return isNamedSeries(start) ? nil : quantity(number, .ordinal)
  }

  /// "Pasal 55 Ayat (1) ke-1"
  private func isArticle(_ start: Int) -> Bool {
    tokens.isNumber(start - 1) || tokens.kindAt(start - 1) == TokenKind.closeParen && tokens.isNumber(start - 2)
  }

  private func isBehindLengthOfTime(_ start: Int) -> Bool {
    guard start >= 2, let unit = text.unit(at: start - 1, afterDigits: false), unit.unit.kind == .time,
      unit.end == start
    else { return false }
    return tokens.isNumber(start - 2) || numberWords.isNumberWord(tokens.idAt(start - 2))
  }

  /// "Yang kedua adalah" numbers the points of a speech.
  private func isNamedSeries(_ start: Int) -> Bool { isRelative(start - 1) && opensSentence(start - 1) }

  /// "nama ketiga saksi TERSEBUT": a word behind the noun points back to things that the text has named.
  private func pointsBack(_ item: ItemReader.Item) -> Bool {
    !item.span.isNone && !tokens.isCapitalized(Int(item.span.start)) && tokens.gapAt(item.end) <= TokenGap.line
      && text.cue(at: item.end, .back) != nil
  }

  /// Whether the word at `i` is one that ordinals follow: "gol kedua", "babak ketiga", "kalinya".
  private func headsSeries(_ i: Int) -> Bool { text.cue(endingAt: i + 1, [.series, .rank]) != nil }

  private func isRelative(_ i: Int) -> Bool { words.isRelative(at: i, in: text) }

  /// "Peringatan ke 3" and "pekan ke delapan Liga 1" are ordinals, "naik ke 3 persen", "perjalanan ke 10 negara" and "menguat tipis ke 6.244"
  /// are not.
  private func looseOrdinal(_ number: Number) -> Quantity? {
    let start = Int(number.span.start)
    let end = Int(number.span.end)
    let item = items.item(at: end)
    let isAlone = item.span.isNone || item.isAlone || tokens.isCapitalized(Int(item.span.start))
    if start > 0, tokens.gapAt(start) <= TokenGap.space,
      headsSeries(start - 1) || isRelative(start - 1) || isAlone && words.isNoun(at: start - 1, in: text),
      item.classifier.isNone, text.unit(at: end, afterDigits: true) == nil
    {
      return quantity(number, .ordinal)
    }
    var plain = number
    plain.span.start += 1
    plain.isOrdinal = false
    plain.traits.remove(.looseOrdinal)
    return plainQuantity(plain)
  }

  /// Whether token `i` is the first of a sentence.
  func opensSentence(_ i: Int) -> Bool {
    guard i > 0, tokens.gapAt(i) != TokenGap.paragraph else { return true }
    switch tokens.kindAt(i - 1) {
    case TokenKind.period, TokenKind.question, TokenKind.exclamation, TokenKind.ellipsis, TokenKind.quote,
      TokenKind.openQuote,
      TokenKind.colon, TokenKind.semicolon, TokenKind.bullet:
      return true
    case TokenKind.comma: return tokens.isCapitalized(i)
    default: return tokens.gapAt(i) == TokenGap.line && tokens.isCapitalized(i)
    }
  }
}
