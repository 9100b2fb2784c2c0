/// Weekdays, what may follow a day, and clock times.
extension TimeGrammar {
  // MARK: Weekdays

  /// `Senin`, `Senin (9/11/2015)`, `Senin, 9 November`, `Senin pekan depan`, `Senin sampai Rabu pekan depan`, `Senin pagi`.
  ///
  /// - Parameter start: Where the expression begins, when `hari` stands before the weekday.
  func weekdayStart(_ i: Int, _ hit: Hit, _ word: CalendarWord, from start: Int? = nil) -> TimeReading? {
    var reading = TimeReading()
    reading.base = .weekday
    reading.weekday = word.weekday
    reading.span = TokenSpan(start ?? i, hit.end)
    var at = hit.end
    if !word.isFull, kind(at) == TokenKind.period, tokens.attached(at) { at += 1 }
    if let part = part(at) {
      reading.part = part.part
      at = part.end
    } else if word.isFull, let night = night(behindWeekday: at, into: &reading) {
      return night
    }
    if let end = date(behindWeekday: at, into: &reading) {
      reading.span.end = Int32(end)
      return dayTail(reading)
    }
    guard word.isFull, start != nil || mayStandAlone(i, hit, word) else { return nil }
    if reading.part != .none {
      reading.span.end = Int32(at)
      return dayTail(reading)
    }
    if let range = weekdayRange(reading, at) { return range }
    if let end = week(behindWeekday: at, into: &reading) {
      reading.span.end = Int32(end)
      if let end = date(behindWeekday: end, into: &reading) { reading.span.end = Int32(end) }
      return dayTail(reading)
    }
    return dayTail(reading)
  }

  /// `malam kemarin`, one phrase of the lists, behind a weekday.
  private func night(behindWeekday at: Int, into reading: inout TimeReading) -> TimeReading? {
    let hit = next(at)
    let word = word(hit)
    guard word.roles.contains(.deictic), word.part != .none, !word.isFocus, word.offset < 0, hit.end > at + 1 else {
      return nil
    }
    var found = reading
    found.part = word.part
    found.shift = .past
    found.deixis = Int32(word.offset)
    found.span.end = Int32(hit.end)
    return found
  }

  /// Whether a weekday without a date is one: `minggu` with a small letter is a week, "Kamis Santoso" a person, "Jalan Sabtu"
  /// a street.
  func mayStandAlone(_ i: Int, _ hit: Hit, _ word: CalendarWord) -> Bool {
    if word.roles.contains(.unit) {
      guard tokens.isCapitalized(i), !tokens.isAllCaps(i) || !word.roles.contains(.unit) else { return false }
      // "Minggu depan" at the beginning of a sentence is a week as often as a day.
      let shift = self.word(next(hit.end)).shifts
      if startsSentence(i), !shift.isDisjoint(with: [.past, .this, .next]) { return false }
    }
    if tokens.attached(i), i > 0, tokens.kind[i - 1] == TokenKind.hyphen || tokens.kind[i - 1] == TokenKind.slash {
      return false
    }
    if i > 0, tokens.gap[i] < TokenGap.line, tokens.isWord(i - 1) {
      let role = roles(Hit(index: single(i - 1), end: i))
      if role.contains(.honorific), !role.contains(.preposition) { return false }
    }
    return !isNameBehind(hit.end, startsSentence(i) && !isInsideLine(i))
  }

  func isInsideLine(_ i: Int) -> Bool {
    i > 0 && tokens.gap[i] < TokenGap.line && tokens.kind[i - 1] == TokenKind.dash
  }

  /// `(9/11/2015)`, `, 9 November 2015`, ` tanggal 9 November` behind a weekday.
  func date(behindWeekday at: Int, into reading: inout TimeReading) -> Int? {
    guard goesOn(at) else { return nil }
    var i = at
    if kind(i) == TokenKind.comma, kind(i + 1) == TokenKind.openParen { i += 1 }
    if kind(i) == TokenKind.openParen {
      guard let found = anyDay(i + 1, allowsHyphen: true) else { return nil }
      take(found, into: &reading)
      reading.isSlashed = kind(i + 2) == TokenKind.slash
      let end = Int(found.span.end)
      return kind(end) == TokenKind.closeParen ? end + 1 : end
    }
    if kind(i) == TokenKind.comma { i += 1 }
    let hit = next(i)
    if roles(hit).contains(.date) {
      i = hit.end
      if kind(i) == TokenKind.period, tokens.attached(i) { i += 1 }
    }
    guard goesOn(i), let found = anyDay(i, allowsHyphen: false), !found.isRange else { return nil }
    take(found, into: &reading)
    return Int(found.span.end)
  }

