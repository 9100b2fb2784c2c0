/// Months, years and decades that stand for themselves.
extension TimeGrammar {
  /// `Maret 2011`, `Januari-Maret 2015`, `Oktober`, `September lalu`, `Maret tahun depan`.
  func monthStart(_ i: Int, _ hit: Hit, _ word: CalendarWord) -> TimeReading? {
    guard let first = month(i) else { return nil }
    var reading = TimeReading()
    reading.base = .month
    reading.month = word.month
    let end = yearBehindMonth(first.end, into: &reading)
    if !reading.hasYear, let to = rangeMark(end), to == end + 1, let second = month(to), second.isFull || first.isFull {
      reading.isRange = true
      reading.endMonth = Int8(truncatingIfNeeded: second.month)
      let end = yearBehindMonth(second.end, into: &reading)
      reading.endYear = reading.year
      if reading.hasYear, reading.endMonth < reading.month { reading.year -= 1 }
      reading.span = TokenSpan(i, end)
      return first.isFull || reading.hasYear ? monthTail(reading) : nil
    }
    if !reading.hasYear, let to = rangeMark(end), let second = month(to), second.isFull,
      let year = year(second.end, bracketed: false)
    {
      reading.isRange = true
      reading.endMonth = Int8(truncatingIfNeeded: second.month)
      reading.endYear = Int32(truncatingIfNeeded: year.year)
      reading.year = reading.endMonth < reading.month ? reading.endYear - 1 : reading.endYear
      reading.span = TokenSpan(i, year.end)
      return monthTail(reading)
    }
    reading.span = TokenSpan(i, end)
    if reading.hasYear || reading.yearOffset != TimeReading.unknown {
      return word.isFull || reading.hasYear ? monthTail(reading) : nil
    }
    guard word.isFull, isBareMonth(i, end) else { return nil }
    return monthTail(reading)
  }

  /// Whether a month without day and year is one, not a name ("April Jasmine", "Universitas Sebelas Maret").
  func isBareMonth(_ i: Int, _ end: Int) -> Bool {
    if i > 0, tokens.gap[i] < TokenGap.line {
      if tokens.attached(i), tokens.kind[i - 1] == TokenKind.hyphen || tokens.kind[i - 1] == TokenKind.slash {
        return false
      }
      let role = roles(Hit(index: single(i - 1), end: i))
      if role.contains(.preposition) || role.contains(.edge) || role.contains(.unit) { return true }
      if role.contains(.honorific) { return false }
      // "minggu kedua April", "di Asia April mendatang"
      let shifts = word(next(end)).shifts
      if tokens.isCapitalized(i),
        vocabulary.words[single(i - 1)].numeral == .ordinal && role.contains(.numeral)
          || !shifts.isDisjoint(with: [.past, .next]) && !roles(next(end)).contains(.notDate)
      {
        return true
      }
      if tokens.isNumber(i - 1) || role.contains(.numeral) { return false }
      if tokens.isWord(i - 1), tokens.isCapitalized(i - 1), !startsSentence(i - 1), !tokens.isAllCaps(i) {
        return false
      }
    }
    guard tokens.isCapitalized(i) else { return false }
    return !isNameBehind(end, startsSentence(i))
  }

  /// Whether the word behind a month or weekday makes it the first part of a name: a capital that opens nothing else.
  func isNameBehind(_ end: Int, _ isStart: Bool) -> Bool {
    guard goesOn(end), tokens.isWord(end), tokens.isCapitalized(end), !tokens.isAllCaps(end),
      tokens.gap[end] == TokenGap.space
    else {
      return false
    }
    if hit(end).index != 0 { return false }
    if isStart { return true }
    for m in Int(matchIndex[end])..<Int(matchIndex[end + 1])
    where lexicon.classes(at: matches[m].state).intersects(classes.person) { return true }
    return false
  }

  /// The word behind a month or year that says which: `lalu`, `silam`, `mendatang`, `ini`.
  func monthTail(_ reading: TimeReading) -> TimeReading {
    var reading = reading
    let shift = next(Int(reading.span.end))
    let shifts = word(shift).shifts
    guard !shifts.isDisjoint(with: [.past, .next, .this]), shift.index != 0, isShiftHere(shift) else { return reading }
    reading.shift = shifts.contains(.past) ? .past : shifts.contains(.next) ? .next : .this
    reading.span.end = Int32(shift.end)
    return reading
  }

  /// Whether a word like `lalu` belongs to the time before it, and is no longer phrase that a list keeps out.
  func isShiftHere(_ shift: Hit) -> Bool { !word(shift).roles.contains(.notDate) }

