/// Ranges, ordinals, and the look of codes.
extension NumberFinder {
  /// Joins a second value to `first` where a range or score goes on. Returns the end; nil when nothing is joined; minus the
  /// end when it is no number at all: a third number follows (`021-555-1234`), or a word is doubled (`satu-satu`).
  func join(_ first: NumberReading, into number: inout Number) -> Int? {
    let mark = first.end
    guard mark < tokens.count, tokens.gapAt(mark) <= TokenGap.space else { return nil }
    let kind = tokens.kindAt(mark)
    if kind == TokenKind.hyphen || kind == TokenKind.dash {
      let next = mark + 1
      guard next < tokens.count, tokens.gapAt(next) == tokens.gapAt(mark), let second = value(at: next) else {
        return nil
      }
      if isCodeJoin(behind: second.end) { return -second.end }
      return range(first, second, hyphen: true, into: &number)
    }
    guard kind == TokenKind.word, tokens.gapAt(mark) == TokenGap.space,
      let hit = text.cue(at: mark, [.range, .or, .and])
    else { return nil }
    let isAnd = !hit.cue.roles.contains(.range) && !hit.cue.roles.contains(.or)
    if isAnd, text.cue(endingAt: Int(number.span.start), .between) == nil { return nil }
    // "5 s.d. 7": the last dot is no part of the phrase.
    let next = tokens.kindAt(hit.end) == TokenKind.period && tokens.attached(hit.end) ? hit.end + 1 : hit.end
    guard next < tokens.count, tokens.gapAt(next) <= TokenGap.space, let second = value(at: next), !second.isVague,
      !second.traits.contains(.collective)
    else { return nil }
    if hit.cue.roles.contains(.or), second.scale == 0, first.scale != 0 { return nil }
    if isAnd { number.traits.insert(.between) }
    return range(first, second, hyphen: false, into: &number)
  }

  private func range(_ first: NumberReading, _ second: NumberReading, hyphen: Bool, into number: inout Number) -> Int? {
    guard !second.isVague, !second.traits.contains(.first), !second.traits.contains(.collective) else { return nil }
    var low = first.low
    // "31-33 ribu": the scale belongs to both.
    if first.scale == 0, second.scale > 0, first.base.isLess(than: second.base) { low = low.scaled(by: second.scale) }
    let traits = second.traits.intersection([.scaled, .grouped, .approximate]).union(hyphen ? .hyphen : [])
    if low.isLess(than: second.low) {
      number.form = .range
      number.low = low
      number.high = second.high
      number.traits.formUnion(traits)
      return second.end
    }
    // "satu-satu" is a manner, "3-0" a score.
    if hyphen, !first.traits.contains(.digits), first.low == second.low { return -second.end }
    guard hyphen, first.traits.contains(.digits), second.traits.contains(.digits), second.scale == 0, first.scale == 0
    else { return nil }
    number.form = .score
    number.high = second.low
    number.traits.formUnion(traits)
    return second.end
  }

  /// Marks `ke-70`, `ke 3`, `kedua` and `pertama`, and takes `ke` into the span.
  func ordinal(_ number: inout Number, at i: Int, floor: Int) {
    if number.traits.contains(.collective) || number.traits.contains(.first) {
      number.isOrdinal = true
      return
    }
    guard number.form == .single else { return }
    if tokens.attached(i), tokens.kindAt(i - 1) == TokenKind.hyphen, i - 2 >= floor, isKe(i - 2) {
      number.span.start = Int32(i - 2)
      number.isOrdinal = true
    } else if i - 2 >= floor, tokens.kindAt(i - 1) == TokenKind.hyphen, isKe(i - 2), tokens.gapAt(i) == TokenGap.space,
      tokens.gapAt(i - 1) == TokenGap.space
    {
      // "ke - 13", as some sites space every hyphen.
      number.span.start = Int32(i - 2)
      number.isOrdinal = true
    } else if i - 1 >= floor, isKe(i - 1), tokens.gapAt(i) <= TokenGap.space, !number.traits.contains(.scaled),
      // "album ke enam", but "kunjungan ke enam negara"
      number.traits.contains(.digits) || text.cue(endingAt: i - 1, [.series, .rank]) != nil
    {
      number.span.start = Int32(i - 1)
      number.isOrdinal = true
      if tokens.gapAt(i) != TokenGap.none { number.traits.insert(.looseOrdinal) }
    }
  }

  private func isKe(_ i: Int) -> Bool { i >= 0 && tokens.isWord(i) && words.at(tokens.idAt(i)).role == .ordinalMark }

  /// "ke-XII".
  func romanOrdinal(at i: Int) -> Finding {
    guard tokens.attached(i + 1), tokens.kindAt(i + 1) == TokenKind.hyphen, tokens.attached(i + 2),
      tokens.isWord(i + 2),
      let value = roman(i + 2)
    else { return Finding(end: i + 1) }
    var number = Number(span: TokenSpan(i, i + 3), low: ExactDecimal(Int64(value)), high: ExactDecimal(Int64(value)))
    number.isOrdinal = true
    return Finding(number: number, end: i + 3)
  }

