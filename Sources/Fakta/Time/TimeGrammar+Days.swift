/// Days, months and years of the calendar.
extension TimeGrammar {
  // MARK: Numbers with slashes

  /// `9/11/2015`, `09-11-2015`, `9.11.2015`, `9/11/15`, `2015-11-09`.
  func numericDay(_ i: Int) -> TimeReading? {
    guard !isGluedBefore(i) || isGluedToWord(i), let first = number(i, digits: 1...4) else { return nil }
    let mark = kind(i + 1)
    guard mark == TokenKind.slash || mark == TokenKind.hyphen || mark == TokenKind.period, kind(i + 3) == mark,
      let second = number(i + 2, digits: 1...2), let third = number(i + 4, digits: 1...4), isTight(i + 1, i + 4, mark),
      !isGluedAfter(i + 5)
    else { return nil }
    var reading = TimeReading()
    let lengths = (tokens.length(i), tokens.length(i + 4))
    switch lengths {
    case (1...2, 4):
      guard third >= 1000, third < 3000, CivilCalendar.isDay(third, second, first) else { return nil }
      reading = day(first, second, third)
    case (4, 1...2):
      guard mark != TokenKind.period, first >= 1000, first < 3000, CivilCalendar.isDay(first, second, third) else {
        return nil
      }
      reading = day(third, second, first)
    case (1...2, 2):
      // "RT 03/02/01"
      guard mark == TokenKind.slash, before(i, .notYear) == nil else { return nil }
      let year = third < 70 ? 2000 + third : 1900 + third
      guard CivilCalendar.isDay(year, second, first) else { return nil }
      reading = day(first, second, year)
    default: return nil
    }
    reading.span = TokenSpan(i, i + 5)
    return reading
  }

  /// Whether the tokens from `from` to `to` follow each other without white space; around slashes it may stand.
  func isTight(_ from: Int, _ to: Int, _ mark: UInt8) -> Bool {
    for k in from...to where !tokens.attached(k) && (mark != TokenKind.slash || tokens.gap[k] != TokenGap.space) {
      return false
    }
    return true
  }

  func isGluedToWord(_ i: Int) -> Bool {
    tokens.attached(i) && tokens.isWord(i - 1) && tokens.length(i - 1) > 2
  }

  /// "3 Agustus 2018-14 Januari 2019": the day of a second date, glued to the first.
  private func isBehindYear(_ i: Int) -> Bool {
    i > 2 && tokens.kind[i - 1] == TokenKind.hyphen && year(i - 2, bracketed: false) != nil
      && vocabulary.words[single(i - 3)].roles.contains(.month)
  }

  func day(_ day: Int, _ month: Int, _ year: Int?) -> TimeReading {
    var reading = TimeReading()
    reading.base = .day
    reading.day = Int8(truncatingIfNeeded: day)
    reading.month = Int8(truncatingIfNeeded: month)
    if let year { reading.year = Int32(truncatingIfNeeded: year) }
    return reading
  }

  /// `9/11` behind a weekday or in brackets: day and month without a year.
  func shortNumericDay(_ i: Int) -> TimeReading? {
    guard let first = number(i, digits: 1...2),
      kind(i + 1) == TokenKind.slash || kind(i + 1) == TokenKind.hyphen && tokens.attached(i + 1),
      let second = number(i + 2, digits: 1...2), tokens.gap[i + 1] <= TokenGap.space,
      tokens.gap[i + 2] <= TokenGap.space,
      !isGluedAfter(i + 3), CivilCalendar.isDay(2000, second, first)
    else { return nil }
    var reading = day(first, second, nil)
    reading.span = TokenSpan(i, i + 3)
    return reading
  }

  // MARK: Months in words

  /// A year of four digits at `i`, bare or in brackets, and the token behind it.
  func year(_ i: Int, bracketed: Bool = true) -> (year: Int, end: Int)? {
    if bracketed, kind(i) == TokenKind.openParen, let inner = year(i + 1, bracketed: false),
      kind(inner.end) == TokenKind.closeParen
    {
      return (inner.year, inner.end + 1)
    }
    guard goesOn(i), let value = number(i, digits: 4...4), value >= 1000, value < 3000 else { return nil }
    if i + 1 < count, tokens.attached(i + 1), tokens.kind[i + 1] == TokenKind.number { return nil }
    if isDecadeEnding(i + 1) != nil { return nil }
    return (value, i + 1)
  }

  /// The month word at `i`, with the dot of an abbreviation.
  func month(_ i: Int) -> (month: Int, end: Int, isFull: Bool)? {
    let hit = monthHit(i)
    let word = word(hit)
    guard word.roles.contains(.month) else { return nil }
    var end = hit.end
    if !word.isFull, kind(end) == TokenKind.period, tokens.attached(end),
      tokens.isNumber(end + 1) || kind(end + 1) > TokenKind.otherWord && end + 1 < count || startsLowercase(end + 1)
    {
      end += 1
    }
    return (Int(word.month), end, word.isFull)
  }