  /// A day in digits or words at `i`, without its tail.
  func anyDay(_ i: Int, allowsHyphen: Bool) -> TimeReading? {
    guard goesOn(i) else { return nil }
    if let found = numericDay(i) { return found }
    if let found = shortNumericRange(i) { return found }
    if allowsHyphen || kind(i + 1) == TokenKind.slash, let found = shortNumericDay(i) { return found }
    let hit = hit(i)
    if roles(hit).contains(.date), let found = anyDay(hit.end, allowsHyphen: allowsHyphen) { return found }
    guard let first = number(i, digits: 1...2), first >= 1, first <= 31, !isGluedBefore(i) else { return nil }
    return dayAndMonthCore(i, first)
  }

  /// `7-8/11` or `7-8/11/2015`.
  func shortNumericRange(_ i: Int) -> TimeReading? {
    guard let first = number(i, digits: 1...2), kind(i + 1) == TokenKind.hyphen || kind(i + 1) == TokenKind.dash,
      kind(i + 3) == TokenKind.slash,
      let found = numericDay(i + 2, afterRange: true) ?? shortNumericDay(i + 2), first >= 1, first < Int(found.day)
    else { return nil }
    var reading = found
    reading.isRange = true
    reading.endDay = found.day
    reading.endMonth = found.month
    reading.endYear = found.year
    reading.day = Int8(truncatingIfNeeded: first)
    reading.span.start = Int32(i)
    return reading
  }

  func numericDay(_ i: Int, afterRange: Bool) -> TimeReading? {
    guard kind(i + 1) == TokenKind.slash, kind(i + 3) == TokenKind.slash, let d = number(i, digits: 1...2),
      let m = number(i + 2, digits: 1...2),
      let y = number(i + 4, digits: 4...4), y >= 1000, y < 3000, CivilCalendar.isDay(y, m, d), !isGluedAfter(i + 5)
    else { return nil }
    var reading = day(d, m, y)
    reading.span = TokenSpan(i, i + 5)
    return reading
  }

  func take(_ found: TimeReading, into reading: inout TimeReading) {
    reading.base = .day
    reading.day = found.day
    reading.month = found.month
    reading.year = found.year
    reading.yearOffset = found.yearOffset
    reading.isRange = found.isRange
    reading.endDay = found.endDay
    reading.endMonth = found.endMonth
    reading.endYear = found.endYear
    reading.trim = found.trim
    if found.shift != [] { reading.shift = found.shift }
  }

  /// `pekan depan`, `, Minggu depan` behind a weekday.
  func week(behindWeekday at: Int, into reading: inout TimeReading) -> Int? {
    var i = at
    if kind(i) == TokenKind.comma { i += 1 }
    let hit = next(i)
    let word = word(hit)
    guard word.roles.contains(.unit), word.unit == .week, word.amount == 0 else { return nil }
    let shift = next(hit.end)
    guard let offset = Self.offset(of: self.word(shift).shifts) else { return nil }
    reading.unit = .week
    reading.offset = Int32(offset)
    return shift.end
  }

  /// `Senin sampai Rabu`, `Senin-Jumat`, with or without a week.
  func weekdayRange(_ reading: TimeReading, _ at: Int) -> TimeReading? {
    guard let to = rangeMark(at) else { return nil }
    let hit = next(to)
    let word = word(hit)
    guard word.roles.contains(.weekday), word.isFull else { return nil }
    var reading = reading
    reading.isRange = true
    reading.endWeekday = word.weekday
    if let end = week(behindWeekday: hit.end, into: &reading) {
      reading.span.end = Int32(end)
      return reading
    }
    var day = hit.end
    if kind(day) == TokenKind.comma { day += 1 }
    if goesOn(day), let first = number(day, digits: 1...2), first >= 1, let found = dayAndMonthCore(day, first),
      found.isRange
    {
      // "Kamis-Sabtu, 5-7 Maret 2020"
      take(found, into: &reading)
      reading.span.end = found.span.end
      return reading
    }
    guard kind(hit.end) == TokenKind.openParen, let found = shortNumericRange(hit.end + 1) ?? dayRange(hit.end + 1)
    else { return nil }
    take(found, into: &reading)
    let end = Int(found.span.end)
    reading.span.end = Int32(kind(end) == TokenKind.closeParen ? end + 1 : end)
    return reading
  }