  /// Years and decades at a number: `1990-an`, `1998-1999`, `2015`.
  func decadeOrYear(_ i: Int) -> TimeReading? {
    guard tokens.length(i) == 4, let first = number(i, digits: 4...4), first >= 1000, first < 3000 else { return nil }
    if let end = isDecadeEnding(i + 1), first % 10 == 0, !isGluedBefore(i) {
      return decade(first / 10, TokenSpan(i, end))
    }
    guard let reading = yearOrRange(i) else { return nil }
    return isBareYear(i, Int(reading.span.end), reading) ? monthTail(reading) : nil
  }

  func decade(_ tens: Int, _ span: TokenSpan) -> TimeReading {
    var reading = TimeReading()
    reading.base = .decade
    reading.ordinal = Int16(truncatingIfNeeded: tens)
    reading.span = span
    // "awal 2000-an silam"; "boneka era 1990-an ini" is this doll.
    let shifted = monthTail(reading)
    return shifted.shift.contains(.this) ? reading : shifted
  }

  /// A decade of two digits at `at`, which begins at `start`: `90-an`, `’90-an`.
  private func shortDecade(_ at: Int, from start: Int) -> TimeReading? {
    guard let value = number(at, digits: 2...2), value % 10 == 0, let end = isDecadeEnding(at + 1) else { return nil }
    return decade(value < 30 ? 200 + value / 10 : 190 + value / 10, TokenSpan(start, end))
  }

  /// A decade of two digits behind a word for a time: `era | 90-an`, `era ’ | 90-an`.
  func decadeOfEra(_ i: Int) -> TimeReading? {
    guard i > 0, tokens.length(i) == 2 else { return nil }
    let p = isApostrophe(i - 1) ? i - 2 : i - 1
    guard p >= 0, tokens.isWord(p), roles(Hit(index: single(p), end: p + 1)).contains(.era) else { return nil }
    return shortDecade(i, from: i)
  }

  /// Whether the mark at `i` may stand for the century of a decade.
  private func isApostrophe(_ i: Int) -> Bool {
    i < count && tokens.kind[i] >= TokenKind.apostrophe && tokens.kind[i] <= TokenKind.closeSingleQuote
  }

  /// The token behind `-an` (or `an`) at `i`.
  func isDecadeEnding(_ i: Int) -> Int? {
    guard i < count, tokens.attached(i) else { return nil }
    let at = tokens.kind[i] == TokenKind.hyphen ? i + 1 : i
    guard at < count, at == i || tokens.attached(at) else { return nil }
    return vocabulary.words[single(at)].roles.contains(.decade) ? at + 1 : nil
  }

  /// A year, or two with a dash or slash between them.
  func yearOrRange(_ i: Int, mayShorten: Bool = false) -> TimeReading? {
    guard let first = year(i, bracketed: false) else { return nil }
    var reading = TimeReading()
    reading.base = .year
    reading.year = Int32(truncatingIfNeeded: first.year)
    reading.span = TokenSpan(i, first.end)
    let mark = kind(first.end)
    guard mark == TokenKind.hyphen || mark == TokenKind.dash || mark == TokenKind.slash else { return reading }
    if let second = year(first.end + 1, bracketed: false), second.year > first.year, second.year - first.year <= 200,
      !isGluedAfter(second.end)
    {
      reading.isRange = true
      reading.endYear = Int32(truncatingIfNeeded: second.year)
      reading.span.end = Int32(second.end)
    } else if let last = number(first.end + 1, digits: 2...2), tokens.attached(first.end),
      tokens.attached(first.end + 1),
      last == first.year % 100 + 1, mark == TokenKind.slash || mayShorten, !isGluedAfter(first.end + 2)
    {
      reading.isRange = true
      reading.endYear = Int32(truncatingIfNeeded: first.year / 100 * 100 + last)
      reading.span.end = Int32(first.end + 2)
    }
    return reading
  }

  /// "B 1998 XYZ": capitals around the digits.
  private func isPlate(_ previous: Int, _ end: Int) -> Bool {
    goesOn(end) && isCapitals(previous, atMost: 2) && isCapitals(end, atMost: 3)
  }

  private func isCapitals(_ i: Int, atMost: Int) -> Bool {
    tokens.isWord(i) && tokens.length(i) <= atMost && tokens.shape[i] & TokenShape.hasLower == 0
  }

  /// "1920 x 1080 piksel", "1950X": one side of a surface, or the number of a model.
  private func isSize(_ end: Int) -> Bool {
    guard goesOn(end), tokens.length(end) <= 2, tokens.kind[end] != TokenKind.period else { return false }
    if tokens.attached(end), tokens.isWord(end), tokens.isCapitalized(end), tokens.length(end) == 1 { return true }
    let isCross = tokens.isWord(end) && tokens.length(end) == 1 && byte(end) | 0x20 == UInt8(ascii: "x")
    return tokens.isNumber(end + 1) && (isCross || tokens.kind[end] == TokenKind.other)
  }