  func monthHit(_ i: Int) -> Hit {
    let hit = next(i)
    if roles(hit).contains(.month) || hit.end == i + 1 { return hit }
    return Hit(index: single(i), end: i + 1)
  }

  func startsLowercase(_ i: Int) -> Bool { tokens.isWord(i) && goesOn(i) && !tokens.isCapitalized(i) }

  /// Month and year behind the day at `i - 1`: `November 2015`, `November`, `November (2015)`, `Desember tahun lalu`.
  func monthAndYear(_ i: Int, into reading: inout TimeReading) -> Int? {
    guard let month = month(i) else { return nil }
    reading.month = Int8(truncatingIfNeeded: month.month)
    return yearBehindMonth(month.end, into: &reading)
  }

  /// The year behind a month, or the end of the month.
  func yearBehindMonth(_ at: Int, into reading: inout TimeReading) -> Int {
    if let glued = gluedYear(at) {
      reading.year = Int32(truncatingIfNeeded: glued.year)
      reading.trim = glued.trim
      return at + 1
    }
    if let year = year(at) {
      reading.year = Int32(truncatingIfNeeded: year.year)
      return year.end
    }
    if kind(at) == TokenKind.comma, let year = year(at + 1, bracketed: false), !tokens.attached(at + 1) {
      reading.year = Int32(truncatingIfNeeded: year.year)
      return year.end
    }
    let hit = next(at)
    let word = word(hit)
    if word.roles.contains(.numeral) || kind(at) == TokenKind.number { return yearsAgo(at, into: &reading) ?? at }
    guard word.roles.contains(.unit), word.unit == .year, word.unitSize == 1, word.amount == 0 else { return at }
    if let year = year(hit.end) {
      reading.year = Int32(truncatingIfNeeded: year.year)
      return year.end
    }
    let shift = next(hit.end)
    if let offset = Self.offset(of: self.word(shift).shifts) {
      reading.yearOffset = Int32(offset)
      return shift.end
    }
    return at
  }

  /// `dua tahun lalu` behind a month at `at`, which says of which year it is.
  private func yearsAgo(_ at: Int, into reading: inout TimeReading) -> Int? {
    guard let amount = plainAmount(at), let years = amount.amount.integer, years > 0, years < 100 else { return nil }
    let unit = next(amount.end)
    let word = word(unit)
    guard word.roles.contains(.unit), word.unit == .year, word.unitSize == 1, word.amount == 0, !word.isShort else {
      return nil
    }
    let shift = next(unit.end)
    guard shift.index != 0, self.word(shift).shifts.contains(.ago) else { return nil }
    reading.yearOffset = Int32(-years)
    return shift.end
  }

  /// A year to which the number of the next item of a list is glued, where a line break was lost: `20233.`.
  func gluedYear(_ i: Int) -> (year: Int, trim: UInt8)? {
    guard goesOn(i), let value = number(i, digits: 5...6), kind(i + 1) == TokenKind.period, tokens.attached(i + 1)
    else { return nil }
    let trim = tokens.length(i) - 4
    let year = value / (trim == 1 ? 10 : 100)
    return year >= 1900 && year < 2100 ? (year, UInt8(trim)) : nil
  }

  /// Steps that a word like `lalu`, `ini`, `depan` means.
  static func offset(of shifts: TimeShift) -> Int? {
    if shifts.contains(.past) { return -1 }
    if shifts.contains(.this) { return 0 }
    if shifts.contains(.next) { return 1 }
    return nil
  }

  /// `9 November 2015`, `10-12 November`, `12 dan 22 Desember` (the first of them), `1 Ramadan 1437 H`.
  func dayAndMonth(_ i: Int) -> TimeReading? {
    guard let first = number(i, digits: 1...2), first >= 1, first <= 31 else { return nil }
    if isGluedBefore(i), !(tokens.kind[i - 1] == TokenKind.period || isGluedToWord(i) || isBehindYear(i)) { return nil }
    if let reading = hijriDay(i, first) { return reading }
    guard let reading = dayAndMonthCore(i, first) else { return nil }
    // "Jalan 17 Agustus"
    if !reading.hasYear, i > 0, tokens.isCapitalized(i - 1), before(i, .street) != nil { return nil }
    return dayTail(reading)
  }

  /// The same without what may follow a day.
  func dayAndMonthCore(_ i: Int, _ first: Int) -> TimeReading? {
    var reading = day(first, 0, nil)
    var at = i + 1
    // "17.Agustus 1945"; "6. April" is an item of a list.
    if kind(at) == TokenKind.period, tokens.attached(at), tokens.attached(at + 1), month(at + 1) != nil { at += 1 }
    if let end = monthAndYear(at, into: &reading) {
      guard isPossible(reading) else { return nil }
      reading.span = TokenSpan(i, end)
      if !reading.hasYear { extendOverMonths(end, &reading) }
      return reading
    }
    // A range that shares the month, or a list whose members are expressions of their own.
    if let to = rangeMark(i + 1), let last = number(to, digits: 1...2), let end = monthAndYear(to + 1, into: &reading) {
      reading.isRange = true
      reading.endDay = Int8(truncatingIfNeeded: last)
      reading.endMonth = reading.month
      reading.endYear = reading.year
      guard last > first, isPossible(reading), CivilCalendar.isDay(Int(knownYear(reading)), Int(reading.month), last)
      else { return nil }
      reading.span = TokenSpan(i, end)
      return reading
    }
    if listMonth(i + 1, into: &reading) != nil, isPossible(reading) {
      // The year stands outside this day's span, and so does what is glued to it.
      reading.trim = 0
      reading.span = TokenSpan(i, i + 1)
      return reading
    }
    return nil
  }