  /// `14-16 Februari`, where both ends share the month.
  private func dayRange(_ i: Int) -> TimeReading? {
    guard let first = number(i, digits: 1...2), first >= 1, let found = dayAndMonthCore(i, first), found.isRange else {
      return nil
    }
    return found
  }

  /// The part of the day at `i`.
  func part(_ i: Int) -> (part: DayPart, end: Int)? {
    let hit = next(i)
    guard roles(hit).contains(.part) else { return nil }
    return (word(hit).part, hit.end)
  }

  // MARK: Tails

  /// What may follow a day: a part of the day, a word that says which, a clock time.
  func dayTail(_ reading: TimeReading) -> TimeReading {
    var reading = reading
    var at = Int(reading.span.end)
    if reading.hasClock || reading.trim > 0 { return reading }
    if reading.part == .none, !reading.isRange, let part = part(at) {
      reading.part = part.part
      at = part.end
      if reading.base == .weekday, let end = dateInBrackets(at, into: &reading) { at = end }
      reading.span.end = Int32(at)
    }
    // "Sabtu (12/6) dini hari WITA"
    if reading.part != .none, roles(next(at)).contains(.zone), word(next(at)).zone != CalendarWord.noZone {
      at = next(at).end
      reading.span.end = Int32(at)
    }
    let shift = next(at)
    let shifts = word(shift).shifts
    if shift.index != 0, reading.shift == [], !shifts.isDisjoint(with: [.past, .next, .this]), isShiftHere(shift),
      // "sejak 8 Oktober 2002 ini": the word belongs to what came before.
      // "Senin (9/11/2015) berikut daftarnya": it opens what follows.
      !shifts.contains(.after) || reading.base != .day,
      !shifts.contains(.this) || reading.base == .weekday
        || reading.base == .day && (reading.weekday != 0 || !reading.hasYear)
    {
      reading.shift = shifts.contains(.past) ? .past : shifts.contains(.next) ? .next : .this
      if word(shift).roles.contains(.deictic) { reading.deixis = Int32(word(shift).offset) }
      at = shift.end
      reading.span.end = Int32(at)
      if reading.part == .none, let part = part(at) {
        reading.part = part.part
        at = part.end
        reading.span.end = Int32(at)
      }
      if reading.base == .weekday, let end = dateInBrackets(at, into: &reading) {
        at = end
        reading.span.end = Int32(at)
      }
    }
    if reading.base == .day, reading.shift == [], kind(at) != TokenKind.comma {
      var week = reading
      if let end = self.week(behindWeekday: at, into: &week) {
        at = end
        reading.span.end = Int32(at)
      }
    }
    if !reading.isRange, let end = clock(behindDay: at, into: &reading) { reading.span.end = Int32(end) }
    return reading
  }

  func dateInBrackets(_ at: Int, into reading: inout TimeReading) -> Int? {
    guard kind(at) == TokenKind.openParen else { return nil }
    return date(behindWeekday: at, into: &reading)
  }

  /// `pukul 14.30 WIB`, `, sekitar pukul 16.45`, `14:30 WIB` behind a day.
  func clock(behindDay at: Int, into reading: inout TimeReading) -> Int? {
    var i = at
    if kind(i) == TokenKind.comma { i += 1 }
    let mod = next(i)
    var exactness = DateExpression.Mod.none
    if roles(mod).contains(.mod) {
      exactness = word(mod).mod
      i = mod.end
    }
    let hit = next(i)
    if roles(hit).contains(.clock), goesOn(hit.end) {
      guard let end = clock(hit.end, introduced: true, into: &reading) else { return nil }
      reading.mod = exactness
      // "Kamis malam, pukul 10.45": the hour of that part.
      if reading.hour <= 12, let part = before(at, .part), roles(next(end - 1)).isDisjoint(with: .part) {
        let word = word(part)
        reading.hour = Int8(
          truncatingIfNeeded: Self.hour(Int(reading.hour), from: Int(word.partFrom), to: Int(word.partTo)))
      }
      return end
    }
    guard goesOn(i), tokens.isNumber(i), reading.base == .day else { return nil }
    var copy = reading
    guard let end = clock(i, introduced: false, into: &copy),
      kind(i + 1) == TokenKind.colon && exactness == .none || copy.zone != nil
    else { return nil }
    reading = copy
    reading.mod = exactness
    return end
  }
}
