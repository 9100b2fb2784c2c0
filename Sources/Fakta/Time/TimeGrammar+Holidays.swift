/// Holidays and the Islamic calendar.
extension TimeGrammar {
  /// `Natal`, `Idul Fitri 2016`, `Idul Fitri 1442 H`, `Lebaran tahun ini`.
  func holiday(_ i: Int, _ hit: Hit, _ word: CalendarWord) -> TimeReading? {
    guard word.holiday >= 0 else { return nil }
    if word.needsCapital || word.needsYear, !tokens.isCapitalized(i) { return nil }
    if tokens.attached(i), i > 0, tokens.kind[i - 1] == TokenKind.hyphen { return nil }
    // "Mandailing Natal", "Denzel Valentine"
    if word.needsCapital, i > 0, tokens.gap[i] < TokenGap.line, tokens.isWord(i - 1), tokens.isCapitalized(i - 1),
      !startsSentence(i - 1),
      self.hit(i - 1).index == 0
    {
      return nil
    }
    var reading = TimeReading()
    reading.base = .holiday
    reading.holiday = word.holiday
    var end = yearBehindMonth(hit.end, into: &reading)
    let hijri = next(end)
    if reading.hasYear, roles(hijri).contains(.hijri), reading.year > 1300, reading.year < 1600 {
      reading.hijriMonth = 1
      end = hijri.end
    } else if reading.hasYear, reading.year < 1600 {
      guard reading.year > 1300 else { return nil }
      reading.hijriMonth = 1
    } else if reading.hasYear, roles(hijri).contains(.gregorian), hijri.end == end + 1,
      tokens.length(end) > 1 || tokens.isCapitalized(end)
    {
      end = hijri.end
    }
    if word.needsYear, !reading.hasYear { return nil }
    reading.span = TokenSpan(i, end)
    return monthTail(reading)
  }

  /// `1 Ramadan 1437 H`, `1 Syawal`.
  func hijriDay(_ i: Int, _ day: Int) -> TimeReading? {
    let hit = next(i + 1)
    let word = word(hit)
    guard word.roles.contains(.hijriMonth), day <= 30 else { return nil }
    var reading = TimeReading()
    reading.base = .hijriDay
    reading.day = Int8(truncatingIfNeeded: day)
    reading.hijriMonth = word.hijriMonth
    let end = hijriYear(hit.end, into: &reading)
    reading.span = TokenSpan(i, end)
    return reading
  }

  /// `Ramadan 1442 H`, `Ramadhan tahun lalu`, `bulan Ramadan`.
  func hijriMonth(_ i: Int, _ hit: Hit, _ word: CalendarWord, introduced: Bool = false) -> TimeReading? {
    var reading = TimeReading()
    reading.base = .hijriMonth
    reading.hijriMonth = word.hijriMonth
    let end = hijriYear(hit.end, into: &reading)
    reading.span = TokenSpan(i, end)
    if !reading.hasYear, reading.yearOffset == TimeReading.unknown {
      guard introduced || word.isFull && tokens.isCapitalized(i) && !isName(i, hit.end) else { return nil }
    }
    return monthTail(reading)
  }

  private func isName(_ i: Int, _ end: Int) -> Bool {
    if goesOn(end), tokens.isWord(end), tokens.isCapitalized(end) { return true }
    return i > 0 && tokens.gap[i] < TokenGap.line && tokens.isWord(i - 1) && tokens.isCapitalized(i - 1)
      && !startsSentence(i - 1)
  }

  /// The Islamic year at `at`, with the letter or word of the era, or a year relative to ours.
  private func hijriYear(_ at: Int, into reading: inout TimeReading) -> Int {
    if goesOn(at), let value = number(at, digits: 4...4), value > 1300, value < 1600 {
      reading.year = Int32(value)
      let era = next(at + 1)
      return roles(era).contains(.hijri) ? era.end : at + 1
    }
    var relative = TimeReading()
    let end = yearBehindMonth(at, into: &relative)
    if relative.yearOffset != TimeReading.unknown {
      reading.yearOffset = relative.yearOffset
      return end
    }
    if relative.hasYear, relative.year >= 1900 {
      // A Gregorian year beside an Islamic month.
      reading.endYear = relative.year
      reading.yearOffset = 0
      return end
    }
    return at
  }

  /// `H-2 Lebaran 2017`, `H+10`.
  func countdown(_ i: Int, _ hit: Hit) -> TimeReading? {
    guard tokens.length(i) == 1, tokens.isCapitalized(i), !isGluedBefore(i) else { return nil }
    let mark = kind(i + 1)
    guard mark == TokenKind.hyphen || mark == TokenKind.plus || mark == TokenKind.dash,
      let days = number(i + 2, digits: 1...3), !isGluedAfter(i + 3),
      tokens.gap[i + 1] <= TokenGap.space, tokens.gap[i + 2] <= TokenGap.space
    else { return nil }
    var reading = TimeReading()
    reading.base = .countdown
    let following = next(i + 3)
    let word = word(following)
    if word.roles.contains(.holiday), let holiday = holiday(i + 3, following, word) {
      reading = holiday
    }
    reading.offset = Int32(mark == TokenKind.plus ? days : -days)
    reading.span = TokenSpan(i, max(i + 3, Int(reading.span.end)))
    return reading
  }
}