  /// `27 Mei-4 Juni 2015`, `27 Mei – 4 Juni`: both ends of a range with their months; the year stands behind the second.
  private func extendOverMonths(_ at: Int, _ reading: inout TimeReading) {
    guard kind(at) == TokenKind.hyphen || kind(at) == TokenKind.dash, let last = number(at + 1, digits: 1...2) else {
      return
    }
    var second = day(last, 0, nil)
    guard let end = monthAndYear(at + 2, into: &second), second.month != reading.month, isPossible(second),
      second.yearOffset == TimeReading.unknown, second.hasYear || second.month > reading.month
    else { return }
    reading.isRange = true
    reading.endDay = second.day
    reading.endMonth = second.month
    reading.endYear = second.year
    if second.hasYear { reading.year = second.month < reading.month ? second.year - 1 : second.year }
    reading.span = TokenSpan(Int(reading.span.start), end)
  }

  func knownYear(_ reading: TimeReading) -> Int32 { reading.hasYear ? reading.year : 2000 }

  /// Whether the day exists; without a year, whether it exists in a leap year.
  func isPossible(_ reading: TimeReading) -> Bool {
    CivilCalendar.isDay(Int(knownYear(reading)), Int(reading.month), Int(reading.day))
  }

  /// The token behind a mark or word between both ends of a range: `-`, `–`, `hingga`, `s/d`.
  func rangeMark(_ i: Int) -> Int? {
    let kind = kind(i)
    if kind == TokenKind.hyphen || kind == TokenKind.dash { return i + 1 }
    let hit = next(i)
    guard roles(hit).contains(.to) else { return nil }
    return self.kind(hit.end) == TokenKind.period && tokens.attached(hit.end) && hit.end > i + 1 ? hit.end + 1 : hit.end
  }

  /// The month behind a list of days that goes on at `i`: `, 14, dan 22 Desember`.
  func listMonth(_ i: Int, into reading: inout TimeReading) -> Int? {
    var at = i
    for _ in 0..<6 {
      var joined = false
      if kind(at) == TokenKind.comma {
        at += 1
        joined = true
      }
      let hit = next(at)
      if roles(hit).contains(.and) {
        at = hit.end
        joined = true
      }
      guard joined, let value = number(at, digits: 1...2), value >= 1, value <= 31 else { return nil }
      if let end = monthAndYear(at + 1, into: &reading) { return end }
      if let to = rangeMark(at + 1), number(to, digits: 1...2) != nil, let end = monthAndYear(to + 1, into: &reading) {
        return end
      }
      at += 1
    }
    return nil
  }

  // MARK: Introduced days

  /// `tanggal 9 November 2015`, `tanggal 10-12 November`, `tanggal 20 bulan ini`, `tanggal 20`.
  func introducedDay(_ i: Int, _ hit: Hit) -> TimeReading? {
    var at = hit.end
    if kind(at) == TokenKind.period, tokens.attached(at) { at += 1 }
    guard goesOn(at) else { return nil }
    if var reading = numericDay(at) ?? dayAndMonth(at) {
      reading.span.start = Int32(i)
      return reading.span.count > 1 ? dayTail(reading) : reading
    }
    guard let value = number(at, digits: 1...2), value >= 1, value <= 31, !isGluedAfter(at + 1) else { return nil }
    let unit = next(at + 1)
    let word = word(unit)
    if word.roles.contains(.unit), word.unit == .month, word.amount == 0 {
      let shift = next(unit.end)
      if let offset = Self.offset(of: self.word(shift).shifts) {
        var reading = day(value, 0, nil)
        reading.base = .dayOfMonth
        reading.monthOffset = Int32(offset)
        reading.span = TokenSpan(i, shift.end)
        return dayTail(reading)
      }
    }
    if let short = shortNumericDay(at) {
      var reading = short
      reading.span.start = Int32(i)
      return dayTail(reading)
    }
    var reading = day(value, 0, nil)
    reading.base = .dayOfMonth
    reading.span = TokenSpan(i, at + 1)
    if let to = rangeMark(at + 1), let last = number(to, digits: 1...2), last > value, last <= 31, !isGluedAfter(to + 1)
    {
      reading.isRange = true
      reading.endDay = Int8(truncatingIfNeeded: last)
      reading.span.end = Int32(to + 1)
      return reading
    }
    return dayTail(reading)
  }
}