  /// The value of a Roman numeral in capitals, up to 3999.
  private func roman(_ i: Int) -> Int? {
    let length = tokens.length(i)
    guard length <= 15, tokens.shape[i] & TokenShape.hasLower == 0 else { return nil }
    var total = 0
    var previous = 0
    for at in (Int(tokens.start[i])..<Int(tokens.end[i])).reversed() {
      let value: Int
      switch reader.digits.bytes[at] {
      case 0x49: value = 1
      case 0x56: value = 5
      case 0x58: value = 10
      case 0x4C: value = 50
      case 0x43: value = 100
      case 0x44: value = 500
      case 0x4D: value = 1000
      default: return nil
      }
      if value < previous { total -= value } else { total += value }
      previous = max(previous, value)
    }
    return total > 0 && total < 4000 ? total : nil
  }

  /// Whether the digits at `i` go on from letters or marks in front of them: `G20`, `Su-24`, `/12`.
  func isInsideCode(at i: Int) -> Bool {
    guard tokens.attached(i) else { return spacedName(before: i) }
    let before = tokens.kindAt(i - 1)
    switch before {
    case TokenKind.word, TokenKind.otherWord: return !isKe(i - 1) && text.unit(before: i, afterDigits: true) == nil
    case TokenKind.hyphen:
      // "-5 derajat", "- 5 orang" in a list; "ke-70"; anything else in front of the hyphen makes a name.
      guard tokens.attached(i - 1) else { return false }
      // "Semen-2,5%": the columns of a table that were lost.
      let end = reader.digits.read(at: i).end
      if tokens.kindAt(end) == TokenKind.percent, tokens.attached(end) { return false }
      return !isKe(i - 2) && tokens.kindAt(i - 2) != TokenKind.openParen
    case TokenKind.slash, TokenKind.at, TokenKind.underscore, TokenKind.hash, TokenKind.equals, TokenKind.ampersand,
      TokenKind.apostrophe:
      return true
    case TokenKind.colon, TokenKind.period, TokenKind.comma:
      return tokens.attached(i - 1) && tokens.kindAt(i - 2) == TokenKind.number
    default: return false
    }
  }

  /// "U - 19", "H - 2": a hyphen with spaces behind a capital or two.
  private func spacedName(before i: Int) -> Bool {
    guard i >= 2, tokens.kindAt(i - 1) == TokenKind.hyphen, tokens.gapAt(i) == TokenGap.space,
      tokens.gapAt(i - 1) == TokenGap.space
    else {
      return false
    }
    return tokens.isWord(i - 2) && !isKe(i - 2) && tokens.length(i - 2) <= 2
      && tokens.shape[i - 2] & TokenShape.hasLower == 0
  }

  /// Whether what is written behind the digits without a space makes a code of them: `12A`, `5G`, `9/11`, `24.com`, `5:3`.
  func isCode(behind end: Int) -> Bool {
    guard tokens.attached(end) else { return false }
    switch tokens.kindAt(end) {
    case TokenKind.word, TokenKind.otherWord:
      return reader.word(end).role == .none && text.unit(at: end, afterDigits: true) == nil
        && text.cue(at: end, .alone) == nil
    case TokenKind.slash:
      // "46/PUU"; "Rp 16.000/US$" is a price.
      guard tokens.attached(end + 1) else { return false }
      return tokens.isNumber(end + 1) || tokens.isAllCaps(end + 1) && tokens.kindAt(end + 2) != TokenKind.currency
    case TokenKind.colon: return tokens.attached(end + 1) && tokens.isNumber(end + 1)
    case TokenKind.period:
      return tokens.attached(end + 1) && tokens.kindAt(end + 1) <= TokenKind.otherWord && !tokens.isCapitalized(end + 1)
    case TokenKind.at, TokenKind.underscore, TokenKind.equals, TokenKind.hash, TokenKind.ampersand: return true
    default: return false
    }
  }

  private func isCodeJoin(behind end: Int) -> Bool {
    guard tokens.attached(end) else { return false }
    switch tokens.kindAt(end) {
    case TokenKind.hyphen, TokenKind.slash, TokenKind.dash: return tokens.attached(end + 1) && tokens.isNumber(end + 1)
    default: return false
    }
  }

  /// The end of the run of digits, letters and inner marks that is written without spaces from `i` on.
  func codeEnd(from i: Int) -> Int {
    var end = i + 1
    while end < tokens.count, tokens.gapAt(end) == TokenGap.none {
      let kind = tokens.kindAt(end)
      let goesOn =
        kind <= TokenKind.otherWord
        || ((kind == TokenKind.period || kind == TokenKind.comma || kind == TokenKind.hyphen || kind == TokenKind.slash
          || kind == TokenKind.colon || kind == TokenKind.dash || kind == TokenKind.underscore || kind == TokenKind.at)
          && end + 1 < tokens.count && tokens.gapAt(end + 1) == TokenGap.none
          && tokens.kindAt(end + 1) <= TokenKind.otherWord)
      guard goesOn else { break }
      end += 1
    }
    return end
  }
}