  /// Whether four digits without a word for year are one.
  func isBareYear(_ i: Int, _ end: Int, _ reading: TimeReading) -> Bool {
    guard reading.year >= 1500, reading.year < 2100 else { return false }
    if isGluedAfter(end) { return false }
    let previous = i - 1
    if isGluedBefore(i), !isRomanSlash(i) { return false }
    if reading.isRange { return !isDigitChain(i) }
    guard i > 0, tokens.gap[i] < TokenGap.line else { return false }
    let role = roles(Hit(index: single(previous), end: i))
    let following = next(end)
    let shifts = word(following).shifts
    // "sekitar 2010 silam", but "sekitar 2010 orang"
    if role.contains(.notYear), shifts.isDisjoint(with: [.past, .next]) { return false }
    if roles(following).contains(.counted), !role.contains(.at) { return false }
    // News counts more prisoners than it tells years of those centuries: "terdapat 1500 tahanan", but "sejak 1870".
    if reading.year < 1900, tokens.kind[previous] == TokenKind.word, !role.contains(.at) { return false }
    if isPlate(previous, end) || isSize(end) { return false }
    if !shifts.isDisjoint(with: [.past, .next]) { return true }
    switch tokens.kind[previous] {
    case TokenKind.word:
      if tokens.length(previous) == 1, !tokens.isCapitalized(previous) { return false }
      return before(i, .notYear) == nil
    case TokenKind.number:
      // "Liga 1 2017", "Piala Asia U-16 2020", but not "OPPO A9 2020"
      guard tokens.length(previous) <= 2, previous > 0, !tokens.attached(i) else { return false }
      return tokens.kind[previous - 1] == TokenKind.hyphen
        || tokens.isCapitalized(previous - 1) && !tokens.attached(previous)
    case TokenKind.openParen:
      return kind(end) == TokenKind.closeParen || kind(end) == TokenKind.comma || kind(end) == TokenKind.hyphen
        || joinsYears(end) && year(end + 1, bracketed: false) != nil
    case TokenKind.closeParen, TokenKind.quote, TokenKind.closeQuote: return true
    case TokenKind.comma: return isFourDigits(previous - 1)
    case TokenKind.ampersand:
      return isFourDigits(previous - 1)
        || previous > 1 && tokens.kind[previous - 1] == TokenKind.comma && isFourDigits(previous - 2)
    case TokenKind.slash: return isRomanSlash(i)
    default: return false
    }
  }

  /// Whether `&` or `dan` stands at `i`: `(2001 & 2004)`.
  private func joinsYears(_ i: Int) -> Bool {
    kind(i) == TokenKind.ampersand || i < count && roles(Hit(index: single(i), end: i + 1)).contains(.and)
  }

  private func isFourDigits(_ i: Int) -> Bool { i >= 0 && tokens.isNumber(i) && tokens.length(i) == 4 }

  /// `XV/2016`: the year behind the roman number of an event.
  func isRomanSlash(_ i: Int) -> Bool {
    guard i > 1, tokens.kind[i - 1] == TokenKind.slash, tokens.isWord(i - 2) || tokens.kind[i - 2] == TokenKind.word
    else { return false }
    if i > 2, tokens.attached(i - 2) { return false }
    return true
  }

  func isDigitChain(_ i: Int) -> Bool {
    i > 1
      && (tokens.kind[i - 1] == TokenKind.hyphen || tokens.kind[i - 1] == TokenKind.slash
        || tokens.kind[i - 1] == TokenKind.closeParen && tokens.isNumber(i - 2))
  }

  /// `tahun 2015`, `tahun 1998-1999`, `tahun ajaran 2018/2019`, `tahun 60-an`; `at` is behind the word.
  func introducedYear(_ i: Int, _ at: Int) -> TimeReading? {
    guard goesOn(at) else { return nil }
    if let value = number(at, digits: 4...4), value % 10 == 0, let end = isDecadeEnding(at + 1) {
      return decade(value / 10, TokenSpan(i, end))
    }
    if let reading = shortDecade(isApostrophe(at) ? at + 1 : at, from: i) { return reading }
    if let glued = gluedYear(at) {
      var reading = TimeReading()
      reading.base = .year
      reading.year = Int32(truncatingIfNeeded: glued.year)
      reading.trim = glued.trim
      reading.span = TokenSpan(i, at + 1)
      return reading
    }
    guard var reading = yearOrRange(at, mayShorten: true), !isGluedAfter(Int(reading.span.end)) else { return nil }
    reading.span.start = Int32(i)
    let hijri = next(Int(reading.span.end))
    if roles(hijri).contains(.hijri), !reading.isRange, reading.year < 1600, reading.year > 1300 {
      reading.span.end = Int32(hijri.end)
      reading.base = .hijriMonth
      reading.hijriMonth = 0
      return reading
    }
    return monthTail(reading)
  }
}
